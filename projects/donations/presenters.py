"""Donated money in words: answers, and what a file says of itself."""

from povertyplan.core.registers.presenters import RegisterWords
from projects.donations.services.entries import donation_text
from projects.models import DonationEntry

TITLE = "Sổ tiền, hàng ủng hộ"
REGISTER = RegisterWords(
    TITLE,
    "khoản",
    "Tiền, hàng ủng hộ",
    (
        "Mỗi dòng một khoản thu hoặc chi. Hiện vật ghi giá trị quy ra tiền.",
        "Chi không quá số còn lại của quỹ vào ngày đó.",
        "Khoản đã có, kể cả khoản đã hủy, thì không ghi lần nữa: cần ghi lại khoản đã hủy thì ghi "
        "trên màn hình.",
    ),
)


def describe_entered(entry: DonationEntry) -> str:
    return f"Đã ghi: {donation_text(entry)}."


def describe_reversed(entry: DonationEntry) -> str:
    return f"Đã ghi hủy: {donation_text(entry)}."


def export_title(year: int) -> str:
    return f"{TITLE} năm {year}"
