"""A thousand random edits of one draft: no key ever changes its block, no place its order."""

import random

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from povertyplan.core.platform.versions import StaleVersion
from reports.choices import OUTERMOST, TEXT_BLOCKS, BlockKind
from reports.models import Block, Document
from reports.plans.outline import GAP, Outline, order_between
from reports.plans.writing.services.placing import Move, Side, insert_block, move_block
from reports.plans.writing.services.removing import bring_back_block, remove_block
from reports.plans.writing.services.shaping import change_block_kind, merge_blocks
from reports.plans.writing.services.words import split_paragraphs, write_block
from tests.factories.reports import BlockFactory, DocumentFactory

OFTEN, LONG = 60, 1_000


@pytest.fixture
def draft(ward):
    document = DocumentFactory(ward=ward)
    for order in range(3):
        top = BlockFactory(
            document=document, order=order * GAP, kind="heading", text=f"Mục {order}"
        )
        BlockFactory(document=document, parent=top, order=0, text=f"Đoạn {order}")
    BlockFactory(
        document=document, order=9 * GAP, kind="targets", text="", parameters={"years": [2026]}
    )
    return document


def state_of(document) -> dict:
    """Every block by its key, with all that an edit could change."""
    names = ("key", "pk", "version", "kind", "text", "parent_id", "order", "removed_at")
    return {row[0]: row[1:] for row in document.blocks.values_list(*names)}


class Editor:
    """Somebody who does anything to a draft, and says which keys the act may have touched."""

    def __init__(self, document: Document, by, seed: int):
        self.document, self.by, self.dice, self.written = document, by, random.Random(seed), 0

    def words(self) -> str:
        self.written += 1
        return f"Ý thứ {self.written}" + " dài" * self.dice.randrange(4)

    def act(self) -> tuple[set, dict]:
        """Do one act; returns the keys it may change, and the words that keys must have now."""
        blocks = list(self.document.blocks.select_related("document__ward"))
        block = self.dice.choice(blocks)
        name = self.dice.choice(("write", "split", "insert", "move", "kind", "merge", "remove"))
        if block.removed_at and self.dice.random() < 0.8:
            name = "back"
        return getattr(self, name)(block)

    def own(self, block) -> dict:
        return {"block": block, "version": block.version, "by": self.by}

    def write(self, block):
        text = self.words()
        write_block(text=text, **self.own(block))
        return {block.key}, {block.key: text}

    def split(self, block):
        pieces = [self.words() for _ in range(self.dice.randrange(2, 4))]
        made = write_block(text="\n\n".join(pieces), **self.own(block))
        assert [each.text for each in made] == pieces
        largest = max(pieces, key=len)
        return {each.key for each in made}, {block.key: largest}

    def insert(self, block):
        side = self.dice.choice(list(Side))
        made = insert_block(document=self.document, beside=block, side=side, by=self.by)
        return {made.key}, {made.key: ""}

    def move(self, block):
        move_block(move=self.dice.choice(list(Move)), **self.own(block))
        return {block.key}, {block.key: block.text}

    def kind(self, block):
        change_block_kind(kind=self.dice.choice(TEXT_BLOCKS).value, **self.own(block))
        return {block.key}, {block.key: block.text}

    def merge(self, block):
        outline = Outline(self.document.blocks.all())
        behind = outline.neighbour(block, 1) if block.removed_at is None else None
        merge_blocks(**self.own(block))
        return {block.key, behind.key}, {
            block.key: f"{block.text} {behind.text}".strip(),
            behind.key: behind.text,
        }

    def remove(self, block):
        remove_block(**self.own(block))
        return {block.key}, {block.key: block.text}

    def back(self, block):
        bring_back_block(**self.own(block))
        return {block.key}, {block.key: block.text}


def check_tree(document):
    """The order is total, parents are valid, and every living block is read once."""
    rows = list(document.blocks.all())
    places = [(row.parent_id, row.order) for row in rows]
    assert len(set(places)) == len(places)
    outline = Outline(rows)
    read = list(outline.reading_order())
    assert len({row.pk for row in read}) == len(read)
    assert {row.pk for row in read} == {row.pk for row in rows if outline.is_living(row)}
    for row in read:
        parent = outline.parent_of(row)
        assert parent is None or (parent.text and row.kind not in OUTERMOST)
    assert sum(row.kind == BlockKind.CLOSING for row in read) <= 1


