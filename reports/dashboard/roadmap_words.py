"""What a road map shows, in words."""

from collections.abc import Mapping, Sequence

from povertyplan.core.text import formatting
from reports.dashboard.charts import RoadmapPoint


def title_of(label: str, points: Sequence[RoadmapPoint], year: int, first_year: int) -> str:
    """The finding of a road map: where it stands, beside the plan of that year."""
    if year < first_year:
        return f"{label}: lộ trình bắt đầu từ năm {first_year}"
    now = next((point for point in points if point.year == year), None)
    if now is None or now.actual is None:
        return f"{label}: chưa có số liệu năm {year}"
    plan = "" if now.planned is None else f", kế hoạch {formatting.number(now.planned)}"
    return f"{label} cuối năm {year}: {formatting.number(now.actual)}{plan}"


def breaks_in_words(breaks: Mapping[int, str]) -> str:
    """What the upright line says: from which year which standard holds; "" without one."""
    words = [f"từ năm {year} theo {standard}" for year, standard in breaks.items()]
    return f"Không so sánh qua hai chuẩn: {'; '.join(words)}." if words else ""


def description_of(points: Sequence[RoadmapPoint], breaks: Mapping[int, str]) -> str:
    """Every point in words, for whoever hears the chart."""
    actual = [(point.year, point.actual) for point in points if point.actual is not None]
    planned = [(point.year, point.planned) for point in points if point.planned is not None]
    parts = [
        f"{name} {', '.join(f'năm {year}: {formatting.number(value)}' for year, value in values)}"
        for name, values in (("Thực hiện", actual), ("Kế hoạch", planned))
        if values
    ]
    return ". ".join([*parts, *filter(None, [breaks_in_words(breaks)])])
