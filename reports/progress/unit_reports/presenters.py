"""What the pages of units' reports say."""

from povertyplan.core.registers.presenters import RegisterWords
from povertyplan.core.text.vietnamese import lower_first
from reports.models import UnitReport
from reports.progress.unit_reports.services.writing import name_report

AGREED = "Đã đồng ý các dòng chưa trả lời và lưu bản đang soạn."
SAVED = "Đã lưu bản đang soạn."
FILLED = "Đã lấy số liệu. Đồng ý hoặc sửa từng dòng, viết ba phần lời văn rồi gửi."
SHEET = RegisterWords(
    title="Số liệu báo cáo của đơn vị",
    line="số liệu",
    back="Soạn báo cáo",
    hints=(
        "Giữ nguyên cột “Mã dòng”. Trả lời “Đồng ý”, hoặc ghi “Sửa thành” kèm “Lý do sửa”.",
        "Dòng để trống các cột trả lời giữ nguyên như trong báo cáo; lời văn viết trên trang.",
    ),
)
NOT_OPEN = "Báo cáo này không sửa được ở tình trạng hiện nay."


def describe_sent(report: UnitReport) -> str:
    return f"Đã gửi {lower_first(name_report(report))}."


def describe_received(report: UnitReport) -> str:
    return f"Đã tiếp nhận: {name_report(report)}."


def describe_returned(report: UnitReport) -> str:
    return f"Đã trả lại: {name_report(report)}. Đơn vị thấy lý do ở đúng phần phải làm lại."
