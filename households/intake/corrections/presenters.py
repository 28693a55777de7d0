"""The lists of an import's rows by their names, and what is said where there is nothing."""

WAITING, CORRECTED = "Cần xử lý", "Đã sửa"
ROW, CHANGE = "dòng", "thay đổi"
NO_ROWS = "Không có dòng nào ở tình trạng này."
NO_CHANGES = "Chưa sửa gì trong lần nhập này."
NOT_UNDERSTOOD = "Chưa sửa được: nội dung gửi lên không đúng. Tải lại trang."
