// Arrow keys in a table whose cells hold links: up and down keep the column, left and right go
// through the row. Enter opens a link as everywhere; Tab reaches each without this file.

const STOPS = "a[href], summary";

const stopsIn = (element) => [...element.querySelectorAll(STOPS)].filter((stop) => stop.checkVisibility());

function beside(stop, step) {
  const stops = stopsIn(stop.closest("tr"));
  return stops[stops.indexOf(stop) + step];
}

// The next row may have nothing in this column: go on until one has.
function below(stop, step) {
  const cell = stop.closest("td, th");
  const rows = [...cell.closest("tbody").rows];
  for (let at = rows.indexOf(cell.parentElement) + step; rows[at]; at += step) {
    const [found] = rows[at].cells[cell.cellIndex] ? stopsIn(rows[at].cells[cell.cellIndex]) : [];
    if (found) return found;
  }
  return null;
}

const MOVES = {
  ArrowUp: (stop) => below(stop, -1),
  ArrowDown: (stop) => below(stop, 1),
  ArrowLeft: (stop) => beside(stop, -1),
  ArrowRight: (stop) => beside(stop, 1),
};

document.addEventListener("keydown", (event) => {
  const stop = event.target.closest?.(STOPS);
  const move = MOVES[event.code];
  const isPlain = !event.ctrlKey && !event.altKey && !event.metaKey && !event.shiftKey;
  if (!move || !isPlain || !stop?.closest("table[data-arrow-keys]")) return;
  event.preventDefault();
  move(stop)?.focus();
});
