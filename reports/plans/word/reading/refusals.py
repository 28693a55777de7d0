"""Why a Word file is refused, in sentences for the officer who sent it."""


class WordRefused(Exception):
    """A file that is not read at all; its text is a Vietnamese sentence."""


EMPTY = "Tệp không có nội dung. Chọn tệp .docx của văn bản."
TOO_LARGE = "Tệp lớn hơn {limit} MB. Bỏ hình ảnh trong tệp hoặc chia văn bản thành nhiều tệp."
OLD_WORD = (
    "Tệp .doc kiểu cũ không đọc được. Mở tệp bằng Word, bấm F12 (Lưu thành), chọn loại tệp "
    "“Word Document (*.docx)”, lưu rồi gửi tệp mới."
)
ENCRYPTED = "Tệp có mật khẩu. Mở tệp bằng Word, bỏ mật khẩu rồi gửi lại."
MACROS = "Tệp có chứa macro. Lưu lại dạng .docx (không có macro) rồi gửi lại."
PDF = (
    "Tệp PDF không đọc được thành các đoạn. Gửi tệp .docx gốc của văn bản, hoặc mở PDF bằng Word, "
    "lưu dạng .docx rồi gửi lại."
)
IMAGE = (
    "Tệp là ảnh chụp hoặc bản quét. Gửi tệp .docx gốc của văn bản; không có thì gõ lại hoặc nhận "
    "dạng chữ rồi lưu dạng .docx."
)
SCANNED = (
    "Tệp chỉ có ảnh quét, không có chữ. Gửi tệp .docx gốc của văn bản; không có thì gõ lại hoặc "
    "nhận dạng chữ rồi lưu dạng .docx."
)
NO_TEXT = "Tệp không có đoạn chữ nào. Kiểm tra lại tệp rồi gửi lại."
NOT_WORD = "Tệp không phải là tệp Word dù mang đuôi .docx. Mở tệp bằng Word, lưu lại rồi gửi lại."
UNKNOWN_KIND = "Chỉ nhận tệp .docx. Mở văn bản bằng Word, lưu dạng .docx rồi gửi lại."
BROKEN = "Tệp bị hỏng, không đọc được. Mở tệp bằng Word, lưu lại dạng .docx rồi gửi lại."
UNPACKS_TOO_LARGE = "Tệp nén phình ra quá lớn khi mở, không phải là một văn bản thông thường."
ENTITIES = "Tệp có khai báo thực thể XML, không phải do Word lưu; không đọc được."
TOO_LONG = (
    "Tệp có hơn {limit} {what}, dài hơn một kế hoạch. Tách riêng phần kế hoạch thành một tệp rồi "
    "gửi lại."
)
TOO_SLOW = "Tệp mất quá nhiều thời gian để mở, không phải là một văn bản thông thường."
TOO_HUNGRY = "Tệp cần quá nhiều bộ nhớ để mở, không phải là một văn bản thông thường."
