"""Invented findings of supervision: one answered, one late, one that waits."""

from dataclasses import dataclass
from datetime import date

from households.models import Household
from povertyplan.core import clock
from povertyplan.core.choices import Role
from povertyplan.core.models import Area, RoleGrant, Unit, User
from projects.models import Indicator, WardProject
from reports.supervision.services import FindingInput, answer_finding, record_finding

ANSWER = "Đã đối chiếu sổ với danh sách ký nhận và bổ sung chữ ký còn thiếu (giả định)."


@dataclass(frozen=True)
class InventedFinding:
    """A finding with the short name of the unit asked; `answered_on` is None where none came."""

    model: type[Household] | type[Indicator] | type[WardProject]
    unit: str
    found_on: date
    reply_by: date
    text: str
    answered_on: date | None = None


FINDINGS = (
    InventedFinding(
        Household, "VHXH", date(2026, 8, 12), date(2026, 8, 31),
        "Hộ báo chưa ký nhận hỗ trợ đã ghi trong sổ (giả định).", date(2026, 8, 25),
    ),
    InventedFinding(
        Indicator, "KTHTĐT", date(2026, 9, 22), date(2026, 10, 10),
        "Số liệu chỉ tiêu chưa nêu nguồn và ngày chốt (giả định).",
    ),
    InventedFinding(
        WardProject, "KTHTĐT", date(2026, 11, 12), date(2026, 12, 15),
        "Danh sách hộ tham gia dự án chưa niêm yết tại một thôn (giả định).",
    ),
)  # fmt: skip


def invent_findings(*, ward: Area, officer: User) -> None:
    """Pin each for its unit, and answer one."""
    units = {unit.short_name: unit for unit in Unit.objects.filter(ward=ward)}
    grants = RoleGrant.objects.filter(role=Role.OBSERVER, area=ward)
    observer = grants.select_related("user").earliest("pk").user
    for each in FINDINGS:
        subject = each.model._default_manager.filter(ward=ward).earliest("pk")
        with clock.set_to(each.found_on):
            made = record_finding(
                ward=ward,
                given=FindingInput(
                    subject=subject,
                    year=each.found_on.year,
                    found_on=each.found_on,
                    text=each.text,
                    unit=units[each.unit],
                    reply_by=each.reply_by,
                ),
                by=User.objects.get(pk=observer.pk),  # whose roles are those of the day
                source="command",
            )
        if each.answered_on:
            with clock.set_to(each.answered_on):
                by = User.objects.get(pk=officer.pk)
                answer_finding(
                    finding=made, answer=ANSWER, version=made.version, by=by, source="command"
                )
