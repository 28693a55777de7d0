"""What in the ledger speaks against a figure that a unit types for an indicator."""

from collections.abc import Iterator
from datetime import date

from households.ledger.selectors.standards import indicators_in_force
from povertyplan.core.text import formatting
from projects.choices import Measure
from projects.models import Indicator
from reports.choices import IndicatorSource
from reports.figures.registry import FigureRegistry

OTHER_WHOLE = "Số vừa nhập là {typed}, sổ có {known} ({what}, {source})."
TOO_FEW = (
    "Số chưa đạt là {left}, nhưng phiếu rà soát có {known} hộ thiếu hụt “{name}”, "
    "nên ít nhất {known} người, hộ chưa đạt ({source})."
)


def contradictions(
    *,
    indicator: Indicator,
    year: int,
    numerator: int,
    denominator: int | None,
    today: date,
) -> tuple[str, ...]:
    """Sentences, none where the figure agrees or nothing is known to compare it with.

    The ledger answers with the latest year known up to that of the figure.
    """
    if not indicator.whole_query and not indicator.lacking:
        return ()
    book = FigureRegistry(ward=indicator.ward, until=today)
    known = book.latest_year(year)
    if known is None:
        return ()
    whole = denominator if indicator.measure == Measure.PERCENT else numerator
    left = None if denominator is None else denominator - numerator
    return (*_whole(book, indicator, known, whole), *_left(book, indicator, known, left))


def _whole(
    book: FigureRegistry, indicator: Indicator, year: int, typed: int | None
) -> Iterator[str]:
    if not indicator.whole_query or typed is None:
        return
    figure = book.figure(indicator.whole_query, year)
    if figure.value is not None and figure.value != typed:
        what = IndicatorSource(indicator.whole_query).label.partition(": ")[2]
        yield OTHER_WHOLE.format(
            typed=formatting.number(typed),
            known=formatting.number(figure.value),
            what=what,
            source=book.source(year),
        )


def _left(book: FigureRegistry, indicator: Indicator, year: int, left: int | None) -> Iterator[str]:
    if not indicator.lacking or left is None:
        return
    query = "deprived_poor_households" if _is_of_poor(indicator) else "deprived_households"
    figure = book.figure(query, indicator.lacking, year)
    if figure.value is not None and left < figure.value:
        names = {each.number: each.name for each in indicators_in_force(date(year, 12, 31))}
        yield TOO_FEW.format(
            left=formatting.number(left),
            known=formatting.number(figure.value),
            name=names.get(indicator.lacking, indicator.lacking),
            source=book.source(year),
        )


def _is_of_poor(indicator: Indicator) -> bool:
    """Whether only the poor are counted; without a word of it all on both lists are."""
    return indicator.whole_query.startswith("poor")
