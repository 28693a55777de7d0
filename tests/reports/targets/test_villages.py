"""A ward's target shared out among its villages: proposed, checked against the ward, revised."""

from datetime import date

import pytest
from django.urls import reverse

from povertyplan.core.choices import Role
from projects.models import Target
from reports.targets.proposals import village_proposals
from tests.factories.core import VillageFactory, user_with
from tests.factories.households import HouseholdFactory, StatusFactory
from tests.factories.projects import IndicatorFactory, TargetFactory
from tests.pages import NO_RIGHT, heading_of, nothing_written, text_of
from tests.reports.histories import POOR, TODAY, recognised


@pytest.fixture
def target(ward):
    """Three poor households in two villages; the ward is to have one left."""
    first, second = (VillageFactory(parent=ward, order=place) for place in (1, 2))
    campaign = recognised(ward, 2025, (first, POOR, [1, 5, 9]), (second, POOR, [1, 2, 3, 4, 5]))
    for review in campaign.reviews.all():
        StatusFactory(household=review.household, starts_on=date(2025, 12, 15))
    StatusFactory(household=HouseholdFactory(village=second), starts_on=date(2025, 12, 15))
    indicator = IndicatorFactory(ward=ward, query="poor_households", name="Số hộ nghèo")
    return TargetFactory(indicator=indicator, year=2026, operator="level", low=1)


def address(target):
    return reverse("reports:village_targets", args=[target.indicator_id, 2026])


def sent(target, *values, **more):
    villages = village_proposals(target=target, today=TODAY).villages
    pairs = zip(villages, values, strict=True)
    return {f"v{each.village.pk}-left": str(value) for each, value in pairs} | more


def test_the_nearest_households_leave_first(target):
    found = village_proposals(target=target, today=TODAY)

    assert found.ward_left == 1
    assert [(each.households, each.left) for each in found.villages] == [(1, 0), (2, 1)]


def test_the_villages_are_saved_and_the_sum_is_said(target, coordinator, client_of):
    client = client_of(coordinator)

    assert "tổng các thôn dưới đây: 1 hộ" in text_of(client.get(address(target)))
    client.post(address(target), sent(target, 0, 1))

    made = Target.objects.exclude(area=target.ward).order_by("pk")
    assert [(each.operator, each.low) for each in made] == [("none_left", None), ("level", 1)]


def test_a_sum_above_the_ward_takes_a_reason_and_shows_on_the_panel(target, coordinator, client_of):
    client = client_of(coordinator)

    with nothing_written():
        page = client.post(address(target), sent(target, 1, 2))
    assert page.status_code == 422
    assert "Tổng các thôn là 3, cao hơn chỉ tiêu 1" in text_of(page)
    client.post(address(target), sent(target, 1, 2, reason="Chờ rà soát"))
    panel = text_of(client.get(reverse("reports:target_list"), {"year": 2026}))

    assert "tổng chỉ tiêu các thôn là 3, cao hơn chỉ tiêu 1 của phường, xã" in panel


@pytest.mark.parametrize("value", ["-1", "chín", "1,5"])
def test_a_wrong_number_is_named_and_nothing_is_saved(target, coordinator, client_of, value):
    with nothing_written():
        page = client_of(coordinator).post(address(target), sent(target, value, 1))

    assert page.status_code == 422
    assert "Nhập số nguyên từ 0 trở lên" in text_of(page)


def test_a_number_longer_than_any_is_named(target, coordinator, client_of):
    page = client_of(coordinator).post(address(target), sent(target, "9" * 5000, 0))

    assert page.status_code == 422
    assert "tổng các thôn dưới đây: 0 hộ" in text_of(page)


def test_who_only_reads_targets_shares_none_out(target, ward, client_of):
    leader = client_of(user_with(Role.LEADER, ward))

    assert heading_of(leader.get(address(target))) == NO_RIGHT
    assert "Giao cho thôn" not in text_of(leader.get(reverse("reports:target_list")))
