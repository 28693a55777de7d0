"""What the pages of every register say: titles, counts, what stands above the lines of a file."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings

from povertyplan.core.models import Area
from povertyplan.core.registers.resources import RegisterResource
from povertyplan.core.registers.writing import LineChange, RowOutcome
from povertyplan.core.text import formatting
from povertyplan.core.text.vietnamese import lower_first

DEMO_MARK = "DỮ LIỆU MẪU – số liệu giả định, không dùng làm căn cứ"
MOST_SHOWN = 200
CHANGED_MEANWHILE = (
    "Số liệu trong hệ thống vừa thay đổi nên kết quả không còn như bảng xem trước. Xem lại bảng "
    "dưới đây rồi ghi."
)


@dataclass(frozen=True)
class RegisterWords:
    """What a register is called: "Hoạt động của dự án", with lines that are "hoạt động"."""

    title: str
    line: str
    back: str
    hints: tuple[str, ...] = ()

    @property
    def template_title(self) -> str:
        return f"Mẫu nhập {lower_first(self.title)}"


@dataclass(frozen=True)
class FilePreview:
    """What a file comes to, in words; lines that are there already are only counted."""

    lines: Sequence[RowOutcome]
    counts: tuple[tuple[str, int], ...]
    already: int
    left_out: int
    warned: int

    @property
    def count(self) -> int:
        return sum(number for _, number in self.counts)


def describe_preview(outcomes: Sequence[RowOutcome]) -> FilePreview:
    """Lines with warnings first: of a long file not all are shown."""
    new = sorted(
        (each for each in outcomes if not each.is_same),
        key=lambda each: (not each.warnings, each.line),
    )
    return FilePreview(
        lines=new[:MOST_SHOWN],
        counts=_counts(new),
        already=len(outcomes) - len(new),
        left_out=max(0, len(new) - MOST_SHOWN),
        warned=sum(bool(each.warnings) for each in new),
    )


def describe_written(outcomes: Sequence[RowOutcome], words: RegisterWords) -> str:
    counts = _counts([each for each in outcomes if not each.is_same])
    if not counts:
        return f"Không ghi gì: mọi {words.line} trong tệp đã có, không có gì thay đổi."
    said = ", ".join(
        f"{label.lower()} {formatting.number(number)} {words.line}" for label, number in counts
    )
    return f"Đã ghi tệp: {said}."


def lines_above(ward: Area | None) -> list[str]:
    """What stands above the lines of an exported register."""
    mark = [DEMO_MARK] if settings.DEMO else []
    return [*([ward.name] if ward else []), *mark]


def template_lines(words: RegisterWords, resource: RegisterResource) -> list[str]:
    names = ", ".join(f"“{name}”" for name in resource.optional)
    shapes = [
        f"Mỗi dòng một {words.line}.",
        "Số tiền là đồng nguyên." if resource.has_money() else "",
        "Ngày viết ngày/tháng/năm." if resource.has_days() else "",
    ]
    lines = [" ".join(filter(None, shapes)), *words.hints]
    return [*lines, f"Có thể để trống hoặc bỏ cột: {names}."] if names else lines


def _counts(outcomes: Sequence[RowOutcome]) -> tuple[tuple[str, int], ...]:
    found = [
        (str(change.label), sum(each.change == change for each in outcomes))
        for change in LineChange
    ]
    return tuple((label, number) for label, number in found if number)
