"""The register of money in a file: read and checked whole, kept while it is looked at, written."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from povertyplan.core.models import Area, User
from povertyplan.core.registers.tables import RegisterTable, read_table
from povertyplan.core.registers.writing import sentences_of
from projects.models import BudgetEntry
from projects.money.resources import BudgetResource
from projects.money.selectors import ListedDraft, leave_out_written
from projects.money.services.entries import add_listed_entries
from projects.programme.workbooks import open_register_sheets

REGISTER = "money"


@dataclass(frozen=True)
class BudgetFile:
    """What a file lists, what of it is missing here, and the text that keeps it for later."""

    listed: Sequence[ListedDraft]
    missing: Sequence[ListedDraft]
    kept: str


def read_budget_file(*, file: UploadedFile, ward: Area, by: User) -> BudgetFile:
    """Read a register. Raises ValidationError with every fault, each with its line and column."""
    table = read_table(
        open_register_sheets(file.read(), file.name or ""),
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
        raise ValidationError(sentences_of(reading.faults), code="lines")
    return resource.listed(reading)
