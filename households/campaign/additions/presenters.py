"""Households outside a review in words: what brought them about, what was done with them."""

from households.campaign.additions.selectors import UnlistedHousehold
from households.choices import ListReason, PovertyClass
from households.models import Household
from povertyplan.core.text import formatting

NO_RIGHT = "Bạn không được bổ sung hộ vào đợt rà soát của phường, xã này."


def describe_unlisted(outside: UnlistedHousehold) -> str:
    """Why a household should have a form: "tách từ hộ HN-1 ngày 12/10/2026; hộ nghèo"."""
    since = formatting.day(outside.since)
    if outside.recorded_on:
        since = f"{since}, ghi vào sổ ngày {formatting.day(outside.recorded_on)}"
    came = {
        ListReason.SPLIT_OFF: f"tách từ hộ {outside.split_from} ngày {since}",
        ListReason.MOVED_IN: f"chuyển đến ngày {since}",
        ListReason.REQUESTED: f"có giấy đề nghị nhận ngày {since}",
    }.get(outside.list_reason, f"trong sổ từ ngày {since}, chưa có trong danh sách rà soát")
    if not outside.poverty_class:
        return came
    return f"{came}; {PovertyClass(outside.poverty_class).label.lower()}"


def unlisted_choices(found: list[UnlistedHousehold]) -> list[tuple[int, str]]:
    return [(each.household.pk, unlisted_label(each)) for each in found]


def unlisted_label(outside: UnlistedHousehold) -> str:
    born = f", sinh {outside.birth_year}" if outside.birth_year else ""
    return (
        f"{outside.household.code} – {outside.head_name}{born}, {outside.household.village}: "
        f"{describe_unlisted(outside)}"
    )


def unlisted_lines(found: list[UnlistedHousehold]) -> list[tuple[Household, str]]:
    """Each household with its line, as pages and papers name it."""
    return [(each.household, unlisted_label(each)) for each in found]


def added(households: list[Household]) -> str:
    return f"Đã đưa {formatting.number(len(households))} hộ vào đợt rà soát."


def left_out(households: list[Household]) -> str:
    return f"Đã ghi lý do không đưa {formatting.number(len(households))} hộ vào đợt rà soát."
