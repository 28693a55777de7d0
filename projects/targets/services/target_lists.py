"""Targets from a file: those that are new are set, of others what differs is revised."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from django.core.exceptions import ValidationError

from povertyplan.core import locks
from povertyplan.core.journal import audit
from povertyplan.core.models import Area, User
from povertyplan.core.periods import years
from povertyplan.core.registers.resources import ReadLine
from povertyplan.core.registers.writing import FaultsOfLines, LineChange, RowOutcome
from povertyplan.core.text.vietnamese import normalise_text
from projects.choices import Measure
from projects.models import Indicator, Target
from projects.rules.promises import Promise, promise_faults
from projects.targets.selectors import targets_of
from projects.targets.services.targets import (
    REASON_MISSING,
    PromisedTarget,
    promise_of,
    promise_text,
    set_targets,
)

COLUMNS = {
    "indicator": "Mã chỉ tiêu",
    "year": "Năm",
    "operator": "Ràng buộc",
    "low": "Giá trị",
    "high": "Đến",
    "rate_operator": "Ràng buộc của tỷ lệ",
    "rate": "Tỷ lệ (%)",
    "note": "Nội dung, ghi chú",
    "assigned_by": "Cấp giao, văn bản giao",
    "reason": "Lý do điều chỉnh",
}
NAMED_TWICE = "Chỉ tiêu này của năm {year} đã có ở dòng {line}."
OUT_OF_REACH = "Chỉ giao được chỉ tiêu của năm từ {first} đến {last}."
NOT_PROMISED = "không giao, giữ nguyên"
KEPT_WHERE_EMPTY = ("note", "assigned_by")


@dataclass(frozen=True)
class ListedTarget:
    """A target as a line of a file has it; a line without a promise leaves all as it is."""

    indicator: Indicator
    year: int
    promise: Promise
    reason: str


@audit.business_act(label="Nhập chỉ tiêu từ Excel", source="import")
def import_targets(
    *, ward: Area, lines: Sequence[ReadLine[ListedTarget]], by: User
) -> list[RowOutcome]:
    """Set and revise the targets of a file, all or none; a revision takes the reason of its line.

    Raises ValidationError with a sentence for each fault of each line.
    """
    locks.wait_turn("import", f"targets {ward.pk}")
    standing = targets_of(ward)
    faults, outcomes = FaultsOfLines(COLUMNS), list[RowOutcome]()
    seen: dict[tuple[int, int], int] = {}
    for each in lines:
        key = (each.subject.indicator.pk, each.subject.year)
        if (first := seen.setdefault(key, each.line)) != each.line:
            fault = NAMED_TWICE.format(year=each.subject.year, line=first)
            faults.note(each.line, ValidationError({"indicator": fault}))
            continue
        outcome = faults.attempt(each.line, partial(_write, ward, each, standing.get(key), by))
        if outcome is not None:
            outcomes.append(outcome)
    faults.refuse()
    return outcomes


def _write(
    ward: Area, each: ReadLine[ListedTarget], current: Target | None, by: User
) -> RowOutcome:
    listed, said = each.subject, each.subject.promise
    text = f"{listed.indicator}, năm {listed.year}"
    if replace(said, assigned_by="").is_empty:
        return RowOutcome(each.line, LineChange.SAME, f"{text}: {NOT_PROMISED}")
    promise = _filled(said, current)
    if current is not None and promise == promise_of(current):
        return RowOutcome(each.line, LineChange.SAME, text)
    if faults := _faults(listed, promise, current):
        raise ValidationError(faults)
    target = PromisedTarget(listed.indicator, promise, current.pk if current else None)
    set_targets(ward=ward, year=listed.year, targets=[target], reason=listed.reason, by=by)
    words = _words(promise, listed.indicator)
    if current is None:
        return RowOutcome(each.line, LineChange.ADDED, f"{text}: {words}")
    summary = f"{_words(promise_of(current), listed.indicator)} → {words}. Lý do: {listed.reason}"
    return RowOutcome(each.line, LineChange.CHANGED, text, detail=summary)


def _filled(said: Promise, current: Target | None) -> Promise:
    """What a line promises; who assigned it and the note stay where it says nothing of them."""
    if current is None:
        return said
    kept = {name: getattr(current, name) for name in KEPT_WHERE_EMPTY if not getattr(said, name)}
    return replace(said, **kept)


def _faults(listed: ListedTarget, promise: Promise, current: Target | None) -> dict[str, str]:
    """What cannot be, by the names of the columns."""
    is_count = listed.indicator.measure == Measure.COUNT
    faults = promise_faults(promise, is_count=is_count)
    if not years.is_in_reach(listed.year):
        first, last = years.years_in_reach()
        faults["year"] = OUT_OF_REACH.format(first=first, last=last)
    if current is not None and not normalise_text(listed.reason):
        faults["reason"] = REASON_MISSING
    return faults


def _words(promise: Promise, indicator: Indicator) -> str:
    """What is promised, with who assigned it."""
    given = f" ({promise.assigned_by})" if promise.assigned_by else ""
    return f"{promise_text(promise, indicator)}{given}"
