"""What the register, the review and the ledger ask of the database beyond constraints."""

from households.campaign.recognition.services.reopening import reopen_campaign
from households.intake.writing.services.undo import undo_import
from households.register.services.reopening import reopen_household
from povertyplan.core.journal.history_tables import (
    LOCK_FIRST,
    LOCK_LAST,
    YEAR_LOCKED,
    locked_day,
    locked_year,
    month_number,
)
from povertyplan.core.journal.triggers import DELETE, INSERT, UPDATE, Refusal

HISTORY = (
    "households_areayear",
    "households_campaignvillage",
    "households_certificate",
    "households_columnmapping",
    "households_complaint",
    "households_decision",
    "households_escapepledge",
    "households_helpervisit",
    "households_holiday",
    "households_household",
    "households_householdevent",
    "households_householdhelper",
    "households_householdstatus",
    # Its rows, their corrections and its file are not business data until they are written.
    "households_importbatch",
    "households_listedresult",
    # Its bytes stay out: the digest in this row says what they were.
    "households_meetingscan",
    "households_lowincomeworker",
    "households_meetingvote",
    "households_membership",
    "households_needinquiry",
    "households_needkind",
    "households_person",
    "households_personfact",
    "households_posting",
    "households_recognisedversion",
    "households_review",
    "households_review_causes",
    "households_reviewcampaign",
    "households_reviewomission",
    "households_reviewrequest",
    "households_supportneed",
    "households_villagemeeting",
)

_RECOGNISED = (
    "EXISTS (SELECT 1 FROM households_reviewcampaign campaign"
    " WHERE campaign.id = {campaign} AND campaign.stage = 'recognised')"
)
_NOT_REOPENING = f"{{act}} <> '{reopen_campaign.name}'"
_CAMPAIGN_CLOSED = "Đợt rà soát đã được công nhận, không sửa được nữa."


def _same_ward(table: str, column: str, parent: str) -> Refusal:
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


_LOCK = "EXISTS (SELECT 1 FROM core_periodlock lock"


