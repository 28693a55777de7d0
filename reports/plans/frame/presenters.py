"""What the pages of a draft's parts say."""

SAVED = {
    "reports:document_heading": "Đã lưu thể thức văn bản.",
    "reports:document_bases": "Đã lưu căn cứ.",
    "reports:document_recipients": "Đã lưu nơi nhận.",
    "reports:document_duties": "Đã lưu phân công.",
}
