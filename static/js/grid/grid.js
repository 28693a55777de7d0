// The cells of the bulk entry: typing, walking, copying, and what each of them changes.

import { CodeRefused, numbersIn, scoreIn } from "./codes.js";
import { actOf } from "./keys.js";
import { copy } from "./merge.js";
import { BOXES, CAUSES, NEEDS } from "./page.js";
import { apply, linesOf, plan, tick } from "./paste.js";
import { PasteReport } from "./report.js";
import { changed, Undo } from "./undo.js";

// The cells of a row from left to right; an object would put its numbers first.
const IN_A_BLOCK = ["score", "code", ...BOXES.map(String), "causes"];
const ACROSS = [...IN_A_BLOCK, ...(NEEDS.length ? ["needs"] : []), "flag"];

export class Grid {
  constructor({ body, rows, views, queue, panel, onEnd }) {
    Object.assign(this, { body, rows, views, queue, panel, onEnd });
    document.querySelector("[data-open-paste]").addEventListener("click", () => this.#openPasteBox());
    this.report = new PasteReport(document.querySelector("[data-paste-report]"), {
      nameOf: (row) => `${this.numberOf(row)} (${views.get(row).name})`,
      onClose: () => this.goBack(),
    });
    this.undo = new Undo();
    this.rowOf = new Map(rows.map((row) => [row.element, row]));
    body.addEventListener("focusin", (event) => this.#arrive(event.target));
    body.addEventListener("focusout", (event) => this.#leave(event.target));
    body.addEventListener("input", (event) => this.#input(event.target));
    body.addEventListener("keydown", (event) => this.#key(event));
    body.addEventListener("paste", (event) => this.#paste(event));
    body.addEventListener("click", (event) => this.#click(event));
  }

  #place(cell) {
    const row = this.rowOf.get(cell.closest("[data-review]"));
    return { row, view: this.views.get(row), name: cell.dataset.cell };
  }

  // Arriving and leaving

  #arrive(cell) {
    if (!cell.dataset.cell) return;
    if (cell.type !== "checkbox") cell.select();
    this.last = cell;
    const { view } = this.#place(cell);
    view.render();
    this.panel.show(view);
    this.panel.forgetNext();
  }

  #leave(cell) {
    if (!cell.dataset.cell || cell.type === "checkbox") return;
    const { row, view, name } = this.#place(cell);
    if (name === "note") view.showNote(false);
    if (name !== "score" && cell.value !== view.textOf(name)) this.#read(row, name, cell.value);
    if (!(name in row.faults)) view.settle(name);
    this.undo.close();
    view.render();
  }

  // Changing values

  #change(rows, act, cell = "") {
    const changes = rows.map((row) => changed(row, (values) => act(values, row))).filter(Boolean);
    if (changes.length) this.undo.note(changes, cell);
    for (const { row } of changes) this.queue.touch(row);
    for (const row of rows) this.#show(row);
  }

  #show(row) {
    const view = this.views.get(row);
    view.render();
    if (this.panel.view === view) this.panel.show(view);
    this.queue.changed(row);
  }

  #input(cell) {
    this.panel.forgetNext();
    const { row, name } = this.#place(cell);
    if (cell.type === "checkbox") this.#tick(row, name, cell.checked ? "1" : "0");
    else if (["score", "note"].includes(name)) this.#read(row, name, cell.value);
    else if (name in row.faults) {
      delete row.faults[name];
      this.#show(row);
    }
  }

  #tick(row, name, text) {
    this.views.get(row).forget(name);
    this.#change([row], (values) => {
      if (name === "flag") values.flag = text === "1";
      else tick(values, Number(name), text);
    });
  }

  /** Set or clear a box and go to the next. */
  setBox(row, name, text) {
    this.#tick(row, name, text);
    this.walk(row, name, 1);
  }

  /** Read a text box into the row; whether it could be read. Codes are read when confirmed. */
  #read(row, name, text) {
    try {
      const value = READERS[name](text);
      delete row.faults[name];
      this.views.get(row).forget(name);
      this.#change([row], (values) => take(values, FIELDS[name], { [FIELDS[name]]: value }), name);
      return true;
    } catch (fault) {
      if (!(fault instanceof CodeRefused)) throw fault;
      row.faults[name] = fault.message;
      this.#show(row);
      return false;
    }
  }

  // Keys

  #key(event) {
    const cell = event.target;
    if (!cell.dataset.cell) return;
    const act = actOf(event, cell);
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    (ACTS[act] ?? this[act]).call(this, this.#place(cell), cell);
  }

  confirm({ row, view, name }, cell) {
    if (name === "note") return this.#closeNote(row);
    if (!this.#isTaken({ row, view, name }, cell)) return;
    const causes = row.takesCauses && "causes";
    const next = { score: "code", code: causes, needs: !row.values.causes.length && causes }[name];
    if (next) this.go(row, next);
    else this.#finishRow(row);
  }

  /** Take what is typed in a cell; whether it could be read. */
  #isTaken({ row, view, name }, cell) {
    const isTyped = name in READERS && !cell.readOnly;
    if (!isTyped || !(name in row.faults || cell.value !== view.textOf(name))) return true;
    const isRead = this.#read(row, name, cell.value);
    if (!isRead) cell.select();
    else view.settle(name);
    view.render();
    return isRead;
  }

  toNeeds(place, cell) {
    if (this.#isTaken(place, cell)) this.go(place.row, "needs");
  }

  noNeeds(place, cell) {
    const { row, view } = place;
    if (!NEEDS.length || !this.#isTaken(place, cell)) return;
    if (row.base.needs?.length) return this.panel.tell("Hộ còn nhu cầu đã ghi: kết thúc ở trang nhu cầu của hộ (F7).");
    this.#change([row], (values) => (values.needs = []));
    view.settle("needs");
    this.confirm(place, cell);
  }

  /** On to the next household; after the last one say what comes next, and go there when asked again. */
  #finishRow(row) {
    if (this.rows.at(-1) !== row) return this.#nextRow(row, "score");
    if (this.panel.nextLink) return this.panel.nextLink.click();
    document.activeElement.select?.();
    this.onEnd();
  }

  /** The household is as last time: take its answers and go on; one that is entered stays. */
  unchanged({ row }) {
    const { score, deprivations } = row.values;
    if (row.isComplete) return this.#finishRow(row);
    if (!row.earlier || score !== null || deprivations !== null) {
      return this.panel.tell("Hộ này không có kết quả lần trước, hoặc đang nhập dở.");
    }
    const { score: b1, deprivations: lacking, causes } = row.earlier;
    const answers = { score: b1, deprivations: lacking, causes };
    this.#change([row], (values) => (row.values = copy({ ...values, ...answers })));
    this.#finishRow(row);
  }

  restore({ row, view, name }) {
    const isNote = name === "note";
    if (!isNote && this.report.isOpen) return this.report.close();
    if (!isNote && !this.panel.details.hidden) return this.panel.toggleDetails(false);
    delete row.faults[name];
    view.forget(name);
    this.#change([row], (values) => take(values, FIELDS[name] ?? "deprivations", copy(row.base)));
    view.settle(name);
    if (isNote) return this.#closeNote(row);
    view.cells[name].select?.();
    this.#show(row);
  }

  // Note and flag

  flag(row) {
    this.#tick(row, "flag", row.values.flag ? "0" : "1");
  }

  /** Open the note below its row; the same key closes it. */
  note(row, name) {
    if (name === "note") return this.#closeNote(row);
    this.leftFor = name;
    this.views.get(row).showNote(true);
    this.go(row, "note");
  }

  #closeNote(row) {
    this.go(row, this.leftFor ?? "score");
  }

  copyAbove({ row, view, name }) {
    const above = this.rows[this.rows.indexOf(row) - 1];
    if (!above) return;
    delete row.faults[name];
    const field = FIELDS[name];
    const isOn = above.values.deprivations?.includes(Number(name));
    if (!field) this.#tick(row, name, isOn ? "1" : "0");
    else this.#change([row], (values) => take(values, field, copy(above.values)));
    view.forget(name);
    view.settle(name);
  }

  stepUndo(isBack) {
    const rows = this.undo.step(isBack);
    for (const row of rows) {
      const view = this.views.get(row);
      for (const name of Object.keys(READERS)) view.settle(name);
      this.queue.touch(row);
      this.#show(row);
    }
    if (rows.length && !rows.some((row) => row.element.contains(document.activeElement))) {
      this.go(rows[0], "score");
    }
  }

  // Walking

  go(row, name) {
    const cell = row && this.views.get(row).cells[name];
    if (!cell) return;
    cell.focus();
  }

  #nextRow(row, name, step = 1) {
    const next = this.rows[this.rows.indexOf(row) + step];
    if (next) this.go(next, name);
    else document.activeElement.select?.();
  }

  walkRows(row, name, step) {
    this.#nextRow(row, name, step);
  }

  walk(row, name, step) {
    this.go(row, ACROSS[ACROSS.indexOf(name) + step]);
  }

  toCare(row, step) {
    const count = this.rows.length;
    const start = this.rows.indexOf(row);
    for (let far = 1; far <= count; far += 1) {
      const found = this.rows[(start + step * far + count * far) % count];
      if (this.views.get(found).needsCare) return this.go(found, "score");
    }
    this.panel.tell("Không còn cảnh báo hoặc lỗi ở trang này.");
  }

  confirmWarnings(row) {
    if (row.hasOpenWarnings) return this.queue.confirm(row);
    const isSaving = row.isDirty || row.sending;
    this.panel.tell(isSaving ? "Hộ này chưa lưu xong. Lưu xong mới xác nhận." : "Hộ này không có cảnh báo cần xác nhận.");
  }

  // Pasting and choosing

  #paste(event) {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!IN_A_BLOCK.includes(event.target.dataset.cell) || !/[\t\n]/.test(text.trim())) return;
    event.preventDefault();
    const { row, name } = this.#place(event.target);
    this.paste(text, row, name);
  }

  /** Put a block over the cells from this one on, and tell what it did. */
  paste(text, row, name) {
    const { rows } = this;
    const place = { rows, start: rows.indexOf(row), name };
    const { targets, extra, unused } = plan(linesOf(text), place);
    const touched = [...new Set(targets.map((target) => target.row))];
    const before = new Map(touched.map((one) => [one, copy(one.values)]));
    const refused = apply(targets);
    const after = new Map(touched.map((one) => [one, copy(one.values)]));
    for (const one of touched) one.values = before.get(one);
    this.#change(touched, (_values, one) => (one.values = after.get(one)));
    for (const one of touched) {
      const view = this.views.get(one);
      for (const cell of Object.keys(READERS)) view.settle(cell);
    }
    for (const target of targets) this.views.get(target.row).forget(target.name);
    for (const one of refused) this.views.get(one.row).refuse(one.name, one.text);
    for (const one of touched) this.views.get(one).render();
    this.report.show({ targets, refused, extra, unused });
  }

  // The box comes with its first opening: the page of somebody who types numbers only stays light.
  async #openPasteBox() {
    const { PasteBox } = await import("./paste-box.js");
    this.pasteBox ??= new PasteBox((text) => this.pasteHere(text), () => this.goBack());
    this.pasteBox.open();
  }

  /** Put a block over the cells from the one that had the cursor last. */
  pasteHere(text) {
    const { row, name } = this.#place(this.last ?? this.views.get(this.rows[0]).cells.score);
    this.paste(text, row, IN_A_BLOCK.includes(name) ? name : "score");
  }

  /** Back to the cell that had the cursor last. */
  goBack() {
    (this.last ?? this.views.get(this.rows[0]).cells.score).focus();
  }

  numberOf(row) {
    return row.element.querySelector(".grid__number").textContent;
  }

  #click(event) {
    const button = event.target.closest("[data-keep], [data-open-note]");
    if (!button) return;
    const row = this.rowOf.get(button.closest("[data-review]"));
    if (!button.dataset.keep) return this.note(row, "score");
    this.queue.resolve(row, button.dataset.keep);
    this.go(row, "score");
    for (const name of Object.keys(READERS)) this.views.get(row).settle(name);
    this.#show(row);
  }
}

