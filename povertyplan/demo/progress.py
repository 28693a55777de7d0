"""Invented progress reports: those of 2025 received, that of nine months of 2026 in every state.

Findings of supervision: one answered, one late, one that waits.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from households.models import Household
from povertyplan.core import clock
from povertyplan.core.choices import Role
from povertyplan.core.models import Area, RoleGrant, Unit, User
from projects.models import Indicator, WardProject
from reports.choices import ReportPart, ReportPeriod, UnitReportState
from reports.models import ReportingRule, ReportRequest, UnitReport
from reports.progress.calendar.dues import PeriodDraft, dues_of_year
from reports.progress.calendar.selectors import due_of
from reports.progress.calendar.services.periods import open_period
from reports.progress.calendar.services.sending import Sending, record_sending
from reports.progress.unit_reports.differences import FigureReply
from reports.progress.unit_reports.services.receiving import receive_report, return_report
from reports.progress.unit_reports.services.villages import send_village_part
from reports.progress.unit_reports.services.writing import fill_report, save_report, send_report
from reports.supervision.services import FindingInput, answer_finding, record_finding

NOTE = "Dữ liệu mẫu: lời văn và ngày gửi là giả định."
TEXTS = {
    "results": "Đã họp các thôn, tổ dân phố, thống nhất hộ tham gia và lịch thực hiện (giả định).",
    "difficulties": "Một số thôn ở xa, đường khó đi vào mùa mưa nên tập huấn chậm (giả định).",
    "proposals": "Đề nghị phân bổ kinh phí sớm hơn trong năm (giả định).",
}
OF_VILLAGE = {
    "results": "Đã họp thôn 2 lần, vận động 3 hộ đăng ký thoát nghèo (giả định).",
    "difficulties": "Đường vào khu sản xuất lầy lội mùa mưa (giả định).",
    "proposals": "Không có",
}
WHY_RETURNED = "Nêu rõ số lớp, số hộ tham gia."


@dataclass(frozen=True)
class InventedPeriod:
    """A period with the units asked, each with the state that its report reaches.

    `village` is the state of the part that the head of a village writes.
    """

    rule: str
    draft: PeriodDraft
    opened_on: date
    sent_on: date
    received_on: date
    units: tuple[tuple[str, UnitReportState], ...]
    village: UnitReportState


RECEIVED, SENT = UnitReportState.RECEIVED, UnitReportState.SENT
PERIODS = (
    InventedPeriod(
        "tien-do-nam",
        PeriodDraft(
            ReportPeriod.YEAR, 2025, 1, date(2025, 10, 31), date(2025, 11, 9), note=NOTE
        ),
        date(2025, 10, 20), date(2025, 11, 7), date(2025, 11, 11),
        (("KTHTĐT", RECEIVED), ("VHXH", RECEIVED)),
        RECEIVED,
    ),
    InventedPeriod(
        "tien-do-9-thang",
        PeriodDraft(
            ReportPeriod.NINE_MONTHS, 2026, 1, date(2026, 9, 30), date(2026, 10, 9), note=NOTE
        ),
        date(2026, 9, 15), date(2026, 10, 8), date(2026, 10, 12),
        (
            ("KTHTĐT", UnitReportState.RETURNED), ("VHXH", RECEIVED), ("MTTQ", SENT),
            ("VP", UnitReportState.DRAFTING), ("BCĐ", UnitReportState.NOT_BEGUN),
        ),
        UnitReportState.RETURNED,
    ),
    InventedPeriod(
        "tien-do-nam",
        PeriodDraft(
            ReportPeriod.YEAR, 2026, 1, date(2026, 10, 31), date(2026, 11, 25), note=NOTE
        ),
        date(2026, 11, 2), date(2026, 11, 16), date(2026, 11, 18),
        (("KTHTĐT", UnitReportState.DRAFTING), ("VHXH", RECEIVED)),
        UnitReportState.NOT_BEGUN,
    ),
)  # fmt: skip


def invent_unit_reports(*, ward: Area, officer: User) -> None:
    """Open the periods and take each report as far as its state."""
    units = {unit.short_name: unit for unit in Unit.objects.filter(ward=ward)}
    grants = RoleGrant.objects.filter(role=Role.UNIT_REPORTER, area=ward)
    writers = {grant.unit_id: grant.user for grant in grants.select_related("user")}
    heads = RoleGrant.objects.filter(role=Role.ENTRY_OFFICER, area__parent=ward)
    head = heads.select_related("user", "area").earliest("pk")
    for each in PERIODS:
        with clock.set_to(each.opened_on):
            rule = ReportingRule.objects.get(ward=None, code=each.rule)
            asked = [units[name] for name, _ in each.units]
            opened = open_period(
                ward=ward, draft=each.draft, units=asked, villages=[head.area], rule=rule, key=None,
                by=officer, source="command",
            )  # fmt: skip
        for name, state in each.units:
            if state != UnitReportState.NOT_BEGUN:
                report = _report(opened, units[name])
                _write(report, each, state, writers[units[name].pk])
                _answer(report, each, state, officer)
        if each.village != UnitReportState.NOT_BEGUN:
            part = UnitReport.objects.get(request=opened, village=head.area)
            _write_part(part, each, head.user)
            _answer(part, each, each.village, officer)


def _write_part(report: UnitReport, each: InventedPeriod, by: User) -> None:
    with clock.set_to(each.sent_on):
        send_village_part(
            report=report,
            texts=OF_VILLAGE,
            version=report.version,
            by=User.objects.get(pk=by.pk),
            source="command",
        )


MONTHLY = "ra-soat-thuong-xuyen"
LATE_MONTH, MISSING_MONTH = 5, 8


def invent_sent_reports(*, ward: Area, officer: User) -> None:
    """The monthly reports of 2026: in time, one late, one that nobody recorded."""
    rule = ReportingRule.objects.get(ward=None, code=MONTHLY)
    for due in dues_of_year(due_of(rule), 2026):
        if due.due_on is None or due.number == MISSING_MONTH:
            continue
        day = due.due_on + timedelta(days=4 if due.number == LATE_MONTH else -2)
        with clock.set_to(day):
            record_sending(
                ward=ward, rule=rule, due=due, sending=Sending(day, f"{due.number}/BC-UBND"),
                version=0, by=User.objects.get(pk=officer.pk), source="command",
            )  # fmt: skip


def _report(opened: ReportRequest, unit: Unit) -> UnitReport:
    return UnitReport.objects.get(request=opened, unit=unit)


def _write(report: UnitReport, each: InventedPeriod, state: UnitReportState, by: User) -> None:
    by = User.objects.get(pk=by.pk)  # whose roles are those of the day
    with clock.set_to(each.sent_on):
        report = fill_report(report=report, version=report.version, by=by, source="command")
        is_whole = state != UnitReportState.DRAFTING
        report = save_report(
            report=report,
            texts=TEXTS if is_whole else TEXTS | {"proposals": ""},
            replies={figure.pk: FigureReply("agreed") for figure in report.figures.all()},
            version=report.version,
            by=by,
            source="command",
        )
        if is_whole:
            send_report(report=report, version=report.version, by=by, source="command")


def _answer(report: UnitReport, each: InventedPeriod, state: UnitReportState, by: User) -> None:
    report.refresh_from_db()
    by = User.objects.get(pk=by.pk)
    version = report.version
    with clock.set_to(each.received_on):
        if state == UnitReportState.RECEIVED:
            receive_report(report=report, version=version, by=by, source="command")
        if state == UnitReportState.RETURNED:
            reasons = {ReportPart.RESULTS.value: WHY_RETURNED}
            return_report(report=report, reasons=reasons, version=version, by=by, source="command")


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
