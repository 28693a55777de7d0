"""How a household's class and its 36 months look: decided once, for every screen."""

from datetime import date

from django import template

from households.choices import PovertyClass
from households.directory.selectors.history import YearStatus
from households.models import Decision, ListedResult
from households.rules.windows import Window
from povertyplan.core.templatetags.ui import tag
from povertyplan.core.text import formatting

register = template.Library()

NO_CLASS = "Chưa có kết quả"


@register.simple_tag
def class_badge(poverty_class):
    """The class on its tint; a household outside the ledger says so."""
    if not poverty_class:
        return tag(NO_CLASS, "plain")
    return tag(PovertyClass(poverty_class).label, poverty_class)


@register.filter
def basis_text(basis: Decision | ListedResult | None) -> str:
    """What a class rests on: "QĐ 208/QĐ-UBND, 15/12/2025"; "" where no decision is told."""
    if basis is None or basis.decided_on is None:
        return ""
    return f"QĐ {basis.number}, {formatting.day(basis.decided_on)}"


@register.filter
def of_household(counts: dict[int, int], pk: int) -> int:
    """What one household puts into a count."""
    return counts.get(pk, 0)


@register.filter
def time_left(window: Window | None, on: date) -> str:
    """What is left of the 36 months: "còn 13 tháng", at last "còn 12 ngày", "hết hôm nay"."""
    if window is None or not window.is_open(on):
        return ""
    months = window.months_left(on)
    days = window.days_left(on)
    left = f"còn {months} tháng" if months else f"còn {days} ngày" if days else "hết hôm nay"
    return left.replace(" ", formatting.NBSP)


@register.filter
def countdown(window: Window | None, on: date) -> str:
    """The same with the last day: "còn 13 tháng, đến hết ngày 31/12/2027"."""
    left = time_left(window, on)
    return f"{left}, đến hết ngày {formatting.day(window.ends_on)}" if window and left else ""


@register.filter
def year_items(years: list[YearStatus]) -> list[dict]:
    """Years as the year strip draws them."""
    return [
        {
            "year": status.year,
            "label": PovertyClass(status.poverty_class).label if status.poverty_class else "",
            "tone": status.poverty_class,
            "change": status.change,
            "detail": _basis(status),
            "is_current": status.is_current,
        }
        for status in years
    ]


def _basis(status: YearStatus) -> str:
    decided = basis_text(status.basis)
    if status.is_known or not status.poverty_class:
        return decided
    # The class still holds, but this year has not decided anything.
    unknown = f"Chưa có số liệu năm {status.year}"
    return f"{unknown}; theo {decided}" if decided else unknown
