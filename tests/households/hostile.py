"""Files that nobody means well: each kind a workbook or a text file that is odd in its own way."""

import io
import random
import zipfile
from collections.abc import Callable

from tests.households.samples import official_sample

SHEET, BOOK, STYLES = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"
HEADINGS = "Họ và tên,Quan hệ với chủ hộ,Ngày sinh,Giới tính,CCCD,Thôn"
LINE = "Y Hữu {at},Chủ hộ,17/05/1958,Nam,,Tổ dân phố 1"
ODD_TEXTS = (
    "=cmd|' /C calc'!A0", "@SUM(A1)", "-2+3", "_x000B_Hoa_x0000_", "_xD800_", "\u202eaoH",
    "Nguyễn V\u0430n An", "👨‍👩‍👧‍👦" * 40, "<b>Hoa</b>", "x" * 4999, "&#x202e;", "{{ ward }}",
    " \u200b ",
    "a\u0301" * 900, "'; DROP TABLE", "\u2028\u2029", "1e999", "0x1F", "\u0661\u0662\u0663",
)  # fmt: skip
# What openpyxl reads more strictly than the reader does, put behind the cells of a sheet.
AFTER_CELLS = (
    '<pageMargins left="abc"/>',
    '<pageSetup orientation="sideways" paperSize="x"/>',
    '<dataValidations count="1"><dataValidation type="odd" sqref="ZZZZ9"/></dataValidations>',
    '<conditionalFormatting sqref="A1"><cfRule type="odd" priority="x"/></conditionalFormatting>',
    '<conditionalFormatting sqref="A1:A0"/>',
    '<autoFilter ref="A0:B"/>',
    '<hyperlinks><hyperlink ref="??" r:id="none"/></hyperlinks>',
    '<legacyDrawing r:id="none"/>',
    '<drawing r:id="none"/>',
    '<tableParts count="1"><tablePart r:id="none"/></tableParts>',
    '<sheetProtection algorithmName="?" spinCount="many"/>',
    '<printOptions gridLines="perhaps"/>',
    '<rowBreaks count="1"><brk id="x"/></rowBreaks>',
)
REPLACED = (
    (SHEET, "<sheetData>", '<cols><col min="0" max="99999" width="x"/></cols><sheetData>'),
    (SHEET, "<sheetData>", '<sheetFormatPr baseColWidth="x"/><sheetData>'),
    (SHEET, 's="', 's="9999'),
    (SHEET, "<v>", "<v>9999"),
    (SHEET, "<v>", "<v>-1"),
    (SHEET, ' t="s"', ' t="odd"'),
    (SHEET, ' t="s"', ' t="d"'),
    (SHEET, ' t="s"', ' t="b"'),
    (SHEET, ' t="s"', ' t="n"'),
    (SHEET, "<v>", '<f t="shared" si="9"/><v>'),
    (SHEET, "<v>", '<f t="array" ref="A1:XFD1048576">A1</f><v>'),
    (SHEET, '<row r="8"', '<row r="0"'),
    (SHEET, 'r="D8"', 'r="A0"'),
    (SHEET, '<row r="9"', '<row r="8"'),
    (SHEET, '<row r="9"', '<row r="-3"'),
    (SHEET, 'r="D8"', 'r="D9"'),
    (SHEET, 'r="D8"', ""),
    (SHEET, 'r="D8"', 'r="d8"'),
    (SHEET, "<dimension ", '<dimension ref="A1:XFD1048576" '),
    (BOOK, "<sheets>",
     '<definedNames><definedName name="??">#</definedName></definedNames><sheets>'),
    (BOOK, "<sheets>", '<bookViews><bookView activeTab="77"/></bookViews><sheets>'),
    (BOOK, "<sheets>",
     '<externalReferences><externalReference r:id="no"/></externalReferences><sheets>'),
    (BOOK, 'state="visible"', 'state="odd"'),
    (BOOK, 'sheetId="1"', 'sheetId="x"'),
    (STYLES, "<fonts",
     "<colors><indexedColors><rgbColor rgb='odd'/></indexedColors></colors><fonts"),
    (STYLES, "<numFmts", "<odd"),
    (STYLES, 'fontId="0"', 'fontId="77"'),
    (STYLES, 'numFmtId="0"', 'numFmtId="14"'),
    (STYLES, "<cellXfs", "<cellStyleXfs"),
    ("docProps/core.xml", "<dcterms:modified", "<dcterms:modified2"),
    ("docProps/core.xml", "20", "99"),
    ("xl/_rels/workbook.xml.rels", "worksheets/", "chartsheets/"),
    ("[Content_Types].xml", "worksheet+xml", "odd+xml"),
)  # fmt: skip
TITLES = (
    "History", "[a]:*?/b", "'", "x" * 300, " ", "Tổng hợp nhập", "a\u200bb", "&lt;script&gt;",
    "\u202ea", "CSV",
)  # fmt: skip
MERGES = (
    "A1:XFD1048576",
    "A1:A50001",
    "D8:D9",
    "C8:AA12",
    "B2:B2",
    "Z9:A1",
    "A0:B1",
    "A:C",
    "XFD1:XFE1",
)
PARTS = (
    STYLES,
    "xl/sharedStrings.xml",
    "xl/theme/theme1.xml",
    "docProps/core.xml",
    "docProps/app.xml",
)


def make_hostile(number: int, *, is_small: bool = False) -> tuple[str, bytes]:
    """The name and content of a file; the same for the same number."""
    chance = random.Random(number)
    kinds = [kind for kind in KINDS if not is_small or kind not in LARGE]
    kind = kinds[number % len(kinds)]
    content = kind(chance)
    name = f"{'danh-sach' if number % 3 else '=Danh sách ' + chance.choice(ODD_TEXTS)[:60]}"
    return f"{name}.{'xlsx' if content[:2] == b'PK' else 'csv'}", content


