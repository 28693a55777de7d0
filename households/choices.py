"""Closed vocabularies of the register and the review: stored English value, Vietnamese label."""

from collections.abc import Mapping

from django.db.models import TextChoices


class Sex(TextChoices):
    """Sex as the official forms ask it (giới tính)."""

    MALE = "male", "Nam"
    FEMALE = "female", "Nữ"


class BirthPrecision(TextChoices):
    """How much of a date of birth is known (ngày sinh, tháng sinh hoặc chỉ năm sinh)."""

    DAY = "day", "Ngày, tháng, năm"
    MONTH = "month", "Tháng, năm"
    YEAR = "year", "Chỉ năm sinh"


class RelationToHead(TextChoices):
    """Relation of a member to the head of the household (quan hệ với chủ hộ)."""

    HEAD = "head", "Chủ hộ"
    SPOUSE = "spouse", "Vợ, chồng"
    CHILD = "child", "Con"
    PARENT = "parent", "Bố, mẹ"
    GRANDPARENT = "grandparent", "Ông, bà"
    GRANDCHILD = "grandchild", "Cháu"
    SIBLING = "sibling", "Anh, chị, em"
    OTHER = "other", "Khác"


class PovertyClass(TextChoices):
    """Class of a household (phân loại hộ)."""

    POOR = "poor", "Hộ nghèo"
    NEAR_POOR = "near_poor", "Hộ cận nghèo"
    AVERAGE_LIVING = "average_living", "Hộ có mức sống trung bình"
    NOT_POOR = "not_poor", "Hộ không nghèo"


class NoClass(TextChoices):
    """Why a form has no class under another standard (chưa phân loại được khi mô phỏng)."""

    NO_LINE = "no_line", "Chưa có ngưỡng điểm"
    MISSING = "missing", "Chưa đủ dữ liệu"


# The classes of the two lists that a ward keeps.
LISTED = (PovertyClass.POOR, PovertyClass.NEAR_POOR)

# The columns of a review, one for each indicator that a standard may number.
DEPRIVATION_FIELDS = tuple(f"deprived_{number:02}" for number in range(1, 13))


class MovementCause(TextChoices):
    """Why a household's class or its place in the register changed (diễn biến).

    The first group follows from two classes and the history; the second are the stated
    reasons that fill the columns "khác" of the official movement tables.
    """

    UNCHANGED = "unchanged", "Không thay đổi"
    ESCAPED_TO_NEAR_POOR = "escaped_to_near_poor", "Thoát nghèo, trở thành cận nghèo"
    ESCAPED_POVERTY = "escaped_poverty", "Thoát nghèo, vượt chuẩn cận nghèo"
    ESCAPED_NEAR_POVERTY = "escaped_near_poverty", "Thoát cận nghèo"
    FELL_TO_POOR = "fell_to_poor", "Cận nghèo trở thành nghèo"
    FELL_BACK = "fell_back", "Tái nghèo"
    NEWLY_POOR = "newly_poor", "Phát sinh nghèo mới"
    FELL_BACK_NEAR = "fell_back_near", "Tái cận nghèo"
    NEWLY_NEAR_POOR = "newly_near_poor", "Phát sinh cận nghèo mới"
    AVERAGE_LIVING_CHANGED = "average_living_changed", "Thay đổi xác định mức sống trung bình"

    REGISTERED = "registered", "Đưa vào sổ quản lý"
    MOVED_IN = "moved_in", "Chuyển đến"
    MOVED_OUT = "moved_out", "Chuyển đi"
    SPLIT_OFF = "split_off", "Tách hộ"
    MERGED = "merged", "Nhập hộ"
    MEMBERS_CHANGED = "members_changed", "Thay đổi nhân khẩu"
    DIED = "died", "Hộ đơn thân đã chết"
    REMOVED = "removed", "Xóa tên khỏi sổ"


class ClosingReason(TextChoices):
    """Why a household was closed in the register (lý do kết thúc theo dõi)."""

    MOVED_OUT = "moved_out", "Chuyển đi"
    MERGED = "merged", "Nhập vào hộ khác"
    DIED = "died", "Hộ đơn thân đã chết"
    DISSOLVED = "dissolved", "Không còn hộ trên địa bàn"
    DUPLICATE = "duplicate", "Trùng với hộ khác"


