"""Who may be listed as a low-income worker (lao động có thu nhập thấp). Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from households.choices import LISTED, PovertyClass, WorkerStanding
from povertyplan.core.text import formatting

DAY_TO_COME = "Ngày này chưa đến."
NO_TERM = "Không có quy định về người lao động có thu nhập thấp vào ngày này."
DOCUMENT_MISSING = "Nhập số, ngày văn bản xác định."
NOT_A_MEMBER = "Không phải thành viên của hộ vào ngày này."
IN_A_LISTED = "Hộ đang là {label}: người của hộ nghèo, cận nghèo đã thuộc diện khác."
BEFORE_END = "Người này đã ở trong danh sách đến ngày {day}: không xác định lại từ trước ngày đó."
LISTED_ALREADY = "Người này đang trong danh sách từ ngày {day}."


class IncomeTerm(Protocol):
    """What the rules read of a term; see `LowIncomeTerm`."""

    valid_from: date
    valid_to: date | None


@dataclass(frozen=True)
class WorkerFacts:
    """What the register knows of somebody on a day; no class at all is not known."""

    is_member: bool
    poverty_class: str = ""
    listed_since: date | None = None
    ended_on: date | None = None


def holds_on(terms: Iterable[IncomeTerm], day: date) -> bool:
    """Whether the law knows low-income workers on a day."""
    return any(
        each.valid_from <= day and (each.valid_to is None or day <= each.valid_to) for each in terms
    )


def worker_standing(*, law_holds: bool, is_member: bool, is_listed: bool) -> WorkerStanding:
    """Whether somebody of the list counts on a day, or why not."""
    if not law_holds:
        return WorkerStanding.NO_TERM
    if not is_member:
        return WorkerStanding.NO_MEMBER
    return WorkerStanding.IN_A_LISTED if is_listed else WorkerStanding.COUNTS


def worker_faults(
    facts: WorkerFacts, *, day: date, document: str, terms: Iterable[IncomeTerm], today: date
) -> dict[str, str]:
    """Everything that a recognition cannot be, by field."""
    faults = {}
    if day > today:
        faults["recognised_on"] = DAY_TO_COME
    elif not holds_on(terms, day):
        faults["recognised_on"] = NO_TERM
    elif facts.ended_on is not None and day < facts.ended_on:
        faults["recognised_on"] = BEFORE_END.format(day=formatting.day(facts.ended_on))
    if not document:
        faults["document"] = DOCUMENT_MISSING
    if facts.listed_since is not None:
        faults["person"] = LISTED_ALREADY.format(day=formatting.day(facts.listed_since))
    elif not facts.is_member:
        faults["person"] = NOT_A_MEMBER
    elif facts.poverty_class in LISTED:
        label = PovertyClass(facts.poverty_class).label.lower()
        faults["person"] = IN_A_LISTED.format(label=label)
    return faults
