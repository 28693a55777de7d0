"""Reported figures of indicators from a file, compared with the ledger as on the page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError

from povertyplan.core import clock, locks
from povertyplan.core.journal import audit
from povertyplan.core.models import Area, User
from povertyplan.core.registers.resources import ReadLine
from povertyplan.core.registers.writing import FaultsOfLines, LineChange, RowOutcome
from projects.choices import Measure
from projects.models import Actual, Indicator, Target
from projects.rules.periods import period_label, periods_of
from projects.targets.services.actuals import actual_text, report_actual
from reports.targets.contradictions import contradictions
from reports.targets.selectors import may_report

COLUMNS = {
    "indicator": "Mã chỉ tiêu",
    "year": "Năm",
    "period": "Kỳ",
    "numerator": "Kết quả, số đạt",
    "denominator": "Tổng số",
    "as_of": "Số liệu đến ngày",
    "is_estimate": "Ước thực hiện",
    "evidence": "Văn bản, minh chứng",
    "ledger_reason": "Lý do khác với sổ",
    "note": "Ghi chú",
    "denied": "Mã chỉ tiêu",
}
NAMED_TWICE = "Kết quả này đã có ở dòng {line}."
NOT_PROMISED = "Năm {year} không giao chỉ tiêu này."
YEAR_TO_COME = "Năm {year} chưa đến."
PERIOD_MISSING = "Ghi kỳ từ 1 đến {last}."
NO_WHOLE = "Chỉ tiêu đếm số lượng, không có tổng số."
DAY_MISSING = "Nhập ngày của số liệu."
OTHERS = "Chỉ tiêu do đơn vị khác theo dõi."
NOT_REPORTED = "chưa có số liệu, giữ nguyên"
KEPT_WHERE_EMPTY = ("evidence", "ledger_reason", "note")
Key = tuple[int, int, int | None]


@dataclass(frozen=True)
class ListedActual:
    """A reported figure as a line of a file has it; without one the line leaves all as it is."""

    indicator: Indicator
    year: int
    period: int | None
    figures: Mapping[str, Any]

    @property
    def is_empty(self) -> bool:
        return self.figures["numerator"] is None

    @property
    def number(self) -> int | None:
        """The period, which need not be said where the year is one."""
        periods = periods_of(self.indicator.period)
        return self.period or (1 if len(periods) == 1 else None)


@audit.business_act(label="Nhập kết quả chỉ tiêu từ Excel", source="import")
def import_actuals(
    *, ward: Area, lines: Sequence[ReadLine[ListedActual]], by: User
) -> list[RowOutcome]:
    """Report the figures of a file, all or none. A figure that stands is replaced and kept in the
    journal.

    Raises ValidationError with a sentence for each fault of each line.
    """
    locks.wait_turn("import", f"actuals {ward.pk}")
    known, promised = _known(ward), _promised(ward)
    faults, outcomes, seen = FaultsOfLines(COLUMNS), list[RowOutcome](), dict[Key, int]()
    for each in lines:
        listed = each.subject
        key = (listed.indicator.pk, listed.year, listed.number)
        first = seen.setdefault(key, each.line)
        if first != each.line and not listed.is_empty:
            fault = NAMED_TWICE.format(line=first)
            faults.note(each.line, ValidationError({"indicator": fault}))
            continue
        is_promised = (listed.indicator.pk, listed.year) in promised
        write = partial(_write, each, known.get(key), by, is_promised=is_promised)
        outcome = faults.attempt(each.line, write)
        if outcome is not None:
            outcomes.append(outcome)
    faults.refuse()
    return outcomes


def _known(ward: Area) -> dict[Key, Actual]:
    rows = Actual.objects.filter(ward=ward, area=ward)
    return {(row.indicator_id, row.year, row.period): row for row in rows}


def _promised(ward: Area) -> set[tuple[int, int]]:
    found = Target.objects.in_force().filter(ward=ward, area=ward)
    return set(found.values_list("indicator_id", "year"))


def _write(
    each: ReadLine[ListedActual], current: Actual | None, by: User, *, is_promised: bool
) -> RowOutcome:
    listed = each.subject
    text = f"{listed.indicator}, {_period_words(listed)}"
    if listed.is_empty:
        return RowOutcome(each.line, LineChange.SAME, f"{text}: {NOT_REPORTED}")
    figures = _filled(listed.figures, current)
    if current is not None and _says(current) == figures:
        return RowOutcome(each.line, LineChange.SAME, text)
    if not may_report(by, listed.indicator):
        raise PermissionDenied(OTHERS)
    if faults := _faults(listed, is_promised=is_promised):
        raise ValidationError(faults)
    before = actual_text(current) if current else ""
    written = _report(listed, figures, current, by)
    if current is None:
        return RowOutcome(each.line, LineChange.ADDED, f"{text}: {actual_text(written)}")
    summary = f"{before} → {actual_text(written)}"
    return RowOutcome(each.line, LineChange.CHANGED, text, detail=summary)


def _report(
    listed: ListedActual, figures: Mapping[str, Any], current: Actual | None, by: User
) -> Actual:
    indicator = listed.indicator
    against = contradictions(
        indicator=indicator,
        year=listed.year,
        numerator=figures["numerator"],
        denominator=figures["denominator"],
        today=clock.today(),
    )
    return report_actual(
        indicator=indicator,
        area=indicator.ward,
        year=listed.year,
        period=listed.number or 0,
        contradictions=against,
        version=current.version if current else None,
        by=by,
        **figures,
    )


def _faults(listed: ListedActual, *, is_promised: bool) -> dict[str, str]:
    faults = {}
    if listed.year > clock.today().year:
        faults["year"] = YEAR_TO_COME.format(year=listed.year)
    elif not is_promised:
        faults["year"] = NOT_PROMISED.format(year=listed.year)
    periods = periods_of(listed.indicator.period)
    if listed.number not in periods:
        faults["period"] = PERIOD_MISSING.format(last=periods[-1])
    if listed.indicator.measure == Measure.COUNT and listed.figures["denominator"] is not None:
        faults["denominator"] = NO_WHOLE
    if not isinstance(listed.figures["as_of"], date):
        faults["as_of"] = DAY_MISSING
    return faults


def _filled(figures: Mapping[str, Any], current: Actual | None) -> dict[str, Any]:
    """What a line says; its texts stay where it says nothing of them."""
    if current is None:
        return dict(figures)
    kept = {name: getattr(current, name) for name in KEPT_WHERE_EMPTY if not figures[name]}
    return {**figures, **kept}


def _says(current: Actual) -> dict[str, Any]:
    names = (
        "numerator", "denominator", "as_of", "is_estimate", "evidence", "ledger_reason", "note",
    )  # fmt: skip
    return {name: getattr(current, name) for name in names}


def _period_words(listed: ListedActual) -> str:
    number, kind = listed.number, listed.indicator.period
    if number is not None and number in periods_of(kind):
        return period_label(kind, number, listed.year)
    return f"năm {listed.year}"
