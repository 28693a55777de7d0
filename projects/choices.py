"""Closed vocabularies of projects and targets: stored English value, Vietnamese label."""

from django.db.models import TextChoices


class ProgrammeKind(TextChoices):
    """What a list of projects is a list of (loại chương trình)."""

    NATIONAL = "national", "Chương trình mục tiêu quốc gia"
    POLICIES = "policies", "Chính sách chung"
    ACTIVITIES = "activities", "Hoạt động ngoài dự án"


class UnitRole(TextChoices):
    """Part a unit plays in a component project (vai trò của đơn vị)."""

    LEAD = "lead", "Chủ trì"
    COORDINATING = "coordinating", "Phối hợp"
    GUIDING = "guiding", "Hướng dẫn"


class ActivityState(TextChoices):
    """How an activity of a project stands on a day (tiến độ hoạt động)."""

    PLANNED = "planned", "Chưa đến hạn"
    WITHOUT_DUE = "without_due", "Chưa có hạn"
    DUE_SOON = "due_soon", "Sắp đến hạn"
    OVERDUE = "overdue", "Quá hạn"
    PARTLY_DONE = "partly_done", "Hoàn thành một phần"
    DONE = "done", "Hoàn thành"
    DONE_LATE = "done_late", "Hoàn thành muộn"


class Measure(TextChoices):
    """Whether a target promises a count or a rate (cách đo)."""

    COUNT = "count", "Số lượng"
    PERCENT = "percent", "Tỷ lệ phần trăm"


class Direction(TextChoices):
    """Which way an indicator should move (chiều hướng mong muốn)."""

    UP = "up", "Tăng"
    DOWN = "down", "Giảm"


class Accumulation(TextChoices):
    """What the figures of the periods of a year make together (cách cộng các kỳ)."""

    LATEST = "latest", "Lấy số của kỳ mới nhất"
    SUM = "sum", "Cộng các kỳ trong năm"
    LEVEL = "level", "Chỉ lấy số cuối năm"


class FigurePeriod(TextChoices):
    """How often a unit gives the figure of an indicator (kỳ số liệu)."""

    YEAR = "year", "Năm"
    MONTH = "month", "Tháng"
    QUARTER = "quarter", "Quý"
    HALF_YEAR = "half_year", "6 tháng"
    NINE_MONTHS = "nine_months", "9 tháng và năm"


class TargetOperator(TextChoices):
    """How a target's figure binds (cách ràng buộc của chỉ tiêu)."""

    EQUAL = "equal", "Bằng"
    AT_LEAST = "at_least", "Từ mức này trở lên"
    AT_MOST = "at_most", "Không quá"
    BELOW = "below", "Dưới"
    ABOUT = "about", "Khoảng"
    RANGE = "range", "Từ … đến …"
    REDUCE_BY = "reduce_by", "Giảm"
    REDUCE_AT_LEAST = "reduce_least", "Giảm từ mức này trở lên"
    REDUCE_RANGE = "reduce_range", "Giảm từ … đến …"
    REDUCE_YEARLY = "reduce_year", "Giảm bình quân mỗi năm"
    LEVEL = "level", "Còn"
    NONE_LEFT = "none_left", "Không còn"
    QUALITATIVE = "qualitative", "Định tính"


# Those whose figure is an amount to take off the baseline, and those with two ends.
REDUCTIONS = (
    TargetOperator.REDUCE_BY,
    TargetOperator.REDUCE_AT_LEAST,
    TargetOperator.REDUCE_RANGE,
    TargetOperator.REDUCE_YEARLY,
)
RANGES = (TargetOperator.RANGE, TargetOperator.REDUCE_RANGE)


class AchievementWord(TextChoices):
    """How a figure stands against its target (mức độ hoàn thành).

    Gần đạt and Chậm are of a year that runs; one that is over is met or not.
    """

    EXCEEDED = "exceeded", "Vượt"
    MET = "met", "Đạt"
    NEAR = "near", "Gần đạt"
    BEHIND = "behind", "Chậm"
    NOT_MET = "not_met", "Chưa đạt"
    NO_DATA = "no_data", "Chưa có số liệu"


class ProgressKind(TextChoices):
    """What kind of answer the progress towards a target is (tiến độ)."""

    MEASURED = "measured", "Đo được"
    MAINTAINED = "maintained", "Giữ vững"
    BROKEN = "broken", "Không giữ được"
    NO_BASELINE = "no_baseline", "Chưa có số gốc"
    NO_DATA = "no_data", "Chưa có số liệu"


