"""Turn review scores into a poverty class and the sentence that explains it.

Pure: no database, no clock, no request. No threshold lives here: the lines and the points
come with the standard (chuẩn nghèo), a dated row with its legal reference. The browser's twin
is ``static/js/classify.js``; a test holds the two together.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from households.choices import PovertyClass
from povertyplan.core.choices import Setting


class ScoreRefused(ValueError):
    """The scores cannot be classified; the text says why, in Vietnamese."""


class UnknownIndicator(ScoreRefused):
    """A deprivation names an indicator the standard does not have."""


class InvalidIncomeScore(ScoreRefused):
    """The income score is missing, negative or not a whole number."""


class NoScoreLine(ScoreRefused):
    """The standard has no income score line for this setting."""


@dataclass(frozen=True)
class IndicatorRule:
    """One deprivation indicator (chỉ số thiếu hụt) and what it adds to B2."""

    number: int
    name: str
    dimension: str
    points: int


@dataclass(frozen=True)
class ScoreLine:
    """The highest B1 that still counts as under the income line; None where unknown."""

    setting: Setting
    score_line: int | None


@dataclass(frozen=True)
class StandardRules:
    """A poverty standard as the rule needs it: lines, indicators, legal reference."""

    code: str
    legal_reference: str
    poor_from_points: int
    income_lines: tuple[ScoreLine, ...]
    indicators: tuple[IndicatorRule, ...]

    def score_line(self, setting: str) -> int:
        """Return the B1 line of a setting; raises NoScoreLine where the standard has none."""
        for line in self.income_lines:
            if line.setting == setting and line.score_line is not None:
                return line.score_line
        raise NoScoreLine(
            f"Chuẩn nghèo {self.code} chưa có mức điểm B1 cho khu vực {Setting(setting).label}."
        )

    def deprived_indicators(self, deprivations: Iterable[int]) -> list[IndicatorRule]:
        """Return the named indicators in order; raises UnknownIndicator."""
        numbers = set(deprivations)
        known = {indicator.number for indicator in self.indicators}
        unknown = sorted(numbers - known)
        if unknown:
            listed = ", ".join(str(number) for number in unknown)
            raise UnknownIndicator(
                f"Chuẩn nghèo {self.code} không có chỉ số thiếu hụt số {listed}."
            )
        in_order = sorted(self.indicators, key=lambda indicator: indicator.number)
        return [indicator for indicator in in_order if indicator.number in numbers]


@dataclass(frozen=True)
class Classification:
    """What a review comes to, and the sentence an officer can read out."""

    poverty_class: PovertyClass
    deprivation_score: int
    explanation: str


def classify(
    standard: StandardRules,
    setting: str,
    income_score: int | None,
    deprivations: Iterable[int],
) -> Classification:
    """Classify a household (phân loại hộ) by QĐ 24/2021/QĐ-TTg and the given standard.

    ``income_score`` is B1, ``deprivations`` the numbers of the deprived indicators, whose points
    add up to B2. On the income line counts as under it; exactly ``poor_from_points`` is poor.
    Raises a ScoreRefused (a ValueError) with a Vietnamese sentence.
    """
    line = standard.score_line(setting)
    score = _checked_income_score(income_score)
    deprived = standard.deprived_indicators(deprivations)
    deprivation_score = sum(indicator.points for indicator in deprived)
    poverty_class = _class_of(
        over_income_line=score > line,
        deprived_enough=deprivation_score >= standard.poor_from_points,
    )
    explanation = (
        f"B1 = {score} điểm ({'>' if score > line else '≤'} {line}, "
        f"khu vực {Setting(setting).label}); "
        f"{_deprivation_words(standard, deprived, deprivation_score)} → {poverty_class.label} "
        f"(căn cứ {standard.legal_reference})"
    )
    return Classification(poverty_class, deprivation_score, explanation)


def classify_scores(
    standard: StandardRules, setting: str, income_score: int, deprivation_score: int
) -> PovertyClass:
    """The class that two known scores come to; raises NoScoreLine."""
    return _class_of(
        over_income_line=income_score > standard.score_line(setting),
        deprived_enough=deprivation_score >= standard.poor_from_points,
    )


def as_json(standard: StandardRules) -> dict[str, object]:
    """Return the standard in the shape that ``static/js/classify.js`` reads."""
    return {
        "code": standard.code,
        "legalReference": standard.legal_reference,
        "poorFromPoints": standard.poor_from_points,
        "scoreLines": {line.setting.value: line.score_line for line in standard.income_lines},
        "settingLabels": dict(Setting.choices),
        "classLabels": dict(PovertyClass.choices),
        "indicators": [
            {
                "number": indicator.number,
                "name": indicator.name,
                "dimension": str(indicator.dimension),
                "points": indicator.points,
            }
            for indicator in standard.indicators
        ],
    }


def _checked_income_score(income_score: int | None) -> int:
    if income_score is None:
        raise InvalidIncomeScore("Chưa nhập điểm B1.")
    if isinstance(income_score, bool) or not isinstance(income_score, int) or income_score < 0:
        raise InvalidIncomeScore("Điểm B1 phải là số nguyên từ 0 trở lên.")
    return income_score


def _class_of(*, over_income_line: bool, deprived_enough: bool) -> PovertyClass:
    if over_income_line:
        return PovertyClass.NOT_POOR
    return PovertyClass.POOR if deprived_enough else PovertyClass.NEAR_POOR


def _deprivation_words(
    standard: StandardRules, deprived: list[IndicatorRule], deprivation_score: int
) -> str:
    sign = "≥" if deprivation_score >= standard.poor_from_points else "<"
    named = ", ".join(f"{indicator.number} {indicator.name}" for indicator in deprived)
    lacking = f"thiếu: {named}" if deprived else "không thiếu hụt chỉ số nào"
    return f"B2 = {deprivation_score} điểm ({sign} {standard.poor_from_points}; {lacking})"
