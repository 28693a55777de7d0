"""What projects and targets ask of the database beyond constraints."""

from povertyplan.core.journal.history_tables import (
    LOCK_LAST,
    YEAR_LOCKED,
    locked_day,
    locked_year,
    month_number,
)
from povertyplan.core.journal.triggers import DELETE, INSERT, UPDATE, Refusal

HISTORY = (
    "projects_activity",
    "projects_actual",
    "projects_budgetentry",
    "projects_donationentry",
    "projects_handover",
    "projects_handoverlist",
    "projects_indicator",
    "projects_livelihood",
    "projects_livelihoodmember",
    "projects_livelihoodstep",
    "projects_projectunit",
    "projects_publication",
    "projects_support",
    "projects_target",
    "projects_unitduty",
    "projects_wardproject",
)

_KEPT = (
    "ward_id", "area_id", "indicator_id", "year", "operator", "low", "high", "rate_operator",
    "rate", "assigned_by", "note", "supersedes_id", "reason",
)  # fmt: skip
# What was given counts in the year of its delivery; a promise may still be kept in a later year.
_GIVEN = (
    "ward_id", "kind_id", "ward_project_id", "household_id", "person_id", "group_name",
    "quantity", "amount", "source", "promised_on",
)  # fmt: skip


_LISTED = ("ward_id", "handover_id", "kind_id", "receiver", "change_count", "digest")
_STEP = ("ward_id", "livelihood_id", "stage", '"on"', "document", "note")
_MEMBER = ("ward_id", "livelihood_id", "household_id", "name", "part", "joined_on")
_SENT = ("sent_on", "sent_to", "sent_by_id", "replaced_by_id")


def _is_changed(columns: tuple[str, ...]) -> str:
    return " OR ".join(
        f"COALESCE(CAST(OLD.{column} AS TEXT), '') <> COALESCE(CAST(NEW.{column} AS TEXT), '')"
        for column in columns
    )


def _of_own_ward(table: str, column: str, parent: str) -> Refusal:
    return Refusal(
        name=f"ward_of_{column}",
        table=table,
        operations=(INSERT, UPDATE),
        condition=(
            f"NEW.ward_id <> (SELECT parent.ward_id FROM {parent} parent"
            f" WHERE parent.id = NEW.{column})"
        ),
        message="Dữ liệu không cùng phường, xã.",
    )


def _counted_since(operation: str, day: str) -> Refusal:
    """Who joins or leaves an approved one changes its later years, too, up to its last."""
    return Refusal(
        name=f"locked_since_{day}",
        table="projects_livelihoodmember",
        operations=(operation,),
        condition=(
            "EXISTS (SELECT 1 FROM core_periodlock lock, projects_livelihood one"
            " WHERE lock.ward_id = NEW.ward_id AND one.id = NEW.livelihood_id"
            " AND lock.released_at IS NULL AND lock.year <= one.year_to"
            f" AND {LOCK_LAST} >= {month_number(f'NEW.{day}')}"
            " AND EXISTS (SELECT 1 FROM projects_livelihoodstep step"
            " WHERE step.livelihood_id = one.id AND step.stage = 'approved'"
            " AND step.withdrawal_reason = ''))"
        ),
        message=YEAR_LOCKED,
    )


# BEFORE an insert SQLite has no key yet, or -1.
_OVERLAPS = (
    "EXISTS (SELECT 1 FROM projects_wardproject other WHERE other.ward_id = {row}.ward_id"
    " AND other.project_id = {row}.project_id AND other.id <> COALESCE({row}.id, -1)"
    " AND other.year_from <= {row}.year_to AND other.year_to >= {row}.year_from)"
)

