"""The years of a plan moved to those of the next one: in fields, parameters and sentences.

Pure. A year outside the earlier plan's years (and the one before them) stays as it was typed, and
so does the year inside an act's number ("24/2021/QH15").
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

_YEARS = re.compile(r"(?<![\w,.])(?:20\d\d)(?![\w/]|[,.]\d)")
# A period that shrank to one year.
_ONE_YEAR = re.compile(r"\b([Gg])iai đoạn (20\d\d)\s*[-–]\s*\2\b")
YEAR_PARAMETERS = ("year", "first", "last", "years")


@dataclass(frozen=True)
class YearShift:
    """From the years of one plan, both included, to those of another.

    >>> YearShift(2025, 2025, 2026, 2026).text("Năm 2025 giảm so với 31/12/2024; 24/2021/QH15.")
    'Năm 2026 giảm so với 31/12/2025; 24/2021/QH15.'
    >>> YearShift(2021, 2025, 2026, 2030).text("giai đoạn 2021-2025")
    'giai đoạn 2026-2030'
    >>> YearShift(2026, 2030, 2027, 2027).text("Giảm nghèo giai đoạn 2026-2030")
    'Giảm nghèo năm 2027'
    """

    old_first: int
    old_last: int
    first: int
    last: int

    def year(self, year: int) -> int:
        if not self.old_first - 1 <= year <= self.old_last:
            return year
        if year == self.old_last > self.old_first:
            return self.last
        return min(year + self.first - self.old_first, self.last)

    def text(self, text: str) -> str:
        moved = _YEARS.sub(lambda found: str(self.year(int(found.group()))), text)
        return _ONE_YEAR.sub(lambda found: f"{'N' if found[1] == 'G' else 'n'}ăm {found[2]}", moved)

    def parameters(self, parameters: Mapping[str, object]) -> dict[str, object]:
        """The parameters of a block written from data, for the new years."""
        return {
            name: self._parameter(value) if name in YEAR_PARAMETERS else value
            for name, value in parameters.items()
        }

    def _parameter(self, value: object) -> object:
        if isinstance(value, int):
            return self.year(value)
        if isinstance(value, list):
            return list(dict.fromkeys(self._parameter(each) for each in value))
        return value


def typed_years_outside(text: str, first: int, last: int) -> list[int]:
    """Years typed in a sentence that a plan of these years does not speak of, each once.

    >>> typed_years_outside("Năm 2019, 2025 và 2026", 2026, 2026)
    [2019]
    """
    years = dict.fromkeys(int(found) for found in _YEARS.findall(text))
    return [year for year in years if not first - 1 <= year <= last]
