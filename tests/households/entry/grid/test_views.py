"""The bulk entry on the server: one household at a time as JSON, and a page as a plain form."""

import random
import re

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from households.choices import PovertyClass
from households.entry.survey.selectors.rows import grid_rows
from households.entry.survey.services.confirmation import confirm_warnings
from households.entry.survey.services.reviews import record_review
from households.ledger.selectors.standards import read_vocabulary
from households.models import PovertyCause, Review
from povertyplan.core.models import AuditEvent
from tests.factories.core import VillageFactory
from tests.factories.households import CampaignFactory, ReviewFactory
from tests.households.campaigns import (
    NEAR_POOR,
    NOT_POOR,
    POOR,
    answers,
    entered,
    finish,
    pending_review,
    submitted_campaign,
    village_of,
)
from tests.households.grids import grid_url, line, message, send
from tests.pages import NO_RIGHT, NOT_FOUND, heading_of, nothing_written
from tests.pages import text_of as text
from tests.queries import questions, repeated


@pytest.fixture
def campaign(ward):
    return CampaignFactory(ward=ward)


@pytest.fixture
def review(campaign, village):
    return pending_review(campaign, village, code="DC-0001", head="Y Hữu Nam")


@pytest.fixture
def causes(db):
    return [PovertyCause.objects.create(number=n, name=f"Nguyên nhân {n}") for n in (1, 2)]


def test_review_grid_shows_every_household_with_last_years_answers(
    client_of, village_head, campaign, village, review
):
    earlier = CampaignFactory(ward=campaign.ward, year=2025)
    form = ReviewFactory(campaign=earlier, household=review.household)
    record_review(review=form, answers=answers(income_score=123), version=1, by=village_head)

    page = text(client_of(village_head).get(grid_url(campaign, village)))

    assert "Y Hữu Nam" in page
    assert '<span class="grid__was">2025: 123</span>' in page
    assert '<span class="grid__was">2025: 5 9</span>' in page
    assert page.count('data-cell="12"') == 1


def test_review_grid_query_count_does_not_grow(client_of, coordinator, campaign, village):
    client = client_of(coordinator)
    counts = []
    for more in (1, 2):
        for _ in range(more):
            pending_review(campaign, village)
        with CaptureQueriesContext(connection) as queries:
            page = text(client.get(grid_url(campaign, village)))
        counts.append((page.count('role="rowheader"'), len(queries)))

    assert [rows for rows, _ in counts] == [1, 3]
    assert counts[0][1] == counts[1][1]


@pytest.fixture
def three_rows(campaign, village, village_head):
    """One household to enter, one that came out as before, one with an unusual result."""
    pending_review(campaign, village, head="Đặng Thị Ủy")
    entered(campaign, village, by=village_head, said=POOR, head="Y Hữu Nam")
    entered(campaign, village, by=village_head, said=NOT_POOR, head="Y Thơm")


def names_in(page):
    return re.findall(r"(\d+)</a> <a [^>]*>([^<]+)</a>", page)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", [("1", "Y Hữu Nam"), ("2", "Y Thơm"), ("3", "Đặng Thị Ủy")]),
        ("?show=pending", [("3", "Đặng Thị Ủy")]),
        ("?show=warned", [("2", "Y Thơm")]),
        ("?show=changed", [("2", "Y Thơm")]),
        ("?name=dang thi uy", [("3", "Đặng Thị Ủy")]),
        ("?show=warned&name=Ủy", []),
        ("?show=anything", [("1", "Y Hữu Nam"), ("2", "Y Thơm"), ("3", "Đặng Thị Ủy")]),
    ],
)
def test_review_grid_shows_a_tab_and_keeps_the_numbers(
    client_of, coordinator, campaign, village, three_rows, query, expected
):
    page = text(client_of(coordinator).get(grid_url(campaign, village) + query))

    assert names_in(page) == expected
    assert re.findall(r'class="count"[^>]*>(\d+)<', page) == ["3", "1", "1", "0", "1"]
    assert "2/3 hộ đã nhập" in page


def test_review_grid_leads_to_the_villages_beside_that_the_user_may_open(
    client_of, coordinator, village_head, ward, village
):
    after = VillageFactory(parent=ward, name="Tổ dân phố 2", order=village.order + 1)
    campaign = CampaignFactory(ward=ward)
    for place in (village, after):
        pending_review(campaign, place)
    address = grid_url(campaign, village)

    assert f'data-beside="PageDown" href="{grid_url(campaign, after)}"' in text(
        client_of(coordinator).get(address)
    )
    assert "data-beside" not in text(client_of(village_head).get(address))


