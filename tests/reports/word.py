"""Read a Word file back: its paragraphs and tables, and how each run of text is set."""

import io
from dataclasses import dataclass

import docx
from docx.document import Document


@dataclass(frozen=True)
class Word:
    """A Word file; `text` has the words of paragraphs and cells in reading order."""

    file: Document

    @property
    def text(self) -> str:
        return "\n".join(
            "".join(node.text or "" for node in paragraph.iter() if node.tag.endswith("}t"))
            for paragraph in self.file.element.body.iter()
            if paragraph.tag.endswith("}p")
        )

    @property
    def ruled(self) -> list[list[list[str]]]:
        """The cells of each ruled table, row by row; one that spans columns counts once."""
        return [
            [[_words(cell) for cell in row._tr.tc_lst] for row in table.rows]
            for table in self.file.tables
            if table.style.name == "Table Grid"
        ]

    def paragraph(self, start: str):
        """The first paragraph, in a cell too, that starts so."""
        return next(each for each in self.paragraphs if each.text.startswith(start))

    @property
    def paragraphs(self):
        inside = [
            paragraph
            for table in self.file.tables
            for row in table.rows
            for cell in row.cells
            for paragraph in cell.paragraphs
        ]
        return [*self.file.paragraphs, *inside]


def read_docx(content: bytes) -> Word:
    return Word(docx.Document(io.BytesIO(content)))


def _words(cell) -> str:
    return "".join(node.text or "" for node in cell.iter() if node.tag.endswith("}t"))
