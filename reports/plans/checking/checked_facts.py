"""What the checks of a plan know of it, and what they find. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256

KEY_LENGTH = 16


class LintRule(StrEnum):
    """Which check a finding comes from."""

    RATE_IMPOSSIBLE = "rate_impossible"
    TOTALS_DISAGREE = "totals_disagree"
    KNOWN_TOTAL_DISAGREES = "known_total_disagrees"
    DUTY_WITHOUT_PROJECT = "duty_without_project"
    TWO_LEADS = "two_leads"
    NO_LEAD = "no_lead"
    EXPIRED_BASIS = "expired_basis"
    UNIT_WITHOUT_DUTY = "unit_without_duty"
    TARGET_WITHOUT_OWNER = "target_without_owner"
    DEADLINE_OUTSIDE_PERIOD = "deadline_outside_period"
    HEADING_NUMBER_TWICE = "heading_number_twice"
    OTHER_AREA_NAMED = "other_area_named"
    YEAR_OUTSIDE_PERIOD = "year_outside_period"
    UNKNOWN_FIGURE = "unknown_figure"
    EMPTY_SECTION = "empty_section"
    PRINTED_TWICE = "printed_twice"
    UNIT_SPELLED_OTHERWISE = "unit_spelled_otherwise"


@dataclass(frozen=True)
class TargetFact:
    """A target that promises a figure, and perhaps its rate beside it.

    ``count`` and ``rate`` (percent) are given only where they are exact promises, not bounds.
    Targets with the same ``total`` are shares of one whole ("hộ dân cư 31/12/2025").
    """

    name: str
    owner: str = ""
    total: str = ""
    count: int | None = None
    rate: Decimal | None = None
    measure_unit: str = ""


@dataclass(frozen=True)
class ProjectFact:
    """A component project or sub-project of the plan, by its official code."""

    code: str
    name: str
    leads: tuple[str, ...] = ()
    coordinating: tuple[str, ...] = ()


@dataclass(frozen=True)
class DutyFact:
    """A task given to a unit, and the projects it speaks of by code.

    ``covers`` are the units that belong to it, where it is a group of them.
    """

    unit: str
    text: str
    project_codes: tuple[str, ...] = ()
    covers: tuple[str, ...] = ()


@dataclass(frozen=True)
class BasisFact:
    """A legal basis with its last day in force, if it has one, and what replaced it.

    `no_basis` says, of an act of the library, why it does not hold on the document's day.
    """

    title: str
    valid_to: date | None = None
    replaced_by: str = ""
    no_basis: str = ""


@dataclass(frozen=True)
class DeadlineFact:
    """A dated obligation in the plan."""

    text: str
    due_on: date
    anchor: str = ""


@dataclass(frozen=True)
class HeadingFact:
    """A printed heading: its own number and the path of the headings above it."""

    number: str
    title: str
    parent: str = ""
    anchor: str = ""


@dataclass(frozen=True)
class TextFact:
    """A piece of the plan's text and where it stands; ``anchor`` is the key of its block."""

    place: str
    text: str
    anchor: str = ""
    is_heading: bool = False


@dataclass(frozen=True)
class PlanFacts:
    """What the linter needs to know of a plan.

    ``units`` are those the plan expects work from; ``known_totals`` gives the size of a whole
    named by a target's ``total``; ``foreign_areas`` are the names that do not belong here,
    ``own_areas`` those that do; ``unit_names`` is how each unit is written;
    ``typed`` are the sentences as they were typed, without figures filled in; ``unknown`` is what
    is printed for a figure without data; ``empty_sections`` have nothing under their heading,
    ``unfilled`` parts print nothing because their list is empty; ``unknown_rows`` have no
    figure in a report's tables, by the table or unit's report they stand in.
    """

    first_day: date
    last_day: date
    targets: tuple[TargetFact, ...] = ()
    projects: tuple[ProjectFact, ...] = ()
    duties: tuple[DutyFact, ...] = ()
    bases: tuple[BasisFact, ...] = ()
    units: tuple[str, ...] = ()
    deadlines: tuple[DeadlineFact, ...] = ()
    headings: tuple[HeadingFact, ...] = ()
    texts: tuple[TextFact, ...] = ()
    foreign_areas: tuple[str, ...] = ()
    own_areas: tuple[str, ...] = ()
    unit_names: tuple[str, ...] = ()
    typed: tuple[TextFact, ...] = ()
    known_totals: Mapping[str, int] | None = None
    unknown: str = ""
    empty_sections: tuple[str, ...] = ()
    unfilled: tuple[str, ...] = ()
    unknown_rows: Mapping[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class PlanFinding:
    """One doubt: the rule, where in the plan, the sentence to show, the block it is about."""

    rule: LintRule
    place: str
    message: str
    anchor: str = ""

    @property
    def key(self) -> str:
        """Names the doubt as long as it says the same; another figure is another doubt."""
        return sha256(f"{self.rule}\n{self.message}".encode()).hexdigest()[:KEY_LENGTH]
