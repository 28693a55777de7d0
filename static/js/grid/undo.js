// A hundred steps back, over the whole grid. A step is a household's values before and after.

import { copy, same } from "./merge.js";

const LONGEST = 100;

export class Undo {
  constructor() {
    this.done = [];
    this.undone = [];
  }

  /** Typing on in one cell is one step: `cell` is its name. */
  note(changes, cell = "") {
    const last = this.done.at(-1);
    const goesOn = cell && last?.cell === cell && last.changes[0].row === changes[0].row;
    if (goesOn) last.changes[0].after = copy(changes[0].after);
    else this.done.push({ cell, changes });
    this.done = this.done.slice(-LONGEST);
    this.undone = [];
  }

  /** Leaving a cell ends its step. */
  close() {
    const last = this.done.at(-1);
    if (last) last.cell = "";
  }

  /** Rows whose values went back, or forward. */
  step(isBack) {
    const [from, to] = isBack ? [this.done, this.undone] : [this.undone, this.done];
    const taken = from.pop();
    if (!taken) return [];
    to.push(taken);
    taken.cell = "";
    return taken.changes.map(({ row, before, after }) => {
      row.values = copy(isBack ? before : after);
      row.faults = {};
      return row;
    });
  }
}

/** One change of a row, or null when nothing changes. */
export function changed(row, act) {
  const before = copy(row.values);
  act(row.values);
  const after = copy(row.values);
  return same(before, after) ? null : { row, before, after };
}
