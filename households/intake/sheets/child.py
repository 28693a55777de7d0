"""The child process that opens a foreign file: `python -m` this module, `NAME < FILE`.

Writes JSON lines: the workbook's facts, then for each sheet its facts and its rows, and at last
{"end": true}; or {"refused": sentence}, at any place. A child that was killed says neither.
"""

import csv
import io
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date, datetime

import python_calamine

from households.intake.sheets import refusals
from households.intake.sheets.container import LARGEST_FILE_MB, kind_of, open_container
from households.intake.sheets.parts import (
    FileTally,
    SheetFacts,
    WorkbookFacts,
    facts_of,
    letters,
    refuse_far,
)
from households.intake.sheets.refusals import LONGEST_TEXT, FileRefused
from povertyplan.core.platform.children import limit_this_process

PROCESSOR_SECONDS = 9
LONGEST_LINE = 200_000  # characters of a line of a text file
TOP_LINES = 20  # of a text file, in which a tab would show
LARGEST_ANSWER = 60 * 1024 * 1024


def main() -> None:
    limit_this_process(processor_seconds=PROCESSOR_SECONDS)
    try:
        _answer(sys.argv[1])
    except FileRefused as refused:
        _say({"refused": str(refused)})
    except MemoryError:
        _say({"refused": refusals.TOO_HUNGRY})
    except python_calamine.PasswordError:
        _say({"refused": refusals.ENCRYPTED})
    except BaseException:
        # A dozen kinds of exception come out of damaged files, one of them no Exception.
        _say({"refused": refusals.BROKEN})


def _answer(name: str) -> None:
    content = sys.stdin.buffer.read(LARGEST_FILE_MB * 1024 * 1024 + 1)
    reads = csv_lines if kind_of(content, name) == "csv" else workbook_lines
    size = 0
    for line in reads(content):
        size += _say(line)
        if size > LARGEST_ANSWER:
            raise FileRefused(refusals.TOO_HUNGRY)
    _say({"end": True})


def _say(line: object) -> int:
    text = json.dumps(line, ensure_ascii=False, separators=(",", ":"), default=_tell)
    data = text.encode("utf-8", "replace")
    sys.stdout.buffer.write(data + b"\n")
    return len(data)


def _tell(value: object) -> object:
    """Dates keep their kind; durations and times of day become text."""
    if isinstance(value, datetime):
        value = value.date()
    return {"date": value.isoformat()} if isinstance(value, date) else str(value)


def workbook_lines(content: bytes) -> Iterator[object]:
    facts = facts_of(open_container(content))
    yield _head(facts)
    workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
    known = set(workbook.sheet_names)
    for sheet in facts.sheets:
        opened = workbook.get_sheet_by_name(sheet.name) if sheet.name in known else None
        yield {"sheet": asdict(sheet), "merged": (opened and opened.merged_cell_ranges) or []}
        if opened is not None and opened.start is not None:
            # The library gives the empty rows above the first cell, not the columns before it.
            yield from _rows(opened.iter_rows(), sheet, before=opened.start[1])


def _head(facts: WorkbookFacts) -> dict[str, object]:
    return {
        "date1904": facts.date1904,
        "saved_at": facts.saved_at,
        "exported_at": facts.exported_at,
    }


def _rows(rows: Iterable[list], sheet: SheetFacts, *, before: int = 0) -> Iterator[list]:
    for number, values in enumerate(rows, start=1):
        row = [""] * before + values if before else values
        while row and row[-1] == "":
            row.pop()
        for column, value in enumerate(row, start=1):
            if isinstance(value, str) and len(value) > LONGEST_TEXT:
                cell = f"{letters(column)}{number}"
                raise FileRefused(
                    refusals.LONG_TEXT.format(sheet=sheet.name, cell=cell, limit=LONGEST_TEXT)
                )
        yield row


def _delimiter(text: str) -> str:
    """Tabs come from a spreadsheet and separate, whatever commas a title above the list has."""
    lines = text.split("\n", TOP_LINES)[:TOP_LINES]
    return "\t" if any("\t" in line for line in lines) else max(",;", key=lines[0].count)


def csv_lines(content: bytes) -> Iterator[object]:
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    sheet = SheetFacts(name="CSV", hidden=False)
    try:
        with io.TextIOWrapper(io.BytesIO(content), encoding, newline="") as text:
            delimiter = _delimiter(text.read(LONGEST_LINE))
            text.seek(0)
            yield _head(WorkbookFacts(date1904=False, saved_at="", exported_at="", sheets=[sheet]))
            yield {"sheet": asdict(sheet), "merged": []}
            rows = csv.reader(_short_lines(text), delimiter=delimiter)
            yield from _rows(_counted(rows, sheet), sheet)
    except UnicodeDecodeError as error:
        raise FileRefused(refusals.NOT_UTF8) from error
    except csv.Error as error:
        raise FileRefused(refusals.BROKEN) from error


def _short_lines(text: Iterable[str]) -> Iterator[str]:
    """Lines that are no longer than a row of a list can be; cells are split only then."""
    for number, line in enumerate(text, start=1):
        if len(line) > LONGEST_LINE:
            raise FileRefused(refusals.phrase(refusals.LONG_LINE, row=number, limit=LONGEST_LINE))
        if "\0" in line:
            raise FileRefused(refusals.NOT_A_WORKBOOK)
        yield line


def _counted(rows: Iterable[list], sheet: SheetFacts) -> Iterator[list]:
    tally, widest = FileTally(), 1
    for number, row in enumerate(rows, start=1):
        widest = max(widest, len(row))
        refuse_far(sheet.name, number, widest)
        tally.add_sheet(number, widest)
        yield row


if __name__ == "__main__":
    main()
