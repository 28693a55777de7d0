"""The register on screen: who finds whom, and which parts of a record each role sees."""

import re
from datetime import date

import pytest
from django.urls import reverse

from households.choices import MovementCause, PovertyClass, RelationToHead, ReviewState
from households.directory.views import households
from households.models import EthnicGroup, ListedResult, PovertyCause
from households.register.services.households import change_village, close_household
from households.register.services.members import record_death
from povertyplan.core import clock
from povertyplan.core.choices import Role
from povertyplan.core.journal import audit, history
from povertyplan.core.text import formatting
from tests.factories.core import UnitFactory, VillageFactory, WardFactory, user_with
from tests.factories.households import (
    CampaignFactory,
    DecisionFactory,
    HouseholdFactory,
    MembershipFactory,
    PersonFactory,
    ReviewFactory,
    StatusFactory,
)
from tests.pages import NO_RIGHT, NOT_FOUND, heading_of, nothing_written
from tests.pages import text_of as text

pytestmark = pytest.mark.django_db

LIST = "/households/"


def names(response):
    """Heads of the rows, in the order of the page."""
    return re.findall(r'class="row-link"[^>]*>([^<]+)<', response.content.decode())


def lines(response):
    """The words of the table's rows, in one string."""
    rows = text(response).split("<tbody>")[1].split("</tbody>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", rows).split())


@pytest.fixture
def household(village):
    """A near-poor household that left poverty on 15/12/2025, with a daughter."""
    household = HouseholdFactory(
        village=village,
        code="HN-01-007",
        address="Số 7 đường Hùng Vương",
        head="Đặng Thị Ủy",
        head__citizen_id="051012341234",
        head__ethnic_group=EthnicGroup.objects.create(code="01", name="Xơ Đăng"),
        head__has_disability=True,
        head__birth_date=date(1958, 3, 9),
    )
    MembershipFactory(
        household=household, person=PersonFactory(ward=household.ward, full_name="Y Hữu Nam")
    )
    StatusFactory(household=household, ends_on=date(2025, 12, 14))
    StatusFactory(
        household=household,
        poverty_class=PovertyClass.NEAR_POOR,
        starts_on=date(2025, 12, 15),
        cause=MovementCause.ESCAPED_TO_NEAR_POOR,
        decision=DecisionFactory(ward=household.ward, number="283/QĐ-UBND"),
    )
    return household


@pytest.fixture
def reviewed(household):
    """The same household with its form of 2025: deprived in indicators 1 and 10."""
    review = ReviewFactory(
        campaign=CampaignFactory(ward=household.ward, year=2025),
        household=household,
        state=ReviewState.DONE,
        income_score=137,
        deprivation_score=20,
        deprived_01=True,
        deprived_10=True,
        computed_class=PovertyClass.NEAR_POOR,
        recorded_class=PovertyClass.NEAR_POOR,
        explanation="B1 = 137 điểm, dưới chuẩn.",
    )
    review.causes.add(PovertyCause.objects.create(number=1, name="Không có đất sản xuất"))
    with history.writing(by=None, act="record_review", source="web"):
        audit.record(review, "Nhập phiếu rà soát.", ward=household.ward)
    return household


def test_household_list_shows_the_whole_line(client_of, coordinator, household):
    response = client_of(coordinator).get(LIST)

    assert names(response) == ["Đặng Thị Ủy"]
    assert lines(response) == (
        "Đặng Thị Ủy HN-01-007 Tổ dân phố 1 2 Hộ cận nghèo 15/12/2025 "
        "QĐ 283/QĐ-UBND, 15/12/2025 còn 24 tháng"
    )


def test_household_list_shows_households_without_a_list_too(client_of, coordinator, village):
    """The register holds everyone; the book of the poor is one press away."""
    StatusFactory(
        household=HouseholdFactory(village=village, head="Lê An"),
        poverty_class=PovertyClass.NOT_POOR,
    )

    client = client_of(coordinator)

    assert names(client.get(LIST)) == ["Lê An"]
    assert names(client.get(LIST, {"class": "poor"})) == []


