// One household: what the server holds, what is typed here, and what stands between the two.

import { classify, ScoreRefused } from "../classify.js";
import { copy, same } from "./merge.js";

const ON_THE_LIST = ["poor", "near_poor"];

export class Row {
  constructor(data, element, settings) {
    this.element = element;
    this.settings = settings;
    this.id = data.review;
    this.faults = {}; // by cell: what was typed there cannot be read
    this.refusal = ""; // the server's sentence about these values
    this.conflict = null; // {who, time, disputed, theirs}
    this.sending = null; // the values on their way
    this.lost = []; // values sent whose answer never came
    // What held before the campaign: no save changes it, and no answer repeats it.
    this.earlier = data.earlier;
    this.before = data.before;
    this.movements = data.movements;
    this.take(data);
    this.values = copy(this.base);
  }

  /** Take the server's answer as what is saved; typed values stay as they are. */
  take(data) {
    this.version = data.version;
    // An answer says needs only where its message did.
    this.base = { ...data.values, needs: data.values.needs ?? this.base?.needs ?? null };
    this.warnings = data.warnings;
    this.confirmed = data.confirmed;
    this.recorded = data.differs ? data.recorded : "";
    this.hasChangedClass = data.hasChangedClass;
    this.lost = [];
    this.refusal = "";
  }

  get isDirty() {
    return !same(this.values, this.base) && !same(this.outgoing, this.base);
  }

  get isComplete() {
    const { score, deprivations, open } = this.values;
    return score !== null && deprivations !== null && open.length === 0;
  }

  get isFaulty() {
    return Object.keys(this.faults).length > 0;
  }

  get isSaved() {
    return !this.isDirty && this.isComplete;
  }

  get mayBeSent() {
    return this.isDirty && !this.conflict && !this.refusal && !same(this.sendable, this.base);
  }

  get hasOpenWarnings() {
    return this.warnings.length > 0 && !this.confirmed && !this.isDirty;
  }

  /** Class, points and sentence of what is typed; null while it cannot be classified. */
  get result() {
    // A fault in the causes leaves the class, and with it the box of causes, as they are.
    const isUnread = "score" in this.faults || "code" in this.faults;
    if (!this.isComplete || isUnread) return null;
    const { score, deprivations } = this.values;
    const key = `${score}/${deprivations}`;
    // Asked many times for one key press.
    if (this.classified?.key !== key) this.classified = { key, result: this.#classify() };
    return this.classified.result;
  }

  #classify() {
    const { rules, setting } = this.settings;
    try {
      return classify(rules, setting, this.values.score, this.values.deprivations);
    } catch (refused) {
      if (refused instanceof ScoreRefused) return null;
      throw refused;
    }
  }

  /** Causes are asked of poor and near-poor households only. */
  get takesCauses() {
    const result = this.result;
    return Boolean(result) && ON_THE_LIST.includes(this.recorded || result.povertyClass);
  }

  /** What may go now: note and flag at once, the answers when they are whole. */
  get sendable() {
    if (this.isComplete && !this.isFaulty) return this.outgoing;
    const { note, flag } = this.values;
    return { ...copy(this.base), note, flag };
  }

  /** The needs that stand and those typed now: one that is recorded ends on a page of its own. */
  get needs() {
    const { base, values } = this;
    const all = [...new Set([...(base.needs ?? []), ...(values.needs ?? [])])];
    return base.needs || values.needs ? all.sort((a, b) => a - b) : null;
  }

  get message() {
    const values = this.sendable;
    return String(values.needs) === String(this.base.needs) ? { ...values, needs: undefined } : values;
  }

  /** The values as they should be on the server. */
  get outgoing() {
    const values = { ...copy(this.values), needs: this.needs };
    // Causes stay typed here, in case the household comes back on the list.
    if (values.causes.length && !same(values, this.base) && !this.takesCauses) values.causes = [];
    return values;
  }
}
