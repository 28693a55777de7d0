"""Needs in words and rows: the boxes of a household's form, the lines of a village's sheet."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from households.asking.selectors import FormFindings, origin_of
from households.models import Household, NeedInquiry, NeedKind, SupportNeed
from households.needs.forms import HouseholdNeedsForm, NeedChoice, VillageNeedsForm
from households.needs.selectors.lists import NeedLine, NeedTotals
from povertyplan.core.text import formatting

TITLE = "Nhu cầu hỗ trợ"
NOT_WRITER = "Bạn không ghi được nhu cầu của hộ này."
NEW_KIND, EDIT_KIND = "Thêm loại nhu cầu", "Sửa loại nhu cầu"
MOST_SHOWN = 60


@dataclass(frozen=True)
class KindBoxes:
    """A kind of the form: why it is suggested, its boxes, and what is recorded of it already."""

    kind: NeedKind
    origin: str
    boxes: tuple[tuple[NeedChoice, bool], ...]
    recorded: tuple[SupportNeed, ...]


@dataclass(frozen=True)
class NeedCell:
    """A box of the sheet, or the need that is recorded there already."""

    kind: NeedKind
    value: str
    is_ticked: bool
    is_recorded: bool


@dataclass(frozen=True)
class VillageNeedsLine:
    line: NeedLine
    cells: tuple[NeedCell, ...]
    is_none: bool


def boxes_of(
    form: HouseholdNeedsForm,
    kinds: Sequence[NeedKind],
    still_open: Sequence[SupportNeed],
    findings: FormFindings | None,
    *,
    sees_causes: bool,
) -> list[KindBoxes]:
    """The kinds with their boxes, first those that remove what the latest form found."""
    ticked = form.ticked()
    recorded = {value_of(need) for need in still_open}
    lines = []
    for kind in kinds:
        own = [each for each in form.choices.values() if each.named.kind.pk == kind.pk]
        lines.append(
            KindBoxes(
                kind=kind,
                origin=_origin_in_words(kind, findings, sees_causes=sees_causes),
                boxes=tuple(
                    (each, each.value in ticked) for each in own if each.value not in recorded
                ),
                recorded=tuple(need for need in still_open if need.kind_id == kind.pk),
            )
        )
    return sorted(lines, key=lambda line: not line.origin)


def _origin_in_words(kind: NeedKind, findings: FormFindings | None, *, sees_causes: bool) -> str:
    origin = origin_of(kind, findings)
    if origin.indicator:
        return next(str(each.name) for each in kind.indicators.all() if each.pk == origin.indicator)
    if origin.cause and sees_causes:
        return next(str(each.name) for each in kind.causes.all() if each.pk == origin.cause)
    return ""


def value_of(need: SupportNeed) -> str:
    """How the form of a household names a need: "12", or "12-345" of one of its members."""
    return f"{need.kind_id}-{need.person_id}" if need.person_id else str(need.kind_id)


def sheet_lines(
    form: VillageNeedsForm, lines: Iterable[NeedLine], kinds: Sequence[NeedKind]
) -> list[VillageNeedsLine]:
    ticked, none = form.ticked(), form.ticked("none")
    return [
        VillageNeedsLine(
            line=line,
            cells=tuple(
                NeedCell(
                    kind=kind,
                    value=f"{line.household.pk}-{kind.pk}",
                    is_ticked=f"{line.household.pk}-{kind.pk}" in ticked,
                    is_recorded=kind.pk in {need.kind_id for need in line.needs},
                )
                for kind in kinds
            ),
            is_none=str(line.household.pk) in none,
        )
        for line in lines
    ]


def describe_recorded(count: int, first: NeedInquiry) -> str:
    if count == 1 and not first.has_needs:
        return f"Đã ghi hộ {first.household}: không có nhu cầu."
    if count == 1:
        return f"Đã ghi nhu cầu của hộ {first.household}."
    return f"Đã ghi nhu cầu của {formatting.number(count)} hộ."


def describe_ended(need: SupportNeed) -> str:
    return f"Đã kết thúc nhu cầu: {need.kind}."


def describe_kind_saved(kind: NeedKind) -> str:
    return f"Đã lưu loại nhu cầu {kind}."


def describe_export(count: int, caption: str) -> str:
    """What the record of accesses says was taken away."""
    return f"{TITLE}: tệp {formatting.number(count)} hộ ({caption})"


def caption_of_totals(totals: NeedTotals) -> str:
    asked = f"{formatting.number(totals.open)} hộ đang có nhu cầu"
    total = f"trong {formatting.number(totals.households)} hộ"
    return f"{asked}, {formatting.number(totals.not_asked)} hộ chưa hỏi {total}."


def next_to_ask(lines: Iterable[NeedLine], household: Household) -> Household | None:
    """The next household of the same village that was not asked yet, in the order of the list."""
    own = [line for line in lines if line.household.village_id == household.village_id]
    places = {line.household.pk: at for at, line in enumerate(own)}
    at = places.get(household.pk, len(own))
    waiting = [line.household for line in [*own[at + 1 :], *own[:at]] if not line.is_asked]
    return next(iter(waiting), None)


@dataclass(frozen=True)
class NeedKindLine:
    """A kind with what it removes, each deprivation named once whatever the standards."""

    kind: NeedKind
    indicators: tuple[str, ...]
    causes: tuple[str, ...]


def describe_kind(kind: NeedKind) -> NeedKindLine:
    """What it removes is fetched with it."""
    return NeedKindLine(
        kind=kind,
        indicators=tuple(dict.fromkeys(str(each.name) for each in kind.indicators.all())),
        causes=tuple(str(each.name) for each in kind.causes.all()),
    )