def test_household_list_sorts_by_given_name(client_of, coordinator, village):
    for name in ("Võ Ân", "Bùi Ẩn", "Lê An", "Đỗ Ăn"):
        HouseholdFactory(village=village, head=name)

    assert names(client_of(coordinator).get(LIST)) == ["Lê An", "Đỗ Ăn", "Võ Ân", "Bùi Ẩn"]


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("dang thi uy", id="without accents"),
        pytest.param("Đặng Thị Ủy", id="with accents"),
        pytest.param("uy dang", id="in another order"),
        pytest.param("y huu", id="a member"),
        pytest.param("01-007", id="part of the code"),
        pytest.param("hn01007", id="the code without hyphens"),
        pytest.param("1234", id="last four digits of the CCCD"),
        pytest.param("341234", id="last six digits of the CCCD"),
        pytest.param("051012341234", id="the whole CCCD"),
        pytest.param("ủy 1234", id="name and digits"),
    ],
)
def test_household_list_finds_by(client_of, coordinator, village, household, words):
    HouseholdFactory(village=village, head="Lê Văn Bình", head__citizen_id="051099990000")

    assert names(client_of(coordinator).get(LIST, {"q": words})) == ["Đặng Thị Ủy"]


@pytest.mark.parametrize("words", ["234", "0510123", "05101234123", "xyz", "uy binh", "%", "_"])
def test_household_list_finds_nobody_by(client_of, coordinator, household, words):
    response = client_of(coordinator).get(LIST, {"q": words})

    assert names(response) == []
    assert "Không có hộ nào khớp" in text(response)


def test_household_list_puts_the_typed_accents_first(client_of, coordinator, village):
    for name in ("Lê An", "Lê Ân", "Trần Văn Lan", "Lê Ấn"):
        HouseholdFactory(village=village, head=name)

    found = names(client_of(coordinator).get(LIST, {"q": "ân"}))

    assert found == ["Lê Ân", "Lê An", "Lê Ấn", "Trần Văn Lan"]


def test_household_list_names_the_member_that_was_found(client_of, coordinator, household):
    response = client_of(coordinator).get(LIST, {"q": "hữu nam"})

    assert "Thành viên: Y Hữu Nam" in text(response)


@pytest.mark.parametrize(
    ("address", "found"),
    [
        pytest.param({"class": "near_poor"}, True, id="class of today"),
        pytest.param({"class": "poor"}, False, id="other class"),
        pytest.param({"class": "poor", "on": "2025-06-30"}, True, id="class of an earlier day"),
        pytest.param({"class": "poor", "year": "2024"}, True, id="class at the end of a year"),
        pytest.param({"window": "1"}, True, id="inside the 36 months"),
        pytest.param({"window": "1", "on": "2025-12-14"}, False, id="day before the escape"),
        pytest.param(
            {"change": "escaped_to_near_poor", "year": "2025"}, True, id="movement of the year"
        ),
        pytest.param(
            {"change": "escaped_to_near_poor", "year": "2026"}, False, id="movement before"
        ),
        pytest.param({"deprived": "10", "year": "2025"}, True, id="deprived that year"),
        pytest.param({"deprived": "10", "year": "2024"}, False, id="not reviewed that year"),
        pytest.param({"deprived": "2", "year": "2025"}, False, id="not deprived in it"),
        pytest.param({"deprived": "1", "year": "2025", "class": "poor"}, False, id="other review"),
        pytest.param({"pending": "1"}, False, id="form is in"),
    ],
)
def test_household_list_filters_by(client_of, coordinator, reviewed, address, found):
    response = client_of(coordinator).get(LIST, address)

    assert names(response) == (["Đặng Thị Ủy"] if found else [])


def test_household_list_filters_by_village(client_of, coordinator, ward, village, household):
    other = VillageFactory(parent=ward, name="Thôn 2")
    HouseholdFactory(village=other, head="Lê An")

    assert names(client_of(coordinator).get(LIST, {"village": other.pk})) == ["Lê An"]


def test_household_list_finds_the_forms_still_to_enter(client_of, coordinator, household):
    ReviewFactory(campaign=CampaignFactory(ward=household.ward), household=household)

    response = client_of(coordinator).get(LIST, {"pending": "1"})

    assert names(response) == ["Đặng Thị Ủy"]
    assert '<a href="?pending=1" aria-current="page">Chưa rà soát <span class="count">1' in text(
        response
    )


def test_household_list_shows_chips_with_links_that_drop_one_condition(
    client_of, coordinator, household
):
    response = client_of(coordinator).get(LIST, {"q": "uy", "class": "near_poor"})

    chips = re.findall(r'<a class="chip" href="([^"]+)">([^<]+)<', text(response))
    assert chips == [("?class=near_poor", "Tìm “uy”"), ("?q=uy", "Hộ cận nghèo")]


def test_household_list_finds_what_is_seen_of_pasted_words(client_of, coordinator, household):
    response = client_of(coordinator).get(LIST, {"q": "đặ\u200bng \u202aủy\u00ad"})

    assert names(response) == ["Đặng Thị Ủy"]


