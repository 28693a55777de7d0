// "Cách tính": the sentence of the current row, its warnings, and what was found last time.

const paragraph = (text) => {
  const made = document.createElement("p");
  made.textContent = text;
  return made;
};

export class Panel {
  constructor(element, { causes, onConfirm }) {
    this.sentence = element.querySelector("[data-sentence]");
    this.warnings = element.querySelector("[data-warnings]");
    this.details = element.querySelector("[data-details]");
    this.causes = causes;
    this.onConfirm = onConfirm;
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

  #draw() {
    const { row } = this.view;
    this.sentence.replaceChildren(paragraph(this.#words()));
    this.#drawWarnings(row);
    if (!this.details.hidden) this.#drawDetails();
  }

  #words() {
    const { row, name } = this.view;
    const result = row.result;
    if (!result) return `${name}: nhập B1 và mã các chỉ số thiếu hụt để xem kết quả.`;
    const found = row.recorded || result.povertyClass;
    const other = row.recorded ? ` Ghi nhận khác kết quả tính.` : "";
    const before = row.before ? ` Trước: ${row.before}` : "";
    const movement = row.movements[found] ? ` → diễn biến: ${row.movements[found]}.` : "";
    return `${name}: ${result.explanation}.${other}${before}${movement}`;
  }

  #drawWarnings(row) {
    this.warnings.replaceChildren();
    if (row.isDirty || row.warnings.length === 0) return;
    const text = document.createElement("span");
    const done = row.confirmed ? " (đã xác nhận)" : "";
    text.textContent = `⚑ ${row.warnings.join("; ")}${done}`;
    this.warnings.append(text);
    if (row.confirmed) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button--small";
    button.textContent = "Xác nhận";
    button.addEventListener("click", () => this.onConfirm(row));
    this.warnings.append(button);
  }

  toggleDetails(isOpen = this.details.hidden) {
    this.details.hidden = !isOpen;
    if (isOpen && this.view) this.#drawDetails();
  }

  #drawDetails() {
    const { earlier } = this.view.row;
    const link = document.createElement("a");
    link.href = this.view.row.element.querySelector("[role=rowheader] a").href;
    link.textContent = `Mở phiếu đầy đủ của hộ ${this.view.name}`;
    const lines = earlier
      ? [
          paragraph(`Năm ${earlier.year}: ${earlier.explanation}`),
          paragraph(`Nguyên nhân năm ${earlier.year}: ${this.#causesOf(earlier)}`),
        ]
      : [paragraph("Hộ này chưa có phiếu của lần rà soát trước.")];
    this.details.replaceChildren(...lines, link);
  }

  #causesOf({ causes }) {
    return causes.map((number) => `${number}. ${this.causes[number]}`).join("; ") || "không ghi";
  }
}
