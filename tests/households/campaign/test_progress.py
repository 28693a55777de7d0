"""Progress of villages and campaigns, deprivations, outcome and work lists."""

from datetime import date

import pytest

from households.campaign.progress import add_up, campaign_progress, campaigns_with_progress
from households.campaign.recognition.selectors.outcomes import campaign_outcome, planned_changes
from households.campaign.recognition.services.recognising import recognise_results
from households.choices import MovementCause, PovertyClass
from households.entry.survey.selectors.reviews import (
    earlier_review,
    head_name,
    next_pending,
    work_list,
)
from households.entry.survey.services.reviews import record_review
from households.ledger.selectors.deprivations import deprivation_totals
from households.ledger.selectors.standards import indicators_by_dimension, standard_rules
from households.locks import campaign_lock
from households.models import Membership
from households.rules.classification import IndicatorRule
from povertyplan.core.choices import Setting
from tests.factories.core import VillageFactory
from tests.factories.households import (
    CampaignFactory,
    CampaignVillageFactory,
    DecisionFactory,
    ReviewFactory,
    StandardFactory,
    StatusFactory,
)
from tests.households.campaigns import (
    DECIDED_ON,
    NEAR_POOR,
    NOT_POOR,
    POOR,
    entered,
    finish,
    pending_review,
    submitted_campaign,
)

CLOSED = {"closed_on": date(2026, 10, 1), "closing_reason": "moved_out"}


def test_standard_rules_carry_lines_and_indicators(db):
    rules = standard_rules(StandardFactory())

    assert (rules.score_line(Setting.RURAL), rules.score_line(Setting.URBAN)) == (140, 175)
    assert len(rules.indicators) == 12
    assert rules.indicators[4] == IndicatorRule(
        number=5, name="Trình độ giáo dục của người lớn", dimension="education", points=10
    )


def test_indicators_by_dimension_are_six_groups_of_two(db):
    groups = indicators_by_dimension(StandardFactory())

    assert [(label.label, [one.number for one in members]) for label, members in groups] == [
        ("Việc làm", [1, 2]),
        ("Y tế", [3, 4]),
        ("Giáo dục", [5, 6]),
        ("Nhà ở", [7, 8]),
        ("Nước sinh hoạt và vệ sinh", [9, 10]),
        ("Thông tin", [11, 12]),
    ]


def test_campaign_progress_counts_each_village(ward, coordinator):
    first, second, empty = (VillageFactory(parent=ward, order=place) for place in (1, 2, 3))
    campaign = CampaignFactory(ward=ward)
    entered(campaign, first, by=coordinator)
    pending_review(campaign, first)
    entered(campaign, second, by=coordinator)
    finish(campaign, second, by=coordinator)
    CampaignVillageFactory(campaign=campaign, village=empty)
    entered(CampaignFactory(ward=ward, kind="regular"), first, by=coordinator)

    progress = campaign_progress(campaign)

    assert [(row.village, row.done, row.total, row.is_finished) for row in progress] == [
        (first, 1, 2, False),
        (second, 1, 1, True),
        (empty, 0, 0, False),
    ]
    total = add_up(campaign, progress)
    assert (total.done, total.total, total.pending) == (2, 3, 1)
    assert (total.villages, total.finished_villages) == (3, 1)


def test_campaign_progress_leaves_out_a_closed_household_not_entered(ward, village, coordinator):
    campaign = CampaignFactory(ward=ward)
    pending_review(campaign, village, **CLOSED)
    entered(campaign, village, by=coordinator, **CLOSED)

    (row,) = campaign_progress(campaign)

    assert (row.done, row.total) == (1, 1)
    assert [item.review.is_done for item in work_list(campaign=campaign, village=village)] == [True]


