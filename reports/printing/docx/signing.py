"""The end of a Word file: recipients at the left, who signs at the right or side by side."""

from collections.abc import Sequence

from docx.document import Document
from docx.shared import Length
from docx.table import _Cell

from reports.printing import tree

from .styles import Style
from .text import add_columns, write


def write_signatures(
    book: Document, document: tree.DocumentTree, recipients: Sequence[tree.Text], width: Length
) -> None:
    """Recipients and signature; several who sign stand above the recipients."""
    if document.co_signatures:
        _write_side_by_side(book, document.signers, width)
        if not recipients:
            return
    [(left, right)] = add_columns(book, _halves(width))
    if recipients:
        write(left, "Nơi nhận:", Style.RECIPIENTS)
    for recipient in recipients:
        write(left, ("- ", *tree.pieces(recipient)), Style.RECIPIENT)
    if not document.co_signatures:
        _write_signer(right, document.signature)


def write_form_signatures(
    book: Document, signatures: Sequence[tree.Signature], width: Length
) -> None:
    """Those who sign a form, side by side."""
    _write_side_by_side(book, signatures, width)


def _write_side_by_side(
    book: Document, signatures: Sequence[tree.Signature], width: Length
) -> None:
    share = Length(width // len(signatures))
    [cells] = add_columns(book, [share] * len(signatures))
    for cell, signature in zip(cells, signatures, strict=True):
        _write_signer(cell, signature)


def _write_signer(cell: _Cell, signature: tree.Signature) -> None:
    for line in signature.lines:
        write(cell, line.upper(), Style.AUTHORITY)
    write(cell, signature.name, Style.SIGNER)


def _halves(width: Length) -> tuple[Length, Length]:
    left = Length(int(width * 0.48))
    return left, Length(width - left)