const FIELDS = { score: "score", code: "deprivations", causes: "causes", needs: "needs", note: "note", flag: "flag" };
const NEED_NUMBERS = NEEDS.map((_kind, at) => at + 1);
const READERS = {
  score: scoreIn,
  code: (text) => (text.trim() === "" ? null : numbersIn(text, BOXES, "chỉ số")),
  causes: (text) => (text.trim() === "" ? [] : numbersIn(text, CAUSES, "nguyên nhân")),
  needs: (text) => (text.trim() === "" ? null : numbersIn(text, NEED_NUMBERS, "loại nhu cầu").map((number) => NEEDS[number - 1].key)),
  note: (text) => text.normalize("NFC").replace(/\s+/g, " ").trim(),
};
const ACTS = {
  undo() { this.stepUndo(true); },
  redo() { this.stepUndo(false); },
  sendNow() { this.queue.sendNow(); },
  details() { this.panel.toggleDetails(); },
  needs({ row }) { window.open(row.element.dataset.needs, "_blank", "noopener"); },
  note({ row, name }) { this.note(row, name); },
  flag({ row }) { this.flag(row); },
  edit(_place, cell) { cell.setSelectionRange?.(cell.value.length, cell.value.length); },
  tick({ row, name }) { this.setBox(row, name, "1"); },
  untick({ row, name }) { this.setBox(row, name, "0"); },
  up({ row, name }) { this.walkRows(row, name, -1); },
  down({ row, name }) { this.walkRows(row, name, 1); },
  left({ row, name }) { this.walk(row, name, -1); },
  right({ row, name }) { this.walk(row, name, 1); },
  rowStart({ row }) { this.go(row, "score"); },
  rowEnd({ row }) { this.go(row, row.takesCauses ? "causes" : BOXES.at(-1)); },
  gridStart() { this.go(this.rows[0], "score"); },
  gridEnd() { this.go(this.rows.at(-1), "score"); },
  nextCare({ row }) { this.toCare(row, 1); },
  previousCare({ row }) { this.toCare(row, -1); },
  confirmWarnings({ row }) { this.confirmWarnings(row); },
};

/** Put one field as it is in `source`; whole indicators leave none open. */
function take(values, field, source) {
  values[field] = source[field];
  if (field === "deprivations") values.open = source.open ?? [];
}
