"""With which result, and from which day, a household that only a list knows enters the register.

A ward brings its list with the class that an earlier decision recognised. Until a decision is made
here the register may begin on the day of that one; afterwards the past is settled, and a new
household starts on the day of the file.
"""

from dataclasses import dataclass
from datetime import date

from households.choices import LISTED
from households.intake.sheets.headings import SheetField
from households.intake.sheets.readings import Level
from households.intake.staging import issues
from households.models import Decision, ImportBatch, ImportRow
from households.rules.decision_numbers import bare_number
from households.rules.import_rows import Issue
from povertyplan.core import clock
from povertyplan.core.models import PeriodLock

INITIAL_FIELDS = (
    SheetField.DECISION_NUMBER,
    SheetField.DECIDED_ON,
    SheetField.INCOME_SCORE,
    SheetField.DEPRIVATION_SCORE,
    SheetField.CAUSES,
)


@dataclass(frozen=True)
class Beginning:
    """What bounds the first day of a household: the file's day, and what was recognised here.

    `made_here` are the decisions in force by bare number and day.
    """

    file_day: date
    recognised_on: date | None
    made_here: frozenset[tuple[str, date]]
    locks: tuple[PeriodLock, ...]

    def day_of(self, row: ImportRow) -> date:
        """The household's first day in the register."""
        decided_on = decided_on_of(row)
        if decided_on is None or decided_on > self.file_day:
            return self.file_day
        settled = self.recognised_on is not None and decided_on <= self.recognised_on
        locked = any(lock.holds_day(decided_on) for lock in self.locks)
        return self.file_day if settled or locked else decided_on


def beginning_of(batch: ImportBatch) -> Beginning:
    """Two queries."""
    decisions = Decision.objects.in_force().filter(ward=batch.ward)
    made = list(decisions.values_list("number", "decided_on"))
    locks = PeriodLock.objects.filter(ward=batch.ward, released_at=None)
    today = clock.today()
    return Beginning(
        file_day=min(clock.day_of(batch.as_of), today) if batch.as_of else today,
        recognised_on=max((day for _number, day in made), default=None),
        made_here=frozenset((bare_number(number), day) for number, day in made),
        locks=tuple(locks),
    )


def decided_on_of(row: ImportRow) -> date | None:
    """The day of the decision a list names; None where it tells no more than a month or a year."""
    text = row.value(SheetField.DECIDED_ON)
    return date.fromisoformat(text) if text and len(text) == len("2026-11-20") else None


def initial_status_of(row: ImportRow) -> dict[str, object]:
    """What a list says of a household's result, by field of `ListedResult`; empty if nothing."""
    values = {column: row.value(column) for column in INITIAL_FIELDS}
    if all(value in (None, "", []) for value in values.values()):
        return {}
    return {
        "number": str(values[SheetField.DECISION_NUMBER] or ""),
        "decided_on": decided_on_of(row),
        "income_score": values[SheetField.INCOME_SCORE],
        "deprivation_score": values[SheetField.DEPRIVATION_SCORE],
        "causes": values[SheetField.CAUSES] or [],
    }


def initial_status_issues(row: ImportRow, beginning: Beginning) -> list[Issue]:
    """What keeps a new poor or near-poor household from being written, or is to be known."""
    if row.value(SheetField.POVERTY_CLASS) not in LISTED:
        return []
    number, decided_on = row.value(SheetField.DECISION_NUMBER), decided_on_of(row)
    if beginning.recognised_on is None:
        return []
    if not number or decided_on is None:
        return [
            Issue(
                SheetField.DECIDED_ON if number else SheetField.DECISION_NUMBER,
                Level.ERROR,
                "decision_missing",
                issues.DECISION_MISSING,
            )
        ]
    if (bare_number(number), decided_on) in beginning.made_here:
        return [
            Issue(
                SheetField.DECISION_NUMBER,
                Level.ERROR,
                "decision_without",
                issues.decision_without(number),
            )
        ]
    first = beginning.day_of(row)
    if first == decided_on:
        return []
    return [
        Issue(
            SheetField.DECIDED_ON,
            Level.WARNING,
            "decision_before_register",
            issues.decision_before_register(beginning.recognised_on, first),
        )
    ]
