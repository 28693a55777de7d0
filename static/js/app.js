// Small comforts of every page. Each page works without this file.

const root = document.documentElement;
root.dataset.script = "";

// Text typed through Telex, VNI or an injecting input method is never a shortcut.
const isTyping = (event) => event.isComposing || event.keyCode === 229 || event.code === "";

const plainCtrl = (event) =>
  (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;

function focusSearch() {
  const search = document.getElementById("site-search");
  search?.focus();
  search?.select();
  return Boolean(search);
}

function saveForm() {
  const form = document.querySelector("form[data-save]");
  form?.requestSubmit();
  return Boolean(form);
}

function closeMenus(except) {
  for (const menu of document.querySelectorAll("details.dropdown[open]")) {
    if (menu.contains(except)) continue;
    const hadFocus = menu.contains(document.activeElement);
    menu.open = false;
    if (hadFocus && !except) menu.querySelector("summary").focus();
  }
}

function markTheme() {
  const theme = root.dataset.theme || "";
  for (const button of document.querySelectorAll("[data-theme-choice]")) {
    button.setAttribute("aria-pressed", String(button.dataset.themeChoice === theme));
  }
}

// The server reads the cookie, so the next page is drawn in the chosen colours at once.
function chooseTheme(theme) {
  root.dataset.theme = theme;
  document.cookie = `theme=${theme}; path=/; max-age=31536000; samesite=lax`;
  markTheme();
}

document.addEventListener("keydown", (event) => {
  if (isTyping(event)) return;
  if (event.code === "Escape") {
    closeMenus(null);
    return;
  }
  if (!plainCtrl(event)) return;
  const act = { KeyK: focusSearch, KeyS: saveForm }[event.code];
  if (act?.()) event.preventDefault();
});

document.addEventListener("click", (event) => {
  closeMenus(event.target);
  const button = event.target.closest("[data-print], [data-theme-choice]");
  if (!button) return;
  if ("print" in button.dataset) window.print();
  else chooseTheme(button.dataset.themeChoice);
});

document.addEventListener("change", ({ target }) => {
  const place = target.parentElement?.querySelector("[data-file-name]");
  if (place) place.textContent = target.files[0]?.name ?? "chưa chọn tệp nào";
});

// The answer to a form is stored nowhere, so Back to it would end at the browser's error page.
// Whoever leaves it finds the form itself in its place; a reload still offers to send it again.
const forgetAnswer = () => history.replaceState(history.state, "", location.href);
if ("answer" in root.dataset) window.addEventListener("beforeunload", forgetAnswer);

// What was typed and not saved is not left without a question, also when it came back with faults.
const saved = document.querySelector("form[data-save]");
let isTyped = Boolean(saved?.querySelector(".field__error"));
saved?.addEventListener("input", () => {
  isTyped = true;
});
document.addEventListener("submit", ({ target }) => {
  if (target === saved) isTyped = false;
});
window.addEventListener("beforeunload", (event) => {
  if (isTyped) event.preventDefault();
});

// A double click must not send a form twice; a download leaves the form usable again, and another
// address of the same form (Word beside PDF) is another download.
const addressOf = (form, button) => (button?.hasAttribute("formaction") ? button.formAction : form.action);
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  const address = addressOf(form, event.submitter);
  if (form.dataset.sent === address) event.preventDefault();
  form.dataset.sent = address;
  setTimeout(() => delete form.dataset.sent, 3000);
});

// Paper shows what is folded on the screen.
window.addEventListener("beforeprint", () => {
  for (const fold of document.querySelectorAll("main details:not(.dropdown):not([open])")) {
    fold.dataset.opened = "";
    fold.open = true;
  }
});
window.addEventListener("afterprint", () => {
  for (const fold of document.querySelectorAll("details[data-opened]")) {
    fold.open = false;
    delete fold.dataset.opened;
  }
});

// htmx may bring a form back with its errors (422): go to the summary, as on a full load.
const focusErrors = () => document.querySelector(".error-summary")?.focus();
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.target.querySelector?.(".error-summary")) focusErrors();
});

// A part of the page that could not be fetched: the server says what happened and what to do.
const clearFault = () => document.querySelector("main > [data-fault]")?.remove();
document.addEventListener("htmx:afterSwap", clearFault);
document.addEventListener("htmx:responseError", ({ detail }) => {
  const answer = new DOMParser().parseFromString(detail.xhr.responseText, "text/html");
  const fault = answer.querySelector("[data-fault]");
  if (!fault) return;
  clearFault();
  document.querySelector("main").prepend(fault);
});

// After saving the browser opens the page at the row saved; a page about the thing itself at its name.
function focusSaved() {
  const here = location.hash && document.getElementById(location.hash.slice(1));
  const place = here || document.querySelector("main h1");
  if (!document.querySelector("#messages > *") || !place || document.activeElement !== document.body) return;
  place.tabIndex = -1;
  place.setAttribute("aria-describedby", "messages");
  place.focus();
}

// A list of ticks can be taken whole; how many are ticked is said beside the button.
function offerAll(line) {
  const [button, said] = line.children;
  const boxes = [...document.getElementById(line.dataset.checkAll).querySelectorAll("[type=checkbox]")];
  const isWhole = () => boxes.every((box) => box.checked);
  const count = () => {
    said.textContent = `Đã chọn ${boxes.filter((box) => box.checked).length}/${boxes.length}`;
    button.textContent = isWhole() ? "Bỏ chọn tất cả" : "Chọn tất cả";
  };
  button.addEventListener("click", () => {
    const isChecked = !isWhole();
    for (const box of boxes) box.checked = isChecked;
    boxes[0]?.dispatchEvent(new Event("input", { bubbles: true }));
  });
  document.addEventListener("input", count);
  line.hidden = false;
  count();
}

document.querySelectorAll("[data-check-all]").forEach(offerAll);
markTheme();
focusErrors();
focusSaved();
