"""The 36 months after an escape from poverty (hộ mới thoát nghèo), under two rules.

Pure. The programme (QĐ 90/QĐ-TTg) counts from leaving poverty; policy credit (QĐ 28/2015/QĐ-TTg)
counts from leaving both lists. Bộ luật Dân sự 2015, Điều 147 and 148: the first day is not
counted and a period in months ends with the corresponding day of its last month, or with that
month's last day. A weekend does not move the end of a status.
"""

import calendar
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise
from typing import Protocol

from households.choices import PovertyClass, WindowRule

WINDOW_MONTHS = 36
# How far the start of a window may be set from the first day of its spell.
FURTHEST_ANCHOR_MONTHS = 12

# The classes a household must have left for its window to open, and whose return closes it.
LEFT_CLASSES = {
    WindowRule.PROGRAMME: frozenset({PovertyClass.POOR}),
    WindowRule.CREDIT: frozenset({PovertyClass.POOR, PovertyClass.NEAR_POOR}),
}


class DatedClass(Protocol):
    """What a window is found from: a `Spell`, or a row of the ledger."""

    @property
    def poverty_class(self) -> str: ...
    @property
    def starts_on(self) -> date: ...
    @property
    def ends_on(self) -> date | None: ...
    @property
    def anchor_on(self) -> date | None: ...


@dataclass(frozen=True)
class Spell:
    """A stretch of one class; both days belong to it, and no last day means it still runs.

    ``anchor_on`` replaces the first day as the start of a window, where one was decided.
    """

    poverty_class: PovertyClass
    starts_on: date
    ends_on: date | None = None
    anchor_on: date | None = None


@dataclass(frozen=True)
class Window:
    """First and last day of the window; ``closed_on`` is the day it was lost, if it was."""

    first: date
    last: date
    closed_on: date | None = None

    @property
    def ends_on(self) -> date:
        """The last day that really counts; before ``first`` when it was lost at once."""
        if self.closed_on is None:
            return self.last
        return min(self.last, self.closed_on - timedelta(days=1))

    def is_open(self, on: date) -> bool:
        return self.first <= on <= self.ends_on

    def days_left(self, on: date) -> int:
        """Days still to come after ``on``, as to every deadline: 0 on the last day or not open."""
        return (self.ends_on - on).days if self.is_open(on) else 0

    def months_left(self, on: date) -> int:
        """Whole months still to come: 36 on the first day, 0 in the last month or when not open."""
        if not self.is_open(on):
            return 0
        months = _months_between(on, self.ends_on)
        return months if add_months(on, months) <= self.ends_on else months - 1


def add_months(day: date, months: int) -> date:
    """Return the corresponding day ``months`` later, clamped to the end of that month."""
    years, month_index = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month_index + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def escape_window(anchor: date, months: int = WINDOW_MONTHS) -> Window:
    """Return the window that opens on ``anchor`` and was never lost."""
    return Window(first=anchor, last=add_months(anchor, months))


def window_of(
    spells: Iterable[DatedClass], on: date, rule: WindowRule, months: int = WINDOW_MONTHS
) -> Window | None:
    """Return the latest window known on a day, open or over, or None if there was none.

    Falling back into a class of the rule closes a window, and so does leaving the register; a
    later escape opens a new one.
    """
    known = sorted(
        (spell for spell in spells if _known_from(spell) <= on), key=lambda spell: spell.starts_on
    )
    left_classes = LEFT_CLASSES[rule]
    for index in range(len(known) - 1, 0, -1):
        before, after = known[index - 1], known[index]
        if before.poverty_class in left_classes and after.poverty_class not in left_classes:
            window = escape_window(after.anchor_on or after.starts_on, months)
            if window.first <= on:
                return replace(window, closed_on=_closed_on(known[index:], left_classes, on))
    return None


def _closed_on(
    spells: Sequence[DatedClass], left_classes: frozenset[PovertyClass], on: date
) -> date | None:
    for _, after in pairwise(spells):
        if after.poverty_class in left_classes:
            return after.starts_on
    ends_on = spells[-1].ends_on
    return ends_on + timedelta(days=1) if ends_on is not None and ends_on < on else None


def _known_from(spell: DatedClass) -> date:
    """A recognised escape counts from its anchor even if the new class starts later."""
    return min(spell.starts_on, spell.anchor_on or spell.starts_on)


def _months_between(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month
