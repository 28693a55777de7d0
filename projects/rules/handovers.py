"""Who has to be told what: what receivers know already, against what holds now.

A receiver knows its baseline and every list that was sent to it, in the order of sending. The
difference from that to the present is the next list, so nobody is forgotten and nobody told twice.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple, Protocol

from households.choices import BeneficiaryGroup, PovertyClass
from povertyplan.core.text import formatting
from projects.choices import HandoverChange

UNKNOWN_SCHOOL = "Chưa rõ trường"
DAY_TO_COME = "Ngày này chưa đến."


class ReportedLine(NamedTuple):
    """A line that a receiver has: about whom, what, and as what they count since."""

    key: int
    change: str
    basis: str


@dataclass(frozen=True)
class HandoverDifference:
    """A line of the next list; `before` is as what the receiver has somebody who changes."""

    key: int
    change: HandoverChange
    basis: str
    before: str = ""


class HandoverTerms(Protocol):
    """What a kind says about who is on its lists."""

    @property
    def for_poor(self) -> bool: ...
    @property
    def for_near_poor(self) -> bool: ...
    @property
    def for_newly_escaped(self) -> bool: ...
    @property
    def age_from(self) -> int | None: ...
    @property
    def age_to(self) -> int | None: ...


def known_receiver(receiver: str) -> str:
    """The receiver as a paper names it; nothing where the school is not known yet.

    >>> known_receiver("Chưa rõ trường")
    ''
    """
    return "" if receiver == UNKNOWN_SCHOOL else receiver


def standing_after(lines: Iterable[ReportedLine]) -> dict[int, str]:
    """As what a receiver has everybody it was told of and not told to take off."""
    standing: dict[int, str] = {}
    for line in lines:
        if line.change == HandoverChange.REMOVED:
            standing.pop(line.key, None)
        else:
            standing[line.key] = line.basis
    return standing


def differences(
    standing: Mapping[int, str], present: Mapping[int, str]
) -> list[HandoverDifference]:
    """What takes a receiver from what it has to what holds: in, as something else, out."""
    added = [
        HandoverDifference(key, HandoverChange.ADDED, basis)
        for key, basis in present.items()
        if key not in standing
    ]
    changed = [
        HandoverDifference(key, HandoverChange.CHANGED, basis, before=standing[key])
        for key, basis in present.items()
        if key in standing and standing[key] != basis
    ]
    removed = [
        HandoverDifference(key, HandoverChange.REMOVED, basis)
        for key, basis in standing.items()
        if key not in present
    ]
    return [*added, *changed, *removed]


def basis_for(kind: HandoverTerms, poverty_class: str, *, is_newly_escaped: bool) -> str:
    """As what a household counts for a kind; empty where it does not.

    A near-poor household that left poverty lately counts as near-poor where that is asked.
    """
    if kind.for_poor and poverty_class == PovertyClass.POOR:
        return BeneficiaryGroup.POOR
    if kind.for_near_poor and poverty_class == PovertyClass.NEAR_POOR:
        return BeneficiaryGroup.NEAR_POOR
    if kind.for_newly_escaped and is_newly_escaped:
        return BeneficiaryGroup.NEWLY_ESCAPED
    return ""


def is_of_age(kind: HandoverTerms, age: int | None) -> bool:
    """Whether an age fits; somebody without a date of birth is listed rather than forgotten."""
    if age is None:
        return True
    return (kind.age_from or 0) <= age and (kind.age_to is None or age <= kind.age_to)


def sending_fault(sent_on: date, *, decided_on: date, made_on: date, today: date) -> str:
    """Why a list cannot have been sent on a day; empty where it can."""
    if sent_on > today:
        return DAY_TO_COME
    if sent_on < decided_on:
        return f"Ngày gửi không được trước ngày quyết định ({formatting.day(decided_on)})."
    if sent_on < made_on:
        return f"Danh sách lập ngày {formatting.day(made_on)}, không gửi trước ngày đó được."
    return ""


def answer_fault(answered_on: date, *, sent_on: date, today: date) -> str:
    """Why a receiver cannot have answered on a day; empty where it can."""
    if answered_on > today:
        return DAY_TO_COME
    if answered_on < sent_on:
        return f"Ngày trả lời không được trước ngày gửi ({formatting.day(sent_on)})."
    return ""
