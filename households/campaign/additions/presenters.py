"""Households outside a review in words: what brought them about, what was done with them."""

from households.campaign.additions.selectors import UnlistedHousehold
from households.choices import ListReason, PovertyClass
from households.models import Household, ReviewOmission
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


def left_out_lines(omissions: list[ReviewOmission]) -> list[tuple[ReviewOmission, str]]:
    """Each reason with its household: "HN-1 – Y Tách, sinh 1980, Tổ dân phố 1; hộ nghèo"."""
    return [(omission, _named_with_class(omission.household)) for omission in omissions]


def _named_with_class(household: Household) -> str:
    """A household read `with_head()` and `with_status()`."""
    head = getattr(household, "head_membership", None)
    name = f" – {head.person.full_name}" if head else ""
    born = f", sinh {head.person.birth_date.year}" if head and head.person.birth_date else ""
    held = household.poverty_class  # type: ignore[attr-defined]  # `with_status`
    poverty_class = f"; {PovertyClass(held).label.lower()}" if held else ""
    return f"{household.code}{name}{born}, {household.village}{poverty_class}"


def added(households: list[Household]) -> str:
    return f"Đã đưa {formatting.number(len(households))} hộ vào đợt rà soát."


def left_out(households: list[Household]) -> str:
    return f"Đã ghi lý do không đưa {formatting.number(len(households))} hộ vào đợt rà soát."
