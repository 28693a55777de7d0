// What a row shows: its cells, points, class with the step from before, and where its save stands.

import { codeOf } from "./codes.js";
import { BOXES, needsOf } from "./page.js";

const LABELS = { score: "B1", code: "Nhanh", causes: "N.nhân", needs: "N.cầu" };
const RANK = { poor: 0, near_poor: 1, average_living: 2, not_poor: 2 };

const make = (name, className, text) => {
  const element = document.createElement(name);
  element.className = className;
  element.textContent = text;
  return element;
};

export class RowView {
  constructor(row, { labels, queue }) {
    Object.assign(this, { row, labels, queue });
    const { element } = row;
    this.cells = {};
    for (const cell of element.querySelectorAll("[data-cell]")) this.cells[cell.dataset.cell] = cell;
    this.parts = {};
    for (const part of element.querySelectorAll("[data-part]")) this.parts[part.dataset.part] = part;
    this.name = element.querySelector("[role=rowheader] a:last-child").textContent;
    this.shown = {};
  }

  /** Show the row as it is; a cell that is being typed in is left alone. */
  render() {
    this.#cells();
    this.#outcome();
    this.#state();
    this.#note();
  }

  #cells() {
    const { row, cells } = this;
    row.element.toggleAttribute("data-answered", row.isComplete);
    const { deprivations, open } = row.values;
    const takesCauses = row.takesCauses;
    for (const name of ["score", "code", "causes", "needs"]) if (cells[name]) this.#text(name, this.textOf(name));
    this.#remark(row.values);
    if (this.shown.takesCauses !== takesCauses) {
      this.shown.takesCauses = takesCauses;
      cells.causes.toggleAttribute("data-idle", !takesCauses);
      cells.causes.readOnly = !takesCauses;
      cells.causes.tabIndex = takesCauses ? 0 : -1;
    }
    for (const box of BOXES) {
      const isOn = Boolean(deprivations?.includes(box));
      if (!cells[box]) continue;
      if (cells[box].checked !== isOn) cells[box].checked = isOn;
      const isOpen = open.includes(box);
      if (cells[box].indeterminate !== isOpen) cells[box].indeterminate = isOpen;
    }
  }

  /** What a text cell says of the values; a code is written once every indicator is known. */
  textOf(name) {
    const { score, deprivations, open, causes, note } = this.row.values;
    if (name === "score") return score === null ? "" : String(score);
    if (name === "code") return deprivations === null || open.length ? "" : codeOf(deprivations);
    if (name === "causes") return this.row.takesCauses ? causes.join(" ") : "";
    if (name === "needs") return this.row.needs ? codeOf(needsOf(this.row.needs).map(parseFloat)) : "";
    return note;
  }

  /** Mark a cell whose pasted text could not be taken, until it is answered otherwise. */
  refuse(name, text) {
    const cell = this.cells[name];
    cell.dataset.refused = "";
    cell.title = `Đã dán “${text}”: không hợp lệ, giữ giá trị cũ`;
  }

  forget(name) {
    const cell = this.cells[name];
    if (!("refused" in cell.dataset)) return;
    delete cell.dataset.refused;
    cell.title = "";
  }

  #remark({ note, flag }) {
    const { cells, parts } = this;
    if (cells.flag.checked !== flag) cells.flag.checked = flag;
    if (this.shown.remark === note) return;
    this.shown.remark = note;
    this.#text("note", note);
    parts.mark.toggleAttribute("data-noted", note !== "");
    parts.mark.title = note;
    parts.mark.setAttribute("aria-label", `${this.name}, ghi chú${note && `: ${note}`}`);
  }

  showNote(isOpen) {
    this.row.element.toggleAttribute("data-noting", isOpen);
  }

  #text(name, text) {
    const cell = this.cells[name];
    const isFaulty = name in this.row.faults;
    if (this.shown[`${name} fault`] !== isFaulty) {
      this.shown[`${name} fault`] = isFaulty;
      cell.toggleAttribute("aria-invalid", isFaulty);
      if (isFaulty) cell.setAttribute("aria-invalid", "true");
    }
    if (isFaulty || cell === document.activeElement || cell.value === text) return;
    cell.value = text;
  }

  /** Show the value in the cell that has the focus as well. */
  settle(name) {
    delete this.row.faults[name];
    const cell = this.cells[name];
    if (cell && cell.type !== "checkbox") cell.value = this.textOf(name);
  }

  #outcome() {
    const { row } = this;
    const result = row.result;
    const found = row.recorded || result?.povertyClass || "";
    const key = `${found} ${result?.deprivationScore}`;
    if (this.shown.outcome === key) return;
    this.shown.outcome = key;
    this.parts.points.textContent = result ? result.deprivationScore : "–";
    const place = this.parts.result;
    if (!found) place.textContent = "–";
    else place.replaceChildren(make("span", `grid__class grid__class--${found}`, this.#words(found)));
  }

  #words(found) {
    const before = Object.keys(this.labels).find((name) => this.labels[name] === this.row.before);
    const step = before ? RANK[found] - RANK[before] : 0;
    const arrow = step > 0 ? " ↑" : step < 0 ? " ↓" : "";
    return `${this.labels[found]}${arrow}`;
  }

  #state() {
    const [state, words] = this.state;
    const key = this.row.hasOpenWarnings ? "Cảnh báo" : words;
    if (this.shown.state === key) return;
    this.shown.state = key;
    this.row.element.dataset.state = state;
    this.row.element.toggleAttribute("data-warned", this.row.hasOpenWarnings);
    this.parts.state.textContent = key;
  }

  /** The state's key and its word. */
  get state() {
    const { row, queue } = this;
    if (row.isFaulty) return ["error", "Cần sửa"];
    if (row.conflict) return ["conflict", "Trùng sửa"];
    if (row.refusal) return ["error", "Chưa lưu"];
    if (row.sending) return ["sending", "Đang lưu…"];
    if (row.isDirty && !row.isComplete && !row.mayBeSent) return ["draft", "Chưa đủ"];
    if (row.isDirty) return ["waiting", queue.trouble ? "Chờ mạng" : "Chờ gửi"];
    return row.isComplete ? ["saved", "✓ Đã lưu"] : ["", ""];
  }

  get needsCare() {
    return ["error", "conflict"].includes(this.state[0]) || this.row.hasOpenWarnings;
  }

  // Faults, refusals and conflicts stand under the row itself.
  #note() {
    const { row } = this;
    const fault = Object.keys(row.faults).map((name) => this.#fault(name)).join(" ") || row.refusal;
    const key = row.conflict ? `conflict ${row.conflict.time}` : fault;
    if ((this.shown.note ?? "") === key) return;
    this.shown.note = key;
    this.note?.remove();
    this.note = null;
    if (!key) return;
    this.note = make("div", `grid__note${row.conflict ? "" : " grid__note--error"}`, "");
    this.note.setAttribute("role", "cell");
    this.note.append(...(row.conflict ? this.#choices() : [make("span", "", fault)]));
    row.element.append(this.note);
    if (row.element.contains(document.activeElement)) this.note.scrollIntoView({ block: "nearest" });
  }

  // What is wrong with a cell, and where the cursor stands meanwhile.
  #fault(name) {
    const label = LABELS[name] ?? "ghi chú";
    const said = this.row.faults[name];
    if (this.cells[name] !== document.activeElement) return `Ô ${label}: ${said} Chưa lưu, quay lại ô ${label} để sửa.`;
    const before = this.textOf(name);
    const back = before ? `để lấy lại ${before}` : "để bỏ trống";
    return `${said} Con trỏ vẫn ở ô ${label}: gõ lại rồi bấm Enter, hoặc Esc ${back}.`;
  }

  #choices() {
    const { who, own, time, disputed, mine, theirs } = this.row.conflict;
    const theirWords = disputed.map((name) => describeValue(name, theirs)).join(", ");
    const myWords = disputed.map((name) => describeValue(name, mine)).join(", ");
    const button = (text, keep) => {
      const made = make("button", "button button--small", text);
      made.type = "button";
      made.dataset.keep = keep;
      return made;
    };
    return [
      make("span", "", own
        ? `Một thẻ khác của bạn vừa lưu lúc ${time}: ${theirWords} · ở thẻ này: ${myWords}`
        : `${who} vừa sửa lúc ${time}: ${theirWords} · của bạn: ${myWords}`),
      button(own ? "Giữ của thẻ này" : "Giữ của tôi", "mine"),
      button(own ? "Lấy của thẻ kia" : `Lấy của ${who}`, "theirs"),
    ];
  }
}

function describeValue(name, values) {
  if (name === "score") return `B1 = ${values.score ?? "–"}`;
  if (name === "causes") return `nguyên nhân ${codeOf(values.causes)}`;
  if (name === "needs") return `nhu cầu ${needsOf(values.needs ?? []).join(", ") || 0}`;
  if (name === "note") return `ghi chú “${values.note}”`;
  if (name === "flag") return values.flag ? "cần kiểm tra" : "không cần kiểm tra";
  return `chỉ số ${name} ${values.deprivations?.includes(Number(name)) ? "thiếu" : "không thiếu"}`;
}
