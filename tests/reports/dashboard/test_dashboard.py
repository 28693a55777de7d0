"""The dashboard: the same figures as the ledger, in sentences, for who may see them."""

from datetime import date

import pytest
from django.http import QueryDict
from django.urls import reverse

from households.choices import CampaignStage
from households.directory.filters import HouseholdFilterForm
from households.directory.selectors.search import find_households
from households.field_access import Field
from households.ledger.selectors.classes import ClassCounts
from households.models import CampaignVillage, Household
from households.register.services.village_splitting import VillagePart, split_village
from households.register.services.villages import merge_villages
from povertyplan.core import clock
from povertyplan.core.choices import Role
from povertyplan.core.models import Area
from projects.models import Target
from projects.targets.services.targets import revise_target
from reports.dashboard.board import build_dashboard
from reports.figures import words
from tests.factories.core import UserFactory, VillageFactory, user_with
from tests.factories.projects import IndicatorFactory, TargetFactory
from tests.pages import NO_RIGHT, NOT_FOUND, heading_of, nothing_written
from tests.reports.histories import NEAR_POOR, POOR, TODAY, recognised, spells, ward_with_results

URL = "reports:dashboard"


def board_of(ward, viewer, year=2026):
    return build_dashboard(ward=ward, year=year, today=TODAY, viewer=viewer)


@pytest.fixture
def campaign(ward):
    return ward_with_results(ward)


def test_dashboard_headline_compares_the_latest_result_with_its_target(ward, campaign, leader):
    board = board_of(ward, leader)

    assert board.headline == (
        "Còn 2\u00a0hộ nghèo (0,13%), chưa đạt chỉ tiêu năm 2025 (1\u00a0hộ), nhiều hơn 1\u00a0hộ."
    )
    assert (board.data_year, board.is_of_earlier_year) == (2025, True)
    assert (
        board.source
        == "Số liệu ngày 31/12/2025; kết quả rà soát công nhận theo Quyết định số 2025/QĐ-UBND."
    )


@pytest.mark.parametrize(
    ("target", "ending"),
    [
        (2, ", đạt chỉ tiêu năm 2025 (2\u00a0hộ)."),
        (3, ", đạt chỉ tiêu năm 2025 (3\u00a0hộ), ít hơn 1\u00a0hộ."),
        (0, ", chưa đạt chỉ tiêu năm 2025 (0\u00a0hộ), nhiều hơn 2\u00a0hộ."),
    ],
)
def test_dashboard_headline_says_how_the_target_stands(ward, campaign, leader, target, ending):
    promised = Target.objects.get(indicator__query="poor_households", year=2025)
    revise_target(target=promised, promise={"low": target}, reason="Tỉnh giao lại.", by=leader)

    assert board_of(ward, leader).headline.endswith(ending)


@pytest.mark.parametrize(
    ("poor", "near_poor", "expected"),
    [
        (2, 1, "Còn 2\u00a0hộ nghèo và 1\u00a0hộ cận nghèo cuối năm 2025."),
        (2, 0, "Còn 2\u00a0hộ nghèo, không còn hộ cận nghèo cuối năm 2025."),
        (0, 4, "Không còn hộ nghèo, còn 4\u00a0hộ cận nghèo cuối năm 2025."),
        (0, 0, "Không còn hộ nghèo, hộ cận nghèo cuối năm 2025."),
    ],
)
def test_headline_without_a_target_never_denies_the_other_list(poor, near_poor, expected):
    counts = ClassCounts(poor=poor, near_poor=near_poor)

    assert words.headline(counts, None, 2025) == expected


def test_dashboard_without_targets_states_both_counts(ward, campaign, leader):
    Target.objects.all().delete()

    board = board_of(ward, leader)

    assert board.headline == "Còn 2\u00a0hộ nghèo (0,13%) và 1\u00a0hộ cận nghèo cuối năm 2025."
    assert board.bullets == ()


def test_dashboard_of_an_earlier_year_shows_that_year(ward, campaign, leader):
    board = board_of(ward, leader, year=2024)

    assert (board.data_year, board.on) == (2024, date(2024, 12, 31))
    assert [tile.value for tile in board.tiles] == ["3", "1", "0"]


def test_dashboard_of_a_ward_without_results_is_empty_and_says_so(ward, leader, client_of):
    page = client_of(leader).get(reverse(URL)).content.decode()

    assert "Chưa có kết quả rà soát nào được công nhận" in page


