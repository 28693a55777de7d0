// "Cách tính": the sentence of the current row, its warnings, and the details of its household.

import { needsOf } from "./page.js";

const paragraph = (text) => {
  const made = document.createElement("p");
  made.textContent = text;
  return made;
};

// htmx comes with the first details: the page of somebody who types numbers only stays light.
function loadHtmx() {
  return new Promise((resolve, reject) => {
    const { content } = document.querySelector("[data-htmx]");
    const script = document.importNode(content, true).querySelector("script");
    script.addEventListener("load", resolve);
    script.addEventListener("error", reject);
    document.head.append(script);
  });
}

export class Panel {
  constructor(element, { onConfirm }) {
    this.sentence = element.querySelector("[data-sentence]");
    this.warnings = element.querySelector("[data-warnings]");
    this.details = element.querySelector("[data-details]");
    this.next = element.querySelector("[data-next]");
    this.onConfirm = onConfirm;
    // Neither a refusal nor the end of the session leads away from what is typed in the grid.
    this.details.addEventListener("htmx:beforeOnLoad", (event) => {
      const { xhr, pathInfo } = event.detail;
      const asked = new URL(pathInfo.finalRequestPath, location).pathname;
      if (xhr.status === 200 && new URL(xhr.responseURL).pathname === asked) return;
      event.preventDefault();
      this.#fail();
    });
    this.details.addEventListener("htmx:sendError", () => this.#fail());
  }

  show(view) {
    this.view = view;
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.#draw(), 60);
  }

  /** One message in the place of the sentence, such as what a paste did. */
  tell(text) {
    clearTimeout(this.waiting);
    this.sentence.replaceChildren(paragraph(text));
  }

  /** What comes after the last household; the link to it, where there is one, stands beside it. */
  tellNext(text, link = null) {
    this.nextLink = link?.cloneNode(true) ?? null;
    if (link) this.nextLink.className = "button button--small";
    this.next.replaceChildren(paragraph(text), ...(link ? [this.nextLink] : []));
  }

  forgetNext() {
    this.nextLink = null;
    this.next.replaceChildren();
  }

  #draw() {
    const { row } = this.view;
    this.sentence.replaceChildren(paragraph(this.#words()));
    this.#drawWarnings(row);
    if (!this.details.hidden) this.#drawDetails();
  }

  #words() {
    const { row, name } = this.view;
    const result = row.result;
    const { open } = row.values;
    if (open.length) return `${name}: chưa rõ chỉ số ${open.join(", ")}. Nhập đủ để xem kết quả.`;
    if (!result) return `${name}: nhập B1 và mã các chỉ số thiếu hụt để xem kết quả.`;
    const found = row.recorded || result.povertyClass;
    const other = row.recorded ? ` Ghi nhận khác kết quả tính.` : "";
    const before = row.before ? ` Trước: ${row.before}` : "";
    const movement = row.movements[found] ? ` → diễn biến: ${row.movements[found]}.` : "";
    const needs = row.needs && ` Nhu cầu: ${needsOf(row.needs).join(", ") || "không có"}.`;
    return `${name}: ${result.explanation}.${other}${before}${movement}${needs ?? ""}`;
  }

  #drawWarnings(row) {
    this.warnings.replaceChildren();
    if (row.isDirty || row.warnings.length === 0) return;
    const text = document.createElement("span");
    const done = row.confirmed ? " (đã xác nhận)" : "";
    text.textContent = `Cảnh báo: ${row.warnings.join("; ")}${done}`;
    this.warnings.append(text);
    if (row.confirmed) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button--small";
    button.textContent = "Xác nhận (F9)";
    button.addEventListener("click", () => this.onConfirm(row));
    this.warnings.append(button);
  }

  toggleDetails(isOpen = this.details.hidden) {
    this.details.hidden = !isOpen;
    document.documentElement.toggleAttribute("data-details", isOpen);
    this.detailsOf = null;
    if (isOpen && this.view) this.#drawDetails();
  }

  // The server's own page of the household, asked for once the cursor rests on it.
  #drawDetails() {
    const { row } = this.view;
    if (this.detailsOf === row) return;
    this.detailsOf = row;
    window.htmx?.trigger(this.details, "htmx:abort");
    this.details.replaceChildren(paragraph("Đang tải chi tiết…"));
    clearTimeout(this.asking);
    this.asking = setTimeout(() => this.#ask(row), 250);
  }

  async #ask(row) {
    try {
      if (!window.htmx) await loadHtmx();
    } catch {
      return this.#fail();
    }
    const url = row.element.querySelector(".grid__number").href;
    if (this.detailsOf === row) window.htmx.ajax("GET", url, { source: this.details, target: this.details });
  }

  #fail() {
    this.detailsOf = null;
    this.details.replaceChildren(paragraph("Chưa tải được chi tiết. Đóng rồi mở lại để thử lại."));
  }
}
