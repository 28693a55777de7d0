// What a paste did and what it left out; it stays until somebody closes it.

import { TITLES } from "./paste.js";

const make = (name, text) => {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
};

const listOf = (texts) => {
  const list = document.createElement("ul");
  list.append(...texts.map((text) => make("li", text)));
  return list;
};

export class PasteReport {
  /** `nameOf(row)` names a household; `onClose()` gives the cursor back. */
  constructor(element, { nameOf, onClose }) {
    Object.assign(this, { element, nameOf, onClose });
    this.content = element.querySelector("[data-paste-told]");
    element.addEventListener("click", (event) => {
      if (event.target.closest("[data-close-paste]")) this.close();
    });
    element.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
    });
  }

  get isOpen() {
    return !this.element.hidden;
  }

  show({ targets, refused, extra, unused }) {
    const touched = new Set(targets.map(({ row }) => row)).size;
    const cells = targets.length - refused.length;
    const parts = [make("p", `Đã dán ${cells} ô vào ${touched} hộ.`)];
    if (unused.length) {
      const named = unused.map((heading) => `“${heading}”`).join(", ");
      parts.push(make("p", `Bảng nhập không có cột ${named}: bỏ qua các cột này.`));
    }
    if (refused.length) {
      parts.push(make("p", `${refused.length} ô không hợp lệ, giữ giá trị cũ:`));
      parts.push(listOf(refused.map((one) => this.#refusal(one))));
    }
    if (extra.length) {
      parts.push(make("p", `${extra.length} dòng không có hộ để ghi vào:`), listOf(extra));
    }
    this.content.replaceChildren(...parts);
    this.element.hidden = false;
  }

  #refusal({ row, name, text, reason }) {
    const column = TITLES[name] ? `cột ${TITLES[name]}` : `chỉ số ${name}`;
    return `Hộ ${this.nameOf(row)}, ${column}: “${text}”. ${reason}`;
  }

  close() {
    this.element.hidden = true;
    this.onClose();
  }
}