def test_dashboard_tiles_open_their_lists(ward, campaign, leader):
    poor, near_poor, escaped = board_of(ward, leader).tiles

    assert (poor.value, near_poor.value, escaped.value) == ("2", "1", "1")
    assert poor.note == "0,13% · chỉ tiêu còn 01\u00a0hộ · chưa đạt, còn cao hơn chỉ tiêu 1\u00a0hộ"
    assert poor.url == "/households/?on=2025-12-31&class=poor"
    assert escaped.url == "/households/?on=2025-12-31&window=1"


def test_dashboard_road_map_joins_actuals_and_plan(ward, campaign, leader):
    poor, _ = board_of(ward, leader).roadmaps

    points = [(point.year, point.actual, point.planned) for point in poor.chart.points]
    assert points == [(2024, 3, None), (2025, 2, 1), (2026, None, 0)]
    assert poor.chart.title == "Hộ nghèo cuối năm 2025: 2, kế hoạch 1"
    assert [(row.planned, row.actual) for row in poor.rows] == [("–", "3"), ("1", "2"), ("0", "–")]


def test_dashboard_villages_come_with_the_worst_first(ward, campaign, leader):
    lines = board_of(ward, leader).villages

    rows = [
        (line.village.name, line.now.poor, line.poor_change, line.now.near_poor, line.progress.done)
        for line in lines
    ]
    assert rows == [
        ("Tổ dân phố B", 1, "giảm 1", 1, 0),
        ("Tổ dân phố A", 1, "không đổi", 0, 1),
    ]
    assert f"village={lines[0].village.pk}" in lines[0].poor_url


def test_dashboard_figures_are_the_sums_of_its_villages(ward, campaign, leader):
    board = board_of(ward, leader)

    assert sum(line.now.poor for line in board.villages) == int(board.tiles[0].value)
    assert sum(line.now.near_poor for line in board.villages) == int(board.tiles[1].value)


def test_dashboard_moves_with_one_household_only_where_it_should(ward, campaign, leader):
    before = board_of(ward, leader)
    spells(Area.objects.get(name="Tổ dân phố A"), (NEAR_POOR, date(2025, 12, 15)))

    after = board_of(ward, leader)

    assert [tile.value for tile in before.tiles] == ["2", "1", "1"]
    assert [tile.value for tile in after.tiles] == ["2", "2", "1"]
    assert after.headline == before.headline


@pytest.mark.parametrize("count", [1, 3])
def test_dashboard_query_count_does_not_grow_with_villages(
    ward, campaign, leader, count, django_assert_num_queries
):
    for _ in range(count):
        village = VillageFactory(parent=ward)
        spells(village, (POOR, date(2023, 12, 15)))
    for query in ("", "not_deprived_percent 9"):
        TargetFactory(indicator=IndicatorFactory(ward=ward, query=query))
    assert leader.grants_today

    with django_assert_num_queries(25):
        board = board_of(ward, leader)

    assert len(board.villages) == 2 + count


def test_village_head_sees_the_own_village_only(ward, campaign, client_of):
    village = Area.objects.get(name="Tổ dân phố A")
    head = user_with(Role.ENTRY_OFFICER, village)

    board = board_of(ward, head)
    page = client_of(head).get(reverse(URL)).content.decode()

    assert (
        board.headline == "Tổ dân phố A: còn 1\u00a0hộ nghèo, không còn hộ cận nghèo cuối năm 2025."
    )
    assert [line.village.name for line in board.villages] == ["Tổ dân phố A"]
    assert [tile.value for tile in board.tiles] == ["1", "0", "0"]
    assert board.review.total.total == 1
    assert "Tổ dân phố B" not in page


def test_merged_village_shows_what_its_villages_had(ward, campaign, leader, coordinator):
    old = list(Area.objects.villages_of(ward))
    CampaignVillage.objects.all().delete()
    merge_villages(
        ward=ward, villages=old, name="Tổ dân phố C", setting="urban", on=TODAY, by=coordinator
    )

    [line] = board_of(ward, leader).villages

    assert (line.village.name, line.now.poor, line.before.poor) == ("Tổ dân phố C", 2, 3)
    form = HouseholdFilterForm(
        QueryDict(line.poor_url.split("?")[1]), user=leader, fields=frozenset(Field)
    )
    visible = Household.objects.visible_to(leader)
    assert len(find_households(visible, form.query(), frozenset(Field))) == 2


