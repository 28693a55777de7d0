"""The survey form on a phone, screen by screen, without a script."""

import re
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from households.entry.survey.services.reviews import record_review, save_remark
from households.models import PovertyCause, Review, ReviewDraft
from households.rules.notes import ReviewNote
from povertyplan.core.journal import chains
from povertyplan.core.models import AuditEvent
from tests.factories.households import CampaignFactory, ReviewFactory
from tests.households.campaigns import POOR, answers, entered, finish, pending_review
from tests.households.grids import grid_url
from tests.pages import NO_RIGHT, NOT_FOUND, heading_of
from tests.pages import text_of as text
from tests.queries import questions, repeated

INDICATORS = range(1, 13)
CAUSES, RESULT, NOTE, RECEIPT = 9, 10, 11, 12


@pytest.fixture
def campaign(ward):
    return CampaignFactory(ward=ward)


@pytest.fixture
def review(campaign, village):
    return pending_review(campaign, village, code="03-017", head="Y Hữu Nam")


def step_url(review, step):
    return reverse("households:phone_step", args=[review.campaign_id, review.household_id, step])


def list_url(campaign):
    return reverse("households:phone_list", args=[campaign.pk])


def confirm(client, review, client_id=None):
    client_id = str(client_id or uuid4())
    client.post(step_url(review, 1), {"client_id": client_id})
    return client_id


def fill(client, review, *, score="110", lacking=(5, 9)):
    """Answer every screen before the result; the form's id."""
    client_id = confirm(client, review)
    client.post(step_url(review, 2), {"client_id": client_id, "score": score})
    for step in range(3, CAUSES):
        numbers = [2 * (step - 3) + 1, 2 * (step - 3) + 2]
        given = {f"i{n}": "yes" if n in lacking else "no" for n in numbers}
        client.post(step_url(review, step), {"client_id": client_id, **given})
    return client_id


def send(client, review, **remark):
    page = text(client.get(step_url(review, NOTE) + "?sure=1"))
    version = re.search(r'name="version" value="(\d+)"', page)[1]
    return client.post(step_url(review, NOTE), {"version": version, **remark})


def test_a_form_filled_on_the_phone_gets_its_receipt(client_of, village_head, review):
    client = client_of(village_head)
    fill(client, review)

    assert "B1 = 110 điểm" in text(client.get(step_url(review, RESULT)))
    assert "→ Hộ cận nghèo" in text(client.get(step_url(review, RESULT)))
    answer = send(client, review)

    saved = Review.objects.get()
    assert (saved.income_score, saved.deprivations) == (110, {5, 9})
    assert answer.url == step_url(review, RECEIPT)
    assert f"Đã nhận, số 2026-03-017-{saved.version}" in text(client.get(answer.url))
    assert AuditEvent.objects.get(act="record_review").source == "phone"


def test_a_draft_survives_until_it_is_finished(client_of, village_head, review):
    client = client_of(village_head)
    client_id = confirm(client, review)
    client.post(step_url(review, 2), {"client_id": client_id, "score": "123"})
    client.logout()

    page = text(client_of(village_head).get(list_url(review.campaign)))
    assert "Đang làm" in page
    assert step_url(review, 3) in page
    assert 'value="123"' in text(client.get(step_url(review, 2)))
    assert not Review.objects.get().is_done


def test_last_years_answer_is_shown_and_never_chosen(client_of, village_head, campaign, review):
    earlier = CampaignFactory(ward=campaign.ward, year=2025)
    form = ReviewFactory(campaign=earlier, household=review.household)
    record_review(
        review=form,
        answers=answers(deprivations=frozenset({1})),
        version=1,
        by=village_head,
    )
    client = client_of(village_head)
    confirm(client, review)

    page = text(client.get(step_url(review, 3)))

    assert "Năm 2025: thiếu hụt" in page
    assert "Năm 2025: không thiếu" in page
    assert "checked" not in page
    assert "Năm 2025: B1 = 110" in text(client.get(step_url(review, 2)))