class EventKind(TextChoices):
    """What happened to a household in the register (loại biến động)."""

    REGISTERED = "registered", "Đưa hộ vào sổ"
    MOVED_IN = "moved_in", "Hộ chuyển đến"
    CORRECTED = "corrected", "Sửa thông tin hộ"
    VILLAGE_CHANGED = "village_changed", "Chuyển sang thôn khác"
    SPLIT = "split", "Tách hộ"
    MERGED = "merged", "Nhập hộ"
    MOVED_OUT = "moved_out", "Hộ chuyển đi"
    CLOSED = "closed", "Xóa tên khỏi sổ"
    HEAD_CHANGED = "head_changed", "Đổi chủ hộ"
    MEMBER_ADDED = "member_added", "Thêm thành viên"
    MEMBER_CORRECTED = "member_corrected", "Sửa thông tin thành viên"
    NUMBER_CHECKED = "number_checked", "Đối chiếu số định danh"
    MEMBER_MOVED = "member_moved", "Thành viên sang hộ khác"
    MEMBER_LEFT = "member_left", "Thành viên rời địa bàn"
    BIRTH = "birth", "Sinh"
    DEATH = "death", "Chết"
    VILLAGE_MERGED = "village_merged", "Nhập thôn"
    VILLAGE_SPLIT = "village_split", "Tách thôn"
    VILLAGE_RENAMED = "village_renamed", "Đổi tên thôn"
    REOPENED = "reopened", "Đưa hộ trở lại sổ"
    EVENT_CORRECTED = "event_corrected", "Đính chính biến động"
    EVENT_WITHDRAWN = "event_withdrawn", "Hủy biến động ghi nhầm"


class NumberOutcome(TextChoices):
    """What papers say about a personal number that another ward has too."""

    RIGHT = "right", "Số đúng là của người này"
    WRONG = "wrong", "Ghi nhầm: xóa số đang ghi của người này"


# An event as the household at its other end sees it.
SEEN_FROM_THE_OTHER: Mapping[str, str] = {
    EventKind.SPLIT: "Tách ra từ hộ khác",
    EventKind.MERGED: "Nhập vào hộ khác",
    EventKind.MEMBER_MOVED: "Nhận thành viên từ hộ khác",
}


class ReviewStep(TextChoices):
    """A dated step of a review, as a sentence names it; never stored."""

    SUBMITTED = "submitted", "ngày trình kết quả"
    LAST_FINISHED = "last_finished", "ngày hoàn thành rà soát thôn cuối cùng"
    POSTED_OUT = "posted_out", "ngày kết thúc niêm yết"
    ANSWERED = "answered", "ngày trả lời khiếu nại, phản ánh"
    MET = "met", "ngày họp dân"
    VISITED = "visited", "ngày rà soát hộ"
    SECOND_REVIEW = "second_review", "ngày quyết định phúc tra"
    FINISHED_HERE = "finished_here", "ngày thôn hoàn thành rà soát trên hệ thống"


class CampaignKind(TextChoices):
    """Kind of review (loại đợt rà soát)."""

    ANNUAL = "annual", "Định kỳ hằng năm"
    REGULAR = "regular", "Thường xuyên"


class VillageState(TextChoices):
    """Where a village stands with the forms of a review; derived, never stored."""

    FINISHED = "finished", "Hoàn thành"
    ENTERED = "entered", "Chờ xác nhận"
    LATE = "late", "Chậm"
    UNDER_WAY = "under_way", "Đang rà soát"


class CampaignStage(TextChoices):
    """Where a review campaign stands (giai đoạn của đợt rà soát)."""

    OPEN = "open", "Đang rà soát"
    SUBMITTED = "submitted", "Đã trình"
    RECOGNISED = "recognised", "Đã công nhận"
    CANCELLED = "cancelled", "Đã hủy"