@pytest.mark.parametrize("name", ["review_grid", "review_grid_save"])
def test_grid_is_closed_to_strangers(client_of, stranger, village, review, name):
    client = client_of(stranger)
    address = grid_url(review.campaign, village, name)

    with nothing_written():
        answer = client.post(address, message(review), content_type="application/json")

    assert heading_of(answer) == NOT_FOUND


def test_review_grid_is_not_for_leaders(client_of, leader, campaign, village, review):
    assert heading_of(client_of(leader).get(grid_url(campaign, village))) == NO_RIGHT


def test_review_grid_of_a_finished_village_has_no_open_cell(
    client_of, village_head, coordinator, campaign, village
):
    entered(campaign, village, by=village_head, said=POOR)
    finish(campaign, village, by=coordinator)

    page = text(client_of(village_head).get(grid_url(campaign, village)))

    assert "đã hoàn thành rà soát" in page
    assert "js/grid/main.js" not in page
    assert 'data-cell="score" value="110" inputmode="numeric" autocomplete="off"' in page
    assert page.count(" disabled") == 16


def test_grid_save_records_and_answers_with_class_and_version(
    client_of, village_head, review, causes
):
    answer = send(client_of(village_head), review, causes=[2])

    saved = Review.objects.get()
    assert answer.status_code == 200
    assert (saved.income_score, saved.deprivations) == (110, {5, 9})
    assert [cause.number for cause in saved.causes.all()] == [2]
    assert saved.recorded_class == PovertyClass.NEAR_POOR
    said = answer.json()
    assert (said["version"], said["sequence"]) == (saved.version, 1)
    answers_sent = {"score": 110, "deprivations": [5, 9], "causes": [2]}
    assert said["values"] == {**answers_sent, "note": "", "flag": False}
    assert said["hasChangedClass"] is True


MOST_STATEMENTS = 18


@pytest.mark.parametrize(
    ("first", "then"),
    [
        pytest.param({"score": 300, "deprivations": []}, {}, id="not poor"),
        pytest.param({"causes": [1, 2]}, {"score": 120, "causes": [1, 2]}, id="other score"),
        pytest.param({"causes": [1]}, {"causes": [1, 2]}, id="another cause"),
        pytest.param({"causes": [1, 2]}, {"causes": [2]}, id="one cause less"),
        pytest.param({"causes": [1]}, {"score": 300, "deprivations": []}, id="off the list"),
    ],
)
def test_grid_save_asks_few_things_and_none_twice(
    client_of, village_head, campaign, review, causes, first, then
):
    earlier = CampaignFactory(ward=campaign.ward, year=2025)
    form = ReviewFactory(campaign=earlier, household=review.household)
    record_review(review=form, answers=answers(income_score=123), version=1, by=village_head)
    client = client_of(village_head)
    send(client, pending_review(campaign, review.village, code="DC-0002", head="Y Hoa"))

    for version, more in enumerate([first, then], start=1):
        if not more:
            continue
        content = message(review, version=version, **more)
        answer, asked = questions(lambda content=content: send(client, review, content))

        assert answer.json()["version"] == version + 1
        assert repeated(asked) == {}
        assert sum(asked.values()) <= MOST_STATEMENTS, "\n".join(asked)


def test_grid_save_compares_with_last_time_and_with_the_class_before(
    client_of, village_head, campaign, village, review
):
    earlier = CampaignFactory(ward=campaign.ward, year=2025)
    form = ReviewFactory(campaign=earlier, household=review.household)
    record_review(review=form, answers=answers(income_score=300), version=1, by=village_head)
    client = client_of(village_head)
    page = client.get(grid_url(campaign, village))

    answer = send(client, review).json()

    [shown] = grid_rows(campaign=campaign, village=village)
    assert answer["warnings"] == shown.warnings != []
    assert answer["hasChangedClass"] is shown.has_changed_class is True
    [before] = page.context["data"]["rows"]
    assert before.keys() - answer.keys() == {"before", "earlier", "movements"}


