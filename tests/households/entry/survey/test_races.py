"""Two people at the same moment, on two connections: nothing is lost and nothing slips in."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from households.entry.survey.services.reviews import record_review
from households.models import CampaignVillage, Review
from povertyplan.core.models import AuditEvent
from tests.factories.households import CampaignFactory
from tests.households.campaigns import NEAR_POOR, POOR, finish, pending_review

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts) -> list[str]:
    """What came of acts started together: "saved", or the name of the error."""
    outcomes = [""] * len(acts)
    start = Barrier(len(acts))

    def run(place, act):
        start.wait()
        try:
            act()
            outcomes[place] = "saved"
        except Exception as error:
            outcomes[place] = type(error).__name__
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return outcomes


def test_record_review_by_two_at_once_lets_one_win(ward, village, coordinator, village_head):
    review = pending_review(CampaignFactory(ward=ward), village)

    outcomes = at_once(
        lambda: record_review(review=review, answers=POOR, version=1, by=coordinator),
        lambda: record_review(review=review, answers=NEAR_POOR, version=1, by=village_head),
    )

    assert sorted(outcomes) == ["StaleVersion", "saved"]
    assert Review.objects.get().version == 2
    assert AuditEvent.objects.filter(act="record_review").count() == 1


def test_record_review_sent_four_times_at_once_is_one_save(ward, village, village_head):
    review = pending_review(CampaignFactory(ward=ward), village)

    outcomes = at_once(
        *[lambda: record_review(review=review, answers=POOR, version=1, by=village_head)] * 4
    )

    assert outcomes == ["saved"] * 4
    assert Review.objects.get().version == 2
    assert AuditEvent.objects.filter(act="record_review").count() == 1


def test_a_form_cannot_slip_into_a_village_being_finished(ward, village, coordinator, village_head):
    campaign = CampaignFactory(ward=ward)
    review = pending_review(campaign, village)
    record_review(review=review, answers=NEAR_POOR, version=1, by=village_head)

    finished, saved = at_once(
        lambda: finish(campaign, village, by=coordinator),
        lambda: record_review(review=review, answers=POOR, version=2, by=village_head),
    )

    row, form = CampaignVillage.objects.get(), Review.objects.get()
    assert finished == "saved"
    assert form.updated_at < row.finished_at
    assert form.version == (3 if saved == "saved" else 2)
