"""Livelihood projects: which step comes next, what a step cannot be, how far one is. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from households.rules.working_days import WorkingCalendar, after_working_days
from povertyplan.core.text import formatting
from projects.choices import LivelihoodStage, LivelihoodState

DAY_TO_COME = "Ngày này chưa đến."
LONG_BEFORE = "Mô hình bắt đầu từ năm {year}: ngày này sớm hơn quá một năm, kiểm tra lại."
NOT_NEXT = "Bước tiếp theo là “{stage}”."
ALL_DONE = "Mô hình đã kết thúc, không còn bước nào."
BEFORE_LAST = "Bước “{stage}” là ngày {day}: ngày của bước sau không được trước ngày đó."
DOCUMENT_MISSING = "Nhập số, ngày văn bản hoặc biên bản của bước này."
NOBODY_JOINED = "Ghi ít nhất một hộ, một bên tham gia trước khi thẩm định."
EARLY = (
    "Công khai đến hết ngày {day} mới đủ {days} ngày làm việc: nêu lý do phê duyệt sớm vào ghi chú."
)
DAYS_NOT_KNOWN = (
    "Chưa rõ phải công khai bao nhiêu ngày trước khi phê duyệt: xem văn bản áp dụng cho nguồn vốn, "
    "nhập ở Thủ tục dự án sản xuất."
)
WITH_DOCUMENT = (LivelihoodStage.MEETING, LivelihoodStage.ASSESSED, LivelihoodStage.APPROVED)
DECIDED = (LivelihoodStage.APPROVED, LivelihoodStage.FINISHED)


class ProcedureTerms(Protocol):
    """What the rules read of a procedure; see `LivelihoodProcedure`."""

    asks_meeting: bool
    posting_days: int | None
    public_days: int | None
    least_beneficiaries: int | None


@dataclass(frozen=True)
class StepDraft:
    """A step as somebody writes it."""

    stage: LivelihoodStage
    on: date
    document: str = ""
    note: str = ""


def stages_asked(procedure: ProcedureTerms | None) -> list[LivelihoodStage]:
    """The steps of a procedure in their order; one that is not known asks for all."""
    without = procedure is not None and not procedure.asks_meeting
    return [each for each in LivelihoodStage if each != LivelihoodStage.MEETING or not without]


def next_stage(
    done: Mapping[str, date], procedure: ProcedureTerms | None
) -> LivelihoodStage | None:
    return next((each for each in stages_asked(procedure) if each not in done), None)


def public_until(
    posted_on: date, procedure: ProcedureTerms | None, calendar: WorkingCalendar
) -> date | None:
    """The last day of the days in public; None where nobody knows how many there are."""
    if procedure is None or not procedure.public_days:
        return None
    return after_working_days(posted_on, procedure.public_days, calendar)


def post_until(
    assessed_on: date, procedure: ProcedureTerms | None, calendar: WorkingCalendar
) -> date | None:
    """The last day for putting the result up; None where nobody knows how many days there are."""
    if procedure is None or not procedure.posting_days:
        return None
    return after_working_days(assessed_on, procedure.posting_days, calendar)


def step_faults(
    draft: StepDraft,
    *,
    done: Mapping[str, date],
    procedure: ProcedureTerms | None,
    calendar: WorkingCalendar,
    members: int,
    first_year: int,
    today: date,
) -> dict[str, str]:
    """Everything that a step cannot be, by field; the term begins with `first_year`."""
    faults = {}
    expected = next_stage(done, procedure)
    if draft.stage != expected:
        faults["stage"] = NOT_NEXT.format(stage=expected.label) if expected else ALL_DONE
    if draft.on > today:
        faults["on"] = DAY_TO_COME
    elif draft.on.year < first_year - 1:
        faults["on"] = LONG_BEFORE.format(year=first_year)
    elif done and draft.on < max(done.values()):
        last = max(done, key=lambda stage: done[stage])
        day = formatting.day(done[last])
        faults["on"] = BEFORE_LAST.format(stage=LivelihoodStage(last).label, day=day)
    if draft.stage in WITH_DOCUMENT and not draft.document:
        faults["document"] = DOCUMENT_MISSING
    if draft.stage == LivelihoodStage.ASSESSED and not members:
        faults.setdefault("stage", NOBODY_JOINED)
    if sentence := _early(draft, done, procedure, calendar):
        faults["note"] = sentence
    return faults


def _early(
    draft: StepDraft,
    done: Mapping[str, date],
    procedure: ProcedureTerms | None,
    calendar: WorkingCalendar,
) -> str:
    """An approval while the result is still in public takes a reason."""
    posted = done.get(LivelihoodStage.POSTED)
    if draft.stage != LivelihoodStage.APPROVED or posted is None or draft.note:
        return ""
    until = public_until(posted, procedure, calendar)
    if until is None or draft.on > until:
        return ""
    days = procedure.public_days if procedure else None
    return EARLY.format(day=formatting.day(until), days=days)


def livelihood_state(
    done: Mapping[str, date],
    *,
    stopped_on: date | None,
    procedure: ProcedureTerms | None,
    calendar: WorkingCalendar,
    today: date,
) -> LivelihoodState:
    """How far one is on a day."""
    if stopped_on is not None:
        return LivelihoodState.STOPPED
    if LivelihoodStage.FINISHED in done:
        return LivelihoodState.FINISHED
    if LivelihoodStage.APPROVED in done:
        return LivelihoodState.RUNNING
    posted = done.get(LivelihoodStage.POSTED)
    if posted is None:
        return LivelihoodState.PREPARED
    until = public_until(posted, procedure, calendar)
    return (
        LivelihoodState.IN_PUBLIC
        if until is not None and today <= until
        else LivelihoodState.AWAITED
    )


def counts_in_year(
    done: Mapping[str, date],
    *,
    years: tuple[int, int],
    stopped_on: date | None,
    year: int,
    until: date,
) -> bool:
    """Whether one was carried out in a year of its term: approved by then, not ended before."""
    approved = done.get(LivelihoodStage.APPROVED)
    if approved is None or approved > until or approved.year > year:
        return False
    if not years[0] <= year <= years[1]:
        return False
    ends = [each for each in (done.get(LivelihoodStage.FINISHED), stopped_on) if each is not None]
    return all(each.year >= year for each in ends)


def warnings_of(
    done: Mapping[str, date],
    *,
    procedure: ProcedureTerms | None,
    calendar: WorkingCalendar,
    beneficiaries: int,
    members: int,
) -> list[str]:
    """What should be looked at: nothing of it is refused."""
    return [
        sentence
        for sentence in (
            _late_posting(done, procedure, calendar),
            _approved_early(done, procedure, calendar),
            _days_not_known(done, procedure),
            _share(procedure, beneficiaries, members),
        )
        if sentence
    ]


def _late_posting(
    done: Mapping[str, date], procedure: ProcedureTerms | None, calendar: WorkingCalendar
) -> str:
    assessed, posted = done.get(LivelihoodStage.ASSESSED), done.get(LivelihoodStage.POSTED)
    due = post_until(assessed, procedure, calendar) if assessed else None
    if procedure is None or due is None or not posted or posted <= due:
        return ""
    days = f"{formatting.day(due)} là hạn {procedure.posting_days} ngày làm việc"
    return f"Kết quả công khai sau ngày {days}."


def _approved_early(
    done: Mapping[str, date], procedure: ProcedureTerms | None, calendar: WorkingCalendar
) -> str:
    posted, approved = done.get(LivelihoodStage.POSTED), done.get(LivelihoodStage.APPROVED)
    if posted is None or approved is None:
        return ""
    until = public_until(posted, procedure, calendar)
    if until is None or approved > until:
        return ""
    return f"Phê duyệt khi chưa công khai đủ ngày (đến hết ngày {formatting.day(until)})."


def _days_not_known(done: Mapping[str, date], procedure: ProcedureTerms | None) -> str:
    """Asked of an approval: how long the result has to be in public is a setting still to fill."""
    if LivelihoodStage.APPROVED not in done or (procedure and procedure.public_days):
        return ""
    return DAYS_NOT_KNOWN


def _share(procedure: ProcedureTerms | None, beneficiaries: int, members: int) -> str:
    least = procedure.least_beneficiaries if procedure else None
    if not least or not members or beneficiaries * 100 >= least * members:
        return ""
    return (
        f"{beneficiaries}/{members} thành viên là hộ nghèo, cận nghèo, mới thoát nghèo: "
        f"dưới {least}%."
    )
