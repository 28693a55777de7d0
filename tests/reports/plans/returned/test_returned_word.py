"""A Word file of a draft comes back: what differs is proposed, nothing is written in silence."""

import io
from datetime import date
from uuid import uuid4

import docx
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from povertyplan.core import clock
from povertyplan.core.choices import Role
from reports.choices import BasisRole, BlockKind, ProposalAct, ProposalOrigin, WordPart
from reports.models import Block, BlockProposal, DocumentBasis, Recipient, ReturnedWord
from reports.plans.builder import build_document
from reports.plans.outline import GAP, Outline
from reports.plans.proposing.services.settling import accept_proposal
from reports.plans.returned.matching import match_file
from reports.plans.versions.block_pairs import VersionBlock
from reports.plans.word.reading.passages import Passage
from reports.printing.docx import render_docx
from tests.factories.core import UnitFactory, VillageFactory, WardFactory, user_with
from tests.factories.reports import BlockFactory, DocumentFactory
from tests.pages import words_of
from tests.reports.documents import issue

TODAY = date(2026, 3, 20)


@pytest.fixture(autouse=True)
def _today():
    with clock.set_to(TODAY):
        yield


@pytest.fixture
def draft(ward):
    VillageFactory(parent=ward)
    document = DocumentFactory(ward=ward)
    DocumentBasis.objects.create(
        document=document, order=1, role=BasisRole.BASIS, kind="Luật", number="77/2015/QH13"
    )
    Recipient.objects.create(document=document, order=1, text="Đảng ủy phường")
    top = BlockFactory(document=document, order=0, kind="heading", text="Mục tiêu chung")
    for place, text in enumerate(
        (
            "Rà soát hộ nghèo hằng năm bảo đảm công khai.",
            "Toàn phường có {village_count} thôn, tổ dân phố được giao chỉ tiêu.",
            "Hỗ trợ học nghề cho người lao động thuộc hộ nghèo.",
        )
    ):
        BlockFactory(document=document, parent=top, order=place * GAP, text=text)
    second = BlockFactory(document=document, order=GAP, kind="heading", text="Tổ chức thực hiện")
    BlockFactory(document=document, parent=second, order=0, text="Các đơn vị báo cáo hằng quý.")
    BlockFactory(document=document, parent=second, order=GAP, kind=BlockKind.VILLAGES, text="")
    Block.objects.filter(kind=BlockKind.VILLAGES).update(parameters={"year": 2025})
    return document


def word_of(document, change=lambda file: None) -> bytes:
    """The Word file of a draft, as somebody wrote on in it."""
    file = docx.Document(io.BytesIO(render_docx(build_document(document))))
    change(file)
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def paragraph(file, begins):
    return next(each for each in file.paragraphs if each.text.startswith(begins))


def say(paragraph, text):
    """Other words in a paragraph whose bookmark stays around it."""
    first, *others = paragraph.runs
    first.text = text
    for run in others:
        run.text = ""


def send(client, document, content):
    file = SimpleUploadedFile("sua.docx", content)
    sent = {"key": str(uuid4()), "file": file}
    return client.post(reverse("reports:document_word", args=[document.pk]), sent, follow=True)


def living(document):
    return list(document.blocks.order_by("pk").values_list("text", "removed_at"))


def test_a_file_nobody_touched_proposes_nothing(draft, client_of, coordinator):
    said = words_of(send(client_of(coordinator), draft, word_of(draft)))
    assert "không có đề nghị sửa mới" in said
    returned = ReturnedWord.objects.get()
    assert (returned.unmatched, returned.figures) == ([], [])
    assert not BlockProposal.objects.exists()


def test_other_words_are_proposed_and_the_figure_stays_a_figure(draft, client_of, coordinator):
    def change(file):
        say(
            paragraph(file, "Toàn phường"), "Phường hiện có 01 thôn, tổ dân phố được giao chỉ tiêu."
        )

    before = living(draft)
    said = words_of(send(client_of(coordinator), draft, word_of(draft, change)))
    assert "có 1 đề nghị sửa" in said
    assert living(draft) == before
    proposal = BlockProposal.objects.get()
    assert proposal.text == ("Phường hiện có {village_count} thôn, tổ dân phố được giao chỉ tiêu.")
    assert (proposal.origin, proposal.act) == (ProposalOrigin.WORD, ProposalAct.CHANGE)


def test_a_number_that_the_data_say_otherwise_is_named(draft, client_of, coordinator):
    def change(file):
        say(paragraph(file, "Toàn phường"), "Toàn phường có 9 thôn, tổ dân phố được giao chỉ tiêu.")

    page = send(client_of(coordinator), draft, word_of(draft, change))
    figure = ReturnedWord.objects.get().figures[0]
    assert (figure["printed"], figure["found"]) == ("01", "9")
    assert figure["text"].startswith("Toàn phường có 01 thôn, tổ dân phố được giao")
    assert "Số trong tệp khác số liệu" in words_of(page)
    assert "số nhập tay: 01 → 9" in BlockProposal.objects.get().remark


