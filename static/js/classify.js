// The twin of households/rules/classification.py: the same class and the same sentence, in the browser.
// `rules` is what `as_json(standard)` gives. No threshold lives here.

/** The scores cannot be classified; the message says why, in Vietnamese. */
export class ScoreRefused extends Error {}

/**
 * @param {object} rules          the standard: score lines, indicators, labels
 * @param {string} setting        "rural" or "urban"
 * @param {?number} incomeScore   B1, a whole number from 0
 * @param {Iterable<number>} deprivations  numbers of the deprived indicators
 * @returns {{povertyClass: string, deprivationScore: number, explanation: string}}
 */
export function classify(rules, setting, incomeScore, deprivations) {
  const line = scoreLine(rules, setting);
  checkIncomeScore(incomeScore);
  const deprived = deprivedIndicators(rules, deprivations);
  const deprivationScore = deprived.reduce((sum, indicator) => sum + indicator.points, 0);
  const povertyClass = classOf(
    incomeScore > line,
    deprivationScore >= rules.poorFromPoints,
  );
  const explanation =
    `B1 = ${incomeScore} điểm (${incomeScore > line ? ">" : "≤"} ${line}, ` +
    `khu vực ${rules.settingLabels[setting]}); ` +
    `${deprivationWords(rules, deprived, deprivationScore)} → ${rules.classLabels[povertyClass]} ` +
    `(căn cứ ${rules.legalReference})`;
  return { povertyClass, deprivationScore, explanation };
}

function scoreLine(rules, setting) {
  const line = rules.scoreLines[setting] ?? null;
  if (line === null) {
    throw new ScoreRefused(
      `Chuẩn nghèo ${rules.code} chưa có mức điểm B1 cho khu vực ${rules.settingLabels[setting]}.`,
    );
  }
  return line;
}

function checkIncomeScore(incomeScore) {
  if (incomeScore === null || incomeScore === undefined) {
    throw new ScoreRefused("Chưa nhập điểm B1.");
  }
  if (!Number.isInteger(incomeScore) || incomeScore < 0) {
    throw new ScoreRefused("Điểm B1 phải là số nguyên từ 0 trở lên.");
  }
}

function deprivedIndicators(rules, deprivations) {
  const numbers = new Set(deprivations);
  const known = new Set(rules.indicators.map((indicator) => indicator.number));
  const unknown = [...numbers].filter((number) => !known.has(number)).sort((a, b) => a - b);
  if (unknown.length > 0) {
    throw new ScoreRefused(
      `Chuẩn nghèo ${rules.code} không có chỉ số thiếu hụt số ${unknown.join(", ")}.`,
    );
  }
  return rules.indicators
    .filter((indicator) => numbers.has(indicator.number))
    .sort((a, b) => a.number - b.number);
}

function classOf(overIncomeLine, deprivedEnough) {
  if (overIncomeLine) return "not_poor";
  return deprivedEnough ? "poor" : "near_poor";
}

function deprivationWords(rules, deprived, deprivationScore) {
  const sign = deprivationScore >= rules.poorFromPoints ? "≥" : "<";
  const named = deprived.map((indicator) => `${indicator.number} ${indicator.name}`).join(", ");
  const lacking = deprived.length > 0 ? `thiếu: ${named}` : "không thiếu hụt chỉ số nào";
  return `B2 = ${deprivationScore} điểm (${sign} ${rules.poorFromPoints}; ${lacking})`;
}
