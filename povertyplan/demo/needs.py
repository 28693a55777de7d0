"""Needs in the demonstration, all invented: some households asked, some not, some served since.

Nothing here is drawn by lot, so that the invented history stays what it is.
"""

from collections.abc import Sequence
from datetime import date

from households.choices import NeedOutcome, NeedSource
from households.ledger.selectors.members import memberships_on
from households.models import Household, NeedKind, Person, SupportNeed
from households.needs.selectors.lists import groups_to_ask
from households.needs.services.ending import NeedEnd, end_served_needs
from households.needs.services.kinds import NeedKindInput, add_need_kind
from households.needs.services.recording import NeedAnswer, NeedNamed, record_needs
from povertyplan.core import clock
from povertyplan.core.models import Area, User

INVENTED = "Số liệu giả định"
MET = "Đã được vay vốn (giả định)"
ASKED_IN_2025, LENT_IN_2026, ASKED_IN_2026 = (
    date(2025, 8, 4),
    date(2026, 1, 20),
    date(2026, 3, 2),
)
# What the asked households name, one after the other; the fifth of them needs nothing.
NAMED = (("vay-von", "con-giong"), ("nha-tieu",), ("hoc-nghe",), ("con-giong", "ky-thuat"), ())
# Every fourth household was not asked.
NOT_ASKED = 4
OWN_KIND = NeedKindInput("Tấm lợp, vật liệu sửa nhà", for_persons=False)


def invent_needs(*, ward: Area, by: User) -> None:
    """Before the supports, of which some meet a need."""
    with clock.set_to(ASKED_IN_2025):
        add_need_kind(ward=ward, details=OWN_KIND, by=by, source="command")
        _ask(ward, ASKED_IN_2025, by, until=15)
    with clock.set_to(LENT_IN_2026):
        _end_loans(ward, by)
    with clock.set_to(ASKED_IN_2026):
        _ask(ward, ASKED_IN_2026, by, since=15)


def _ask(
    ward: Area, day: date, by: User, *, since: int | None = None, until: int | None = None
) -> None:
    kinds = {kind.code: kind for kind in NeedKind.objects.filter(ward=None)}
    keys = groups_to_ask(Household.objects.filter(ward=ward), day)
    households = Household.objects.filter(pk__in=keys).order_by("code")[slice(since, until)]
    heads = memberships_on(keys, day).filter(is_head=True).select_related("person")
    persons = {each.household_id: each.person for each in heads}
    answers = [
        NeedAnswer(
            household=household,
            asked_on=day,
            source=NeedSource.OFFICER,
            named=tuple(_named(kinds, NAMED[at % len(NAMED)], persons[household.pk])),
            is_none=not NAMED[at % len(NAMED)],
            note=INVENTED,
        )
        for at, household in enumerate(households)
        if at % NOT_ASKED != NOT_ASKED - 1 and household.pk in persons
    ]
    if answers:
        record_needs(ward=ward, answers=answers, by=by, source="command")


def _named(kinds: dict[str, NeedKind], codes: Sequence[str], head: Person):
    for code in codes:
        yield NeedNamed(kinds[code], head if kinds[code].for_persons else None)


def _end_loans(ward: Area, by: User) -> None:
    loans = SupportNeed.objects.open().filter(ward=ward, kind__code="vay-von")[:2]
    ends = [
        NeedEnd(need, need.version, LENT_IN_2026, NeedOutcome.SERVED, MET)
        for need in loans.select_related("household", "kind")
    ]
    if ends:
        end_served_needs(ward=ward, ends=ends, by=by, source="command")
