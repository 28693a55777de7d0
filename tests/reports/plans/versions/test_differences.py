"""What became of blocks from one version to the next: five things told apart, and no others."""

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.choices import BlockChangeKind, BlockKind
from reports.plans.versions.block_pairs import VersionBlock
from reports.plans.versions.differences import compare_blocks
from reports.plans.versions.word_changes import word_changes, words_of

MOVED, SPLIT, MERGED, RENUMBERED, CHANGED, ADDED, REMOVED = BlockChangeKind
SENTENCES = (
    "Rà soát hộ nghèo hằng năm bảo đảm công khai, đúng quy trình và đúng thời gian.",
    "Giảm tỷ lệ hộ nghèo còn 0,15% vào cuối năm 2026.",
    "Hỗ trợ học nghề cho người lao động thuộc hộ nghèo, hộ cận nghèo tại địa phương.",
    "Tổ chức đối thoại với hộ nghèo ít nhất một lần trong năm.",
    "Phân công cán bộ theo dõi từng tổ dân phố.",
)


def block(text, key="", *, kind=BlockKind.PARAGRAPH, label="", parent=None):
    return VersionBlock(kind=kind, text=text, label=label, key=key, parent=parent)


def plan(*texts, keyed=True):
    """Two sections with paragraphs below them."""
    blocks = [block("Mục tiêu", "h1", kind=BlockKind.HEADING, label="I.")]
    blocks += [block(text, f"p{place}", parent=0) for place, text in enumerate(texts)]
    return blocks if keyed else [replace(each, key="") for each in blocks]


def said(before, after):
    """The kinds of each change, by the words of the block."""
    changes = compare_blocks(before, after)
    return {(each.after or each.before).text: set(each.kinds) for each in changes}


@pytest.mark.parametrize("keyed", [True, False])
def test_a_text_does_not_differ_from_itself(keyed):
    text = plan(*SENTENCES, keyed=keyed)
    assert compare_blocks(text, list(text)) == []


@pytest.mark.parametrize("keyed", [True, False])
def test_a_paragraph_that_moved_is_the_only_one_that_moved(keyed):
    before = plan(*SENTENCES, keyed=keyed)
    after = [before[0], before[2], before[3], before[4], before[5], before[1]]
    assert said(before, after) == {SENTENCES[0]: {MOVED}}


@pytest.mark.parametrize("keyed", [True, False])
def test_other_words_are_a_change_and_leave_the_others_alone(keyed):
    other = SENTENCES[1].replace("0,15%", "0,12%")
    before, after = (
        plan(*SENTENCES, keyed=keyed),
        plan(SENTENCES[0], other, *SENTENCES[2:], keyed=keyed),
    )
    assert said(before, after) == {other: {CHANGED}}


def test_a_text_that_was_cut_in_two_is_split_and_nothing_was_added():
    whole = f"{SENTENCES[0]} {SENTENCES[2]}"
    before = plan(whole, SENTENCES[3])
    after = plan(SENTENCES[0], SENTENCES[3])
    after.insert(2, block(SENTENCES[2], "new", parent=0))
    assert said(before, after) == {SENTENCES[0]: {SPLIT}}
    change = compare_blocks(before, after)[0]
    assert change.whole_after == change.whole_before == whole


def test_two_texts_put_together_are_merged_and_nothing_was_removed():
    whole = f"{SENTENCES[0]} {SENTENCES[2]}"
    before = plan(SENTENCES[0], SENTENCES[2], SENTENCES[3])
    after = [before[0], replace(before[1], text=whole), before[3]]
    assert said(before, after) == {whole: {MERGED}}


def test_a_split_with_other_words_is_both():
    before = plan(f"{SENTENCES[0]} {SENTENCES[2]}")
    after = plan(SENTENCES[0].replace("hằng năm", "mỗi năm một lần"))
    after.append(block(SENTENCES[2], "new", parent=0))
    assert list(said(before, after).values()) == [{SPLIT, CHANGED}]


def test_a_heading_put_before_another_renumbers_it_and_nothing_below_it():
    before = plan(*SENTENCES[:2])
    new = block("Mục đích", "h0", kind=BlockKind.HEADING, label="I.")
    after = [new, replace(before[0], label="II."), *(replace(b, parent=1) for b in before[1:])]
    assert said(before, after) == {"Mục đích": {ADDED}, "Mục tiêu": {RENUMBERED}}


def test_what_is_below_a_moved_heading_did_not_move_itself():
    tops = [block(f"Mục {n}", f"h{n}", kind=BlockKind.HEADING, label=f"{n}.") for n in (1, 2, 3)]
    below = [block(SENTENCES[n], f"p{n}", parent=0) for n in range(2)]
    before = [tops[0], *below, tops[1], tops[2]]
    after = [
        replace(tops[1], label="1."),
        replace(tops[2], label="2."),
        replace(tops[0], label="3."),
        *(replace(each, parent=2) for each in below),
    ]
    assert said(before, after)["Mục 1"] == {MOVED, RENUMBERED}
    assert SENTENCES[0] not in said(before, after)


