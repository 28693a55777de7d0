// The quick code: numbers typed on the numeric keypad, "5 9", "5.9" or "5+9"; "0" is none.
// The twin of households/rules/quick_codes.py.

const SEPARATORS = /[\s.,;+-]+/;
const SCORE = /^(?:[1-9][0-9]{0,2}(?:[. ][0-9]{3})+|[0-9]+)$/;

export const LARGEST_SCORE = 1000;

/** The code names no such number; the message says why, in Vietnamese. */
export class CodeRefused extends Error {}

/** The numbers of a code in ascending order. `known` are those there are; `noun` names them. */
export function numbersIn(code, known, noun) {
  // Where every number has one digit, none needs a sign before the next.
  const spaced = Math.max(...known) > 9 ? code : code.replace(/[1-9](?=[1-9])/g, "$& ");
  const parts = spaced.trim().split(SEPARATORS).filter(Boolean);
  if (parts.length === 0) throw new CodeRefused("Nhập các số, hoặc 0 nếu không có.");
  const faulty = parts.find((part) => !/^[0-9]+$/.test(part));
  if (faulty) throw new CodeRefused(`“${faulty}” không phải là số.`);
  const numbers = [...new Set(parts.map(Number))].sort((a, b) => a - b);
  if (numbers.length === 1 && numbers[0] === 0) return [];
  if (numbers[0] === 0) throw new CodeRefused("Số 0 nghĩa là không có, không đi cùng số khác.");
  const unknown = numbers.filter((number) => !known.includes(number)).at(-1);
  if (unknown) throw new CodeRefused(`Chỉ có ${known.length} ${noun}, không có số ${unknown}.`);
  return numbers;
}

export const codeOf = (numbers) => numbers.join(" ") || "0";

/** B1 as a whole number; null for an empty box. */
export function scoreIn(text) {
  const plain = text.replace(/\s+/g, " ").trim();
  if (plain === "") return null;
  const score = SCORE.test(plain) ? Number(plain.replace(/[. ]/g, "")) : NaN;
  if (Number.isNaN(score)) throw new CodeRefused("B1 phải là số nguyên từ 0 trở lên.");
  if (score > LARGEST_SCORE) throw new CodeRefused("B1 không lớn hơn 1.000.");
  return score;
}
