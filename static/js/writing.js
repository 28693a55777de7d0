// A draft that saves itself block by block: while typing pauses, on leaving a block and on Ctrl+S;
// its sheets beside it follow. Without this file the buttons of the page save all that was typed.

const PAUSE = 1200;
const AGAIN = 10_000;
const SAVED = "Đã lưu";
const NOT_YET = "Chưa lưu";
const ON_LEAVING = "Chưa lưu: rời ô này thì lưu và tách đoạn";
const OPEN_BRACE = "Chưa lưu: số liệu trong ngoặc nhọn chưa có dấu } cuối";
const IN_CONFLICT = "Chưa lưu: lấy bản của người khác, hoặc bấm “Lưu” để giữ bản của bạn";
const NOT_SAVED = "Không lưu được: mất mạng, hết phiên làm việc hoặc máy chủ chưa trả lời. Chữ đã gõ còn ở đây và được gửi lại sau ít giây.";
const SHEET_LATE = "Bản xem trước chưa cập nhật được.";

const form = document.querySelector(".writing__blocks");
const sheet = document.querySelector(".writing__sheet");
const on = (name, act) => document.addEventListener(`htmx:${name}`, act);

// Each block: what is typed, what is saved, the word that tells.

const composing = new WeakSet();
const timers = new WeakMap();
const asked = new WeakSet();
const isText = (field) => Boolean(field.matches?.(".block textarea"));
const isDirty = (field) => field.value !== field.defaultValue;
const dirtyFields = () => [...document.querySelectorAll(".block textarea")].filter(isDirty);
const stateOf = (field) => field.closest(".block").querySelector(".block__state");
const isInConflict = (field) => Boolean(stateOf(field).querySelector("[data-newer]"));
const splits = (field) => /\n\s*\n\s*\S/.test(field.value);

function wordFor(field) {
  if (!isDirty(field)) return SAVED;
  if (isInConflict(field)) return IN_CONFLICT;
  if (splits(field)) return ON_LEAVING;
  return /\{[^}]*$/.test(field.value) ? OPEN_BRACE : NOT_YET;
}

function tell(field, words, isFault = false) {
  const state = stateOf(field);
  let place = state.querySelector(".block__saved");
  if (!place) {
    place = document.createElement("span");
    state.append(place);
  }
  place.className = `block__saved ${isFault ? "field__error" : "hint"}`;
  if (place.textContent !== words) place.textContent = words;
}

function saveSoon(field, wait = PAUSE) {
  clearTimeout(timers.get(field));
  timers.set(field, setTimeout(() => saveNow(field), wait));
}

// A syllable that is still being composed, a blank line that would split the block under the hand
// and a figure without its closing brace wait for the next pause, or until the block is left.
function saveNow(field) {
  if (field.isConnected && !composing.has(field) && wordFor(field) === NOT_YET) htmx.trigger(field, "save");
}

form?.addEventListener("compositionstart", ({ target }) => composing.add(target));
form?.addEventListener("compositionend", ({ target }) => {
  composing.delete(target);
  if (isText(target)) saveSoon(target);
});
form?.addEventListener("input", ({ target }) => {
  if (!isText(target)) return;
  tell(target, wordFor(target));
  saveSoon(target);
});
document.addEventListener("visibilitychange", () => {
  if (document.hidden) dirtyFields().forEach(saveNow);
});
window.addEventListener("online", () => dirtyFields().forEach((field) => saveSoon(field, 0)));

// Ctrl+S keeps the page where it is; a blank line makes two blocks of one, so the page comes anew.
document.addEventListener("keydown", (event) => {
  const isSave = event.code === "KeyS" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
  if (!isSave || event.isComposing || !form) return;
  event.preventDefault();
  if (!isText(event.target) || splits(event.target)) return form.requestSubmit();
  asked.add(event.target);
  htmx.trigger(event.target, "save");
});

