// What a key does in a cell. Keys are known by their place and modifiers, never while an input
// method composes; a key that is not named here types as usual.

const isTyping = (event) => event.isComposing || event.keyCode === 229 || event.code === "";

const WITH_CTRL = {
  KeyZ: "undo",
  KeyY: "redo",
  KeyD: "copyAbove",
  KeyS: "sendNow",
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
  Escape: "restore",
  F8: "nextCare",
};
const ON_A_BOX = { Digit1: "tick", Numpad1: "tick", Digit0: "untick", Numpad0: "untick" };

/** The name of what the key asks for in this cell; "" for a key of no meaning here. */
export function actOf(event, cell) {
  if (isTyping(event) || event.altKey) return "";
  const { code, shiftKey } = event;
  if (event.ctrlKey || event.metaKey) return shiftKey ? "" : (WITH_CTRL[code] ?? "");
  if (shiftKey) return { F8: "previousCare", Equal: "unchanged" }[code] ?? "";
  // Without Num Lock the same keys walk.
  const isSign = event.key.length === 1;
  if (cell.type === "checkbox" && isSign && ON_A_BOX[code]) return ON_A_BOX[code];
  const act = PLAIN[code] ?? "";
  return movesInside(act, cell) ? "" : act;
}

// In a text, arrows walk through it until they reach its edge; all selected counts as the edge.
function movesInside(act, cell) {
  if (cell.type === "checkbox" || !["left", "right"].includes(act)) return false;
  const { selectionStart: from, selectionEnd: to, value } = cell;
  if (value && from === 0 && to === value.length) return false;
  return act === "left" ? to > 0 : from < value.length;
}
