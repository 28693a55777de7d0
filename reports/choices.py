"""Closed vocabularies of documents: stored English value, Vietnamese label."""

from django.db.models import TextChoices

KEPT_BY_CLERK = "VT"  # văn thư: every document is kept there


class DocumentKind(TextChoices):
    """Type of a document (tên loại văn bản)."""

    PLAN = "plan", "Kế hoạch"
    REPORT = "report", "Báo cáo"


class SetupPart(TextChoices):
    """A part of a new ward that somebody has to enter (việc thiết lập)."""

    VILLAGES = "villages", "Thêm thôn, tổ dân phố"
    UNITS = "units", "Thêm đơn vị"
    POPULATIONS = "populations", "Ghi tổng số hộ, nhân khẩu của từng thôn"
    USERS = "users", "Thêm cán bộ giảm nghèo và người dùng khác"
    FIRST_LIST = "first_list", "Nhập danh sách hộ nghèo, hộ cận nghèo đầu tiên"


class FileFormat(TextChoices):
    """How a paper is taken away (dạng tệp); the value is the ending of the file's name."""

    PDF = "pdf", "PDF"
    WORD = "docx", "Word"
    EXCEL = "xlsx", "Excel"


class DocumentState(TextChoices):
    """Where a document stands on its way to signature (tình trạng văn bản)."""

    DRAFT = "draft", "Dự thảo"
    FOR_COMMENT = "for_comment", "Lấy ý kiến"
    SUBMITTED = "submitted", "Trình ký"
    ISSUED = "issued", "Đã ban hành"


class AmendKind(TextChoices):
    """What a document does to an earlier one of its kind (quan hệ với văn bản trước)."""

    REPLACES = "replaces", "Thay thế"
    AMENDS = "amends", "Sửa đổi, bổ sung"
    ADDS = "adds", "Ban hành thêm, không thay văn bản đã có"


class DocumentEnd(TextChoices):
    """How an issued document stopped to hold (hết hiệu lực)."""

    REPLACED = "replaced", "Bị thay thế"
    ABOLISHED = "abolished", "Bãi bỏ"


class BlockChangeKind(TextChoices):
    """What became of a block from one version to the next (thay đổi giữa hai phiên bản)."""

    MOVED = "moved", "Chuyển chỗ"
    SPLIT = "split", "Tách"
    MERGED = "merged", "Gộp"
    RENUMBERED = "renumbered", "Đổi số thứ tự"
    CHANGED = "changed", "Sửa"
    ADDED = "added", "Thêm"
    REMOVED = "removed", "Bỏ"


class VersionOccasion(TextChoices):
    """For what a version of a draft was kept (phiên bản dự thảo)."""

    BY_HAND = "by_hand", "Lưu tay"
    ASKED = "asked", "Lấy ý kiến"
    SUBMITTED = "submitted", "Trình ký"
    RETURNED = "returned", "Trả lại"


class ProposalAct(TextChoices):
    """What is proposed for a block (việc đề nghị)."""

    CHANGE = "change", "Sửa lời"
    ADD = "add", "Thêm đoạn ở dưới"
    REMOVE = "remove", "Bỏ đoạn"


class ProposalOrigin(TextChoices):
    """Where a proposal for a block comes from (nguồn của đề nghị)."""

    WRITTEN = "written", "Đề nghị"
    STALE = "stale", "Lưu sau người khác"
    WORD = "word", "Tệp Word gửi lại"


class ProposalOutcome(TextChoices):
    """What became of a proposal (kết quả xử lý đề nghị)."""

    ACCEPTED = "accepted", "Chấp nhận"
    REFUSED = "refused", "Không chấp nhận"
    WITHDRAWN = "withdrawn", "Đã rút"


class BasisRole(TextChoices):
    """How a document leans on another one (vai trò của căn cứ)."""

    BASIS = "basis", "Căn cứ"
    CARRIES_OUT = "carries_out", "Thực hiện"


