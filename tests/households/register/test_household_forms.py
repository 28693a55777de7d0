"""Pages of acts on the register: the coordinator writes, nobody else; nothing typed is lost."""

import re
from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from households.choices import ClosingReason, EventKind
from households.ledger.selectors.transition_tables import movement_tables
from households.models import Household, HouseholdEvent, Membership, Person
from povertyplan.core import clock
from tests.factories.core import VillageFactory
from tests.factories.households import (
    CampaignFactory,
    DecisionFactory,
    HouseholdEventFactory,
    HouseholdFactory,
    MembershipFactory,
    PersonFactory,
)
from tests.households.registers import present
from tests.pages import NO_RIGHT, NOT_FOUND, heading_of, nothing_written
from tests.pages import text_of as text

pytestmark = [pytest.mark.django_db, pytest.mark.alike]

PERSON = {
    "full_name": "Y Lan",
    "relation": "child",
    "birth": "9/3/2010",
    "sex": "female",
    "citizen_id": "",
}


@pytest.fixture
def son(household):
    return MembershipFactory(
        household=household,
        person=PersonFactory(ward=household.ward, full_name="A Nam", birth_date=date(2004, 3, 1)),
    )


@pytest.fixture
def send(client_of, coordinator, household):
    """Post a form of the household as the coordinator, with version and key as it was shown."""

    def send(name, *keys, query="", **values):
        household.refresh_from_db()
        url = reverse(f"households:{name}", args=[household.pk, *keys]) + query
        data = {"version": household.version, "key": str(uuid4()), "on": "17/05/2026"} | values
        return client_of(coordinator).post(url, data)

    return send


def is_done(response, household):
    return (
        response.status_code == 302
        and response.url.partition("#")[0] == f"/households/{household.pk}/"
    )


def addresses(household, son):
    whole = (
        "household_edit",
        "household_events",
        "household_split",
        "household_merge",
        "household_close",
        "household_reopen",
        "household_village",
        "head_change",
        "member_add",
        "birth_add",
    )
    of_member = ("member_edit", "member_move", "member_leave")
    return [reverse(f"households:{name}", args=[household.pk]) for name in whole] + [
        reverse(f"households:{name}", args=[household.pk, son.pk]) for name in of_member
    ]


def test_every_page_opens_for_the_coordinator(client_of, coordinator, household, son):
    client = client_of(coordinator)

    for address in [*addresses(household, son), "/households/new/"]:
        page = client.get(address)
        assert heading_of(page) not in ("", NO_RIGHT, NOT_FOUND), address
        assert '<form method="post"' in text(page) or "/events/" in address, address


@pytest.mark.parametrize("role", ["village_head", "observer", "leader", "administrator"])
def test_no_page_opens_for_other_roles(request, client_of, household, son, role):
    client = client_of(request.getfixturevalue(role))

    for address in [*addresses(household, son), "/households/new/"]:
        assert client.get(address).status_code in (403, 404), address
        assert client.post(address, {}).status_code in (403, 404), address
    assert not HouseholdEvent.objects.exists()


def test_a_stranger_finds_nothing(client_of, stranger, household, son):
    client = client_of(stranger)

    for address in addresses(household, son):
        assert heading_of(client.get(address)) == NOT_FOUND, address
        with nothing_written():
            assert heading_of(client.post(address, {})) in (NO_RIGHT, NOT_FOUND), address


def test_a_member_of_another_household_is_not_found(send, neighbour):
    blong = neighbour.memberships.get()

    with nothing_written():
        assert heading_of(send("member_leave", blong.pk, kind="death")) == NOT_FOUND


def test_household_page_links_to_the_acts_for_the_coordinator_only(
    client_of, coordinator, village_head, household
):
    url = f"/households/{household.pk}/"

    page = text(client_of(coordinator).get(url))
    for words in ("Sửa", "Thêm thành viên", "Ghi biến động"):
        assert re.search(rf'<a class="button" href="[^"]+">{words}</a>', page)
    assert "Ghi biến động" not in text(client_of(village_head).get(url))


def test_household_page_of_a_closed_household_offers_no_act(client_of, coordinator, household):
    Household.objects.update(closed_on=date(2026, 1, 1), closing_reason=ClosingReason.MOVED_OUT)

    page = text(client_of(coordinator).get(f"/households/{household.pk}/"))

    assert "Ghi biến động" not in page


