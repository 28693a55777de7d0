"""What the pages of the calendar of reports say."""

from reports.models import ReportingRule, ReportRequest
from reports.progress.calendar.services.periods import name_request

NEW_RULE = "Thêm chế độ báo cáo"
EDIT_RULE = "Sửa chế độ báo cáo"
NO_WARD = "Bạn không yêu cầu báo cáo ở địa bàn này."
NO_SUCH_DUE = "Chế độ báo cáo này không có kỳ đó."
SENDING_RECORDED = "Đã ghi ngày gửi báo cáo."
SENDING_REMOVED = "Đã xóa ngày gửi đã ghi."
SHARED_RULE = "Chế độ báo cáo chung của mọi phường, xã không sửa ở đây."


def describe_rule_saved(rule: ReportingRule) -> str:
    return f"Đã lưu chế độ báo cáo: {rule.name}."


def describe_period_opened(request: ReportRequest) -> str:
    return f"Đã mở kỳ báo cáo {name_request(request)}; đơn vị thấy ở Việc cần làm."


def describe_units_asked(request: ReportRequest) -> str:
    return f"Đã thêm đơn vị vào kỳ báo cáo {name_request(request)}."
