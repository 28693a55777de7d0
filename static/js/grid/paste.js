// A block of cells from a spreadsheet, put over the grid from the current cell on, or under the
// columns that its heading row names.

import { CodeRefused, numbersIn, scoreIn } from "./codes.js";
import { BOXES, CAUSES, INDICATORS } from "./page.js";

const YES = ["1", "x", "có", "thiếu", "thiếu hụt"];
const NO = ["", "0", "không", "không thiếu", "trống"];
const BOX_NAMES = BOXES.map(String);
const ALL = ["score", "code", ...BOX_NAMES, "causes"];
const CODE_COLUMN = "household";

export const TITLES = { score: "B1", code: "Nhanh", causes: "Nguyên nhân" };
const HEADINGS = {
  [CODE_COLUMN]: ["mã hộ", "mã"],
  score: ["b1", "điểm b1", "tổng điểm b1"],
  code: ["nhanh", "mã nhanh"],
  causes: ["nguyên nhân", "nguyên nhân nghèo", "n.nhân"],
};

export const linesOf = (text) =>
  text
    .normalize("NFC")
    .replace(/\r\n?/g, "\n")
    .replace(/\n$/, "")
    .split("\n")
    .map((line) => line.split("\t").map((cell) => cell.trim()));

const isBlank = (line) => line.every((cell) => cell === "");

// Headings

/** Which value a heading names, "" for none. A bare number counts in a row that has words too. */
function columnOf(heading) {
  const text = heading.toLowerCase();
  const found = Object.keys(HEADINGS).find((name) => HEADINGS[name].includes(text));
  if (found) return found;
  const indicator = INDICATORS.find(({ number, name }) => {
    const named = name.normalize("NFC").toLowerCase();
    const numbered = [`${number}`, `chỉ số ${number}`, `${number}. ${named}`, `${number} ${named}`];
    return text === named || numbered.includes(text);
  });
  return indicator ? String(indicator.number) : "";
}

const isWord = (cell) => /\p{L}/u.test(cell) && ![...YES, ...NO].includes(cell.toLowerCase());

/** Whether a line is the head of a table; a wrong value among others is not. */
function isHeading(line) {
  const words = line.filter(isWord);
  const isKnown = words.some((cell) => columnOf(cell));
  return line.length > 1 && (isKnown || words.length === line.length);
}

/** The value of each pasted column, in order; a name that comes twice counts once. */
function columnsUnder(heading) {
  const columns = [];
  for (const cell of heading) {
    const column = columnOf(cell);
    columns.push(columns.includes(column) ? "" : column);
  }
  return columns;
}

// A survey sheet has B1 and every indicator side by side: it has no column of codes.
function columnsFrom(name, width) {
  const columns = ALL.slice(ALL.indexOf(name));
  const isWide = name === "score" && width > BOXES.length;
  return isWide ? columns.filter((column) => column !== "code") : columns;
}

function columnsOf(lines, heading, rowOfCode, name) {
  if (heading) return columnsUnder(heading);
  const named = lines.filter(([first]) => rowOfCode.has(first)).length;
  const width = Math.max(...lines.map((line) => line.length), 0);
  const byCode = named > 0 && named * 2 >= lines.length;
  return byCode ? [CODE_COLUMN, ...columnsFrom("score", width - 1)] : columnsFrom(name, width);
}

/**
 * Which text goes into which value of which row.
 * @param {{rows, start: number, name: string}} place  where the cursor stands
 * @returns {{targets: {row, name, text}[], extra: string[], unused: string[]}}  `extra`: lines
 *   without a household; `unused`: headings that name no value of the grid
 */
export function plan(lines, { rows, start, name }) {
  const rowOfCode = new Map(rows.map((row) => [row.element.dataset.code, row]));
  const heading = isHeading(lines[0]) && !rowOfCode.has(lines[0][0]) ? lines[0] : null;
  const body = heading ? lines.slice(1) : lines;
  const columns = columnsOf(body, heading, rowOfCode, name);
  const codeAt = columns.indexOf(CODE_COLUMN);
  const targets = [];
  const extra = [];
  body.forEach((line, at) => {
    if (isBlank(line)) return;
    const row = codeAt < 0 ? rows[start + at] : rowOfCode.get(line[codeAt]);
    if (!row) extra.push(line.join(" | "));
    else targets.push(...targetsOf(row, line, columns));
  });
  return { targets, extra, unused: heading ? heading.filter((cell, at) => cell && !columns[at]) : [] };
}

function targetsOf(row, line, columns) {
  const cells = line
    .map((text, at) => ({ row, name: columns[at] ?? "", text }))
    .filter(({ name }) => name && name !== CODE_COLUMN);
  if (cells.every(({ text }) => text === "")) return [];
  // Beside a code, empty boxes say nothing.
  const hasCode = cells.some(({ name, text }) => name === "code" && text !== "");
  return cells.filter(({ name, text }) => !(hasCode && text === "" && BOX_NAMES.includes(name)));
}

// Values

/** Set or clear one indicator; it is known from then on. */
export function tick(values, box, text) {
  const isOn = YES.includes(text);
  if (!isOn && !NO.includes(text)) throw new CodeRefused(`“${text}” không phải là có hoặc không.`);
  const others = (values.deprivations ?? []).filter((number) => number !== box);
  values.deprivations = isOn ? [...others, box].sort((a, b) => a - b) : others;
  values.open = values.open.filter((number) => number !== box);
}

/** One pasted indicator says nothing of the others: they are open until somebody knows. */
function tickPasted(values, box, text) {
  const open = values.deprivations === null ? BOXES : values.open;
  tick(Object.assign(values, { open }), box, text);
}

const PUT = {
  score(values, text) { values.score = scoreIn(text) ?? values.score; },
  code(values, text) {
    if (text === "") return;
    values.deprivations = numbersIn(text, BOXES, "chỉ số");
    values.open = [];
  },
  causes(values, text) { values.causes = text === "" ? [] : numbersIn(text, CAUSES, "nguyên nhân"); },
};

/** Put one pasted text into one value; throws CodeRefused for a text that is no such value. */
function put(values, name, text) {
  if (PUT[name]) PUT[name](values, text);
  else tickPasted(values, Number(name), text.toLowerCase());
}

/** Put the texts in; what cannot be read keeps its old value and is returned with its reason. */
export function apply(targets) {
  const refused = [];
  for (const { row, name, text } of targets) {
    const before = row.values.open;
    try {
      put(row.values, name, text);
    } catch (fault) {
      if (!(fault instanceof CodeRefused)) throw fault;
      row.values.open = before;
      refused.push({ row, name, text, reason: fault.message });
    }
  }
  return refused;
}
