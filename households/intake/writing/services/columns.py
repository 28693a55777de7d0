"""What has to be said of the columns of a file before it is written."""

from django.core.exceptions import ValidationError

from households.intake.staging import issues
from households.intake.staging.selectors.unused import unused_in
from households.models import ImportBatch


def refuse_open_columns(batch: ImportBatch) -> None:
    """Raise ValidationError while a column with content is neither matched nor set aside."""
    if any(layout.used and layout.open_columns is None for layout in batch.layouts):
        raise ValidationError(issues.NOT_LOOKED_AT, code="columns")
    waiting = [column for column, is_open in unused_in(batch) if is_open]
    if waiting:
        raise ValidationError(issues.open_columns(waiting), code="columns")