# The stages of a review that has no result yet, and still may get one.
WITHOUT_RESULT = (CampaignStage.OPEN, CampaignStage.SUBMITTED)


class ReviewState(TextChoices):
    """State of one household's survey form (tình trạng phiếu rà soát)."""

    PENDING = "pending", "Chưa nhập"
    DONE = "done", "Đã nhập"


class ScanKind(TextChoices):
    """What a scan is, by its first bytes (loại tệp bản chụp)."""

    PDF = "pdf", "PDF"
    JPEG = "jpeg", "JPEG"
    PNG = "png", "PNG"


class ComplaintOutcome(TextChoices):
    """What became of a complaint about a posted list (kết quả giải quyết khiếu nại)."""

    EXPLAINED = "explained", "Đã giải thích, giữ nguyên kết quả"
    REVIEWED = "reviewed", "Phúc tra, rà soát lại"


class ListReason(TextChoices):
    """Why a household is on the list to review (lý do rà soát)."""

    ON_LIST = "on_list", "Thuộc danh sách hộ nghèo, cận nghèo"
    REQUESTED = "requested", "Có giấy đề nghị rà soát"
    SPLIT_OFF = "split_off", "Tách hộ trong đợt rà soát"
    MOVED_IN = "moved_in", "Chuyển đến trong đợt rà soát"
    COMPLAINT = "complaint", "Phúc tra theo khiếu nại, phản ánh"
    ADDED = "added", "Bổ sung trong đợt rà soát"


class RequestKind(TextChoices):
    """What a household asks for (Mẫu số 01, Mẫu số 04, QĐ 24/2021/QĐ-TTg)."""

    REVIEW = "review", "Mẫu 01: rà soát hộ nghèo, hộ cận nghèo"
    AVERAGE_LIVING = "average_living", "Mẫu 01: xác định hộ có mức sống trung bình"
    ESCAPE = "escape", "Mẫu 04: công nhận thoát nghèo, thoát cận nghèo"


class RequestChannel(TextChoices):
    """How a request came in (hình thức nhận)."""

    IN_PERSON = "in_person", "Nộp trực tiếp"
    VILLAGE = "village", "Qua thôn, tổ dân phố"
    POST = "post", "Qua bưu chính"
    ONLINE = "online", "Trực tuyến"


class Dimension(TextChoices):
    """Dimension of deprivation in basic social services (chiều thiếu hụt)."""

    EMPLOYMENT = "employment", "Việc làm"
    HEALTH = "health", "Y tế"
    EDUCATION = "education", "Giáo dục"
    HOUSING = "housing", "Nhà ở"
    WATER_SANITATION = "water_sanitation", "Nước sinh hoạt và vệ sinh"
    INFORMATION = "information", "Thông tin"


class HouseholdTrait(TextChoices):
    """What the summary tables count households by, beside their class (đặc điểm của hộ).

    The ethnic group of a household is that of its head.
    """

    MINORITY = "minority", "Hộ dân tộc thiểu số"
    MAJORITY = "majority", "Hộ dân tộc Kinh"
    NO_ETHNIC_GROUP = "no_ethnic_group", "Chưa ghi dân tộc của chủ hộ"
    NO_LABOUR = "no_labour", "Hộ không có khả năng lao động"
    MERIT = "merit", "Hộ có người có công với cách mạng"
    NO_GROUP = "no_group", "Hộ không thuộc ba nhóm trên"
    FEMALE_HEAD = "female_head", "Chủ hộ là nữ"
    CHILDREN = "children", "Hộ có trẻ em dưới 16 tuổi"


class WindowRule(TextChoices):
    """Which definition of a newly escaped household applies (cách xác định mới thoát nghèo)."""

    PROGRAMME = "programme", "Chương trình giảm nghèo"
    CREDIT = "credit", "Tín dụng chính sách"


class NeedSource(TextChoices):
    """Where the answer of a household about its needs came from (nguồn)."""

    REVIEW = "review", "Rà soát hộ"
    OFFICER = "officer", "Cán bộ hỏi tại hộ"
    UNIT = "unit", "Đơn vị, đoàn thể"
    REQUEST = "request", "Đơn, đề nghị của hộ"


