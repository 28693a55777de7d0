"""What the page of a draft's comments shows, block by block."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from reports.choices import TEXT_BLOCKS, BlockKind
from reports.models import Block, BlockComment
from reports.plans.blocks import DocumentData, DocumentError
from reports.plans.blocks.document_data import place_of
from reports.plans.outline import Outline
from reports.plans.sections import DraftEditor, section_of
from reports.printing import tree

DEEPEST_SHOWN = 4
ASKED = "Đã gửi lấy ý kiến. Các đơn vị thấy dự thảo ở Việc cần làm."
DONE = {"add": "Đã ghi ý kiến.", "answer": "Đã trả lời ý kiến.", "close": "Đã đóng ý kiến."}
UNKNOWN_ACT = "Không có thao tác này."


@dataclass(frozen=True)
class CommentedBlock:
    """A block as it reads, with what was said about it; `unit` writes it."""

    block: Block
    depth: int
    text: str
    unit: str = ""
    is_own: bool = False
    is_open: bool = False
    comments: Sequence[BlockComment] = field(default_factory=list)

    @property
    def anchor(self) -> str:
        return self.block.key.hex

    @property
    def may_propose(self) -> bool:
        """Whether other words may be proposed: somebody else writes it, and in words."""
        return not self.is_own and self.block.kind in TEXT_BLOCKS

    @property
    def is_heading(self) -> bool:
        return self.block.kind in (BlockKind.HEADING, BlockKind.APPENDIX)


def commented_blocks(
    outline: Outline,
    comments: Mapping[int, list[BlockComment]],
    editor: DraftEditor,
    opened: str,
    materials: DocumentData,
) -> Iterator[CommentedBlock]:
    for block in outline.reading_order():
        section = section_of(outline, block)
        yield CommentedBlock(
            block,
            min(outline.depth(block), DEEPEST_SHOWN),
            _as_printed(block, materials),
            unit=str(section.unit) if section else "",
            is_own=editor.may_write(outline, block),
            is_open=block.key.hex == opened,
            comments=comments.get(block.pk, []),
        )


def _as_printed(block: Block, materials: DocumentData) -> str:
    """The words of a block with their figures, as who is asked to comment reads them on paper."""
    try:
        return tree.plain(materials.text(block.text, place_of(block)))
    except DocumentError:
        return block.text
