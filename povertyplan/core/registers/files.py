"""A register as a file to be taken away: a workbook, or CSV where the address asks for it."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

from django.http import HttpRequest, HttpResponse

from povertyplan.core.models import Area
from povertyplan.core.platform.files import file_response, file_stem, list_name
from povertyplan.core.registers.resources import RegisterResource
from povertyplan.core.registers.tables import Cell, written
from povertyplan.core.registers.workbooks import register_workbook

CSV = "csv"
# What a spreadsheet would run as a formula; the mark is taken off again when the file is read.
_RUNS = re.compile(r"^[=+\-@\t\r]")
_NUMBER = re.compile(r"^[+\-]?[0-9.,]+$")


def register_file(
    request: HttpRequest,
    resource: RegisterResource,
    *,
    title: str,
    ward: Area | None,
    lines: Iterable[str] = (),
    records: Iterable = (),
) -> HttpResponse:
    """The register under its title; `?format=csv` asks for plain text."""
    name = register_name(title, ward)
    if request.GET.get("format") != CSV:
        content = register_workbook(resource, title=title, lines=lines, records=records)
        return file_response(content, name)
    content = register_csv(resource, above=[title, *lines], records=records)
    return file_response(content, name.removesuffix("xlsx") + CSV)


def register_csv(
    resource: RegisterResource, *, above: Iterable[str], records: Iterable = ()
) -> bytes:
    """The same lines as text, in the signs and with the separator that Excel here opens."""
    data = resource.export(queryset=list(records))
    return text_table(above=above, headings=data.headers, rows=data)


def text_table(
    *, above: Iterable[str], headings: Sequence[str], rows: Iterable[Sequence[Cell | None]]
) -> bytes:
    """Lines above, headings and rows as CSV."""
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    empty = [""] * (len(headings) - 1)
    writer.writerows([line, *empty] for line in above)
    writer.writerow(headings)
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return stream.getvalue().encode("utf-8-sig")


def register_name(title: str, ward: Area | None) -> str:
    """The name of a register as a file."""
    return list_name(title, ward) if ward else f"{file_stem(title)}.xlsx"


def _safe(cell: Cell | None) -> str:
    text = cell if isinstance(cell, str) else written(cell)
    return f"'{text}" if _RUNS.match(text) and not _NUMBER.match(text) else text
