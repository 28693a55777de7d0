"""The bulk entry in words: its tabs, and what was saved."""

UNREADABLE = "Yêu cầu không đọc được. Tải lại trang rồi nhập lại."

# By the name in the address.
LIST_LABELS = {
    "": "Tất cả",
    "pending": "Chưa nhập",
    "warned": "Cảnh báo",
    "flagged": "Cần kiểm tra",
    "changed": "Đổi phân loại",
}


def forms_saved(count: int) -> str:
    return f"Đã lưu {count} hộ." if count else "Không có thay đổi cần lưu."
