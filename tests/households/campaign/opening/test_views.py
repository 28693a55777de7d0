"""Opening a review from its page: the list, who asked, who reviews, and once only."""

from datetime import date
from uuid import uuid4

import pytest

from households.choices import CampaignKind, CampaignStage, ListReason, PovertyClass
from households.models import Review, ReviewCampaign
from povertyplan.core import clock
from tests.factories.core import VillageFactory
from tests.factories.households import (
    CampaignFactory,
    HouseholdFactory,
    ProcedureFactory,
    ReviewFactory,
    StandardFactory,
    StatusFactory,
)
from tests.pages import NO_RIGHT, heading_of, nothing_written
from tests.pages import text_of as text

NEW = "/reviews/new/"


@pytest.fixture(autouse=True)
def _today():
    with clock.set_to(date(2026, 11, 20)):
        yield


@pytest.fixture
def asked(village):
    return HouseholdFactory(village=village, head="Y Đề Nghị", code="HN-99")


@pytest.fixture
def poor(village):
    home = HouseholdFactory(village=village)
    StatusFactory(household=home, poverty_class=PovertyClass.POOR)
    return home


def data(**changes):
    return {
        "key": str(uuid4()),
        "year": "2026",
        "name": "Rà soát năm 2026",
        "standard": StandardFactory().pk,
        "procedure": ProcedureFactory().pk,
        "opens_on": "01/9/2026",
        "closes_on": "14/12/2026",
        **changes,
    }


def test_page_proposes_dates_of_the_procedure_and_the_list_in_force(client_of, coordinator, poor):
    StandardFactory(), ProcedureFactory()
    page = text(client_of(coordinator).get(NEW))

    assert 'value="01/09/2026"' in page
    assert 'value="2026"' in page
    assert 'value="14/12/2026"' in page
    assert "1 hộ nghèo, 0 hộ cận nghèo" in page
    regular = text(client_of(coordinator).get(f"{NEW}?kind=regular"))
    assert 'value="11/12/2026"' in regular


def test_annual_review_lists_the_poor_and_those_who_asked(
    client_of, coordinator, village, village_head, poor, asked
):
    chosen = {"chosen": [asked.pk], f"reviewer_{village.pk}": coordinator.pk}
    answer = client_of(coordinator).post(NEW, data(**chosen))

    campaign = ReviewCampaign.objects.get()
    assert answer.url == f"/reviews/{campaign.pk}/"
    reasons = dict(campaign.reviews.values_list("household", "list_reason"))
    assert reasons == {poor.pk: ListReason.ON_LIST, asked.pk: ListReason.REQUESTED}
    assert campaign.procedure.code == "QD-24-2021"
    assert campaign.villages.get().reviewer == coordinator


def test_regular_review_lists_only_those_who_asked_and_their_villages(
    client_of, coordinator, ward, poor, asked
):
    VillageFactory(parent=ward)
    client_of(coordinator).post(f"{NEW}?kind=regular", data(chosen=[asked.pk]))

    campaign = ReviewCampaign.objects.get()
    assert campaign.kind == CampaignKind.REGULAR
    assert [review.household for review in campaign.reviews.all()] == [asked]
    assert campaign.villages.count() == 1


def test_search_shows_households_and_keeps_what_was_typed(client_of, coordinator, asked, poor):
    client = client_of(coordinator)
    by_name = client.post(NEW, data(search="1", find="y de nghi", name="Tên của tôi"))
    by_code = client.post(NEW, data(search="1", find="hn-99", chosen=[poor.pk]))

    assert by_name.status_code == 200
    assert "HN-99" in text(by_name)
    assert "Tên của tôi" in text(by_name)
    assert poor.code in text(by_code)
    assert not ReviewCampaign.objects.exists()


def test_form_sent_twice_opens_one_campaign(client_of, coordinator, poor):
    client, sent = client_of(coordinator), data()

    assert client.post(NEW, sent).url == client.post(NEW, sent).url
    assert ReviewCampaign.objects.count() == 1


def test_second_annual_review_of_a_year_is_refused(client_of, coordinator, ward, poor):
    CampaignFactory(ward=ward)
    answer = client_of(coordinator).post(NEW, data())

    assert answer.status_code == 422
    assert "Năm này đã có đợt rà soát định kỳ" in text(answer)


def test_regular_review_refuses_a_household_under_review_and_an_empty_list(
    client_of, coordinator, ward, asked
):
    ReviewFactory(campaign=CampaignFactory(ward=ward), household=asked)
    client = client_of(coordinator)
    twice = client.post(f"{NEW}?kind=regular", data(chosen=[asked.pk]))
    nobody = client.post(f"{NEW}?kind=regular", data())

    assert "đang có phiếu trong đợt rà soát khác: HN-99" in text(twice)
    assert "cần ít nhất một hộ đề nghị" in text(nobody)
    assert Review.objects.count() == 1


def test_regular_review_takes_a_household_only_once_its_last_review_is_recognised(
    client_of, coordinator, ward, asked
):
    ReviewFactory(
        campaign=CampaignFactory(
            ward=ward,
            stage=CampaignStage.SUBMITTED,
            submitted_by=coordinator,
            submitted_at=clock.now(),
        ),
        household=asked,
    )
    client = client_of(coordinator)
    waiting = client.post(f"{NEW}?kind=regular", data(chosen=[asked.pk]))
    assert "đang có phiếu trong đợt rà soát khác: HN-99" in text(waiting)

    ReviewCampaign.objects.update(stage=CampaignStage.RECOGNISED)
    assert client.post(f"{NEW}?kind=regular", data(chosen=[asked.pk])).status_code == 302


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"closes_on": "31/8/2026"}, "không được trước ngày bắt đầu"),
        ({"opens_on": "31/02/2026"}, "Nhập ngày theo dạng"),
        ({"year": "hai nghìn"}, "Nhập số nguyên"),
        ({"standard": "999999"}, "Chọn chuẩn nghèo"),
        ({"chosen": ["abc", "99999999999999"]}, ""),
        ({"key": "không phải mã"}, "thiếu mã gửi"),
    ],
)
def test_bad_input_opens_nothing(client_of, coordinator, poor, changes, sentence):
    answer = client_of(coordinator).post(NEW, data(**changes))

    assert answer.status_code == 422
    assert sentence in text(answer)
    assert not ReviewCampaign.objects.exists()


def test_household_of_another_ward_is_not_taken(client_of, coordinator, stranger):
    foreign = HouseholdFactory(village__parent=stranger.ward)
    answer = client_of(coordinator).post(NEW, data(chosen=[foreign.pk]))

    assert answer.status_code == 422
    assert not ReviewCampaign.objects.exists()


@pytest.mark.parametrize("role", ["leader", "observer", "village_head", "administrator"])
def test_only_coordinators_open_reviews(client_of, role, request):
    client = client_of(request.getfixturevalue(role))

    assert heading_of(client.get(NEW)) == NO_RIGHT
    with nothing_written():
        assert heading_of(client.post(NEW, {})) == NO_RIGHT
