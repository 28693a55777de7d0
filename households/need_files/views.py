"""Needs from a workbook, with a preview."""

from households.need_files.resources import NeedResource
from households.need_files.services import import_needs
from households.workers.views.registers import open_member_sheets
from povertyplan.core.registers.pages import ExcelRegister, RegisterPages
from povertyplan.core.registers.presenters import RegisterWords

WORDS = RegisterWords(
    "Nhu cầu hỗ trợ",
    "dòng",
    "Nhu cầu hỗ trợ",
    (
        "Mỗi dòng một nhu cầu của hộ, hoặc của một thành viên khi loại nhu cầu ghi theo người.",
        "Hộ đã hỏi mà không cần gì: cột “Tình trạng” ghi “Không có nhu cầu”, không ghi loại.",
        "Hộ không có trong tệp, hoặc dòng không có loại nhu cầu, vẫn là chưa hỏi.",
    ),
)

need_pages = RegisterPages(
    ExcelRegister(
        name="need_register",
        words=WORDS,
        resource=NeedResource,
        write=import_needs,
        open_sheets=open_member_sheets,
        list_page="households:need_list",
    ),
    app="households",
    prefix="need_register",
)
