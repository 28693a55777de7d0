"""From where an indicator is measured under another poverty standard, and why."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from households.models import PovertyStandard
from povertyplan.core import clock
from povertyplan.core.journal import audit
from povertyplan.core.models import User
from povertyplan.core.platform import versions
from povertyplan.core.text import formatting
from povertyplan.core.text.vietnamese import normalise_text
from projects.choices import Measure
from projects.models import Indicator
from projects.rules.promises import NOT_WHOLE, OVER_HUNDRED, RATE_OF_A_RATE
from reports.models import StandardBaseline

REASON_MISSING = "Nêu lý do, căn cứ của số gốc."
DAY_TO_COME = "Ngày số liệu không được sau hôm nay."
SEEN_OTHER = "Số gốc theo chuẩn này vừa được ghi. Xem lại rồi lưu."


@dataclass(frozen=True)
class BaselineInput:
    """A figure of a standard, with the rate beside a count."""

    standard: PovertyStandard
    value: Decimal
    rate: Decimal | None
    as_of: date
    reason: str


@audit.business_act(label="Ghi số gốc theo chuẩn nghèo")
def set_standard_baseline(
    *, indicator: Indicator, details: BaselineInput, version: int | None, by: User
) -> StandardBaseline:
    """Record or change the baseline; the history keeps what stood there.

    Raises ValidationError keyed by field, and StaleVersion where somebody changed it meanwhile.
    """
    if faults := _faults(indicator, details):
        raise ValidationError(faults)
    values = {
        "value": details.value,
        "rate": details.rate,
        "as_of": details.as_of,
        "reason": normalise_text(details.reason),
    }
    key = {"indicator": indicator, "standard": details.standard}
    current = StandardBaseline.objects.filter(**key).select_related("standard").first()
    before = f"{_words(current)} → " if current else ""
    if current is None:
        saved = _create(indicator, key, values)
    elif all(getattr(current, name) == value for name, value in values.items()):
        return current
    elif version is None:
        raise versions.StaleVersion(current)
    else:
        saved = versions.update(current, version=version, **values)
    audit.record(
        saved, f"{saved}: {before}{_words(saved)}.", ward=indicator.ward, reason=saved.reason
    )
    return saved


def _create(indicator: Indicator, key: dict, values: dict) -> StandardBaseline:
    try:
        with transaction.atomic():
            return StandardBaseline.objects.create(ward=indicator.ward, **key, **values)
    except IntegrityError as twice:
        found = StandardBaseline.objects.filter(**key).first()
        if found is None:
            raise
        raise versions.StaleVersion(found) from twice


def _faults(indicator: Indicator, details: BaselineInput) -> dict[str, str]:
    faults = {}
    is_count = indicator.measure == Measure.COUNT
    if is_count and details.value != details.value.to_integral_value():
        faults["value"] = NOT_WHOLE
    elif not is_count and details.value > 100:
        faults["value"] = OVER_HUNDRED
    if details.rate is not None:
        if not is_count:
            faults["rate"] = RATE_OF_A_RATE
        elif details.rate > 100:
            faults["rate"] = OVER_HUNDRED
    if details.as_of > clock.today():
        faults["as_of"] = DAY_TO_COME
    if not normalise_text(details.reason):
        faults["reason"] = REASON_MISSING
    return faults


def _words(baseline: StandardBaseline) -> str:
    rate = "" if baseline.rate is None else f", tỷ lệ {formatting.percent(baseline.rate)}"
    return f"{formatting.number(baseline.value)}{rate} (ngày {formatting.day(baseline.as_of)})"