def _sample(chance: random.Random) -> bytes:
    return official_sample(2, seed=chance.randrange(50)).content()


def _rewritten(content: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            if (data := change(part.filename, old.read(part))) is not None:
                new.writestr(part.filename, data)
    return stream.getvalue()


def _replaced(content: bytes, part: str, old: str, new: str, times: int = -1) -> bytes:
    def change(name: str, data: bytes) -> bytes:
        return data.replace(old.encode(), new.encode(), times) if name == part else data

    return _rewritten(content, change)


def _odd_part(chance):
    part, old, new = chance.choice(REPLACED)
    return _replaced(_sample(chance), part, old, new, chance.choice([1, 3, -1]))


def _odd_end(chance):
    return _replaced(
        _sample(chance), SHEET, "</sheetData>", f"</sheetData>{chance.choice(AFTER_CELLS)}"
    )


def _odd_merge(chance):
    merge = chance.choice(MERGES)
    cells = f'</sheetData><mergeCells count="1"><mergeCell ref="{merge}"/></mergeCells>'
    content = _replaced(_sample(chance), SHEET, "<mergeCells", "<odd")
    content = _replaced(content, SHEET, "</mergeCells", "</odd")
    return _replaced(content, SHEET, "</sheetData>", cells)


def _many_merges(chance):
    count = chance.choice([50, 500, 5000])
    merges = "".join(
        f'<mergeCell ref="A{at}:{chance.choice("CZ")}{at + chance.choice([0, 1, 30])}"/>'
        for at in range(1, count)
    )
    return _replaced(_sample(chance), SHEET, "</mergeCells>", f"{merges}</mergeCells>")


def _odd_cells(chance):
    sample = official_sample(2, seed=chance.randrange(50))
    for _ in range(8):
        place = f"{chance.choice('BCDEFGHNOPQRSTUX')}{chance.choice([5, 8, 8, 9])}"
        sample.cells[place] = chance.choice([*ODD_TEXTS, 10**300, -1, 2.5, True, 10**15, "=1/0"])
    try:
        return sample.content()
    except Exception:  # what the library does not write
        return _sample(chance)


def _odd_title(chance):
    title = chance.choice(TITLES)
    return _replaced(_sample(chance), BOOK, 'name="DS ho ngheo, can ngheo"', f'name="{title}"')


def _far(chance):
    row, column = chance.choice(
        [(1, "IV"), (8, "IW"), (60_000, "A"), (50_000, "IV"), (49_999, "B")]
    )
    cell = f'<row r="{row}"><c r="{column}{row}"><v>1</v></c></row></sheetData>'
    return _replaced(_sample(chance), SHEET, "</sheetData>", cell)


def _without_part(chance):
    gone = chance.choice(PARTS)
    return _rewritten(_sample(chance), lambda name, data: None if name == gone else data)


def _flipped(chance):
    content = bytearray(_sample(chance))
    for _ in range(chance.choice([1, 2, 20])):
        content[chance.randrange(4, len(content))] = chance.randrange(256)
    return bytes(content)


def _flipped_inside(chance):
    """Damage that the checksums do not show: letters of a part changed before it is packed."""
    part = chance.choice([SHEET, BOOK, STYLES, "xl/sharedStrings.xml"])

    def change(name: str, data: bytes) -> bytes:
        if name != part:
            return data
        letters = bytearray(data)
        for _ in range(chance.choice([1, 3, 10])):
            letters[chance.randrange(len(letters))] = chance.choice(b'0123456789aZ"<>/= ')
        return bytes(letters)

    return _rewritten(_sample(chance), change)


def _text(chance) -> str:
    return "\n".join([HEADINGS, *(LINE.format(at=at) for at in range(1, 4))])


def _wide_text(chance):
    columns = chance.choice([200, 256, 257, 1000, 100_000])
    return (_text(chance) + "\n" + "x," * columns).encode()


def _long_text(chance):
    rows = chance.choice([5, 300, 50_001, 90_000])
    return (
        _text(chance) + "\n" + (",x\n" if rows > 300 else LINE.format(at=9) + "\n") * rows
    ).encode()


def _odd_text(chance):
    odd = chance.choice(
        [*ODD_TEXTS, '"', '"x" y', "\0", "\r", ";;;", "\t", '"' + "x" * 140_000, "x" * 6000]
    )
    return (
        _text(chance)
        .replace(chance.choice(["Hữu", "Chủ hộ", "17/05/1958", "Họ và tên"]), odd)
        .encode()
    )


def _text_of_bytes(chance):
    encoding = chance.choice(["utf-16", "utf-8-sig", "utf-16-be", "cp1258"])
    content = bytearray(_text(chance).encode(encoding, "replace"))
    for _ in range(chance.choice([0, 1, 5])):
        content[chance.randrange(len(content))] = chance.randrange(256)
    return bytes(content)


def _no_text(chance):
    return chance.choice(
        [b",,,\n" * 50, b"\n", b'"', HEADINGS.encode(), b"\xef\xbb\xbf", b"PK\x03\x04"]
    )


KINDS = (
    _odd_part, _odd_cells, _wide_text, _odd_merge, _odd_end, _odd_text, _far, _many_merges,
    _flipped_inside, _text_of_bytes, _odd_title, _without_part, _flipped, _long_text, _odd_part,
    _no_text, _odd_end,
)  # fmt: skip
LARGE = (_wide_text, _long_text, _far, _many_merges)
