"""Files of registers, opened by the reader that guards against what strangers made."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError

from households.intake.sheets.refusals import FileRefused
from households.intake.sheets.workbook import open_workbook
from povertyplan.core.registers.tables import RegisterSheet


def open_register_sheets(content: bytes, name: str) -> Sequence[RegisterSheet]:
    """The sheets of a file. Raises ValidationError for what is no workbook."""
    try:
        return open_workbook(content, name).sheets
    except FileRefused as refused:
        raise ValidationError(str(refused), code="file") from refused
