// "Dán từ Excel": says how, and takes the block where a browser lets nobody paste into a cell.

export class PasteBox {
  /** `onText(text)` puts a block into the grid; `goBack()` gives the cursor to its cell. */
  constructor(onText, goBack) {
    Object.assign(this, { onText, goBack });
    this.element = document.querySelector("[data-paste-box]");
    this.area = this.element.querySelector("textarea");
    this.element.addEventListener("click", (event) => this.#press(event.target.closest("button")));
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.#close();
    });
  }

  // The cursor stands in the cell from which a block is pasted.
  open() {
    this.element.hidden = false;
    this.goBack();
  }

  #press(button) {
    if (!button) return;
    const text = this.area.value;
    const isGiven = "putPasted" in button.dataset;
    if (isGiven && !text.trim()) return this.area.focus();
    this.#close();
    if (isGiven) this.onText(text);
  }

  #close() {
    this.area.value = "";
    this.element.hidden = true;
    this.goBack();
  }
}