def test_household_page_tells_the_events_with_both_days(client_of, coordinator, household):
    HouseholdEventFactory(
        household=household,
        person=PersonFactory(ward=household.ward, full_name="Y Lan"),
        document="Giấy khai sinh số 12",
        recorded_by=coordinator,
    )

    page = text(client_of(coordinator).get(f"/households/{household.pk}/"))

    assert "17/05/2026</p> <p> Sinh: Y Lan </p> <p>Giấy tờ: Giấy khai sinh số 12</p>" in page
    assert "Ghi lúc 09:00 ngày 18/05/2026" in page or "18/05/2026" in page


def test_household_page_shows_a_split_from_both_sides(client_of, coordinator, household, neighbour):
    HouseholdEventFactory(
        household=household, kind=EventKind.SPLIT, person=None, other_household=neighbour
    )
    client = client_of(coordinator)

    assert "Tách hộ –" in text(client.get(f"/households/{household.pk}/"))
    assert "Tách ra từ hộ khác –" in text(client.get(f"/households/{neighbour.pk}/"))


@pytest.mark.parametrize("many", [1, 3])
def test_household_page_costs_the_same_for_any_number_of_events(
    client_of, coordinator, household, django_assert_max_num_queries, many
):
    HouseholdEventFactory.create_batch(many, household=household)
    client = client_of(coordinator)

    with django_assert_max_num_queries(32):
        client.get(f"/households/{household.pk}/")


def test_member_add_writes_a_partial_birth_date(send, household):
    response = send("member_add", **(PERSON | {"birth": "3/2010"}))

    assert is_done(response, household)
    person = Person.objects.get(full_name="Y Lan")
    assert (person.birth_date, person.birth_precision) == (date(2010, 3, 1), "month")
    joined = Membership.objects.get(person=person)
    assert joined.joined_on == date(2026, 5, 17)
    page = text(response.client.get(response.url))
    assert f'<tr id="membership-{joined.pk}" tabindex="-1"' in page
    assert response.url.endswith(f"#membership-{joined.pk}")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        pytest.param({"full_name": ""}, "Nhập họ và tên.", id="no name"),
        pytest.param({"birth": "1980s"}, "hoặc năm sinh dạng 1980", id="birth"),
        pytest.param({"birth": "31/2/1980"}, "Không có ngày 31/2/1980.", id="no such day"),
        pytest.param({"relation": "head"}, "Chọn một mục trong danh sách.", id="a second head"),
        pytest.param({"citizen_id": "123"}, "đúng 12 chữ số", id="short number"),
        pytest.param({"on": "21/11/2026"}, "không được sau ngày hôm nay", id="tomorrow"),
        pytest.param({"key": ""}, "thiếu mã gửi", id="no key"),
        pytest.param({"version": "x"}, "thiếu số phiên bản", id="no version"),
        pytest.param({"version": "7"}, "phiên bản của biểu mẫu không đúng", id="future version"),
    ],
)
def test_member_add_names_what_is_wrong(send, wrong, sentence):
    response = send("member_add", **(PERSON | wrong))

    assert response.status_code == 422
    assert sentence in text(response)
    assert not HouseholdEvent.objects.exists()


def test_member_add_shows_a_similar_person_first(send, household, neighbour):
    MembershipFactory(
        household=neighbour,
        person=PersonFactory(
            ward=household.ward,
            full_name="Ỷ Lân",
            search_key="y lan",
            birth_date=date(2010, 1, 1),
            birth_precision="year",
        ),
    )

    response = send("member_add", **PERSON)

    assert response.status_code == 409
    page = text(response)
    assert "Đúng là người khác, vẫn lưu" in page
    assert f'<a href="/households/{neighbour.pk}/">Hộ HN-02' in page
    assert not HouseholdEvent.objects.exists()
    confirmed = re.search(r'name="confirmed" value="([^"]+)"', page)[1]
    assert is_done(send("member_add", **PERSON, confirmed=confirmed), household)
    assert Person.objects.filter(search_key="y lan").count() == 2


def test_member_add_sent_twice_adds_one_and_asks_nothing(send, household):
    key = str(uuid4())

    assert is_done(send("member_add", **PERSON, key=key, version=1), household)
    assert is_done(send("member_add", **PERSON, key=key, version=1), household)
    assert Person.objects.filter(full_name="Y Lan").count() == 1


def test_member_add_warns_of_a_number_that_disagrees(send, household):
    values = PERSON | {"citizen_id": "062 084 000 999"}

    response = send("member_add", **values)

    assert response.status_code == 409
    assert "Số định danh ghi giới tính nam." in text(response)
    assert "Số định danh ghi năm sinh 1984." in text(response)
    assert not HouseholdEvent.objects.exists()