def test_a_paragraph_more_one_less_and_one_cut_in_two(draft, client_of, coordinator):
    def change(file):
        gone = paragraph(file, "Hỗ trợ học nghề")._element
        gone.getparent().remove(gone)
        first = paragraph(file, "Rà soát")
        new = first.insert_paragraph_before("Tuyên truyền chính sách giảm nghèo đến từng hộ.")
        first._element.addnext(new._element)

    send(client_of(coordinator), draft, word_of(draft, change))
    proposals = {each.act: each for each in BlockProposal.objects.select_related("block")}
    added, removed = proposals[ProposalAct.ADD], proposals[ProposalAct.REMOVE]
    assert added.text == "Tuyên truyền chính sách giảm nghèo đến từng hộ."
    assert added.block.text.startswith("Rà soát")
    assert removed.block.text.startswith("Hỗ trợ học nghề")
    for proposal in (added, removed):
        block = Block.objects.get(pk=proposal.block_id)
        accept_proposal(proposal=proposal, version=1, block_version=block.version, by=coordinator)
    tree = build_document(draft)
    said = [str(getattr(block, "text", "")) for block in tree.body]
    assert "Tuyên truyền" in str(said)
    assert "Hỗ trợ học nghề" not in str(said)


def test_what_was_put_below_a_removed_paragraph_since_does_not_go_with_it(
    draft, client_of, coordinator
):
    def change(file):
        gone = paragraph(file, "Hỗ trợ học nghề")._element
        gone.getparent().remove(gone)

    send(client_of(coordinator), draft, word_of(draft, change))
    proposal = BlockProposal.objects.select_related("block").get()
    BlockFactory(document=draft, parent=proposal.block, order=0, text="Viết thêm sau đó.")
    with pytest.raises(ValidationError, match="Nay bên trong đoạn này có đoạn khác"):
        accept_proposal(proposal=proposal, version=1, block_version=1, by=coordinator)
    assert not draft.blocks.exclude(removed_at=None).exists()
    proposal.refresh_from_db()
    assert proposal.outcome == ""


def test_a_title_in_capitals_is_proposed_as_it_is_written(draft, client_of, coordinator):
    def change(file):
        say(paragraph(file, "I. MỤC TIÊU"), "I. MỤC TIÊU, CHỈ TIÊU CHUNG")

    send(client_of(coordinator), draft, word_of(draft, change))
    assert BlockProposal.objects.get().text == "Mục tiêu, chỉ tiêu chung"


def test_a_bookmark_that_stands_twice_is_asked_about(draft, client_of, coordinator):
    def change(file):
        first = paragraph(file, "Rà soát")
        from copy import deepcopy

        first._element.addnext(deepcopy(first._element))
        say(file.paragraphs[[p.text for p in file.paragraphs].index(first.text) + 1], "Bản thứ hai")

    send(client_of(coordinator), draft, word_of(draft, change))
    proposal = BlockProposal.objects.get()
    assert proposal.text == "Bản thứ hai"
    assert "nhiều nhất một" in proposal.remark
    assert proposal.block.text.startswith("Rà soát")


def test_a_file_without_bookmarks_is_matched_by_its_words(draft, client_of, coordinator):
    def change(file):
        for mark in list(file.element.iter()):
            if mark.tag.endswith(("}bookmarkStart", "}bookmarkEnd")):
                mark.getparent().remove(mark)
        say(paragraph(file, "Rà soát"), "Rà soát hộ nghèo mỗi năm bảo đảm công khai.")

    send(client_of(coordinator), draft, word_of(draft, change))
    proposal = BlockProposal.objects.get()
    assert (proposal.act, proposal.block.text[:7]) == (ProposalAct.CHANGE, "Rà soát")


def test_a_heading_that_a_block_has_as_a_label_is_found_without_bookmarks():
    draft = [
        VersionBlock(BlockKind.HEADING, "Mục tiêu", "II.", "a" * 32),
        VersionBlock(BlockKind.COMPONENTS, "Dự án 1\nMục tiêu: Có việc làm", "", "b" * 32),
    ]
    file = [
        Passage("II. MỤC TIÊU", "MỤC TIÊU", WordPart.HEADING),
        Passage("Mục tiêu", "Mục tiêu", WordPart.PARAGRAPH),
    ]
    match = match_file(draft, file, ["a" * 32])
    assert (match.matched, match.added, match.unmatched) == (1, [], [])


