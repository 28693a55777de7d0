"""The faults that a service finds in what a page takes in, whether typed or pasted as a list."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError

from povertyplan.core import clock
from povertyplan.core.text.vietnamese import upper_first

ROWS = "rows"  # the field in which a list was pasted
BEGINS_LATER = "Ngày bắt đầu không được sau ngày hôm nay."


class FormFaults:
    """Every fault found: at its field for one record, with its line for a pasted list."""

    def __init__(self) -> None:
        self._found: dict[str, list[str]] = defaultdict(list)

    def add(self, found: Iterable[tuple[str, str]], *, row: int | None = None) -> None:
        """Keep pairs of field and sentence; `row` is the line of the list, from 1."""
        for field, sentence in found:
            if row is None:
                self._found[field].append(upper_first(sentence))
            else:
                self._found[ROWS].append(at_line(row, sentence))

    def refuse(self) -> None:
        """Raise ValidationError with all of them, if there are any."""
        if self._found:
            raise ValidationError(dict(self._found))


def at_line(row: int, sentence: str) -> str:
    return f"Dòng {row}: {sentence}"


def beginning_faults(valid_from: date | None) -> list[tuple[str, str]]:
    """Nothing begins on a day to come; None is what always was."""
    is_later = valid_from is not None and valid_from > clock.today()
    return [("valid_from", BEGINS_LATER)] if is_later else []
