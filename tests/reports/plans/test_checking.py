"""The checks of words, and findings that are accepted with a reason."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from reports.models import AcceptedFinding
from reports.plans.builder import build_with_links
from reports.plans.checking.checked_facts import (
    DutyFact,
    LintRule,
    PlanFacts,
    ProjectFact,
    TextFact,
)
from reports.plans.plan_checks import check_plan
from reports.plans.plan_facts import findings
from reports.plans.services import submit_document
from tests.factories.core import UnitFactory
from tests.factories.reports import BlockFactory, DocumentFactory
from tests.reports.documents import issue

EMPTY = PlanFacts(first_day=date(2026, 1, 1), last_day=date(2026, 12, 31))
CULTURE = ("Phòng Văn hóa - Xã hội",)
SUB_PROJECTS = (ProjectFact("3.1", "Sinh kế", ("A",)), ProjectFact("7", "Nâng cao", ("A",)))
GROUP_DUTY = DutyFact("Các tổ dân phố", "Rà soát", (), ("Tổ dân phố 1",))
ITEM = "Tuyên truyền chính sách giảm nghèo đến từng hộ"


def rules(**facts):
    return [each.rule for each in check_plan(replace(EMPTY, **facts))]


def texts(*words, place="I. Mục tiêu"):
    return tuple(TextFact(place, each) for each in words)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"texts": texts(f"{ITEM};", f"{ITEM}.")}, [LintRule.PRINTED_TWICE]),
        ({"texts": (*texts(ITEM), *texts(ITEM, place="II. Việc"))}, []),
        ({"texts": texts("Như trên", "Như trên")}, []),
        (
            {
                "texts": texts("Phòng Văn hoá, Xã hội chủ trì"),
                "unit_names": CULTURE,
            },
            [LintRule.UNIT_SPELLED_OTHERWISE],
        ),
        (
            {
                "texts": texts("phòng văn hóa - xã hội chủ trì"),
                "unit_names": CULTURE,
            },
            [],
        ),
        (
            {"texts": texts("Trên địa bàn xã Ngọk Réo"), "own_areas": ("Phường Đăk Cấm",)},
            [LintRule.OTHER_AREA_NAMED],
        ),
        ({"texts": texts("Trên địa bàn phường Đăk Cấm"), "own_areas": ("Phường Đăk Cấm",)}, []),
        ({"texts": texts("Bảo trợ xã hội, an sinh xã hội"), "own_areas": ("Phường Đăk Cấm",)}, []),
        # A duty on a project whose sub-projects are there, and on a part of one that is there.
        (
            {
                "projects": (
                    ProjectFact("3.1", "Sinh kế", ("A",)),
                    ProjectFact("7", "Nâng cao", ("A",)),
                ),
                "duties": (DutyFact("A", "Chủ trì", ("3", "7.2")),),
            },
            [],
        ),
        (
            {
                "projects": (ProjectFact("31", "Sinh kế", ("A",)),),
                "duties": (DutyFact("A", "Chủ trì", ("3",)),),
            },
            [LintRule.DUTY_WITHOUT_PROJECT],
        ),
        # A unit that a group of units stands for.
        (
            {
                "units": ("Tổ dân phố 1",),
                "duties": (GROUP_DUTY,),
            },
            [],
        ),
    ],
)
def test_a_slip_is_found_where_there_is_one(facts, expected):
    assert rules(**facts) == expected


@pytest.fixture
def draft(ward):
    document = DocumentFactory(ward=ward, year_from=2026, year_to=2026, data_on=date(2025, 12, 31))
    BlockFactory(document=document, text="Tổng số {total_households 2025} hộ dân cư.")
    return document


def found(document):
    return findings(document, build_with_links(document))


@pytest.mark.parametrize(
    ("kind", "text", "rule"),
    [
        ("paragraph", "Báo cáo trước ngày 15/01/2027.", LintRule.DEADLINE_OUTSIDE_PERIOD),
        ("heading", "II. Giải pháp", LintRule.HEADING_NUMBER_TWICE),
    ],
)
def test_rules_that_never_fired_fire(draft, kind, text, rule):
    before = BlockFactory(document=draft, kind="heading", text="II. Mục tiêu")
    block = BlockFactory(document=draft, kind=kind, text=text)
    doubts = [each for each in found(draft) if each.rule == rule]
    assert [each.anchor for each in doubts] == [block.key.hex]
    assert before.key != block.key


def test_a_finding_leads_to_its_block_and_is_accepted_with_a_reason(
    draft, client_of, coordinator, leader
):
    client = client_of(coordinator)
    address = reverse("reports:document_findings", args=[draft.pk])
    (unknown,) = [each for each in found(draft) if each.rule == LintRule.UNKNOWN_FIGURE]
    block = draft.blocks.get()
    assert f"#block-{block.key.hex}" in client.get(address).content.decode()

    wrong = client.post(address, {"key": unknown.key, "reason": " "})
    assert wrong.status_code == 422
    assert "Nhập lý do chấp nhận." in wrong.content.decode()
    gone = client.post(address, {"key": "0" * 16, "reason": "Có lý do"})
    assert "không còn" in gone.content.decode()
    for _ in range(2):
        client.post(address, {"key": unknown.key, "reason": "Chờ công bố"})
    assert AcceptedFinding.objects.get().reason == "Chờ công bố"

    sent = submit_document(document=draft, version=draft.version, by=coordinator)
    page = client_of(leader).get(reverse("reports:document_issue", args=[draft.pk]))
    assert "Chấp nhận: Chờ công bố" in page.content.decode()
    issue(sent)
    with pytest.raises(DatabaseError, match="không sửa"), transaction.atomic():
        AcceptedFinding.objects.update(reason="Lý do khác")


def test_another_figure_is_another_finding(draft, ward, client_of, coordinator):
    UnitFactory(ward=ward)
    first = {each.key for each in found(draft)}
    draft.blocks.update(text="Có {near_poor_households 2025} hộ; {total_households 2025} hộ.")
    assert first == {each.key for each in found(draft)}  # still the same sentence of the section
