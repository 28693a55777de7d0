"""What a list says of a household's result otherwise than the register, which stays.

Class, decision, scores and causes belong to a review and its decision, so a file never writes
them: the officer is told where it differs.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from households.choices import PovertyClass
from households.intake.sheets.headings import SheetField
from households.intake.sheets.readings import Level
from households.intake.staging import issues
from households.models import HouseholdStatus, ImportRow, ListedResult, Review
from households.rules.decision_numbers import full_number
from households.rules.import_rows import Issue
from povertyplan.core.models import Area

DIFFERS = "_differs"  # ends the code of every issue of this module
CODES = frozenset(
    f"{what}{DIFFERS}"
    for what in ("class", "decision", "decided_on", "income_score", "deprivation_score", "causes")
)


@dataclass(frozen=True)
class ResultNow:
    """A household's present class, the decision it rests on, and what its form or list found."""

    poverty_class: str
    decision_number: str | None = None
    decided_on: date | None = None
    found: Review | ListedResult | None = None

    @property
    def causes(self) -> list[int]:
        if self.found is None:
            return []
        if isinstance(self.found, ListedResult):
            return self.found.causes
        return sorted(cause.number for cause in self.found.causes.all())

    @property
    def is_listed(self) -> bool:
        return isinstance(self.found, ListedResult)


def results_of(ward: Area) -> dict[int, ResultNow]:
    """The present result of every household of a ward; four queries."""
    spells = list(
        HouseholdStatus.objects.filter(ward=ward, ends_on=None).values_list(
            "household_id",
            "poverty_class",
            "decision__number",
            "decision__decided_on",
            "decision__campaign_id",
        )
    )
    campaigns = {campaign for *_, campaign in spells if campaign}
    reviews = Review.objects.done().filter(ward=ward, campaign__in=campaigns)
    behind = {
        (review.household_id, review.campaign_id): review
        for review in reviews.prefetch_related("causes")
    }
    present = ListedResult.objects.filter(status__ward=ward, status__ends_on=None)
    listed = {each.status.household_id: each for each in present.select_related("status")}
    results = {
        household: ResultNow(poverty_class, number, decided_on, behind.get((household, campaign)))
        for household, poverty_class, number, decided_on, campaign in spells
    }
    for household, result in listed.items():
        results[household] = replace(
            results[household],
            decision_number=result.number,
            decided_on=result.decided_on,
            found=result,
        )
    return results


def differences_of(row: ImportRow, result: ResultNow) -> Iterator[Issue]:
    """A warning for each thing the first row of a household says otherwise.

    Scores and causes are those of one decision; of another one they are not compared.
    """
    written = row.value(SheetField.POVERTY_CLASS)
    if written and written != result.poverty_class:
        yield _warning(
            SheetField.POVERTY_CLASS,
            "class",
            issues.class_differs(_label(written), _label(result.poverty_class)),
        )
    other_decision = False
    for issue in _of_decision(row, result):
        other_decision = True
        yield issue
    if result.found is not None and not other_decision:
        yield from _of_review(row, result)


def _of_decision(row: ImportRow, result: ResultNow) -> Iterator[Issue]:
    number, day = row.value(SheetField.DECISION_NUMBER), row.value(SheetField.DECIDED_ON)
    known = result.decision_number
    if number and known and full_number(number) != full_number(known):
        yield _warning(
            SheetField.DECISION_NUMBER,
            "decision",
            issues.decision_differs(number, known),
        )
    elif day and result.decided_on and day != result.decided_on.isoformat():
        yield _warning(
            SheetField.DECIDED_ON,
            "decided_on",
            issues.decided_on_differs(result.decided_on),
        )


def _of_review(row: ImportRow, result: ResultNow) -> Iterator[Issue]:
    for column, name in (
        (SheetField.INCOME_SCORE, "B1"),
        (SheetField.DEPRIVATION_SCORE, "B2"),
    ):
        written, known = row.value(column), getattr(result.found, column.value)
        if written is not None and written != known:
            yield _warning(
                column,
                column.value,
                issues.score_differs(name, written, known, is_listed=result.is_listed),
            )
    causes = row.value(SheetField.CAUSES)
    if causes and causes != result.causes:
        yield _warning(
            SheetField.CAUSES,
            "causes",
            issues.causes_differ(causes, result.causes, is_listed=result.is_listed),
        )


def _warning(column: SheetField, what: str, message: str) -> Issue:
    return Issue(column, Level.WARNING, f"{what}{DIFFERS}", message)


def _label(poverty_class: str) -> str:
    return PovertyClass(poverty_class).label.lower()