class BlockKind(TextChoices):
    """What a piece of a document is (loại khối nội dung).

    The first seven hold text; the others are written from data at the moment of reading.
    """

    HEADING = "heading", "Đề mục"
    PARAGRAPH = "paragraph", "Đoạn văn"
    DASH = "dash", "Gạch đầu dòng"
    PLUS = "plus", "Dấu cộng"
    NUMBERED = "numbered", "Khoản có số thứ tự"
    CLOSING = "closing", "Câu kết"
    APPENDIX = "appendix", "Phụ lục"
    TARGETS = "targets", "Chỉ tiêu theo chiều thiếu hụt"
    ROADMAP = "roadmap", "Bảng lộ trình hằng năm"
    COMPONENTS = "components", "Các dự án thành phần"
    DUTIES = "duties", "Phân công theo đơn vị"
    TARGET_RESULTS = "target_results", "Bảng kết quả thực hiện chỉ tiêu"
    MOVEMENT = "movement", "Bảng diễn biến hộ nghèo, hộ cận nghèo"
    DEPRIVATIONS = "deprivations", "Bảng thiếu hụt theo chiều"
    VILLAGES = "villages", "Bảng số liệu theo thôn, tổ dân phố"
    PROJECT_UNITS = "project_units", "Bảng dự án theo đơn vị"
    MONEY = "money", "Bảng kinh phí theo dự án"
    UNIT_REPORTS = "unit_reports", "Đơn vị đã gửi, chưa gửi báo cáo"
    HEADLINES = "headlines", "Câu nêu kết quả theo số liệu"


class HeadlineTopic(TextChoices):
    """What the sentences of a report are about (nội dung câu nêu kết quả)."""

    TARGETS = "targets", "Chỉ tiêu"
    MOVEMENT = "movement", "Diễn biến hộ nghèo, hộ cận nghèo"
    DEPRIVATIONS = "deprivations", "Mức độ thiếu hụt"
    MONEY = "money", "Kinh phí theo nguồn"
    SUPPORTS = "supports", "Hỗ trợ đã giao"
    NEEDS = "needs", "Nhu cầu được đáp ứng"
    PUBLICITY = "publicity", "Công khai"
    PLEDGES = "pledges", "Đăng ký thoát nghèo"


# The kinds that hold text somebody writes.
TEXT_BLOCKS = (
    BlockKind.HEADING,
    BlockKind.PARAGRAPH,
    BlockKind.DASH,
    BlockKind.PLUS,
    BlockKind.NUMBERED,
    BlockKind.CLOSING,
    BlockKind.APPENDIX,
)


# The kinds that other blocks may stand below.
HOLDS_BLOCKS = (BlockKind.HEADING, BlockKind.DASH, BlockKind.NUMBERED, BlockKind.APPENDIX)
# The kinds that stand at the outermost level only.
OUTERMOST = (BlockKind.CLOSING, BlockKind.APPENDIX)


