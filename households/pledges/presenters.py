"""Pledges in words: what a message says, what the record of accesses and the head of a file say."""

from households.models import EscapePledge, HelperVisit, HouseholdHelper
from households.pledges.selectors import PledgeTotals
from households.rules.people.pledges import VISIT_DUE_DAYS
from povertyplan.core.text import formatting

TITLE = "Đăng ký thoát nghèo"
NOT_WRITER = "Bạn không ghi được đăng ký thoát nghèo của hộ này."


def describe_pledged(pledge: EscapePledge) -> str:
    return f"Đã ghi đăng ký thoát nghèo năm {pledge.year} của hộ {pledge.household}."


def describe_changed(pledge: EscapePledge) -> str:
    return f"Đã lưu đăng ký thoát nghèo năm {pledge.year} của hộ {pledge.household}."


def describe_withdrawn(pledge: EscapePledge) -> str:
    return f"Đã ghi hộ {pledge.household} thôi đăng ký thoát nghèo năm {pledge.year}."


def describe_helper(helper: HouseholdHelper) -> str:
    return f"Đã phân công {helper} giúp đỡ hộ."


def describe_helper_ended(helper: HouseholdHelper) -> str:
    return f"Đã ghi {helper} thôi giúp hộ từ ngày {formatting.day(helper.ended_on)}."


def describe_visit(visit: HelperVisit) -> str:
    return f"Đã ghi lần thăm ngày {formatting.day(visit.visited_on)}."


def describe_visit_withdrawn(visit: HelperVisit) -> str:
    return f"Đã hủy lần thăm ngày {formatting.day(visit.visited_on)}."


def describe_export(count: int, caption: str) -> str:
    """What the record of accesses says was taken away."""
    return f"{TITLE}: tệp {formatting.number(count)} hộ ({caption})"


def caption_of_totals(totals: PledgeTotals) -> str:
    pledged, kept = formatting.number(totals.pledged), formatting.number(totals.kept)
    lacking = formatting.number(totals.without_helper)
    unvisited = formatting.number(totals.without_visit)
    return (
        f"{pledged} hộ đăng ký, {kept} hộ đã thoát; {lacking} hộ chưa có người giúp đỡ, "
        f"{unvisited} hộ chưa được thăm trong {VISIT_DUE_DAYS} ngày qua."
    )
