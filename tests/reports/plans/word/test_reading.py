"""Word files of one plan in several shapes are read as the same passages at the same levels."""

import pytest

from reports.choices import WordPart
from reports.plans.word.reading.passages import read_word
from tests.reports.word_files import FILES, sample_plan

LEVELLED = {"heading", "numbered", "dash", "plus", "paragraph"}


@pytest.mark.parametrize("shape", FILES)
def test_paragraphs_stand_at_their_level_in_every_shape(shape):
    plan = sample_plan()

    read = read_word(FILES[shape](plan), "ke-hoach.docx").passages
    found = {passage.text.rstrip(";./"): passage for passage in read}

    wrong = []
    for one in plan:
        passage = found.get(one.text.rstrip(";./"))
        if passage is None and one.part == "archive":
            passage = next(each for each in read if each.part == WordPart.ARCHIVE)
        is_right = passage is not None and passage.part == one.part
        if is_right and one.part in LEVELLED:
            is_right = passage.level == one.level
        if not is_right:
            wrong.append((one.level, one.part, one.label, one.text[:40], passage))
    assert len(wrong) <= len(plan) * 0.05, wrong
