"""Supports in words: recipients, quantities, kinds, and what was done."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from povertyplan.core import clock
from povertyplan.core.text import formatting
from povertyplan.core.text.vietnamese import upper_first
from projects.models import Support, SupportKind
from projects.rules.eligibility import Judgement, who_in_words
from projects.support.selectors.recipients import Candidate
from projects.support.services.checks import earlier_text

TITLE = "Hỗ trợ đã cấp"
UNKNOWN_CODE = "Không có hộ nào mang mã này trong phạm vi của bạn."
MOST_LISTED = 300
TOO_MANY = f"Quá {MOST_LISTED} đối tượng nhận. Chọn một thôn để thu hẹp danh sách."


@dataclass(frozen=True)
class KindLine:
    """A kind with its rules in words."""

    kind: SupportKind
    who: str
    projects: str


@dataclass(frozen=True)
class CandidateLine:
    """A candidate of a list to tick, and what was given before in words."""

    candidate: Candidate
    earlier: str
    is_ticked: bool

    @property
    def name(self) -> str:
        return self.candidate.name or self.candidate.household.code

    @property
    def judgement(self) -> Judgement:
        return self.candidate.judgement


def describe_kind(kind: SupportKind) -> KindLine:
    """Its component projects are fetched with it."""
    return KindLine(
        kind=kind,
        who=upper_first(who_in_words(kind)),
        projects=", ".join(str(project) for project in kind.projects.all()),
    )


def describe_candidates(
    found: Iterable[Candidate], ticked: set[str], *, names_health: bool
) -> list[CandidateLine]:
    return [
        CandidateLine(
            candidate=each,
            earlier="; ".join(
                earlier_text(support, names_health=names_health) for support in each.earlier
            ),
            is_ticked=each.value in ticked,
        )
        for each in found
    ]


def describe_given(support: Support, count: int) -> str:
    if count == 1:
        return f"Đã ghi hỗ trợ: {support.kind}."
    return f"Đã ghi {formatting.number(count)} hỗ trợ: {support.kind}."


def describe_delivered(supports: Sequence[Support]) -> str:
    return f"Đã ghi {formatting.number(len(supports))} hỗ trợ đã giao."


def describe_acknowledged(supports: Sequence[Support]) -> str:
    return f"Đã ghi {formatting.number(len(supports))} hỗ trợ đã ký nhận."


def describe_withdrawn(support: Support) -> str:
    return f"Đã thu hồi hỗ trợ: {support.kind}."


def caption_of_ledger(conditions: Iterable[str]) -> str:
    """What the list holds and when it was made, in one line."""
    chosen = "; ".join(conditions) or "tất cả hỗ trợ trong năm"
    return f"Lọc: {chosen}; lập lúc {formatting.moment(clock.now())}."


def describe_export(count: int, caption: str) -> str:
    """What the record of accesses says was taken away."""
    return f"{TITLE}: tệp {formatting.number(count)} dòng ({caption})"