def test_member_add_refuses_a_number_in_use_and_links_its_bearer(send, household, neighbour):
    Person.objects.filter(full_name="A Blong").update(citizen_id="062084000999")

    response = send("member_add", **(PERSON | {"citizen_id": "062084000999"}))

    assert response.status_code == 422
    page = text(response)
    assert "Số định danh này đã thuộc về một người khác." in page
    assert f'<a href="/households/{neighbour.pk}/">Hộ HN-02' in page


def test_member_add_says_nothing_of_a_number_of_another_ward(send, household):
    stranger = PersonFactory(full_name="Người lạ", citizen_id="062310000999")
    elsewhere = HouseholdFactory(village__parent=stranger.ward)
    MembershipFactory(household=elsewhere, person=stranger)

    response = send("member_add", **(PERSON | {"citizen_id": stranger.citizen_id}))

    assert is_done(response, household)


def test_member_add_takes_back_who_had_left(send, household, son):
    send("member_leave", son.pk, kind="member_left")

    response = send(
        "member_add", query=f"?person={son.person_id}", relation="child", on="01/08/2026"
    )

    assert is_done(response, household)
    assert son.person.memberships.count() == 2


@pytest.mark.parametrize("person", ["x", "99999999999999999999", "0"])
def test_member_add_finds_nobody_to_take_back(send, person):
    assert heading_of(send("member_add", query=f"?person={person}")) == NOT_FOUND


def test_acts_show_the_form_again_when_the_household_changed_meanwhile(send, household):
    Household.objects.update(version=5)

    response = send("member_add", **PERSON, version=1)

    assert response.status_code == 422
    assert "vừa được sửa ở nơi khác" in text(response)
    assert '<input type="hidden" name="version" value="5" id="id_version">' in text(response)


def test_birth_add_writes_the_child(send, household):
    response = send("birth_add", **(PERSON | {"birth": "17/5/2026"}))

    assert is_done(response, household)
    event = HouseholdEvent.objects.get()
    assert (event.kind, event.happened_on) == (EventKind.BIRTH, date(2026, 5, 17))


def test_member_edit_never_shows_the_number_and_keeps_it(send, client_of, coordinator, son):
    Person.objects.filter(pk=son.person_id).update(citizen_id="062080000999")
    url = reverse("households:member_edit", args=[son.household_id, son.pk])

    page = text(client_of(coordinator).get(url))
    assert "062080000999" not in page
    assert "0620****0999" in page
    send("member_edit", son.pk, full_name="A Năm", relation="child", birth="1980", sex="male")

    son.person.refresh_from_db()
    assert (son.person.full_name, son.person.citizen_id) == ("A Năm", "062080000999")
    assert son.person.birth_precision == "year"


def test_member_edit_shows_both_sides_of_a_stale_version(send, household, son):
    values = {"full_name": "A Năm", "relation": "child", "birth": "17/5/1980", "sex": "male"}
    send("member_edit", son.pk, **(values | {"full_name": "A Nâm"}))

    response = send("member_edit", son.pk, **values, version=1)

    assert response.status_code == 409
    page = text(response)
    assert "A Nâm" in page
    assert 'name="keep_full_name" value="theirs"' in page
    son.person.refresh_from_db()
    assert son.person.full_name == "A Nâm"
    send("member_edit", son.pk, **(values | {"note": "x"}), keep_full_name="theirs")
    son.person.refresh_from_db()
    assert son.person.full_name == "A Nâm"
    send("member_edit", son.pk, **values, keep_full_name="mine")
    son.person.refresh_from_db()
    assert son.person.full_name == "A Năm"


def test_member_move_brings_the_member_to_the_other_household(send, household, son, neighbour):
    response = send("member_move", son.pk, target="HN-02", relation="other")

    assert is_done(response, household)
    assert son.person.memberships.get(left_on=None).household == neighbour


def test_member_move_finds_no_household_of_that_code(send, son):
    response = send("member_move", son.pk, target="HN-77", relation="other")

    assert response.status_code == 422
    assert "Không có hộ mã HN-77 đang trong sổ." in text(response)


def test_member_leave_records_a_death_and_closes_an_empty_household(send, household):
    head = household.memberships.get()

    response = send("member_leave", head.pk, kind="death")

    assert is_done(response, household)
    household.refresh_from_db()
    assert household.closing_reason == ClosingReason.DIED


def test_head_change_makes_the_son_head(send, household, son):
    head = household.memberships.get(is_head=True)
    chosen = {f"relation_{son.pk}": "head", f"relation_{head.pk}": "parent"}

    assert is_done(send("head_change", **chosen), household)
    assert household.memberships.get(is_head=True, left_on=None).person == son.person