class BudgetSource(TextChoices):
    """Whose money it is (nguồn vốn)."""

    CENTRAL = "central", "Ngân sách trung ương"
    PROVINCIAL = "provincial", "Ngân sách tỉnh"
    DISTRICT = "district", "Ngân sách huyện (đến 6/2025)"
    WARD = "ward", "Ngân sách phường, xã"
    COUNTERPART = "counterpart", "Vốn đối ứng"
    OTHER_PROGRAMMES = "other_programmes", "Lồng ghép chương trình khác"
    MOBILISED = "mobilised", "Huy động xã hội"
    CONTRIBUTIONS = "contributions", "Người dân đóng góp"
    POLICY_CREDIT = "policy_credit", "Tín dụng chính sách"


class BudgetKind(TextChoices):
    """What money may be spent on (loại vốn)."""

    CAPITAL = "capital", "Đầu tư"
    RECURRENT = "recurrent", "Sự nghiệp, thường xuyên"


class BudgetAct(TextChoices):
    """What happened to money on a day (nghiệp vụ kinh phí)."""

    NEED = "need", "Nhu cầu"
    ASSIGNED = "assigned", "Giao"
    ALLOCATED = "allocated", "Phân bổ"
    ADJUSTED = "adjusted", "Điều chỉnh"
    CARRIED_OVER = "carried_over", "Chuyển nguồn"
    DISBURSED = "disbursed", "Giải ngân"
    SETTLED = "settled", "Quyết toán"


class Confidence(TextChoices):
    """How sure it is that reference data say what the law says (độ tin cậy của nguồn)."""

    HIGH = "high", "Đã đối chiếu văn bản"
    MEDIUM = "medium", "Chưa kiểm chứng"
    LOW = "low", "Chưa kiểm chứng, nguồn yếu"


class SupportRecipient(TextChoices):
    """For whom a kind of support is (đối tượng nhận)."""

    HOUSEHOLD = "household", "Hộ"
    PERSON = "person", "Người"


class Recurrence(TextChoices):
    """How often a kind of support is given to the same recipient (chu kỳ hỗ trợ)."""

    ONCE = "once", "Một lần"
    MONTHLY = "monthly", "Hằng tháng"
    QUARTERLY = "quarterly", "Hằng quý"
    YEARLY = "yearly", "Hằng năm"
    PER_CASE = "per_case", "Theo từng vụ việc"
    UNKNOWN = "unknown", "Chưa rõ"


class SupportState(TextChoices):
    """How far a support has come (tình trạng hỗ trợ)."""

    PROMISED = "promised", "Đã duyệt, chưa giao"
    DELIVERED = "delivered", "Đã giao"
    ACKNOWLEDGED = "acknowledged", "Đã ký nhận"


class Eligibility(TextChoices):
    """Whether a household or person may receive a kind of support (đủ điều kiện hay không)."""

    YES = "yes", "Đủ điều kiện"
    NO = "no", "Không đủ điều kiện"
    TO_VERIFY = "to_verify", "Cần xác minh"


class RightsChange(TextChoices):
    """What another class does to the right to a support (thay đổi quyền hưởng)."""

    GAINED = "gained", "Được thêm"
    TO_VERIFY = "to_verify", "Cần xác minh"
    LOST = "lost", "Không còn"


class ListedState(TextChoices):
    """How far a support of a register has come, withdrawn ones among them."""

    PROMISED = "promised", "Đã duyệt, chưa giao"
    DELIVERED = "delivered", "Đã giao"
    ACKNOWLEDGED = "acknowledged", "Đã ký nhận"
    WITHDRAWN = "withdrawn", "Đã thu hồi"


class LedgerState(TextChoices):
    """Which supports the ledger shows (tình trạng trong sổ hỗ trợ)."""

    PROMISED = "promised", "Đã duyệt, chưa giao"
    DELIVERED = "delivered", "Đã giao, chưa ký nhận"
    ACKNOWLEDGED = "acknowledged", "Đã ký nhận"
    SECOND = "second", "Hỗ trợ lần nữa, có lý do"
    CONFIRMED = "confirmed", "Chưa chắc đủ điều kiện, có xác nhận"
    WITHDRAWN = "withdrawn", "Đã thu hồi"


class HandoverChange(TextChoices):
    """What a line of a handover tells its receiver (nội dung báo chuyển)."""

    ADDED = "added", "Tăng"
    REMOVED = "removed", "Giảm"
    CHANGED = "changed", "Điều chỉnh"
    KNOWN = "known", "Đã hưởng từ trước"