def test_a_screen_asks_for_both_answers(client_of, village_head, review):
    client = client_of(village_head)
    client_id = confirm(client, review)
    client.post(step_url(review, 2), {"client_id": client_id, "score": "110"})

    answer = client.post(step_url(review, 3), {"client_id": client_id, "i1": "yes"})

    assert answer.status_code == 422
    assert "Chọn Không thiếu, Thiếu hụt hoặc Không rõ ở chỉ số 2." in text(answer)


@pytest.mark.parametrize(
    ("typed", "kept"), [("mười", None), ("-5", None), ("9999", None), ("", None), ("110", 110)]
)
def test_the_score_is_a_whole_number(client_of, village_head, review, typed, kept):
    client = client_of(village_head)
    client_id = confirm(client, review)

    answer = client.post(step_url(review, 2), {"client_id": client_id, "score": typed})

    assert ReviewDraft.objects.get().answers.get("score") == kept
    assert ("lỗi cần sửa" in text(answer)) == (kept is None)


def test_the_same_form_started_twice_is_one_draft(client_of, village_head, review):
    client = client_of(village_head)
    client_id = uuid4()

    confirm(client, review, client_id)
    confirm(client, review, client_id)
    confirm(client, review)

    assert ReviewDraft.objects.get().client_id == client_id


def test_a_form_id_of_another_household_is_refused(client_of, village_head, campaign, review):
    other = pending_review(campaign, review.village)
    client = client_of(village_head)
    client_id = confirm(client, review)

    answer = client.post(step_url(other, 1), {"client_id": client_id})

    assert answer.status_code == 422
    assert ReviewDraft.objects.get().review == review


@pytest.mark.parametrize("client_id", ["", "x"])
def test_a_screen_without_its_id_is_refused(client_of, village_head, review, client_id):
    answer = client_of(village_head).post(step_url(review, 1), {"client_id": client_id})

    assert answer.status_code == 422
    assert not ReviewDraft.objects.exists()


def test_an_incomplete_form_is_not_sent(client_of, village_head, review):
    client = client_of(village_head)
    client_id = confirm(client, review)
    client.post(step_url(review, 2), {"client_id": client_id, "score": "110"})

    assert client.get(step_url(review, NOTE)).url == step_url(review, RESULT)
    answer = client.post(step_url(review, NOTE), {"version": "1"})

    assert answer.status_code == 422
    assert "Chưa gửi được phiếu: còn 12 chỉ số chưa trả lời." in text(answer)
    assert not Review.objects.get().is_done


def test_a_form_saved_meanwhile_is_shown_before_it_is_overwritten(
    client_of, village_head, coordinator, review
):
    client = client_of(village_head)
    fill(client, review, lacking=())
    page = text(client.get(step_url(review, NOTE)))
    record_review(review=review, answers=POOR, version=1, by=coordinator)

    stale = client.post(step_url(review, NOTE), {"version": "1"})
    assert stale.status_code == 409
    assert f"vừa được {coordinator} sửa" in text(stale)
    assert Review.objects.get().deprivations == POOR.deprivations
    assert 'name="version" value="1"' in page

    again = client.post(step_url(review, NOTE), {"version": "2"})
    assert again.status_code == 302
    assert Review.objects.get().deprivations == frozenset()


def test_phone_is_closed_to_strangers_and_readers(client_of, stranger, leader, review):
    assert heading_of(client_of(stranger).get(step_url(review, 1))) == NOT_FOUND
    assert heading_of(client_of(stranger).get(list_url(review.campaign))) == NOT_FOUND
    assert heading_of(client_of(leader).get(step_url(review, 1))) == NO_RIGHT


def test_a_draft_belongs_to_who_began_it(client_of, village_head, coordinator, review):
    fill(client_of(village_head), review)

    page = text(client_of(coordinator).get(list_url(review.campaign)))

    assert step_url(review, 1) in page


def test_a_finished_village_takes_no_draft(client_of, village_head, coordinator, campaign, village):
    review = entered(campaign, village, by=coordinator)
    finish(campaign, village, by=coordinator)
    client = client_of(village_head)

    answer = client.post(step_url(review, 1), {"client_id": str(uuid4())})

    assert answer.status_code == 422
    assert "đã hoàn thành rà soát" in text(answer)
    assert not ReviewDraft.objects.exists()


