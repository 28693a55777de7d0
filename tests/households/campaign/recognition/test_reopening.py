"""Reopening takes a recognition back, leaves the first version readable, and says why."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from households.campaign.opening.services import open_campaign
from households.campaign.procedure.services.taking_back import reopen_village
from households.campaign.recognition.services.recognising import recognise_results
from households.campaign.recognition.services.reopening import reopen_campaign
from households.campaign.recognition.services.submission import submit_results
from households.choices import CampaignStage, PovertyClass
from households.entry.survey.services.reviews import record_review
from households.ledger.selectors.classes import class_counts
from households.ledger.selectors.transition_tables import movement_tables
from households.models import Decision, HouseholdStatus, RecognisedVersion
from povertyplan.core import clock
from povertyplan.core.models import AuditEvent, PeriodLock
from povertyplan.core.periods.services import lock_period
from povertyplan.core.platform.versions import StaleVersion
from tests.factories.core import VillageFactory
from tests.factories.households import HouseholdFactory, StandardFactory
from tests.households.campaigns import (
    DECIDED_ON,
    NEAR_POOR,
    NOT_POOR,
    POOR,
    finish,
    submitted_campaign,
    village_of,
)
from tests.households.spells import change_status
from tests.pages import NO_RIGHT, heading_of

NUMBER = "283/QĐ-UBND"
REASON = "Đính chính phiếu của một hộ"


@pytest.fixture
def submitted(ward, village, coordinator):
    return submitted_campaign(ward, village, by=coordinator, said=[POOR, NEAR_POOR, NOT_POOR])


def recognise(campaign, leader, number=NUMBER, decided_on=DECIDED_ON):
    campaign.refresh_from_db()
    return recognise_results(
        campaign=campaign,
        number=number,
        decided_on=decided_on,
        version=campaign.version,
        by=leader,
    )


@pytest.fixture
def recognised(submitted, leader):
    recognise(submitted, leader)
    submitted.refresh_from_db()
    return submitted


def reopen(campaign, by, **changes):
    values = {"version": campaign.version, "reason": REASON, **changes}
    return reopen_campaign(campaign=campaign, by=by, **values)


def ledger():
    """The spells as (household, class, first day, last day, cause), in order."""
    return list(
        HouseholdStatus.objects.order_by("household", "starts_on").values_list(
            "household", "poverty_class", "starts_on", "ends_on", "cause"
        )
    )


def figures(ward):
    today = date(2026, 11, 20)
    moved = movement_tables(area=ward, after=date(2025, 12, 31), until=today)
    return class_counts(area=ward, on=today), moved


def test_reopening_brings_the_figures_back(ward, submitted, leader):
    before, ledger_before = figures(ward), ledger()
    recognise(submitted, leader)
    assert figures(ward) != before

    submitted.refresh_from_db()
    reopen(submitted, leader)

    assert figures(ward) == before
    assert ledger() == ledger_before


def test_reopening_leaves_who_when_and_why(recognised, leader):
    reopen(recognised, leader)

    recognised.refresh_from_db()
    decision = Decision.objects.get()
    assert recognised.stage == CampaignStage.OPEN
    assert recognised.decision is None
    assert (decision.withdrawn_by, decision.withdrawal_reason) == (leader, REASON)
    event = AuditEvent.objects.get(act="reopen_campaign")
    assert (event.actor, event.reason) == (leader, REASON)
    assert "283/QĐ-UBND" in event.summary
    assert "3 hộ" in event.summary


def test_the_first_version_stays_readable(recognised, leader):
    version = RecognisedVersion.objects.get()
    content = version.content

    reopen(recognised, leader)

    version = RecognisedVersion.objects.get()
    assert version.content == content
    assert version.is_intact
    assert [line["class_after"] for line in content] == ["poor", "near_poor", "not_poor"]
    assert [line["income_score"] for line in content] == [110, 110, 180]
    assert content[0]["deprivations"] == [1, 5, 9]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE households_recognisedversion SET content = '[]'",
        "DELETE FROM households_recognisedversion",
    ],
)
def test_a_version_cannot_be_touched(recognised, statement):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_recognising_again_makes_the_second_version(recognised, ward, village, coordinator, leader):
    reopen(recognised, leader)
    row = village_of(recognised, village)
    reopen_village(campaign_village=row, version=row.version, reason=REASON, by=coordinator)
    review = recognised.reviews.order_by("household__code").first()
    record_review(review=review, answers=NOT_POOR, version=review.version, by=coordinator)
    finish(recognised, village, by=coordinator)
    recognised.refresh_from_db()
    submit_results(campaign=recognised, version=recognised.version, by=coordinator)

    recognise(recognised, leader, "291/QĐ-UBND", clock.today())

    first, second = RecognisedVersion.objects.order_by("number")
    assert (first.number, second.number) == (1, 2)
    assert first.content[0]["class_after"] == "poor"
    assert second.content[0]["class_after"] == "not_poor"
    recognised.refresh_from_db()
    assert recognised.decision.number == "291/QĐ-UBND"
    assert class_counts(area=ward, on=clock.today()).poor == 0


def test_the_number_of_a_withdrawn_decision_stays_used(recognised, coordinator, leader):
    reopen(recognised, leader)
    recognised.refresh_from_db()
    submit_results(campaign=recognised, version=recognised.version, by=coordinator)

    with pytest.raises(ValidationError, match="đã dùng"):
        recognise(recognised, leader, decided_on=clock.today())


@pytest.mark.parametrize("reason", ["", "   "])
def test_reopening_needs_a_reason(recognised, leader, reason):
    with pytest.raises(ValidationError, match="lý do"):
        reopen(recognised, leader, reason=reason)

    recognised.refresh_from_db()
    assert recognised.stage == CampaignStage.RECOGNISED


@pytest.mark.parametrize("version", [None, 1, 99])
def test_reopening_needs_the_version_that_was_seen(recognised, leader, version):
    expected = StaleVersion if version == 1 else ValidationError
    with pytest.raises(expected):
        reopen(recognised, leader, version=version)

    assert Decision.objects.in_force().count() == 1


def test_what_is_not_recognised_cannot_be_reopened(submitted, leader):
    with pytest.raises(ValidationError, match="chưa được công nhận"):
        reopen(submitted, leader)


def test_a_later_spell_stands_in_the_way(recognised, leader):
    household = recognised.reviews.order_by("household__code").first().household
    change_status(
        household=household,
        poverty_class=PovertyClass.NOT_POOR,
        starts_on=date(2026, 11, 20),
        decision=None,
        cause="escaped_poverty",
    )

    with pytest.raises(ValidationError, match=household.code):
        reopen(recognised, leader)

    assert Decision.objects.in_force().count() == 1


def test_a_later_campaign_stands_in_the_way(recognised, ward, leader):
    open_campaign(
        ward=ward,
        year=2026,
        kind="regular",
        name="Rà soát thường xuyên cuối năm 2026",
        standard=StandardFactory(),
        opens_on=DECIDED_ON,
        closes_on=date(2026, 12, 31),
        requested=[HouseholdFactory(village=VillageFactory(parent=ward))],
        by=leader,
    )

    with pytest.raises(ValidationError, match="Rà soát thường xuyên"):
        reopen(recognised, leader)


def test_a_locked_year_stands_in_the_way(recognised, ward, leader):
    PeriodLock.objects.create(ward=ward, year=2026, locked_at="2026-12-31T01:00Z", locked_by=leader)

    with pytest.raises(ValidationError, match="năm 2026 đã khóa"):
        reopen(recognised, leader)


def test_an_earlier_locked_year_does_not(recognised, ward, leader):
    lock_period(ward=ward, year=2024, reason="Đã báo cáo cấp trên", by=leader)

    reopen(recognised, leader)

    assert not Decision.objects.in_force().exists()


def page(campaign):
    return reverse("households:campaign_reopen", args=[campaign.pk])


def test_campaign_reopen_says_what_goes_and_asks_why(client_of, leader, recognised):
    response = client_of(leader).get(page(recognised))

    assert "Thu hồi kết quả công nhận của 3 hộ" in response.content.decode()


def test_campaign_reopen_takes_the_results_back(client_of, leader, recognised):
    response = client_of(leader).post(
        page(recognised), {"version": recognised.version, "reason": REASON}, follow=True
    )

    text = response.content.decode()
    assert "Đã mở lại đợt rà soát" in text
    assert "Đợt rà soát được mở lại" in text
    assert REASON in text
    assert "Lần 1" in text


def test_campaign_reopen_without_a_reason_shows_the_error(client_of, leader, recognised):
    response = client_of(leader).post(page(recognised), {"version": recognised.version})

    assert response.status_code == 422
    assert Decision.objects.in_force().exists()


@pytest.mark.parametrize("fixture", ["coordinator", "observer", "village_head", "administrator"])
def test_campaign_reopen_is_for_leaders(request, client_of, recognised, fixture):
    client = client_of(request.getfixturevalue(fixture))
    values = {"version": recognised.version, "reason": REASON}

    assert client.get(page(recognised)).status_code == 403
    assert client.post(page(recognised), values).status_code == 403
    assert Decision.objects.in_force().exists()


def test_campaign_reopen_is_not_there_for_strangers(client_of, stranger, recognised):
    assert heading_of(client_of(stranger).get(page(recognised))) == NO_RIGHT


def test_campaign_version_shows_what_was_recognised(
    client_of, coordinator, leader, recognised, django_assert_max_num_queries
):
    reopen(recognised, leader)
    client = client_of(coordinator)
    url = reverse("households:campaign_version", args=[recognised.pk, 1])
    with django_assert_max_num_queries(9):
        text = client.get(url).content.decode()

    assert "Quyết định này đã thu hồi" in text
    assert REASON in text
    for household in (review.household for review in recognised.reviews.all()):
        assert household.code in text
    assert client.get(url.replace("/1/", "/2/")).status_code == 404


def test_a_leader_elsewhere_who_observes_here_decides_nothing_here(
    client_of, stranger, recognised, ward
):
    """Roles are held in an area: leading one ward gives no right in another."""
    stranger.grants.update(role="leader")
    stranger.grants.create(role="observer", area=ward, valid_from=date(2020, 1, 1))
    client = client_of(stranger)
    values = {"version": recognised.version, "reason": REASON}

    assert (
        client.get(reverse("households:campaign_overview", args=[recognised.pk])).status_code == 200
    )
    assert client.post(page(recognised), values).status_code == 404
    assert Decision.objects.in_force().exists()
