"""What a ward measures itself by (chỉ tiêu theo dõi): adding an indicator and changing one."""

import re
from dataclasses import asdict, dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError

from povertyplan.core.journal import audit
from povertyplan.core.models import Area, Unit, User
from povertyplan.core.platform.changing import change_record, differences
from povertyplan.core.platform.submissions import once
from povertyplan.core.text.vietnamese import search_key
from projects.choices import Accumulation, FigurePeriod, Measure
from projects.models import Indicator, WardProject

LONGEST_CODE = 32
NAME_TAKEN = "Đã có chỉ tiêu tên này."
MEASURED_ALREADY = (
    "Chỉ tiêu đã được giao hoặc đã có kết quả: không đổi cách đo, chiều hướng và nguồn số liệu. "
    "Thêm một chỉ tiêu mới nếu cần đo cách khác."
)
REPORTED_ALREADY = (
    "Chỉ tiêu đã có kết quả: không đổi kỳ số liệu, cách cộng và số gốc. Thêm một chỉ tiêu mới nếu "
    "cần tính cách khác."
)
SUM_OF_RATES = "Tỷ lệ không cộng được các kỳ. Chọn lấy số của kỳ mới nhất hoặc số cuối năm."
BASELINE_AND_NONE = "Bỏ số gốc, hoặc bỏ đánh dấu “Không có số gốc”."
RATE_TOO_HIGH = "Tỷ lệ không được quá 100%."
# What figures already promised or given rest on, and what those given do.
FROZEN = ("measure", "measure_unit", "direction", "query")
FROZEN_BY_RESULTS = ("accumulation", "period", "baseline", "has_no_baseline")


@dataclass(frozen=True)
class IndicatorInput:
    """An indicator as a form describes it; `query` is empty where its unit reports it."""

    name: str
    measure: str
    measure_unit: str
    direction: str
    dimension: str = ""
    query: str = ""
    owner: Unit | None = None
    ward_project: WardProject | None = None
    accumulation: str = Accumulation.LATEST
    period: str = FigurePeriod.YEAR
    baseline: Decimal | None = None
    has_no_baseline: bool = False
    whole_query: str = ""
    lacking: int | None = None


@audit.business_act(label="Thêm chỉ tiêu theo dõi")
def add_indicator(
    *, ward: Area, details: IndicatorInput, key: str | None = None, by: User
) -> Indicator:
    """Add an indicator behind the others. Raises ValidationError keyed by field."""

    def create() -> Indicator:
        _refuse_name(ward, details.name)
        _refuse_details(details)
        last = Indicator.objects.filter(ward=ward).order_by("-order").first()
        indicator = Indicator.objects.create(
            ward=ward,
            code=_free_code(ward, details.name),
            order=last.order + 1 if last else 1,
            **_stored(details),
        )
        audit.record(indicator, f"Thêm chỉ tiêu {indicator}.", ward=ward)
        return indicator

    return once(
        key=key, act="add_indicator",
        content=asdict(details)
        | {"owner": _key(details.owner), "ward_project": _key(details.ward_project)},
        model=Indicator, create=create, by=by,
    )  # fmt: skip


@audit.business_act(label="Sửa chỉ tiêu theo dõi")
def change_indicator(
    *, indicator: Indicator, details: IndicatorInput, version: int | None, by: User
) -> Indicator:
    """Change an indicator; how it is measured only while no figure rests on it.

    Raises ValidationError keyed by field, and StaleVersion.
    """
    changes = differences(indicator, _stored(details))
    if "name" in changes:
        _refuse_name(indicator.ward, details.name, besides=indicator)
    if is_measured(indicator) and (frozen := [name for name in FROZEN if name in changes]):
        raise ValidationError(dict.fromkeys(frozen, MEASURED_ALREADY))
    settled = [name for name in FROZEN_BY_RESULTS if name in changes]
    if settled and is_reported(indicator):
        raise ValidationError(dict.fromkeys(settled, REPORTED_ALREADY))
    _refuse_details(details)
    return change_record(indicator, _stored(details), version=version, ward=indicator.ward)


def is_measured(indicator: Indicator) -> bool:
    """Whether somebody promised or reported a figure of it."""
    return indicator.targets.exists() or indicator.actuals.exists()


def is_reported(indicator: Indicator) -> bool:
    """Whether somebody reported a figure of it."""
    return indicator.actuals.exists()


def _refuse_details(details: IndicatorInput) -> None:
    faults = {}
    is_rate = details.measure == Measure.PERCENT
    if is_rate and details.accumulation == Accumulation.SUM:
        faults["accumulation"] = SUM_OF_RATES
    if details.baseline is not None and details.has_no_baseline:
        faults["baseline"] = BASELINE_AND_NONE
    elif is_rate and (details.baseline or 0) > 100:
        faults["baseline"] = RATE_TOO_HIGH
    if faults:
        raise ValidationError(faults)


def _refuse_name(ward: Area, name: str, besides: Indicator | None = None) -> None:
    others = Indicator.objects.filter(ward=ward)
    if besides is not None:
        others = others.exclude(pk=besides.pk)
    if search_key(name) in {search_key(other) for other in others.values_list("name", flat=True)}:
        raise ValidationError({"name": NAME_TAKEN})


def _free_code(ward: Area, name: str) -> str:
    """A code like those of a ward file, which data fields of documents can name."""
    words = re.sub(r"[^a-z0-9]+", "_", search_key(name)).strip("_")[:LONGEST_CODE].strip("_")
    base = words if words[:1].isalpha() else f"chi_tieu_{words}".strip("_")
    taken = set(Indicator.objects.filter(ward=ward).values_list("code", flat=True))
    numbered = (f"{base}_{number}" for number in range(2, len(taken) + 3))
    return next(code for code in (base, *numbered) if code not in taken)


def _stored(details: IndicatorInput) -> dict[str, object]:
    return {name: getattr(details, name) for name in IndicatorInput.__dataclass_fields__}


def _key(row: Unit | WardProject | None) -> int | None:
    return row.pk if row else None
