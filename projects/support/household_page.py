"""What a household received, and what it may receive, as a part of its page."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models.functions import Coalesce

from households.access import Field, fields_in
from households.directory.fragments import HouseholdFragment, register_fragment
from households.models import Household
from povertyplan.core import clock
from povertyplan.core.access.rules import may_open, user_opening
from povertyplan.core.models import User
from projects.choices import Eligibility
from projects.models import Support, SupportKind
from projects.rules.eligibility import Judgement, eligible
from projects.support.selectors.ledger import LedgerLine, ledger_lines, with_recipients
from projects.support.selectors.recipients import households_on

LEDGER, ADD = "projects:support_list", "projects:support_household"


@dataclass(frozen=True)
class HouseholdSupports:
    """The supports of a household, and for those who see its record what the rules say today."""

    household: Household
    lines: tuple[LedgerLine, ...]
    judged: tuple[tuple[SupportKind, Judgement], ...]
    may_add: bool

    @property
    def eligible(self) -> list[SupportKind]:
        return [kind for kind, judgement in self.judged if judgement.is_yes]

    @property
    def to_verify(self) -> list[SupportKind]:
        return [
            kind for kind, judgement in self.judged if judgement.verdict == Eligibility.TO_VERIFY
        ]


def supports_on_page(household: Household, user: User) -> HouseholdFragment | None:
    if not may_open(user, LEDGER, area=household.village):
        return None
    reader = user_opening(user, LEDGER)
    today = clock.today()
    fields = fields_in(reader, household.village)
    supports = Support.objects.visible_to(reader).standing().filter(household=household)
    latest_first = Coalesce("delivered_on", "promised_on").desc()
    rows = with_recipients(supports).order_by(latest_first, "-pk")
    may_judge = Field.RECORD in fields and not household.left_register_on(today)
    content = HouseholdSupports(
        household=household,
        lines=tuple(ledger_lines(rows, reader, today)),
        judged=tuple(_judged(household, today, Field.CONDITION in fields)) if may_judge else (),
        may_add=may_open(user, ADD, area=household.ward, writing=True),
    )
    return HouseholdFragment("projects/support/_household.html", content)


def _judged(
    household: Household, today: date, sees_condition: bool
) -> Iterable[tuple[SupportKind, Judgement]]:
    """What the rules do not exclude: first what is sure."""
    kinds = SupportKind.objects.valid_on(today)
    if not sees_condition:
        kinds = kinds.filter(tells_of_health=False)
    known = households_on([household.pk], today)[household.pk]
    judged = [(kind, eligible(kind, known.facts(kind, today), today)) for kind in kinds]
    possible = [each for each in judged if each[1].verdict != Eligibility.NO]
    return sorted(possible, key=lambda each: not each[1].is_yes)


register_fragment("supports", supports_on_page)