def test_no_key_ever_changes_its_block(draft, coordinator, request):
    edits = LONG if request.config.getoption("--long") else OFTEN
    editor, done = Editor(draft, coordinator, seed=20), 0
    for _ in range(edits):
        before = state_of(draft)
        try:
            touched, words = editor.act()
        except ValidationError:
            touched, words = set(), {}
        else:
            done += 1
        after = state_of(draft)

        assert {key: row[0] for key, row in before.items()}.items() <= {
            key: row[0] for key, row in after.items()
        }.items()
        for key in before.keys() - touched:
            assert after[key] == before[key]
        assert after.keys() - before.keys() <= touched
        assert {key: after[key][3] for key in words} == words
        check_tree(draft)
    assert done > edits / 3


def test_a_stale_editor_changes_nothing(draft, coordinator):
    block = draft.blocks.get(text="Đoạn 1")
    write_block(block=block, text="Mới hơn.", version=1, by=coordinator)
    before = state_of(draft)
    stale = {"block": block, "version": 1, "by": coordinator}

    for act in (
        lambda: write_block(text="Cũ.", **stale),
        lambda: move_block(move=Move.OUT, **stale),
        lambda: change_block_kind(kind="dash", **stale),
        lambda: remove_block(**stale),
    ):
        with pytest.raises(StaleVersion):
            act()

    assert state_of(draft) == before


def test_a_new_block_writes_one_row_until_there_is_no_room(draft, coordinator):
    """Where two neighbours touch, they move apart, and the words of both stay as they are."""
    first, second = draft.blocks.filter(parent=None).order_by("order")[:2]
    Block.objects.filter(pk=second.pk).update(order=first.order + 1)

    made = insert_block(document=draft, beside=first, by=coordinator)

    read = [each.key for each in Outline(draft.blocks.all()).living_below(None)]
    assert read.index(made.key) == 1
    assert set(draft.blocks.values_list("version", flat=True)) == {1}
    assert order_between(0, GAP) == GAP // 2


def test_a_block_goes_with_all_that_stands_below_it_and_comes_back(draft, coordinator):
    heading, other = draft.blocks.get(text="Mục 1"), draft.blocks.get(text="Đoạn 1")
    inside = remove_block(block=other, version=1, by=coordinator)
    remove_block(block=heading, version=1, by=coordinator)

    with pytest.raises(ValidationError, match="khôi phục mục đó trước"):
        bring_back_block(block=other, version=inside.version, by=coordinator)
    bring_back_block(block=heading, version=2, by=coordinator)
    bring_back_block(block=other, version=2, by=coordinator)

    read = Outline(draft.blocks.all()).reading_order()
    assert [each.text for each in read][2:4] == ["Mục 1", "Đoạn 1"]


def test_the_database_refuses_a_parent_that_is_none(draft):
    own, foreign = draft.blocks.filter(kind="paragraph").first(), BlockFactory()
    for parent in (own.pk, foreign.pk):
        with pytest.raises(DatabaseError), transaction.atomic():
            Block.objects.filter(pk=own.pk).update(parent=parent)
    with pytest.raises(IntegrityError), transaction.atomic():
        BlockFactory(document=draft, parent=own.parent, order=own.order)


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        pytest.param("paragraph", "không có cấp dưới", id="with parts"),
        pytest.param("targets", "Chọn loại đoạn", id="of data"),
    ],
)
def test_a_kind_that_cannot_be_is_refused(draft, coordinator, kind, sentence):
    heading = draft.blocks.get(text="Mục 1")

    with pytest.raises(ValidationError, match=sentence):
        change_block_kind(block=heading, kind=kind, version=1, by=coordinator)


def test_paragraphs_are_what_blank_lines_part():
    assert split_paragraphs(" \n\n Một\nhai \n \n\nba") == ["Một hai", "ba"]
