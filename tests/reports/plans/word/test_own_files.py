"""Our own Word files come back as the tree that they were written from."""

import random
from uuid import uuid4

import pytest

from reports.choices import WordPart
from reports.plans.word.marks import block_mark
from reports.plans.word.reading.passages import read_word
from reports.printing import tree
from reports.printing.docx import render_docx

WORDS = "hộ nghèo được hỗ trợ việc làm nhà ở nước sạch học nghề khám bệnh vay vốn tổ dân phố"
BODY = (
    WordPart.HEADING,
    WordPart.NUMBERED,
    WordPart.DASH,
    WordPart.PLUS,
    WordPart.PARAGRAPH,
)


def document(body, **more):
    return tree.DocumentTree(
        kind="Kế hoạch",
        symbol="KH-UBND",
        subject="giảm nghèo năm 2027",
        issuer="Ủy ban nhân dân phường Hòa Mẫu",
        issuer_lines=("Ủy ban nhân dân", "phường Hòa Mẫu"),
        place="Hòa Mẫu",
        year=2026,
        body=body,
        closing="Trên đây là Kế hoạch giảm nghèo năm 2027",
        signature=tree.Signature(
            ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), "Trần A Mẫu"
        ),
        recipients=("Đảng ủy phường", "Các tổ dân phố"),
        archive="VT",
        bases=(
            tree.Basis("Căn cứ", "Luật số 25/2008/QH12 ngày 14 tháng 11 năm 2008 của Quốc hội"),
            tree.Basis("Thực hiện", "Kế hoạch số 8/KH-UBND ngày 05 tháng 01 năm 2027"),
        ),
        **more,
    )


class RandomBody:
    """Blocks of any shape a draft may have, with the level of each."""

    def __init__(self, seed: int):
        self.random = random.Random(seed)
        self.blocks: list[tree.Block] = []
        self.expected: list[tuple[int, WordPart, str]] = []
        for _ in range(self.random.randint(2, 5)):
            self.section(1)

    def words(self, ending: str = "") -> str:
        chosen = self.random.choices(WORDS.split(), k=self.random.randint(3, 25))
        return " ".join(chosen).capitalize() + ending

    def add(self, block: tree.Block, level: int, part: WordPart, text: str) -> None:
        self.blocks.append(block)
        self.expected.append((level, part, text))

    def section(self, level: int) -> None:
        text = self.words()
        self.add(
            tree.Heading(level, text), level, WordPart.HEADING, text.upper() if level == 1 else text
        )
        for _ in range(self.random.randint(0, 4)):
            self.random.choice((self.paragraph, self.dashes, self.deeper))(level + 1)

    def paragraph(self, level: int) -> None:
        text = self.words(".")
        self.add(tree.Paragraph(text), level, WordPart.PARAGRAPH, text)

    def dashes(self, level: int) -> None:
        for _ in range(self.random.randint(1, 3)):
            text = self.words(";")
            self.add(tree.Dash(text), level, WordPart.DASH, text)
            for _ in range(self.random.randint(0, 2)):
                below = self.words(".")
                self.add(tree.Plus(below), level + 1, WordPart.PLUS, below)

    def deeper(self, level: int) -> None:
        if level > 3:
            return self.dashes(level)
        if self.random.random() < 0.5:
            return self.section(level)
        text = self.words(".")
        return self.add(tree.Numbered(text, level), level, WordPart.NUMBERED, text)


@pytest.mark.parametrize("seed", range(12))
def test_any_body_comes_back_as_the_same_tree(seed):
    body = RandomBody(seed)

    read = read_word(render_docx(document(tuple(body.blocks))), "ke-hoach.docx").passages

    found = [(one.level, one.part, one.text) for one in read if one.part in BODY]
    assert [_printed(*each) for each in found] == [_printed(*each) for each in body.expected]


def _printed(level: int, part: WordPart, text: str) -> tuple[int, WordPart, str]:
    """What of a level is in the printed tree: that of numbers, the rest stands where it stands."""
    return (level if part in (WordPart.HEADING, WordPart.NUMBERED) else 0), part, text


@pytest.mark.parametrize("seed", range(12))
def test_a_bookmark_for_each_block_brings_back_what_stands_below_what(seed):
    body = RandomBody(seed)
    keys = tuple(block_mark(level, part, uuid4()) for level, part, _ in body.expected)

    content = render_docx(document(tuple(body.blocks), keys=keys))
    read = read_word(content, "ke-hoach.docx").passages

    found = [(one.level, one.part, one.text) for one in read if one.part in BODY]
    assert found == body.expected
    assert [key for one in read for key in one.bookmarks if key in keys] == list(keys)


def test_what_stands_around_the_text_comes_back():
    appendix = tree.Appendix("Danh sách các tổ", (tree.Heading(1, "Tổ một"), tree.Dash("Có 5 hộ.")))
    body = (tree.Heading(1, "Mục tiêu"), tree.Paragraph("Giảm 5 hộ nghèo."))

    read = read_word(render_docx(document(body, appendices=(appendix,))), "ke-hoach.docx").passages

    said = {part: [one.text for one in read if one.part == part] for part in WordPart}
    assert said[WordPart.SUBJECT] == ["Giảm nghèo năm 2027"]
    assert [each[:12] for each in said[WordPart.BASIS]] == ["Căn cứ Luật "]
    assert [each[:9] for each in said[WordPart.CARRIES_OUT]] == ["Thực hiện"]
    assert said[WordPart.CLOSING] == ["Trên đây là Kế hoạch giảm nghèo năm 2027"]
    assert said[WordPart.RECIPIENT] == ["Đảng ủy phường", "Các tổ dân phố"]
    assert said[WordPart.ARCHIVE] == ["VT"]
    assert said[WordPart.AUTHORITY] == ["TM. ỦY BAN NHÂN DÂN"]
    assert said[WordPart.SIGNER_TITLE] == ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]
    assert said[WordPart.SIGNER_NAME] == ["Trần A Mẫu"]
    assert said[WordPart.APPENDIX] == ["DANH SÁCH CÁC TỔ"]
    assert said[WordPart.HEADING] == ["MỤC TIÊU", "TỔ MỘT"]
    assert said[WordPart.DASH] == ["Có 5 hộ."]
