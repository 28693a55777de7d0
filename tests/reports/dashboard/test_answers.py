"""What the leader asks first: which unit, which village, how much money, what do I sign."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from households.choices import CampaignStage
from povertyplan.core import clock
from povertyplan.core.choices import Role
from reports.choices import BlockKind, DocumentState
from reports.dashboard.board import build_dashboard
from tests.factories.core import UnitFactory, UserFactory, user_with
from tests.factories.projects import (
    ActivityFactory,
    BudgetEntryFactory,
    IndicatorFactory,
    TargetFactory,
    WardProjectFactory,
)
from tests.factories.reports import DocumentFactory
from tests.pages import text_of
from tests.reports.documents import block, only_table, printed
from tests.reports.histories import TODAY, ward_with_results


@pytest.fixture
def campaign(ward):
    return ward_with_results(ward)


def board_of(ward, viewer):
    return build_dashboard(ward=ward, year=2026, today=TODAY, viewer=viewer)


def submitted(document_or_campaign, stage):
    for name, value in (*stage.items(), ("submitted_at", clock.now())):
        setattr(document_or_campaign, name, value)
    document_or_campaign.submitted_by = document_or_campaign.submitted_by or UserFactory()
    document_or_campaign.save()


def test_leader_sees_what_waits_for_a_signature(ward, campaign, leader):
    submitted(campaign, {"stage": CampaignStage.SUBMITTED})
    document = DocumentFactory(ward=ward)
    submitted(document, {"state": DocumentState.SUBMITTED})
    own = DocumentFactory(ward=ward, submitted_by=leader)
    submitted(own, {"state": DocumentState.SUBMITTED})

    lines = board_of(ward, leader).approvals

    assert [line.url for line in lines] == [
        reverse("households:campaign_recognise", args=[campaign.pk]),
        reverse("reports:document_issue", args=[document.pk]),
    ]
    assert lines[1].name == "Kế hoạch giảm nghèo bền vững (giai đoạn 2025-2030)"
    assert board_of(ward, user_with(Role.OBSERVER, ward)).approvals is None


def test_units_that_owe_are_named_with_what_they_owe(ward, campaign, leader, client_of):
    late, quiet = UnitFactory(ward=ward, name="Phòng Văn hóa"), UnitFactory(ward=ward)
    indicator = IndicatorFactory(ward=ward, owner=late)
    for year in (2025, 2026):
        TargetFactory(indicator=indicator, year=year, low=3)
    project = WardProjectFactory(ward=ward)
    for owner, days in ((late, -1), (quiet, 0), (quiet, 30), (quiet, 31)):
        ActivityFactory(ward_project=project, owner=owner, due_on=TODAY + timedelta(days=days))

    found = board_of(ward, leader).deadlines

    assert [(line.unit.name, line.targets, line.activities) for line in found.units] == [
        ("Phòng Văn hóa", 1, 1)
    ]
    assert found.units[0].targets_url == "/targets/?year=2026"
    # The review closes within 30 days as well.
    assert (found.overdue, found.coming) == (1, 2 + (campaign.closes_on <= date(2026, 12, 20)))
    with clock.set_to(TODAY):
        page = text_of(client_of(leader).get(reverse("reports:dashboard")))
    assert "1 chỉ tiêu chưa báo cáo" in page
    assert "1 hoạt động quá hạn" in page


def test_money_stands_by_project_the_slowest_first(ward, campaign, leader, administrator):
    slow, fast, _ = (WardProjectFactory(ward=ward) for _ in range(3))
    for project, spent in ((fast, 90), (slow, 10)):
        for act, amount in (("allocated", 100), ("disbursed", spent)):
            BudgetEntryFactory(ward_project=project, act=act, amount=amount, year=2026)

    money = board_of(ward, leader).money

    assert [(line.rate, line.chart is not None) for line in money.lines] == [
        ("10,0%", True), ("90,0%", True), ("–", False)
    ]  # fmt: skip
    assert money.lines[0].url == reverse("projects:money_project", args=[slow.pk, 2026])
    assert "đã giải ngân 50,0%" in money.pace


def test_rate_is_that_of_the_amounts_beside_it(ward, campaign, leader):
    project = WardProjectFactory(ward=ward)
    entry = {"ward_project": project, "year": 2026}
    for source, act, amount in (
        ("central", "allocated", 25_000_000),
        ("central", "disbursed", 28_000_000),
        ("contributions", "disbursed", 12_000_000),
    ):
        BudgetEntryFactory(source=source, act=act, amount=amount, **entry)

    (line,) = board_of(ward, leader).money.lines
    table = DocumentFactory(ward=ward, data_on=date(2026, 12, 31))
    block(table, BlockKind.MONEY, year=2026)
    first, second = (printed(row) for row in only_table(table).rows)

    assert (line.disbursed, line.rate) == ("28.000.000", "112,0%")
    assert line.unallocated == "ngoài phân bổ: 12.000.000"
    assert first[2:] == ["25,0", "28,0", "112,0"]
    assert second[1:] == [f"{project.project}: ngoài phân bổ", "–", "12,0", "–"]


def test_village_that_lags_comes_first_of_those_to_watch(ward, campaign, leader):
    first, *_ = board_of(ward, leader).villages_to_watch

    assert first.progress.is_late


def test_rate_older_than_its_denominator_says_so(ward, campaign, leader):
    board = board_of(ward, leader)
    assert board.population_note == ""

    ward.area_years.filter(on__gte=date(2025, 1, 1)).delete()

    note = board_of(ward, leader).population_note
    assert "ngày 31/12/2024, cũ hơn số liệu ngày 31/12/2025" in note


@pytest.mark.parametrize(("role", "count"), [(Role.LEADER, 7), (Role.ADMINISTRATOR, 2)])
def test_boards_are_those_the_viewer_may_open(ward, campaign, client_of, role, count):
    client = client_of(user_with(role, ward))

    for view in ("reports:dashboard", "reports:dimension_board"):
        boards = client.get(reverse(view), {"year": 2025}).context["boards"]
        assert [board.active for board in boards].count(True) == 1
        assert len(boards) == count
    assert {client.get(board.url).status_code for board in boards} == {200}