@pytest.mark.parametrize(
    ("on", "is_late"),
    [
        pytest.param(date(2026, 8, 1), False, id="before it opens"),
        pytest.param(date(2026, 9, 5), False, id="four days of ten gone, half done"),
        pytest.param(date(2026, 9, 6), False, id="half gone, half done"),
        pytest.param(date(2026, 9, 7), True, id="six days gone"),
        pytest.param(date(2026, 12, 1), True, id="over"),
    ],
)
def test_campaign_progress_marks_a_late_village(ward, village, coordinator, on, is_late):
    campaign = CampaignFactory(ward=ward, closes_on=date(2026, 9, 10))
    entered(campaign, village, by=coordinator)
    pending_review(campaign, village)

    assert campaign_progress(campaign, on=on)[0].is_late is is_late


def test_a_finished_village_is_never_late(ward, village, coordinator):
    campaign = CampaignFactory(ward=ward)
    entered(campaign, village, by=coordinator)
    finish(campaign, village, by=coordinator)

    assert not campaign_progress(campaign, on=date(2027, 1, 1))[0].is_late


@pytest.mark.parametrize("villages", [1, 3])
def test_campaign_progress_query_count_does_not_grow(ward, villages, django_assert_num_queries):
    campaign = CampaignFactory(ward=ward)
    for _ in range(villages):
        ReviewFactory(campaign=campaign)

    with django_assert_num_queries(2):
        assert len(campaign_progress(campaign)) == villages


def test_campaigns_with_progress_counts_what_the_user_sees(
    ward, village, village_head, coordinator
):
    campaign = CampaignFactory(ward=ward)
    entered(campaign, village, by=coordinator)
    pending_review(campaign, VillageFactory(parent=ward))

    (whole,) = campaigns_with_progress([campaign], user=coordinator)
    (own,) = campaigns_with_progress([campaign], user=village_head)

    assert (whole.done, whole.total, whole.villages) == (1, 2, 2)
    assert (own.done, own.total, own.villages) == (1, 1, 1)


def test_deprivation_totals_take_poor_and_near_poor_forms_only(ward, village, coordinator):
    campaign = CampaignFactory(ward=ward)
    for said in (POOR, POOR, NEAR_POOR, NOT_POOR):
        entered(campaign, village, by=coordinator, said=said)
    pending_review(campaign, village)
    other = CampaignFactory(ward=ward, year=campaign.year - 1)
    entered(other, village, by=coordinator, said=POOR)

    totals = deprivation_totals([campaign])[campaign.pk]

    assert (totals.poor_households, totals.near_poor_households) == (2, 1)
    assert (totals.poor[5], totals.near_poor[5]) == (2, 1)
    assert (totals.poor[1], totals.near_poor[1]) == (2, 0)
    assert (totals.poor[12], totals.near_poor[12]) == (0, 0)


def test_planned_changes_name_class_and_movement(ward, village, coordinator):
    campaign = CampaignFactory(ward=ward)
    entered(campaign, village, by=coordinator, said=NOT_POOR)

    (change,) = planned_changes(campaign)

    assert (change.class_before, change.class_after, change.cause) == (
        PovertyClass.POOR,
        PovertyClass.NOT_POOR,
        MovementCause.ESCAPED_POVERTY,
    )


def test_campaign_outcome_is_the_same_before_and_after_recognition(
    ward, village, coordinator, leader
):
    campaign = submitted_campaign(
        ward, village, by=coordinator, said=[POOR, NEAR_POOR, NOT_POOR, NOT_POOR]
    )

    planned = campaign_outcome(campaign)
    recognise_results(
        campaign=campaign, number="283/QĐ-UBND", decided_on=DECIDED_ON, version=2, by=leader
    )
    campaign.refresh_from_db()

    assert campaign_outcome(campaign) == planned
    assert [(line.label, line.households) for line in planned.by_class] == [
        ("Hộ nghèo", 1),
        ("Hộ cận nghèo", 1),
        ("Hộ có mức sống trung bình", 0),
        ("Hộ không nghèo", 2),
    ]
    assert [(line.value, line.households) for line in planned.by_cause] == [
        (MovementCause.UNCHANGED, 1),
        (MovementCause.ESCAPED_TO_NEAR_POOR, 1),
        (MovementCause.ESCAPED_POVERTY, 2),
    ]


