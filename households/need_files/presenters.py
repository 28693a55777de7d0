"""What the register of needs is called, and how it is filled in."""

from povertyplan.core.registers.presenters import RegisterWords

REGISTER = RegisterWords(
    "Nhu cầu hỗ trợ",
    "dòng",
    "Nhu cầu hỗ trợ",
    (
        "Mỗi dòng một nhu cầu của hộ, hoặc của một thành viên khi loại nhu cầu ghi theo người.",
        "Hộ đã hỏi mà không cần gì: cột “Tình trạng” ghi “Không có nhu cầu”, không ghi loại.",
        "Hộ không có trong tệp, hoặc dòng không có loại nhu cầu, vẫn là chưa hỏi.",
    ),
)
