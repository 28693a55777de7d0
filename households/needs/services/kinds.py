"""The kinds of need: those every ward shares, loaded from a file, and those a ward adds."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from django.core.exceptions import ValidationError
from pydantic import Field

from households.models import DeprivationIndicator, NeedKind, PovertyCause
from povertyplan.core import locks
from povertyplan.core.journal import audit
from povertyplan.core.models import Area, User
from povertyplan.core.platform.changing import change_record
from povertyplan.core.platform.structured_file.checking import Section, check
from povertyplan.core.platform.structured_file.places import FileProblem, StructuredText
from povertyplan.core.platform.structured_file.reading import read_file
from povertyplan.core.platform.structured_file.referring import refuse_file, unknown_values
from povertyplan.core.platform.structured_file.values import OneLine, Whole, matching
from povertyplan.core.platform.syncing import Changes

NAME_TAKEN = "Đã có loại nhu cầu tên này."
SHARED = "Loại nhu cầu dùng chung, không sửa tại phường, xã."
NAME_REPEATED = "một loại khác trong tệp đã có tên này."
UNKNOWN_INDICATOR = "không có chỉ số thiếu hụt số {} trong chuẩn nghèo nào."
UNKNOWN_CAUSE = "không có nguyên nhân nghèo số {}."
IN_USE = "Đã có nhu cầu ghi theo loại này: không đổi được cách ghi."

NeedCode = Annotated[
    str,
    matching(r"[a-z0-9]+(-[a-z0-9]+)*", "mã loại nhu cầu viết thường, không dấu, nối bằng “-”."),
]


class NeedKindSection(Section):
    code: NeedCode
    name: Annotated[str, OneLine(100)]
    for_persons: bool = False
    indicators: tuple[Whole, ...] = ()
    causes: tuple[Whole, ...] = ()


class NeedKindsFile(Section):
    kinds: Annotated[tuple[NeedKindSection, ...], Field(min_length=1)]


@dataclass(frozen=True)
class NeedKindInput:
    """A ward's own kind, as a form describes it."""

    name: str
    for_persons: bool
    is_offered: bool = True


@audit.business_act(label="Nạp loại nhu cầu")
def load_need_kinds(*, path: Path, by: User | None) -> Changes:
    """Bring the shared kinds in line with a file. A kind is never removed: needs point to it.

    Raises FileError, also for a deprivation or a cause that nobody knows.
    """
    changes, text = Changes(), read_file(path)
    file = check(NeedKindsFile, text)
    refuse_file([*_unknown_numbers(text, file), *_repeated_names(text, file)])
    for order, section in enumerate(file.kinds, start=1):
        kind = changes.put(
            NeedKind,
            key={"code": section.code},
            values={"name": section.name, "for_persons": section.for_persons, "order": order},
        )
        _put_removed(changes, kind, section)
    if changes:
        audit.record(kind, f"Nạp loại nhu cầu: {changes.totals()}.", ward=None)
    return changes


def _unknown_numbers(text: StructuredText, file: NeedKindsFile) -> Iterator[FileProblem]:
    indicators = set(DeprivationIndicator.objects.values_list("number", flat=True))
    causes = set(PovertyCause.objects.values_list("number", flat=True))
    for at, section in enumerate(file.kinds):
        place = ("kinds", at, "indicators")
        yield from unknown_values(text, place, section.indicators, indicators, UNKNOWN_INDICATOR)
        place = ("kinds", at, "causes")
        yield from unknown_values(text, place, section.causes, causes, UNKNOWN_CAUSE)


def _repeated_names(text: StructuredText, file: NeedKindsFile) -> Iterator[FileProblem]:
    seen = set()
    for at, section in enumerate(file.kinds):
        if section.name in seen:
            yield text.problem(("kinds", at, "name"), NAME_REPEATED)
        seen.add(section.name)


def _put_removed(changes: Changes, kind: NeedKind, section: NeedKindSection) -> None:
    indicators = _indicators_numbered(section.indicators)
    causes = set(PovertyCause.objects.filter(number__in=section.causes))
    if set(kind.indicators.all()) != indicators or set(kind.causes.all()) != causes:
        kind.indicators.set(indicators)
        kind.causes.set(causes)
        changes.count(changes.updated, NeedKind)


def _indicators_numbered(numbers: Sequence[int]) -> set[DeprivationIndicator]:
    """Those of every standard that mean what the first standard means by some numbers.

    A later standard may ask something else under a number of the survey form.
    """
    rows = DeprivationIndicator.objects.filter(number__in=numbers).order_by("standard__valid_from")
    meant: dict[int, str] = {}
    return {row for row in rows if meant.setdefault(row.number, row.name) == row.name}


@audit.business_act(label="Thêm loại nhu cầu")
def add_need_kind(*, ward: Area, details: NeedKindInput, by: User) -> NeedKind:
    """A kind of the ward's own, asked last. Raises ValidationError keyed by field."""
    locks.wait_turn("need", ward.pk)
    _refuse_name(ward, details.name)
    last = NeedKind.objects.of_ward(ward).order_by("-order").values_list("order", flat=True)
    kind = NeedKind.objects.create(
        ward=ward,
        name=details.name,
        for_persons=details.for_persons,
        is_offered=details.is_offered,
        order=(last.first() or 0) + 1,
    )
    audit.record(kind, f"Thêm loại nhu cầu {kind}.", ward=ward)
    return kind


@audit.business_act(label="Sửa loại nhu cầu")
def change_need_kind(
    *, kind: NeedKind, details: NeedKindInput, version: int | None, by: User
) -> NeedKind:
    """Rename a ward's own kind, or stop asking for it. Raises ValidationError, StaleVersion."""
    ward = kind.ward
    if ward is None:
        raise ValidationError(SHARED)
    locks.wait_turn("need", ward.pk)
    _refuse_name(ward, details.name, besides=kind)
    if details.for_persons != kind.for_persons and kind.needs.exists():
        raise ValidationError({"for_persons": IN_USE})
    values = {
        "name": details.name,
        "for_persons": details.for_persons,
        "is_offered": details.is_offered,
    }
    return change_record(kind, values, version=version, ward=ward)


def _refuse_name(ward: Area, name: str, besides: NeedKind | None = None) -> None:
    others = NeedKind.objects.of_ward(ward).exclude(pk=besides.pk if besides else 0)
    if name.lower() in {other.lower() for other in others.values_list("name", flat=True)}:
        raise ValidationError({"name": NAME_TAKEN})
