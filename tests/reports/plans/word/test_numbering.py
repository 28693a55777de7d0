"""The labels of lists as Word counts them."""

import pytest
from lxml import etree

from reports.plans.word.reading.labels import readings, split_label
from reports.plans.word.reading.numbering import WordLists
from reports.plans.word.reading.package import W

LEVELS = """
  <w:lvl w:ilvl="0"><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
  <w:lvl w:ilvl="1"><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>
  <w:lvl w:ilvl="2"><w:isLgl/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2.%3"/></w:lvl>
  <w:lvl w:ilvl="3"><w:lvlRestart w:val="0"/><w:numFmt w:val="lowerLetter"/>
    <w:lvlText w:val="%4)"/></w:lvl>
  <w:lvl w:ilvl="4"><w:pStyle w:val="Gach"/><w:numFmt w:val="bullet"/>
    <w:lvlText w:val="&#xF02D;"/></w:lvl>
"""
NUMBERING = f"""
<w:numbering xmlns:w="{W}">
  <w:abstractNum w:abstractNumId="1">{LEVELS}</w:abstractNum>
  <w:abstractNum w:abstractNumId="2"><w:numStyleLink w:val="Danh"/></w:abstractNum>
  <w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>
  <w:num w:numId="2"><w:abstractNumId w:val="1"/>
    <w:lvlOverride w:ilvl="1"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
  <w:num w:numId="3"><w:abstractNumId w:val="1"/>
    <w:lvlOverride w:ilvl="0"><w:lvl w:ilvl="0"><w:numFmt w:val="upperLetter"/>
      <w:lvlText w:val="Phần %1:"/></w:lvl></w:lvlOverride></w:num>
  <w:num w:numId="4"><w:abstractNumId w:val="2"/></w:num>
</w:numbering>"""


def labels(*asked):
    lists = WordLists(etree.fromstring(NUMBERING), {"Danh": "1"})
    found = (lists.label(number, depth, style) for number, depth, style in asked)
    return [each and each.text for each in found]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        pytest.param(
            [("1", 0, ""), ("1", 1, ""), ("1", 1, ""), ("1", 0, ""), ("1", 1, "")],
            ["I.", "1.", "2.", "II.", "1."],
            id="a level begins again below the next one above",
        ),
        pytest.param(
            [("1", 0, ""), ("1", 1, ""), ("1", 2, ""), ("1", 2, "")],
            ["I.", "1.", "1.1.1", "1.1.2"],
            id="legal numbers are Arabic throughout",
        ),
        pytest.param(
            [("1", 1, ""), ("1", 3, ""), ("1", 1, ""), ("1", 3, "")],
            ["1.", "a)", "2.", "b)"],
            id="never restarts",
        ),
        pytest.param(
            [("1", 1, ""), ("2", 1, ""), ("2", 1, ""), ("1", 1, "")],
            ["1.", "5.", "6.", "7."],
            id="a start is overridden once",
        ),
        pytest.param(
            [("3", 0, ""), ("3", 0, "")], ["Phần A:", "Phần B:"], id="a level is overridden"
        ),
        pytest.param([("4", 0, ""), ("4", 1, "")], ["I.", "1."], id="a list by its style"),
        pytest.param([("1", None, "Gach")], ["-"], id="a level by the style of its paragraphs"),
        pytest.param([("9", 0, ""), ("1", 8, "")], [None, None], id="no such list or level"),
    ],
)
def test_labels_are_those_that_word_shows(asked, expected):
    assert labels(*asked) == expected


@pytest.mark.parametrize(
    ("text", "label", "rest"),
    [
        ("I. MỤC TIÊU", "I.", "MỤC TIÊU"),
        ("I - Mục tiêu", "I -", "Mục tiêu"),
        ("2.1 Dự án", "2.1", "Dự án"),
        ("1.500 hộ nghèo", "", "1.500 hộ nghèo"),
        ("2027. Phân công", "", "2027. Phân công"),
        ("đ) Có", "đ)", "Có"),
        ("(1) Hỗ trợ", "(1)", "Hỗ trợ"),
        ("-5% so với năm trước", "", "-5% so với năm trước"),
        ("Mục I nêu trên", "", "Mục I nêu trên"),
        ("Chương II. NỘI DUNG", "Chương II.", "NỘI DUNG"),
        ("12/2026/QĐ-UBND", "", "12/2026/QĐ-UBND"),
    ],
)
def test_typed_labels_are_told_from_words_and_figures(text, label, rest):
    assert split_label(text) == (label, rest)
    assert bool(readings(label)) == bool(label)
