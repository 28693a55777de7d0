"""What the page of returned Word files says after one was read."""

from reports.models import ReturnedWord

NOTHING_NEW = "Đã đọc tệp: khớp {} đoạn, không có đề nghị sửa mới."
PROPOSED = "Đã đọc tệp: khớp {} đoạn, có {} đề nghị sửa chờ xử lý."


def taken_back(returned: ReturnedWord) -> str:
    count = returned.proposals.count()
    if not count:
        return NOTHING_NEW.format(returned.matched)
    return PROPOSED.format(returned.matched, count)
