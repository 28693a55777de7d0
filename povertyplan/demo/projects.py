"""Invented assignments and activities of 2026 beside those of the plan, so that each state shows.

Nothing of it comes from a real ward; what is invented says so in its name or evidence.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from povertyplan.core import clock
from povertyplan.core.models import Area, Unit, User
from projects.choices import UnitRole
from projects.models import ComponentProject, WardProject
from projects.programme.services.activities import (
    ActivityInput,
    ActivityResult,
    add_activity,
    report_activity,
)
from projects.programme.services.assignments import ProjectLine, assign_units

YEAR = 2026
INVENTED = "số liệu giả định của dữ liệu mẫu"
OLD, MERGED, POLICIES = "GNBV-2021-2025", "NTM-GN-DTTS-2026", "CHINH-SACH-CHUNG"
LEAD, HELPS, GUIDES = UnitRole.LEAD.value, UnitRole.COORDINATING.value, UnitRole.GUIDING.value

# Programme, code, and the units by their short names, or words.
TAKEN_ON = (
    (OLD, "4.3", (("VHXH", LEAD), ("KTHTĐT", HELPS), ("các tổ chức hội", HELPS))),
    (MERGED, "1.4", (("VHXH", LEAD), ("MTTQ", HELPS), ("BCĐ", GUIDES))),
    (POLICIES, "6", (("MTTQ", LEAD), ("KTHTĐT", HELPS))),
)


@dataclass(frozen=True)
class InventedActivity:
    """An activity of a project of the old programme; `done_on` where it is done."""

    code: str
    name: str
    owner: str
    due_on: date | None
    quantity: int = 0
    quantity_unit: str = ""
    done_on: date | None = None
    done_quantity: int = 0


ACTIVITIES = (
    InventedActivity(
        "2", "Họp thôn chọn hộ tham gia mô hình", "KTHTĐT", date(2026, 4, 30), 4, "cuộc",
        date(2026, 4, 24), 4,
    ),
    InventedActivity(
        "2", "Tập huấn kỹ thuật chăn nuôi cho hộ tham gia", "KTHTĐT", date(2026, 6, 30), 2, "lớp",
        date(2026, 7, 8), 2,
    ),
    InventedActivity("2", "Bàn giao con giống", "KTHTĐT", date(2026, 11, 10), 21, "hộ"),
    InventedActivity("2", "Nghiệm thu mô hình", "KTHTĐT", date(2026, 12, 18), 1, "mô hình"),
    InventedActivity("3.2", "Cân đo trẻ dưới 16 tuổi của hộ nghèo", "VHXH", date(2026, 11, 25)),
    InventedActivity("6.2", "Nói chuyện chuyên đề ở thôn, tổ dân phố", "VHXH", None, 24, "buổi"),
)  # fmt: skip


def invent_projects(*, ward: Area, officer: User) -> None:
    """Assign units to more projects of the year, and plan activities of those of the plan."""
    units = {unit.short_name: unit for unit in Unit.objects.filter(ward=ward)}
    with clock.set_to(date(YEAR, 2, 16)):
        lines = [_line(programme, code, parts, units) for programme, code, parts in TAKEN_ON]
        assign_units(ward=ward, year=YEAR, lines=lines, by=officer, source="command")
    rows = WardProject.objects.of_year(ward, YEAR).filter(project__programme__code=OLD)
    projects = {row.project.code: row for row in rows.select_related("ward", "project")}
    for each in ACTIVITIES:
        _plan(projects[each.code], each, units[each.owner], officer)


def _line(programme, code, parts, units) -> ProjectLine:
    project = ComponentProject.objects.get(programme__code=programme, code=code)
    named = tuple(
        (units[name].pk if name in units else f"{name} ({INVENTED})", role) for name, role in parts
    )
    return ProjectLine(project, seen=0, parts=named)


def _plan(ward_project: WardProject, each: InventedActivity, owner: Unit, by: User) -> None:
    details = ActivityInput(
        name=f"{each.name} ({INVENTED})",
        quantity=Decimal(each.quantity) if each.quantity else None,
        quantity_unit=each.quantity_unit,
        owner=owner,
        due_on=each.due_on,
    )
    activity = add_activity(
        ward_project=ward_project, year=YEAR, details=details, key=None, by=by, source="command"
    )
    if each.done_on:
        result = ActivityResult(each.done_on, Decimal(each.done_quantity), "Biên bản lưu tại phòng")
        report_activity(activity=activity, result=result, version=1, by=by, source="command")
