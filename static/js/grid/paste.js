// A block of cells from a spreadsheet, put over the grid from the current cell on.

import { CodeRefused, numbersIn, scoreIn } from "./codes.js";

const YES = ["1", "x", "có", "thiếu", "thiếu hụt"];
const NO = ["", "0", "không", "không thiếu"];
const BOXES = Array.from({ length: 12 }, (_, place) => String(place + 1));

export const linesOf = (text) =>
  text
    .replace(/\r\n?/g, "\n")
    .replace(/\n$/, "")
    .split("\n")
    .map((line) => line.split("\t").map((cell) => cell.trim()));

/** Put one pasted text into one value; throws CodeRefused for a text that is no such value. */
function put(values, name, text) {
  if (name === "score") values.score = scoreIn(text);
  else if (name === "code") values.deprivations = text === "" ? null : numbersIn(text, 12, "chỉ số");
  else if (name === "causes") values.causes = text === "" ? [] : numbersIn(text, 8, "nguyên nhân");
  else tick(values, Number(name), text.toLowerCase());
}

export function tick(values, box, text) {
  const isOn = YES.includes(text);
  if (!isOn && !NO.includes(text)) throw new CodeRefused(`“${text}” không phải là có hoặc không.`);
  const others = (values.deprivations ?? []).filter((number) => number !== box);
  values.deprivations = isOn ? [...others, box].sort((a, b) => a - b) : others;
}

// A survey sheet has B1 and the twelve indicators side by side: it has no column of codes.
function columnsFrom(name, width) {
  const all = ["score", "code", ...BOXES, "causes"];
  const wide = name === "score" && width >= 13;
  const columns = all.slice(all.indexOf(name));
  return wide ? columns.filter((column) => column !== "code") : columns;
}

const hasLetters = (cells) => cells.some((cell) => /\p{L}/u.test(cell) && !YES.includes(cell));

/**
 * Which text goes into which value of which row.
 * @returns {{targets: {row, name, text}[], extra: number}} `extra`: lines without a household
 */
export function plan(lines, rows, start, name) {
  const codes = new Map(rows.map((row) => [row.element.dataset.code, row]));
  const named = lines.filter(([first]) => codes.has(first)).length;
  const byCode = named > 0 && named * 2 >= lines.length;
  const isHeader = (line, place) => place === 0 && !codes.has(line[0]) && isHeadLine(line);
  const body = lines.filter((line, place) => !isHeader(line, place));
  const width = Math.max(...body.map((line) => line.length), 0) - (byCode ? 1 : 0);
  const columns = columnsFrom(byCode ? "score" : name, width);
  const targets = [];
  let extra = 0;
  body.forEach((line, place) => {
    const row = byCode ? codes.get(line[0]) : rows[start + place];
    if (!row) extra += 1;
    else {
      const cells = byCode ? line.slice(1) : line;
      cells.slice(0, columns.length).forEach((text, at) => {
        targets.push({ row, name: columns[at], text });
      });
    }
  });
  return { targets, extra };
}

// "Chủ hộ, B1, 1, 2 …" is the head of a table; a lone wrong cell is not.
const isHeadLine = (line) => line.length > 1 && hasLetters(line);

/** Put the texts in; what cannot be read keeps its old value and is returned. */
export function apply(targets) {
  const refused = [];
  for (const { row, name, text } of targets) {
    try {
      put(row.values, name, text);
    } catch (fault) {
      if (!(fault instanceof CodeRefused)) throw fault;
      refused.push({ row, name, text });
    }
  }
  return refused;
}