def test_parts_of_a_split_village_had_nothing_that_is_known(ward, campaign, leader, coordinator):
    CampaignVillage.objects.all().delete()
    village = Area.objects.villages_of(ward).earliest("pk")
    parts = [VillagePart(name, "urban") for name in ("Tổ dân phố C", "Tổ dân phố D")]
    split_village(
        village=village,
        first=parts[0],
        second=parts[1],
        moving=[],
        on=TODAY,
        reason="Nghị quyết số 7",
        version=village.version,
        by=coordinator,
    )

    lines = {line.village.name: (line.now, line.before) for line in board_of(ward, leader).villages}

    assert lines["Tổ dân phố C"] == lines["Tổ dân phố D"] == (None, None)
    assert lines["Tổ dân phố B"][0].poor == 1


def test_administrator_sees_figures_but_no_link_to_households(campaign, administrator, client_of):
    page = client_of(administrator).get(reverse(URL)).content.decode()

    assert "Hộ mới thoát nghèo" in page
    assert "/households/?on" not in page


@pytest.mark.parametrize("role", [Role.LEADER, Role.COORDINATOR])
def test_submitted_results_wait_for_the_leader_only(ward, campaign, role):
    submitted(campaign)

    review = board_of(ward, user_with(role, ward)).review

    assert review.needs_approval is (role == Role.LEADER)
    view = "campaign_recognise" if role == Role.LEADER else "campaign_overview"
    assert review.url == reverse(f"households:{view}", args=[campaign.pk])


def submitted(campaign):
    campaign.stage = CampaignStage.SUBMITTED
    campaign.submitted_by = UserFactory()
    campaign.submitted_at = clock.now()
    campaign.save()


def test_dashboard_page_says_who_waits(campaign, leader, client_of):
    submitted(campaign)

    page = client_of(leader).get(reverse(URL)).content.decode()

    assert "Chờ tôi duyệt (1)" in page


def test_dashboard_of_another_ward_shows_nothing_of_this_one(campaign, stranger, client_of):
    page = client_of(stranger).get(reverse(URL)).content.decode()

    assert "Tổ dân phố A" not in page
    assert "Chưa có kết quả rà soát nào" in page


@pytest.mark.parametrize("year", ["abc", "-1", "1e3"])
def test_dashboard_with_a_bad_year_is_not_found(leader, client_of, year):
    assert heading_of(client_of(leader).get(reverse(URL), {"year": year})) == NOT_FOUND


def test_dashboard_refuses_to_be_posted_to(leader, client_of):
    with nothing_written():
        assert heading_of(client_of(leader).post(reverse(URL))) == NO_RIGHT


def test_dimension_board_counts_by_indicator_beside_last_year(ward, village, leader, client_of):
    recognised(ward, 2024, (village, POOR, [9]), (village, POOR, [9]))
    recognised(ward, 2025, (village, POOR, [9]), (village, NEAR_POOR, [9, 10]), (village, POOR, []))

    page = client_of(leader).get(reverse("reports:dimension_board")).content.decode()

    assert "Thiếu hụt nhiều nhất năm 2025: Nguồn nước sinh hoạt (2 hộ)" in page
    assert "3 hộ nghèo, hộ cận nghèo đã rà soát năm 2025" in page
    assert "/households/?deprived=9&amp;year=2025" in page
    assert "66,7%" in page
    assert "100,0%" in page


def test_dimension_board_is_closed_to_village_heads(village_head, client_of):
    assert heading_of(client_of(village_head).get(reverse("reports:dimension_board"))) == NO_RIGHT


def test_dashboard_before_the_road_map_says_when_it_begins(ward, campaign, leader):
    spells(VillageFactory(parent=ward), (POOR, date(2021, 1, 1)))
    recognised(ward, 2022)

    poor, _ = board_of(ward, leader, year=2022).roadmaps

    assert poor.chart.title == "Hộ nghèo: lộ trình bắt đầu từ năm 2024"


def test_dashboard_tells_how_many_targets_it_leaves_out(ward, campaign, leader, client_of):
    page = client_of(leader).get(reverse(URL)).content.decode()

    assert f"{board_of(ward, leader).target_count} chỉ tiêu</a>" in page
    assert "đang hiển thị 2025" in page


def test_dashboard_names_the_households_outside_the_open_review(ward, campaign, leader, client_of):
    spells(Area.objects.get(name="Tổ dân phố B"), (POOR, date(2026, 10, 12)))

    page = client_of(leader).get(reverse(URL)).content.decode()

    # The households of the list have no form in this invented review either.
    assert "hộ chưa có trong đợt rà soát" in page
    assert Household.objects.latest("pk").code in page
