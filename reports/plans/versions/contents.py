"""A document as a list of blocks that read as they are printed."""

import hashlib
import json
from collections.abc import Iterator, Mapping

from reports.choices import TEXT_BLOCKS, BlockKind, WordPart
from reports.models import Document
from reports.plans.blocks import DocumentError
from reports.plans.outline import Outline
from reports.plans.snapshots import document_tree
from reports.plans.versions.block_pairs import VersionBlock
from reports.plans.word.marks import BlockMark, read_mark
from reports.printing import tree

MEASURED_IN = "Đơn vị tính: {}"
_KINDS: dict[type, str] = {
    tree.Heading: BlockKind.HEADING,
    tree.Numbered: BlockKind.NUMBERED,
    tree.Paragraph: BlockKind.PARAGRAPH,
    tree.Dash: BlockKind.DASH,
    tree.Plus: BlockKind.PLUS,
}


def document_content(
    document: Document, printed: tree.DocumentTree | None = None
) -> list[VersionBlock]:
    """What a document says, as it was signed or as the data are now.

    `printed` spares building it once more. Where it cannot be built the words stand as they were
    typed, without numbers.
    """
    try:
        whole = printed or document_tree(document)
    except DocumentError:
        return _typed(document)
    return printed_content(whole, kinds_by_key(document))


def kinds_by_key(document: Document) -> dict[str, str]:
    """The kind of each block of a document, by its key."""
    return {key.hex: kind for key, kind in document.blocks.values_list("key", "kind")}


def printed_content(whole: tree.DocumentTree, kinds: Mapping[str, str]) -> list[VersionBlock]:
    """The blocks of a printed tree in its order, heading and signature among them."""
    content = [VersionBlock(WordPart.SUBJECT, whole.subject)]
    content += [VersionBlock(WordPart.BASIS, str(basis)) for basis in whole.bases]
    _add_body(content, whole.body, whole.keys, kinds, None)
    content.append(VersionBlock(BlockKind.CLOSING, tree.plain(whole.closing)))
    content += [VersionBlock(WordPart.RECIPIENT, line) for line in whole.recipients]
    signer = " ".join((*whole.signature.lines, whole.signature.name)).strip()
    content.append(VersionBlock(WordPart.SIGNER_NAME, signer))
    for place, appendix in enumerate(whole.appendices, start=1):
        label = whole.appendix_label(place)
        content.append(VersionBlock(BlockKind.APPENDIX, appendix.title, label))
        _add_body(content, appendix.body, appendix.keys, kinds, len(content) - 1)
    return content


def _add_body(
    content: list[VersionBlock],
    body: tree.Body,
    keys: tuple[str, ...],
    kinds: Mapping[str, str],
    top: int | None,
) -> None:
    """Add the blocks of a body below the place `top`; what one stored block prints is one."""
    above: list[tuple[int, int]] = []
    last = ""
    for at, (label, block) in enumerate(tree.with_numbers(body)):
        mark = read_mark([keys[at]]) if at < len(keys) else None
        key = mark.key.hex if mark else ""
        if key and key == last:
            one = content[-1]
            text = f"{one.text}\n{_words(block)}"
            content[-1] = VersionBlock(one.kind, text, "", key, one.parent)
            continue
        level = _level(block, mark, above)
        above = [each for each in above if each[0] < level]
        parent = above[-1][1] if above else top
        kind = kinds.get(key) or _KINDS.get(type(block), type(block).__name__.lower())
        content.append(VersionBlock(kind, _words(block), label, key, parent))
        above.append((level, len(content) - 1))
        last = key


def _level(block: tree.Block, mark: BlockMark | None, above: list[tuple[int, int]]) -> int:
    """How deep a block stands; without a mark, below the last heading."""
    if mark:
        return mark.level
    if isinstance(block, tree.Heading):
        return block.level
    return above[0][0] + 9 if above else 9


def _words(block: tree.Block) -> str:
    """All that a block prints, a line for each row or text."""
    return "\n".join(line for line in _lines(block) if line)


def _lines(block: tree.Block) -> Iterator[str]:
    if isinstance(block, tree.Table):
        yield block.title
        yield MEASURED_IN.format(block.measure_unit) if block.measure_unit else ""
        for row in (*block.head, *block.rows, *block.totals):
            yield " | ".join(_cell(cell) for cell in row)
        yield tree.plain(block.note)
    elif isinstance(block, tree.ComponentBlock):
        yield block.title
        for field in block.fields:
            yield f"{field.label}: {'; '.join(map(tree.plain, field.texts))}"
    elif isinstance(block, tree.DutyList):
        yield block.unit
        yield from map(tree.plain, block.duties)
    else:
        yield tree.plain(block.text)


def _cell(cell: tree.Text | tree.Cell) -> str:
    return tree.plain(cell.text if isinstance(cell, tree.Cell) else cell)


def _typed(document: Document) -> list[VersionBlock]:
    """The blocks as they were typed."""
    outline, places = Outline(document.blocks.all()), {}
    content = [VersionBlock(WordPart.SUBJECT, document.subject)]
    for block in outline.reading_order():
        if block.kind in TEXT_BLOCKS and not block.text:
            continue
        places[block.pk] = len(content)
        parent = places.get(block.parent_id) if block.parent_id else None
        content.append(VersionBlock(block.kind, block.text, "", block.key.hex, parent))
    return content


def pack_content(content: list[VersionBlock]) -> list[dict[str, object]]:
    """The blocks as JSON can hold them."""
    names = ("kind", "text", "label", "key", "parent")
    return [{name: getattr(block, name) for name in names} for block in content]


def unpack_content(packed: list[dict]) -> list[VersionBlock]:
    return [VersionBlock(**block) for block in packed]


def digest_of(packed: list[dict[str, object]]) -> str:
    """The SHA-256 of packed blocks."""
    text = json.dumps(packed, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