@pytest.mark.parametrize(
    ("was", "said"), [({1, 2}, {2}), ({1}, {2}), ({2}, set()), (set(), {1, 2})], ids=str
)
def test_grid_save_writes_the_causes_that_changed(
    client_of, village_head, review, causes, was, said
):
    client = client_of(village_head)
    send(client, review, causes=sorted(was))

    answer = send(client, review, version=2, score=111, causes=sorted(said))

    saved = Review.objects.get()
    assert answer.json()["values"]["causes"] == sorted(said)
    assert {cause.number for cause in saved.causes.all()} == said
    [line] = AuditEvent.objects.filter(summary__contains="sửa phiếu")
    shown = [", ".join(map(str, sorted(each))) or "không" for each in (was, said)]
    assert ("nguyên nhân {} → {}".format(*shown) in line.summary) is (was != said)


def test_grid_save_judges_the_causes_as_they_were_saved_meanwhile(
    client_of, village_head, review, causes
):
    """What was read before the lock is not taken for what is there after it."""
    known = read_vocabulary(Review.objects.select_related("campaign__standard").get(pk=review.pk))
    send(client_of(village_head), review, causes=[1])

    said = answers(income_score=111, causes=frozenset({2}))
    record_review(review=review, answers=said, version=2, by=village_head, vocabulary=known)

    assert [cause.number for cause in Review.objects.get().causes.all()] == [2]


def test_grid_save_keeps_what_the_grid_does_not_show(client_of, coordinator, review):
    said = answers(recorded_class=PovertyClass.POOR, class_reason="Họp dân thống nhất")
    record_review(review=review, answers=said, version=1, by=coordinator)

    send(client_of(coordinator), review, version=2, score=120)

    saved = Review.objects.get()
    assert (saved.income_score, saved.recorded_class) == (120, PovertyClass.POOR)
    assert saved.class_reason == "Họp dân thống nhất"


def test_grid_save_over_somebody_else_shows_both_and_writes_nothing(
    client_of, village_head, coordinator, review
):
    record_review(review=review, answers=POOR, version=1, by=coordinator)

    answer = send(client_of(village_head), review, version=1, score=90)

    assert answer.status_code == 409
    said = answer.json()
    assert said["values"]["score"] == 110
    assert (said["who"], said["own"], said["version"]) == (str(coordinator), False, 2)
    assert Review.objects.get().income_score == 110


def test_grid_save_over_ones_own_other_window_says_so(client_of, village_head, review):
    record_review(review=review, answers=POOR, version=1, by=village_head)

    answer = send(client_of(village_head), review, version=1, score=90)

    assert (answer.status_code, answer.json()["own"]) == (409, True)


def test_a_finished_village_is_not_offered_to_be_finished(client_of, coordinator, ward, village):
    campaign = CampaignFactory(ward=ward)
    entered(campaign, village, by=coordinator)
    address = grid_url(campaign, village)
    assert ">Hoàn thành thôn</a>" in text(client_of(coordinator).get(address))
    finish(campaign, village, by=coordinator)

    assert ">Hoàn thành thôn</a>" not in text(client_of(coordinator).get(address))


def test_grid_save_sent_again_after_a_lost_answer_is_no_conflict(client_of, village_head, review):
    client = client_of(village_head)
    send(client, review, version=1)

    again = send(client, review, version=1)

    assert (again.status_code, again.json()["version"]) == (200, 2)
    assert AuditEvent.objects.filter(act="record_review").count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"score": None}, "income_score"),
        ({"score": "mười"}, "income_score"),
        ({"score": -5}, "income_score"),
        ({"score": 10**12}, "income_score"),
        ({"score": True}, "income_score"),
        ({"deprivations": [13]}, "deprivations"),
        ({"deprivations": ["x"]}, "deprivations"),
        ({"causes": [77]}, "causes"),
        ({"version": None}, "row"),
        ({"version": 99}, "row"),
    ],
)
def test_grid_save_refuses_bad_values(client_of, village_head, review, changes, field):
    content = message(review)
    target = content if "version" in changes else content["values"]
    target.update(changes)

    answer = send(client_of(village_head), review, content)

    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == [field]
    assert not Review.objects.get().is_done


@pytest.mark.parametrize(
    "values", [None, [], "110", {"score": 110}, {"score": 110, "deprivations": None}]
)
def test_grid_save_refuses_incomplete_values(client_of, village_head, review, values):
    answer = send(client_of(village_head), review, {**message(review), "values": values})

    assert answer.status_code == 422
    assert not Review.objects.get().is_done


