// Values of one household: {score, deprivations, open, causes, note, flag, needs}, and two people's
// changes. `open` are the indicators nobody has answered yet while others are: the server knows
// whole answers only and has none. `needs` are null while nobody asked.

import { BOXES } from "./page.js";

export const copy = ({ score, deprivations, open = [], causes, note, flag, needs = null }) => ({
  score,
  deprivations: deprivations && [...deprivations],
  open: [...open],
  causes: [...causes],
  note,
  flag,
  needs: needs && [...needs],
});

// Asked of every row after each key. Unanswered (null) and none ([]) differ as texts too.
const text = ({ score, deprivations, open = [], causes, note, flag, needs = null }) =>
  `${score}/${deprivations}/${open}/${causes}/${flag}/${needs}/${note}`;
export const same = (a, b) => text(a) === text(b);

// Each box is a value of its own; undefined while nobody has answered.
function parts(values) {
  const { score, deprivations, open = [], causes, note, flag, needs = null } = values;
  const found = { score, causes: causes.join(" "), note, flag, needs: needs?.join(" ") ?? null };
  for (const box of BOXES) found[box] = open.includes(box) ? undefined : deprivations?.includes(box);
  return found;
}

const keysIn = (joined) => joined.split(" ").filter(Boolean).map(Number);

function whole(found, isAnswered) {
  return {
    score: found.score,
    deprivations: isAnswered ? BOXES.filter((box) => found[box]) : null,
    open: isAnswered ? BOXES.filter((box) => found[box] === undefined) : [],
    causes: keysIn(found.causes),
    note: found.note,
    flag: found.flag,
    needs: found.needs === null ? null : keysIn(found.needs),
  };
}

/** `values` with the named parts as they are in `other`. */
export function withParts(values, other, names) {
  const found = parts(values);
  const wanted = parts(other);
  for (const name of names) found[name] = wanted[name];
  return whole(found, values.deprivations || other.deprivations);
}

/**
 * What I changed, over what somebody else saved meanwhile. `disputed` names the values that both
 * changed differently: there mine is kept until somebody chooses.
 */
export function merge(base, mine, theirs) {
  const [was, own, other] = [base, mine, theirs].map(parts);
  const disputed = [];
  const merged = {};
  for (const name of Object.keys(own)) {
    const isOwn = own[name] !== was[name];
    merged[name] = isOwn ? own[name] : other[name];
    if (isOwn && other[name] !== was[name] && own[name] !== other[name]) disputed.push(name);
  }
  return { values: whole(merged, mine.deprivations || theirs.deprivations), disputed };
}