def test_steps_without_a_draft_lead_to_the_first(client_of, village_head, review):
    client = client_of(village_head)

    assert client.get(step_url(review, 4)).url == step_url(review, 1)
    assert client.get(step_url(review, RECEIPT)).status_code == 404
    assert client.get(step_url(review, RECEIPT + 1)).status_code == 404


def test_phone_list_query_count_does_not_grow(client_of, village_head, campaign, village):
    client = client_of(village_head)
    counts = []
    for more in (1, 2):
        for _ in range(more):
            pending_review(campaign, village)
        with CaptureQueriesContext(connection) as queries:
            page = text(client.get(list_url(campaign)))
        counts.append((page.count("phone-list__name"), len(queries)))

    assert [rows for rows, _ in counts] == [1, 3]
    assert counts[0][1] == counts[1][1]


def test_a_script_gets_the_screen_alone_and_is_led_to_the_next(client_of, village_head, review):
    client = client_of(village_head)
    script = {"HX-Request": "true"}
    client_id = confirm(client, review)
    address = step_url(review, 2)

    refused = client.post(address, {"client_id": client_id, "score": "x"}, headers=script)
    kept = client.post(address, {"client_id": client_id, "score": "110"}, headers=script)

    assert (refused.status_code, "<html" in text(refused)) == (422, False)
    assert "<title>Lỗi: Y Hữu Nam" in text(refused)
    assert "HX-Request" in refused["Vary"]
    assert (kept.status_code, kept["HX-Redirect"]) == (200, step_url(review, 3))


def test_causes_are_asked_of_a_household_on_the_list(client_of, village_head, review):
    for number in (2, 7):
        PovertyCause.objects.create(number=number, name=f"Nguyên nhân {number}")
    client = client_of(village_head)
    client_id = fill(client, review)

    assert "Nguyên nhân 7" in text(client.get(step_url(review, CAUSES)))
    client.post(step_url(review, CAUSES), {"client_id": client_id, "causes": ["2", "7"]})
    send(client, review)

    assert [cause.number for cause in Review.objects.get().causes.all()] == [2, 7]


def test_causes_are_not_asked_of_a_household_off_the_list(client_of, village_head, review):
    client = client_of(village_head)
    fill(client, review, score="200")

    answer = client.get(step_url(review, CAUSES))

    assert answer.url == step_url(review, RESULT)
    page = text(client.get(answer.url))
    assert f'href="{step_url(review, CAUSES - 1)}">Quay lại' in page


def test_a_cause_that_does_not_exist_is_refused(client_of, village_head, review):
    client = client_of(village_head)
    client_id = fill(client, review)

    answer = client.post(step_url(review, CAUSES), {"client_id": client_id, "causes": ["77"]})

    assert answer.status_code == 422
    assert "Không có nguyên nhân nghèo số 77." in text(answer)


def fill_but(client, review, unknown, **filled):
    """A whole form, one screen of which says that an indicator is not known."""
    client_id = fill(client, review, **filled)
    step = 3 + (unknown - 1) // 2
    numbers = {f"i{n}": "no" for n in (2 * (step - 3) + 1, 2 * (step - 3) + 2)}
    answer = {"client_id": client_id, **numbers, f"i{unknown}": "unknown"}
    client.post(step_url(review, step), answer)
    return step


@pytest.mark.parametrize("score", ["110", "250"])
def test_a_form_with_something_unknown_stays_a_draft(client_of, village_head, review, score):
    client = client_of(village_head)
    step = fill_but(client, review, 7, score=score)

    page = text(client.get(step_url(review, RESULT)))
    assert "Nháp, còn 1 chỉ số chưa rõ." in page
    assert f'href="{step_url(review, step)}?back=1"' in page
    assert "→ Hộ" not in page
    assert "Tiếp tục" not in page
    # No causes are asked while the class is not certain.
    assert client.get(step_url(review, CAUSES)).url == step_url(review, RESULT)
    assert client.get(step_url(review, NOTE)).url == step_url(review, RESULT)
    forced = client.post(step_url(review, NOTE), {"version": "1"})
    assert forced.status_code == 422
    assert "Chưa gửi được phiếu: còn 1 chỉ số chưa rõ." in text(forced)
    assert "Nháp, còn 1 chỉ số chưa rõ" in text(client.get(list_url(review.campaign)))
    assert not Review.objects.get().is_done
    assert ReviewDraft.objects.get().receipt == ""