@pytest.mark.parametrize("body", ["", "[]", "{", '{"review": "x"}', '{"review": true, "a": 1}'])
def test_grid_save_refuses_what_it_cannot_read(client_of, village_head, review, body):
    address = grid_url(review.campaign, review.village, "review_grid_save")
    client = client_of(village_head)

    with nothing_written():
        answer = client.post(address, body, content_type="application/json")

    assert answer.status_code == 400


def test_grid_save_refuses_a_form_of_another_village(client_of, coordinator, campaign, village):
    elsewhere = pending_review(campaign, VillageFactory(parent=campaign.ward))
    pending_review(campaign, village)
    address = grid_url(campaign, village, "review_grid_save")

    answer = client_of(coordinator).post(
        address, message(elsewhere), content_type="application/json"
    )

    assert answer.status_code == 404
    assert not Review.objects.done().exists()


def test_grid_save_is_locked_in_a_finished_village(
    client_of, village_head, coordinator, campaign, village
):
    review = entered(campaign, village, by=village_head)
    finish(campaign, village, by=coordinator)

    answer = send(client_of(village_head), review, score=90)

    assert answer.status_code == 423
    assert "đã hoàn thành rà soát" in answer.json()["errors"]["row"]


def test_grid_save_is_locked_in_a_submitted_campaign(client_of, coordinator, ward, village):
    campaign = submitted_campaign(ward, village, by=coordinator)

    answer = send(client_of(coordinator), campaign.reviews.get(), score=90)

    assert answer.status_code == 423
    assert campaign.reviews.get().income_score == 110


def test_a_jump_of_two_classes_is_a_warning_until_it_is_confirmed(
    client_of, village_head, campaign, village, review
):
    client = client_of(village_head)
    said = send(client, review, score=200, deprivations=[]).json()
    assert said["warnings"] == [
        "Hộ nghèo thành hộ không nghèo: chuyển hai bậc trong một lần rà soát"
    ]

    finish_url = grid_url(campaign, village, "village_finish")
    version = village_of(campaign, village).version
    refused = client.post(finish_url, {"version": version})
    assert refused.status_code == 422
    assert "cảnh báo chưa xác nhận" in text(refused)

    confirmed = send(
        client, review, {"review": review.pk, "version": said["version"], "confirm": True}
    )
    assert confirmed.json()["confirmed"] is True
    assert client.post(finish_url, {"version": version}).status_code == 302


def test_other_answers_take_the_confirmation_back(village_head, review):
    saved = record_review(review=review, answers=NOT_POOR, version=1, by=village_head)
    confirmed = confirm_warnings(review=saved, version=saved.version, by=village_head)

    changed = record_review(
        review=review, answers=answers(income_score=250), version=confirmed.version, by=village_head
    )

    assert Review.objects.get(pk=changed.pk).warnings_confirmed_at is None


def test_village_finish_page_confirms_one_household_after_the_other(
    client_of, village_head, campaign, village
):
    first, other = (
        entered(campaign, village, by=village_head, said=NOT_POOR, head=head)
        for head in ("Võ Thị Mai", "Y Hữu Nam")
    )
    client = client_of(village_head)
    address = grid_url(campaign, village, "village_finish")
    stale = client.post(address, {"version": first.version - 1, "confirm_one": first.pk})

    assert stale.status_code == 422
    said = client.post(address, {"version": first.version, "confirm_one": first.pk}, follow=True)

    assert "Đã xác nhận cảnh báo của hộ Võ Thị Mai." in text(said)
    page = text(client.get(address))
    assert ("Võ Thị Mai" in page, "Y Hữu Nam" in page) == (False, True)
    confirmed = Review.objects.exclude(warnings_confirmed_at=None)
    assert [one.pk for one in confirmed] == [first.pk]
    assert (
        client.post(address, {"version": other.version, "confirm_one": "x"}).url
        == f"{address}#warned"
    )


def test_village_finish_page_confirms_the_list_at_once(client_of, village_head, campaign, village):
    entered(campaign, village, by=village_head, said=NOT_POOR, head="Võ Thị Mai")
    client = client_of(village_head)
    address = grid_url(campaign, village, "village_finish")

    page = text(client.get(address))
    assert "Võ Thị Mai" in page
    assert "chuyển hai bậc" in page
    client.post(address, {"version": village_of(campaign, village).version, "confirm": "1"})

    assert Review.objects.get().warnings_confirmed_by == village_head
    assert "Đã nhập đủ 1 hộ" in text(client.get(address))


