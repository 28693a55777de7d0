"""Who submits does not approve: not by a second role, not in the database."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from households.models import Decision
from povertyplan.core.choices import Role
from tests.factories.core import GrantFactory
from tests.households.campaigns import DECIDED_ON, submitted_campaign


def recognise(client, campaign):
    campaign.refresh_from_db()
    address = reverse("households:campaign_recognise", args=[campaign.pk])
    return client.post(
        address,
        {
            "version": campaign.version,
            "number": "300/QĐ-UBND",
            "decided_on": "19/11/2026",
            "signer_title": "Chủ tịch",
            "signer_name": "Y Ký",
        },
    )


@pytest.mark.parametrize("change", ["second role", "new role"])
def test_who_submitted_does_not_approve_after_a_change_of_role(
    client_of, ward, village, coordinator, change
):
    campaign = submitted_campaign(ward, village, by=coordinator)
    if change == "second role":
        GrantFactory(user=coordinator, role=Role.LEADER, area=ward)
    else:
        coordinator.grants.update(role=Role.LEADER)

    assert recognise(client_of(coordinator), campaign).status_code == 422
    assert not Decision.objects.exists()


def test_another_leader_approves(client_of, ward, village, coordinator, leader):
    campaign = submitted_campaign(ward, village, by=coordinator)

    assert recognise(client_of(leader), campaign).status_code == 302
    assert Decision.objects.get().approved_by == leader


def test_the_database_refuses_one_person_for_both(ward, village, coordinator):
    campaign = submitted_campaign(ward, village, by=coordinator)

    with pytest.raises(IntegrityError), transaction.atomic():
        Decision.objects.create(
            ward=ward,
            campaign=campaign,
            number="1/QĐ-UBND",
            year=DECIDED_ON.year,
            decided_on=DECIDED_ON,
            effective_from=DECIDED_ON,
            prepared_by=coordinator,
            approved_by=coordinator,
        )
