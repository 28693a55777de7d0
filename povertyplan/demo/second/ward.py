"""A second, small ward on the programme 2026-2035; all of it invented, and marked so.

It has no review, its classes come from a list: what it shows is two wards and two programmes side
by side. Nothing here is drawn by lot from the stream of the first ward, whose history stays what it
is.
"""

from datetime import date
from decimal import Decimal
from random import Random

from django.conf import settings
from django.core.management import call_command

from households.choices import PovertyClass
from households.models import Household, Membership
from households.register.services.members import member_left
from households.register.services.registering import register_household
from povertyplan.core import clock
from povertyplan.core.choices import AreaKind, Role
from povertyplan.core.models import Area, RoleGrant, Unit, User
from povertyplan.demo.needs import invent_needs
from povertyplan.demo.people import Inventor
from povertyplan.demo.services import keep_invented_list
from projects.choices import BudgetAct, BudgetKind, BudgetSource, UnitRole
from projects.models import ComponentProject, SupportKind, WardProject
from projects.money.services.entries import add_entry
from projects.programme.services.activities import ActivityInput, add_activity
from projects.programme.services.assignments import ProjectLine, assign_units
from projects.programme.services.ward_projects import WardProjectInput, take_on_project
from projects.rules.budget import BudgetDraft
from projects.support.services.gifts import SupportGift, SupportReasons, SupportReceiver
from projects.support.services.giving import give_support

WARD_FILE = settings.BASE_DIR / "fixtures" / "wards" / "xa-mau-2026-2035.yaml"
CODE, SEED = "00002", 2035
INVENTED = "Số liệu giả định của dữ liệu mẫu"
REGISTERED_ON, BEGUN_ON, GIVEN_ON = date(2025, 12, 31), date(2026, 2, 20), date(2026, 5, 12)
LISTED_IN, LISTED_ON = "MẪU-01/QĐ-UBND", date(2025, 12, 18)
LEFT_ON, AGAIN_ON, PROMISED_ON = date(2026, 8, 3), date(2026, 9, 10), date(2026, 10, 12)
VERIFIED = "Thôn họp xét, có biên bản (giả định)"
AGAIN = "Con giống đợt trước chết do dịch bệnh, thôn họp xét lại (giả định)"
CLASSES = (
    *([PovertyClass.POOR] * 9),
    *([PovertyClass.NEAR_POOR] * 14),
    *([PovertyClass.NOT_POOR] * 7),
)
LEAD, HELPS, GUIDES = UnitRole.LEAD.value, UnitRole.COORDINATING.value, UnitRole.GUIDING.value
PROGRAMME = "NTM-GN-DTTS-2026"
# Codes of the programme, with units by their short names.
PARTS = (
    ("1.3", (("KT", LEAD), ("MTTQ", HELPS))),
    ("1.4", (("VHXH", LEAD), ("KT", HELPS), ("MTTQ", HELPS))),
    ("1.8", (("MTTQ", LEAD), ("KT", GUIDES))),
)
MILLION = 1_000_000
MONEY = (
    ("1.3", BudgetAct.NEED, BudgetSource.CENTRAL, 320, date(2026, 1, 12), "6/BC-UBND"),
    ("1.3", BudgetAct.ASSIGNED, BudgetSource.CENTRAL, 280, date(2026, 2, 24), "31/QĐ-UBND"),
    ("1.3", BudgetAct.ALLOCATED, BudgetSource.CENTRAL, 280, date(2026, 3, 10), "40/QĐ-UBND"),
    ("1.3", BudgetAct.DISBURSED, BudgetSource.CENTRAL, 96, date(2026, 9, 22), "Chứng từ 77"),
    ("1.4", BudgetAct.ALLOCATED, BudgetSource.WARD, 18, date(2026, 3, 10), "40/QĐ-UBND"),
    ("1.4", BudgetAct.DISBURSED, BudgetSource.WARD, 21, date(2026, 10, 6), ""),
)
ACTIVITIES = (
    ("1.3", "Bàn giao con giống cho hộ tham gia", "KT", date(2026, 11, 20), 8, "hộ"),
    ("1.4", "Mở lớp dạy nghề ngắn hạn", "VHXH", date(2026, 12, 10), 1, "lớp"),
)


def invent_second_ward() -> Area:
    """Load the file of the ward, then what happened there, through the services."""
    call_command("load_ward", str(WARD_FILE), verbosity=0)
    ward = Area.objects.get(kind=AreaKind.WARD, code=CODE)
    officer = RoleGrant.objects.filter(role=Role.COORDINATOR, area=ward).earliest("pk").user
    _register(ward, officer)
    with clock.set_to(REGISTERED_ON):
        keep_invented_list(
            ward=ward, classed_on=REGISTERED_ON, number=LISTED_IN, decided_on=LISTED_ON, by=officer
        )
    projects = _projects(ward, officer)
    _money(projects, officer)
    invent_needs(ward=ward, by=officer)
    _supports(ward, projects, officer)
    return ward