REFUSALS = (
    Refusal(
        name="recognised",
        table="households_review",
        condition=_RECOGNISED.format(campaign="{row}.campaign_id"),
        message=_CAMPAIGN_CLOSED,
    ),
    Refusal(
        name="recognised",
        table="households_review_causes",
        condition=_RECOGNISED.format(
            campaign="(SELECT review.campaign_id FROM households_review review"
            " WHERE review.id = {row}.review_id)"
        ),
        message=_CAMPAIGN_CLOSED,
    ),
    Refusal(
        name="recognised",
        table="households_campaignvillage",
        condition=_RECOGNISED.format(campaign="{row}.campaign_id"),
        message=_CAMPAIGN_CLOSED,
    ),
    *(
        Refusal(
            name="recognised",
            table=table,
            condition=_RECOGNISED.format(campaign="{row}.campaign_id"),
            message=_CAMPAIGN_CLOSED,
        )
        for table in (
            "households_villagemeeting",
            "households_posting",
            "households_reviewomission",
        )
    ),
    Refusal(
        name="recognised",
        table="households_meetingscan",
        operations=(INSERT, DELETE),
        condition=_RECOGNISED.format(campaign="{row}.campaign_id"),
        message=_CAMPAIGN_CLOSED,
    ),
    *(
        Refusal(
            name="kept",
            table=table,
            operations=(UPDATE,),
            message="Bản chụp đã gửi được giữ nguyên, không sửa được.",
        )
        for table in ("households_meetingscan", "households_scancontent")
    ),
    Refusal(
        name="recognised",
        table="households_scancontent",
        operations=(DELETE,),
        condition=_RECOGNISED.format(
            campaign="(SELECT scan.campaign_id FROM households_meetingscan scan"
            " WHERE scan.id = {row}.scan_id)"
        ),
        message=_CAMPAIGN_CLOSED,
    ),
    Refusal(
        name="within_attendance",
        table="households_meetingvote",
        operations=(INSERT, UPDATE),
        condition=(
            "NEW.votes_for + NEW.votes_against > (SELECT meeting.attendance"
            " FROM households_villagemeeting meeting WHERE meeting.id = NEW.meeting_id)"
        ),
        message="Số phiếu về một hộ vượt quá số người dự họp.",
    ),
    Refusal(
        name="recognised",
        table="households_reviewcampaign",
        operations=(UPDATE, DELETE),
        condition=f"OLD.stage = 'recognised' AND {_NOT_REOPENING}",
        message=_CAMPAIGN_CLOSED,
    ),
    Refusal(
        name="cancelled_by_two",
        table="households_reviewcampaign",
        operations=(UPDATE,),
        condition=(
            "NEW.stage = 'cancelled' AND OLD.stage <> 'cancelled'"
            " AND OLD.cancel_requested_by_id IS NULL"
            " AND EXISTS (SELECT 1 FROM households_review review"
            " WHERE review.campaign_id = NEW.id AND review.state = 'done')"
        ),
        message="Đợt rà soát đã có phiếu nhập: một người đề nghị, người khác duyệt hủy.",
    ),
    Refusal(
        name="cancelled",
        table="households_reviewcampaign",
        operations=(UPDATE, DELETE),
        condition="OLD.stage = 'cancelled'",
        message="Đợt rà soát đã hủy, không sửa được nữa.",
    ),
    Refusal(
        name="kept",
        table="households_decision",
        operations=(UPDATE, DELETE),
        condition=_NOT_REOPENING,
        message="Quyết định công nhận đã ghi sổ, không sửa được.",
    ),
    Refusal(
        name="append_only",
        table="households_recognisedversion",
        operations=(UPDATE, DELETE),
        message="Bản công nhận được giữ nguyên, không sửa hoặc xóa được.",
    ),
    Refusal(
        name="append_only",
        table="households_certificate",
        operations=(UPDATE, DELETE),
        message="Giấy chứng nhận đã cấp số được giữ nguyên, không sửa hoặc xóa được.",
    ),
    _same_ward("households_certificate", "household_id", "households_household"),
    _same_ward("households_certificate", "decision_id", "households_decision"),
    Refusal(
        name="append_only",
        table="households_householdevent",
        operations=(UPDATE, DELETE),
        message="Biến động đã ghi được giữ nguyên, không sửa hoặc xóa được.",
    ),
    Refusal(
        name="kept",
        table="households_householdstatus",
        operations=(DELETE,),
        condition=(
            f"{_NOT_REOPENING} AND NOT ({{act}} = '{undo_import.name}'"
            " AND OLD.decision_id IS NULL AND OLD.cause = 'registered')"
        ),
        message="Kết quả đã công nhận không xóa được.",
    ),
    Refusal(
        name="kept",
        table="households_householdstatus",
        operations=(UPDATE,),
        condition=(
            f"{_NOT_REOPENING} AND"
            " (OLD.household_id <> NEW.household_id OR OLD.poverty_class <> NEW.poverty_class"
            " OR OLD.starts_on <> NEW.starts_on OR OLD.cause <> NEW.cause"
            " OR COALESCE(OLD.decision_id, 0) <> COALESCE(NEW.decision_id, 0)"
            f" OR OLD.ends_on IS NOT NULL AND {{act}} <> '{reopen_household.name}' AND"
            " (NEW.ends_on IS NULL OR OLD.ends_on <> NEW.ends_on))"
        ),
        message="Kết quả đã công nhận không sửa được.",
    ),
    Refusal(
        name="no_overlap",
        table="households_householdstatus",
        operations=(INSERT, UPDATE),
        condition=(
            "EXISTS (SELECT 1 FROM households_householdstatus other"
            " WHERE other.household_id = NEW.household_id AND other.id <> COALESCE(NEW.id, 0)"
            " AND (other.ends_on IS NULL OR other.ends_on >= NEW.starts_on)"
            " AND (NEW.ends_on IS NULL OR NEW.ends_on >= other.starts_on))"
        ),
        message="Hai kết quả của một hộ không được trùng thời gian.",
    ),
    _same_ward("households_membership", "household_id", "households_household"),
    _same_ward("households_membership", "person_id", "households_person"),
    _same_ward("households_householdevent", "household_id", "households_household"),
    _same_ward("households_needinquiry", "household_id", "households_household"),
    _same_ward("households_supportneed", "household_id", "households_household"),
    _same_ward("households_supportneed", "person_id", "households_person"),
    Refusal(
        name="person_asked",
        table="households_supportneed",
        operations=(INSERT, UPDATE),
        condition=(
            "(NEW.person_id IS NOT NULL) <> (SELECT kind.for_persons FROM households_needkind kind"
            " WHERE kind.id = NEW.kind_id)"
        ),
        message="Loại nhu cầu này ghi theo người hoặc theo hộ, không ghi khác đi được.",
    ),
    Refusal(
        name="ended",
        table="households_supportneed",
        operations=(UPDATE,),
        condition="OLD.ended_on IS NOT NULL",
        message="Nhu cầu đã kết thúc, không sửa được nữa.",
    ),
    Refusal(
        name="kind_of_ward",
        table="households_supportneed",
        operations=(INSERT, UPDATE),
        condition=(
            "EXISTS (SELECT 1 FROM households_needkind kind WHERE kind.id = NEW.kind_id"
            " AND kind.ward_id IS NOT NULL AND kind.ward_id <> NEW.ward_id)"
        ),
        message="Dữ liệu không cùng phường, xã.",
    ),
    _same_ward("households_escapepledge", "household_id", "households_household"),
    _same_ward("households_householdhelper", "pledge_id", "households_escapepledge"),
    _same_ward("households_householdhelper", "unit_id", "core_unit"),
    _same_ward("households_personfact", "household_id", "households_household"),
    _same_ward("households_personfact", "person_id", "households_person"),
    locked_day("households_personfact", "{row}.as_of"),
    _same_ward("households_lowincomeworker", "household_id", "households_household"),
    _same_ward("households_lowincomeworker", "person_id", "households_person"),
    Refusal(
        name="kept",
        table="households_lowincomeworker",
        operations=(UPDATE,),
        condition=(
            "OLD.ended_on IS NOT NULL OR OLD.person_id <> NEW.person_id"
            " OR OLD.household_id <> NEW.household_id OR OLD.document <> NEW.document"
            " OR OLD.recognised_on <> NEW.recognised_on"
        ),
        message="Dòng của danh sách không sửa: đưa ra khỏi danh sách rồi ghi lại.",
    ),
    Refusal(
        name="never_deleted",
        table="households_lowincomeworker",
        operations=(DELETE,),
        message="Dòng của danh sách không xóa: đưa ra khỏi danh sách, có lý do.",
    ),
    _same_ward("households_helpervisit", "pledge_id", "households_escapepledge"),
    *(
        Refusal(
            name="ended",
            table=f"households_{table}",
            operations=(UPDATE,),
            condition=f"OLD.{column} <> ''",
            message="Nội dung này đã kết thúc hoặc đã hủy, không sửa được nữa.",
        )
        for table, column in (
            ("escapepledge", "withdrawal_reason"),
            ("householdhelper", "end_reason"),
            ("helpervisit", "withdrawal_reason"),
        )
    ),
    Refusal(
        name="helper_of_pledge",
        table="households_helpervisit",
        operations=(INSERT, UPDATE),
        condition=(
            "EXISTS (SELECT 1 FROM households_householdhelper helper WHERE helper.id ="
            " NEW.helper_id AND helper.pledge_id <> NEW.pledge_id)"
        ),
        message="Người giúp đỡ này không giúp hộ này.",
    ),
    _same_ward("households_review", "household_id", "households_household"),
    _same_ward("households_review", "campaign_id", "households_reviewcampaign"),
    _same_ward("households_householdstatus", "household_id", "households_household"),
    _same_ward("households_reviewomission", "household_id", "households_household"),
    _same_ward("households_reviewomission", "campaign_id", "households_reviewcampaign"),
    _same_ward("households_decision", "campaign_id", "households_reviewcampaign"),
    _same_ward("households_recognisedversion", "campaign_id", "households_reviewcampaign"),
    _same_ward("households_villagemeeting", "campaign_id", "households_reviewcampaign"),
    _same_ward("households_meetingvote", "meeting_id", "households_villagemeeting"),
    _same_ward("households_meetingscan", "meeting_id", "households_villagemeeting"),
    _same_ward("households_meetingvote", "review_id", "households_review"),
    _same_ward("households_reviewrequest", "household_id", "households_household"),
    _same_ward("households_reviewrequest", "campaign_id", "households_reviewcampaign"),
    _same_ward("households_posting", "campaign_id", "households_reviewcampaign"),
    _same_ward("households_complaint", "posting_id", "households_posting"),
    locked_day("households_areayear", '{row}."on"'),
    # A spell counts on every day it touches; ending it later changes no day before its end.
    Refusal(
        name="locked_year",
        table="households_householdstatus",
        operations=(INSERT, DELETE),
        condition=(
            f"{_LOCK} WHERE lock.ward_id = {{row}}.ward_id AND lock.released_at IS NULL"
            f" AND {LOCK_LAST} >= {month_number('{row}.starts_on')}"
            " AND ({row}.ends_on IS NULL"
            f" OR {LOCK_FIRST} <= {month_number('{row}.ends_on')}))"
        ),
        message=YEAR_LOCKED,
    ),
    Refusal(
        name="locked_end",
        table="households_householdstatus",
        operations=(UPDATE,),
        condition=(
            "NEW.ends_on IS NOT NULL"
            f" AND {_LOCK} WHERE lock.ward_id = NEW.ward_id AND lock.released_at IS NULL"
            f" AND {LOCK_LAST} >= {month_number('NEW.ends_on')})"
        ),
        message=YEAR_LOCKED,
    ),
    locked_year("households_decision", "CAST({row}.year AS TEXT)"),
)
