"""Who reviews a village: given to somebody who may enter its forms, until it is finished."""

import pytest
from django.core.exceptions import ValidationError

from households.campaign.opening.selectors import reviewers_for, reviewers_in
from households.campaign.opening.services import assign_reviewer
from povertyplan.core.choices import Role
from povertyplan.core.models import AuditEvent
from povertyplan.core.platform.versions import StaleVersion
from tests.factories.core import VillageFactory, user_with
from tests.factories.households import CampaignFactory
from tests.households.campaigns import entered, finish, pending_review, village_of
from tests.pages import NO_RIGHT, heading_of, nothing_written


@pytest.fixture
def row(ward, village):
    campaign = CampaignFactory(ward=ward)
    pending_review(campaign, village)
    return village_of(campaign, village)


def address(row):
    return f"/reviews/{row.campaign_id}/villages/{row.village_id}/reviewer/"


def test_reviewers_of_a_village_hold_a_grant_for_it_or_its_ward(
    ward, village, coordinator, village_head, leader, stranger
):
    elsewhere = user_with(Role.ENTRY_OFFICER, VillageFactory(parent=ward))

    assert set(reviewers_for(village)) == {coordinator, village_head}
    assert set(reviewers_in(ward)) == {coordinator, village_head, elsewhere}


def test_village_is_given_to_another_reviewer(row, coordinator, village_head):
    assign_reviewer(campaign_village=row, reviewer=village_head, version=1, by=coordinator)

    assert village_of(row.campaign, row.village).reviewer == village_head
    event = AuditEvent.objects.get(act="assign_reviewer")
    assert f"cho {village_head}, trước đó chưa ai" in event.summary


def test_village_is_given_to_nobody(row, coordinator):
    given = assign_reviewer(campaign_village=row, reviewer=coordinator, version=1, by=coordinator)

    assign_reviewer(campaign_village=row, reviewer=None, version=given.version, by=coordinator)

    assert village_of(row.campaign, row.village).reviewer is None


@pytest.mark.parametrize("who", ["leader", "stranger"])
def test_somebody_who_may_not_enter_its_forms_is_refused(row, coordinator, who, request):
    with pytest.raises(ValidationError, match="không được giao nhập phiếu"):
        assign_reviewer(
            campaign_village=row, reviewer=request.getfixturevalue(who), version=1, by=coordinator
        )

    assert village_of(row.campaign, row.village).reviewer is None


def test_stale_version_is_refused(row, coordinator, village_head):
    assign_reviewer(campaign_village=row, reviewer=village_head, version=1, by=coordinator)

    with pytest.raises(StaleVersion):
        assign_reviewer(campaign_village=row, reviewer=None, version=1, by=coordinator)

    assert village_of(row.campaign, row.village).reviewer == village_head


def test_finished_village_keeps_its_reviewer(client_of, ward, village, coordinator, village_head):
    campaign = CampaignFactory(ward=ward)
    entered(campaign, village, by=coordinator)
    row = finish(campaign, village, by=coordinator)
    client = client_of(coordinator)

    page = client.get(address(row)).content.decode()
    answer = client.post(address(row), {"version": row.version, "reviewer": village_head.pk})

    assert "đã hoàn thành rà soát" in page
    assert "Lưu phân công" not in page
    assert answer.status_code == 422
    assert village_of(campaign, village).reviewer is None


def test_the_page_offers_reviewers_and_gives_the_village(
    client_of, row, coordinator, village_head, leader
):
    client = client_of(coordinator)
    page = client.get(address(row)).content.decode()
    assert str(village_head) in page
    assert f'value="{leader.pk}"' not in page

    answer = client.post(
        address(row), {"version": "1", "reviewer": village_head.pk}, follow=True
    ).content.decode()

    assert "Đã phân công rà soát viên" in answer
    assert str(village_head) in answer


@pytest.mark.parametrize("role", ["village_head", "leader", "observer", "reporter"])
def test_the_page_is_the_coordinators(client_of, row, role, request):
    client = client_of(request.getfixturevalue(role))

    assert heading_of(client.get(address(row))) == NO_RIGHT
    with nothing_written():
        assert heading_of(client.post(address(row), {"version": "1"})) == NO_RIGHT