def test_plain_form_saves_what_changed(client_of, village_head, campaign, village, review, causes):
    kept = entered(campaign, village, by=village_head, said=NEAR_POOR)
    posted = {**line(review, causes="2"), **line(kept, code="5 9", boxes=[5, 9])}

    answer = client_of(village_head).post(grid_url(campaign, village), posted)

    assert answer.status_code == 302
    review.refresh_from_db()
    assert (review.income_score, review.deprivations) == (110, {5, 9})
    assert [cause.number for cause in review.causes.all()] == [2]
    assert AuditEvent.objects.filter(act="record_review").count() == 2


def test_plain_form_takes_the_boxes_when_the_code_is_as_it_was(
    client_of, village_head, campaign, village
):
    review = entered(campaign, village, by=village_head, said=NEAR_POOR)

    client_of(village_head).post(
        grid_url(campaign, village), line(review, code="5 9", boxes=[5, 9, 11])
    )

    assert Review.objects.get().deprivations == {5, 9, 11}


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"code": "13"}, "Chỉ có 12 chỉ số, không có số 13."),
        ({"code": "0 5"}, "Số 0 nghĩa là không có, không đi cùng số khác."),
        ({"code": "năm"}, "“năm” không phải là số."),
        ({"code": ""}, "Nhập mã các chỉ số thiếu hụt"),
        ({"score": "mười"}, "Y Hữu Nam"),
        ({"causes": "9"}, "Không có nguyên nhân nghèo số 9."),
    ],
)
def test_plain_form_names_the_faults_and_keeps_what_was_typed(
    client_of, village_head, campaign, village, review, causes, typed, sentence
):
    other = pending_review(campaign, village)

    answer = client_of(village_head).post(
        grid_url(campaign, village), {**line(review, **typed), **line(other, score="200", code="0")}
    )

    page = text(answer)
    assert answer.status_code == 422
    assert sentence in page
    assert f'href="#score-{review.pk}"' in page
    assert "Đã lưu 1 hộ khác." in page
    for value in typed.values():
        assert f'value="{value}"' in page
    assert list(Review.objects.done()) == [other]


def test_plain_form_over_somebody_else_shows_theirs_and_tells_mine(
    client_of, village_head, coordinator, campaign, village, review
):
    record_review(review=review, answers=POOR, version=1, by=coordinator)

    answer = client_of(village_head).post(
        grid_url(campaign, village), line(review, score="90", version=1)
    )

    page = text(answer)
    assert answer.status_code == 422
    assert f"vừa được {coordinator} sửa" in page
    assert "B1 = 90, thiếu hụt 5 9" in page
    assert Review.objects.get().income_score == 110


def test_plain_form_of_sixty_full_households_fits(client_of, village_head, campaign, village):
    reviews = [pending_review(campaign, village) for _ in range(61)]
    address = grid_url(campaign, village)
    client = client_of(village_head)
    shown = [int(pk) for pk in _shown_reviews(text(client.get(address)))]
    first = [review for review in reviews if review.pk in shown]
    posted = {}
    for review in first:
        posted.update(line(review, code="", boxes=range(1, 13)))

    answer = client.post(address, posted)

    assert len(first) == 60
    assert sum(len(v) if isinstance(v, list) else 1 for v in posted.values()) + 1 < (
        settings.DATA_UPLOAD_MAX_NUMBER_FIELDS
    )
    assert answer.status_code == 302
    assert Review.objects.done().count() == 60


def _shown_reviews(page):
    return re.findall(r'data-review="(\d+)"', page)


def test_saves_hit_their_own_household_while_the_list_changes(
    client_of, village_head, campaign, village
):
    chance = random.Random(5)
    reviews = [pending_review(campaign, village) for _ in range(12)]
    wanted = {review.pk: chance.sample(range(1, 13), 3) for review in reviews}
    posted = {}
    for review in reviews:
        codes = " ".join(map(str, wanted[review.pk]))
        posted.update(line(review, score=str(review.pk % 900), code=codes))
    # Between opening and saving the list gets new households, other names, another order.
    for review in reviews:
        person = review.household.memberships.get().person
        person.sort_key = f"{chance.random()}"
        person.save()
    for _ in range(5):
        pending_review(campaign, village)
    chance.shuffle(reviews)

    client_of(village_head).post(grid_url(campaign, village), posted)

    for review in Review.objects.done():
        assert review.income_score == review.pk % 900
        assert review.deprivations == set(wanted[review.pk])
    assert Review.objects.done().count() == 12
