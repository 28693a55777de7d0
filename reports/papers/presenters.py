"""What the journal says a paper was printed for, and why one is not handed out."""

from collections.abc import Iterable

from households.models import EscapePledge
from povertyplan.core.platform.files import file_stem
from povertyplan.core.text import formatting
from projects.models import HandoverList
from projects.publicity.presenters import describe_period
from reports.choices import FileFormat

PURPOSE = "Lập hồ sơ rà soát, cấp giấy chứng nhận"
WHOLE_WARD_ONLY = "Mẫu này lập cho cả phường, xã."
LISTING_TITLES = {
    "supports": "Hỗ trợ công khai theo thôn",
    "donations": "Tiền, hàng ủng hộ",
    "publications": "Danh mục nội dung đã công khai",
}
NO_BLANK = "Mẫu này không có bản trống."
NO_SUCH_FORM = "Không có mẫu này."
NOT_OF_THIS_REVIEW = "Bạn không được xem mẫu của đợt rà soát này."
NOT_OF_THIS_AREA = "Bạn không được tải mẫu này ở địa bàn này."


RECEIPTS = "Bảng kê ký nhận hỗ trợ"


def describe_receipts(year: int, conditions: Iterable[str]) -> str:
    """Which supports a sheet lists."""
    return "; ".join([f"hỗ trợ năm {year}", *conditions])


def describe_receipt_file(caption: str, count: int, file_format: FileFormat) -> str:
    """What the record of accesses says was taken away."""
    return f"{RECEIPTS}: {caption}; {formatting.number(count)} dòng; {file_format.label}"


def describe_handover(handover_list: HandoverList, file_format: FileFormat) -> str:
    """What the record of accesses says was taken away."""
    return f"Danh sách chuyển giao {handover_list}; {file_format.label}"


def handover_file_name(handover_list: HandoverList, ending: str) -> str:
    day = handover_list.handover.as_of.isoformat()
    return f"{file_stem(f'{handover_list.kind} {handover_list.receiver} {day}')}.{ending}"


def listing_file_name(listing: str, year: int, quarter: int, ending: str) -> str:
    return f"{file_stem(describe_listing(listing, year, quarter))}.{ending}"


def describe_pledge(pledge: EscapePledge, file_format: FileFormat) -> str:
    """What the record of accesses says was taken away."""
    return (
        f"Bản cam kết thoát nghèo năm {pledge.year} của hộ {pledge.household}; {file_format.label}"
    )


def describe_listing(
    listing: str, year: int, quarter: int, file_format: FileFormat | None = None
) -> str:
    """A list that is published, in the record of accesses and as the name of its file."""
    named = f"{LISTING_TITLES[listing]}, {describe_period(year, quarter)}"
    return f"{named}; {file_format.label}" if file_format else named