def _register(ward: Area, by: User) -> None:
    inventor = Inventor(Random(SEED))  # noqa: S311 -- invented data must be the same every time
    inventor.numbered = 50_000  # citizen numbers that no invented person of the first ward has
    villages = list(Area.objects.villages_of(ward))
    with clock.set_to(REGISTERED_ON):
        for position, poverty_class in enumerate(CLASSES):
            village = villages[position % len(villages)]
            family = inventor.family(highland=position % 3 == 0)
            register_household(
                ward=ward,
                village=village,
                code=f"XM-{village.order:02}-{position + 1:03}",
                opened_on=REGISTERED_ON,
                members=family.members,
                no_labour_capacity=family.no_labour_capacity,
                address=f"Xóm {position % 4 + 1}, {village.name}",
                initial_class=poverty_class,
                by=by,
                source="command",
            )


def _projects(ward: Area, by: User) -> dict[str, WardProject]:
    units = {unit.short_name: unit for unit in Unit.objects.filter(ward=ward)}
    parts = ComponentProject.objects.filter(
        programme__code=PROGRAMME, code__in=[code for code, _ in PARTS]
    )
    by_code = {part.code: part for part in parts}
    taken = {}
    with clock.set_to(BEGUN_ON):
        for code, roles in PARTS:
            details = WardProjectInput(2026, 2030, objective=f"{INVENTED}.")
            project = take_on_project(
                ward=ward, project=by_code[code], details=details, by=by, source="command"
            )
            keys = tuple((units[name].pk, role) for name, role in roles)
            line = ProjectLine(project.project, seen=project.version, parts=keys)
            assign_units(
                ward=ward, year=2026, lines=[line], is_to_end=True, by=by, source="command"
            )
            taken[code] = WardProject.objects.select_related(
                "ward", "project__programme", "project__parent"
            ).get(pk=project.pk)
        for code, name, owner, due_on, quantity, unit in ACTIVITIES:
            planned = ActivityInput(
                f"{name} ({INVENTED.lower()})", Decimal(quantity), unit, units[owner], due_on
            )
            add_activity(
                ward_project=taken[code],
                year=2026,
                details=planned,
                key=None,
                by=by,
                source="command",
            )
    return taken


def _money(projects: dict[str, WardProject], by: User) -> None:
    for code, act, source, millions, dated, number in MONEY:
        draft = BudgetDraft(
            act=act,
            source=source,
            kind=BudgetKind.RECURRENT,
            year=2026,
            first_year=2026,
            amount=millions * MILLION,
            dated=dated,
            document_number=number,
            note=INVENTED,
        )
        add_entry(ward_project=projects[code], draft=draft, by=by, source="command")


def _supports(ward: Area, projects: dict[str, WardProject], by: User) -> None:
    """A batch, a second support with its reason, a promise, and persons of whom one left since."""
    households = list(Household.objects.filter(ward=ward).order_by("code")[:5])
    project = projects["1.3"]
    for kind, day, chosen, amount, is_delivered in (
        ("mo-hinh-giam-ngheo", GIVEN_ON, households, 12, True),
        ("san-xuat-cong-dong", AGAIN_ON, households[:1], 5, True),
        ("tin-dung", PROMISED_ON, households[1:3], 50, False),
    ):
        gift = SupportGift(
            kind=SupportKind.objects.get(code=kind),
            day=day,
            is_delivered=is_delivered,
            amount=amount * MILLION,
            source=BudgetSource.CENTRAL if is_delivered else BudgetSource.POLICY_CREDIT,
            document=INVENTED,
            ward_project=project if is_delivered else None,
        )
        _give(ward, gift, [SupportReceiver(household=each) for each in chosen], by)
    others = Membership.objects.filter(household__ward=ward, left_on=None, is_head=False)
    insured = list(others.select_related("household__ward", "person").order_by("pk")[:3])
    cards = SupportGift(
        SupportKind.objects.get(code="bhyt"), GIVEN_ON, is_delivered=True, quantity=Decimal(1)
    )
    _give(ward, cards, [SupportReceiver(each.household, each.person) for each in insured], by)
    leaver = insured[0]
    with clock.set_to(LEFT_ON):
        member_left(
            membership=leaver,
            on=LEFT_ON,
            version=leaver.household.version,
            by=by,
            source="command",
        )


def _give(ward: Area, gift: SupportGift, receivers: list[SupportReceiver], by: User) -> None:
    with clock.set_to(gift.day):
        give_support(
            ward=ward,
            gift=gift,
            receivers=receivers,
            reasons=SupportReasons(VERIFIED, AGAIN),
            by=by,
            source="command",
        )
