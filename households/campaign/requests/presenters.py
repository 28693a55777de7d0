"""The lists of requests by their names, and what their pages say after an act."""

from households.models import Household

NO_RIGHT = "Bạn không được sửa giấy đề nghị của thôn này."
RECORDED = "Đã ghi giấy đề nghị."
CLOSED = "Đã ghi lý do không giải quyết."

# By the name in the address.
LISTS = {
    "": "Chưa giải quyết",
    "answered": "Đã đưa vào đợt rà soát",
    "closed": "Không giải quyết",
}


def linked(household: Household) -> str:
    return f"Đã gắn giấy đề nghị với hộ {household.code}."
