// The bulk entry of a village. Without this file the page is a plain form.

import { Grid } from "./grid.js";
import { copy } from "./merge.js";
import { data } from "./page.js";
import { Panel } from "./panel.js";
import { Queue } from "./queue.js";
import { Row } from "./row.js";
import { Store } from "./store.js";
import { RowView } from "./view.js";

const NARROW = matchMedia("(max-width: 699px)");
const form = document.querySelector("[data-grid]");

function statusOf(queue) {
  const waiting = queue.waiting;
  if (queue.trouble === "locked") return ["failed", queue.reason];
  if (waiting && queue.trouble === "signed-out") {
    return ["failed", `Phiên làm việc đã hết. Đăng nhập lại ở thẻ khác; ${waiting} hộ chưa mất.`];
  }
  if (waiting && queue.trouble) return ["waiting", `Chờ mạng (${waiting})`];
  if (queue.isSending) return ["", "Đang lưu…"];
  if (waiting) return ["waiting", `Chưa gửi (${waiting})`];
  return queue.savedAt ? ["saved", `✓ Đã lưu ${queue.savedAt.split(" ")[0]}`] : ["", ""];
}

function showStatus(place, queue) {
  const [tone, words] = statusOf(queue);
  if (place.textContent === words) return;
  place.className = `save-status${tone ? ` save-status--${tone}` : ""}`;
  place.textContent = words;
}

// Which households each tab lists, by what is saved: the twin of households/entry/grid/views/lists.py.
const LISTS = {
  all: () => true,
  pending: (row) => row.base.deprivations === null,
  warned: (row) => row.warnings.length > 0 && !row.confirmed,
  flagged: (row) => row.base.flag,
  changed: (row) => row.hasChangedClass,
};

// The tabs, and the line beside the title, follow what was saved.
function showCounts(rows, elsewhere) {
  const counts = {};
  for (const [name, belongs] of Object.entries(LISTS)) {
    counts[name] = elsewhere[name] + rows.filter(belongs).length;
    const place = document.querySelector(`[data-live=${name}]`);
    if (place) place.textContent = counts[name];
  }
  const { all, pending, warned } = counts;
  document.querySelector("[data-count]").textContent = `${all - pending}/${all} hộ đã nhập`;
  const words = warned ? ` · ${warned} cảnh báo chưa xác nhận` : "";
  document.querySelector("[data-warned-count]").textContent = words;
}

// Copies that a reload or a lost network left behind go over what the server says now.
async function restore(store, rows, queue) {
  for (const draft of await store.adopt()) {
    const row = rows.find((one) => one.id === draft.id);
    if (!row || row.isDirty) continue;
    const now = { ...row, base: copy(row.base) };
    // A copy made before there were notes has none, and changes none.
    const { note, flag } = now.base;
    const [base, values] = [draft.base, draft.values].map((one) => ({ note, flag, ...one }));
    Object.assign(row, { version: draft.version, base, values });
    row.lost = draft.sent;
    // The same version: only what was typed is left to send.
    if (now.version === draft.version) row.base = now.base;
    store.release(draft);
    queue.touch(row, 0);
    queue.changed(row);
  }
}

// After the last household: the one left out on this page, the next page, or the end of the village.
function tellWhatIsNext({ rows, views, queue, panel }) {
  queue.sendNow();
  const left = rows.filter((row) => !row.isComplete);
  if (left.length) {
    const view = views.get(left[0]);
    view.cells.score.focus();
    return panel.tellNext(`Hết trang này, còn ${left.length} hộ chưa nhập đủ. Con trỏ ở hộ ${view.name}.`);
  }
  const page = document.querySelector(".pagination [rel=next]");
  if (page) return panel.tellNext("Trang này đã nhập đủ. Bấm Enter lần nữa để sang trang sau.", page);
  const finish = document.querySelector("[data-finish]");
  if (finish) panel.tellNext("Đã đến hộ cuối cùng của thôn. Bấm Enter lần nữa để sang bước tiếp theo.", finish);
}

async function openStore(user) {
  try {
    return await Store.open(user);
  } catch {
    return null; // a private window without storage still saves over the network
  }
}

// Keys of the page; the keys of a cell are in keys.js.
function pageKey(event) {
  if (event.isComposing || event.shiftKey || event.ctrlKey === event.altKey) return;
  const { code, altKey } = event;
  const link = altKey && document.querySelector(`[data-beside="${code}"]`);
  const sheet = !altKey && code === "KeyP" && document.querySelector("[data-print-page]");
  const keys = !altKey && code === "Slash" && document.querySelector("[data-keys]");
  if (!link && !sheet && !keys) return;
  event.preventDefault();
  if (!keys) return (link || sheet).click();
  keys.open = true;
  keys.querySelector("summary").focus();
}

async function start() {
  const body = form.querySelector(".grid__body");
  const rows = data.rows.map(
    (one) => new Row(one, body.querySelector(`[data-review="${one.review}"]`), data),
  );
  const views = new Map();
  const status = document.querySelector("[data-status]");
  const store = await openStore(data.user);
  const showTotals = () => {
    showCounts(rows, data.elsewhere);
    showStatus(status, queue);
  };
  let waiting = 0;
  const changed = (row) => {
    const view = views.get(row);
    view.render();
    if (panel.view === view) panel.show(view);
    clearTimeout(waiting);
    waiting = setTimeout(showTotals, 50);
  };
  const queue = new Queue({ rows, url: form.dataset.saveUrl, store, changed });
  const panel = new Panel(document.querySelector("[data-panel]"), {
    onConfirm: (row) => queue.confirm(row),
  });
  for (const row of rows) {
    views.set(row, new RowView(row, { labels: data.rules.classLabels, queue }));
    views.get(row).render();
  }
  const onEnd = () => tellWhatIsNext({ rows, views, queue, panel });
  new Grid({ body, rows, views, queue, panel, onEnd });
  if (store) await restore(store, rows, queue);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    queue.sendNow();
  });
  addEventListener("online", () => queue.sendNow());
  addEventListener("beforeunload", (event) => {
    if (queue.waiting) event.preventDefault();
  });
  addEventListener("keydown", pageKey);
  form.dataset.ready = "";
  const first = rows.find((row) => !row.isComplete) ?? rows[0];
  views.get(first).cells.score.focus();
}

if (NARROW.matches) location.replace(form.dataset.listUrl);
else if (form) start();
