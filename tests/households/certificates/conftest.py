"""A review of two villages that was recognised: three households of the lists, one that is not."""

from datetime import date

import pytest

from households.campaign.recognition.services.recognising import recognise_results
from households.campaign.recognition.services.submission import submit_results
from povertyplan.core import clock
from tests.factories.core import VillageFactory
from tests.factories.households import CampaignFactory
from tests.households.campaigns import NEAR_POOR, NOT_POOR, entered, finish
from tests.households.procedures import TODAY

DECIDED_ON = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _today():
    with clock.set_to(TODAY):
        yield


@pytest.fixture
def second_village(ward):
    return VillageFactory(parent=ward, name="Tổ dân phố 2", order=9_000)


@pytest.fixture
def campaign(ward, village, second_village, coordinator):
    campaign = CampaignFactory(ward=ward)
    entered(campaign, village, by=coordinator, head="Y Đức")
    entered(campaign, village, by=coordinator, head="A Bình", said=NEAR_POOR)
    entered(campaign, village, by=coordinator, head="Y Thoát", said=NOT_POOR)
    entered(campaign, second_village, by=coordinator, head="Y Hai")
    for each in (village, second_village):
        finish(campaign, each, by=coordinator)
    return campaign


@pytest.fixture
def recognise(campaign, coordinator, leader):
    """Submit and recognise the review by a decision of that number."""

    def decide(number="300"):
        campaign.refresh_from_db()
        sent = submit_results(campaign=campaign, version=campaign.version, by=coordinator)
        return recognise_results(
            campaign=sent, number=number, decided_on=DECIDED_ON, version=sent.version, by=leader
        )

    return decide


@pytest.fixture
def decision(recognise):
    return recognise()