def test_head_change_asks_for_exactly_one(send, household, son):
    head = household.memberships.get(is_head=True)
    chosen = {f"relation_{son.pk}": "head", f"relation_{head.pk}": "head"}

    response = send("head_change", **chosen)

    assert response.status_code == 422
    assert "Chọn một người làm chủ hộ." in text(response)


def test_household_new_enters_a_household_with_its_head(client_of, coordinator, village):
    values = PERSON | {
        "relation": "head",
        "birth": "9/3/1990",
        "kind": "moved_in",
        "village": village.pk,
        "code": "HN-09",
        "opened_on": "17/05/2026",
        "initial_class": "poor",
        "document": "Giấy xác nhận số 5",
        "key": str(uuid4()),
    }

    response = client_of(coordinator).post("/households/new/", values)

    household = Household.objects.get()
    assert is_done(response, household)
    assert household.statuses.get().poverty_class == "poor"
    assert household.memberships.get().is_head


def test_household_new_names_what_is_missing(client_of, coordinator):
    response = client_of(coordinator).post("/households/new/", {"code": ""})

    assert response.status_code == 422
    for sentence in ("Nhập mã hộ.", "Chọn thôn, tổ dân phố.", "Nhập họ và tên chủ hộ."):
        assert sentence in text(response)


def test_household_edit_corrects_and_refuses_a_used_code(send, household, neighbour):
    assert is_done(send("household_edit", code="HN-01", address="Số 7"), household)
    household.refresh_from_db()
    assert household.address == "Số 7"

    response = send("household_edit", code="HN-02", address="Số 7")

    assert response.status_code == 422
    assert "Mã hộ HN-02 đã dùng cho một hộ khác." in text(response)


def test_household_edit_shows_both_sides_of_a_stale_version(send, household):
    send("household_edit", code="HN-01", address="Số 7")

    response = send("household_edit", code="HN-01", address="Số 8", version=1)

    assert response.status_code == 409
    assert "Số 7" in text(response)
    household.refresh_from_db()
    assert household.address == "Số 7"


def test_household_split_makes_a_household_of_the_chosen(send, household, son, village):
    response = send(
        "household_split", **{f"relation_{son.pk}": "head"}, code="HN-10", village=village.pk
    )

    new = Household.objects.get(code="HN-10")
    assert is_done(response, new)
    assert new.memberships.get().person == son.person


def test_household_merge_asks_for_the_other_then_for_relations(send, household, neighbour):
    blong = neighbour.memberships.get()

    response = send("household_merge", query="?other=HN-02", **{f"relation_{blong.pk}": "sibling"})

    assert is_done(response, household)
    neighbour.refresh_from_db()
    assert neighbour.closing_reason == ClosingReason.MERGED
    assert "Không có hộ mã HN-02" in text(send("household_merge", query="?other=HN-02"))


def test_household_close_takes_the_household_out(send, household):
    assert is_done(send("household_close", reason="moved_out"), household)
    household.refresh_from_db()
    assert household.closed_on == date(2026, 5, 17)

    with nothing_written():
        assert send("household_close", reason="moved_out").status_code == 422


def test_household_closed_by_mistake_comes_back(client_of, coordinator, send, household, ward):
    moved = {"area": ward, "after": date(2025, 12, 31), "until": clock.today()}
    before = movement_tables(**moved)
    send("household_close", reason="moved_out")
    assert movement_tables(**moved) != before
    page = client_of(coordinator).get(f"/households/{household.pk}/").content.decode()
    assert f"/households/{household.pk}/reopen/" in page

    assert is_done(send("household_reopen", reason="Ghi nhầm hộ cùng tên"), household)

    household.refresh_from_db()
    assert (household.closed_on, household.closing_reason) == (None, "")
    assert movement_tables(**moved) == before
    event = household.events.latest("pk")
    assert (event.kind, event.note) == (EventKind.REOPENED, "Ghi nhầm hộ cùng tên")
    page = client_of(coordinator).get(f"/households/{household.pk}/").content.decode()
    assert f"/households/{household.pk}/reopen/" not in page


def test_household_comes_back_without_those_who_left_that_day(send, household, son):
    assert is_done(send("member_leave", son.pk, kind="death"), household)
    send("household_close", reason="dissolved")

    assert is_done(send("household_reopen", reason="Ghi nhầm"), household)

    present = household.memberships.filter(left_on=None)
    assert [row.is_head for row in present] == [True]


