"""The opening of a Word file: issuer, national heading, number, date, title, addressees."""

from collections.abc import Sequence

from docx.document import Document
from docx.shared import Length, Pt
from docx.table import _Cell

from povertyplan.core.text.vietnamese import upper_first
from reports.printing import tree
from reports.printing.form_sheet import FormSheet
from reports.printing.layout import MOTTO, STATE, date_text, number_text

from .styles import Style
from .text import add_columns, write, write_rule

LEFT_SHARE = 0.4
MOTTO_WIDTH = Pt(177)  # of the text in bold type of 14 points; its line is as long
ISSUER_RULE, SUBJECT_RULE = 0.4, 0.3


def write_heading(
    book: Document, document: tree.DocumentTree, addressees: Sequence[tree.Text], width: Length
) -> None:
    """Everything above the legal bases."""
    if not document.issuer_lines:
        _write_citizen_heading(book, document, addressees, width)
        return
    left, right = _shares(width)
    (issuer, state), (number, date) = add_columns(book, (left, right), rows=2)
    for line in document.superior_lines:
        write(issuer, line.upper(), Style.SUPERIOR)
    _write_issuer(issuer, document.issuer_lines, left)
    _write_state(state, right)
    write(number, f"Số: {number_text(document)}", Style.NUMBER)
    write(date, f"{document.place}, {date_text(document)}", Style.DATE)
    _write_title(book, document, addressees, width)


def _write_citizen_heading(
    book: Document, document: tree.DocumentTree, addressees: Sequence[tree.Text], width: Length
) -> None:
    """The heading of a paper that a citizen signs: nobody issues it, it has no number."""
    [(whole,)] = add_columns(book, [width])
    _write_state(whole, width)
    write(whole, f"{document.place}, {date_text(document)}", Style.DATE)
    _write_title(book, document, addressees, width)


def _write_title(
    book: Document, document: tree.DocumentTree, addressees: Sequence[tree.Text], width: Length
) -> None:
    write(book, document.kind.upper(), Style.KIND)
    write(book, upper_first(document.subject), Style.SUBJECT)
    write_rule(book, width=width, share=SUBJECT_RULE)
    _write_addressees(book, addressees)


def write_form_heading(book: Document, sheet: FormSheet, width: Length) -> None:
    """Issuer and label, national heading and date, title and period of a form."""
    left, right = _shares(width)
    [(issuer, state)] = add_columns(book, (left, right))
    _write_issuer(issuer, sheet.issuer_lines, left)
    write(issuer, sheet.label, Style.NUMBER)
    _write_state(state, right)
    write(state, sheet.date_line, Style.DATE)
    write(book, sheet.title.upper(), Style.KIND)
    write(book, sheet.period, Style.PERIOD)


def _shares(width: Length) -> tuple[Length, Length]:
    left = Length(int(width * LEFT_SHARE))
    return left, Length(width - left)


def _write_issuer(cell: _Cell, lines: Sequence[str], width: Length) -> None:
    for line in lines:
        write(cell, line.upper(), Style.ISSUER)
    write_rule(cell, width=width, share=ISSUER_RULE)


def _write_state(cell: _Cell, width: Length) -> None:
    write(cell, STATE, Style.STATE)
    write(cell, MOTTO, Style.MOTTO)
    write_rule(cell, width=width, share=MOTTO_WIDTH / width)


def _write_addressees(book: Document, addressees: Sequence[tree.Text]) -> None:
    if not addressees:
        return
    if len(addressees) == 1:
        write(book, ("Kính gửi: ", *tree.pieces(addressees[0])), Style.ADDRESSEE)
        return
    write(book, "Kính gửi:", Style.ADDRESSEE)
    for addressee in addressees:
        write(book, addressee, Style.ADDRESSEE)
