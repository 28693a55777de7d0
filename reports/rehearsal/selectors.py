"""What a rehearsed recognition leads to: tables, windows, targets, supports that end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from households.campaign.recognition.selectors.outcomes import (
    CampaignOutcome,
    PlannedChange,
    campaign_outcome,
)
from households.campaign.recognition.services.rehearsing import rehearse_recognition
from households.ledger.known import year_end
from households.models import Decision, Household, ReviewCampaign
from households.windows.selectors import BookLine, window_book
from povertyplan.core.models import Area, User
from projects.support.selectors.reclassified import ClassChange, KindEffect, effects_of_changes
from projects.targets.selectors import TargetRow
from reports.figures.registry import FigureRegistry
from reports.tables.facts import TableFacts
from reports.tables.results import build_results
from reports.tables.shape import OfficialTable
from reports.tables.transitions import build_near_poor_movements, build_poor_movements

TABLES = (build_results, build_poor_movements, build_near_poor_movements)


@dataclass(frozen=True)
class RehearsedTarget:
    """A target of the year as it stands, and as it would stand."""

    before: TargetRow
    after: TargetRow


@dataclass(frozen=True)
class Rehearsal:
    """What would be true once the results were recognised on `on`. Personal.

    `waiting` households have no entered form: with them no target can be judged.
    """

    on: date
    waiting: int
    outcome: CampaignOutcome
    changes: tuple[PlannedChange, ...]
    names: dict[int, str]
    tables: tuple[OfficialTable, ...]
    opened: tuple[BookLine, ...]
    closed: tuple[BookLine, ...]
    targets: tuple[RehearsedTarget, ...]
    effects: tuple[KindEffect, ...]

    @property
    def moved(self) -> list[PlannedChange]:
        return [each for each in self.changes if each.class_before != each.class_after]


def rehearse(*, campaign: ReviewCampaign, reader: User, on: date) -> Rehearsal:
    """Recognise, read, roll back. Raises ValidationError with what the act itself refuses."""
    ward = campaign.ward
    before = _targets(ward, campaign.year, on)
    open_before = _open_windows(_book(ward, reader, on))

    def read(_decision: Decision, changes: Sequence[PlannedChange]) -> Rehearsal:
        book = _book(ward, reader, on)
        still_open = _open_windows(book)
        facts = TableFacts(ward=ward, after=year_end(campaign.year - 1), until=on)
        return Rehearsal(
            on=on,
            waiting=campaign.reviews.pending().count(),
            outcome=campaign_outcome(campaign, changes),
            changes=tuple(changes),
            names=_names(ward, reader, changes),
            tables=tuple(build(facts).without_links() for build in TABLES),
            opened=tuple(
                line for line in book if still_open[line.household.pk] - _had(open_before, line)
            ),
            closed=tuple(
                line for line in book if _had(open_before, line) - still_open[line.household.pk]
            ),
            targets=_paired(before, _targets(ward, campaign.year, on)),
            effects=tuple(
                effects_of_changes(_class_changes(changes), ward=ward, reader=reader, on=on)
            ),
        )

    return rehearse_recognition(campaign=campaign, by=reader, on=on, read=read)


def _book(ward: Area, reader: User, on: date) -> list[BookLine]:
    return window_book(households=Household.objects.visible_to(reader).filter(ward=ward), on=on)


def _open_windows(book: Sequence[BookLine]) -> dict[int, set[tuple[str, date]]]:
    """By household the windows that run, each with its first day."""
    return {
        line.household.pk: {
            (rule, each.window.first) for rule, each in line.windows.items() if each.is_open
        }
        for line in book
    }


def _had(windows: dict[int, set[tuple[str, date]]], line: BookLine) -> set[tuple[str, date]]:
    return windows.get(line.household.pk, set())


def _targets(ward: Area, year: int, on: date) -> list[TargetRow]:
    rows = FigureRegistry(ward=ward, until=on).target_rows(year=year, today=on)
    return [row for row in rows if row.judged.goal is not None]


def _paired(before: Sequence[TargetRow], after: Sequence[TargetRow]) -> tuple[RehearsedTarget, ...]:
    """The targets that households decide; those of units stay as they are reported."""
    return tuple(
        RehearsedTarget(was, becomes)
        for was, becomes in zip(before, after, strict=True)
        if becomes.indicator.query
    )


def _class_changes(changes: Sequence[PlannedChange]) -> list[ClassChange]:
    return [
        ClassChange(each.household.pk, each.class_before or "", each.class_after)
        for each in changes
        if each.class_before != each.class_after
    ]


def _names(ward: Area, reader: User, changes: Sequence[PlannedChange]) -> dict[int, str]:
    """By household the name of the head, as far as the reader sees it."""
    rows = Household.objects.visible_to(reader).filter(
        ward=ward, pk__in=[each.household.pk for each in changes]
    )
    return {
        row.pk: row.head_membership.person.full_name
        for row in rows.with_head()
        if getattr(row, "head_membership", None)
    }