def test_household_reopen_is_refused_where_it_would_change_what_stands(
    send, household, neighbour, ward
):
    assert "Hộ đang ở trong sổ" in text(send("household_reopen", reason="Ghi nhầm"))
    send("household_close", reason="moved_out")
    assert "Nhập lý do" in text(send("household_reopen", reason=""))
    head = household.memberships.get().person
    MembershipFactory(household=neighbour, person=head, joined_on=date(2026, 6, 1))
    assert "đang là thành viên của một hộ khác" in text(send("household_reopen", reason="Ghi nhầm"))
    decision = DecisionFactory(
        ward=ward, campaign=CampaignFactory(ward=ward), decided_on=date(2026, 6, 1)
    )
    assert f"Quyết định số {decision.number}" in text(send("household_reopen", reason="Ghi nhầm"))
    household.refresh_from_db()
    assert household.closed_on == date(2026, 5, 17)


@pytest.fixture
def merged(send, household, neighbour):
    """The neighbour merged into the household by mistake."""
    blong = neighbour.memberships.get()
    send("household_merge", query="?other=HN-02", **{f"relation_{blong.pk}": "sibling"})
    neighbour.refresh_from_db()
    return neighbour


@pytest.fixture
def reopen(client_of, coordinator):
    def reopen(household):
        page = client_of(coordinator).get(f"/households/{household.pk}/").content.decode()
        assert f"/households/{household.pk}/reopen/" in page
        return client_of(coordinator).post(
            f"/households/{household.pk}/reopen/",
            {"version": household.version, "reason": "Ghi nhầm"},
        )

    return reopen


def test_merge_by_mistake_is_taken_back(reopen, merged, household, ward, client_of, coordinator):
    moved = {"area": ward, "after": date(2025, 12, 31), "until": clock.today()}

    assert is_done(reopen(merged), merged)

    merged.refresh_from_db()
    assert (merged.closed_on, merged.closing_reason) == (None, "")
    assert [str(row.person) for row in merged.memberships.filter(left_on=None)] == ["A Blong"]
    assert [str(row.person) for row in household.memberships.filter(left_on=None)] == [
        "Đặng Thị Ủy"
    ]
    tables = movement_tables(**moved)
    assert tables.poor_persons.columns == (1, 0, 0, 0, 0, 0, 0, 0, 1)
    assert tables.near_poor_persons.columns == (1, 0, 0, 0, 0, 0, 0, 0, 1)
    page = text(client_of(coordinator).get(f"/households/{household.pk}/"))
    assert "Hộ HN-02 nhập nhầm, đã đưa trở lại sổ: Ghi nhầm" in page
    assert "Đã rời hộ" not in page


def test_merge_is_not_taken_back_once_something_was_built_on_it(reopen, send, merged, household):
    came = household.memberships.get(person__full_name="A Blong", left_on=None)
    assert is_done(send("member_leave", came.pk, kind="member_left"), household)

    response = reopen(merged)

    assert response.status_code == 422
    assert "A Blong đã có biến động khác sau khi nhập hộ" in text(response)
    merged.refresh_from_db()
    assert merged.closing_reason == ClosingReason.MERGED


def test_death_of_the_last_member_by_mistake_is_taken_back(reopen, send, household, son):
    head = household.memberships.get(is_head=True)
    send("member_leave", son.pk, kind="death")
    send("member_leave", head.pk, kind="death")
    household.refresh_from_db()
    assert household.closing_reason == ClosingReason.DIED

    assert is_done(reopen(household), household)

    household.refresh_from_db()
    assert household.closed_on is None
    assert list(household.memberships.filter(left_on=None)) == [head]


def test_household_village_moves_within_the_ward(send, household, ward):
    other = VillageFactory(parent=ward, name="Thôn 2")

    assert is_done(send("household_village", village=other.pk, address="Số 9"), household)
    household.refresh_from_db()
    assert household.village == other


def test_other_household_is_found_by_its_code_in_any_case(send, household, neighbour):
    blong = neighbour.memberships.get()

    response = send("household_merge", query="?other=hn-02", **{f"relation_{blong.pk}": "sibling"})

    assert is_done(response, household)
    assert ("A Blong", "sibling") in present(household)


def test_name_is_stored_and_found_as_it_is_seen(send, household):
    send("member_add", **{**PERSON, "full_name": "Y L\u200ban\u202e"})

    added = household.memberships.get(is_head=False).person
    assert (added.full_name, added.search_key) == ("Y Lan", "y lan")


@pytest.mark.parametrize("name", ["Y Lan 2", "12345", "Ng?c", "Y L\u0430n", "=Lan", "<b>Lan</b>"])
def test_name_that_nobody_can_have_is_refused(send, household, name):
    response = send("member_add", **{**PERSON, "full_name": name})

    assert response.status_code == 422
    assert "không phải là họ tên" in text(response)
    assert household.memberships.count() == 1
