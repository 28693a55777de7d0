"""What an indicator reached in a year (kết quả thực hiện)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from povertyplan.core import clock
from povertyplan.core.journal import audit
from povertyplan.core.models import Area, User
from povertyplan.core.periods.locked import explain_lock, lock_of_day, lock_of_year
from povertyplan.core.platform import versions
from povertyplan.core.text import formatting
from povertyplan.core.text.reasons import reason_fault
from projects.choices import Measure
from projects.models import Actual, Indicator
from projects.rules.periods import day_fault, period_days, periods_of

COMPUTED = "Chỉ tiêu này được tính từ kết quả rà soát, không nhập tay."
WHOLE_MISSING = "Nhập tổng số từ 1 trở lên."
PART_ABOVE_WHOLE = "Số đạt không được lớn hơn tổng số."
NO_SUCH_PERIOD = "Chỉ tiêu này không có kỳ số liệu đó. Mở lại từ bảng chỉ tiêu."
REASON_ASKED = "Kiểm tra lại số vừa nhập; nếu đúng, ghi lý do khác với sổ rồi lưu lại."
ESTIMATED_LATE = "Kỳ đã hết ngày {day}: ghi kết quả thật, bỏ đánh dấu “Ước thực hiện”."
FUTURE_DAY = "Ngày số liệu không được sau hôm nay."


@audit.business_act(label="Báo cáo kết quả thực hiện chỉ tiêu")
def report_actual(
    *,
    indicator: Indicator,
    area: Area,
    year: int,
    numerator: int,
    denominator: int | None,
    as_of: date,
    is_estimate: bool,
    note: str,
    version: int | None,
    by: User,
    period: int = 1,
    evidence: str = "",
    ledger_reason: str = "",
    contradictions: Sequence[str] = (),
) -> Actual:
    """Save the figure of a period; `version` is None where the page showed none yet.

    `contradictions` say what in the ledger speaks against it: then it takes a reason.

    Raises ValidationError keyed by field for figures that cannot be, and StaleVersion when
    somebody saved another figure meanwhile; the same figure sent again changes nothing.
    """
    if sentence := explain_refusal(indicator, year):
        raise ValidationError(sentence, code="locked")
    if period not in periods_of(indicator.period):
        raise ValidationError(NO_SUCH_PERIOD)
    if faults := _faults(indicator, year, period, numerator, denominator, as_of):
        raise ValidationError(faults)
    if contradictions and (fault := reason_fault(ledger_reason, REASON_ASKED)):
        raise ValidationError({"ledger_reason": [*contradictions, fault]})
    values = {
        "numerator": numerator,
        "denominator": denominator,
        "as_of": as_of,
        "is_estimate": is_estimate,
        "evidence": evidence,
        "ledger_reason": ledger_reason if contradictions else "",
        "note": note,
    }
    key = {"indicator": indicator, "area": area, "year": year, "period": period}
    current = Actual.objects.filter(**key).first()
    # What was estimated in time stays.
    if is_estimate and not (current and current.is_estimate):
        _refuse_late_estimate(indicator, year, period)
    if current is not None and _holds(current, values):
        return current
    before = actual_text(current) if current else ""
    actual = _create(key, values) if version is None else _update(current, version, values)
    written = actual_text(actual)
    audit.record(
        actual, f"{actual}: {f'{before} → {written}' if before else written}", ward=indicator.ward
    )
    return actual


def explain_refusal(indicator: Indicator, year: int) -> str:
    """Why nothing of a year may be reported, in one sentence; empty when it may."""
    if indicator.query:
        return COMPUTED
    if lock := lock_of_year(indicator.ward, year):
        return explain_lock(lock)
    return ""


def _faults(
    indicator: Indicator,
    year: int,
    period: int,
    numerator: int,
    denominator: int | None,
    as_of: date,
) -> dict[str, str]:
    """What cannot be, one sentence a field."""
    faults = {}
    if indicator.measure == Measure.PERCENT and not denominator:
        faults["denominator"] = WHOLE_MISSING
    elif denominator is not None and numerator > denominator:
        faults["numerator"] = PART_ABOVE_WHOLE
    if as_of > clock.today():
        faults["as_of"] = FUTURE_DAY
    elif fault := day_fault(indicator.period, period, year, as_of):
        faults["as_of"] = fault
    elif lock := lock_of_day(indicator.ward, as_of):
        faults["as_of"] = explain_lock(lock)
    return faults


def _refuse_late_estimate(indicator: Indicator, year: int, period: int) -> None:
    last = period_days(indicator.period, period, year)[1]
    if clock.today() > last:
        day = formatting.day(last)
        raise ValidationError({"is_estimate": ESTIMATED_LATE.format(day=day)})


def _holds(current: Actual, values: Mapping[str, object]) -> bool:
    return all(getattr(current, name) == value for name, value in values.items())


def _create(key: Mapping[str, Any], values: Mapping[str, Any]) -> Actual:
    """The first figure of a period; whoever comes second has not seen it."""
    try:
        with transaction.atomic():
            return Actual.objects.create(ward=key["indicator"].ward, **key, **values)
    except IntegrityError as twice:
        found = Actual.objects.filter(**key).first()
        if found is None:
            raise
        raise versions.StaleVersion(found) from twice


def _update(current: Actual | None, version: int, values: Mapping[str, object]) -> Actual:
    if current is None:
        raise ValidationError(versions.FORGED_VERSION, code="version")
    return versions.update(current, version=version, **values)


def actual_text(actual: Actual) -> str:
    """A figure in one line: "132/138, đến ngày 31/12/2025, ước thực hiện"."""
    numbers = [actual.numerator] + ([] if actual.denominator is None else [actual.denominator])
    parts = ["/".join(map(formatting.number, numbers)), f"đến ngày {formatting.day(actual.as_of)}"]
    return ", ".join(parts + (["ước thực hiện"] if actual.is_estimate else []))
