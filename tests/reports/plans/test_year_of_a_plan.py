"""Next year's plan from this year's, through every desk, to its amendment after a correction."""

import io
from datetime import date
from uuid import uuid4

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from households.models import AreaYear
from povertyplan.core import clock
from povertyplan.core.choices import Role
from reports.choices import (
    BlockKind,
    DocumentState,
    FileFormat,
    ProposalOutcome,
    VersionOccasion,
)
from reports.models import Block, BlockProposal, Document, FigureCheck
from reports.plans.amending.services.comparing import compare_issued_documents
from reports.plans.drafting.services import PlanStart, begin_plan
from reports.plans.outline import GAP
from reports.plans.snapshots import document_file
from reports.todo.tasks import build_todo
from tests.factories.core import UnitFactory, user_with
from tests.factories.households import AreaYearFactory
from tests.factories.reports import BlockFactory, DocumentFactory
from tests.pages import words_of
from tests.reports.documents import issue

TODAY = date(2026, 3, 20)
SENTENCE = "Cuối năm 2024 toàn phường có {total_households 2024} hộ dân cư."


@pytest.fixture(autouse=True)
def _today():
    with clock.set_to(TODAY):
        yield


@pytest.fixture
def this_years(ward):
    AreaYearFactory(area=ward, on=date(2024, 12, 31), households=1000)
    AreaYearFactory(area=ward, on=date(2025, 12, 31), households=1100)
    plan = DocumentFactory(ward=ward, year_from=2025, year_to=2025, subject="giảm nghèo năm 2025")
    top = BlockFactory(document=plan, order=0, kind=BlockKind.HEADING, text="Tình hình")
    BlockFactory(document=plan, parent=top, order=0, text=SENTENCE)
    BlockFactory(document=plan, parent=top, order=GAP, text="Các đơn vị báo cáo hằng quý.")
    return issue(plan)


class Desks:
    """Who works on the plan, each with a browser."""

    def __init__(self, ward, client_of, coordinator):
        unit = UnitFactory(ward=ward, name="Trạm Y tế")
        self.users = {
            "coordinator": coordinator,
            "officer": user_with(Role.UNIT_REPORTER, ward, unit=unit),
            "leader": user_with(Role.LEADER, ward),
        }
        self.client_of = client_of

    def client(self, who):
        return self.client_of(self.users[who])

    def get(self, who, page, plan, **asked):
        return words_of(self.client(who).get(reverse(f"reports:{page}", args=[plan.pk]), asked))

    def post(self, who, page, plan, **sent):
        plan.refresh_from_db()
        values = {"version": plan.version, "key": str(uuid4())} | sent
        address = reverse(f"reports:{page}", args=[plan.pk])
        answer = self.client(who).post(address, values, follow=True)
        assert answer.status_code == 200, words_of(answer)
        plan.refresh_from_db()
        return words_of(answer)

    def titles(self, who):
        groups = build_todo(user=self.users[who], today=TODAY)
        return " | ".join(task.title for group in groups for task in group.tasks)


def begins(plan, words) -> Block:
    return plan.blocks.get(text__startswith=words, removed_at=None)


def edited_word(plan) -> SimpleUploadedFile:
    """The Word file of a draft, a paragraph more in it."""
    file = docx.Document(io.BytesIO(document_file(plan, FileFormat.WORD)))
    last = next(each for each in file.paragraphs if each.text.startswith("Các đơn vị"))
    new = last.insert_paragraph_before("Trạm Y tế báo cáo số thẻ bảo hiểm y tế hằng tháng.")
    last._element.addnext(new._element)
    out = io.BytesIO()
    file.save(out)
    return SimpleUploadedFile("sua.docx", out.getvalue())


def test_a_plan_goes_its_whole_way(ward, this_years, client_of, coordinator):
    desks = Desks(ward, client_of, coordinator)
    plan = begin_plan(
        ward=ward, start=PlanStart(source=this_years), year_from=2026, year_to=2026, by=coordinator
    )
    compared = desks.get("coordinator", "document_compare", plan)
    assert "[bỏ] 1.000 [thêm] 1.100" in compared

    desks.post("coordinator", "document_ask", plan, until="31/03/2026")
    assert "Cho ý kiến dự thảo" in desks.titles("officer")
    target = begins(plan, "Các đơn vị")
    said = {"act": f"add:{target.key.hex}", "text": "Nên báo cáo hằng tháng."}
    desks.post("officer", "document_comments", plan, **said)
    proposed = {"act": f"propose:{target.key.hex}", "text": "Các đơn vị báo cáo hằng tháng."}
    desks.post("officer", "document_proposals", plan, reason="Kịp theo dõi", **proposed)
    desks.post("officer", "document_word", plan, file=edited_word(plan))
    assert "Xử lý đề nghị sửa dự thảo" in desks.titles("coordinator")
    for proposal in BlockProposal.objects.order_by("pk"):
        block = Block.objects.get(pk=proposal.block_id)
        seen = {"version": proposal.version, "block_version": block.version}
        desks.post("coordinator", "document_proposals", plan, act=f"accept:{proposal.pk}", **seen)
    outcomes = set(BlockProposal.objects.values_list("outcome", flat=True))
    assert outcomes == {ProposalOutcome.ACCEPTED}
    assert begins(plan, "Các đơn vị báo cáo hằng tháng")
    assert begins(plan, "Trạm Y tế báo cáo")

    desks.post("coordinator", "document_submit", plan)
    remark = {"act": f"add:{begins(plan, 'Trạm Y tế').key.hex}", "text": "Ghi rõ thời hạn."}
    desks.post("leader", "document_comments", plan, **remark)
    desks.post("leader", "document_return", plan, reason="")
    assert plan.state == DocumentState.DRAFT
    block = begins(plan, "Trạm Y tế")
    name = f"b{block.key.hex}"
    written = {f"{name}-text": f"{block.text[:-1]}, trước ngày 10.", f"{name}-kind": block.kind}
    written |= {f"{name}-version": block.version, f"{name}-was": ""}
    desks.post("coordinator", "document_text", plan, **written)
    changed = desks.get("coordinator", "document_compare", plan, before="v3", after="now")
    assert "[thêm] , trước ngày 10" in changed
    desks.post("coordinator", "document_submit", plan)
    kept = list(plan.kept_versions.order_by("number").values_list("occasion", flat=True))
    assert kept == [
        VersionOccasion.ASKED,
        VersionOccasion.SUBMITTED,
        VersionOccasion.RETURNED,
        VersionOccasion.SUBMITTED,
    ]
    signed = {"number": 7, "issued_on": "20/03/2026", "signer_title": "CHỦ TỊCH"}
    desks.post("leader", "document_issue", plan, signer_name="Trần Thị Ủy", **signed)
    assert plan.is_in_force
    paper = document_file(plan, FileFormat.PDF)

    compare_issued_documents()
    AreaYear.objects.filter(on=date(2025, 12, 31)).update(households=1234)
    FigureCheck.objects.all().delete()
    compare_issued_documents()
    assert "Xem số liệu đã đổi" in desks.titles("coordinator")
    assert "1.234" in desks.get("coordinator", "plan_detail", plan)
    desks.post("coordinator", "document_amend", plan, kind="amends", reason="Sửa tổng số hộ")
    amendment = Document.objects.get(amends=plan)
    clauses = " ".join(amendment.blocks.values_list("text", flat=True))
    assert "sửa “1.100 hộ” thành “1.234 hộ”" in clauses
    assert document_file(plan, FileFormat.PDF) == paper
