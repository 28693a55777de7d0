"""What of a pledge to escape, of a helper and of a visit cannot be, and what came of it. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from households.choices import LISTED, PledgeResult, PovertyClass
from households.rules.people.needs import HouseholdSpan
from povertyplan.core.text import formatting

# How long a household may go without a visit before a list names it. No law says so.
VISIT_DUE_DAYS = 90
MOST_YEARS = 5

PLEDGE_TO_COME = "Ngày đăng ký không được sau ngày hôm nay."
NOT_LISTED_THEN = "Vào ngày này hộ không phải là hộ nghèo, hộ cận nghèo: không đăng ký được."
PARTY_NAMED = (
    "Không ghi đảng viên, tổ chức đảng của người giúp đỡ; ghi cơ quan, đoàn thể hoặc thôn "
    "nơi người đó tham gia giúp hộ."
)
VISIT_TO_COME = "Ngày thăm không được sau ngày hôm nay."
END_TO_COME = "Ngày kết thúc không được sau ngày hôm nay."
REASON_MISSING = "Nhập lý do."
LEFT = "Hộ đã ra khỏi sổ ngày {day}."
_PARTY = re.compile(
    r"\b(đảng viên|đảng (uỷ|ủy)|đảng bộ|đảng cộng sản|chi bộ|chi (uỷ|ủy))\b", re.IGNORECASE
)


@dataclass(frozen=True)
class PledgeSpan:
    """When a pledge stands: from its day to the end of its year, or to the day it was withdrawn.

    `left_on` is the day on which the household left the register.
    """

    pledged_on: date
    year: int
    withdrawn_on: date | None = None
    left_on: date | None = None

    @property
    def last_day(self) -> date:
        return self.withdrawn_on or date(self.year, 12, 31)


def pledge_faults(
    span: HouseholdSpan, pledged_on: date, year: int, class_then: str | None, today: date
) -> Iterator[tuple[str, str]]:
    """Why a household cannot have registered so: field and sentence."""
    if span.closed_on is not None:
        yield "pledged_on", LEFT.format(day=formatting.day(span.closed_on))
    elif pledged_on > today:
        yield "pledged_on", PLEDGE_TO_COME
    elif pledged_on < span.opened_on:
        yield "pledged_on", f"Hộ vào sổ ngày {formatting.day(span.opened_on)}, đăng ký từ ngày này."
    elif class_then not in LISTED:
        yield "pledged_on", NOT_LISTED_THEN
    if not pledged_on.year <= year <= pledged_on.year + MOST_YEARS:
        last = pledged_on.year + MOST_YEARS
        yield "year", f"Năm phấn đấu phải từ {pledged_on.year} đến {last}."


def names_a_party(text: str) -> bool:
    """Whether a text tells of a membership of the Party, which is never recorded.

    >>> names_a_party("Đảng viên chi bộ tổ 2"), names_a_party("Hội Nông dân phường")
    (True, False)
    """
    return _PARTY.search(text) is not None


def helper_faults(pledge: PledgeSpan, from_on: date) -> Iterator[tuple[str, str]]:
    """Why somebody cannot help from a day: field and sentence."""
    if pledge.left_on is not None:
        yield "from_on", LEFT.format(day=formatting.day(pledge.left_on))
    elif not pledge.pledged_on <= from_on <= pledge.last_day:
        first, last = formatting.day(pledge.pledged_on), formatting.day(pledge.last_day)
        yield "from_on", f"Hộ đăng ký từ ngày {first} đến ngày {last}: giúp đỡ trong thời gian này."


def end_faults(began_on: date, ended_on: date, today: date) -> Iterator[str]:
    """Why a pledge or a helper cannot end on a day; what has not begun ends where it begins."""
    if ended_on > max(today, began_on):
        yield END_TO_COME
    elif ended_on < began_on:
        yield f"Bắt đầu từ ngày {formatting.day(began_on)}, kết thúc phải từ ngày này."


def begun_faults(
    pledged_on: date, year: int, helped_from: Sequence[date], visited_on: Sequence[date]
) -> Iterator[tuple[str, str]]:
    """Why a pledge cannot have other days, beside the helpers and visits it has already."""
    if (first := min([*helped_from, *visited_on], default=None)) and first < pledged_on:
        day = formatting.day(first)
        yield "pledged_on", f"Đã ghi giúp đỡ, lần thăm ngày {day}; đăng ký không được sau ngày đó."
    if (last := max(helped_from, default=None)) and last.year > year:
        yield "year", f"Đã phân công người giúp đỡ từ ngày {formatting.day(last)}."


def visit_fault(pledge: PledgeSpan, visited_on: date, today: date) -> str:
    """Why nobody can have visited on a day; empty where they can."""
    if visited_on > today:
        return VISIT_TO_COME
    if visited_on < pledge.pledged_on:
        return f"Hộ đăng ký ngày {formatting.day(pledge.pledged_on)}, ngày thăm phải từ ngày này."
    if pledge.withdrawn_on is not None and visited_on > pledge.withdrawn_on:
        return f"Hộ đã thôi đăng ký ngày {formatting.day(pledge.withdrawn_on)}."
    if pledge.left_on is not None and visited_on > pledge.left_on:
        return LEFT.format(day=formatting.day(pledge.left_on))
    return ""


def is_visit_due(pledged_on: date, last_visit: date | None, today: date) -> bool:
    """Whether nobody was there for VISIT_DUE_DAYS, counted from the pledge before any visit."""
    return (last_visit or pledged_on) + timedelta(days=VISIT_DUE_DAYS) < today


def pledge_result(
    from_class: str, class_then: str | None, *, is_known: bool, is_withdrawn: bool, has_left: bool
) -> PledgeResult:
    """What came of a pledge; `class_then` is the class by the results of its year.

    Not known is waiting, never a failure. One who left the register is neither.
    """
    if is_withdrawn:
        return PledgeResult.WITHDRAWN
    if not is_known:
        return PledgeResult.LEFT if has_left else PledgeResult.WAITING
    if class_then is None:
        return PledgeResult.LEFT if has_left else PledgeResult.WAITING
    if class_then not in LISTED:
        return PledgeResult.KEPT
    if from_class == PovertyClass.POOR and class_then == PovertyClass.NEAR_POOR:
        return PledgeResult.KEPT_TO_NEAR_POOR
    return PledgeResult.NOT_KEPT