def test_household_list_names_wrong_filters_and_uses_the_others(
    client_of, coordinator, village, household
):
    HouseholdFactory(village=village, head="Lê An")

    response = client_of(coordinator).get(
        LIST, {"on": "31/13/2025", "class": "abc", "village": "999999", "q": "uy"}
    )

    assert response.status_code == 200
    assert "Có 3 lỗi cần sửa" in text(response)
    assert "Nhập ngày theo dạng ngày/tháng/năm" in text(response)
    assert names(response) == ["Đặng Thị Ủy"]


def test_household_list_page_out_of_range_is_the_last(client_of, coordinator, household):
    assert names(client_of(coordinator).get(LIST, {"page": "99"})) == ["Đặng Thị Ủy"]


def test_household_list_pages_by_fifty_and_keeps_the_filter(client_of, coordinator, village):
    HouseholdFactory.create_batch(51, village=village)

    response = client_of(coordinator).get(LIST, {"q": "nguyen", "page": "2"})

    assert len(names(response)) == 1
    assert "51 hộ · trang 2/2" in text(response)
    assert "?q=nguyen&amp;page=1" in text(response)


def test_household_list_answers_htmx_with_the_results_alone(client_of, coordinator, household):
    response = client_of(coordinator).get(
        LIST, {"q": "uy", "class": "", "page": ""}, headers={"HX-Request": "true"}
    )

    assert names(response) == ["Đặng Thị Ủy"]
    assert "<html" not in text(response)
    assert "<form" not in text(response)
    assert response["HX-Push-Url"] == "/households/?q=uy"
    assert "HX-Request" in response["Vary"]


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("address", [{}, {"q": "van"}])
def test_household_list_query_count_does_not_grow(
    client_of, coordinator, village, count, address, django_assert_max_num_queries
):
    for household in HouseholdFactory.create_batch(count, village=village):
        MembershipFactory(household=household)
        StatusFactory(household=household)
    client = client_of(coordinator)

    with django_assert_max_num_queries(15):
        response = client.get(LIST, address)

    assert len(names(response)) == count


def test_household_list_of_an_empty_register_says_so(client_of, coordinator):
    assert "Sổ quản lý chưa có hộ nào." in text(client_of(coordinator).get(LIST))


def test_household_list_of_a_village_head_stays_in_the_village(
    client_of, village_head, ward, household
):
    HouseholdFactory(village=VillageFactory(parent=ward), head="Lê An")

    response = client_of(village_head).get(LIST)

    assert names(response) == ["Đặng Thị Ủy"]
    assert "Bạn chỉ xem được hộ của Tổ dân phố 1." in text(response)


def test_household_list_of_another_ward_is_empty(client_of, stranger, household):
    client = client_of(stranger)

    assert names(client.get(LIST)) == []
    assert names(client.get(LIST, {"q": "051012341234"})) == []
    assert names(client.get(LIST, {"window": "1"})) == []


def test_household_list_of_an_observer_shows_public_fields_alone(client_of, observer, reviewed):
    response = client_of(observer).get(LIST)

    assert lines(response) == "Đặng Thị Ủy 1958 Tổ dân phố 1 Hộ cận nghèo"


@pytest.mark.parametrize("words", ["huu nam", "01-007", "051012341234", "1234"])
def test_household_list_of_an_observer_searches_heads_alone(client_of, observer, household, words):
    assert names(client_of(observer).get(LIST, {"q": words})) == []


def test_household_list_refuses_a_filter_on_what_the_reader_may_not_see(
    client_of, observer, village, reviewed
):
    HouseholdFactory(village=village, head="Lê An")

    response = client_of(observer).get(LIST, {"deprived": "10", "year": "2025"})

    assert names(response) == ["Lê An", "Đặng Thị Ủy"]
    assert "danh sách không lọc theo “Thiếu hụt khi rà soát”" in text(response)


@pytest.mark.parametrize("url_name", ["household_list", "household_detail"])
def test_the_register_is_closed_to_the_administrator(client_of, administrator, household, url_name):
    arguments = [household.pk] if url_name == "household_detail" else []

    response = client_of(administrator).get(reverse(f"households:{url_name}", args=arguments))

    assert response.status_code == 403
    assert "Đặng Thị Ủy" not in text(response)


@pytest.mark.parametrize("url_name", ["household_list", "household_detail"])
def test_the_register_takes_no_post(client_of, coordinator, household, url_name):
    arguments = [household.pk] if url_name == "household_detail" else []

    with nothing_written():
        response = client_of(coordinator).post(reverse(f"households:{url_name}", args=arguments))

    assert heading_of(response) == NO_RIGHT


