"""A decision turns reviews into dated statuses, once, by a second person."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from households.campaign.procedure.services.taking_back import reopen_village
from households.campaign.recognition.selectors.versions import last_signer
from households.campaign.recognition.services.recognising import Signer, recognise_results
from households.campaign.recognition.services.submission import return_results, submit_results
from households.campaign.villages.services import finish_village
from households.choices import CampaignKind, CampaignStage, MovementCause, PovertyClass, WindowRule
from households.entry.survey.services.reviews import record_review
from households.models import CampaignVillage, Decision, HouseholdStatus, Review, ReviewCampaign
from households.rules.windows import Spell, window_of
from povertyplan.core import clock
from povertyplan.core.choices import Role
from povertyplan.core.models import AuditEvent
from povertyplan.core.platform.versions import StaleVersion
from tests.factories.core import GrantFactory
from tests.factories.households import CampaignFactory, DecisionFactory, StatusFactory
from tests.households.campaigns import (
    DECIDED_ON,
    NEAR_POOR,
    NOT_POOR,
    ON_LIST_SINCE,
    POOR,
    SUBMITTED_ON,
    entered,
    finish,
    submitted_campaign,
)
from tests.households.spells import change_status

NUMBER = "283/QĐ-UBND"


def recognise(campaign, by, **changes):
    values = {"number": NUMBER, "decided_on": DECIDED_ON, "version": 2, **changes}
    return recognise_results(campaign=campaign, by=by, **values)


def refusal(campaign, by, **changes) -> ValidationError:
    """The error of a refused decision, after checking that nothing was saved."""
    before = list(HouseholdStatus.objects.values())
    decisions, events = Decision.objects.count(), AuditEvent.objects.count()
    with pytest.raises(ValidationError) as caught:
        recognise(campaign, by, **changes)
    assert list(HouseholdStatus.objects.values()) == before
    assert (Decision.objects.count(), AuditEvent.objects.count()) == (decisions, events)
    assert ReviewCampaign.objects.get(pk=campaign.pk).stage != CampaignStage.RECOGNISED
    return caught.value


@pytest.fixture
def campaign(ward, village, coordinator):
    return submitted_campaign(ward, village, by=coordinator)


def test_recognise_results_writes_dated_statuses(ward, village, coordinator, leader):
    campaign = submitted_campaign(ward, village, by=coordinator, said=[NEAR_POOR])

    decision = recognise(campaign, leader)

    old, new = HouseholdStatus.objects.order_by("starts_on")
    assert (old.starts_on, old.ends_on) == (ON_LIST_SINCE, date(2026, 11, 17))
    assert (new.poverty_class, new.starts_on, new.ends_on) == (
        PovertyClass.NEAR_POOR,
        DECIDED_ON,
        None,
    )
    assert new.cause == MovementCause.ESCAPED_TO_NEAR_POOR
    assert new.decision == decision
    assert (decision.number, decision.year, decision.effective_from) == (NUMBER, 2026, DECIDED_ON)
    assert (decision.prepared_by, decision.approved_by) == (coordinator, leader)
    campaign.refresh_from_db()
    assert campaign.stage == CampaignStage.RECOGNISED


@pytest.mark.parametrize(
    ("history", "said", "cause"),
    [
        pytest.param([PovertyClass.POOR], POOR, MovementCause.UNCHANGED, id="still poor"),
        pytest.param(
            [PovertyClass.POOR], NOT_POOR, MovementCause.ESCAPED_POVERTY, id="poor to not poor"
        ),
        pytest.param(
            [PovertyClass.NEAR_POOR],
            NOT_POOR,
            MovementCause.ESCAPED_NEAR_POVERTY,
            id="near-poor to not poor",
        ),
        pytest.param(
            [PovertyClass.NEAR_POOR], POOR, MovementCause.FELL_TO_POOR, id="near-poor to poor"
        ),
        pytest.param(
            [PovertyClass.NOT_POOR], POOR, MovementCause.NEWLY_POOR, id="poor for the first time"
        ),
        pytest.param(
            [PovertyClass.POOR, PovertyClass.NOT_POOR],
            POOR,
            MovementCause.FELL_BACK,
            id="poor again",
        ),
    ],
)
def test_recognise_results_names_the_movement_from_the_history(
    ward, village, coordinator, leader, history, said, cause
):
    campaign = CampaignFactory(ward=ward)
    review = entered(campaign, village, by=coordinator, said=said, poverty_class=history[-1])
    for years_ago, poverty_class in enumerate(reversed(history[:-1]), start=1):
        StatusFactory(
            household=review.household,
            poverty_class=poverty_class,
            starts_on=date(2025 - years_ago, 1, 1),
            ends_on=date(2025 - years_ago, 12, 31),
        )
    with clock.set_to(SUBMITTED_ON):
        finish(campaign, village, by=coordinator)
        submit_results(campaign=campaign, version=1, by=coordinator)

    recognise(campaign, leader)

    assert HouseholdStatus.objects.get(ends_on=None).cause == cause


def test_an_escape_opens_a_window_from_the_day_of_the_decision(ward, village, coordinator, leader):
    campaign = submitted_campaign(ward, village, by=coordinator, said=[NOT_POOR])

    recognise(campaign, leader, effective_from=date(2027, 1, 1))

    new = HouseholdStatus.objects.get(ends_on=None)
    assert (new.starts_on, new.anchor_on) == (date(2027, 1, 1), DECIDED_ON)
    spells = [
        Spell(row.poverty_class, row.starts_on, row.ends_on, row.anchor_on)
        for row in HouseholdStatus.objects.all()
    ]
    window = window_of(spells, date(2027, 2, 1), WindowRule.PROGRAMME)
    assert (window.first, window.last) == (DECIDED_ON, date(2029, 11, 18))


def test_recognise_results_leaves_one_journal_entry(campaign, leader):
    recognise(campaign, leader)

    assert AuditEvent.objects.get(act="recognise_results").summary == (
        f"{leader} phê duyệt kết quả Rà soát định kỳ năm 2026 theo Quyết định số 283/QĐ-UBND ngày "
        "18/11/2026: 1 hộ, có hiệu lực từ ngày 18/11/2026"
    )


def test_recognise_results_needs_no_more_queries_for_more_households(
    ward, village, coordinator, leader
):
    small = submitted_campaign(ward, village, by=coordinator, said=[POOR])
    with CaptureQueriesContext(connection) as few:
        recognise(small, leader)
    large = CampaignFactory(ward=ward, kind=CampaignKind.REGULAR)
    for _ in range(12):
        entered(large, village, by=coordinator)
    with clock.set_to(SUBMITTED_ON):
        finish(large, village, by=coordinator)
        submit_results(campaign=large, version=1, by=coordinator)

    with CaptureQueriesContext(connection) as many:
        recognise(large, leader, number="284/QĐ-UBND")

    assert len(many) <= len(few)


def test_recognise_results_passes_over_a_household_closed_meanwhile(
    ward, village, coordinator, leader
):
    campaign = submitted_campaign(ward, village, by=coordinator, said=[POOR, NEAR_POOR])
    gone = Review.objects.earliest("pk").household
    gone.closed_on, gone.closing_reason = date(2026, 11, 1), "moved_out"
    gone.save()

    decision = recognise(campaign, leader)

    assert decision.statuses.count() == 1
    assert not decision.statuses.filter(household=gone).exists()


def test_recognise_results_twice_returns_the_same_decision(campaign, leader):
    first = recognise(campaign, leader)
    second = recognise(campaign, leader)

    assert first == second
    assert HouseholdStatus.objects.count() == 2
    assert AuditEvent.objects.filter(act="recognise_results").count() == 1


def test_recognise_results_refuses_the_person_who_submitted(ward, campaign, coordinator):
    GrantFactory(user=coordinator, role=Role.LEADER, area=ward)

    error = refusal(campaign, coordinator)

    assert error.message == "Bạn là người trình kết quả này nên không được tự phê duyệt."


def test_the_database_refuses_a_decision_of_one_person(ward, leader):
    with pytest.raises(IntegrityError), transaction.atomic():
        DecisionFactory(ward=ward, prepared_by=leader, approved_by=leader)


@pytest.mark.parametrize(
    ("changes", "faults"),
    [
        pytest.param({"number": "  "}, {"number": ["Nhập số quyết định."]}, id="no number"),
        pytest.param(
            {"number": "1" * 51}, {"number": ["Số quyết định dài nhất 50 ký tự."]}, id="long number"
        ),
        pytest.param(
            {"decided_on": date(2026, 11, 21)},
            {"decided_on": ["Ngày quyết định không được sau hôm nay."]},
            id="decided tomorrow",
        ),
        pytest.param(
            {"decided_on": date(2026, 8, 31)},
            {"decided_on": ["Ngày quyết định không được trước ngày mở đợt rà soát (01/09/2026)."]},
            id="decided before the campaign",
        ),
        pytest.param(
            {"decided_on": date(2026, 11, 15)},
            {"decided_on": ["Ngày quyết định không được trước ngày trình kết quả (16/11/2026)."]},
            id="decided before it was submitted",
        ),
        pytest.param(
            {"effective_from": date(2026, 11, 17)},
            {"effective_from": ["Ngày có hiệu lực không được trước ngày quyết định."]},
            id="in force before decided",
        ),
        pytest.param(
            {"number": "", "decided_on": date(2026, 11, 21), "effective_from": date(2026, 1, 1)},
            {
                "number": ["Nhập số quyết định."],
                "decided_on": ["Ngày quyết định không được sau hôm nay."],
                "effective_from": ["Ngày có hiệu lực không được trước ngày quyết định."],
            },
            id="all at once",
        ),
    ],
)
def test_recognise_results_refuses(campaign, leader, changes, faults):
    assert refusal(campaign, leader, **changes).message_dict == faults


def test_recognise_results_refuses_a_number_used_this_year(ward, campaign, leader):
    DecisionFactory(ward=ward, number=NUMBER, decided_on=date(2026, 2, 1))

    assert refusal(campaign, leader).message_dict == {
        "number": ["Số quyết định này đã dùng trong năm."]
    }


@pytest.mark.parametrize("number", ["283", "283 / qđ-ubnd", "Số 0283", "283/QD-UBND"])
def test_one_number_in_other_words_is_the_same_number(ward, campaign, leader, number):
    DecisionFactory(ward=ward, number=NUMBER, decided_on=date(2026, 2, 1))

    assert refusal(campaign, leader, number=number).message_dict == {
        "number": ["Số quyết định này đã dùng trong năm."]
    }


def test_a_number_is_kept_in_full(campaign, leader):
    assert recognise(campaign, leader, number="283").number == NUMBER
    with pytest.raises(IntegrityError), transaction.atomic():
        DecisionFactory(number="284")


def test_a_decision_keeps_who_signs_it(campaign, leader):
    decision = recognise(campaign, leader, signer=Signer("KT. Chủ tịch \nPhó Chủ tịch", " Y Ký "))

    assert (decision.signer_title, decision.signer_name) == ("KT. Chủ tịch\nPhó Chủ tịch", "Y Ký")
    assert last_signer(campaign.ward)["signer_name"] == "Y Ký"


def test_recognise_results_takes_a_number_of_another_year(ward, campaign, leader):
    DecisionFactory(ward=ward, number=NUMBER, decided_on=date(2025, 12, 15))

    assert recognise(campaign, leader).number == NUMBER


def test_recognise_results_refuses_a_stale_version(campaign, leader):
    assert isinstance(refusal(campaign, leader, version=1), StaleVersion)


def test_recognise_results_refused_before_submission(ward, leader):
    error = refusal(CampaignFactory(ward=ward), leader, version=1)

    assert error.message == "Kết quả đợt rà soát chưa được trình."


def test_recognise_results_refused_where_the_ledger_is_ahead(campaign, leader):
    change_status(
        household=Review.objects.get().household,
        poverty_class=PovertyClass.NEAR_POOR,
        starts_on=date(2026, 11, 19),
        decision=None,
        cause=MovementCause.MEMBERS_CHANGED,
    )

    assert "kết quả mới phải bắt đầu sau ngày này" in refusal(campaign, leader).messages[0]


def test_nothing_of_a_recognised_campaign_changes(campaign, coordinator, leader):
    recognise(campaign, leader)
    review, row = Review.objects.get(), CampaignVillage.objects.get()
    before = (list(Review.objects.values()), list(CampaignVillage.objects.values()))
    writes = [
        lambda: record_review(review=review, answers=NOT_POOR, version=2, by=coordinator),
        lambda: reopen_village(campaign_village=row, version=2, reason="Ghi nhầm", by=coordinator),
        lambda: finish_village(campaign_village=row, version=2, by=coordinator),
        lambda: submit_results(campaign=campaign, version=3, by=coordinator),
        lambda: return_results(campaign=campaign, version=3, reason="Ghi nhầm", by=leader),
        lambda: recognise(campaign, leader, version=3, number="999/QĐ-UBND"),
    ]

    for write in writes:
        with pytest.raises(ValidationError, match="Quyết định số 283/QĐ-UBND"):
            write()

    assert (list(Review.objects.values()), list(CampaignVillage.objects.values())) == before
    assert Decision.objects.count() == 1