def test_campaign_lock_names_the_decision(ward, village, coordinator, leader):
    campaign = submitted_campaign(ward, village, by=coordinator)
    assert f"({coordinator} trình)" in campaign_lock(campaign)

    recognise_results(
        campaign=campaign, number="283/QĐ-UBND", decided_on=DECIDED_ON, version=2, by=leader
    )
    campaign.refresh_from_db()

    assert campaign_lock(campaign) == (
        "Đợt rà soát đã được công nhận và khóa ngày 18/11/2026 theo Quyết định số 283/QĐ-UBND."
    )


def test_the_class_before_is_not_what_the_campaign_came_to(ward, village, coordinator):
    campaign = CampaignFactory(ward=ward)
    review = entered(campaign, village, by=coordinator, said=NOT_POOR)
    review.household.statuses.update(ends_on=date(2026, 8, 31))
    StatusFactory(
        household=review.household,
        poverty_class=PovertyClass.NOT_POOR,
        starts_on=campaign.opens_on,
        decision=DecisionFactory(ward=ward, campaign=campaign, decided_on=campaign.opens_on),
    )

    (item,) = work_list(campaign=campaign, village=village)

    assert item.household.poverty_class == PovertyClass.POOR


def test_work_list_is_by_given_name_with_earlier_class(ward, village):
    campaign = CampaignFactory(ward=ward)
    for name in ("Nguyễn Văn Ý", "Trần Thị An", "Lê Văn Đức"):
        pending_review(campaign, village, head=name)

    items = work_list(campaign=campaign, village=village)

    assert [item.head_name for item in items] == ["Trần Thị An", "Lê Văn Đức", "Nguyễn Văn Ý"]
    assert {item.earlier_class for item in items} == {"Hộ nghèo"}
    assert {item.household.member_count for item in items} == {1}


def test_a_household_without_head_is_called_by_its_code(ward, village):
    campaign = CampaignFactory(ward=ward)
    pending_review(campaign, village, code="DC-0001")
    Membership.objects.update(left_on=date(2026, 1, 1))

    (item,) = work_list(campaign=campaign, village=village)

    assert head_name(item.household) == "DC-0001"


@pytest.mark.parametrize("households", [1, 3])
def test_work_list_query_count_does_not_grow(ward, village, households, django_assert_num_queries):
    campaign = CampaignFactory(ward=ward)
    for _ in range(households):
        pending_review(campaign, village)

    with django_assert_num_queries(2):
        items = work_list(campaign=campaign, village=village)
        assert [item.head_name for item in items if item.earlier_class]


def test_next_pending_follows_the_list_and_starts_again_at_its_top(ward, village, coordinator):
    campaign = CampaignFactory(ward=ward)
    first, second, third = (
        pending_review(campaign, village, head=name) for name in ("A An", "A Bình", "A Cường")
    )
    entered(campaign, village, by=coordinator, head="A Bảo")

    assert next_pending(first) == second
    assert next_pending(third) == first


def test_next_pending_is_none_when_all_are_entered(ward, village):
    review = pending_review(CampaignFactory(ward=ward), village)

    assert next_pending(review) is None


def test_earlier_review_is_the_latest_entered_form_of_an_earlier_campaign(
    ward, village, coordinator
):
    review = pending_review(CampaignFactory(ward=ward), village)
    oldest, _not_entered = (
        ReviewFactory(campaign=CampaignFactory(ward=ward, year=year), household=review.household)
        for year in (2024, 2025)
    )
    assert earlier_review(review) is None

    record_review(review=oldest, answers=POOR, version=1, by=coordinator)

    assert earlier_review(review) == oldest
    assert earlier_review(oldest) is None
