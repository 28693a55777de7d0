"""Approving and editing cannot cross: what was approved is what was there."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from households.campaign.procedure.services.taking_back import reopen_village
from households.campaign.recognition.services.recognising import recognise_results
from households.campaign.recognition.services.submission import submit_results
from households.choices import CampaignStage
from households.entry.survey.services.reviews import record_review
from households.models import Decision, HouseholdStatus, RecognisedVersion
from povertyplan.core import clock
from tests.concurrency.crowd import together
from tests.factories.households import CampaignFactory
from tests.households.campaigns import NOT_POOR, POOR, entered, finish, village_of

pytestmark = pytest.mark.django_db(transaction=True)

FEW = pytest.param(10, id="10 rounds")
MANY = pytest.param(200, marks=pytest.mark.long, id="200 rounds")


@pytest.mark.parametrize("rounds", [FEW, MANY])
def test_what_is_approved_is_what_was_entered(ward, village, coordinator, leader, rounds):
    approved = edited = 0
    for number in range(rounds):
        campaign = CampaignFactory(ward=ward, kind="regular")
        review = entered(campaign, village, by=coordinator, said=POOR)
        finish(campaign, village, by=coordinator)

        def approve(campaign=campaign, number=number):
            sent = submit_results(campaign=campaign, version=1, by=coordinator)
            recognise_results(
                campaign=sent,
                number=f"{number}/QĐ-UBND",
                decided_on=clock.today(),
                version=sent.version,
                by=leader,
            )

        def edit(campaign=campaign, review=review):
            row = village_of(campaign, village)
            reopen_village(
                campaign_village=row, version=row.version, reason="Sửa phiếu", by=coordinator
            )
            record_review(review=review, answers=NOT_POOR, version=review.version, by=coordinator)

        together([lambda act=approve: _tried(act), lambda act=edit: _tried(act)])

        campaign.refresh_from_db()
        review.refresh_from_db()
        if campaign.stage == CampaignStage.RECOGNISED:
            approved += 1
            _stored_as_entered(campaign, review)
        else:
            edited += 1
            assert campaign.decision is None
            assert not HouseholdStatus.objects.filter(decision__campaign=campaign).exists()
    print(  # noqa: T201
        f"\napprove against edit on {connection.vendor}: {rounds} rounds, {approved} approved, "
        f"{edited} edited first"
    )
    assert approved + edited == rounds


def _tried(act):
    try:
        return act()
    except ValidationError as refused:
        return refused


def _stored_as_entered(campaign, review):
    version = RecognisedVersion.objects.get(campaign=campaign)
    assert version.is_intact
    assert [line["class_after"] for line in version.content] == [review.recorded_class]
    assert [line["income_score"] for line in version.content] == [review.income_score]
    spell = HouseholdStatus.objects.get(decision__campaign=campaign)
    assert spell.poverty_class == review.recorded_class
    assert Decision.objects.filter(campaign=campaign).count() == 1
