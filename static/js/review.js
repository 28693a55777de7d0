// The survey form: the class and its sentence while typing, and a warning before unsaved answers
// are left behind. Without this file the server shows both after saving.

import { classify, ScoreRefused } from "./classify.js";

const WHOLE = /^(?:[1-9][0-9]{0,2}(?:[. ][0-9]{3})+|[0-9]+)$/;
const DELAY = 150;

const form = document.querySelector("form[data-review]");
const rules = JSON.parse(document.getElementById("standard-rules").textContent);
const sentence = form.querySelector("[data-result-text]");
const tags = form.querySelectorAll("[data-result-tag]");

// The same reading as the server's: digits, grouped by dots or spaces.
function incomeScore() {
  const text = form.elements.income_score.value.replace(/[\s\u00a0\u202f]+/g, " ").trim();
  if (text === "") return null;
  return WHOLE.test(text) ? Number(text.replace(/[. ]/g, "")) : NaN;
}

function deprivations() {
  const ticked = form.querySelectorAll("input[name=deprivations]:checked");
  return [...ticked].map((box) => Number(box.value));
}

function result() {
  const largest = Number(form.dataset.largestScore);
  if (incomeScore() > largest) {
    return { explanation: `Điểm B1 không lớn hơn ${largest.toLocaleString("vi-VN")}.` };
  }
  try {
    return classify(rules, form.dataset.setting, incomeScore(), deprivations());
  } catch (refused) {
    if (refused instanceof ScoreRefused) return { explanation: refused.message };
    throw refused;
  }
}

function tagOf(povertyClass) {
  const tag = document.createElement("span");
  tag.className = `tag tag--${povertyClass}`;
  tag.textContent = rules.classLabels[povertyClass];
  return tag;
}

function show() {
  const { povertyClass, explanation } = result();
  sentence.textContent = explanation;
  for (const place of tags) place.replaceChildren(...(povertyClass ? [tagOf(povertyClass)] : []));
}

let waiting = 0;
let isDirty = false;

form.addEventListener("input", () => {
  isDirty = true;
  clearTimeout(waiting);
  waiting = setTimeout(show, DELAY);
});
form.addEventListener("submit", () => {
  isDirty = false;
});
window.addEventListener("beforeunload", (event) => {
  if (isDirty) event.preventDefault();
});

// A page that comes back with errors shows what was typed, so the result follows from that.
show();
