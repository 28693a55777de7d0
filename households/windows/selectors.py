"""The 36-month book (sổ theo dõi 36 tháng): who is newly escaped, since when, until when."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby, pairwise
from operator import attrgetter

from django.db.models import QuerySet

from households.choices import PovertyClass, WindowRule
from households.ledger.selectors.classes import spelled_among
from households.ledger.selectors.members import memberships_on
from households.models import Household, HouseholdStatus
from households.rules.windows import (
    FURTHEST_ANCHOR_MONTHS,
    LEFT_CLASSES,
    WINDOW_MONTHS,
    Window,
    add_months,
    window_of,
)
from povertyplan.core.models.scope import about_any_of


@dataclass(frozen=True)
class RuleWindow:
    """The 36 months of a household under one rule, and the spell they are counted from."""

    spell: HouseholdStatus
    window: Window
    on: date

    @property
    def is_open(self) -> bool:
        return self.window.is_open(self.on)

    @property
    def days_left(self) -> int:
        return self.window.days_left(self.on)

    @property
    def ended_early(self) -> bool:
        return self.window.closed_on is not None and not self.is_open


@dataclass(frozen=True)
class BookLine:
    """A household with its window under the programme's rule and under the bank's."""

    household: Household
    head_name: str
    windows: dict[str, RuleWindow]
    lost_by: HouseholdStatus | None

    @property
    def programme(self) -> RuleWindow | None:
        return self.windows.get(WindowRule.PROGRAMME)

    @property
    def credit(self) -> RuleWindow | None:
        return self.windows.get(WindowRule.CREDIT)

    @property
    def first(self) -> RuleWindow:
        """The programme's window, else the bank's; a line has one of them."""
        return self.windows.get(WindowRule.PROGRAMME) or self.windows[WindowRule.CREDIT]

    @property
    def spells(self) -> list[HouseholdStatus]:
        """The spells that opened the windows, mostly one."""
        return list({each.spell.pk: each.spell for each in self.windows.values()}.values())

    @property
    def is_open(self) -> bool:
        return any(each.is_open for each in self.windows.values())

    @property
    def ends_on(self) -> date:
        """The day the first open window ends; of those ended early the last."""
        still_open = [each.window.ends_on for each in self.windows.values() if each.is_open]
        return (
            min(still_open)
            if still_open
            else max(each.window.ends_on for each in self.windows.values())
        )

    def leaves_within(self, days: int) -> bool:
        """Whether a window ends in so many days from today."""
        return any(each.is_open and each.days_left <= days for each in self.windows.values())


@dataclass(frozen=True)
class BookFilter:
    """Which lines are asked for; an empty condition holds for all."""

    leaving: int | None = None
    rule: str = ""
    ended_early: bool = False


def window_book(
    *, households: QuerySet[Household], on: date, asked: BookFilter | None = None
) -> list[BookLine]:
    """The windows of some households that would still run on a day; three queries.

    Those lost early stay in the book until the day their 36 months would have ended. Open ones
    come first, soonest end first.
    """
    asked = asked or BookFilter()
    oldest = add_months(on, -WINDOW_MONTHS - FURTHEST_ANCHOR_MONTHS - 1)
    left = HouseholdStatus.objects.filter(
        poverty_class__in=LEFT_CLASSES[WindowRule.CREDIT], ends_on__gte=oldest
    )
    rows = (
        HouseholdStatus.objects.filter(about_any_of(households.filter(spelled_among(left))))
        .select_related("household__village", "decision", "listed")
        .order_by("household_id", "starts_on")
    )
    histories = [
        (household, list(spells)) for household, spells in groupby(rows, attrgetter("household"))
    ]
    heads = _heads([household.pk for household, _spells in histories], on)
    lines = [
        BookLine(
            household, heads.get(household.pk, ""), windows, _lost_by(household, spells, windows)
        )
        for household, spells in histories
        if (windows := _windows(household, spells, on, asked.rule))
    ]
    chosen = [line for line in lines if _is_asked_for(line, asked)]
    return sorted(chosen, key=lambda line: (not line.is_open, line.ends_on, line.household.code))


def _is_asked_for(line: BookLine, asked: BookFilter) -> bool:
    if asked.ended_early and line.is_open:
        return False
    return asked.leaving is None or line.leaves_within(asked.leaving)


def _windows(
    household: Household, spells: Sequence[HouseholdStatus], on: date, rule: str
) -> dict[str, RuleWindow]:
    """The windows that have not outlived their 36 months, by rule."""
    found = {}
    for each in [WindowRule(rule)] if rule else WindowRule:
        window = window_of(spells, on, each)
        if window is None or window.last < on:
            continue
        if household.closed_on is not None and household.closed_on <= on:
            window = replace(window, closed_on=window.closed_on or household.closed_on)
        found[each.value] = RuleWindow(_opened_by(spells, window, each), window, on)
    return found


def _opened_by(
    spells: Sequence[HouseholdStatus], window: Window, rule: WindowRule
) -> HouseholdStatus:
    """The spell a window is counted from: the latest escape that begins with it."""
    left = LEFT_CLASSES[rule]
    return next(
        after
        for before, after in reversed(list(pairwise(spells)))
        if before.poverty_class in left
        and after.poverty_class not in left
        and (after.anchor_on or after.starts_on) == window.first
    )


def _lost_by(
    household: Household, spells: Sequence[HouseholdStatus], windows: dict[str, RuleWindow]
) -> HouseholdStatus | None:
    """The spell that closed a window early: the household fell back."""
    days = {each.window.closed_on for each in windows.values() if each.ended_early}
    return next((spell for spell in spells if spell.starts_on in days), None)


def _heads(household_ids: Sequence[int], on: date) -> dict[int, str]:
    """Names of the heads, of households that left the register the last ones."""
    heads = memberships_on(household_ids, on, or_last=True).filter(is_head=True)
    return dict(heads.values_list("household", "person__full_name"))


def opens_a_window(spell: HouseholdStatus) -> bool:
    """Whether a spell began with an escape, so that an anchor means something; one query."""
    if spell.poverty_class == PovertyClass.POOR:
        return False
    before = HouseholdStatus.objects.filter(
        household=spell.household_id, starts_on__lt=spell.starts_on
    ).order_by("-starts_on")
    previous = before.values_list("poverty_class", flat=True).first()
    return any(
        previous in left and spell.poverty_class not in left for left in LEFT_CLASSES.values()
    )
