"""Projects in words: a programme's term, what was saved, what was taken over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from povertyplan.core.platform import versions
from povertyplan.core.registers.presenters import RegisterWords
from povertyplan.core.text import formatting
from povertyplan.core.text.vietnamese import lower_first
from projects.choices import UnitDutyKind, UnitRole
from projects.models import Activity, ComponentProject, Programme, UnitDuty, WardProject
from projects.programme.selectors.components import ProjectRow, is_term_over, plan_terms
from projects.programme.services.assignments import CopiedAssignments, ProjectLine, describe_parts

NO_PROGRAMME = "Chương trình này không áp dụng trong năm."
NOT_CARRIED_OUT = "Phường, xã không thực hiện dự án này trong năm."

NEW_PROGRAMME = "Thêm chương trình"
EDIT_PROGRAMME = "Sửa chương trình"
NEW_ACTIVITY = "Thêm hoạt động"
EDIT_ACTIVITY = "Sửa hoạt động"
REPORT_ACTIVITY = "Báo cáo hoạt động"
REMOVE_ACTIVITY = "Bỏ hoạt động"

NEW_DUTY = "Giao việc cho đơn vị"
END_DUTY = "Thôi giao việc"

KEEPS_WHAT_IS_EMPTY = "Ô để trống giữ nguyên nội dung đã có."
ACTIVITY_REGISTER = RegisterWords(
    "Hoạt động của dự án",
    "hoạt động",
    "Dự án, chính sách",
    ("Cùng dự án, năm và tên là cùng một hoạt động.", KEEPS_WHAT_IS_EMPTY),
)
PROJECT_REGISTER = RegisterWords(
    "Dự án tại địa bàn",
    "dự án",
    "Dự án, chính sách",
    (
        "Cùng mã và năm đầu là cùng một dự án. Cột “Nội dung”: các nội dung cách nhau bằng dấu |.",
        KEEPS_WHAT_IS_EMPTY,
    ),
)
ASSIGNMENT_REGISTER = RegisterWords(
    "Phân công đơn vị",
    "phân công",
    "Dự án, chính sách",
    ("Dự án có trong tệp nhận đúng các đơn vị ghi trong tệp; dự án khác giữ nguyên.",),
)
PROGRAMME_REGISTER = RegisterWords(
    "Danh mục chương trình",
    "chương trình",
    "Chương trình, dự án",
    ("Cột “Tên các cấp”: từ trên xuống, cách nhau bằng dấu chấm phẩy.", KEEPS_WHAT_IS_EMPTY),
)
PART_REGISTER = RegisterWords(
    "Dự án của chương trình", "dự án", "Chương trình, dự án", (KEEPS_WHAT_IS_EMPTY,)
)


def activities_title(year: int) -> str:
    return f"Hoạt động của dự án năm {year}"


def projects_title(year: int) -> str:
    return f"Dự án tại địa bàn năm {year}"


def assignments_title(year: int) -> str:
    return f"Phân công đơn vị năm {year}"


def parts_title(programme: Programme) -> str:
    return f"Dự án của chương trình {programme.code}"


@dataclass(frozen=True)
class ProgrammeTree:
    """A programme with its projects in a year; `notice` says why an ended one goes on."""

    programme: Programme
    rows: Sequence[ProjectRow]
    lead: str
    notice: str


def describe_tree(programme: Programme, rows: Sequence[ProjectRow], year: int) -> ProgrammeTree:
    return ProgrammeTree(programme, rows, _lead(programme), _notice(programme, rows, year))


def describe_saved(saved: WardProject) -> str:
    return f"Đã lưu {saved.project}: {saved.name}."


def describe_left(left: WardProject, year: int) -> str:
    return f"{left.project}: phường, xã thôi thực hiện từ năm {year}."


def describe_assigned(saved: Sequence[WardProject], year: int) -> str:
    if not saved:
        return versions.NOTHING_CHANGED
    count = formatting.number(len(saved))
    return f"Đã phân công năm {year} ở {count} dự án, tiểu dự án."


def describe_two_leads(lines: Sequence[ProjectLine]) -> list[str]:
    """The projects that several units lead: allowed, and said, since one is usual."""
    several = [
        line.project for line in lines if sum(role == UnitRole.LEAD for _, role in line.parts) > 1
    ]
    if not several:
        return []
    return [f"Có hơn một đơn vị chủ trì: {', '.join(map(str, several))}."]


def describe_newer(newer: object, year: int) -> str:
    """Who has a part now, beside what a second person typed."""
    if not isinstance(newer, WardProject):
        return "Người khác vừa bỏ dự án này khỏi năm."
    return f"Người khác vừa lưu: {describe_parts(newer, year)}."


def describe_copied(copied: CopiedAssignments, year: int) -> str:
    listed = ", ".join(str(project) for project in copied.projects)
    return f"Đã chép phân công năm {year - 1} sang năm {year}: {listed}."


def describe_left_out(copied: CopiedAssignments) -> list[str]:
    """What was not taken over, and why; a sentence each."""
    said = []
    if copied.left_out:
        listed = "; ".join(unit.name for unit in copied.left_out)
        said.append(f"Không chép đơn vị đã kết thúc: {listed}. Phân công đơn vị khác thay.")
    if copied.ended:
        listed = ", ".join(map(str, copied.ended))
        said.append(f"Không chép {listed}: chương trình và vốn đã hết thời hạn.")
    return said


def _lead(programme: Programme) -> str:
    parts = [programme.legal_reference] if programme.legal_reference else []
    if programme.valid_to:
        parts.append(f"thực hiện đến {formatting.day(programme.valid_to)}")
    return "; ".join(parts)


def _notice(programme: Programme, rows: Sequence[ProjectRow], year: int) -> str:
    carried_out = plan_terms(rows)
    if not carried_out or not is_term_over(programme, year) or programme.valid_to is None:
        return ""
    over = (
        f"Chương trình đã kết thúc thời gian thực hiện ngày {formatting.day(programme.valid_to)}."
    )
    plans = f"Phân công năm {year} theo kế hoạch {', '.join(carried_out)} của phường, xã"
    if programme.funds_until is None or programme.funds_until.year < year:
        return f"{over} {plans}, bằng nguồn của địa phương."
    until = formatting.day(programme.funds_until)
    by = f" theo {programme.funds_reference}" if programme.funds_reference else ""
    return f"{over} {plans}; vốn được kéo dài đến {until}{by}."


@dataclass(frozen=True)
class PartLine:
    """A part of a programme on the administrator's page; `below` names what may be added to it."""

    part: ComponentProject
    depth: int
    below: str


