"""What the figures that a text may hold are called, for who writes it."""

from reports.figures.data_fields import DataField

FIELD_LABELS = {
    "poor_households": "Số hộ nghèo năm {}",
    "near_poor_households": "Số hộ cận nghèo năm {}",
    "poor_percent": "Tỷ lệ hộ nghèo năm {}",
    "near_poor_percent": "Tỷ lệ hộ cận nghèo năm {}",
    "total_households": "Tổng số hộ dân cư năm {}",
    "newly_escaped_households": "Số hộ mới thoát nghèo năm {}",
    "poor_decrease": "Số hộ nghèo giảm trong năm {}",
    "poor_increase": "Số hộ nghèo phát sinh trong năm {}",
    "poor_reduction": "Mức giảm hộ nghèo năm {}",
    "near_poor_decrease": "Số hộ cận nghèo giảm trong năm {}",
    "near_poor_increase": "Số hộ cận nghèo phát sinh trong năm {}",
    "near_poor_reduction": "Mức giảm hộ cận nghèo năm {}",
    "village_count": "Số thôn, tổ dân phố",
    "target": "Chỉ tiêu “{}” năm {}",
    "target_rate": "Tỷ lệ theo chỉ tiêu “{}” năm {}",
    "target_reduction": "Mức giảm theo chỉ tiêu “{}” năm {}",
    "actual": "Kết quả thực hiện “{}” năm {}",
}


def field_label(field: DataField, indicator_name: str = "") -> str:
    """The name of a figure with its year, and the indicator it is about by its name."""
    parameters = list(field.parameters)
    if field.indicator and indicator_name:
        parameters[0] = indicator_name
    return FIELD_LABELS[field.name].format(*parameters)
