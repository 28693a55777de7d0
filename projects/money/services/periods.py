"""Load until when each source of money may be spent (thời hạn giải ngân)."""

from itertools import product
from pathlib import Path
from typing import Annotated

from pydantic import Field, model_validator

from povertyplan.core.journal import audit
from povertyplan.core.models import User
from povertyplan.core.platform.structured_file.checking import Section, check
from povertyplan.core.platform.structured_file.reading import read_file
from povertyplan.core.platform.structured_file.values import Day, OneLine
from povertyplan.core.platform.syncing import Changes
from projects.choices import BudgetKind, BudgetSource
from projects.models import SpendingPeriod

BudgetYear = Annotated[int, Field(ge=2000, le=2100)]


class PeriodSection(Section):
    sources: Annotated[tuple[BudgetSource, ...], Field(min_length=1)]
    kinds: tuple[BudgetKind, ...] = ()
    is_of_programmes: bool = False
    year_from: BudgetYear
    year_to: BudgetYear
    last_day: Day
    legal_reference: Annotated[str, OneLine(250)]
    confidence: Annotated[str, OneLine(250)]
    is_certain: bool

    @model_validator(mode="after")
    def _years_in_order(self) -> "PeriodSection":
        if self.year_to < self.year_from:
            raise ValueError("year_to không được trước year_from.")
        return self


class PeriodsFile(Section):
    periods: Annotated[tuple[PeriodSection, ...], Field(min_length=1)]


@audit.business_act(label="Nạp thời hạn giải ngân")
def load_spending_periods(*, path: Path, by: User | None) -> Changes:
    """Bring the terms of the sources in line with a file."""
    changes = Changes()
    for section in check(PeriodsFile, read_file(path)).periods:
        values = section.model_dump(exclude={"sources", "kinds", "year_from"})
        for source, kind in product(section.sources, section.kinds or ("",)):
            key = {"source": source, "kind": kind, "year_from": section.year_from}
            period = changes.put(SpendingPeriod, key=key, values=values)
    if changes:
        audit.record(period, f"Nạp thời hạn giải ngân: {changes.totals()}.", ward=None)
    return changes
