"""The one door to a survey form: class, sentence, locks, versions and the journal."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from households.choices import CampaignStage, PovertyClass, ReviewState
from households.entry.survey.services.reviews import record_review
from households.models import IncomeLine, PovertyCause, Review
from povertyplan.core import clock
from povertyplan.core.choices import Setting
from povertyplan.core.models import AuditEvent
from povertyplan.core.platform.versions import StaleVersion
from tests.factories.core import VillageFactory
from tests.factories.households import CampaignFactory, StandardFactory
from tests.households.campaigns import NEAR_POOR, POOR, answers, finish, pending_review


@pytest.fixture
def review(ward, village):
    return pending_review(CampaignFactory(ward=ward), village, code="DC-0001", head="Y Hữu Nam")


def content(review):
    """Everything stored of a form."""
    return Review.objects.filter(pk=review.pk).values().get()


def refusal(review, said, version=1, *, by):
    """The faults of a refused save, after checking that nothing was saved."""
    before, events = content(review), AuditEvent.objects.count()
    with pytest.raises(ValidationError) as caught:
        record_review(review=review, answers=said, version=version, by=by)
    assert content(review) == before
    assert AuditEvent.objects.count() == events
    return caught.value


def test_record_review_stores_class_and_sentence(review, village_head):
    saved = record_review(review=review, answers=NEAR_POOR, version=1, by=village_head)

    saved.refresh_from_db()
    assert saved.state == ReviewState.DONE
    assert saved.computed_class == saved.recorded_class == PovertyClass.NEAR_POOR
    assert (saved.income_score, saved.deprivation_score) == (110, 20)
    assert saved.deprivations == {5, 9}
    assert saved.explanation == (
        "B1 = 110 điểm (≤ 175, khu vực thành thị); B2 = 20 điểm (< 30; thiếu: 5 Trình độ giáo "
        "dục của người lớn, 9 Nguồn nước sinh hoạt) → Hộ cận nghèo (căn cứ Nghị định số "
        "07/2021/NĐ-CP)"
    )
    assert saved.version == 2
    assert saved.updated_by == village_head
    assert clock.day_of(saved.updated_at) == clock.today()


def test_record_review_uses_the_setting_of_the_village(ward, coordinator):
    rural = VillageFactory(parent=ward, setting=Setting.RURAL)
    review = pending_review(CampaignFactory(ward=ward), rural)

    saved = record_review(
        review=review, answers=answers(income_score=150), version=1, by=coordinator
    )

    assert saved.recorded_class == PovertyClass.NOT_POOR


def test_record_review_uses_the_campaigns_own_standard(ward, village, coordinator):
    strict = StandardFactory(code="2027-2030", poor_from_points=20)
    IncomeLine.objects.filter(standard=strict).update(score_line=200)
    review = pending_review(CampaignFactory(ward=ward, standard=strict), village)

    saved = record_review(
        review=review, answers=answers(income_score=190), version=1, by=coordinator
    )

    assert saved.recorded_class == PovertyClass.POOR


def test_record_review_leaves_a_journal_entry_in_words(review, village_head):
    record_review(review=review, answers=NEAR_POOR, version=1, by=village_head)

    event = AuditEvent.objects.get(act="record_review")
    assert event.summary == (
        f"{village_head} nhập phiếu rà soát của hộ DC-0001 (Y Hữu Nam): "
        "B1 = 110, thiếu hụt 5, 9 → Hộ cận nghèo"
    )
    assert (event.actor, event.object_id) == (village_head, review.pk)


def test_record_review_again_says_old_and_new_in_the_journal(review, village_head, coordinator):
    record_review(review=review, answers=NEAR_POOR, version=1, by=village_head)

    record_review(
        review=review,
        answers=answers(income_score=120, deprivations=frozenset({1, 5, 9})),
        version=2,
        by=coordinator,
    )

    assert AuditEvent.objects.latest("pk").summary == (
        f"{coordinator} sửa phiếu rà soát của hộ DC-0001 (Y Hữu Nam): B1 110 → 120; "
        "thiếu hụt 5, 9 → 1, 5, 9; phân loại Hộ cận nghèo → Hộ nghèo"
    )


def test_record_review_keeps_causes_and_visit(review, coordinator):
    for number in (1, 2):
        PovertyCause.objects.create(number=number, name=f"Nguyên nhân {number}")
    said = answers(causes=frozenset({2}), visited_on=date(2026, 11, 19))

    record_review(review=review, answers=said, version=1, by=coordinator)

    saved = Review.objects.get()
    assert [cause.number for cause in saved.causes.all()] == [2]
    assert saved.visited_on == date(2026, 11, 19)


def test_record_review_keeps_another_class_with_its_reason(review, coordinator):
    said = answers(recorded_class=PovertyClass.POOR, class_reason="  Theo biên bản họp dân ")

    saved = record_review(review=review, answers=said, version=1, by=coordinator)

    assert saved.computed_class == PovertyClass.NEAR_POOR
    assert saved.recorded_class == PovertyClass.POOR
    assert saved.class_reason == "Theo biên bản họp dân"


def test_record_review_refuses_another_class_without_reason(review, coordinator):
    said = answers(recorded_class=PovertyClass.POOR, class_reason="  ")

    assert refusal(review, said, by=coordinator).message_dict == {
        "class_reason": ["Nhập lý do ghi nhận khác với kết quả tính."]
    }


@pytest.mark.parametrize(
    ("change", "field", "message"),
    [
        pytest.param(
            {"income_score": -1}, "income_score", "Nhập số nguyên từ 0 trở lên.", id="negative B1"
        ),
        pytest.param(
            {"income_score": None}, "income_score", "Nhập số nguyên từ 0 trở lên.", id="no B1"
        ),
        pytest.param(
            {"income_score": "110"}, "income_score", "Nhập số nguyên từ 0 trở lên.", id="B1 as text"
        ),
        pytest.param(
            {"income_score": 1001}, "income_score", "Nhập số không lớn hơn 1.000.", id="huge B1"
        ),
        pytest.param(
            {"deprivations": frozenset({5, 13})},
            "deprivations",
            "Chuẩn nghèo 2022-2026 không có chỉ số thiếu hụt số 13.",
            id="thirteenth indicator",
        ),
        pytest.param(
            {"causes": frozenset({99})}, "causes", "Không có nguyên nhân nghèo số 99.", id="cause"
        ),
        pytest.param(
            {"recorded_class": "rich", "class_reason": "Ghi nhầm"},
            "recorded_class",
            "Chọn một phân loại trong danh sách.",
            id="unknown class",
        ),
        pytest.param(
            {"visited_on": date(2026, 11, 21)},
            "visited_on",
            "Ngày đến hộ không được sau hôm nay.",
            id="visit tomorrow",
        ),
    ],
)
def test_record_review_refuses(review, coordinator, change, field, message):
    error = refusal(review, replace(NEAR_POOR, **change), by=coordinator)

    assert error.message_dict == {field: [message]}


def test_record_review_names_every_fault_at_once(review, coordinator):
    said = answers(income_score=-1, visited_on=clock.today() + timedelta(days=1))

    assert refusal(review, said, by=coordinator).message_dict.keys() == {
        "income_score",
        "visited_on",
    }


@pytest.mark.parametrize(
    "version",
    [
        pytest.param(None, id="missing"),
        pytest.param("1", id="text"),
        pytest.param(True, id="boolean"),
        pytest.param(0, id="zero"),
        pytest.param(-1, id="negative"),
        pytest.param(2, id="from the future"),
    ],
)
def test_record_review_refuses_a_forged_version(review, coordinator, version):
    error = refusal(review, NEAR_POOR, version, by=coordinator)

    assert error.code == "version"
    assert not isinstance(error, StaleVersion)


def test_record_review_refuses_a_stale_version_and_shows_the_present_row(
    review, village_head, coordinator
):
    record_review(review=review, answers=NEAR_POOR, version=1, by=village_head)

    error = refusal(review, POOR, 1, by=coordinator)

    assert isinstance(error, StaleVersion)
    assert error.current.deprivations == {5, 9}


def test_record_review_sent_twice_by_one_person_is_saved_once(review, village_head):
    first = record_review(review=review, answers=NEAR_POOR, version=1, by=village_head)
    second = record_review(review=review, answers=NEAR_POOR, version=1, by=village_head)

    assert first == second
    assert second.version == 2
    assert AuditEvent.objects.filter(act="record_review").count() == 1


def test_record_review_with_the_same_answers_of_another_person_is_a_conflict(
    review, village_head, coordinator
):
    record_review(review=review, answers=NEAR_POOR, version=1, by=village_head)

    assert isinstance(refusal(review, NEAR_POOR, 1, by=coordinator), StaleVersion)


def test_record_review_without_a_change_writes_nothing(review, village_head, coordinator):
    record_review(review=review, answers=NEAR_POOR, version=1, by=village_head)
    before = content(review)

    record_review(review=review, answers=NEAR_POOR, version=2, by=coordinator)

    assert content(review) == before
    assert AuditEvent.objects.filter(act="record_review").count() == 1


def test_record_review_refused_in_a_finished_village(review, village, village_head):
    record_review(review=review, answers=NEAR_POOR, version=1, by=village_head)
    finish(review.campaign, village, by=village_head)

    error = refusal(review, POOR, 2, by=village_head)

    assert error.code == "locked"
    assert "Tổ dân phố 1 đã hoàn thành rà soát lúc" in error.message
    assert f"({village_head} xác nhận)" in error.message


def test_record_review_refused_in_a_submitted_campaign(review, coordinator):
    review.campaign.stage = CampaignStage.SUBMITTED
    review.campaign.submitted_by = coordinator
    review.campaign.submitted_at = clock.now()
    review.campaign.save()

    assert refusal(review, POOR, by=coordinator).code == "locked"
