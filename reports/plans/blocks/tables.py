"""What the tables counted from the ledger and the reviews share."""

from decimal import Decimal

from povertyplan.core.text import formatting

NO_RESULT = "Chưa có số liệu: kết quả rà soát năm {} chưa được công nhận."


def format_rate(value: int | Decimal | None) -> str:
    """A rate under a heading that says "(%)"."""
    return formatting.number(value, 2)
