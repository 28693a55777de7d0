// Step 4 of an import from the keyboard. Each act is a form that the page sends without this file.

const isTyping = (event) => event.isComposing || event.keyCode === 229 || event.code === "";

const problems = () => [...document.querySelectorAll("[data-problem]")];

// From wherever the focus is, the next or the previous problem of the page; after the last the first.
function step(backwards) {
  const all = backwards ? problems().reverse() : problems();
  const here = document.activeElement;
  const behind = backwards ? Node.DOCUMENT_POSITION_PRECEDING : Node.DOCUMENT_POSITION_FOLLOWING;
  const ahead = all.find((each) => here.compareDocumentPosition(each) & behind);
  const found = here === document.body ? all[0] : (ahead ?? all[0]);
  found?.focus();
  return Boolean(found);
}

// A field that is being typed in takes its own letters back first.
function undo() {
  const field = document.activeElement;
  const form = document.querySelector("form[data-undo]");
  if (!form || (field.matches("input") && field.value !== field.defaultValue)) return false;
  form.requestSubmit();
  return true;
}

const isTouched = (field) =>
  field.matches("select")
    ? [...field.selectedOptions].some((option) => !option.defaultSelected)
    : field.value !== field.defaultValue;

// Enter in a cell that was not touched takes the suggestion that stands beside it; a list of words
// is saved by it as a field of text is.
function accept(field) {
  if (!field.matches("input[data-problem], select[data-problem]")) return false;
  const suggestion = isTouched(field) ? null : field.form.querySelector("[data-suggestion]");
  if (suggestion) suggestion.click();
  else if (field.matches("select")) field.form.requestSubmit();
  else return false;
  return true;
}

document.addEventListener("keydown", (event) => {
  if (isTyping(event) || event.altKey) return;
  const command = event.ctrlKey || event.metaKey;
  let done = false;
  if (event.code === "F8" && !command) done = step(event.shiftKey);
  else if (event.code === "KeyZ" && command && !event.shiftKey) done = undo();
  else if (["Enter", "NumpadEnter"].includes(event.code) && !command) done = accept(event.target);
  if (done) event.preventDefault();
});

// After a correction the page opens in the field that comes next: what is typed there replaces it.
const select = (field) => field.matches("input[data-problem]") && field.select();
document.addEventListener("focusin", (event) => select(event.target));
select(document.activeElement);
