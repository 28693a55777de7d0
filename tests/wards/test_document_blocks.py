"""A file loaded again changes what it says otherwise; every other block stays the block it is."""

import pytest

from povertyplan.ward_file.document_blocks import put_blocks
from povertyplan.ward_file.document_parts import BlockRow, parts_of_document
from reports.plans.outline import reading_order
from tests.factories.reports import DocumentFactory


@pytest.fixture
def document(ward):
    made = DocumentFactory(ward=ward)
    put_blocks(made, ROWS, None)
    return made


def row(text, parent=None, kind="paragraph"):
    return BlockRow(parent, kind, text, {})


ROWS = [
    row("Mục tiêu", kind="heading"),
    row("Giống nhau.", 0),
    row("Giống nhau.", 0),
    row("Cuối mục.", 0),
    row("Giải pháp", kind="heading"),
    row("Giống nhau.", 4),
]


def keys_of(document):
    return [block.key for block in reading_order(document.blocks.all())]


def texts_of(document):
    return [block.text for block in reading_order(document.blocks.all())]


@pytest.mark.parametrize(
    ("rows", "kept"),
    [
        pytest.param(ROWS, [0, 1, 2, 3, 4, 5], id="the same"),
        pytest.param(
            [*ROWS[:3], row("Viết lại.", 0), *ROWS[4:]], [0, 1, 2, 3, 4, 5], id="other words"
        ),
        pytest.param(
            [ROWS[0], row("Thêm.", 0, "dash"), *ROWS[1:4], ROWS[4], row("Giống nhau.", 5)],
            [0, None, 1, 2, 3, 4, 5],
            id="one more",
        ),
        pytest.param(
            [ROWS[0], ROWS[3], ROWS[1], ROWS[2], *ROWS[4:]], [0, 3, 1, 2, 4, 5], id="moved"
        ),
        pytest.param(
            [row("Giải pháp", kind="heading"), row("Giống nhau.", 0)], [4, 5], id="a section less"
        ),
    ],
)
def test_a_block_of_the_same_path_and_words_stays(document, rows, kept):
    before = keys_of(document)

    put_blocks(document, rows, None)

    assert parts_of_document(document).blocks == rows
    known = [before.index(key) if key in before else None for key in keys_of(document)]
    assert known == kept
    assert document.blocks.count() >= len(before)


def test_only_what_a_file_says_otherwise_gets_another_version(document, coordinator):
    put_blocks(document, [*ROWS[:3], row("Viết lại.", 0), ROWS[4]], coordinator)

    assert sorted(document.blocks.values_list("text", "version")) == [
        ("Giải pháp", 1),
        ("Giống nhau.", 1),
        ("Giống nhau.", 1),
        ("Giống nhau.", 2),
        ("Mục tiêu", 1),
        ("Viết lại.", 2),
    ]
    gone = document.blocks.get(removed_by=coordinator)
    assert (gone.text, gone.parent.text) == ("Giống nhau.", "Giải pháp")


def test_a_section_that_comes_back_in_a_file_is_a_new_one(document):
    put_blocks(document, ROWS[:4], None)

    put_blocks(document, ROWS, None)

    assert texts_of(document) == [each.text for each in ROWS]
    assert document.blocks.filter(text="Giải pháp").count() == 2