// Nothing to say, or newer words of somebody else that only a person may overwrite.
on("beforeRequest", (event) => {
  const field = event.detail.elt;
  if (!isText(field)) return;
  const isHeld = !isDirty(field) || (isInConflict(field) && !asked.has(field));
  asked.delete(field);
  if (isHeld) return event.preventDefault();
  clearTimeout(timers.get(field));
  field.dataset.sent = field.value;
});
// A page of its own, such as the one to sign in, is no answer to a block.
on("beforeSwap", ({ detail }) => {
  const field = detail.requestConfig.elt;
  if (!isText(field)) return;
  if (detail.xhr.responseText.includes("block__state")) {
    if (detail.xhr.status === 200) field.defaultValue = field.dataset.sent ?? "";
    return;
  }
  detail.shouldSwap = false;
  fail(field);
});
on("afterSettle", ({ detail }) => {
  const field = detail.requestConfig?.elt;
  if (!field || !isText(field)) return;
  if (field.isConnected && isDirty(field)) {
    tell(field, wordFor(field), detail.xhr.status !== 200);
    if (detail.xhr.status === 200) saveSoon(field);
  }
  if (detail.xhr.status === 200) {
    nameInOutline(field);
    refreshSheet();
  }
});

function fail(field) {
  tell(field, NOT_SAVED, true);
  saveSoon(field, AGAIN);
}

for (const name of ["sendError", "timeout", "responseError"]) {
  on(name, ({ detail }) => {
    const field = detail.elt;
    if (field === sheet) tellSheet(SHEET_LATE);
    else if (isText(field) && detail.xhr.status !== 422) fail(field);
  });
}

function nameInOutline(field) {
  const key = field.closest(".block")?.id;
  const entry = key && document.querySelector(`.writing__outline a[href="#${key}"]`);
  if (entry) entry.textContent = field.value.slice(0, 60);
}

let isLeaving = false;
form?.addEventListener("submit", () => {
  isLeaving = true;
});
window.addEventListener("beforeunload", (event) => {
  if (dirtyFields().length && !isLeaving) event.preventDefault();
});

// The sheets: asked for where they are seen, as wide as their column, at the block that is written.

let current = "";
let isLate = true;

function tellSheet(words) {
  sheet.parentElement.querySelector(".writing__late").textContent = words;
}

function refreshSheet() {
  isLate = true;
  if (!sheet?.checkVisibility()) return;
  isLate = false;
  htmx.trigger(sheet, "refresh");
}

function fitSheet() {
  if (!sheet?.checkVisibility()) return;
  const paper = 210 / 25.4 * 96 + 2;
  sheet.style.setProperty("--sheet-zoom", Math.min(1, sheet.clientWidth / paper).toFixed(4));
  if (isLate) refreshSheet();
}

function markBlock(key, isShown = true) {
  current = key;
  if (!sheet) return;
  for (const part of sheet.querySelectorAll(".is-current")) part.classList.remove("is-current");
  const parts = sheet.querySelectorAll(`[data-block="${CSS.escape(key)}"]`);
  for (const part of parts) part.classList.add("is-current");
  if (!parts.length || !isShown) return;
  const view = sheet.getBoundingClientRect();
  const place = parts[0].getBoundingClientRect();
  if (place.top >= view.top && place.bottom <= view.bottom) return;
  sheet.scrollTop += place.top - view.top - view.height / 4;
}

function openBlock(key) {
  const block = document.getElementById(`block-${key}`);
  if (!block) return;
  const field = block.querySelector("textarea");
  if (!field) block.tabIndex = -1;
  (field ?? block).focus({ preventScroll: true });
  block.scrollIntoView({ block: "center" });
}

if (sheet) {
  let scrolled = 0;
  new ResizeObserver(fitSheet).observe(sheet.parentElement);
  sheet.addEventListener("htmx:beforeSwap", () => {
    scrolled = sheet.scrollTop;
    tellSheet("");
  });
  sheet.addEventListener("htmx:afterSwap", () => {
    sheet.scrollTop = scrolled;
    markBlock(current, scrolled === 0);
  });
  sheet.addEventListener("click", (event) => {
    const part = event.target.closest("[data-block]");
    if (!part || String(getSelection())) return;
    event.preventDefault();
    markBlock(part.dataset.block, false);
    openBlock(part.dataset.block);
  });
  form?.addEventListener("focusin", ({ target }) => {
    const key = target.closest(".block")?.id.slice("block-".length);
    if (key && key !== current) markBlock(key);
  });
}
