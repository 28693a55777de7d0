"""What would reach a target: distances, promised supports, the files; it changes no class."""

from datetime import date

import pytest
from django.urls import reverse

from households.choices import ReviewState
from households.ledger.selectors.exits import exit_candidates
from households.models import HouseholdStatus
from projects.choices import SupportState
from projects.models import Support, WardProject
from reports.reaching.presenters import describe_outlook, rows_of
from reports.reaching.selectors import reaching_plan
from tests.factories.households import (
    CampaignFactory,
    HouseholdFactory,
    NeedKindFactory,
    ReviewFactory,
    StatusFactory,
)
from tests.factories.projects import (
    ActivityFactory,
    IndicatorFactory,
    ProjectUnitFactory,
    SupportFactory,
    SupportKindFactory,
    TargetFactory,
    WardProjectFactory,
)
from tests.pages import text_of
from tests.reports.histories import NEAR_POOR, POOR, TODAY, recognised

PAGE, FILE = reverse("reports:reaching"), reverse("reports:reaching_file")


@pytest.fixture
def poor(ward, village):
    """Three poor households: lacking three, five indicators, and one without a form."""
    campaign = recognised(ward, 2025, (village, POOR, [1, 5, 9]), (village, POOR, [1, 2, 3, 4, 5]))
    reviewed = [review.household for review in campaign.reviews.order_by("pk")]
    found = [*reviewed, HouseholdFactory(village=village)]
    for household in found:
        StatusFactory(household=household, starts_on=date(2025, 12, 15))
    indicator = IndicatorFactory(ward=ward, query="poor_households")
    TargetFactory(indicator=indicator, year=2026, operator="level", low=1)
    return found, campaign


@pytest.fixture
def housing(ward, poor):
    """A kind of support that removes indicator 9, of a project that a unit leads."""
    _found, campaign = poor
    lacking = campaign.standard.indicators.get(number=9)
    need = NeedKindFactory()
    need.indicators.add(lacking)
    kind = SupportKindFactory(name="Hỗ trợ nhà ở")
    kind.needs.add(need)
    project = WardProjectFactory(ward=ward)
    kind.projects.add(project.project)
    ProjectUnitFactory(ward_project=project)
    return kind


def plan_of(ward, reader):
    return reaching_plan(ward=ward, poverty_class=POOR, reader=reader, today=TODAY)


def test_the_nearest_come_first_and_the_unknown_last(ward, poor):
    households, _campaign = poor

    assert [each.pk for each in exit_candidates(ward=ward, on=TODAY)] == [
        each.pk for each in households
    ]


def test_it_says_how_many_are_short_of_the_target(ward, poor, housing, coordinator):
    households, _campaign = poor
    outlook = plan_of(ward, coordinator).outlook
    assert (outlook.households, outlook.to_leave, outlook.leaving, outlook.short) == (3, 2, 0, 2)

    SupportFactory(
        household=households[0], kind=housing, state=SupportState.PROMISED,
        promised_on=date(2026, 3, 1), delivered_on=None,
    )  # fmt: skip
    plan = plan_of(ward, coordinator)

    assert (plan.outlook.leaving, plan.outlook.short) == (1, 1)
    assert [line.leaves for line in plan.lines] == [True, False, False]
    assert plan.units == tuple({name for line in plan.lines for name in line.units})


def test_each_act_has_its_own_due_and_unknown_stays_unknown(ward, poor, housing, coordinator):
    (line, *_others) = rows_of(plan_of(ward, coordinator).lines)
    assert "chưa rõ hạn" in " ".join(line.blocking)

    project = WardProject.objects.get()
    for day in (date(2026, 10, 1), date(2026, 11, 30)):
        ActivityFactory(ward_project=project, year=2026, due_on=day)
    ActivityFactory(ward_project=project, year=2026, due_on=date(2026, 12, 20),
                    done_on=date(2026, 12, 1))  # fmt: skip
    (line, *_others) = rows_of(plan_of(ward, coordinator).lines)

    assert "hạn 30/11/2026" in " ".join(line.blocking)


