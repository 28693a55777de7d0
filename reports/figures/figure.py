"""One figure: what it is worth, how it is written, where it comes from."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from povertyplan.core.text import formatting

HOUSEHOLDS = "hộ"
PERCENT = "%"
RATE_DECIMALS = 2
NOTHING_OLDER = (
    "Chưa biết hộ nào thoát nghèo trước ngày {}: sổ mới có một danh sách, chưa có kết quả cũ hơn."
)
NO_RESULT = "Chưa có kết quả rà soát được công nhận của năm {}."
NO_POPULATION = "Chưa có tổng số hộ dân cư đến ngày {}."


@dataclass(frozen=True)
class Figure:
    """One figure: its value, how screens (`text`) and documents (`printed`) write it, its source.

    `name` repeats the parameters ("poor_households 2025"); `url` opens the list behind it.
    Without a value, `reason` says in a sentence what is missing. A computed rate has `decimals`;
    one that was promised reads as it was written.
    """

    name: str
    value: int | Decimal | None
    unit: str = ""
    as_of: date | None = None
    source: str = ""
    url: str = ""
    reason: str = ""
    decimals: int | None = None

    @property
    def text(self) -> str:
        if self.unit == PERCENT:
            return formatting.percent(self.value, self.decimals)
        return formatting.number(self.value)

    @property
    def printed(self) -> str:
        """As a document of Nghị định 30/2020/NĐ-CP writes it: 05, 0,27%, and no unit but "%"."""
        return self.text if self.unit == PERCENT else formatting.two_digits(self.value)
