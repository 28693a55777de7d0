"""Columns with content that nobody matched: what stands in them, and what they may be."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace

from households.intake.sheets.dates import read_date
from households.intake.sheets.grouping import values_in, why_no_person
from households.intake.sheets.headings import SheetField, column_of, is_derived
from households.intake.sheets.layouts import SheetLayout, headings_of
from households.intake.sheets.parts import letters
from households.intake.sheets.values import CLASSES, RELATIONS, SEXES, Reader, as_text
from households.intake.sheets.vocabulary import key_of
from households.intake.sheets.workbook import ForeignSheet
from households.models import ImportBatch, ImportFile
from households.rules.import_sheets import UnusedColumn

SAMPLES, SAMPLE_LENGTH, HEADING_LENGTH = 3, 40, 60
# Of so many values four in five must look alike: a list has slips.
LOOKED_AT, MOST = 200, 0.8
_CITIZEN_ID = re.compile(r"\d{11,12}")  # eleven digits where a leading zero was lost
_GAPS = re.compile(r"[\s.'\-]")
_DECISION = re.compile(r"\d+\s*/\s*(?:\d{4}\s*/\s*)?Q\u0110\b.*", re.IGNORECASE)
_DECIDED = re.compile(r"\b(qd|quyet dinh|ban hanh|cong nhan)\b")


def find_columns(sheet: ForeignSheet, layout: SheetLayout, reader: Reader) -> list[UnusedColumn]:
    """Every column that rows about people fill, with what its content says it may be."""
    headings = headings_of(sheet, layout.heading_row)
    texts: dict[int, list[str]] = {}
    for number in _person_rows(sheet, layout):
        for position, value in enumerate(values_in(sheet, number), start=1):
            if text := as_text(value):
                texts.setdefault(position, []).append(text)
    found = []
    for position, filled in sorted(texts.items()):
        heading = headings[position - 1][:HEADING_LENGTH] if position <= len(headings) else ""
        proposal = _propose_field(heading, filled[:LOOKED_AT], reader)
        found.append(
            UnusedColumn(
                sheet=sheet.name,
                position=position,
                letter=letters(position),
                heading=heading,
                count=len(filled),
                samples=tuple(
                    text[:SAMPLE_LENGTH] for text in list(dict.fromkeys(filled))[:SAMPLES]
                ),
                proposal=proposal,
                is_derived=not proposal and is_derived(heading),
            )
        )
    return found


def _person_rows(sheet: ForeignSheet, layout: SheetLayout) -> Iterator[int]:
    for number in range(layout.first_row, len(sheet.rows) + 1):
        texts = [text for value in values_in(sheet, number) if (text := as_text(value))]
        if texts and not why_no_person(sheet, number, layout, texts):
            yield number


def find_unused(columns: Sequence[UnusedColumn], matched: Mapping[str, int]) -> list[UnusedColumn]:
    """The columns that no field is read from, each proposed for a field that is still free."""
    taken = set(matched)
    unused = []
    for column in columns:
        if column.position in set(matched.values()):
            continue
        proposal = "" if column.proposal in taken else column.proposal
        taken.add(proposal)
        unused.append(
            replace(
                column,
                proposal=proposal,
                is_derived=column.is_derived or (not proposal and is_derived(column.heading)),
            )
        )
    return unused


def offer_columns(
    columns: Sequence[UnusedColumn], matched: Mapping[str, int]
) -> list[UnusedColumn]:
    """All columns with content; those that no field is read from with what they may be."""
    unused = {column.position: column for column in find_unused(columns, matched)}
    return [unused.get(column.position, replace(column, proposal="")) for column in columns]


def find_open(unused: Sequence[UnusedColumn], set_aside: Collection[int]) -> tuple[int, ...]:
    """The positions of those that nobody said anything about."""
    return tuple(
        column.position
        for column in unused
        if column.position not in set_aside and not column.is_derived
    )


def unused_in(batch: ImportBatch) -> list[tuple[UnusedColumn, bool]]:
    """The unused columns of the sheets that are read, and whether each waits; those first.

    One query.
    """
    stored = ImportFile.objects.filter(batch=batch).values_list("unused", flat=True).first()
    layouts = {layout.sheet: layout for layout in batch.layouts if layout.used}
    found = [
        (column, column.position in (layouts[column.sheet].open_columns or ()))
        for column in stored or []
        if column.sheet in layouts
    ]
    return sorted(found, key=lambda each: not each[1])


def _propose_field(heading: str, texts: Sequence[str], reader: Reader) -> str:
    """The field that most of the values speak for, else the one that the heading names."""
    for column, fits in _judges(heading, reader):
        if sum(map(fits, texts)) >= MOST * len(texts):
            return column.value
    named = column_of(heading)
    return named.value if named else ""


def _judges(heading: str, reader: Reader) -> Iterator[tuple[SheetField, Callable[[str], bool]]]:
    """What each field looks like, the surest first."""
    decided = _DECIDED.search(key_of(heading)) is not None
    day = SheetField.DECIDED_ON if decided else SheetField.BIRTH_DATE
    yield SheetField.CITIZEN_ID, lambda text: bool(_CITIZEN_ID.fullmatch(_GAPS.sub("", text)))
    yield day, lambda text: _is_day(text, reader)
    yield SheetField.SEX, lambda text: key_of(text) in SEXES
    yield SheetField.RELATION, lambda text: key_of(text) in RELATIONS
    yield SheetField.POVERTY_CLASS, lambda text: key_of(text) in CLASSES
    # Codes of groups and numbers of villages are numbers of anything.
    yield (
        SheetField.ETHNIC_GROUP,
        lambda text: not text.isdigit() and bool(reader.ethnic_groups.find(text).value),
    )
    yield (
        SheetField.VILLAGE,
        lambda text: not text.isdigit() and bool(reader.villages.find(text).value),
    )
    yield SheetField.DECISION_NUMBER, lambda text: bool(_DECISION.fullmatch(text))


def _is_day(text: str, reader: Reader) -> bool:
    """A whole day as text: a bare number may be anything."""
    if text.isdigit():
        return False
    reading = read_date(text, today=reader.today)
    return not reading.is_error and reading.value is not None