def test_a_heading_that_is_gone_is_named_as_it_is_written(draft, client_of, coordinator):
    def change(file):
        gone = paragraph(file, "I. MỤC TIÊU")._element
        gone.getparent().remove(gone)

    send(client_of(coordinator), draft, word_of(draft, change))
    gone = [one["text"] for one in ReturnedWord.objects.get().unmatched]
    assert gone == ["Mục tiêu chung"]


def test_bases_recipients_and_tables_are_listed_and_not_proposed(draft, client_of, coordinator):
    def change(file):
        say(paragraph(file, "Căn cứ Luật"), "Căn cứ Luật số 65/2025/QH15;")
        file.tables[1].rows[-1].cells[-1].paragraphs[0].add_run("999")

    said = words_of(send(client_of(coordinator), draft, word_of(draft, change)))
    reasons = {one["reason"] for one in ReturnedWord.objects.get().unmatched}
    assert any("phần Căn cứ" in reason for reason in reasons)
    assert "Không thành đề nghị" in said
    assert not BlockProposal.objects.exists()


def test_the_same_file_twice_proposes_nothing_twice(draft, client_of, coordinator):
    content = word_of(draft, lambda file: say(paragraph(file, "Rà soát"), "Rà soát hộ nghèo kỹ."))
    send(client_of(coordinator), draft, content)
    send(client_of(coordinator), draft, content)
    assert BlockProposal.objects.count() == 1


def test_a_unit_sends_a_file_back_too(draft, ward, client_of):
    officer = user_with(Role.UNIT_REPORTER, ward, unit=UnitFactory(ward=ward, name="Trạm Y tế"))
    content = word_of(draft, lambda file: say(paragraph(file, "Rà soát"), "Rà soát hộ nghèo kỹ."))
    send(client_of(officer), draft, content)
    assert BlockProposal.objects.get().unit.name == "Trạm Y tế"


def test_a_strange_file_and_one_that_is_no_word_file_are_refused(draft, client_of, coordinator):
    other = docx.Document()
    other.add_paragraph("Thư mời họp tổ dân phố vào tối thứ bảy.")
    out = io.BytesIO()
    other.save(out)
    for content, said in ((out.getvalue(), "không có đoạn nào của dự thảo"), (b"PK", "tệp")):
        answer = send(client_of(coordinator), draft, content)
        assert answer.status_code == 422
        assert said in answer.content.decode()
    assert not ReturnedWord.objects.exists()


def test_the_file_of_another_document_is_refused_though_it_has_the_same_headings(
    draft, ward, client_of, coordinator
):
    for place in (ward, WardFactory()):
        other = DocumentFactory(ward=place, year_from=2025, year_to=2025)
        top = BlockFactory(document=other, order=0, kind="heading", text="Mục tiêu chung")
        BlockFactory(document=other, parent=top, order=0, text="Rà soát xong trước tháng chín.")
        answer = send(client_of(coordinator), draft, word_of(other))
        assert answer.status_code == 422
        assert "tải từ một văn bản khác" in answer.content.decode()
    assert not ReturnedWord.objects.exists()
    assert not BlockProposal.objects.exists()


@pytest.mark.parametrize("begins", ["Rà soát", "I. MỤC TIÊU", "Các đơn vị báo cáo"])
@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
def test_paragraphs_more_stand_as_in_the_file_in_whatever_order_they_are_taken(
    draft, client_of, coordinator, begins, order
):
    news = ["Một là, rà soát.", "Hai là, lập danh sách.", "Ba là, công khai."]

    def change(file):
        anchor = paragraph(file, begins)
        for text in reversed(news):
            added = paragraph(file, "Các đơn vị").insert_paragraph_before(text)
            anchor._element.addnext(added._element)

    send(client_of(coordinator), draft, word_of(draft, change))
    proposals = list(BlockProposal.objects.order_by("pk"))
    assert [each.text for each in proposals] == news
    for place in order:
        block = Block.objects.get(pk=proposals[place].block_id)
        seen = {"version": 1, "block_version": block.version}
        accept_proposal(proposal=proposals[place], by=coordinator, **seen)
    said = [each.text for each in Outline(draft.blocks.all()).reading_order()]
    first = said.index(news[0])
    assert said[first : first + 3] == news
    assert said[first - 1] == proposals[0].block.text


def test_an_issued_document_takes_no_file_back(draft, client_of, coordinator):
    content = word_of(draft)
    issue(draft)
    page = send(client_of(coordinator), draft, content).content.decode()
    assert "Không có chỗ nào khác bản đã ký." in page
    assert not BlockProposal.objects.exists()
    assert not ReturnedWord.objects.exists()
