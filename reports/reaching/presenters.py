"""The way to a target in words: how many have to leave, what holds each, who does what."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from households.choices import PovertyClass
from povertyplan.core.models import Area
from povertyplan.core.text import formatting
from projects.targets.services.targets import promise_of, promise_text
from reports.reaching.selectors import (
    BlockingDeprivation,
    ReachingLine,
    ReachingPlan,
    Remedy,
    TargetOutlook,
)

TITLE = "Để đạt chỉ tiêu"
ADVICE = "Danh sách để tham mưu, tính từ phiếu rà soát gần nhất; không thay đổi phân loại của hộ."
NO_TARGET = "Năm {year} chưa giao chỉ tiêu số {name}: chưa biết cần bao nhiêu hộ ra khỏi danh sách."
NO_FORM = "Chưa có phiếu rà soát"
MEETS = "Đã đủ điều kiện ra"
BELOW_ALREADY = "Điểm của phiếu đã ngoài mức, phân loại ghi nhận khác"
UNKNOWN_DUE = "chưa rõ hạn"
NO_SUPPORT = "chưa có hỗ trợ trực tiếp"
MOST_SHOWN = 300
TOO_MANY = f"Hiện {MOST_SHOWN} hộ gần nhất. Chọn một thôn hoặc tải tệp để xem hết."


@dataclass(frozen=True)
class ReachingRow:
    """A household as screen, paper and workbook show it."""

    household: int
    code: str
    name: str
    village: str
    distance: str
    blocking: tuple[str, ...]
    note: str


def describe_outlook(outlook: TargetOutlook, year: int) -> list[str]:
    """The target, how far it is, and what it comes to once approved acts, then all, are done."""
    name = outlook.poverty_class.label.lower()
    if outlook.target is None or outlook.left is None:
        return [NO_TARGET.format(year=year, name=name)]
    promise = promise_text(promise_of(outlook.target), outlook.target.indicator)
    found = [
        f"Chỉ tiêu năm {year}: {promise}. Sổ hiện có {_count(outlook.households)}, "
        f"cần thêm {_count(outlook.to_leave)} ra khỏi danh sách {name}."
    ]
    if not outlook.to_leave:
        return [*found, "Chỉ tiêu đang đạt nếu không phát sinh hộ mới."]
    if outlook.meeting:
        found.append(
            f"Tạm tính theo phiếu rà soát chờ công nhận: {_count(outlook.meeting)} đã đủ điều kiện "
            "ra khỏi danh sách."
        )
    if outlook.poverty_class != PovertyClass.POOR:
        return [
            *found,
            "Hộ cận nghèo ra khỏi danh sách khi điểm B1 vượt mức; hỗ trợ đã duyệt không bảo đảm "
            f"điều đó, nên không cộng vào đây: {_to_target(outlook.short)}.",
        ]
    more = "thêm " if outlook.meeting else ""
    done = (
        f"Nếu giao hết hỗ trợ đã duyệt cho các hộ dưới đây, {more}{_count(outlook.leaving)} có "
        "điểm thiếu hụt dưới mức hộ nghèo"
    )
    every = (
        f"Nếu làm hết các việc ghi dưới đây, kể cả hỗ trợ chưa duyệt, {more}"
        f"{_count(outlook.could_leave)} có điểm thiếu hụt dưới mức hộ nghèo"
    )
    return [
        *found,
        f"{done}: {_to_target(outlook.short)}.",
        f"{every}: {_to_target(outlook.short_of_all)}.",
    ]


def _to_target(short: int | None) -> str:
    return f"còn thiếu {_count(short)} để đạt chỉ tiêu" if short else "đạt chỉ tiêu"


def rows_of(lines: Iterable[ReachingLine]) -> list[ReachingRow]:
    return [
        ReachingRow(
            household=line.candidate.pk,
            code=line.candidate.household.code,
            name=line.candidate.head_name or formatting.MISSING,
            village=line.candidate.village.name,
            distance=_distance(line),
            blocking=tuple(_blocking(each) for each in line.blocking),
            note=_note(line),
        )
        for line in lines
    ]


def class_tabs(shown: PovertyClass, village: Area | None) -> list[dict]:
    return [
        {
            "label": each.label,
            "url": reverse(
                "reports:reaching",
                query={"poverty_class": each.value}
                | ({"village": str(village.pk)} if village else {}),
            ),
            "active": each == shown,
        }
        for each in (PovertyClass.POOR, PovertyClass.NEAR_POOR)
    ]


def subject_of(plan: ReachingPlan, village: Area | None, unit: str) -> str:
    """What a file is about: the list, the village, the unit."""
    parts = [plan.outlook.poverty_class.label.lower()]
    parts += [village.name] if village else []
    return ", ".join([*parts, unit] if unit else parts)


def describe_export(count: int, subject: str) -> str:
    return f"Tải việc cần làm để đạt chỉ tiêu ({subject}): {formatting.number(count)} hộ"


def _count(households: int | None) -> str:
    return f"{formatting.number(households)} hộ"


def _distance(line: ReachingLine) -> str:
    distance = line.candidate.distance
    if distance is None:
        return NO_FORM
    if distance.nearest == 0:
        return MEETS if line.candidate.meets else BELOW_ALREADY
    points = f"thiếu {distance.missing_points} điểm B1"
    if distance.removals is None:
        return points
    removals = f"bỏ {distance.removals} thiếu hụt"
    return f"{removals}, hoặc {points}"


def _blocking(each: BlockingDeprivation) -> str:
    """A deprivation with what removes it: what was approved, or else what could be asked for."""
    name = f"{each.indicator.number}. {each.indicator.name}"
    if each.promised is not None:
        day = formatting.day(each.promised.promised_on)
        due = _by_when(each.promised_due)
        return f"{name}: {each.promised.kind}, đã duyệt {day}, chưa giao, {due}"
    return f"{name}: {'; '.join(map(_remedy, each.remedies)) or NO_SUPPORT}"


def _remedy(remedy: Remedy) -> str:
    if not remedy.providers:
        return str(remedy.kind)
    givers = [
        " – ".join([str(each.ward_project.project), *filter(None, [", ".join(each.units)])])
        + f", {_by_when(remedy.dues.get(each.ward_project.pk))}"
        for each in remedy.providers
    ]
    return f"{remedy.kind} ({'; '.join(givers)})"


def _by_when(day: date | None) -> str:
    return f"hạn {formatting.day(day)}" if day else UNKNOWN_DUE


def _note(line: ReachingLine) -> str:
    if line.leaves:
        return "Đủ điều kiện ra khi giao hết hỗ trợ đã duyệt"
    if not line.candidate.year:
        return ""
    waits = ", chờ công nhận" if line.candidate.meets else ""
    return f"Phiếu năm {line.candidate.year}{waits}"
