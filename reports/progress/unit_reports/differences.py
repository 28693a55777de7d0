"""What a report says, part by part, and what changed between two tellings of it. Pure.

A content is kept as plain text, so that what was sent reads the same for ever.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from povertyplan.core.text import formatting
from povertyplan.core.text.reasons import reason_fault
from reports.choices import FIGURE_PARTS, TEXT_PARTS, FigureAnswer, ReportPart

UNKNOWN = "chưa có số liệu"
OWN_MISSING = "Nhập số thay cho số liệu có sẵn, hoặc chọn “Đồng ý”."
REASON_MISSING = "Nêu lý do sửa số liệu."
AGREED_YET_CHANGED = "Đã nhập số khác: chọn “Sửa”, hoặc xóa số đó để đồng ý."
NO_ESTIMATE = "Kỳ báo cáo đã hết nên không ghi số ước; ghi số thực hiện."
FIGURES_OPEN = "{part}: còn {count} dòng chưa “Đồng ý” hoặc “Sửa”."
TEXT_MISSING = "{part}: chưa viết; không có gì để báo cáo thì ghi “Không có”."
NOTHING_SAID = frozenset({"không", "không có", "không có gì"})
LONGEST_TEXT = 10_000
TEXT_TOO_LONG = "Viết tối đa 10.000 ký tự."


@dataclass(frozen=True)
class FigureReply:
    """What a unit says to one figure; `own` replaces it, `estimate` is of the whole period."""

    answer: str = ""
    own: Decimal | None = None
    reason: str = ""
    estimate: Decimal | None = None


@dataclass(frozen=True)
class PartChange:
    """One thing that reads otherwise than before."""

    part: ReportPart
    label: str
    old: str
    new: str


def reply_faults(reply: FigureReply, *, estimate_allowed: bool) -> dict[str, str]:
    """What cannot be said, one sentence a field.

    >>> reply_faults(FigureReply("own", Decimal(3)), estimate_allowed=True)
    {'reason': 'Nêu lý do sửa số liệu.'}
    """
    faults = {}
    if reply.answer == FigureAnswer.OWN:
        if reply.own is None:
            faults["own"] = OWN_MISSING
        if fault := reason_fault(reply.reason, REASON_MISSING):
            faults["reason"] = fault
    elif reply.answer == FigureAnswer.AGREED and reply.own is not None:
        faults["own"] = AGREED_YET_CHANGED
    if reply.estimate is not None and not estimate_allowed:
        faults["estimate"] = NO_ESTIMATE
    return faults


def tidy_reply(reply: FigureReply) -> FigureReply:
    """A number typed without a choice is an own one; what is agreed to needs no reason."""
    if reply.answer == FigureAnswer.OWN or (not reply.answer and reply.own is not None):
        return FigureReply(FigureAnswer.OWN, reply.own, reply.reason, reply.estimate)
    return FigureReply(reply.answer, reply.own, "", reply.estimate)


def may_estimate(*, data_on: date, last_day: date, today: date) -> bool:
    """Whether the rest of a period can still be estimated: it is not over yet."""
    return data_on < last_day and today <= last_day


def open_parts(
    texts: Mapping[str, str], answers: Iterable[tuple[str, str]]
) -> dict[ReportPart, str]:
    """What is still to do, a sentence each part; `answers` are part and answer of each figure."""
    waiting: dict[str, int] = {}
    for part, answer in answers:
        waiting[part] = waiting.get(part, 0) + (not answer)
    found = {
        part: FIGURES_OPEN.format(part=part.label, count=waiting[part])
        for part in FIGURE_PARTS
        if waiting.get(part)
    }
    missing = {part: TEXT_MISSING.format(part=part.label) for part in TEXT_PARTS if not texts[part]}
    return found | missing


def says_nothing(text: str) -> bool:
    """Whether a unit only wrote that there is nothing to report.

    >>> says_nothing(" Không có."), says_nothing("Không có nước sạch")
    (True, False)
    """
    return " ".join(text.split()).rstrip(". ").lower() in NOTHING_SAID | {""}


def figure_words(figure: Any) -> str:
    """A figure as it is reported: "95 hộ (sửa từ 110: hộ chuyển đi); ước cả kỳ 90 hộ"."""
    words = _counted(figure.value, figure.measure_unit)
    if figure.answer == FigureAnswer.OWN:
        words += f" (sửa từ {_counted(figure.computed, '')}: {figure.reason})"
    if figure.estimate is not None:
        words += f"; ước cả kỳ {_counted(figure.estimate, figure.measure_unit)}"
    return words


def figure_hint(figure: Any) -> str:
    """What stands beside the answer: the plan, what the data say, and of which day."""
    plan = f"Kế hoạch: {figure.target}. " if figure.target else ""
    day = f" đến {formatting.day(figure.as_of)}" if figure.as_of else ""
    source = f" ({figure.source})" if figure.source else ""
    return f"{plan}Số liệu: {_counted(figure.computed, figure.measure_unit)}{day}{source}."


def _counted(value: Decimal | None, unit: str) -> str:
    if value is None:
        return UNKNOWN
    return f"{formatting.number(value)} {unit}".strip()


def content_of(texts: Mapping[str, str], figures: Iterable[Any]) -> dict[str, Any]:
    """What a report says now, in plain text, to be kept and compared."""
    return {
        "texts": {part.value: texts[part] for part in TEXT_PARTS},
        "figures": {
            figure.key: {
                "part": figure.part,
                "label": figure.label,
                "words": figure_words(figure),
                "answer": figure.answer,
            }
            for figure in figures
        },
    }


def changes_between(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[PartChange]:
    """What reads otherwise, in the order of the report."""
    old_figures, new_figures = before["figures"], after["figures"]
    found = []
    for key in dict.fromkeys([*old_figures, *new_figures]):
        old, new = old_figures.get(key), new_figures.get(key)
        words = (old["words"] if old else "", new["words"] if new else "")
        if words[0] != words[1]:
            row = new or old
            found.append(PartChange(ReportPart(row["part"]), row["label"], *words))
    for part in TEXT_PARTS:
        old_text, new_text = before["texts"][part.value], after["texts"][part.value]
        if old_text != new_text:
            found.append(PartChange(part, part.label, old_text, new_text))
    return found
