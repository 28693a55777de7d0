// Boxes to tick in a table: arrows walk from box to box, 1 ticks and 0 clears the one under the
// cursor. Tab and the space bar work without this file.

const BOX = "input[type=checkbox]";

const boxesOf = (element) => [...(element?.querySelectorAll(BOX) ?? [])];

function beside(box, step) {
  const boxes = boxesOf(box.closest("tr"));
  return boxes[boxes.indexOf(box) + step];
}

// A row may have no box in this column: go on until one has.
function below(box, step) {
  const cell = box.closest("td");
  const rows = [...cell.closest("tbody").rows];
  for (let at = rows.indexOf(cell.parentElement) + step; rows[at]; at += step) {
    const [found] = boxesOf(rows[at].cells[cell.cellIndex]);
    if (found) return found;
  }
  return null;
}

function put(box, checked) {
  box.checked = checked;
  return box;
}

const ACTS = {
  ArrowUp: (box) => below(box, -1),
  ArrowDown: (box) => below(box, 1),
  ArrowLeft: (box) => beside(box, -1),
  ArrowRight: (box) => beside(box, 1),
  Digit1: (box) => put(box, true),
  Numpad1: (box) => put(box, true),
  Digit0: (box) => put(box, false),
  Numpad0: (box) => put(box, false),
};

document.addEventListener("keydown", (event) => {
  const act = ACTS[event.code];
  const isPlain = !event.ctrlKey && !event.altKey && !event.metaKey && !event.shiftKey;
  if (!act || !isPlain || !event.target.matches?.(`table[data-arrow-boxes] ${BOX}`)) return;
  event.preventDefault();
  act(event.target)?.focus();
});
