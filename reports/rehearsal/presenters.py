"""A rehearsed recognition in words: who moves, which windows open or close, what is met or lost."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import count, groupby

from django.core.paginator import Page, Paginator

from households.campaign.recognition.selectors.outcomes import PlannedChange
from households.choices import MovementCause, PovertyClass, WindowRule
from households.models import Household, ReviewCampaign
from households.windows.selectors import BookLine
from povertyplan.core.text import formatting
from povertyplan.core.text.vietnamese import lower_first
from projects.choices import RightsChange
from projects.support.selectors.reclassified import KindEffect
from reports.figures import words
from reports.rehearsal.selectors import Rehearsal, RehearsedTarget

TITLE = "Nếu ký hôm nay"
MARK = "TÍNH THỬ – không phải kết quả"
NO_TARGETS = "Năm này chưa giao chỉ tiêu nào do phần mềm tính từ sổ hộ."
NOT_JUDGED = (
    "Còn {count} hộ chưa có phiếu, nên chưa kết luận chỉ tiêu nào đạt hay không; các bảng dưới đây "
    "chỉ tính những phiếu đã nhập."
)
NO_WINDOWS = "Không thời hạn nào bắt đầu hay kết thúc."
NOTHING_LOST = "Không hộ nào mất quyền hưởng loại hỗ trợ nào."
NOTHING_GAINED = "Không hộ nào được thêm."
NOTHING_MOVES = "Không hộ nào đổi phân loại."
PAGE_SIZE = 50
UNKNOWN_CLASS = "chưa có kết quả"


@dataclass(frozen=True)
class NamedHousehold:
    """A household of a list, and what the list says of it."""

    pk: int
    code: str
    name: str
    village: str
    note: str = ""


@dataclass(frozen=True)
class HouseholdGroup:
    """A number with its households; `place` says which of all groups it is."""

    title: str
    count: str
    households: tuple[NamedHousehold, ...]
    place: int = 0
    shown_page: int = 1

    @property
    def page(self) -> Page:
        return Paginator(self.households, PAGE_SIZE).get_page(self.shown_page)


@dataclass(frozen=True)
class HouseholdSection:
    """Groups of households under a heading; `none` is said where there are none."""

    title: str
    groups: tuple[HouseholdGroup, ...]
    none: str


@dataclass(frozen=True)
class TargetOutcome:
    """A target of the year: asked, now, if signed today."""

    name: str
    target: str
    before: str
    after: str
    word: str
    standing: str


@dataclass(frozen=True)
class RehearsalPage:
    """Everything that the page shows of a rehearsal."""

    headline: str
    warning: str
    targets: tuple[TargetOutcome, ...]
    sections: tuple[HouseholdSection, ...]

    @property
    def households(self) -> set[int]:
        return {
            each.pk
            for section in self.sections
            for group in section.groups
            for each in group.households
        }


def present_rehearsal(
    found: Rehearsal, *, group: int | None = None, page: int | None = None
) -> RehearsalPage:
    """Of the group that is asked for, the page that is asked for; of others the first."""
    return RehearsalPage(
        headline=_headline(found),
        warning=NOT_JUDGED.format(count=formatting.number(found.waiting)) if found.waiting else "",
        targets=() if found.waiting else tuple(_target(each) for each in found.targets),
        sections=tuple(_paged(_sections(found), group, page or 1)),
    )


def _sections(found: Rehearsal) -> list[HouseholdSection]:
    lost, gained = (RightsChange.LOST,), (RightsChange.TO_VERIFY, RightsChange.GAINED)
    windows = (*_opened(found), *_closed(found))
    return [
        HouseholdSection("Hộ đổi phân loại", _moves(found), NOTHING_MOVES),
        HouseholdSection("Thời hạn 36 tháng", windows, NO_WINDOWS),
        HouseholdSection("Ai không còn được hưởng gì", _rights(found, lost), NOTHING_LOST),
        HouseholdSection("Ai được thêm, ai cần xác minh", _rights(found, gained), NOTHING_GAINED),
    ]


def _paged(
    sections: Sequence[HouseholdSection], group: int | None, page: int
) -> Iterable[HouseholdSection]:
    places = count()
    for section in sections:
        numbered = [replace(each, place=next(places)) for each in section.groups]
        groups = (replace(each, shown_page=page if each.place == group else 1) for each in numbered)
        yield replace(section, groups=tuple(groups))


def describe_reading(campaign: ReviewCampaign) -> str:
    """What the record of accesses says was shown."""
    return f"Hộ của phép tính thử “{TITLE}”, {campaign}"


def describe_file(campaign: ReviewCampaign, households: int) -> str:
    """What the record of accesses says left the program."""
    count = formatting.number(households)
    return f"Tải danh sách phép tính thử “{TITLE}”, {campaign}: {count} hộ"


def _headline(found: Rehearsal) -> str:
    counts = {line.value: line.households for line in found.outcome.by_class}
    described = ", ".join(
        f"{formatting.number(counts.get(each, 0))} {lower_first(str(each.label))}"
        for each in (PovertyClass.POOR, PovertyClass.NEAR_POOR)
    )
    return (
        f"Ký ngày {formatting.day(found.on)}: {formatting.number(len(found.changes))} hộ có kết "
        f"quả, trong đó {described}; {formatting.number(len(found.moved))} hộ đổi phân loại."
    )


def _moves(found: Rehearsal) -> tuple[HouseholdGroup, ...]:
    """Those that move, by how; in the order of the vocabulary."""
    order = list(MovementCause)
    moved = sorted(found.moved, key=lambda each: (order.index(each.cause), each.household.code))
    return tuple(
        _group(
            MovementCause(cause).label,
            [_named(each.household, found.names, _from_to(each)) for each in changes],
        )
        for cause, changes in groupby(moved, key=lambda each: each.cause)
    )


def _opened(found: Rehearsal) -> Iterable[HouseholdGroup]:
    if found.opened:
        yield _group(
            "Bắt đầu 36 tháng mới thoát nghèo",
            [_named(each.household, found.names, _until(each)) for each in found.opened],
        )


def _closed(found: Rehearsal) -> Iterable[HouseholdGroup]:
    if found.closed:
        yield _group(
            "Kết thúc sớm 36 tháng mới thoát nghèo",
            [
                _named(each.household, found.names, _until(each, is_open=False))
                for each in found.closed
            ],
        )


def _target(each: RehearsedTarget) -> TargetOutcome:
    return TargetOutcome(
        name=each.after.name,
        target=each.after.judged.target_text,
        before=each.before.judged.actual_text,
        after=each.after.judged.actual_text,
        word=each.after.word,
        standing=words.standing(each.after),
    )


def _rights(found: Rehearsal, wanted: Sequence[RightsChange]) -> tuple[HouseholdGroup, ...]:
    by_key = {each.household.pk: each for each in found.changes}
    groups = []
    for effect in found.effects:
        for change in wanted:
            touched = effect.households(change)
            if touched:
                rows = [by_key[pk] for pk in by_key if pk in touched]
                named = [_named(each.household, found.names, _from_to(each)) for each in rows]
                groups.append(_group(_right_title(effect, change), named))
    return tuple(groups)


def _right_title(effect: KindEffect, change: RightsChange) -> str:
    title = f"{effect.kind.name}: {lower_first(change.label)}"
    if not effect.kind.is_for_persons:
        return title
    return f"{title} {formatting.number(effect.recipients[change])} người"


def _group(title: str, households: Sequence[NamedHousehold]) -> HouseholdGroup:
    return HouseholdGroup(title, f"{formatting.number(len(households))} hộ", tuple(households))


def _named(household: Household, names: Mapping[int, str], note: str) -> NamedHousehold:
    return NamedHousehold(
        pk=household.pk,
        code=household.code,
        name=names.get(household.pk, formatting.MISSING),
        village=household.village.name,
        note=note,
    )


def _from_to(change: PlannedChange) -> str:
    before = PovertyClass(change.class_before).label if change.class_before else UNKNOWN_CLASS
    return f"{before} → {lower_first(PovertyClass(change.class_after).label)}"


def _until(line: BookLine, *, is_open: bool = True) -> str:
    """Until when under each rule; of a window that closes, when it would have ended."""
    days: dict[str, date] = {
        WindowRule(rule).label: each.window.last
        for rule, each in line.windows.items()
        if each.is_open == is_open
    }
    word = "đến hết" if is_open else "lẽ ra đến hết"
    return "; ".join(f"{rule}: {word} {formatting.day(day)}" for rule, day in days.items())
