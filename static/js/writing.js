// A draft that saves itself block by block: on leaving a block and on Ctrl+S. Without this file the
// buttons of the page save all that was typed.

const NOT_SAVED = "Chưa lưu được: mất mạng, hết phiên làm việc hoặc máy chủ chưa trả lời. Chữ đã gõ còn ở đây; bấm “Lưu tất cả” khi có mạng.";

const form = document.querySelector(".writing__blocks");
const isText = (field) => field.matches?.(".block textarea");
const isDirty = (field) => field.value !== field.defaultValue;

// Ctrl+S keeps the page where it is; a blank line makes two blocks of one, so the page comes anew.
document.addEventListener("keydown", (event) => {
  const isSave = event.code === "KeyS" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
  if (!isSave || event.isComposing || !form) return;
  event.preventDefault();
  if (isText(event.target) && !/\n\s*\n/.test(event.target.value)) htmx.trigger(event.target, "save");
  else form.requestSubmit();
});

const on = (name, act) => form?.addEventListener(`htmx:${name}`, act);

function tell({ detail }) {
  const place = document.createElement("p");
  place.className = "field__error";
  place.textContent = NOT_SAVED;
  detail.elt.closest(".block").querySelector(".block__state").append(place);
}

on("beforeRequest", ({ detail }) => {
  if (!isDirty(detail.elt)) return;
  detail.elt.dataset.sent = detail.elt.value;
});
// A page of its own, such as the one to sign in, is no answer to a block.
on("beforeSwap", (event) => {
  const { detail } = event;
  if (detail.xhr.responseText.includes("block__state")) {
    if (detail.xhr.status === 200) detail.requestConfig.elt.defaultValue = detail.requestConfig.elt.dataset.sent ?? "";
    return;
  }
  detail.shouldSwap = false;
  tell({ detail: { elt: detail.requestConfig.elt } });
});
on("sendError", tell);
on("timeout", tell);
on("responseError", tell);

let isLeaving = false;
form?.addEventListener("submit", () => {
  isLeaving = true;
});
window.addEventListener("beforeunload", (event) => {
  const isOpen = [...document.querySelectorAll(".block textarea")].some(isDirty);
  if (isOpen && !isLeaving) event.preventDefault();
});
