"""The printed figures of a document, line by line, and where two prints of it differ.

Pure. A line is a sentence, or a row of a table. It is found again by the heading above it and by
its words without the figures, so that a row or a heading more moves no other line.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from reports.printing import tree

# The last mark of a number that ends a sentence is the sentence's.
_NUMBER = re.compile(r"\d+(?:[.,/]\d+)*%?")
_NO_FIGURE = "–"
OPENING = "Mở đầu"
CLOSING = "Câu kết"
LONGEST_SUBJECT = 160


@dataclass(frozen=True)
class PrintedSection:
    """Where lines stand: as it is printed, without the numbers, which move, and by these alone."""

    printed: str
    heading: str
    place: str

    def part(self, title: str) -> "PrintedSection":
        """A table or a project within it."""
        if not title:
            return self
        return PrintedSection(
            f"{self.printed}, {title}", f"{self.heading}, {title}", f"{self.place} ({title})"
        )


_OPENING = PrintedSection(OPENING, OPENING, "phần mở đầu")


@dataclass(frozen=True)
class PrintedFigure:
    """A figure as it is printed; `name` is that of the named figure, `subject` what it counts."""

    printed: str
    subject: str
    name: str = ""


@dataclass(frozen=True)
class PrintedLine:
    """A sentence or a row: where it stands, its words, its figures, and all of it as it reads."""

    section: "PrintedSection"
    words: str
    figures: tuple[PrintedFigure, ...]
    text: str


@dataclass(frozen=True)
class FigureDifference:
    """A figure that would be printed otherwise now; empty on the side that does not print it.

    `section` says where with the words of its heading, `place` as another document cites it.
    """

    section: str
    subject: str
    was: str
    now: str
    name: str = ""
    place: str = field(default="", compare=False)

    @property
    def is_rewritten(self) -> bool:
        """Whether a whole line is said otherwise, and not a figure in it."""
        return self.subject == _around(self.was or self.now)


def figure_differences(signed: tree.DocumentTree, now: tree.DocumentTree) -> list[FigureDifference]:
    """Every figure of a signed document that the data now give another value, as it is read."""
    before, after = _by_place(printed_lines(signed)), _by_place(printed_lines(now))
    found: list[FigureDifference] = []
    gone: dict[str, list[PrintedLine]] = defaultdict(list)
    come: dict[str, list[PrintedLine]] = defaultdict(list)
    for place, line in before.items():
        if place in after:
            found += _differences(line, after[place])
        else:
            gone[line.section.heading].append(line)
    for place, line in after.items():
        if place not in before:
            come[line.section.heading].append(line)
    for heading in dict.fromkeys((*gone, *come)):
        found += _rewritten(gone[heading], come[heading])
    return found


def printed_lines(document: tree.DocumentTree) -> Iterator[PrintedLine]:
    """The lines of a document: its body, its closing sentence, its appendices."""
    yield from _lines(document.body)
    yield from _sentence(PrintedSection(CLOSING, CLOSING, "câu kết"), document.closing)
    for place, appendix in enumerate(document.appendices, start=1):
        label = document.appendix_label(place)
        top = f"{label}: {appendix.title}"
        yield from _lines(appendix.body, PrintedSection(top, top, label), f"{top}, ", f" {label}")


def _lines(
    body: tree.Body, section: PrintedSection = _OPENING, above: str = "", of: str = ""
) -> Iterator[PrintedLine]:
    """The lines of a body; `above` and `of` name the appendix it is, before and after a place."""
    path: dict[int, str] = {}
    for number, block in tree.with_numbers(body):
        if number and (level := getattr(block, "level", None)):
            higher = {at: step for at, step in path.items() if at < level}
            path = {**higher, level: number.rstrip(".)")}
        cited = f"mục {'.'.join(path.values())}{of}"
        if isinstance(block, tree.Heading):
            printed, heading = f"{above}{number} {block.text}", f"{above}{block.text}"
            section = PrintedSection(printed, heading, cited)
            yield from _sentence(section, block.text)
        elif isinstance(block, tree.Table):
            yield from _rows(block, section.part(block.title))
        elif isinstance(block, tree.ComponentBlock):
            texts = [text for field in block.fields for text in field.texts]
            yield from _sentences(section.part(tree.plain(block.title)), texts)
        elif isinstance(block, tree.DutyList):
            yield from _sentences(section.part(block.unit), block.duties)
        else:
            yield from _sentence(replace(section, place=cited) if number else section, block.text)


def _sentences(section: PrintedSection, texts: Iterable[tree.Text]) -> Iterator[PrintedLine]:
    for text in texts:
        yield from _sentence(section, text)


def _sentence(section: PrintedSection, text: tree.Text) -> Iterator[PrintedLine]:
    words, found = "", []
    for piece in tree.pieces(text):
        if isinstance(piece, tree.DataValue):
            words += f"{{{piece.name}}}"
            found.append((piece.printed, piece.name))
        else:
            words += _NUMBER.sub("#", piece)
            found += [(number, "") for number in _NUMBER.findall(piece)]
    plain = tree.plain(text)
    figures = (PrintedFigure(printed, _around(plain), name) for printed, name in found)
    yield PrintedLine(section, words, tuple(figures), plain)


def _around(sentence: str) -> str:
    """A sentence short enough for a list."""
    if len(sentence) <= LONGEST_SUBJECT:
        return sentence
    return f"{sentence[:LONGEST_SUBJECT].rsplit(' ', 1)[0]} …"


def _rows(table: tree.Table, section: PrintedSection) -> Iterator[PrintedLine]:
    width = len(table.columns)
    heads = _column_heads(table, width)
    for row in (*table.rows, *table.totals):
        cells = [_cell(cell) for cell in row]
        label = next((text for text, _ in cells if not _is_figure(text)), "")
        figures = tuple(
            PrintedFigure(text, f"{label}: {heads.get(column, '')}".strip(" :"), name)
            for column, (text, name) in _placed(row, cells)
            if text != label and heads.get(column) != "TT"
        )
        plain = "; ".join(text for text, _ in cells if text)
        yield PrintedLine(section, f"{label} [{len(figures)}]", figures, plain)
    if table.note:
        yield from _sentence(section, table.note)


def _placed(row: tree.Row, cells: list[tuple[str, str]]) -> Iterator[tuple[int, tuple[str, str]]]:
    column = 0
    for cell, read in zip(row, cells, strict=True):
        yield column, read
        column += cell.colspan if isinstance(cell, tree.Cell) else 1


def _column_heads(table: tree.Table, width: int) -> dict[int, str]:
    """The words above each column, from the top down; a head may span columns and rows."""
    heads: dict[int, list[str]] = defaultdict(list)
    taken: set[tuple[int, int]] = set()
    for line, row in enumerate(table.head):
        column = 0
        for cell in row:
            while (line, column) in taken:
                column += 1
            across = cell.colspan if isinstance(cell, tree.Cell) else 1
            down = cell.rowspan if isinstance(cell, tree.Cell) else 1
            for at in range(column, min(column + across, width)):
                heads[at].append(_cell(cell)[0])
                taken |= {(line + below, at) for below in range(down)}
            column += across
    return {column: ", ".join(words) for column, words in heads.items()}


def _cell(cell) -> tuple[str, str]:
    text = cell.text if isinstance(cell, tree.Cell) else cell
    names = [piece.name for piece in tree.pieces(text) if isinstance(piece, tree.DataValue)]
    return tree.plain(text), names[0] if names else ""


def _is_figure(text: str) -> bool:
    return not text or text == _NO_FIGURE or bool(_NUMBER.match(text))


def _by_place(lines: Iterable[PrintedLine]) -> dict[tuple[str, str, int], PrintedLine]:
    """Lines by section and words; of those that are alike, the first is the first again."""
    seen: Counter[tuple[str, str]] = Counter()
    found = {}
    for line in lines:
        alike = line.section.heading, line.words
        found[(*alike, seen[alike])] = line
        seen[alike] += 1
    return found


def _differences(line: PrintedLine, now: PrintedLine) -> Iterator[FigureDifference]:
    for was, new in zip(line.figures, now.figures, strict=True):
        name = was.name or new.name
        if was.printed != new.printed and (name or _counts(was.printed) or _counts(new.printed)):
            yield FigureDifference(
                line.section.printed,
                was.subject,
                was.printed,
                new.printed,
                name,
                place=line.section.place,
            )


def _counts(text: str) -> bool:
    """Whether a cell holds a figure, or says that there is none; a unit's new name is neither."""
    return text == _NO_FIGURE or bool(_NUMBER.search(text))


def _rewritten(gone: list[PrintedLine], come: list[PrintedLine]) -> Iterator[FigureDifference]:
    """Lines said otherwise, no more, or for the first time; the same figures are no difference."""
    counted = ([each for each in lines if each.figures] for lines in (gone, come))
    for was, new in zip_longest(*counted):
        if was and new and _printed(was) == _printed(new):
            continue
        line = was or new
        yield FigureDifference(
            line.section.printed,
            _around(line.text),
            was.text if was else "",
            new.text if new else "",
            place=line.section.place,
        )


def _printed(line: PrintedLine) -> list[str]:
    return [figure.printed for figure in line.figures]
