"""Two persons entered one form: the answers that the second one settles on."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from households.entry.survey.presenters import INDICATOR
from households.entry.survey.services.reviews import ReviewAnswers, remark_of, saved_answers
from households.models import Review
from households.rules.conflicts import THEIRS
from households.rules.notes import ReviewNote

WHOLE = ("income_score", "causes", "visited_on", "recorded_class", "class_reason")


def saved_side(review: Review) -> ReviewAnswers:
    """What a review holds, note and flag with it; without a score while it is not entered."""
    nothing = ReviewAnswers(income_score=None, deprivations=frozenset())
    return replace(saved_answers(review) or nothing, remark=remark_of(review))


def settle_answers(
    mine: ReviewAnswers, theirs: ReviewAnswers, choices: Mapping[str, str]
) -> ReviewAnswers:
    """My answers, with theirs in the fields where theirs was chosen."""
    taken = {name for name, side in choices.items() if side == THEIRS}
    numbers = {int(name.removeprefix(INDICATOR)) for name in taken if name.startswith(INDICATOR)}
    chosen: dict[str, Any] = {name: getattr(theirs, name) for name in WHOLE if name in taken}
    chosen["deprivations"] = (mine.deprivations - numbers) | (theirs.deprivations & numbers)
    if mine.remark is not None and theirs.remark is not None:
        chosen["remark"] = _settled_remark(mine.remark, theirs.remark, taken)
    return replace(mine, **chosen)


def _settled_remark(mine: ReviewNote, theirs: ReviewNote, taken: set[str]) -> ReviewNote:
    names = taken & {"note", "needs_check"}
    kept: dict[str, Any] = {name: getattr(theirs, name) for name in names}
    return replace(mine, **kept)