class HandoverColumn(TextChoices):
    """A column of a list that is handed over (cột của danh sách chuyển giao)."""

    NAME = "name", "Họ và tên"
    BIRTH = "birth", "Ngày sinh"
    SEX = "sex", "Giới tính"
    CITIZEN_ID = "citizen_id", "Số định danh cá nhân"
    RELATION = "relation", "Quan hệ với chủ hộ"
    HEAD = "head", "Chủ hộ"
    CODE = "code", "Mã hộ"
    VILLAGE = "village", "Thôn, tổ dân phố"
    ADDRESS = "address", "Địa chỉ"
    SCHOOL = "school", "Trường"


class PublicationTrigger(TextChoices):
    """What has to be published (việc phải công khai)."""

    DECISION = "decision", "Mỗi quyết định công nhận"
    SUPPORTS = "supports", "Hỗ trợ đã giao trong quý"
    DONATIONS = "donations", "Tiền, hàng ủng hộ đã phân bổ trong quý"
    BEFORE_GIFT = "before_gift", "Trước khi quyết định hỗ trợ"
    AFTER_GIFT = "after_gift", "Sau khi quyết định hỗ trợ"
    PUBLICATIONS = "publications", "Danh mục đã công khai trong quý"
    REVIEW = "review", "Trong đợt rà soát"


class PublicationPlace(TextChoices):
    """Where something is published (nơi, hình thức công khai)."""

    OFFICE = "office", "Niêm yết tại trụ sở HĐND, UBND"
    VILLAGE = "village", "Niêm yết tại nhà văn hóa, điểm sinh hoạt thôn"
    LOUDSPEAKER = "loudspeaker", "Hệ thống truyền thanh"
    WEBSITE = "website", "Trang thông tin điện tử"


class PublicationState(TextChoices):
    """How far a planned publication has come (tình trạng công khai)."""

    TO_COME = "to_come", "Chưa công khai"
    MISSED = "missed", "Quá hạn, chưa công khai"
    DONE = "done", "Đã công khai"
    RUNNING = "running", "Đang công khai"
    LATE = "late", "Công khai chậm"
    TOO_SHORT = "too_short", "Chưa đủ số ngày"


class LivelihoodKind(TextChoices):
    """How households produce together with support (hình thức hỗ trợ phát triển sản xuất)."""

    COMMUNITY = "community", "Dự án phát triển sản xuất cộng đồng"
    VALUE_CHAIN = "value_chain", "Dự án liên kết theo chuỗi giá trị"
    TASK = "task", "Hỗ trợ theo nhiệm vụ"
    SPECIAL = "special", "Hỗ trợ đặc thù"


class LivelihoodStage(TextChoices):
    """A step on the way of a livelihood project to its approval and end (bước thực hiện)."""

    ANNOUNCED = "announced", "Thông báo kế hoạch"
    MEETING = "meeting", "Họp dân"
    ASSESSED = "assessed", "Thẩm định, đánh giá"
    POSTED = "posted", "Công khai kết quả"
    APPROVED = "approved", "Phê duyệt"
    FINISHED = "finished", "Kết thúc, nghiệm thu"


class LivelihoodState(TextChoices):
    """How far a livelihood project has come on a day (tình trạng mô hình)."""

    PREPARED = "prepared", "Đang lập hồ sơ"
    IN_PUBLIC = "in_public", "Đang công khai"
    AWAITED = "awaited", "Chờ phê duyệt"
    RUNNING = "running", "Đang thực hiện"
    FINISHED = "finished", "Đã kết thúc"
    STOPPED = "stopped", "Đã dừng"


class UnitDutyKind(TextChoices):
    """What a unit writes beside the projects that it leads (việc giao riêng cho đơn vị)."""

    DONATIONS = "donations", "Giữ sổ tiền, hàng ủng hộ"
    MONEY = "money", "Ghi kinh phí của mọi dự án"


class DonationFund(TextChoices):
    """Where donated money is kept apart (quỹ, nguồn ủng hộ)."""

    FOR_THE_POOR = "for_the_poor", "Quỹ “Vì người nghèo”"
    RELIEF = "relief", "Vận động cứu trợ"
    OTHER = "other", "Ủng hộ khác"


class DonationWay(TextChoices):
    """Whether donated money came in or went out (thu, chi)."""

    IN = "in", "Thu"
    OUT = "out", "Chi"


class DonationState(TextChoices):
    """Why an entry of donated money counts no more (tình trạng khoản ủng hộ)."""

    REVERSED = "reversed", "Đã hủy"
    REVERSAL = "reversal", "Bút toán hủy"


class MemberStanding(TextChoices):
    """As what somebody takes part who is on neither list (diện khi tham gia)."""

    NEWLY_ESCAPED = "newly_escaped", "Hộ mới thoát nghèo"
    OTHER = "other", "Khác"
    NOT_KNOWN = "not_known", "Chưa có kết quả phân loại"
