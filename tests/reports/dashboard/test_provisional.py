"""The running review on the dashboard: marked as provisional, beside the official figures."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.urls import reverse

from households.campaign.provisional import ProvisionalCounts, provisional_counts
from households.choices import ClosingReason, ReviewState
from povertyplan.core.choices import Role
from povertyplan.core.models import Area
from projects.choices import AchievementWord, Direction, TargetOperator
from projects.models import Target
from projects.rules.progress import Goal
from projects.targets.selectors import Reached, TargetRow, YearCell
from reports.dashboard.board import build_dashboard
from reports.figures import words
from tests.factories.core import UnitFactory, VillageFactory, user_with
from tests.factories.households import CampaignFactory, HouseholdFactory, ReviewFactory
from tests.factories.projects import ActualFactory, IndicatorFactory, TargetFactory
from tests.pages import text_of
from tests.reports.histories import (
    NEAR_POOR,
    NOT_POOR,
    POOR,
    TODAY,
    reviewed,
    spells,
    ward_with_results,
)

URL = "reports:dashboard"


@pytest.fixture
def campaign(ward):
    return ward_with_results(ward)


def board_of(ward, viewer, year=2026):
    return build_dashboard(ward=ward, year=year, today=TODAY, viewer=viewer)


def row(low, operator=TargetOperator.LEVEL, value=None):
    """A target of poor households, judged in 2026."""
    goal = Goal(operator, Direction.DOWN, low=Decimal(low), baseline=Decimal(14), is_count=True)
    reached = None if value is None else Reached(Decimal(value))
    return TargetRow(
        indicator=SimpleNamespace(direction=Direction.DOWN),
        name="Số hộ nghèo",
        unit="hộ",
        baseline=None,
        cells=(),
        judged=YearCell(2026, goal, reached, "hộ"),
        expected=None,
    )


@pytest.mark.parametrize(
    ("target", "found", "waiting", "ending"),
    [
        (None, 7, 0, "phiếu đã nhập có 7 hộ nghèo."),
        (row(9), 7, 2, "thì còn 9 hộ nghèo, trong mức chỉ tiêu năm 2026 (còn 09 hộ)."),
        (row(9), 7, 3, "thì còn 10 hộ nghèo, cao hơn 1 hộ so với chỉ tiêu năm 2026 (còn 09 hộ)."),
        (row(9), 11, 3, "Riêng số đã nhập đã cao hơn 2 hộ so với chỉ tiêu năm 2026 (còn 09 hộ)."),
        (row(9), 9, 0, "phiếu đã nhập có 9 hộ nghèo, trong mức chỉ tiêu năm 2026 (còn 09 hộ)."),
        (row(9, TargetOperator.BELOW), 9, 0, "cao hơn 1 hộ so với chỉ tiêu năm 2026 (dưới 09 hộ)."),
    ],
)
def test_provisional_headline_judges_what_is_entered_and_what_waits(target, found, waiting, ending):
    text = words.provisional_headline(target, 2026, found=found, waiting=waiting, forms=(42, 60))

    assert text.startswith("42/60 phiếu đã nhập")
    assert text.replace("\u00a0", " ").endswith(ending)


def test_what_is_missing_of_a_household_is_one():
    part = row(9, value=10)
    ahead = TargetRow(**{**part.__dict__, "expected": Decimal("9.337")})

    assert (part.gap, ahead.gap) == (1, 1)


def test_found_and_waiting_are_counted_apart(ward, campaign):
    first, second = Area.objects.villages_of(ward).order_by("order")
    in_form = spells(second, (NEAR_POOR, date(2024, 1, 1)))
    ReviewFactory(campaign=campaign, household=in_form)
    gone = HouseholdFactory(
        village=first, closed_on=date(2026, 11, 1), closing_reason=ClosingReason.MOVED_OUT
    )
    ReviewFactory(
        campaign=campaign, household=gone, state=ReviewState.DONE, income_score=1,
        deprivation_score=1, computed_class=POOR, recorded_class=POOR,
    )  # fmt: skip

    counts = provisional_counts(campaign, on=TODAY)

    # Of `ward_with_results` one poor household of each village stands outside the review.
    assert counts[first.pk] == ProvisionalCounts({POOR: 1}, {POOR: 1})
    assert counts[second.pk].found == {}
    assert counts[second.pk].waiting[POOR] == 1
    assert counts[second.pk].waiting[NEAR_POOR] == 2


def test_running_year_is_provisional_and_the_last_result_official(ward, campaign, leader):
    board = board_of(ward, leader)

    poor, near_poor = board.provisional.tiles
    assert (poor.value, near_poor.value) == ("3", "1")
    assert poor.note.startswith("1 theo phiếu đã nhập, 2 trong sổ chưa rà soát · chỉ tiêu còn 0")
    assert poor.url == reverse("households:campaign_overview", args=[campaign.pk])
    assert board.provisional.headline.startswith("1/2 phiếu đã nhập có 1\u00a0hộ nghèo")
    assert (board.data_year, [tile.value for tile in board.tiles]) == (2025, ["2", "1", "1"])
    road, _ = board.roadmaps
    assert [point.actual for point in road.chart.points] == [3, 2, None]


def test_targets_are_those_of_this_year_with_their_units(ward, campaign, leader):
    unit = UnitFactory(ward=ward, name="Phòng Kinh tế")
    reported = IndicatorFactory(ward=ward, owner=unit, name="Số mô hình", direction=Direction.UP)
    TargetFactory(indicator=reported, year=2026, operator=TargetOperator.AT_LEAST, low=4)
    ActualFactory(indicator=reported, year=2026, numerator=1)
    TargetFactory(indicator=IndicatorFactory(ward=ward), year=2026, low=4)

    board = board_of(ward, leader)

    lines = {line.name: line for line in board.bullets}
    assert (board.target_year, board.targets_without_data) == (2026, 1)
    assert set(lines) == {"Số poor_households", "Số near_poor_households", "Số mô hình"}
    assert lines["Số poor_households"].is_provisional
    # Nobody knows where it began: a bar from 0 would show a way nobody went.
    model = lines["Số mô hình"]
    assert (model.chart, model.note, model.unit_name) == (None, "Chưa có số gốc", "Phòng Kinh tế")


def test_year_without_targets_keeps_those_of_the_last_result(ward, campaign, leader):
    Target.objects.filter(year=2026).delete()

    board = board_of(ward, leader)

    assert (board.target_year, {line.is_provisional for line in board.bullets}) == (2025, {False})


def test_recognised_year_has_nothing_provisional(ward, campaign, leader):
    board = board_of(ward, leader, year=2025)

    assert (board.provisional, board.target_year) == (None, 2025)
    assert AchievementWord.NOT_MET in [line.word for line in board.bullets]


def test_page_marks_what_is_provisional(ward, campaign, leader, client_of):
    page = text_of(client_of(leader).get(reverse(URL)))

    assert "Tạm tính" in page
    assert "Chưa có số liệu 2026; đang hiển thị 2025" in page


def test_village_head_gets_the_own_part_and_no_target(ward, campaign):
    head = user_with(Role.ENTRY_OFFICER, Area.objects.get(name="Tổ dân phố A"))

    board = board_of(ward, head)

    assert [tile.value for tile in board.provisional.tiles] == ["2", "0"]
    assert "chỉ tiêu" not in board.provisional.headline
    assert (board.approvals, board.money, board.deadlines) == (None, None, None)


def test_ward_without_a_result_shows_its_first_review(ward, leader, client_of):
    village = VillageFactory(parent=ward, name="Tổ dân phố A")
    reviewed(CampaignFactory(ward=ward), village, NOT_POOR)

    page = text_of(client_of(leader).get(reverse(URL), {"year": 2026}))

    assert "phiếu đã nhập có 0 hộ nghèo" in page.replace("\u00a0", " ")
    assert "chưa có số liệu chính thức" in page
