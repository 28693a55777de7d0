// Sends each household's values: one message a household at a time, two at once, in order.

import { copy, merge, same, withParts } from "./merge.js";

const PAUSE = 400;
const AT_ONCE = 2;
const FIRST_WAIT = 1500;
const LONGEST_WAIT = 30000;
const PATIENCE = 20000;

const csrfToken = () => document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";

export class Queue {
  /** `changed(row)` is called whenever what a row shows may have changed. */
  constructor({ rows, url, store, changed }) {
    Object.assign(this, { rows, url, store, changed });
    this.due = new Map();
    this.resumeAt = 0;
    this.failures = 0;
    this.sequence = 0;
    this.savedAt = "";
    this.trouble = ""; // "network", "signed-out" or "locked"
  }

  get waiting() {
    return this.rows.filter((row) => row.isDirty || row.sending).length;
  }

  get isSending() {
    return this.rows.some((row) => row.sending);
  }

  /** Something in a row was typed: keep it here at once, and send it after a pause. */
  touch(row, pause = PAUSE) {
    row.refusal = "";
    this.#keep(row);
    this.due.set(row, performance.now() + pause);
    this.#pump();
  }

  sendNow() {
    this.failures = 0;
    this.resumeAt = 0;
    for (const row of this.rows) if (row.mayBeSent) this.due.set(row, 0);
    this.#pump();
  }

  async confirm(row) {
    if (row.isDirty || row.sending) return;
    await this.#send(row, { confirm: true });
  }

  #keep(row) {
    if (row.isDirty || row.sending) this.store?.keep(row);
    else this.store?.drop(row);
  }

  /** Send what may go, then wait for the next. The wall clock may be set back. */
  #pump() {
    clearTimeout(this.timer);
    if (this.trouble === "locked") return;
    const now = performance.now();
    let next = Infinity;
    for (const [row, due] of this.due) {
      if (this.rows.filter((other) => other.sending).length >= AT_ONCE) return;
      if (row.sending) continue;
      const at = Math.max(due, this.resumeAt);
      if (at > now) {
        next = Math.min(next, at);
        continue;
      }
      this.due.delete(row);
      if (row.mayBeSent) this.#send(row, { values: row.sendable });
    }
    if (next < Infinity) this.timer = setTimeout(() => this.#pump(), next - now);
  }

  async #send(row, content) {
    row.sending = content.values ?? copy(row.values);
    this.#keep(row);
    this.changed(row);
    const sequence = (this.sequence += 1);
    const said = content.values ? { values: row.message } : content;
    const message = { review: row.id, version: row.version, sequence, ...said };
    const { status, data } = await this.#post(message);
    const sent = row.sending;
    row.sending = null;
    this.#settle(row, status, data, sent);
    this.#keep(row);
    this.changed(row);
    this.#pump();
  }

  async #post(message) {
    try {
      const reply = await fetch(this.url, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": csrfToken() },
        body: JSON.stringify(message),
        redirect: "manual",
        signal: AbortSignal.timeout?.(PATIENCE),
      });
      const isJson = reply.headers.get("Content-Type")?.includes("json");
      const isSignedOut = reply.type === "opaqueredirect" || reply.status === 401;
      const status = isSignedOut || reply.status === 403 ? 401 : reply.status;
      return { status, data: isJson ? await reply.json() : null };
    } catch {
      return { status: 0, data: null };
    }
  }

  #settle(row, status, data, sent) {
    const known = data && { 200: this.#saved, 409: this.#stale, 422: this.#refused, 423: this.#locked };
    const act = known?.[status];
    if (act) {
      this.failures = 0;
      this.trouble = "";
      act.call(this, row, data, sent);
    } else this.#failed(row, status, sent);
  }

  #saved(row, data, sent) {
    row.take(data);
    row.values = merge(sent, row.values, row.base).values;
    this.savedAt = data.time;
    if (row.isDirty) this.touch(row, 0);
  }

  #stale(row, data) {
    // A save of our own whose answer was lost is no conflict.
    const saved = { ...data.values, needs: data.values.needs ?? row.base.needs };
    const isOwn = row.lost.some((values) => same(values, saved));
    const base = isOwn ? saved : row.base;
    const { values, disputed } = merge(base, row.values, saved);
    const mine = copy(row.values);
    row.take(data);
    row.values = values;
    if (disputed.length) {
      const { who, own, time } = data;
      row.conflict = { who, own, time, disputed, mine, theirs: saved };
    } else if (row.isDirty) this.touch(row, 0);
  }

  #refused(row, data) {
    row.refusal = Object.values(data.errors).join(" ");
  }

  #locked(row, data) {
    row.refusal = Object.values(data.errors).join(" ");
    this.trouble = "locked";
    this.reason = row.refusal;
  }

  #failed(row, status, sent) {
    const isFinal = status >= 400 && status < 500 && ![401, 408, 429].includes(status);
    if (isFinal) {
      row.refusal = `Máy chủ không nhận dòng này (mã ${status}). Tải lại trang để xem.`;
      return;
    }
    row.lost.push(sent);
    this.trouble = status === 401 ? "signed-out" : "network";
    this.failures += 1;
    const wait = Math.min(FIRST_WAIT * 2 ** (this.failures - 1), LONGEST_WAIT);
    this.resumeAt = performance.now() + wait;
    this.due.set(row, this.resumeAt);
  }

  /** Somebody chose between two values: `keep` is "mine" or "theirs". */
  resolve(row, keep) {
    const { theirs, disputed } = row.conflict;
    if (keep === "theirs") row.values = withParts(row.values, theirs, disputed);
    row.conflict = null;
    this.touch(row, 0);
    this.changed(row);
  }
}
