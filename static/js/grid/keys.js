// What a key does in a cell. Keys are known by their place and modifiers, never while an input
// method composes; a key that is not named here types as usual.

const isTyping = (event) => event.isComposing || event.keyCode === 229 || event.code === "";

const WITH_CTRL = {
  KeyZ: "undo",
  KeyY: "redo",
  KeyD: "copyAbove",
  KeyS: "sendNow",
  KeyM: "note",
  Enter: "details",
  NumpadEnter: "details",
  Home: "gridStart",
  End: "gridEnd",
};
const PLAIN = {
  Enter: "confirm",
  NumpadEnter: "confirm",
  NumpadAdd: "unchanged",
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowLeft: "left",
  ArrowRight: "right",
  Home: "rowStart",
  End: "rowEnd",
  F2: "edit",
  F4: "flag",
  F7: "needs",
  Slash: "toNeeds",
  NumpadDivide: "toNeeds",
  NumpadMultiply: "noNeeds",
  Escape: "restore",
  F8: "nextCare",
  F9: "confirmWarnings",
};
const WITH_SHIFT = { F8: "previousCare", Equal: "unchanged", Digit8: "noNeeds" };
const ON_A_BOX = { Digit1: "tick", Numpad1: "tick", Digit0: "untick", Numpad0: "untick" };

// A note is a text: every other key types or walks in it.
const IN_A_NOTE = ["confirm", "restore", "note", "flag", "undo", "redo", "sendNow", "details"];

/** The name of what the key asks for in this cell; "" for a key of no meaning here. */
export function actOf(event, cell) {
  if (isTyping(event) || event.altKey) return "";
  const act = wanted(event, cell);
  return cell.dataset.cell === "note" && !IN_A_NOTE.includes(act) ? "" : act;
}

function wanted(event, cell) {
  const { code, shiftKey } = event;
  if (event.ctrlKey || event.metaKey) return shiftKey ? "" : (WITH_CTRL[code] ?? "");
  const act = (shiftKey ? WITH_SHIFT : PLAIN)[code] ?? "";
  if (shiftKey) return separates(act, cell) ? "" : act;
  // Without Num Lock the same keys walk.
  const isSign = event.key.length === 1;
  if (cell.type === "checkbox" && isSign && ON_A_BOX[code]) return ON_A_BOX[code];
  return movesInside(act, cell) || separates(act, cell) ? "" : act;
}

// In a text, arrows walk through it until they reach its edge; all selected counts as the edge.
function movesInside(act, cell) {
  if (cell.type === "checkbox" || !["left", "right"].includes(act)) return false;
  if (isAllSelected(cell)) return false;
  const { selectionStart: from, selectionEnd: to, value } = cell;
  return act === "left" ? to > 0 : from < value.length;
}

// In a code that is being typed, + stands between two numbers.
function separates(act, cell) {
  const isCode = ["code", "causes", "needs"].includes(cell.dataset.cell);
  return act === "unchanged" && isCode && cell.value !== "" && !isAllSelected(cell);
}

function isAllSelected({ selectionStart: from, selectionEnd: to, value }) {
  return value !== "" && from === 0 && to === value.length;
}
