"""What the scores of a list say against its class, by the standard of the day and the setting."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from households.choices import PovertyClass
from households.intake.sheets.headings import SheetField
from households.intake.sheets.readings import Level
from households.intake.staging import issues
from households.intake.staging.selectors.initial_status import Beginning, decided_on_of
from households.ledger.selectors.standards import standards_with_rules
from households.models import ImportRow, PovertyStandard
from households.rules.classification import NoScoreLine, StandardRules, classify_scores
from households.rules.import_rows import Issue
from povertyplan.core.models import Area

# Two classes over the income line: which of them is no matter of the scores.
OVER_THE_LINE = (PovertyClass.NOT_POOR, PovertyClass.AVERAGE_LIVING)


@dataclass(frozen=True)
class Scoring:
    """The standards with their rules, and the setting of each village by its name."""

    standards: tuple[tuple[PovertyStandard, StandardRules], ...]
    settings: dict[str, str]

    def in_force(self, on: date) -> list[StandardRules]:
        """Two may run side by side."""
        return [rules for standard, rules in self.standards if standard.is_in_force(on)]


def scoring_of(ward: Area) -> Scoring:
    """Four queries."""
    return Scoring(
        standards=standards_with_rules(),
        settings=dict(Area.objects.villages_of(ward).values_list("name", "setting")),
    )


def score_issues(row: ImportRow, scoring: Scoring, beginning: Beginning) -> Iterator[Issue]:
    """What cannot be, or does not go together, in the scores and the class of a household."""
    standards = scoring.in_force(decided_on_of(row) or beginning.file_day)
    deprived = row.value(SheetField.DEPRIVATION_SCORE)
    if not standards or deprived is None:
        return
    if not any(deprived in _sums(standard) for standard in standards):
        yield Issue(
            SheetField.DEPRIVATION_SCORE,
            Level.ERROR,
            "score_impossible",
            issues.score_impossible(deprived, standards[0]),
        )
        return
    yield from _class_issue(row, standards, scoring.settings)


def _class_issue(
    row: ImportRow, standards: list[StandardRules], settings: dict[str, str]
) -> Iterator[Issue]:
    written, income = row.value(SheetField.POVERTY_CLASS), row.value(SheetField.INCOME_SCORE)
    deprived = row.value(SheetField.DEPRIVATION_SCORE)
    setting = settings.get(row.value(SheetField.VILLAGE) or "")
    if not written or income is None or not setting:
        return
    classified = []
    for standard in standards:
        try:
            classified.append((standard, classify_scores(standard, setting, income, deprived)))
        except NoScoreLine:
            return
    if any(_is_alike(written, found) for _standard, found in classified):
        return
    standard, found = classified[0]
    yield Issue(
        SheetField.POVERTY_CLASS,
        Level.WARNING,
        "class_scores",
        issues.class_against_scores(written, found, income, deprived, setting, standard.code),
    )


def _is_alike(written: str, found: PovertyClass) -> bool:
    return written == found or (written in OVER_THE_LINE and found in OVER_THE_LINE)


def _sums(standard: StandardRules) -> set[int]:
    """Every B2 that some indicators of a standard add up to."""
    sums = {0}
    for indicator in standard.indicators:
        sums |= {known + indicator.points for known in sums}
    return sums
