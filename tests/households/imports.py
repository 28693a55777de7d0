"""A workbook read into the register through the services."""

from households.intake.staging.services import read_import, start_import
from households.intake.writing.selectors.undoing import undo_effects
from households.intake.writing.services.undo import take_import_back
from households.intake.writing.services.writing import write_import
from households.models import ImportBatch


def read_in(office, content: bytes, name: str = "ds.xlsx") -> ImportBatch:
    batch = start_import(ward=office.ward, content=content, name=name, by=office)
    return read_import(batch=batch, version=batch.version, by=office)


def write(office, batch: ImportBatch) -> ImportBatch:
    return write_import(batch=batch, version=batch.version, by=office)


def imported(office, content: bytes) -> ImportBatch:
    return write(office, read_in(office, content))


def undo_written(office, batch: ImportBatch) -> ImportBatch:
    """Undo as the page does: with what it shows now."""
    batch.refresh_from_db()
    token = undo_effects(batch).token
    return take_import_back(batch=batch, version=batch.version, token=token, by=office)
