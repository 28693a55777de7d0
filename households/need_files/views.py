"""Needs from a workbook, with a preview."""

from households.need_files.presenters import REGISTER
from households.need_files.resources import NeedResource
from households.need_files.services import import_needs
from households.workers.views.registers import open_member_sheets
from povertyplan.core.registers.excel import ExcelRegister
from povertyplan.core.registers.pages import RegisterPages

need_pages = RegisterPages(
    ExcelRegister(
        name="need_register",
        words=REGISTER,
        resource=NeedResource,
        write=import_needs,
        open_sheets=open_member_sheets,
        list_page="households:need_list",
    ),
    app="households",
    prefix="need_register",
)