class IndicatorSource(TextChoices):
    """Where the figure of an indicator comes from: a query, or its unit (nguồn số liệu)."""

    REPORTED = "reported", "Đơn vị báo cáo"
    POOR = "poor_households", "Tính: số hộ nghèo"
    NEAR_POOR = "near_poor_households", "Tính: số hộ cận nghèo"
    POOR_RATE = "poor_percent", "Tính: tỷ lệ hộ nghèo"
    NEAR_POOR_RATE = "near_poor_percent", "Tính: tỷ lệ hộ cận nghèo"
    LISTED = "listed_households", "Tính: số hộ nghèo và hộ cận nghèo"
    LISTED_RATE = "listed_percent", "Tính: tỷ lệ hộ nghèo và hộ cận nghèo (nghèo đa chiều)"
    POOR_PERSONS = "poor_persons", "Tính: số nhân khẩu hộ nghèo"
    NEAR_POOR_PERSONS = "near_poor_persons", "Tính: số nhân khẩu hộ cận nghèo"
    LISTED_PERSONS = "listed_persons", "Tính: số nhân khẩu hộ nghèo, hộ cận nghèo"
    POOR_PERSONS_RATE = "poor_persons_percent", "Tính: tỷ lệ nhân khẩu thuộc hộ nghèo"
    MINORITY_POOR = "minority_poor_households", "Tính: số hộ nghèo dân tộc thiểu số"
    MINORITY_NEAR_POOR = (
        "minority_near_poor_households",
        "Tính: số hộ cận nghèo dân tộc thiểu số",
    )
    MINORITY_POOR_RATE = (
        "minority_poor_percent",
        "Tính: tỷ lệ hộ nghèo trong số hộ dân tộc thiểu số",
    )
    NEWLY_ESCAPED = "newly_escaped_households", "Tính: số hộ mới thoát nghèo (36 tháng)"
    DEPRIVED_POOR = "deprived_poor_households", "Tính: số hộ nghèo thiếu hụt chỉ số"
    DEPRIVED_NEAR_POOR = (
        "deprived_near_poor_households",
        "Tính: số hộ cận nghèo thiếu hụt chỉ số",
    )
    DEPRIVED = "deprived_households", "Tính: số hộ nghèo, cận nghèo thiếu hụt chỉ số"
    DEPRIVED_POOR_RATE = "deprived_poor_percent", "Tính: tỷ lệ hộ nghèo thiếu hụt chỉ số"
    DEPRIVED_NEAR_POOR_RATE = (
        "deprived_near_poor_percent",
        "Tính: tỷ lệ hộ cận nghèo thiếu hụt chỉ số",
    )
    DEPRIVED_RATE = "deprived_percent", "Tính: tỷ lệ hộ nghèo, cận nghèo thiếu hụt chỉ số"
    NOT_DEPRIVED = "not_deprived_percent", "Tính: tỷ lệ hộ nghèo, cận nghèo không thiếu hụt chỉ số"
    OPEN_NEEDS = "open_needs", "Tính: số nhu cầu hỗ trợ chưa được đáp ứng"
    NEEDS_SERVED = "needs_served_percent", "Tính: tỷ lệ nhu cầu được đáp ứng trong năm"
    SUPPORTS = "supports_given", "Tính: số lượt hỗ trợ đã giao trong năm"
    SUPPORTED = "supported_households", "Tính: số hộ nhận hỗ trợ trong năm"
    SUPPORTED_RATE = (
        "supported_listed_percent",
        "Tính: tỷ lệ hộ nghèo, cận nghèo đầu năm được hỗ trợ",
    )
    LIVELIHOODS = "livelihoods_running", "Tính: số mô hình sinh kế thực hiện trong năm"
    LIVELIHOOD_HOUSEHOLDS = "livelihood_households", "Tính: số hộ tham gia mô hình trong năm"
    WORKERS = "low_income_workers", "Tính: số lao động có thu nhập thấp"
    WORKERS_RATE = (
        "supported_workers_percent",
        "Tính: tỷ lệ lao động có thu nhập thấp được hỗ trợ",
    )
    INSURED_POOR_RATE = "insured_poor_percent", "Tính: tỷ lệ người thuộc hộ nghèo có bảo hiểm y tế"
    INSURED_NEAR_POOR_RATE = (
        "insured_near_poor_percent",
        "Tính: tỷ lệ người thuộc hộ cận nghèo có bảo hiểm y tế",
    )
    INSURED_RATE = (
        "insured_percent",
        "Tính: tỷ lệ người thuộc hộ nghèo, cận nghèo có bảo hiểm y tế",
    )
    SCHOOLED_RATE = (
        "schooled_percent",
        "Tính: tỷ lệ trẻ em 6 đến dưới 16 tuổi của hộ nghèo, cận nghèo đi học",
    )
    AT_LEVEL_RATE = (
        "schooled_at_level_percent",
        "Tính: tỷ lệ trẻ em 3 đến dưới 16 tuổi của hộ nghèo, cận nghèo học đúng cấp",
    )
    DISBURSED = "disbursed_millions", "Tính: kinh phí giải ngân trong năm (triệu đồng)"
    DISBURSED_RATE = "disbursed_percent", "Tính: tỷ lệ giải ngân trong năm"


class ReportPeriod(TextChoices):
    """How long a time a progress report is about (kỳ báo cáo)."""

    MONTH = "month", "Tháng"
    QUARTER = "quarter", "Quý"
    HALF_YEAR = "half_year", "6 tháng"
    NINE_MONTHS = "nine_months", "9 tháng"
    YEAR = "year", "Năm"
    ON_REQUEST = "on_request", "Theo yêu cầu"


class UnitReportState(TextChoices):
    """Where the report of a unit stands (tình trạng báo cáo của đơn vị)."""

    NOT_BEGUN = "not_begun", "Chưa mở"
    DRAFTING = "drafting", "Đang soạn"
    SENT = "sent", "Đã gửi"
    RETURNED = "returned", "Trả lại"
    RECEIVED = "received", "Đã tiếp nhận"