def detail(household):
    return reverse("households:household_detail", args=[household.pk])


def test_household_detail_tells_everything_to_the_coordinator(client_of, coordinator, reviewed):
    page = text(client_of(coordinator).get(detail(reviewed)))

    for part in (
        '<h1 class="identity__name">Đặng Thị Ủy</h1>',
        "HN-01-007",
        "Số 7 đường Hùng Vương",
        "còn\u00a024\u00a0tháng, đến hết ngày 15/12/2028",
        "Thoát nghèo, trở thành cận nghèo",
        "QĐ 283/QĐ-UBND, 15/12/2025",
        "0510****1234",
        "09/03/1958",
        "Xơ Đăng",
        "Người khuyết tật",
        "Y Hữu Nam",
        "B1 = 137 điểm, dưới chuẩn.",
        "Không có đất sản xuất",
        "Nhập phiếu rà soát.",
    ):
        assert part in page
    assert "051012341234" not in page
    assert page.count('class="is-missing"') == 2


SENSITIVE = (
    "0510****1234",
    "051012341234",
    "Xơ Đăng",
    "khuyết tật",
    "137",
    "Không có đất sản xuất",
    "Nhập phiếu rà soát.",
)


def test_household_detail_shows_a_unit_what_it_needs(client_of, reporter, reviewed):
    page = text(client_of(reporter).get(detail(reviewed)))

    assert "Y Hữu Nam" in page
    assert page.count('class="is-missing"') == 2
    assert [part for part in SENSITIVE if part in page] == []


def test_household_detail_shows_an_observer_public_fields_alone(client_of, observer, reviewed):
    page = text(client_of(observer).get(detail(reviewed)))

    assert "Đặng Thị Ủy" in page
    assert "sinh năm 1958" in page
    assert "Hộ cận nghèo" in page
    hidden = (*SENSITIVE, "Y Hữu Nam", "HN-01-007", "Hùng Vương", "is-missing", "09/03/1958")
    assert [part for part in hidden if part in page] == []


@pytest.mark.parametrize(
    "role", [Role.COORDINATOR, Role.ENTRY_OFFICER, Role.UNIT_REPORTER, Role.LEADER, Role.OBSERVER]
)
def test_household_detail_of_another_ward_is_not_found(client_of, household, role):
    foreign = user_with(role, WardFactory(), unit=UnitFactory())

    assert heading_of(client_of(foreign).get(detail(household))) == NOT_FOUND


def test_household_detail_of_another_village_is_not_found(client_of, ward, household):
    neighbour = user_with(Role.ENTRY_OFFICER, VillageFactory(parent=ward))

    assert heading_of(client_of(neighbour).get(detail(household))) == NOT_FOUND


def test_household_detail_opens_the_form_that_waits(
    client_of, coordinator, leader, village_head, household
):
    campaign = CampaignFactory(ward=household.ward)
    ReviewFactory(campaign=campaign, household=household)
    url = reverse("households:review_edit", args=[campaign.pk, household.pk])

    assert url in text(client_of(coordinator).get(detail(household)))
    assert url in text(client_of(village_head).get(detail(household)))
    assert url not in text(client_of(leader).get(detail(household)))


@pytest.mark.parametrize("count", [1, 3])
def test_household_detail_query_count_does_not_grow(
    client_of, coordinator, reviewed, count, django_assert_max_num_queries
):
    for number in range(count):
        MembershipFactory(household=reviewed, relation=RelationToHead.CHILD)
        ReviewFactory(
            campaign=CampaignFactory(ward=reviewed.ward, year=2022 + number),
            household=reviewed,
            state=ReviewState.DONE,
            income_score=100,
            deprivation_score=0,
            computed_class=PovertyClass.NEAR_POOR,
            recorded_class=PovertyClass.NEAR_POOR,
        )
    client = client_of(coordinator)

    with django_assert_max_num_queries(34):
        response = client.get(detail(reviewed))

    assert response.status_code == 200


def test_household_detail_of_a_closed_household_says_when_and_why(
    client_of, coordinator, household
):
    household.closed_on, household.closing_reason = date(2026, 5, 1), "moved_out"
    household.save()

    page = text(client_of(coordinator).get(detail(household)))

    assert "Hộ đã ra khỏi sổ ngày 01/05/2026: Chuyển đi." in page
    assert names(client_of(coordinator).get(LIST)) == []


