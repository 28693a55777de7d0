"""Two persons entered one form: what differs, and the answers that the second one settles on."""

from collections.abc import Mapping
from dataclasses import replace

from households.choices import PovertyClass
from households.entry.survey.services.reviews import ReviewAnswers, remark_of, saved_answers
from households.models import Review
from households.rules.classification import StandardRules
from households.rules.conflicts import THEIRS, Difference
from households.rules.notes import ReviewNote
from povertyplan.core.text import formatting

INDICATOR = "deprived_"


def differences(
    mine: ReviewAnswers, theirs: ReviewAnswers, rules: StandardRules
) -> list[Difference]:
    """The fields in which the two differ, in the order of the form.

    Where one of them left a note only, there are no answers to choose between.
    """
    is_entered = mine.income_score is not None and theirs.income_score is not None
    rows = _answers(mine, theirs, rules) if is_entered else []
    rows += _remarks(mine.remark, theirs.remark)
    return [row for row in rows if row.theirs != row.mine]


def saved_side(review: Review) -> ReviewAnswers:
    """What a review holds, note and flag with it; without a score while it is not entered."""
    nothing = ReviewAnswers(income_score=None, deprivations=frozenset())
    return replace(saved_answers(review) or nothing, remark=remark_of(review))


def _answers(mine: ReviewAnswers, theirs: ReviewAnswers, rules: StandardRules) -> list[Difference]:
    return [
        Difference("income_score", "Điểm B1", str(theirs.income_score), str(mine.income_score)),
        *(
            Difference(
                f"{INDICATOR}{indicator.number}",
                f"{indicator.number}. {indicator.name}",
                _ticked(indicator.number in theirs.deprivations),
                _ticked(indicator.number in mine.deprivations),
            )
            for indicator in rules.indicators
        ),
        Difference("causes", "Nguyên nhân nghèo", _numbers(theirs.causes), _numbers(mine.causes)),
        Difference(
            "visited_on",
            "Ngày đến hộ",
            formatting.day(theirs.visited_on),
            formatting.day(mine.visited_on),
        ),
        Difference(
            "recorded_class",
            "Phân loại ghi nhận",
            _class(theirs.recorded_class),
            _class(mine.recorded_class),
        ),
        Difference(
            "class_reason",
            "Lý do ghi nhận khác",
            theirs.class_reason or formatting.MISSING,
            mine.class_reason or formatting.MISSING,
        ),
    ]


def settle_answers(
    mine: ReviewAnswers, theirs: ReviewAnswers, choices: Mapping[str, str]
) -> ReviewAnswers:
    """My answers, with theirs in the fields where theirs was chosen."""
    taken = {name for name, side in choices.items() if side == THEIRS}
    numbers = {int(name.removeprefix(INDICATOR)) for name in taken if name.startswith(INDICATOR)}
    whole = ("income_score", "causes", "visited_on", "recorded_class", "class_reason")
    return replace(
        mine,
        deprivations=(mine.deprivations - numbers) | (theirs.deprivations & numbers),
        remark=_settled_remark(mine.remark, theirs.remark, taken),
        **{name: getattr(theirs, name) for name in whole if name in taken},
    )


def _settled_remark(mine: ReviewNote, theirs: ReviewNote, taken: set[str]) -> ReviewNote:
    names = taken & {"note", "needs_check"}
    return replace(mine, **{name: getattr(theirs, name) for name in names})


def _remarks(mine: ReviewNote, theirs: ReviewNote) -> list[Difference]:
    missing = formatting.MISSING
    return [
        Difference("note", "Ghi chú", theirs.note or missing, mine.note or missing),
        Difference("needs_check", "Cần kiểm tra", _yes(theirs.needs_check), _yes(mine.needs_check)),
    ]


def _yes(value: bool) -> str:
    return "Có" if value else "Không"


def _ticked(deprived: bool) -> str:
    return "Thiếu hụt" if deprived else "Không thiếu"


def _numbers(numbers: frozenset[int]) -> str:
    return ", ".join(str(number) for number in sorted(numbers)) or formatting.MISSING


def _class(poverty_class: str | None) -> str:
    return PovertyClass(poverty_class).label if poverty_class else "Theo kết quả tính"
