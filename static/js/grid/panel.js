// "Cách tính": the sentence of the current row, its warnings, and the details of its household.

const paragraph = (text) => {
  const made = document.createElement("p");
  made.textContent = text;
  return made;
};

export class Panel {
  constructor(element, { detailsUrl, onConfirm }) {
    this.sentence = element.querySelector("[data-sentence]");
    this.warnings = element.querySelector("[data-warnings]");
    this.details = element.querySelector("[data-details]");
    this.detailsUrl = detailsUrl;
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
    const { open } = row.values;
    if (open.length) return `${name}: chưa rõ chỉ số ${open.join(", ")}. Nhập đủ để xem kết quả.`;
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
    this.details.replaceChildren(paragraph("Đang tải chi tiết…"));
    clearTimeout(this.asking);
    this.asking = setTimeout(() => this.#ask(row), 250);
  }

  async #ask(row) {
    const found = await this.#fetched(row);
    if (this.detailsOf !== row) return;
    if (found === null) {
      this.detailsOf = null;
      this.details.replaceChildren(paragraph("Chưa tải được chi tiết. Đóng rồi mở lại để thử lại."));
    } else this.details.innerHTML = found;
  }

  async #fetched(row) {
    try {
      const url = this.detailsUrl.replace("/0/", `/${row.id}/`);
      const reply = await fetch(url, { headers: { "HX-Request": "true" }, redirect: "manual" });
      return reply.ok ? await reply.text() : null;
    } catch {
      return null;
    }
  }
}