def test_another_kind_is_a_change_and_another_parent_a_move():
    before = plan(*SENTENCES[:2])
    after = [*before[:2], replace(before[2], parent=None, kind=BlockKind.DASH)]
    assert said(before, after) == {SENTENCES[1]: {MOVED, CHANGED}}


def test_last_years_plan_is_compared_by_its_words():
    before = plan("Đến ngày 31/12/2025 còn 21 hộ nghèo.", *SENTENCES, keyed=False)
    after = plan("Đến ngày 31/12/2026 còn 12 hộ nghèo.", *SENTENCES, keyed=False)
    assert said(before, after) == {"Đến ngày 31/12/2026 còn 12 hộ nghèo.": {CHANGED}}


def test_lines_that_are_alike_keep_their_neighbours():
    same = "Thời gian thực hiện: trong năm."
    before = plan(SENTENCES[0], same, SENTENCES[1], same, SENTENCES[2], keyed=False)
    after = [before[0], *before[3:]]
    assert said(before, after) == {SENTENCES[0]: {REMOVED}, same: {REMOVED}}


def test_what_is_written_from_data_stays_the_same_block_whatever_it_prints():
    before = [block("Thôn 1 | 21 | 3", kind=BlockKind.VILLAGES)]
    after = [block("Buôn Ma | 4 | 5", kind=BlockKind.VILLAGES)]
    assert said(before, after) == {"Buôn Ma | 4 | 5": {CHANGED}}


@pytest.mark.parametrize("number", ["0,15%", "7.847", "01/2026", "1.234,5", "12/2025"])
def test_a_number_with_its_marks_is_one_word(number):
    assert words_of(f"Số {number}.") == ["Số", number, "."]
    runs = word_changes(f"Là {number} năm nay", "Là 3 năm nay")
    assert [run.text.strip() for run in runs if run.is_removed] == [number]


def test_decomposed_letters_are_the_same_words():
    text = "Ủy ban nhân dân phường đã thực hiện"
    decomposed = unicodedata.normalize("NFD", text)
    assert decomposed != text
    assert compare_blocks([block(text)], [block(decomposed)]) == []
    assert [run.text for run in word_changes(text, decomposed)] == [text]


VOCABULARY = ["hộ", "nghèo", "được", "hỗ trợ", "nhà", "0,15%", "7.847", "01/2026", ";", "."]
WORDS = st.sampled_from(VOCABULARY)
TEXTS = st.lists(WORDS, max_size=30).map(" ".join)


@given(TEXTS, TEXTS)
def test_the_runs_are_both_texts(before, after):
    runs = word_changes(before, after)
    was = "".join(run.text for run in runs if not run.is_added)
    now = "".join(run.text for run in runs if not run.is_removed)
    assert (words_of(was), words_of(now)) == (words_of(before), words_of(after))
    assert any(run.is_added or run.is_removed for run in runs) == (
        words_of(before) != words_of(after)
    )


@st.composite
def outlines(draw, keyed=True):
    """A text of up to twelve blocks, each below none or below an earlier heading."""
    blocks, tops = [], []
    for place in range(draw(st.integers(0, 12))):
        is_top = draw(st.booleans()) or not tops
        kind = BlockKind.HEADING if is_top else BlockKind.PARAGRAPH
        parent = None if is_top else tops[-1]
        tops += [place] if is_top else []
        key = f"k{place}" if keyed else ""
        blocks.append(block(draw(TEXTS), key, kind=kind, parent=parent))
    return blocks


@given(outlines(), outlines(), st.booleans())
def test_the_way_back_tells_the_opposite(before, after, keyed):
    if not keyed:
        before = [replace(each, key="") for each in before]
        after = [replace(each, key="") for each in after]
    there, back = compare_blocks(before, after), compare_blocks(after, before)
    for change in there:
        assert change.kinds
        assert (change.before is None) == (ADDED in change.kinds)
        assert (change.after is None) == (REMOVED in change.kinds)
    assert compare_blocks(before, before) == []
    if keyed:
        assert _count(there, ADDED, SPLIT) == _count(back, REMOVED, MERGED)


def _count(changes, *kinds):
    """The blocks that came or were cut off, whichever of both was said of them."""
    whole, cut = kinds
    lone = sum(whole in each.kinds for each in changes)
    return lone + sum(len(each.pieces) for each in changes if cut in each.kinds)


@given(outlines(), st.data())
def test_a_block_nobody_touched_is_not_said_to_have_changed(before, data):
    """Random acts on blocks; the others are at most moved or put together with what was touched."""
    after, touched = list(before), set()
    for _ in range(data.draw(st.integers(0, 4))):
        place = data.draw(st.integers(0, len(after) - 1)) if after else None
        if place is None:
            break
        touched.add(after[place].key)
        after[place] = replace(after[place], text=data.draw(TEXTS))
    for change in compare_blocks(before, after):
        assert change.before is not None
        assert change.after is not None
        assert change.before.key in touched
        assert change.kinds == {CHANGED}