REFUSALS = (
    Refusal(
        name="years_once",
        table="projects_wardproject",
        operations=(INSERT, UPDATE),
        condition=_OVERLAPS,
        message="Một dự án không được thực hiện hai lần trong cùng một năm.",
    ),
    Refusal(
        name="kept",
        table="projects_target",
        operations=(UPDATE,),
        condition=_is_changed(_KEPT),
        message="Chỉ tiêu đã giao không sửa đè: điều chỉnh bằng chỉ tiêu mới có lý do.",
    ),
    Refusal(
        name="append_only",
        table="projects_budgetentry",
        message="Khoản kinh phí đã ghi không sửa, không xóa: hủy khoản sai rồi ghi khoản đúng.",
        operations=(UPDATE, DELETE),
    ),
    Refusal(
        name="append_only",
        table="projects_donationentry",
        message="Khoản ủng hộ đã ghi không sửa, không xóa: hủy khoản sai rồi ghi khoản đúng.",
        operations=(UPDATE, DELETE),
    ),
    Refusal(
        name="like_reversed",
        table="projects_donationentry",
        operations=(INSERT,),
        condition=(
            "{row}.reverses_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM projects_donationentry"
            " wrong WHERE wrong.id = {row}.reverses_id AND wrong.reverses_id IS NULL"
            " AND wrong.ward_id = {row}.ward_id AND wrong.fund = {row}.fund"
            " AND wrong.way = {row}.way AND wrong.dated = {row}.dated"
            " AND wrong.amount = -{row}.amount)"
        ),
        message="Khoản hủy phải trái dấu với đúng một khoản chưa bị hủy.",
    ),
    Refusal(
        name="holds_enough",
        table="projects_donationentry",
        operations=(INSERT,),
        condition=(
            "(CASE WHEN {row}.way = 'in' THEN {row}.amount ELSE -{row}.amount END)"
            " + COALESCE((SELECT SUM(CASE WHEN held.way = 'in' THEN held.amount"
            " ELSE -held.amount END) FROM projects_donationentry held"
            " WHERE held.ward_id = {row}.ward_id AND held.fund = {row}.fund), 0) < 0"
        ),
        message="Quỹ không còn đủ số tiền này.",
    ),
    Refusal(
        name="own_ward",
        table="projects_budgetentry",
        operations=(INSERT,),
        condition=(
            "NOT EXISTS (SELECT 1 FROM projects_wardproject project"
            " WHERE project.id = {row}.ward_project_id AND project.ward_id = {row}.ward_id)"
        ),
        message="Khoản kinh phí phải thuộc dự án của chính phường, xã đó.",
    ),
    Refusal(
        name="like_reversed",
        table="projects_budgetentry",
        operations=(INSERT,),
        condition=(
            "{row}.reverses_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM projects_budgetentry wrong"
            " WHERE wrong.id = {row}.reverses_id AND wrong.reverses_id IS NULL"
            " AND wrong.ward_project_id = {row}.ward_project_id AND wrong.year = {row}.year"
            " AND wrong.first_year = {row}.first_year AND wrong.source = {row}.source"
            " AND wrong.kind = {row}.kind AND wrong.act = {row}.act"
            " AND wrong.amount = -{row}.amount)"
        ),
        message="Khoản hủy phải trái dấu với đúng một khoản chưa bị hủy.",
    ),
    _of_own_ward("projects_unitduty", "unit_id", "core_unit"),
    _of_own_ward("projects_livelihood", "ward_project_id", "projects_wardproject"),
    _of_own_ward("projects_livelihoodmember", "livelihood_id", "projects_livelihood"),
    _of_own_ward("projects_livelihoodmember", "household_id", "households_household"),
    _of_own_ward("projects_livelihoodstep", "livelihood_id", "projects_livelihood"),
    Refusal(
        name="owner_of_ward",
        table="projects_livelihood",
        operations=(INSERT, UPDATE),
        condition=(
            "NEW.ward_id <> (SELECT owner.ward_id FROM core_unit owner"
            " WHERE owner.id = NEW.owner_id)"
        ),
        message="Dữ liệu không cùng phường, xã.",
    ),
    Refusal(
        name="kept",
        table="projects_livelihood",
        operations=(UPDATE,),
        condition=(
            "OLD.ward_project_id <> NEW.ward_project_id OR OLD.stopped_on IS NOT NULL"
            " OR ((OLD.kind <> NEW.kind OR OLD.year_from <> NEW.year_from)"
            " AND EXISTS (SELECT 1 FROM projects_livelihoodstep step"
            " WHERE step.livelihood_id = OLD.id AND step.withdrawal_reason = ''))"
        ),
        message="Mô hình đã có bước thực hiện hoặc đã dừng, không sửa được nữa.",
    ),
    Refusal(
        name="kept",
        table="projects_livelihoodstep",
        operations=(UPDATE,),
        condition=f"OLD.withdrawal_reason <> '' OR {_is_changed(_STEP)}",
        message="Bước đã ghi không sửa: bỏ bước sai rồi ghi lại.",
    ),
    Refusal(
        name="kept",
        table="projects_livelihoodmember",
        operations=(UPDATE,),
        condition=f"OLD.left_on IS NOT NULL OR {_is_changed(_MEMBER)}",
        message="Thành viên đã ghi không sửa: ghi thôi tham gia rồi ghi lại.",
    ),
    *(
        Refusal(
            name="never_deleted",
            table=f"projects_{table}",
            operations=(DELETE,),
            message="Dữ liệu này không xóa: ghi thôi, ghi bỏ có lý do.",
        )
        for table in ("livelihoodstep", "livelihoodmember")
    ),
    locked_year("projects_actual", "CAST({row}.year AS TEXT)"),
    locked_year("projects_budgetentry", "CAST({row}.year AS TEXT)"),
    locked_day("projects_donationentry", "{row}.dated"),
    locked_day("projects_livelihoodstep", '{row}."on"'),
    _counted_since(INSERT, "joined_on"),
    _counted_since(UPDATE, "left_on"),
    locked_year("projects_target", "CAST({row}.year AS TEXT)"),
    locked_day("projects_support", "{row}.delivered_on"),
    Refusal(
        name="kept",
        table="projects_support",
        operations=(UPDATE,),
        condition=_is_changed(_GIVEN),
        message="Hỗ trợ đã ghi không sửa đè: thu hồi, nêu lý do rồi ghi lại.",
    ),
    Refusal(
        name="withdrawn",
        table="projects_support",
        operations=(UPDATE,),
        condition="OLD.withdrawn_at IS NOT NULL",
        message="Hỗ trợ đã thu hồi, không sửa được nữa.",
    ),
    _of_own_ward("projects_support", "household_id", "households_household"),
    _of_own_ward("projects_support", "person_id", "households_person"),
    _of_own_ward("projects_support", "ward_project_id", "projects_wardproject"),
    _of_own_ward("projects_indicator", "ward_project_id", "projects_wardproject"),
    _of_own_ward("projects_handover", "decision_id", "households_decision"),
    _of_own_ward("projects_handoverlist", "handover_id", "projects_handover"),
    Refusal(
        name="ward_of_household_id",
        table="projects_handoverrow",
        operations=(INSERT,),
        condition=(
            "(SELECT made.ward_id FROM projects_handoverlist made"
            " WHERE made.id = NEW.handover_list_id)"
            " <> (SELECT home.ward_id FROM households_household home"
            " WHERE home.id = NEW.household_id)"
        ),
        message="Dữ liệu không cùng phường, xã.",
    ),
    Refusal(
        name="sent_after_decision",
        table="projects_handoverlist",
        operations=(INSERT, UPDATE),
        condition=(
            "NEW.sent_on < (SELECT decision.decided_on FROM projects_handover made"
            " JOIN households_decision decision ON decision.id = made.decision_id"
            " WHERE made.id = NEW.handover_id)"
        ),
        message="Ngày gửi không được trước ngày quyết định.",
    ),
    Refusal(
        name="kept",
        table="projects_handoverlist",
        operations=(UPDATE,),
        condition=_is_changed(_LISTED),
        message="Danh sách chuyển giao đã lập không sửa đè: lập danh sách mới.",
    ),
    Refusal(
        name="sent",
        table="projects_handoverlist",
        operations=(UPDATE,),
        condition=f"OLD.sent_on IS NOT NULL AND ({_is_changed(_SENT)})",
        message="Danh sách chuyển giao đã gửi, không sửa được ngày gửi, nơi nhận.",
    ),
    Refusal(
        name="whole",
        table="projects_handoverrow",
        operations=(INSERT,),
        condition=(
            "EXISTS (SELECT 1 FROM projects_handoverlist made WHERE made.id = NEW.handover_list_id"
            " AND (made.sent_on IS NOT NULL OR made.replaced_by_id IS NOT NULL))"
        ),
        message="Danh sách chuyển giao đã gửi hoặc đã thay thế, không thêm dòng được nữa.",
    ),
    Refusal(
        name="kept",
        table="projects_handover",
        operations=(UPDATE, DELETE),
        message="Đợt lập danh sách chuyển giao được giữ nguyên, không sửa, không xóa.",
    ),
    Refusal(
        name="append_only",
        table="projects_handoverrow",
        operations=(UPDATE, DELETE),
        message="Dòng của danh sách chuyển giao không sửa, không xóa.",
    ),
    Refusal(
        name="withdrawn",
        table="projects_publication",
        operations=(UPDATE,),
        condition="OLD.withdrawn_at IS NOT NULL",
        message="Lần công khai đã bỏ, không sửa được nữa.",
    ),
)
