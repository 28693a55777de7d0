"""What a table says of its figures, what the journal says of its copies, why there is no table."""

from datetime import datetime

from households.models import PovertyStandard
from povertyplan.core.text import formatting
from reports.choices import FileFormat
from reports.figures import words
from reports.tables.catalogue import TableKind
from reports.tables.forms import Period

NO_SUCH_TABLE = "Không có biểu số này."
WHOLE_WARD_ONLY = "Biểu này tổng hợp cả phường, xã."
NO_FIGURES_YET = "Chưa có số liệu của năm này."


def describe_source(standard: PovertyStandard | None, at: datetime) -> str:
    """Which standard was in force on the last day, and when the figures were read."""
    made = f"Số liệu lập lúc {formatting.moment(at)}"
    return f"{standard}. {made}" if standard else made


def describe_break(crossed: tuple[str, str] | None) -> str:
    """A sentence where the two days were found by two standards; "" where by one."""
    return words.broken_movements(*crossed) if crossed else ""


def describe_copy(kind: TableKind, period: Period, file_format: FileFormat) -> str:
    return f"{kind.title} ngày {formatting.day(period.until)}, bản {file_format.label}"
