"""A household's result in the words of a conversation, to be read to the family at the door.

Pure: no database, no clock, no request. The exact computation stays with `classification`.
"""

from households.choices import PovertyClass
from households.rules.classification import Classification, StandardRules
from povertyplan.core.choices import Setting

TOLD = {
    PovertyClass.POOR: "là hộ nghèo",
    PovertyClass.NEAR_POOR: "là hộ cận nghèo",
    PovertyClass.NOT_POOR: "không thuộc diện hộ nghèo, hộ cận nghèo",
}
WHAT_COMES_NEXT = (
    "Đây chưa phải kết quả cuối cùng: kết quả còn được đưa ra họp dân và niêm yết công khai "
    "trước khi Chủ tịch Ủy ban nhân dân quyết định công nhận."
)


def spoken_result(
    standard: StandardRules,
    setting: str,
    income_score: int,
    deprivations: list[int],
    result: Classification,
) -> list[str]:
    """The class, why it is so, and what comes next: a sentence each."""
    return [
        f"Theo kết quả rà soát, gia đình {TOLD[result.poverty_class]}.",
        _income(standard.score_line(setting), setting, income_score),
        _lacking(standard, deprivations, result.deprivation_score),
        WHAT_COMES_NEXT,
    ]


def _income(line: int, setting: str, score: int) -> str:
    where = f"khu vực {Setting(setting).label.lower()}"
    if score > line:
        return f"Điểm thu nhập của gia đình là {score}, cao hơn mức {line} điểm của {where}."
    return f"Điểm thu nhập của gia đình là {score}, không quá mức {line} điểm của {where}."


def _lacking(standard: StandardRules, deprivations: list[int], points: int) -> str:
    found = standard.deprived_indicators(deprivations)
    if not found:
        return "Gia đình không thiếu hụt dịch vụ xã hội cơ bản nào."
    named = "; ".join(indicator.name.lower() for indicator in found)
    reached = points >= standard.poor_from_points
    line = f"mức {standard.poor_from_points} điểm"
    place = f"từ {line} trở lên" if reached else f"chưa đến {line}"
    return (
        f"Gia đình còn thiếu hụt {len(found)} dịch vụ xã hội cơ bản: {named}. "
        f"Cộng lại là {points} điểm, {place}."
    )