def test_an_answer_over_what_was_unknown_goes_on_to_the_result(client_of, village_head, review):
    client = client_of(village_head)
    step = fill_but(client, review, 7, score="250")
    asked = step_url(review, step)
    client_id = ReviewDraft.objects.get().client_id
    assert re.search(r'value="unknown"[^>]* checked', text(client.get(asked)))

    answered = {"client_id": client_id, "i7": "yes", "i8": "no"}
    answer = client.post(f"{asked}?back=1", answered, follow=True)

    assert "→ Hộ không nghèo" in text(answer)
    send(client, review)
    assert 7 in Review.objects.get().deprivations


def test_something_unknown_leaves_what_is_saved_as_it_is(
    client_of, village_head, coordinator, campaign, village
):
    review = entered(campaign, village, by=coordinator, said=POOR, head="Y Thơm")
    client = client_of(village_head)
    fill_but(client, review, 1)

    assert client.post(step_url(review, NOTE), {"version": review.version}).status_code == 422
    assert Review.objects.get().deprivations == POOR.deprivations
    page = text(client.get(grid_url(campaign, village, "village_finish")))
    assert f"Hộ Y Thơm: nháp của {village_head}, còn 1 chỉ số chưa rõ" in page


def test_note_and_flag_go_with_the_form(client_of, village_head, review):
    client = client_of(village_head)
    fill(client, review)

    send(client, review, note="Chủ hộ đi làm xa", needs_check="on")

    saved = Review.objects.get()
    assert (saved.note, saved.needs_check) == ("Chủ hộ đi làm xa", True)
    assert "Chủ hộ đi làm xa" in text(client.get(list_url(review.campaign)))


def test_a_long_note_is_refused_and_kept_on_the_screen(client_of, village_head, review):
    client = client_of(village_head)
    fill(client, review)

    answer = send(client, review, note="a" * 501)

    assert answer.status_code == 422
    assert "Ghi chú dài nhất 500 ký tự." in text(answer)
    assert "a" * 501 in text(answer)
    assert not Review.objects.get().is_done


def test_a_note_of_the_office_is_shown_before_it_is_overwritten(
    client_of, village_head, coordinator, review
):
    client = client_of(village_head)
    fill(client, review)
    first = text(client.get(step_url(review, NOTE)))
    save_remark(review=review, remark=ReviewNote("Xem lại B1", True), version=1, by=coordinator)

    stale = client.post(step_url(review, NOTE), {"version": "1", "note": ""})

    assert "Xem lại B1" not in first
    assert stale.status_code == 409
    assert "Ghi chú đã lưu: Xem lại B1" in text(stale)
    # Nothing of mine stood against it, so it is what the screen offers now.
    assert re.search(r"<textarea[^>]*>\s*Xem lại B1</textarea>", text(stale))
    assert Review.objects.get().note == "Xem lại B1"


def test_a_household_that_leaves_the_list_on_the_phone_leaves_its_causes(
    client_of, village_head, coordinator, review
):
    PovertyCause.objects.create(number=2, name="Thiếu vốn")
    said = answers(causes=frozenset({2}))
    record_review(review=review, answers=said, version=1, by=coordinator)
    client = client_of(village_head)
    fill(client, review, score="250")

    send(client, review)

    assert Review.objects.get().income_score == 250
    assert not Review.objects.get().causes.exists()


def test_a_screen_left_early_keeps_what_is_answered(client_of, village_head, review):
    client = client_of(village_head)
    client_id = confirm(client, review)

    left = client.post(step_url(review, 3), {"client_id": client_id, "i1": "yes", "later": "1"})
    empty = client.post(step_url(review, 2), {"client_id": client_id, "score": "", "later": "1"})
    faulty = client.post(step_url(review, 2), {"client_id": client_id, "score": "x", "later": "1"})

    assert left.url == empty.url == f"{list_url(review.campaign)}?village={review.village_id}"
    assert (faulty.status_code, 'value="x"' in text(faulty)) == (422, True)
    draft = ReviewDraft.objects.get()
    assert (draft.indicators, draft.score) == ({1: True}, None)


