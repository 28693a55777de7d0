"""What the journal says a paper was printed for, and why one is not handed out."""

from projects.models import HandoverList
from reports.choices import FileFormat

PURPOSE = "Lập hồ sơ rà soát, cấp giấy chứng nhận"
WHOLE_WARD_ONLY = "Mẫu này lập cho cả phường, xã."
NO_BLANK = "Mẫu này không có bản trống."
NO_SUCH_FORM = "Không có mẫu này."
NOT_OF_THIS_REVIEW = "Bạn không được xem mẫu của đợt rà soát này."
NOT_OF_THIS_AREA = "Bạn không được tải mẫu này ở địa bàn này."


def describe_handover(handover_list: HandoverList, file_format: FileFormat) -> str:
    """What the record of accesses says was taken away."""
    return f"Danh sách chuyển giao {handover_list}; {file_format.label}"
