"""What a check of the register found: where, and the facts of it."""

from dataclasses import dataclass
from datetime import date

from households.choices import PovertyClass


@dataclass(frozen=True)
class Missing:
    """What the check asks for is not there; nothing more is to be said."""


@dataclass(frozen=True)
class Contradictions:
    """What a personal number says otherwise than the record."""

    sentences: list[str]


@dataclass(frozen=True)
class SameName:
    """The households of the others of this name and date of birth."""

    codes: list[str]


@dataclass(frozen=True)
class JoinedUnborn:
    birth_date: date
    birth_precision: str
    joined_on: date


@dataclass(frozen=True)
class ClassFault:
    """The class on a form, and the one its scores lead to, or why they lead to none."""

    recorded: PovertyClass
    computed: PovertyClass | None
    refusal: str = ""
    reason: str = ""


@dataclass(frozen=True)
class ScoreFault:
    recorded: int | None
    expected: int
    deprivations: int


@dataclass(frozen=True)
class LastForm:
    on: date | None


@dataclass(frozen=True)
class LackingBasis:
    is_decided: bool
    is_scored: bool


@dataclass(frozen=True)
class VillagesWithoutTotals:
    on: date
    count: int


@dataclass(frozen=True)
class UnequalTotals:
    """Households or persons of a day: those of the villages together, and those of the ward."""

    on: date
    counted: str
    in_villages: int
    in_ward: int
    ward: str


Facts = (
    Missing
    | Contradictions
    | SameName
    | JoinedUnborn
    | ClassFault
    | ScoreFault
    | LastForm
    | LackingBasis
    | VillagesWithoutTotals
    | UnequalTotals
)


@dataclass(frozen=True)
class QualityFinding:
    """One fault: of a household, of one of its members, of its form, or of figures.

    `membership` is that of a present member, whose `field` is to be put right. The year is that of
    the form.
    """

    facts: Facts
    household: int | None = None
    code: str = ""
    village: str = ""
    person: str = ""
    campaign: int | None = None
    year: int | None = None
    membership: int | None = None
    field: str = ""
