"""Lines of those who keep accounts and of those who only look."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from households.choices import CampaignStage
from povertyplan.core import clock
from povertyplan.core.choices import Role
from reports.todo.tasks import build_todo
from tests.factories.core import GrantFactory, UnitFactory, UserFactory, WardFactory, user_with
from tests.factories.households import AreaYearFactory, CampaignFactory, CampaignVillageFactory
from tests.factories.projects import IndicatorFactory, TargetFactory
from tests.factories.reports import DocumentFactory
from tests.reports.documents import issue
from tests.reports.histories import TODAY, recognised

SOON = TODAY + timedelta(days=30)


def submit(campaign):
    campaign.stage = CampaignStage.SUBMITTED
    campaign.submitted_by, campaign.submitted_at = UserFactory(), clock.now()
    campaign.save()


def tasks_of(user, today=TODAY):
    groups = build_todo(user=user, today=today)
    return [(group.label, task) for group in groups for task in group.tasks]


@pytest.mark.parametrize(
    ("ends", "is_told"),
    [(TODAY, True), (SOON, True), (SOON + timedelta(days=1), False), (None, False)],
)
def test_roles_that_end_within_thirty_days_are_announced(ward, administrator, ends, is_told):
    grant = GrantFactory(area=ward, role=Role.COORDINATOR, valid_to=ends)

    tasks = [task for _, task in tasks_of(administrator)]

    assert [task.due_on for task in tasks] == [ends] * is_told
    urls = [detail.url for task in tasks for detail in task.details]
    assert urls == [reverse("core:user_detail", args=[grant.user_id])] * is_told


def test_a_role_that_goes_on_or_of_another_ward_is_not_announced(ward, administrator):
    ending = GrantFactory(area=ward, role=Role.COORDINATOR, valid_to=SOON)
    GrantFactory(
        user=ending.user, area=ward, role=Role.COORDINATOR, valid_from=SOON + timedelta(days=1)
    )
    GrantFactory(area=WardFactory(), role=Role.COORDINATOR, valid_to=SOON)
    GrantFactory(area=ward, role=Role.COORDINATOR, valid_to=SOON, user=UserFactory(is_active=False))

    assert tasks_of(administrator) == []


def test_a_unit_that_owes_a_figure_needs_somebody_to_report_it(ward, administrator):
    unit = UnitFactory(ward=ward, name="Phòng Văn hóa")
    TargetFactory(indicator=IndicatorFactory(ward=ward, owner=unit))

    [(_, task)] = tasks_of(administrator)
    GrantFactory(area=ward, role=Role.UNIT_REPORTER, unit=unit)

    assert "Phòng Văn hóa" in task.reason
    assert task.url == reverse("core:user_new")
    assert tasks_of(administrator) == []


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.ADMINISTRATOR])
def test_totals_older_than_the_result_are_asked_for_until_they_are_there(ward, village, role):
    user = user_with(role, ward)
    recognised(ward, 2025)
    assert _about_totals(user) == []
    AreaYearFactory(area=ward, on=date(2024, 12, 31))
    AreaYearFactory(area=village, ward=ward, on=date(2025, 12, 31))

    [(_, task)] = _about_totals(user)
    AreaYearFactory(area=ward, on=date(2025, 12, 31))

    assert task.title == "Cập nhật tổng số hộ dân cư cuối năm 2025 của 1 địa bàn"
    assert ward.name in task.reason
    assert task.url == reverse("households:population_paste")
    assert _about_totals(user) == []


def _about_totals(user):
    return [(label, task) for label, task in tasks_of(user) if "tổng số hộ" in task.title]


def test_observer_watches_the_review_until_it_is_submitted(ward, village, observer):
    campaign = CampaignFactory(ward=ward)
    CampaignVillageFactory(campaign=campaign, village=village)

    [(label, task)] = _but_writing(observer)

    assert (label, task.url) == (
        "Chờ người khác", reverse("households:campaign_overview", args=[campaign.pk])
    )  # fmt: skip
    assert task.due_on == campaign.closes_on
    submit(campaign)
    assert _but_writing(observer) == []


def _but_writing(observer, today=TODAY):
    """The tasks of an observer without the one that is always there."""
    always = reverse("reports:finding_new")
    return [(label, task) for label, task in tasks_of(observer, today) if task.url != always]


@pytest.mark.parametrize(("days", "is_told"), [(0, True), (30, True), (31, False)])
def test_observer_is_told_what_was_issued_lately(ward, observer, days, is_told):
    document = DocumentFactory(ward=ward)
    issue(document)

    tasks = [task for _, task in _but_writing(observer, document.issued_on + timedelta(days=days))]

    assert [task.url for task in tasks] == [f"/plans/{document.pk}/"] * is_told
