"""What the figures that a text may hold are called, for who writes it."""

from reports.figures.data_fields import FIELDS, YEAR, DataField
from reports.figures.times import read_time

FIELD_LABELS = {
    "poor_households": "Số hộ nghèo {}",
    "near_poor_households": "Số hộ cận nghèo {}",
    "poor_percent": "Tỷ lệ hộ nghèo {}",
    "near_poor_percent": "Tỷ lệ hộ cận nghèo {}",
    "total_households": "Tổng số hộ dân cư {}",
    "newly_escaped_households": "Số hộ mới thoát nghèo {}",
    "poor_decrease": "Số hộ nghèo giảm trong {}",
    "poor_increase": "Số hộ nghèo phát sinh trong {}",
    "poor_reduction": "Mức giảm hộ nghèo {}",
    "near_poor_decrease": "Số hộ cận nghèo giảm trong {}",
    "near_poor_increase": "Số hộ cận nghèo phát sinh trong {}",
    "near_poor_reduction": "Mức giảm hộ cận nghèo {}",
    "village_count": "Số thôn, tổ dân phố",
    "target": "Chỉ tiêu “{}” {}",
    "target_rate": "Tỷ lệ theo chỉ tiêu “{}” {}",
    "target_reduction": "Mức giảm theo chỉ tiêu “{}” {}",
    "estimate": "Ước cả kỳ “{}” {}",
    "actual": "Kết quả thực hiện “{}” {}",
}


def field_label(field: DataField, indicator_name: str = "") -> str:
    """The name of a figure with its time, and the indicator it is about by its name."""
    parameters = [
        read_time(value).words if kind == YEAR else value
        for kind, value in zip(FIELDS[field.name], field.parameters, strict=True)
    ]
    if field.indicator and indicator_name:
        parameters[0] = indicator_name
    return FIELD_LABELS[field.name].format(*parameters)
