"""What of a household's answer about its needs cannot be, and where the household stands. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from households.choices import NeedState
from povertyplan.core.text import formatting
from povertyplan.core.text.reasons import reason_fault

NOTHING_CHOSEN = "Đánh dấu ít nhất một nhu cầu, hoặc chọn “Không có nhu cầu”."
NONE_AND_SOME = "Đã chọn “Không có nhu cầu” thì không đánh dấu nhu cầu nào."
DAY_TO_COME = "Ngày hỏi không được sau ngày hôm nay."
END_TO_COME = "Ngày kết thúc không được sau ngày hôm nay."
REASON_MISSING = "Nhập lý do kết thúc."
FOR_PERSONS = "ghi theo từng người: chọn người có nhu cầu"
FOR_HOUSEHOLDS = "ghi cho cả hộ, không ghi theo từng người"
NOT_OFFERED = "không còn dùng"
NOT_A_MEMBER = "không phải thành viên của hộ vào ngày này"


@dataclass(frozen=True)
class HouseholdSpan:
    """When a household is in the register."""

    opened_on: date
    closed_on: date | None


@dataclass(frozen=True)
class NamedNeed:
    """One need of an answer, as the rules read it; `open_since` is that of the same open need."""

    name: str
    for_persons: bool
    is_offered: bool
    person_name: str = ""
    is_member: bool = True
    open_since: date | None = None


def household_faults(span: HouseholdSpan, asked_on: date, today: date) -> Iterator[str]:
    """Why a household cannot have answered on a day."""
    if span.closed_on is not None:
        yield f"Hộ đã ra khỏi sổ ngày {formatting.day(span.closed_on)}, không ghi nhu cầu được."
    if asked_on > today:
        yield DAY_TO_COME
    elif asked_on < span.opened_on:
        yield f"Hộ vào sổ ngày {formatting.day(span.opened_on)}, ngày hỏi phải từ ngày này."


def answer_faults(needs: list[NamedNeed], *, is_none: bool, still_open: int) -> Iterator[str]:
    """Why the needs that were named cannot be recorded together."""
    if is_none and needs:
        yield NONE_AND_SOME
    elif is_none and still_open:
        yield (
            f"Hộ còn {still_open} nhu cầu chưa kết thúc: kết thúc các nhu cầu đó "
            "rồi mới ghi không có nhu cầu."
        )
    elif not is_none and not needs:
        yield NOTHING_CHOSEN
    for need in needs:
        if fault := _need_fault(need):
            yield f"{need.name}{f' ({need.person_name})' if need.person_name else ''}: {fault}."


def _need_fault(need: NamedNeed) -> str:
    if not need.is_offered:
        return NOT_OFFERED
    if need.for_persons and not need.person_name:
        return FOR_PERSONS
    if need.person_name and not need.for_persons:
        return FOR_HOUSEHOLDS
    if not need.is_member:
        return NOT_A_MEMBER
    if need.open_since is not None:
        return f"đã ghi từ ngày {formatting.day(need.open_since)}, chưa kết thúc"
    return ""


def end_faults(asked_on: date, ended_on: date, today: date, reason: str) -> dict[str, str]:
    """Why a need cannot end so, by field."""
    faults = {}
    if ended_on > today:
        faults["on"] = END_TO_COME
    elif ended_on < asked_on:
        faults["on"] = f"Nhu cầu ghi từ ngày {formatting.day(asked_on)}, kết thúc phải từ ngày này."
    if fault := reason_fault(reason, REASON_MISSING):
        faults["reason"] = fault
    return faults


def need_state(*, last_answer: bool | None, open_needs: int) -> NeedState:
    """Where a household stands; one that nobody asked is not one without needs.

    ``last_answer`` is whether it named needs when it was last asked, None where it never was.
    """
    if open_needs:
        return NeedState.OPEN
    if last_answer is None:
        return NeedState.NOT_ASKED
    return NeedState.ENDED if last_answer else NeedState.NONE