class NeedOutcome(TextChoices):
    """Why a need ended (lý do kết thúc nhu cầu)."""

    SERVED = "served", "Đã được đáp ứng"
    WITHDRAWN = "withdrawn", "Hộ rút nhu cầu"
    NOT_DUE = "not_due", "Không còn thuộc diện hoặc không còn cần"


class NeedState(TextChoices):
    """Where a household stands with the question of its needs; derived, never stored."""

    NOT_ASKED = "not_asked", "Chưa hỏi"
    NONE = "none", "Đã hỏi, không có nhu cầu"
    OPEN = "open", "Đang có nhu cầu"
    ENDED = "ended", "Các nhu cầu đã kết thúc"


class PledgeResult(TextChoices):
    """What came of a household's pledge to escape; derived from results, never stored."""

    WAITING = "waiting", "Chưa có kết quả rà soát"
    KEPT = "kept", "Đã thoát"
    KEPT_TO_NEAR_POOR = "kept_to_near_poor", "Đã thoát nghèo, là hộ cận nghèo"
    NOT_KEPT = "not_kept", "Chưa thoát"
    LEFT = "left", "Hộ đã ra khỏi sổ"
    WITHDRAWN = "withdrawn", "Đã thôi đăng ký"


class BeneficiaryGroup(TextChoices):
    """As what a household is handed over to those who support it (diện đối tượng)."""

    POOR = "poor", "Hộ nghèo"
    NEAR_POOR = "near_poor", "Hộ cận nghèo"
    NEWLY_ESCAPED = "newly_escaped", "Hộ mới thoát nghèo"


class NeedGroup(TextChoices):
    """As what a household is asked for its needs (diện hộ)."""

    POOR = "poor", "Hộ nghèo"
    NEAR_POOR = "near_poor", "Hộ cận nghèo"
    NEWLY_ESCAPED = "newly_escaped", "Hộ mới thoát nghèo"
    LOW_INCOME = "low_income", "Hộ có lao động thu nhập thấp"


class WorkerStanding(TextChoices):
    """How somebody of the list of low-income workers stands on a day (tình trạng)."""

    COUNTS = "counts", "Trong danh sách"
    NO_TERM = "no_term", "Quy định đã hết hiệu lực"
    NO_MEMBER = "no_member", "Không còn là thành viên của hộ"
    IN_A_LISTED = "in_a_listed", "Hộ nay là hộ nghèo, hộ cận nghèo"


class FactTopic(TextChoices):
    """What is asked of each member (nội dung hỏi từng người)."""

    INSURANCE = "insurance", "Bảo hiểm y tế"
    SCHOOLING = "schooling", "Đi học"


class FactAnswer(TextChoices):
    """What is answered of a member; nobody asked is no answer at all."""

    YES = "yes", "Có"
    NO = "no", "Không"
    UNCLEAR = "unclear", "Chưa rõ"


class FactState(TextChoices):
    """How a member stands on a day; derived, never stored."""

    YES = "yes", "Có"
    NO = "no", "Không"
    EXPIRED = "expired", "Thẻ hết hạn, chưa hỏi lại"
    UNCLEAR = "unclear", "Chưa rõ"
    NOT_ASKED = "not_asked", "Chưa hỏi"


class FactSource(TextChoices):
    """Who told it (nguồn)."""

    HOUSEHOLD = "household", "Hộ trả lời"
    PAPERS = "papers", "Thẻ, giấy tờ đã xem"
    REVIEW = "review", "Rà soát hộ"
    AGENCY = "agency", "Danh sách cơ quan bảo hiểm xã hội"
    SCHOOL = "school", "Danh sách của trường"


class SchoolLevel(TextChoices):
    """What somebody attends (cấp học)."""

    KINDERGARTEN = "kindergarten", "Mầm non, mẫu giáo"
    PRIMARY = "primary", "Tiểu học"
    LOWER_SECONDARY = "lower_secondary", "Trung học cơ sở"
    UPPER_SECONDARY = "upper_secondary", "Trung học phổ thông"
    SHORT_COURSE = "short_course", "Khóa ngắn hạn"
    VOCATIONAL = "vocational", "Trung cấp"
    COLLEGE = "college", "Cao đẳng"
    UNIVERSITY = "university", "Đại học trở lên"


