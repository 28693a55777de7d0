"""What is possible but unusual in a survey form: sentences that somebody confirms or corrects."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from households.choices import PovertyClass

# What is worth a second look, not what the law says.
LARGEST_CHANGE = 30  # percent of last time's B1 score
POINTS_ABOVE = 5  # of B1 over the line
FEWEST_FORMS = 5  # that say something together
# Two of a kind in a village may be chance. Of scores that spread over more than a hundred points,
# one in twenty or so falls on the five above the line: one in five asks for an explanation.
FEWEST_ALIKE = 3
ONE_IN_ABOVE = 5
# Neighbours live alike: twice the share of the other villages together is worth a visit.
TIMES_THE_OTHERS = 2
# A week before the end there is still time to go to a household.
DAYS_TO_VISIT = timedelta(days=7)
STEPS = {
    PovertyClass.POOR: 0,
    PovertyClass.NEAR_POOR: 1,
    PovertyClass.AVERAGE_LIVING: 2,
    PovertyClass.NOT_POOR: 2,
}


def review_warnings(
    *,
    income_score: int,
    poverty_class: str,
    class_before: str | None,
    earlier_score: int | None,
    earlier_year: int | None,
) -> list[str]:
    """Sentences about what is unusual; an empty list when nothing is.

    `class_before` is the class that held when the campaign opened; `earlier_score` the B1 points
    of the household's form of `earlier_year`. None is "not known".
    """
    warnings = [
        _two_steps(class_before, poverty_class),
        _large_change(income_score, earlier_score, earlier_year),
    ]
    return [warning for warning in warnings if warning]


def is_just_above(income_score: int, line: int | None) -> bool:
    """Whether a B1 score misses the list by a few points; a standard may have no line.

    >>> is_just_above(180, 175), is_just_above(175, 175), is_just_above(181, 175)
    (True, False, False)
    """
    return line is not None and line < income_score <= line + POINTS_ABOVE


def is_uniform(scores: list[int]) -> bool:
    """Whether the forms of a village all have one B2 score, and there are enough of them."""
    return len(scores) >= FEWEST_FORMS and len(set(scores)) == 1


def is_crowded(above: int, forms: int) -> bool:
    """Whether many of the forms of a village miss the list by a few points.

    >>> is_crowded(3, 15), is_crowded(3, 16), is_crowded(2, 2)
    (True, False, False)
    """
    return above >= FEWEST_ALIKE and above * ONE_IN_ABOVE >= forms


def is_unusual_share(*, left: int, listed: int, left_elsewhere: int, listed_elsewhere: int) -> bool:
    """Whether far more of a village's listed households leave the list than of the others'.

    Nothing is told while no other village has results to compare with.
    """
    if left < FEWEST_ALIKE or not listed_elsewhere:
        return False
    return left * listed_elsewhere > TIMES_THE_OTHERS * left_elsewhere * listed


def is_time_to_visit(closes_on: date, today: date) -> bool:
    """Whether a household nobody has been to is no longer just work to come."""
    return today >= closes_on - DAYS_TO_VISIT


def _two_steps(before: str | None, after: str) -> str:
    if not before or abs(STEPS[PovertyClass(before)] - STEPS[PovertyClass(after)]) < 2:
        return ""
    return (
        f"{PovertyClass(before).label} thành {PovertyClass(after).label.lower()}: "
        "chuyển hai bậc trong một lần rà soát"
    )


def _large_change(score: int, earlier: int | None, year: int | None) -> str:
    if not earlier:
        return ""
    change = Decimal(100 * (score - earlier)) / earlier
    if abs(change) <= LARGEST_CHANGE:
        return ""
    word = "tăng" if change > 0 else "giảm"
    percent = abs(change).quantize(Decimal(1), ROUND_HALF_UP)
    return f"B1 {word} {percent}% so với năm {year} ({earlier} → {score})"
