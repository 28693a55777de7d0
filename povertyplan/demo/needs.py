"""Needs and pledges in the demonstration, all invented: some asked, some not, some served since.

Nothing here is drawn by lot, so that the invented history stays what it is.
"""

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet

from households.asking.services import NeedAnswer, NeedNamed, record_needs
from households.choices import NeedOutcome, NeedSource, PovertyClass
from households.ledger.selectors.members import memberships_on
from households.models import Household, HouseholdStatus, NeedKind, Person, SupportNeed
from households.needs.selectors.lists import groups_to_ask
from households.needs.services.ending import NeedEnd, end_served_needs
from households.needs.services.kinds import NeedKindInput, add_need_kind
from households.pledges.services.helping import (
    HelperInput,
    VisitInput,
    assign_helper,
    record_visit,
)
from households.pledges.services.pledging import PledgeInput, pledge_escape
from povertyplan.core import clock
from povertyplan.core.choices import Role
from povertyplan.core.models import Area, RoleGrant, User

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
PLEDGED_IN_2026 = date(2026, 2, 2)
# What they commit themselves to, who helps (name, organisation, task) and when they were visited.
PLEDGED_AS = (
    (
        "Nuôi thêm hai con bò\nSửa nhà tiêu hợp vệ sinh",
        ("Lê Thị Hoa", "Hội Nông dân", "Hướng dẫn chăn nuôi, làm hồ sơ vay vốn"),
        date(2026, 10, 6),
    ),
    (
        "Con trai học nghề sửa chữa máy",
        ("Lê Thị Hoa", "Hội Nông dân", "Giới thiệu nơi học nghề, nơi làm việc"),
        date(2026, 5, 12),
    ),
    (
        "Trồng 0,3 ha cà phê xen cây ăn quả",
        ("Nguyễn Văn Bình", "Hội Cựu chiến binh", "Hướng dẫn kỹ thuật, giúp ngày công"),
        None,
    ),
    ("Vợ chồng đi làm công ty, trả nợ đúng hạn", None, None),
    # The last is near-poor, of a village whose head enters the forms.
    (
        "Nuôi gà thả vườn, vay vốn đúng mục đích",
        ("Nguyễn Văn Bình", "Hội Cựu chiến binh", "Hướng dẫn kỹ thuật, giúp ngày công"),
        date(2026, 9, 8),
    ),
)
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


def invent_pledges(*, ward: Area, by: User) -> None:
    """Some households register for the year: helped and visited, helped only, neither."""
    # The reviews of the year never move the same ones: every third is as good as a lot.
    poor = _in_class(ward, PovertyClass.POOR)[::3]
    officers = RoleGrant.objects.filter(role=Role.ENTRY_OFFICER, area__parent=ward)
    of_officers = _in_class(ward, PovertyClass.NEAR_POOR).filter(
        village__in=officers.values("area")
    )
    households = [*poor[: len(PLEDGED_AS) - 1], *of_officers[:1]]
    for household, (commitment, helper, visited_on) in zip(households, PLEDGED_AS, strict=False):
        with clock.set_to(PLEDGED_IN_2026):
            details = PledgeInput(2026, PLEDGED_IN_2026, commitment, f"Vay vốn. {INVENTED}.")
            pledge = pledge_escape(household=household, details=details, by=by, source="command")
            if helper:
                assigned = HelperInput(*helper, from_on=PLEDGED_IN_2026)
                assign_helper(pledge=pledge, details=assigned, by=by, source="command")
        if visited_on:
            with clock.set_to(visited_on):
                visit = VisitInput(visited_on, f"Hộ đang làm như đã cam kết. {INVENTED}.")
                record_visit(pledge=pledge, details=visit, by=by, source="command")


def _in_class(ward: Area, poverty_class: PovertyClass) -> QuerySet[Household]:
    """Households of a class on the day of the pledges, by code."""
    spells = HouseholdStatus.objects.in_force(on=PLEDGED_IN_2026).filter(
        ward=ward, poverty_class=poverty_class, household__closed_on=None
    )
    return Household.objects.filter(pk__in=spells.values("household")).order_by("code")


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
