"""Why a whole file is refused, in sentences for the officer who sent it."""


class FileRefused(Exception):
    """A file that is not read at all; its text is a Vietnamese sentence."""


BROKEN = "Tệp bị hỏng, không đọc được. Mở tệp bằng Excel, lưu lại dạng .xlsx rồi gửi lại."
ENCRYPTED = "Tệp có mật khẩu. Mở tệp bằng Excel, bỏ mật khẩu rồi gửi lại."
OLD_EXCEL = (
    "Tệp .xls kiểu cũ không đọc được. Mở tệp bằng Excel, bấm F12 (Lưu thành), chọn loại tệp "
    "“Excel Workbook (*.xlsx)”, lưu rồi gửi tệp mới."
)
NOT_A_WORKBOOK = (
    "Tệp không phải là tệp Excel dù mang đuôi của Excel. "
    "Mở tệp bằng Excel, lưu lại dạng .xlsx rồi gửi lại."
)
MACROS = "Tệp có chứa macro. Lưu lại dạng .xlsx (không có macro) rồi gửi lại."
UNKNOWN_KIND = "Chỉ nhận tệp .xlsx hoặc .csv."
EMPTY = "Tệp không có nội dung."
TOO_LARGE = "Tệp lớn hơn {limit} MB. Chia danh sách thành nhiều tệp."
TOO_MANY_PARTS = "Tệp có quá nhiều thành phần bên trong, không phải là một danh sách thông thường."
UNPACKS_TOO_LARGE = "Tệp nén phình ra quá lớn khi mở, không phải là một danh sách thông thường."
FORGED_SIZE = "Kích thước ghi trong tệp không đúng với nội dung, không đọc được."
NESTED = "Tệp có chứa tệp nén khác bên trong, không đọc được."
ENTITIES = "Tệp có khai báo thực thể XML, không phải do Excel lưu; không đọc được."
FAR_CELL = (
    "Trang “{sheet}” có ô {cell} nằm quá xa. Xóa các dòng, cột thừa ngoài danh sách rồi gửi lại."
)
LONG_TEXT = "Trang “{sheet}”, ô {cell} có hơn {limit} ký tự. Rút gọn rồi gửi lại."
TOO_SLOW = "Tệp mất quá nhiều thời gian để mở, không phải là một danh sách thông thường."
TOO_HUNGRY = "Tệp cần quá nhiều bộ nhớ để mở, không phải là một danh sách thông thường."
NO_SHEETS = "Tệp không có trang tính nào."
NOT_UTF8 = "Tệp .csv không ở bảng mã UTF-8. Lưu lại dạng “CSV UTF-8” rồi gửi lại."
