"""Why a whole file is refused, in sentences for the officer who sent it."""

# A ward of 50,000 people, all of whom stand in one list, with every column of the official forms.
# Cells are counted as memory knows them: the rows of a sheet by its widest one.
MOST_ROWS, MOST_COLUMNS, MOST_CELLS = 50_000, 256, 1_500_000
MOST_MERGES, MOST_SHEETS = 100_000, 60
# Formulas, errors and cells in old fonts, which are kept one by one beside their values.
MOST_NOTED = 500_000
LONGEST_TEXT = 5000


class FileRefused(Exception):
    """A file that is not read at all; its text is a Vietnamese sentence."""


def phrase(sentence: str, **values: object) -> str:
    """A sentence with its values; numbers as people write them.

    >>> phrase("Tối đa {limit} dòng.", limit=50000)
    'Tối đa 50.000 dòng.'
    """
    written = {
        name: f"{value:,}".replace(",", ".") if isinstance(value, int) else value
        for name, value in values.items()
    }
    return sentence.format(**written)


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
    "Trang “{sheet}” có ô {cell} nằm quá xa (tối đa {rows} dòng, {columns} cột). Xóa các dòng, cột "
    "thừa ngoài danh sách rồi gửi lại."
)
TOO_MANY_CELLS = (
    "Tệp có hơn {limit} ô, kể cả ô trống. Xóa các trang, dòng, cột không cần hoặc chia danh sách "
    "thành nhiều tệp."
)
TOO_MANY_MERGES = (
    "Trang “{sheet}” có quá nhiều ô gộp (tối đa {limit}). Bỏ gộp các ô dưới dòng tiêu đề rồi gửi "
    "lại."
)
LARGE_MERGE = (
    "Trang “{sheet}” có ô gộp {cell} rộng hơn danh sách (tối đa {rows} dòng, {columns} cột). Bỏ "
    "gộp ô này rồi gửi lại."
)
TOO_MANY_SHEETS = "Tệp có hơn {limit} trang tính. Xóa các trang không cần rồi gửi lại."
TOO_MANY_NOTED = (
    "Tệp có hơn {limit} ô công thức, ô lỗi hoặc ô dùng phông chữ cũ. Chia danh sách thành nhiều "
    "tệp."
)
LONG_LINE = (
    "Tệp .csv có dòng {row} dài hơn {limit} ký tự. Kiểm tra dấu ngoặc kép thiếu ở dòng này và "
    "các dòng trên."
)
LONG_TEXT = "Trang “{sheet}”, ô {cell} có hơn {limit} ký tự. Rút gọn rồi gửi lại."
TOO_SLOW = "Tệp mất quá nhiều thời gian để mở, không phải là một danh sách thông thường."
TOO_HUNGRY = "Tệp cần quá nhiều bộ nhớ để mở, không phải là một danh sách thông thường."
NO_SHEETS = "Tệp không có trang tính nào."
NOT_UTF8 = "Tệp .csv không ở bảng mã UTF-8. Lưu lại dạng “CSV UTF-8” rồi gửi lại."
