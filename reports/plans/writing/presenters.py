"""What the page of a draft shows, block by block."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from reports.choices import HOLDS_BLOCKS, BlockKind
from reports.figures.data_fields import DataField, FieldError, parse
from reports.figures.field_labels import field_label
from reports.models import Block, BlockComment
from reports.plans.blocks import DocumentData
from reports.plans.blocks.document_data import UNKNOWN
from reports.plans.outline import Outline
from reports.plans.writing.forms import BlockForm

DEEPEST_SHOWN = 4
TEXT_SAVED = "Đã lưu dự thảo."
GONE = "Đoạn này không còn trong văn bản."
UNKNOWN_ACT = "Không có thao tác này."
ACT_DONE = {
    "remove": "Đã bỏ đoạn này. Khôi phục được ở mục “Đã bỏ” cuối trang.",
    "back": "Đã khôi phục đoạn này.",
}


@dataclass(frozen=True)
class FieldFigure:
    """A data field of a text: as it is typed, what it is called, what it prints now."""

    code: str
    label: str
    printed: str


@dataclass(frozen=True)
class BlockLine:
    """A block on the page: its form, how deep it stands, whether its acts are unfolded."""

    form: BlockForm
    depth: int
    is_open: bool = False
    is_saved: bool = False
    comments: Sequence[BlockComment] = ()
    figures: Sequence["FieldFigure"] = ()

    @property
    def block(self) -> Block:
        return self.form.block

    @property
    def anchor(self) -> str:
        return self.block.key.hex

    @property
    def holds_blocks(self) -> bool:
        return self.block.kind in HOLDS_BLOCKS and bool(self.block.text)

    @property
    def is_heading(self) -> bool:
        return self.block.kind in (BlockKind.HEADING, BlockKind.APPENDIX)


def block_lines(
    outline: Outline,
    forms: Mapping[int, BlockForm],
    comments: Mapping[int, Sequence[BlockComment]],
    materials: DocumentData,
    opened: str = "",
) -> Iterator[BlockLine]:
    for form in forms.values():
        depth = min(outline.depth(form.block), DEEPEST_SHOWN)
        is_open = form.block.key.hex == opened or bool(form.is_bound and form.errors)
        yield BlockLine(
            form,
            depth,
            is_open=is_open,
            comments=comments.get(form.block.pk, ()),
            figures=list(field_figures(form.block, materials)),
        )


def field_figures(block: Block, materials: DocumentData) -> Iterator[FieldFigure]:
    """The data fields of a block, each once, with their present values."""
    try:
        fields = [part for part in parse(block.text) if isinstance(part, DataField)]
    except FieldError:
        return  # said where it is saved
    for field in dict.fromkeys(fields):
        figure = materials.book.figure(field.name, *field.parameters)
        indicator = materials.book.indicators.get(field.indicator or "")
        label = field_label(field, indicator.name if indicator else "")
        printed = UNKNOWN if figure.value is None else figure.printed
        yield FieldFigure(f"{{{field}}}", label, printed)
