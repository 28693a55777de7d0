"""Setting up a table of indicators."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError

from povertyplan.core import locks
from povertyplan.core.journal import audit
from povertyplan.core.models import Area, User
from povertyplan.core.platform import versions
from povertyplan.core.text.vietnamese import normalise_text
from projects.models import Indicator
from reports.choices import IndicatorColumn
from reports.models import IndicatorTable
from reports.models.indicator_table import IndicatorTableRow

NO_NAME = "Nhập tên biểu."
NO_ROWS = "Chọn ít nhất một chỉ tiêu."
NO_COLUMNS = "Chọn ít nhất một cột."
FOREIGN = "Chọn chỉ tiêu của phường, xã này."


@audit.business_act(label="Lập cấu hình biểu chỉ tiêu")
def set_indicator_table(
    *,
    ward: Area,
    number: int,
    name: str,
    columns: Sequence[str],
    indicators: Sequence[Indicator],
    version: int | None,
    by: User,
) -> IndicatorTable:
    """Set the rows and columns of a table. Raises ValidationError keyed by field."""
    named = normalise_text(name)
    _refuse(ward, named, columns, indicators)
    locks.hold(Area.objects.filter(pk=ward.pk)).get()
    table = IndicatorTable.objects.filter(ward=ward, number=number).first()
    values = {"name": named, "columns": [c for c in IndicatorColumn.values if c in columns]}
    if table is None:
        table = IndicatorTable.objects.create(ward=ward, number=number, **values)
    else:
        versions.update(table, version=version, **values)
    chosen = {indicator.pk for indicator in indicators}
    table.rows.exclude(indicator__in=chosen).delete()
    standing = set(table.rows.values_list("indicator", flat=True))
    IndicatorTableRow.objects.bulk_create(
        IndicatorTableRow(table=table, indicator_id=pk) for pk in sorted(chosen - standing)
    )
    audit.record(table, f"Cấu hình {table}.", ward=ward)
    return table


def _refuse(ward: Area, name: str, columns: Sequence[str], indicators: Sequence[Indicator]) -> None:
    faults = {}
    if not name:
        faults["name"] = NO_NAME
    if not columns:
        faults["columns"] = NO_COLUMNS
    if not indicators:
        faults["indicators"] = NO_ROWS
    elif any(indicator.ward_id != ward.pk for indicator in indicators):
        faults["indicators"] = FOREIGN
    if faults:
        raise ValidationError(faults)
