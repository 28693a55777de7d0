"""The blocks of a draft as one form, so that no button loses what was typed in another block."""

from collections.abc import Container
from typing import Any, cast

from django import forms
from django.http import QueryDict

from povertyplan.core.platform.form_pages import newer_row
from povertyplan.core.text.fields import VersionField
from povertyplan.core.text.vietnamese import normalise_text
from reports.choices import TEXT_BLOCKS
from reports.models import Block
from reports.plans.outline import Outline
from reports.plans.sections import DraftEditor
from reports.plans.seen_words import mark_of_lines, version_seen

LETTERS_A_LINE = 95


class BlockForm(forms.Form):
    """One block: the version that was shown, and its words where it holds text.

    `was` is a mark of the words that were shown: a block whose words nobody touched on this page is
    left alone, and it is no conflict when somebody else only moved it.
    """

    fields: dict[str, Any]  # each of its own kind, which the stubs do not know

    version = VersionField()
    was = forms.CharField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label="Loại đoạn",
        choices=[(kind.value, kind.label) for kind in TEXT_BLOCKS],
        required=False,
        error_messages={"invalid_choice": "Chọn loại đoạn trong danh sách."},
    )
    text = forms.CharField(required=False)
    unit = forms.CharField(required=False)  # looked up by the one button that reads it

    def __init__(self, data: Any = None, *, block: Block, is_own: bool = True):
        initial = {"version": block.version, "was": mark_of(block.text)}
        initial |= {"text": block.text, "kind": block.kind}
        super().__init__(data, prefix=prefix_of(block), initial=initial)
        self.block = block
        self.is_own = is_own
        self.is_kept = False  # whether words that came too late wait as a proposal
        self.fields["text"].label = block.get_kind_display()

    @property
    def is_text(self) -> bool:
        return self.block.kind in TEXT_BLOCKS

    @property
    def rows(self) -> int:
        """Lines that the words fill on a wide page."""
        return max(1, -(-len(self["text"].value() or "") // LETTERS_A_LINE))

    @property
    def is_touched(self) -> bool:
        """Whether somebody changed the words on the page that was sent."""
        if not (self.is_text and self.is_own) or self.add_prefix("text") not in self.data:
            return False
        mark = mark_of(self.cleaned_data["text"])
        return mark not in (self.cleaned_data["was"], mark_of(self.block.text))

    @property
    def seen_version(self) -> int | None:
        """The version the editor saw; where the words are the same still, that of now."""
        version = self.cleaned_data.get("version")
        seen = (self.cleaned_data.get("was"), mark_of(self.cleaned_data.get("text", "")))
        is_same = mark_of(self.block.text) in seen
        return version_seen(version, now=self.block.version, is_same=is_same)

    @property
    def theirs(self) -> str:
        """What somebody else wrote meanwhile, for which these words were not saved."""
        newer = newer_row(self)
        return newer.text if isinstance(newer, Block) else ""

    def keep_newer(self) -> None:
        """Beside the newer words, what was typed is a change of those."""
        newer = newer_row(self)
        if isinstance(newer, Block):
            data = cast(QueryDict, self.data)  # a copy of what was sent, since it was refused
            data[self.add_prefix("was")] = mark_of(newer.text)


def prefix_of(block: Block) -> str:
    return f"b{block.key.hex}"


def mark_of(text: str) -> str:
    """A short mark of words, the same however their lines and spaces are sent.

    >>> mark_of("Một  đoạn.") == mark_of("Một\\r\\nđoạn.")
    True
    >>> mark_of("Một\\n\\nđoạn.") == mark_of("Một đoạn.")
    False
    """
    paragraphs = [normalise_text(each) for each in text.replace("\r\n", "\n").split("\n\n")]
    return mark_of_lines("\n\n".join(each for each in paragraphs if each).split("\n"))


def block_forms(outline: Outline, data: Any = None, *, editor: DraftEditor) -> dict[int, BlockForm]:
    """A form for each living block, as it is read, by the block's key in the table.

    What was typed in a block that somebody removed meanwhile comes after them.
    """
    forms = {
        block.pk: BlockForm(data, block=block, is_own=editor.may_write(outline, block))
        for block in outline.reading_order()
    }
    return forms | sent_forms(outline, data, besides=forms)


def sent_forms(outline: Outline, data: Any, besides: Container[int] = ()) -> dict[int, BlockForm]:
    """A form for each block whose words were sent, besides those that have one."""
    return {
        block.pk: BlockForm(data, block=block)
        for block in outline.rows.values()
        if block.pk not in besides and data and f"{prefix_of(block)}-text" in data
    }
