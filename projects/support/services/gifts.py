"""What is given, to whom, and the reasons that somebody states for it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from households.models import Household, Person
from povertyplan.core.text.vietnamese import normalise_text
from projects.models import SupportKind, WardProject


@dataclass(frozen=True)
class SupportGift:
    """What is given to each, of what kind, from where and on which day."""

    kind: SupportKind
    day: date
    is_delivered: bool
    quantity: Decimal | None = None
    amount: int | None = None
    source: str = ""
    document: str = ""
    ward_project: WardProject | None = None

    def content(self) -> dict[str, object]:
        """What a form sent, to know it again."""
        return {
            **self.__dict__,
            "kind": self.kind.pk,
            "ward_project": self.ward_project and self.ward_project.pk,
        }


@dataclass(frozen=True)
class SupportReceiver:
    """A household, one of its members, or a group that is not in the register."""

    household: Household | None = None
    person: Person | None = None
    group_name: str = ""

    @property
    def keys(self) -> tuple[object, ...]:
        return (
            self.household and self.household.pk,
            self.person and self.person.pk,
            self.group_name,
        )


@dataclass(frozen=True)
class SupportReasons:
    """Why it is given where the rules hesitate, and why once more."""

    confirmation: str = ""
    repeat: str = ""

    def tidy(self) -> "SupportReasons":
        return SupportReasons(normalise_text(self.confirmation), normalise_text(self.repeat))