# What lies with the coordinator, or has been received: the unit does not write it.
HANDED_IN = (UnitReportState.SENT, UnitReportState.RECEIVED)


class ReportPart(TextChoices):
    """A part of a unit's report (phần của báo cáo); the last three are words."""

    INDICATORS = "indicators", "Chỉ tiêu"
    ACTIVITIES = "activities", "Hoạt động"
    MONEY = "money", "Kinh phí và hỗ trợ"
    RESULTS = "results", "Kết quả"
    DIFFICULTIES = "difficulties", "Khó khăn, vướng mắc"
    PROPOSALS = "proposals", "Đề xuất, kiến nghị"


FIGURE_PARTS = (ReportPart.INDICATORS, ReportPart.ACTIVITIES, ReportPart.MONEY)
TEXT_PARTS = (ReportPart.RESULTS, ReportPart.DIFFICULTIES, ReportPart.PROPOSALS)


class FigureAnswer(TextChoices):
    """What a unit says to a figure that was filled in for it."""

    AGREED = "agreed", "Đồng ý"
    OWN = "own", "Sửa"


class WordPart(TextChoices):
    """What a paragraph of a Word file becomes in a draft (phần của văn bản)."""

    HEADING = "heading", "Đề mục"
    NUMBERED = "numbered", "Khoản, điểm có số thứ tự"
    DASH = "dash", "Gạch đầu dòng"
    PLUS = "plus", "Dấu cộng"
    PARAGRAPH = "paragraph", "Đoạn văn"
    DUTY = "duty", "Đơn vị được phân công"
    PROJECT = "project", "Khối dự án thành phần"
    CLOSING = "closing", "Câu kết"
    APPENDIX = "appendix", "Phụ lục"
    BASIS = "basis", "Căn cứ"
    CARRIES_OUT = "carries_out", "Thực hiện văn bản"
    SUBJECT = "subject", "Trích yếu"
    RECIPIENT = "recipient", "Nơi nhận"
    ARCHIVE = "archive", "Lưu"
    AUTHORITY = "authority", "Thẩm quyền ký"
    SIGNER_TITLE = "signer_title", "Chức vụ người ký"
    SIGNER_NAME = "signer_name", "Người ký"
    LEFT_OUT = "left_out", "Không đưa vào dự thảo"


class DueState(TextChoices):
    """Where a report stands that is due on a day (tình trạng một hạn báo cáo)."""

    ISSUED = "issued", "Đã ban hành"
    SENT = "sent", "Đã gửi"
    RUNNING = "running", "Đang thực hiện"
    OVERDUE = "overdue", "Quá hạn"
    NOT_RECORDED = "not_recorded", "Quá hạn, chưa ghi nhận báo cáo"
    TO_COME = "to_come", "Chưa đến hạn"
    NO_DAY = "no_day", "Chưa quy định hạn"


class FindingSubject(TextChoices):
    """What a supervision finding is pinned on (đối tượng giám sát)."""

    HOUSEHOLD = "household", "Hộ gia đình"
    FIGURE = "figure", "Số liệu, chỉ tiêu"
    POSTING = "posting", "Niêm yết kết quả rà soát"
    PROJECT = "project", "Dự án, chính sách"


class FindingState(TextChoices):
    """Where a supervision finding stands on a day (tình trạng kiến nghị giám sát)."""

    WAITING = "waiting", "Chờ trả lời"
    LATE = "late", "Quá hạn trả lời"
    ANSWERED = "answered", "Đã trả lời"
    ANSWERED_LATE = "answered_late", "Đã trả lời, muộn hạn"
    WITHDRAWN = "withdrawn", "Đã rút"


class IndicatorColumn(TextChoices):
    """A column of a table of indicators (cột của biểu chỉ tiêu)."""

    UNIT = "unit", "Đơn vị tính"
    PLANNED = "planned", "Kế hoạch năm"
    ACTUAL = "actual", "Thực hiện trong kỳ"
    ESTIMATE = "estimate", "Ước cả kỳ"
    SOURCE = "source", "Nguồn số liệu"
    OWNER = "owner", "Đơn vị theo dõi"
    NOTE = "note", "Ghi chú"
