"""A register as somebody fills it in."""

import io

import openpyxl


def workbook(*rows):
    """A workbook of rows by heading."""
    book = openpyxl.Workbook()
    headings = list(dict.fromkeys(name for row in rows for name in row))
    book.active.append(headings)
    for row in rows:
        book.active.append([row.get(heading, "") for heading in headings])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