class RevealPurpose(TextChoices):
    """Why somebody opens a personal number (mục đích xem số định danh)."""

    REVIEW = "review", "Đối chiếu giấy tờ khi rà soát hộ"
    INSURANCE = "insurance", "Lập danh sách cấp thẻ bảo hiểm y tế"
    SUPPORT = "support", "Lập hồ sơ hỗ trợ, chi trả chính sách"
    CORRECTION = "correction", "Sửa sai sót theo đề nghị của người dân"
    INSPECTION = "inspection", "Cung cấp cho đoàn thanh tra, kiểm tra"


class ImportStage(TextChoices):
    """How far a file has come on its way into the register (các bước nhập từ tệp)."""

    CHOSEN = "chosen", "Đã chọn tệp"
    READ = "read", "Đang kiểm tra"
    WRITTEN = "written", "Đã ghi"
    UNDONE = "undone", "Đã hoàn tác"


class ImportRowState(TextChoices):
    """What a row of a file needs before it is written (tình trạng của dòng)."""

    READY = "ready", "Hợp lệ"
    WARNING = "warning", "Cảnh báo"
    ERROR = "error", "Cần sửa"
    DUPLICATE = "duplicate", "Trùng"
    CONFLICT = "conflict", "Sổ mới hơn tệp"
    OTHER_NAME = "name", "Khác họ tên"
    SKIPPED = "skipped", "Bỏ qua"


YES_NO = {True: "Có", False: "Không"}


class ComparedField(TextChoices):
    """What is compared of a household in a file with one of the register; never stored."""

    CODE = "code", "Mã hộ"
    HEAD = "head", "Chủ hộ"
    BIRTH = "birth", "Ngày sinh chủ hộ"
    SEX = "sex", "Giới tính chủ hộ"
    CITIZEN_ID = "citizen_id", "Số định danh chủ hộ"
    ETHNIC_GROUP = "ethnic_group", "Dân tộc chủ hộ"
    VILLAGE = "village", "Thôn, tổ dân phố"
    ADDRESS = "address", "Địa chỉ"
    MEMBERS = "members", "Số nhân khẩu"
    OTHERS = "others", "Thành viên khác"


class ImportDecision(TextChoices):
    """What the officer decided about a doubtful row (cách xử lý)."""

    FILE = "file", "Cập nhật theo tệp"
    KEEP = "keep", "Giữ theo sổ"
    NEW = "new", "Tạo mới"
    SKIP = "skip", "Bỏ qua"


class ImportOutcome(TextChoices):
    """What became of a row: every row has exactly one outcome (kết quả ghi)."""

    CREATED = "created", "Thêm mới"
    UPDATED = "updated", "Cập nhật"
    UNCHANGED = "unchanged", "Không đổi"
    REFUSED = "refused", "Không ghi"


class ExportPurpose(TextChoices):
    """Why a list of people leaves the register (mục đích tải danh sách)."""

    REPORT = "report", "Báo cáo cấp trên theo mẫu"
    CHECKING = "checking", "Đối chiếu, sửa trên Excel rồi nhập lại"
    SUPPORT = "support", "Lập hồ sơ hỗ trợ, chi trả chính sách"
    INSPECTION = "inspection", "Cung cấp cho đoàn thanh tra, kiểm tra"


class ExportLayout(TextChoices):
    """How a list of people is laid out in a workbook (mẫu danh sách)."""

    MEMBERS = "members", "Danh sách thành viên: mỗi dòng một người, mọi hộ đang lọc"
    OFFICIAL = (
        "official",
        "Danh sách theo mẫu: hộ nghèo, cận nghèo; hộ thoát nghèo; thoát cận nghèo",
    )


# The majority's name in the list of ethnic groups (Danh mục các dân tộc Việt Nam).
KINH = "Kinh"
