"""The register of money in a file: read and checked whole, kept while it is looked at, written."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from households.intake.sheets.refusals import FileRefused
from households.intake.sheets.workbook import open_workbook
from povertyplan.core.models import Area, User
from povertyplan.core.registers.resources import RowFault
from povertyplan.core.registers.tables import RegisterTable, read_table
from projects.models import BudgetEntry
from projects.money.resources import BudgetResource
from projects.money.selectors import ListedDraft, leave_out_written
from projects.money.services.entries import add_listed_entries

REGISTER = "money"
MOST_TOLD = 100


@dataclass(frozen=True)
class BudgetFile:
    """What a file lists, what of it is missing here, and the text that keeps it for later."""

    listed: Sequence[ListedDraft]
    missing: Sequence[ListedDraft]
    kept: str


def read_budget_file(*, file: UploadedFile, ward: Area, by: User) -> BudgetFile:
    """Read a register. Raises ValidationError with every fault, each with its line and column."""
    try:
        sheets = open_workbook(file.read(), file.name or "").sheets
    except FileRefused as refused:
        raise ValidationError(str(refused), code="file") from refused
    table = read_table(
        sheets,
        headings=BudgetResource.headings(),
        optional=BudgetResource.optional,
        codes=BudgetResource.codes,
    )
    listed = _listed(table, ward, by)
    return BudgetFile(listed, leave_out_written(ward, listed), table.keep(REGISTER, ward.pk))


def add_kept_entries(*, table: str, ward: Area, by: User) -> list[BudgetEntry]:
    """Write what was looked at: it is checked once more, and what is there already stays out."""
    listed = _listed(RegisterTable.kept(table, REGISTER, ward.pk), ward, by)
    return add_listed_entries(ward=ward, listed=listed, by=by)


def _listed(table: RegisterTable, ward: Area, by: User) -> list[ListedDraft]:
    resource = BudgetResource(ward=ward, by=by)
    reading = resource.read(table)
    if reading.faults:
        raise ValidationError(_sentences(reading.faults), code="lines")
    return resource.listed(reading)


def _sentences(faults: Sequence[RowFault]) -> list[str]:
    """Every fault; of very many the first ones, and how many follow."""
    told = [str(fault) for fault in faults[:MOST_TOLD]]
    if len(faults) > MOST_TOLD:
        told.append(f"Còn {len(faults) - MOST_TOLD} lỗi nữa. Sửa các lỗi trên rồi gửi lại.")
    return told
