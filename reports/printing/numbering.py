"""Numbers of headings in an administrative document: I., 1., a). Computed, never typed.

Decree 30/2020/NĐ-CP, Appendix I: sections in Roman numerals, clauses in Arabic numerals,
points in letters of the Vietnamese alphabet.
"""

from povertyplan.core.text.vietnamese import point_letter, roman_numeral

SECTION, CLAUSE, POINT = 1, 2, 3


class OutlineCounter:
    """Hands out the number of each heading in reading order.

    A new section starts its clauses from 1 again, a new clause its points from a.
    """

    def __init__(self):
        self._counts = {SECTION: 0, CLAUSE: 0, POINT: 0}

    def next(self, level: int) -> str:
        """Number of the next heading at `level`, as it is printed."""
        self._counts[level] += 1
        for deeper in range(level + 1, POINT + 1):
            self._counts[deeper] = 0
        count = self._counts[level]
        if level == SECTION:
            return f"{roman_numeral(count)}."
        return f"{count}." if level == CLAUSE else f"{point_letter(count)})"
