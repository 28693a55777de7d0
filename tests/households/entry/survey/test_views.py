"""The survey form, the work list, finishing and reopening, as each role meets them."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from households.choices import PovertyClass
from households.entry.survey.services.reviews import record_review
from households.models import CampaignVillage, PovertyCause, Review
from povertyplan.core.choices import Role
from tests.factories.core import GrantFactory, VillageFactory, user_with
from tests.factories.households import CampaignFactory, ReviewFactory
from tests.households.campaigns import (
    NEAR_POOR,
    NOT_POOR,
    POOR,
    answers,
    entered,
    finish,
    pending_review,
    village_of,
)
from tests.pages import NO_RIGHT, NOT_FOUND, heading_of, nothing_written
from tests.pages import text_of as text


@pytest.fixture
def campaign(ward):
    return CampaignFactory(ward=ward)


@pytest.fixture
def review(campaign, village):
    return pending_review(campaign, village, code="DC-0001", head="Y Hữu Nam")


def url(name, campaign, thing=None):
    arguments = [campaign.pk, thing.pk] if thing else [campaign.pk]
    return reverse(f"households:{name}", args=arguments)


def form_url(review):
    return url("review_edit", review.campaign, review.household)


def sent(**changes):
    return {"version": "1", "income_score": "110", "deprivations": ["5", "9"], **changes}


def test_village_reviews_lists_the_households_with_their_state(
    client_of, village_head, campaign, village, review
):
    entered(campaign, village, by=village_head, said=NEAR_POOR, head="Võ Thị Mai")

    page = text(client_of(village_head).get(url("village_reviews", campaign, village)))

    assert "1/2 hộ đã nhập" in page
    assert page.index("Võ Thị Mai") < page.index("Y Hữu Nam")
    assert form_url(review) in page
    assert "Hoàn thành thôn" in page


def test_village_reviews_filtered_by_state(client_of, village_head, campaign, village, review):
    entered(campaign, village, by=village_head, head="Võ Thị Mai")
    client = client_of(village_head)

    pending = text(client.get(url("village_reviews", campaign, village), {"state": "pending"}))
    done = text(client.get(url("village_reviews", campaign, village), {"state": "done"}))

    assert ("Y Hữu Nam" in pending, "Võ Thị Mai" in pending) == (True, False)
    assert ("Y Hữu Nam" in done, "Võ Thị Mai" in done) == (False, True)


def test_village_reviews_says_when_there_is_nothing_to_review(
    client_of, coordinator, campaign, village
):
    ReviewFactory(campaign=campaign)
    row = CampaignVillage.objects.get()

    campaign_village = url("village_reviews", campaign, row.village)
    Review.objects.all().delete()

    assert "Thôn này không có hộ trong danh sách rà soát." in text(
        client_of(coordinator).get(campaign_village)
    )


def test_village_reviews_query_count_does_not_grow(client_of, coordinator, campaign, village):
    client = client_of(coordinator)
    counts = []
    for more in (1, 2):
        for _ in range(more):
            pending_review(campaign, village)
        with CaptureQueriesContext(connection) as queries:
            page = text(client.get(url("village_reviews", campaign, village)))
        counts.append((page.count("Chưa nhập</span>"), len(queries)))

    (one, few), (three, many) = counts
    assert (one, three) == (1, 3)
    assert many == few


def test_review_edit_shows_members_setting_and_last_years_values(
    client_of, coordinator, ward, village, review
):
    PovertyCause.objects.create(number=2, name="Không có vốn sản xuất, kinh doanh")
    last_year = ReviewFactory(
        campaign=CampaignFactory(ward=ward, year=2025), household=review.household
    )
    said = answers(income_score=95, causes=frozenset({2}))
    record_review(review=last_year, answers=said, version=1, by=coordinator)

    page = text(client_of(coordinator).get(form_url(review)))

    assert "DC-0001 · 1 khẩu · Tổ dân phố 1 (khu vực thành thị)" in page
    assert "Năm 2025: B1 = 95 điểm" in page
    assert (page.count("2025: thiếu hụt"), page.count("2025: không thiếu")) == (2, 10)
    assert "Năm 2025: 2. Không có vốn sản xuất, kinh doanh" in page
    assert 'value="95"' not in page


def test_review_edit_hands_the_standard_to_the_script_as_data(client_of, coordinator, review):
    page = text(client_of(coordinator).get(form_url(review)))

    assert '<script id="standard-rules" type="application/json">' in page
    assert 'data-setting="urban"' in page


def test_review_edit_saves_and_shows_the_stored_sentence(client_of, village_head, review):
    response = client_of(village_head).post(form_url(review), sent(), follow=True)

    saved = Review.objects.get()
    assert (saved.income_score, saved.deprivations, saved.version) == (110, {5, 9}, 2)
    assert response.redirect_chain == [(form_url(review), 302)]
    assert "Đã lưu phiếu của hộ Y Hữu Nam: Hộ cận nghèo." in text(response)
    assert "B2 = 20 điểm (&lt; 30; thiếu: 5 Trình độ giáo dục của người lớn" in text(response)


def test_review_edit_goes_on_to_the_next_household(
    client_of, village_head, campaign, village, review
):
    following = pending_review(campaign, village, head="Y Thương")
    client = client_of(village_head)

    first = client.post(form_url(review), sent(next="1"))
    second = client.post(form_url(following), sent(next="1"))

    assert first.url == form_url(following)
    assert second.url == url("village_reviews", campaign, village)


def test_review_edit_shows_what_is_unusual_until_it_is_confirmed(
    client_of, village_head, village, campaign
):
    odd = entered(campaign, village, by=village_head, said=NOT_POOR)
    client = client_of(village_head)

    assert 'name="confirm"' in text(client.get(form_url(odd)))
    client.post(form_url(odd), {"confirm": "1", "version": str(odd.version)})

    odd.refresh_from_db()
    assert odd.warnings_confirmed_by == village_head
    page = text(client.get(form_url(odd)))
    assert "chuyển hai bậc trong một lần rà soát" in page
    assert f"{village_head} đã xác nhận lúc" in page
    assert 'name="confirm"' not in page


@pytest.mark.parametrize("version", ["", "1", "x"])
def test_review_edit_confirms_nothing_over_another_version(
    client_of, village_head, coordinator, village, campaign, version
):
    odd = entered(campaign, village, by=village_head, said=NOT_POOR)

    client_of(coordinator).post(form_url(odd), {"confirm": "1", "version": version})

    odd.refresh_from_db()
    assert odd.warnings_confirmed_at is None


def test_household_detail_offers_the_form_only_while_its_village_is_open(
    client_of, coordinator, village, campaign
):
    review = entered(campaign, village, by=coordinator)
    client = client_of(coordinator)
    address = reverse("households:household_detail", args=[review.household_id])

    assert "Sửa phiếu rà soát" in text(client.get(address))
    finish(campaign, village, by=coordinator)

    page = text(client.get(address))
    assert "Xem phiếu rà soát" in page
    assert "Sửa phiếu rà soát" not in page


def test_review_edit_keeps_what_was_typed_beside_every_error(client_of, village_head, review):
    data = sent(income_score="12,5", deprivations=["5"], visited_on="31/12/2026")

    response = client_of(village_head).post(form_url(review), data)

    page = text(response)
    assert response.status_code == 422
    assert "Có 2 lỗi cần sửa" in page
    assert "Nhập số nguyên từ 0 trở lên." in page
    assert 'value="12,5"' in page
    assert 'value="31/12/2026"' in page
    assert re.findall(r'name="deprivations" value="(\d+)"[^>]*checked', page) == ["5"]
    assert not Review.objects.get().is_done


def test_review_edit_refuses_a_thirteenth_indicator(client_of, village_head, review):
    response = client_of(village_head).post(form_url(review), sent(deprivations=["13"]))

    assert response.status_code == 422
    assert "không có chỉ số thiếu hụt số 13" in text(response)
    assert not Review.objects.get().is_done


@pytest.mark.parametrize("version", [None, "", "0", "-1", "7", "một", "1.0"])
def test_review_edit_refuses_a_missing_or_forged_version(client_of, village_head, review, version):
    data = sent(version=version or "")
    if version is None:
        del data["version"]

    response = client_of(village_head).post(form_url(review), data)

    assert response.status_code == 422
    assert "phiên bản" in text(response)
    assert not Review.objects.get().is_done


def test_review_edit_shows_both_sides_of_a_stale_save(client_of, village_head, coordinator, review):
    record_review(review=review, answers=NEAR_POOR, version=1, by=village_head)

    response = client_of(coordinator).post(
        form_url(review), sent(income_score="130", deprivations=["5", "7"])
    )

    page = text(response)
    assert response.status_code == 409
    assert f"{village_head} vừa sửa hồ sơ này lúc" in page
    assert re.findall(r'name="keep_(\w+)" value="mine"', page) == [
        "income_score",
        "deprived_7",
        "deprived_9",
    ]
    assert re.search(r"<span>110</span>.*<span>130</span>", page, re.DOTALL)
    assert '<input type="hidden" name="version" value="2">' in page
    saved = Review.objects.get()
    assert (saved.income_score, saved.deprivations, saved.version) == (110, {5, 9}, 2)


def conflict_choice(**keep):
    mine = sent(version="2", income_score="130", deprivations=["5", "7"])
    return {**mine, **{f"keep_{name}": side for name, side in keep.items()}}


def test_review_edit_saves_the_side_chosen_for_each_field(
    client_of, village_head, coordinator, review
):
    record_review(review=review, answers=NEAR_POOR, version=1, by=village_head)
    choice = conflict_choice(income_score="theirs", deprived_7="mine", deprived_9="theirs")

    response = client_of(coordinator).post(form_url(review), choice)

    assert response.status_code == 302
    saved = Review.objects.get()
    assert (saved.income_score, saved.deprivations) == (110, {5, 7, 9})
    assert (saved.version, saved.updated_by) == (3, coordinator)


def test_review_edit_asks_again_when_a_field_was_left_open(
    client_of, village_head, coordinator, review
):
    record_review(review=review, answers=NEAR_POOR, version=1, by=village_head)

    response = client_of(coordinator).post(form_url(review), conflict_choice(income_score="theirs"))

    assert response.status_code == 409
    assert "Còn dòng chưa chọn." in text(response)
    assert Review.objects.get().version == 2


def test_review_edit_shows_the_conflict_again_when_the_form_moved_on(
    client_of, village_head, coordinator, review
):
    record_review(review=review, answers=NEAR_POOR, version=1, by=village_head)
    record_review(review=review, answers=POOR, version=2, by=village_head)
    choice = conflict_choice(
        income_score="mine", deprived_1="mine", deprived_7="mine", deprived_9="mine"
    )

    response = client_of(coordinator).post(form_url(review), choice)

    assert response.status_code == 409
    assert '<input type="hidden" name="version" value="3">' in text(response)
    assert Review.objects.get().deprivations == {1, 5, 9}


def test_review_edit_sent_twice_is_one_save(client_of, village_head, review):
    client = client_of(village_head)

    assert client.post(form_url(review), sent()).status_code == 302
    assert client.post(form_url(review), sent()).status_code == 302

    assert Review.objects.get().version == 2


def test_review_edit_in_a_finished_village_says_who_locked_it(
    client_of, village_head, campaign, village
):
    review = entered(campaign, village, by=village_head, said=NEAR_POOR)
    finish(campaign, village, by=village_head)
    client = client_of(village_head)

    shown = text(client.get(form_url(review)))
    refused = client.post(form_url(review), sent(version="2", income_score="180"))

    assert f"({village_head} xác nhận)" in shown
    assert "<fieldset disabled>" in shown
    assert "Lưu và sang hộ tiếp theo" not in shown
    assert refused.status_code == 422
    assert Review.objects.get().income_score == 110


def test_review_edit_is_only_read_by_the_leader(client_of, leader, review):
    client = client_of(leader)

    page = text(client.get(form_url(review)))
    answer = client.post(form_url(review), sent())

    assert "Bạn chỉ xem được phiếu này, không sửa được." in page
    assert answer.status_code == 403
    assert not Review.objects.get().is_done


@pytest.mark.parametrize("role", ["observer", "reporter", "administrator"])
def test_review_edit_is_closed_to_roles_without_forms(client_of, review, role, request):
    client = client_of(request.getfixturevalue(role))

    assert client.get(form_url(review)).status_code == 403
    assert client.post(form_url(review), sent()).status_code == 403
    assert not Review.objects.get().is_done


def test_a_right_in_one_village_gives_none_in_another(client_of, observer, ward, review):
    GrantFactory(user=observer, role=Role.ENTRY_OFFICER, area=VillageFactory(parent=ward))
    client = client_of(observer)

    assert heading_of(client.get(form_url(review))) == NOT_FOUND
    assert heading_of(client.post(form_url(review), sent())) == NOT_FOUND
    assert not Review.objects.get().is_done


@pytest.mark.parametrize("name", ["village_reviews", "village_finish"])
def test_village_pages_do_not_exist_for_strangers(
    client_of, stranger, ward, campaign, village, review, name
):
    neighbour = user_with(Role.ENTRY_OFFICER, VillageFactory(parent=ward))

    for user in (stranger, neighbour):
        assert heading_of(client_of(user).get(url(name, campaign, village))) == NOT_FOUND


def test_review_edit_does_not_exist_for_strangers(client_of, stranger, ward, review):
    neighbour = user_with(Role.ENTRY_OFFICER, VillageFactory(parent=ward))

    for user in (stranger, neighbour):
        client = client_of(user)
        assert client.get(form_url(review)).status_code == 404
        assert client.post(form_url(review), sent()).status_code == 404
    assert not Review.objects.get().is_done


def test_review_edit_of_a_household_that_is_not_listed_does_not_exist(
    client_of, coordinator, campaign, ward, village
):
    other = pending_review(CampaignFactory(ward=ward, year=2025), village)

    response = client_of(coordinator).get(url("review_edit", campaign, other.household))

    assert heading_of(response) == NOT_FOUND


def test_village_finish_sets_the_classes_beside_those_before(
    client_of, village_head, campaign, village
):
    before = [PovertyClass.POOR, PovertyClass.POOR, PovertyClass.NEAR_POOR]
    for poverty_class, said in zip(before, [POOR, NEAR_POOR, NEAR_POOR], strict=True):
        entered(campaign, village, by=village_head, said=said, poverty_class=poverty_class)

    page = text(client_of(village_head).get(url("village_finish", campaign, village)))

    rows = re.findall(r"<tr> <th scope=.row.>(.*?)</td> </tr>", page)
    assert [re.sub(r"(<[^>]+>)+", " ", row).split() for row in rows] == [
        ["Hộ", "nghèo", "2", "1"],
        ["Hộ", "cận", "nghèo", "1", "2"],
    ]


def test_village_finish_lists_what_is_missing(client_of, village_head, campaign, village, review):
    client = client_of(village_head)

    page = text(client.get(url("village_finish", campaign, village)))
    answer = client.post(url("village_finish", campaign, village), {"version": "1"})

    assert "Còn 1 hộ chưa nhập phiếu" in page
    assert "Y Hữu Nam" in page
    assert answer.status_code == 422
    assert not CampaignVillage.objects.get().is_finished


def test_village_finish_locks_the_village(client_of, village_head, campaign, village):
    entered(campaign, village, by=village_head)

    response = client_of(village_head).post(
        url("village_finish", campaign, village), {"version": "1"}, follow=True
    )

    assert CampaignVillage.objects.get().finished_by == village_head
    assert "Đã hoàn thành rà soát ở Tổ dân phố 1." in text(response)
    assert "Nhập tiếp" not in text(response)


def test_village_reopen_by_the_coordinator_with_a_reason(
    client_of, coordinator, village_head, campaign, village
):
    entered(campaign, village, by=village_head)
    finish(campaign, village, by=village_head)
    client, page = client_of(coordinator), url("village_reopen", campaign, village)

    without = client.post(page, {"version": "2", "reason": ""})
    assert without.status_code == 422
    assert "Nhập lý do mở lại thôn." in text(without)
    assert village_of(campaign, village).is_finished

    assert client.post(page, {"version": "2", "reason": "Phúc tra"}).status_code == 302
    assert not village_of(campaign, village).is_finished


def test_village_reopen_is_closed_to_the_village_head(
    client_of, village_head, campaign, village, review
):
    with nothing_written():
        response = client_of(village_head).post(
            url("village_reopen", campaign, village), {"version": "1", "reason": "Ghi nhầm"}
        )

    assert heading_of(response) == NO_RIGHT