def test_it_says_what_all_named_acts_come_to(ward, poor, housing, coordinator):
    plan = plan_of(ward, coordinator)

    # Of three households one lacks three indicators, and one of these has an act.
    assert [each.could_leave for each in plan.lines] == [True, False, False]
    assert (plan.outlook.leaving, plan.outlook.short, plan.outlook.short_of_all) == (0, 2, 1)
    told = " ".join(describe_outlook(plan.outlook, 2026))
    assert "Nếu làm hết các việc ghi dưới đây, kể cả hỗ trợ chưa duyệt, 1 hộ" in told
    assert "còn thiếu 1 hộ" in told


def test_a_kind_that_no_project_gives_is_no_act(ward, poor, housing, coordinator):
    housing.projects.clear()

    assert plan_of(ward, coordinator).outlook.could_leave == 0


def test_a_form_that_waits_to_be_recognised_counts_for_the_time_being(ward, poor, coordinator):
    households, campaign = poor
    running = CampaignFactory(ward=ward, year=2026, standard=campaign.standard)
    ReviewFactory(
        campaign=running,
        household=households[1],
        state=ReviewState.DONE,
        income_score=100,
        deprivation_score=20,
        computed_class=NEAR_POOR,
        recorded_class=NEAR_POOR,
        deprived_01=True,
        deprived_02=True,
    )

    plan = plan_of(ward, coordinator)

    assert (plan.outlook.meeting, plan.outlook.leaving, plan.outlook.short) == (1, 0, 1)
    row = rows_of(plan.lines)[0]
    assert (row.household, row.distance) == (households[1].pk, "Đã đủ điều kiện ra")
    assert "1 hộ đã đủ điều kiện ra" in " ".join(describe_outlook(plan.outlook, 2026))


def test_a_support_that_is_over_or_for_others_removes_nothing(ward, poor, housing, coordinator):
    (over, others) = (SupportKindFactory(valid_to=date(2025, 12, 31)), SupportKindFactory())
    type(others).objects.filter(pk=others.pk).update(for_poor=False, for_near_poor=True)
    for kind in (over, others):
        kind.needs.set(housing.needs.all())

    named = {
        remedy.kind
        for line in plan_of(ward, coordinator).lines
        for each in line.blocking
        for remedy in each.remedies
    }

    assert named == {housing}


def test_the_page_names_what_removes_a_deprivation_and_who_gives_it(
    ward, poor, housing, coordinator, client_of
):
    classes = list(HouseholdStatus.objects.values_list("pk", "poverty_class"))
    page = client_of(coordinator).get(PAGE)

    shown = text_of(page)
    assert "cần thêm 2 hộ ra khỏi danh sách hộ nghèo" in shown
    assert "bỏ 1 thiếu hụt, hoặc thiếu" in shown
    assert "Hỗ trợ nhà ở (" in shown
    assert "Chưa có phiếu rà soát" in shown
    unit = plan_of(ward, coordinator).units[0]
    narrowed = client_of(coordinator).get(PAGE, {"unit": unit})
    assert len(narrowed.context["rows"]) == 1
    assert list(HouseholdStatus.objects.values_list("pk", "poverty_class")) == classes


def test_the_list_leaves_as_a_file_with_its_purpose(ward, poor, coordinator, client_of):
    client = client_of(coordinator)

    assert client.post(FILE, {"format": "xlsx"}).status_code == 422
    saved = client.post(FILE, {"format": "xlsx", "purpose": "report"})
    assert saved.status_code == 200
    assert saved["Content-Disposition"].endswith('.xlsx"')


def test_a_year_without_a_target_says_so(ward, coordinator, client_of):
    assert "chưa biết cần bao nhiêu hộ" in text_of(client_of(coordinator).get(PAGE))


@pytest.mark.parametrize("more", [0, 2])
def test_the_queries_do_not_grow(
    ward, village, poor, coordinator, django_assert_max_num_queries, more
):
    for _ in range(more):
        StatusFactory(household=HouseholdFactory(village=village), starts_on=date(2025, 12, 15))
    with django_assert_max_num_queries(30):
        plan_of(ward, coordinator)
    assert Support.objects.count() == 0