def test_a_note_left_early_is_kept(client_of, village_head, review):
    client = client_of(village_head)
    fill(client, review)

    client.post(step_url(review, NOTE), {"version": "1", "note": "Hẹn lại thứ hai", "later": "1"})

    assert ReviewDraft.objects.open().get().note == "Hẹn lại thứ hai"
    assert not Review.objects.get().is_done


def test_the_result_is_read_out_in_plain_words(client_of, village_head, review):
    client = client_of(village_head)
    fill(client, review)

    page = text(client.get(step_url(review, RESULT)))

    assert "gia đình là hộ cận nghèo." in page
    assert "Gia đình còn thiếu hụt 2 dịch vụ xã hội cơ bản:" in page
    assert "chưa đến mức 30 điểm." in page
    assert "Cách tính chính xác" in page


def test_the_result_asks_nothing_twice(client_of, village_head, review):
    client = client_of(village_head)
    fill(client, review)

    answer, asked = questions(lambda: client.get(step_url(review, RESULT)))

    assert answer.status_code == 200
    assert not repeated(asked)
    assert asked.total() <= 12


def test_handing_in_asks_again_only_what_it_locks(client_of, village_head, review):
    client = client_of(village_head)
    fill(client, review)
    page = text(client.get(step_url(review, NOTE) + "?sure=1"))
    version = re.search(r'name="version" value="(\d+)"', page)[1]
    chains.seal_waiting()  # the chain of the ward is begun once
    answer, asked = questions(lambda: client.post(step_url(review, NOTE), {"version": version}))

    assert answer.status_code == 302
    # The standard of the form as it is when it is locked, and two of the journal.
    assert sum(times - 1 for times in repeated(asked).values()) <= 3
    assert asked.total() <= 36


def test_the_receipt_leads_to_the_next_household(client_of, village_head, campaign, review):
    after = pending_review(campaign, review.village, head="Y Xuân")
    client = client_of(village_head)
    fill(client, review)

    page = text(client.get(send(client, review).url))

    assert f'href="{step_url(after, 1)}"> Sang hộ tiếp theo' in page


def test_a_form_entered_in_the_grid_counts_as_done(client_of, village_head, coordinator, review):
    client = client_of(village_head)
    fill(client, review)
    record_review(review=review, answers=POOR, version=1, by=coordinator)

    page = text(client.get(list_url(review.campaign) + "?state=done"))

    assert "Y Hữu Nam" in page
    assert "Đã có kết quả; nháp" in page


def test_an_unusual_result_is_confirmed_before_it_is_sent(client_of, village_head, review):
    client = client_of(village_head)
    fill(client, review, score="200", lacking=())

    page = text(client.get(step_url(review, RESULT)))
    assert "chuyển hai bậc trong một lần rà soát" in page
    assert f'href="{step_url(review, NOTE)}?sure=1"> Đúng như vậy, xác nhận' in page
    assert client.get(step_url(review, NOTE)).url == step_url(review, RESULT)
    send(client, review, sure="1")

    assert Review.objects.get().warnings_confirmed_by == village_head


def test_what_was_sent_is_opened_and_corrected(client_of, village_head, review):
    client = client_of(village_head)
    fill(client, review)
    send(client, review, note="Chủ hộ đi làm xa")
    assert step_url(review, 1) in text(client.get(list_url(review.campaign)))

    sent = text(client.get(step_url(review, 1)))
    assert "B1 = 110, B2 = 20" in sent
    assert "Chủ hộ đi làm xa" in sent
    client_id = confirm(client, review)
    assert 'value="110"' in text(client.get(step_url(review, 2)))
    client.post(step_url(review, 2), {"client_id": client_id, "score": "120"})
    send(client, review, note="Chủ hộ đi làm xa")

    saved = Review.objects.get()
    assert (saved.income_score, saved.deprivations) == (120, {5, 9})
