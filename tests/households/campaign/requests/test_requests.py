"""Requests of households: written down, joined, set aside, and answered by the review."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from households.campaign.opening.services import open_campaign
from households.campaign.requests.selectors import request_counts, requests_by_household
from households.campaign.requests.services import close_request, link_request, record_request
from households.choices import CampaignKind, ListReason, PovertyClass, RequestChannel, RequestKind
from households.models import ReviewCampaign, ReviewRequest
from households.register.services.villages import merge_villages
from povertyplan.core import clock
from povertyplan.core.choices import Setting
from povertyplan.core.models import AuditEvent
from povertyplan.core.platform.versions import StaleVersion
from tests.factories.core import VillageFactory
from tests.factories.households import (
    HouseholdFactory,
    ProcedureFactory,
    StandardFactory,
    StatusFactory,
)
from tests.pages import NO_RIGHT, heading_of, nothing_written
from tests.pages import text_of as text

LIST, NEW, OPEN = "/reviews/requests/", "/reviews/requests/new/", "/reviews/new/"
TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _today():
    with clock.set_to(TODAY):
        yield


@pytest.fixture
def home(village):
    return HouseholdFactory(village=village, head="Y Đề Nghị", code="HN-99")


def record(village, by, **changes):
    values = {
        "kind": RequestKind.REVIEW,
        "channel": RequestChannel.IN_PERSON,
        "received_on": date(2026, 11, 5),
        **changes,
    }
    return record_request(village=village, by=by, **values)


def opened(ward, by, requested, kind=CampaignKind.REGULAR):
    return open_campaign(
        ward=ward,
        year=2026,
        kind=kind,
        name="Đợt thử",
        standard=StandardFactory(),
        opens_on=TODAY,
        closes_on=date(2026, 12, 14),
        requested=requested,
        by=by,
    )


def posted(village, **changes):
    return {
        "key": str(uuid4()),
        "village": village.pk,
        "kind": "review",
        "channel": "village",
        "received_on": "05/11/2026",
        "applicant": "Y Mới",
        **changes,
    }


def test_request_of_a_household_is_its_heads(village, village_head, home):
    asked = record(village, village_head, household_code="hn-99")

    assert (asked.household, asked.applicant, asked.is_waiting) == (home, "Y Đề Nghị", True)
    assert AuditEvent.objects.filter(act="record_request", object_id=asked.pk).exists()


def test_request_of_a_household_not_in_the_register_has_a_name(village, village_head):
    asked = record(village, village_head, applicant=" Y  Mới ")

    assert (asked.household, asked.applicant) == (None, "Y Mới")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        pytest.param({}, "applicant", id="nobody asks"),
        pytest.param({"household_code": "HN-1"}, "household_code", id="no such household"),
        pytest.param(
            {"applicant": "Y", "received_on": date(2026, 11, 21)}, "received_on", id="tomorrow"
        ),
        pytest.param({"applicant": "Y", "kind": "x"}, "kind", id="unknown kind"),
    ],
)
def test_faulty_request_is_refused(village, village_head, changes, field):
    with pytest.raises(ValidationError) as refused:
        record(village, village_head, **changes)

    assert list(refused.value.error_dict) == [field]
    assert not ReviewRequest.objects.exists()


def test_household_waits_once_for_one_thing(village, village_head, home):
    record(village, village_head, household_code=home.code)
    record(village, village_head, household_code=home.code, kind=RequestKind.ESCAPE)

    with pytest.raises(ValidationError, match="chưa giải quyết"):
        record(village, village_head, household_code=home.code)
    with pytest.raises(IntegrityError), transaction.atomic():
        ReviewRequest.objects.update(kind=RequestKind.REVIEW)


def test_request_is_joined_to_a_household_of_its_village(ward, village, village_head, home):
    asked = record(village, village_head, applicant="Y Mới")
    HouseholdFactory(village=VillageFactory(parent=ward), code="HN-77")

    with pytest.raises(ValidationError, match="HN-77"):
        link_request(request=asked, household_code="HN-77", version=1, by=village_head)
    link_request(request=asked, household_code="HN-99", version=1, by=village_head)

    assert ReviewRequest.objects.get().household == home
    with pytest.raises(StaleVersion):
        link_request(request=asked, household_code="HN-99", version=1, by=village_head)


def test_request_is_set_aside_for_a_reason(village, village_head):
    asked = record(village, village_head, applicant="Y Mới")

    with pytest.raises(ValidationError, match="Nhập lý do"):
        close_request(request=asked, reason=" ", version=1, by=village_head)
    close_request(request=asked, reason="Đã chuyển đi", version=1, by=village_head)

    assert not ReviewRequest.objects.waiting().exists()
    assert AuditEvent.objects.get(act="close_request").reason == "Đã chuyển đi"
    with pytest.raises(ValidationError, match="đã được giải quyết"):
        close_request(request=asked, reason="Lần nữa", version=2, by=village_head)


def test_regular_review_answers_the_requests_it_takes_in(ward, village, coordinator, home):
    asked = record(village, coordinator, household_code=home.code)
    other = record(village, coordinator, applicant="Y Mới")

    campaign = opened(ward, coordinator, [home])

    asked.refresh_from_db()
    assert (asked.campaign, asked.version) == (campaign, 2)
    assert campaign.reviews.get().list_reason == ListReason.REQUESTED
    assert list(ReviewRequest.objects.waiting()) == [other]
    assert "1 giấy đề nghị" in AuditEvent.objects.get(act="open_campaign").summary


def test_annual_review_answers_the_requests_of_those_on_the_list(ward, village, coordinator, home):
    StatusFactory(household=home, poverty_class=PovertyClass.POOR)
    record(village, coordinator, household_code=home.code, kind=RequestKind.ESCAPE)

    campaign = opened(ward, coordinator, [], kind=CampaignKind.ANNUAL)

    assert ReviewRequest.objects.get().campaign == campaign


def test_requests_of_another_ward_wait_on(ward, stranger, coordinator, home):
    foreign = record(VillageFactory(parent=stranger.ward), stranger, applicant="Y Khác")
    record(home.village, coordinator, household_code=home.code)

    opened(ward, coordinator, [home])

    assert list(ReviewRequest.objects.waiting()) == [foreign]


def test_request_follows_its_village_into_another(ward, village, coordinator):
    asked = record(village, coordinator, applicant="Y Mới")

    new = merge_villages(
        ward=ward,
        villages=[village, VillageFactory(parent=ward)],
        name="Thôn Mới",
        code="",
        setting=Setting.URBAN,
        on=TODAY,
        by=coordinator,
    )

    asked.refresh_from_db()
    assert asked.village == new


def test_wizard_ticks_waiting_requests_and_names_the_others(client_of, coordinator, village, home):
    StandardFactory(), ProcedureFactory()
    record(village, coordinator, household_code=home.code)
    record(village, coordinator, applicant="Y Mới")
    client = client_of(coordinator)

    page = text(client.get(f"{OPEN}?kind=regular"))

    assert "Y Đề Nghị (HN-99)" in page
    assert "Mẫu 01: rà soát hộ nghèo, hộ cận nghèo, nhận ngày 05/11/2026" in page
    assert f'value="{home.pk}" id="id_chosen_0" checked' in page
    assert "Còn 1 giấy đề nghị của hộ chưa có trong sổ" in page


def test_wizard_opens_a_regular_review_from_the_requests(client_of, coordinator, village, home):
    record(village, coordinator, household_code=home.code)
    data = {
        "key": str(uuid4()),
        "year": "2026",
        "name": "Rà soát thường xuyên tháng 11",
        "standard": StandardFactory().pk,
        "procedure": ProcedureFactory().pk,
        "opens_on": "20/11/2026",
        "closes_on": "11/12/2026",
        "chosen": [home.pk],
    }

    client_of(coordinator).post(f"{OPEN}?kind=regular", data)

    assert ReviewRequest.objects.get().campaign == ReviewCampaign.objects.get()


def test_household_that_left_is_not_offered(ward, village, coordinator, home):
    record(village, coordinator, household_code=home.code)
    home.closed_on, home.closing_reason = date(2026, 11, 10), "moved_out"
    home.save()

    assert requests_by_household(ward) == {}


def test_village_head_writes_for_his_village_only(client_of, ward, village, village_head):
    other = VillageFactory(parent=ward)
    client = client_of(village_head)

    assert client.post(NEW, posted(village)).status_code == 302
    assert client.post(NEW, posted(other)).status_code == 422
    assert [each.village for each in ReviewRequest.objects.all()] == [village]


def test_every_fault_of_a_request_is_named_with_its_field(client_of, coordinator, village):
    data = posted(village, kind="", received_on="21/11/2026", household_code="HN-0", channel="")

    page = text(client_of(coordinator).post("/reviews/requests/new/", data))

    assert "Có 4 lỗi cần sửa" in page
    for named in ("Nội dung đề nghị: ", "Ngày nhận: ", "Hình thức nhận: "):
        assert named in page
    assert "Mã hộ: Thôn không có hộ mã “HN-0” trong sổ." in page
    assert not ReviewRequest.objects.exists()


def test_the_same_form_twice_is_one_request(client_of, coordinator, village):
    client, form = client_of(coordinator), posted(village)

    client.post(NEW, form)
    client.post(NEW, form)

    assert ReviewRequest.objects.count() == 1


def test_every_error_shows_at_once_and_what_was_typed_stays(client_of, coordinator, village):
    form = posted(village, applicant="", received_on="21/11/2026", kind="", note="Hộ ở xa")

    answer = client_of(coordinator).post(NEW, form)

    assert answer.status_code == 422
    assert "Có 3 lỗi cần sửa" in text(answer)
    assert 'value="Hộ ở xa"' in text(answer)


def test_lists_show_what_became_of_each(client_of, ward, coordinator, village, home):
    record(village, coordinator, household_code=home.code)
    opened(ward, coordinator, [home])
    aside = record(village, coordinator, applicant="Y Thôi")
    close_request(request=aside, reason="Đã rút đơn", version=1, by=coordinator)
    record(village, coordinator, applicant="Y Chờ")
    client = client_of(coordinator)

    assert request_counts(coordinator) == {"": 1, "answered": 1, "closed": 1}
    assert "Y Chờ" in text(client.get(LIST))
    assert "Đợt thử" in text(client.get(f"{LIST}?state=answered"))
    assert "Đã rút đơn" in text(client.get(f"{LIST}?state=closed"))
    assert 'href="/reviews/requests/"' in text(client.get("/reviews/"))


def test_village_head_and_stranger_see_only_their_own(
    client_of, ward, coordinator, village_head, stranger
):
    record(VillageFactory(parent=ward), coordinator, applicant="Y Thôn Khác")

    assert "Y Thôn Khác" in text(client_of(coordinator).get(LIST))
    assert "Y Thôn Khác" not in text(client_of(village_head).get(LIST))
    assert "Y Thôn Khác" not in text(client_of(stranger).get(LIST))


@pytest.mark.parametrize("role", ["leader", "observer", "reporter", "administrator"])
def test_others_write_nothing(client_of, village, coordinator, role, request):
    asked = record(village, coordinator, applicant="Y Mới")
    client = client_of(request.getfixturevalue(role))

    for page in (NEW, f"{LIST}{asked.pk}/household/", f"{LIST}{asked.pk}/close/"):
        with nothing_written():
            assert heading_of(client.post(page, posted(village))) == NO_RIGHT


def test_query_count_does_not_grow(client_of, coordinator, village):
    client = client_of(coordinator)
    counts = []
    for more in (1, 2):
        for _ in range(more):
            household = HouseholdFactory(village=village)
            record(village, coordinator, household_code=household.code)
        with CaptureQueriesContext(connection) as queries:
            page = text(client.get(LIST))
        counts.append((page.count("Đổi hộ"), len(queries)))

    assert counts[0][1] == counts[1][1]
    assert [shown for shown, _ in counts] == [1, 3]