def describe_part(programme: Programme, part: ComponentProject) -> PartLine:
    depth = part.code.count(".")
    below = programme.level_name(depth + 1) if depth + 1 < len(programme.levels) else ""
    return PartLine(part, depth, lower_first(below))


def describe_programme_saved(programme: Programme) -> str:
    return f"Đã lưu chương trình {programme.code}."


def describe_part_saved(part: ComponentProject) -> str:
    return f"Đã lưu {part}: {part.name}."


def new_part(programme: Programme, parent: ComponentProject | None) -> str:
    depth = parent.code.count(".") + 1 if parent else 0
    where = f" thuộc {parent}" if parent else ""
    return f"Thêm {lower_first(programme.level_name(depth))}{where}"


def edit_part(part: ComponentProject) -> str:
    return f"Sửa {part}"


def describe_activity_saved(activity: Activity) -> str:
    return f"Đã lưu hoạt động: {activity}."


def describe_activity_removed(activity: Activity) -> str:
    return f"Đã bỏ hoạt động: {activity}."


@dataclass(frozen=True)
class OwnDuty:
    """A duty of the reader's unit, with the page where it is done."""

    label: str
    page: str
    since: date


DUTY_PAGES = {
    UnitDutyKind.DONATIONS: "projects:donation_list",
    UnitDutyKind.MONEY: "projects:money_year",
}


def describe_duties(duties: Sequence[UnitDuty]) -> list[OwnDuty]:
    return [
        OwnDuty(UnitDutyKind(each.duty).label, DUTY_PAGES[UnitDutyKind(each.duty)], each.valid_from)
        for each in duties
    ]


def describe_duty_given(given: UnitDuty) -> str:
    return f"Đã giao: {given}, từ ngày {formatting.day(given.valid_from)}."


def describe_duty_ended(ended: UnitDuty) -> str:
    return f"Đã thôi giao: {ended}, đến hết ngày {formatting.day(ended.valid_to)}."