def test_saved_views_stay_in_the_village_and_day(client_of, coordinator, village, household):
    HouseholdFactory(village=VillageFactory(parent=village.parent))

    page = client_of(coordinator).get(LIST, {"village": village.pk, "on": "01/11/2026"})

    [tab] = [tab for tab in page.context["tabs"] if tab["label"] == "Sổ hộ nghèo"]
    assert tab["url"] == f"?village={village.pk}&on=2026-11-01&class=poor"
    assert page.context["tabs"][0]["count"] == 1
    assert page.context["tabs"][0]["active"]


def test_bad_day_is_named_in_the_live_results(client_of, coordinator, household):
    page = client_of(coordinator).get(LIST, {"on": "32/13/2026"}, headers={"HX-Request": "true"})

    assert "Số liệu đến ngày: " in page.content.decode()
    assert "chưa lọc theo điều kiện này" in page.content.decode()


def test_whole_list_opens_on_one_page_for_printing(client_of, coordinator, village, monkeypatch):
    monkeypatch.setattr(households, "PAGE_SIZE", 2)
    for _ in range(3):
        HouseholdFactory(village=village)
    client = client_of(coordinator)
    page = client.get(LIST, {"village": village.pk})
    assert len(page.context["rows"]) == 2

    whole = client.get(LIST + page.context["print_address"])

    assert "trên một trang để in" in page.content.decode()
    assert len(whole.context["rows"]) == 3
    assert "trên một trang để in" not in whole.content.decode()


def test_list_too_long_to_print_stays_in_pages(client_of, coordinator, village, monkeypatch):
    monkeypatch.setattr(households, "PAGE_SIZE", 1)
    monkeypatch.setattr(households, "MOST_PRINTED", 2)
    for _ in range(3):
        HouseholdFactory(village=village)

    page = client_of(coordinator).get(LIST, {"all": "1"})

    assert len(page.context["rows"]) == 1
    assert "trên một trang để in" not in page.content.decode()


def test_list_of_an_earlier_day_names_the_village_of_that_day(client_of, coordinator, village):
    other = VillageFactory(parent=village.parent, name="Thôn Mới Đến")
    household = HouseholdFactory(village=village)
    change_village(
        household=household,
        village=other,
        address="",
        on=date(2026, 6, 1),
        version=household.version,
        by=coordinator,
    )
    client = client_of(coordinator)

    earlier, today = (client.get(LIST, {"on": on}) for on in ("31/05/2026", ""))

    assert [row.village for row in earlier.context["rows"]] == [village]
    assert [row.village for row in today.context["rows"]] == [other]


@pytest.mark.parametrize(
    "path", ["/households/{pk}/", "/households/?year=2026&column=poor.other_decrease.persons"]
)
def test_household_out_of_the_register_keeps_its_name_and_class(
    coordinator, client_of, village, path
):
    household = HouseholdFactory(village=village)
    StatusFactory(household=household, poverty_class="poor")
    head = household.memberships.get().person
    today = clock.today()
    close_household(
        household=household, reason="moved_out", on=today, version=household.version, by=coordinator
    )

    page = client_of(coordinator).get(path.format(pk=household.pk)).content.decode()

    assert str(head) in page
    assert "Chưa có chủ hộ" not in page
    assert "Hộ nghèo" in page
    assert f"ra khỏi sổ ngày {formatting.day(today)}" in page


def test_household_page_lists_who_left_it(coordinator, client_of, village):
    household = HouseholdFactory(village=village)
    StatusFactory(household=household)
    child = MembershipFactory(household=household, relation="child", is_head=False)
    record_death(membership=child, on=clock.today(), version=household.version, by=coordinator)

    page = text(client_of(coordinator).get(f"/households/{household.pk}/"))

    assert "Đã rời hộ: 1 người" in page
    assert f"{child.person} (con): đến ngày {formatting.day(clock.today())}, chết" in page


def test_result_that_a_list_told_is_shown_with_its_decision(client_of, coordinator, village):
    spell = StatusFactory(
        household__village=village,
        poverty_class=PovertyClass.POOR,
        starts_on=date(2025, 12, 15),
    )
    PovertyCause.objects.get_or_create(number=1, defaults={"name": "Không có đất sản xuất"})
    ListedResult.objects.create(
        status=spell,
        number="208/QĐ-UBND",
        decided_on=date(2025, 12, 15),
        income_score=110,
        deprivation_score=40,
        causes=[1],
    )

    page = text(client_of(coordinator).get(f"/households/{spell.household_id}/"))

    assert "Số 208/QĐ-UBND ngày 15/12/2025" in page
    assert "110, 40" in page
    assert PovertyCause.objects.get(number=1).name in page
    assert "QĐ 208/QĐ-UBND, 15/12/2025" in page
