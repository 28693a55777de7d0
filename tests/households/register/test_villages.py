"""Renaming and merging villages: households go along, totals of every day stay."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from households.choices import CampaignStage, EventKind
from households.ledger.selectors.classes import class_counts, class_counts_by_village
from households.ledger.selectors.transition_tables import movement_tables
from households.models import AreaYear, Household, HouseholdEvent
from households.register.services.villages import merge_villages, rename_village
from households.rules.transitions import movement_problems
from povertyplan.core.choices import Role
from povertyplan.core.models import Area, AuditEvent, User
from tests.factories.core import GrantFactory, UserFactory, VillageFactory, WardFactory
from tests.factories.households import (
    AreaYearFactory,
    CampaignFactory,
    CampaignVillageFactory,
    HouseholdFactory,
    StatusFactory,
)
from tests.pages import NO_RIGHT, NOT_FOUND, heading_of

pytestmark = pytest.mark.django_db

DAY = date(2026, 7, 1)
LIST = "/settings/villages/"


@pytest.fixture
def villages(ward):
    """Two villages with a poor and a near-poor household."""
    villages = [VillageFactory(parent=ward, name=f"Thôn {n}") for n in (1, 2)]
    for village, poverty_class in zip(villages, ("poor", "near_poor"), strict=True):
        StatusFactory(household=HouseholdFactory(village=village), poverty_class=poverty_class)
    return villages


@pytest.fixture
def merge(ward, villages, coordinator):
    def merge(**changes):
        values = {
            "ward": ward,
            "villages": villages,
            "name": "Thôn Hợp Nhất",
            "setting": "urban",
            "on": DAY,
            "by": coordinator,
        }
        return merge_villages(**(values | changes))

    return merge


def test_merge_villages_moves_every_household_by_an_event(merge, villages, ward):
    new = merge()

    assert (new.valid_from, new.path, set(new.predecessors.all())) == (
        DAY,
        f"{ward.path}{new.pk}/",
        set(villages),
    )
    assert {each.valid_to for each in Area.objects.filter(name__in=("Thôn 1", "Thôn 2"))} == {
        date(2026, 6, 30)
    }
    assert set(Household.objects.values_list("village", "version")) == {(new.pk, 2)}
    events = HouseholdEvent.objects.all()
    assert {(event.kind, event.happened_on) for event in events} == {
        (EventKind.VILLAGE_MERGED, DAY)
    }
    assert {event.from_village for event in events} == set(villages)
    assert AuditEvent.objects.get().summary == (
        "Nhập Thôn 1, Thôn 2 thành Thôn Hợp Nhất từ ngày 01/07/2026; 2 hộ chuyển theo."
    )


@pytest.mark.parametrize("day", [date(2025, 12, 31), date(2026, 6, 30), DAY, date(2026, 11, 20)])
def test_merge_villages_leaves_the_totals_of_every_day(merge, ward, day):
    before = class_counts(area=ward, on=day)

    merge()

    assert class_counts(area=ward, on=day) == before
    rows = class_counts_by_village(ward=ward, on=day)
    assert sum(row.counts.poor for row in rows) == before.poor == 1
    assert sum(row.counts.near_poor_persons for row in rows) == before.near_poor_persons == 1


def test_merge_villages_moves_nothing_in_the_movement_tables(merge, ward):
    period = {"area": ward, "after": date(2025, 12, 31), "until": date(2026, 11, 20)}
    before = movement_tables(**period)

    new = merge()

    assert movement_tables(**period) == before
    assert movement_problems(movement_tables(**(period | {"area": new}))) == []


def test_merge_villages_numbers_a_village_without_a_code(merge, ward):
    VillageFactory(parent=ward, code="90000")

    assert merge().code == "90001"


def test_merge_villages_refuses_a_code_in_use(merge, ward):
    VillageFactory(parent=ward, code="90000")

    with pytest.raises(ValidationError, match="Mã 90000 đã có trong"):
        merge(code="90000")


def test_merge_villages_adds_up_what_is_known_of_the_population(merge, villages, ward):
    for village, households in zip(villages, (100, 50), strict=True):
        AreaYearFactory(ward=ward, area=village, households=households, persons=400)

    new = merge()

    row = AreaYear.objects.get(area=new)
    assert (row.on, row.households, row.persons) == (DAY, 150, 800)


def test_merge_villages_makes_no_population_up(merge, villages, ward):
    AreaYearFactory(ward=ward, area=villages[0])

    assert not AreaYear.objects.filter(area=merge()).exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        pytest.param({"name": " "}, "Nhập tên", id="no name"),
        pytest.param({"on": date(2026, 11, 21)}, "sau ngày hôm nay", id="tomorrow"),
        pytest.param({"name": "Thôn 3"}, "Thôn 3 đã có", id="a name in use"),
    ],
)
def test_merge_villages_refuses(merge, ward, changes, sentence):
    VillageFactory(parent=ward, name="Thôn 3")

    with pytest.raises(ValidationError, match=sentence):
        merge(**changes)
    assert not HouseholdEvent.objects.exists()
    assert not Area.objects.exclude(valid_to=None).exists()


def test_merge_villages_refuses_one_foreign_and_merged_villages(merge, villages):
    foreign = VillageFactory(parent=WardFactory(), name="Thôn lạ")

    with pytest.raises(ValidationError, match="ít nhất hai"):
        merge(villages=villages[:1])
    with pytest.raises(ValidationError, match="Thôn lạ không phải"):
        merge(villages=[villages[0], foreign])
    merge()
    with pytest.raises(ValidationError, match="đã kết thúc trước đó"):
        merge(name="Thôn khác")


@pytest.mark.parametrize("stage", [CampaignStage.OPEN, CampaignStage.SUBMITTED])
def test_merge_villages_waits_for_the_review(merge, villages, ward, coordinator, stage):
    submitted = {"submitted_by": coordinator, "submitted_at": "2026-10-01T00:00Z"}
    campaign = CampaignFactory(
        ward=ward, stage=stage, **(submitted if stage == CampaignStage.SUBMITTED else {})
    )
    CampaignVillageFactory(campaign=campaign, village=villages[0])

    with pytest.raises(ValidationError, match="chưa được công nhận"):
        merge()


TODAY = date(2026, 11, 20)
YESTERDAY = date(2026, 11, 19)


def grant(village, user=None, **dates):
    """A village head's role, by default for good."""
    values = {"valid_from": date(2026, 1, 1), "valid_to": None, **dates}
    return GrantFactory(user=user or UserFactory(), role=Role.ENTRY_OFFICER, area=village, **values)


def roles_of(user):
    rows = user.grants.order_by("area_id", "valid_from")
    return [(row.area.name, row.valid_from, row.valid_to) for row in rows]


def test_roles_end_with_their_village_and_go_on_where_it_was_said(merge, villages, coordinator):
    leaving, staying = grant(villages[0]).user, grant(villages[1]).user

    merge(staying=[staying])

    assert roles_of(leaving) == [("Thôn 1", date(2026, 1, 1), YESTERDAY)]
    assert roles_of(staying) == [
        ("Thôn 2", date(2026, 1, 1), YESTERDAY),
        ("Thôn Hợp Nhất", TODAY, None),
    ]
    assert staying.grants.get(valid_to=None).granted_by == coordinator
    told = AuditEvent.objects.filter(object_type="core.user").values_list("act", "object_id")
    assert sorted(told) == sorted(
        [("end_role", leaving.pk), ("end_role", staying.pk), ("grant_role", staying.pk)]
    )


def test_who_stays_sees_every_household_and_who_leaves_none(merge, villages):
    leaving, staying = grant(villages[0]).user, grant(villages[1]).user

    merge(staying=[staying])

    seen = [
        set(Household.objects.visible_to(User.objects.get(pk=user.pk)))
        for user in (leaving, staying)
    ]
    assert seen == [set(), set(Household.objects.all())]


def test_who_held_both_villages_has_the_new_one_once_and_as_long(merge, villages):
    user = grant(villages[0], valid_to=date(2026, 12, 31)).user
    grant(villages[1], user, valid_from=date(2026, 12, 1), valid_to=date(2027, 6, 30))

    merge(staying=[user])

    # What had not begun is taken back whole.
    assert roles_of(user) == [
        ("Thôn 1", date(2026, 1, 1), YESTERDAY),
        ("Thôn Hợp Nhất", TODAY, date(2027, 6, 30)),
    ]
    assert User.objects.get(pk=user.pk).version == user.version + 1


def test_roles_elsewhere_and_those_that_are_over_stay_as_they_are(merge, villages, ward):
    elsewhere = grant(VillageFactory(parent=ward, name="Thôn 3")).user
    over = grant(villages[0], valid_to=date(2026, 3, 31)).user

    merge()

    assert roles_of(elsewhere) == [("Thôn 3", date(2026, 1, 1), None)]
    assert roles_of(over) == [("Thôn 1", date(2026, 1, 1), date(2026, 3, 31))]


def test_merge_villages_gives_nobody_a_role_they_did_not_have(merge, villages, ward):
    stranger = grant(VillageFactory(parent=ward, name="Thôn 3")).user

    with pytest.raises(ValidationError, match=f"{stranger} không có vai trò ở các thôn"):
        merge(staying=[stranger])
    assert not Area.objects.exclude(valid_to=None).exists()


def test_nobody_gives_the_new_village_to_themselves(merge, villages, coordinator):
    grant(villages[0], coordinator)

    merge(staying=[coordinator])

    assert [row.area.name for row in coordinator.grants.filter(valid_to=None)] == [
        villages[0].parent.name
    ]


def test_village_merge_asks_who_stays(client_of, coordinator, stranger, villages):
    staying = grant(villages[1]).user
    foreign = grant(VillageFactory(parent=stranger.ward)).user
    own = grant(villages[0], coordinator)
    client = client_of(coordinator)
    page = client.get(f"{LIST}merge/").content.decode()
    assert f"{staying} (Thôn 2)" in page
    assert f"{own.user} (Thôn 1)" not in page
    assert str(foreign) not in page

    typed = {
        "villages": [village.pk for village in villages],
        "name": "Thôn Hợp Nhất",
        "setting": "urban",
        "on": "01/07/2026",
    }
    refused = client.post(f"{LIST}merge/", typed | {"staying": [foreign.pk]})
    assert refused.status_code == 422
    assert not Area.objects.exclude(valid_to=None).exists()

    assert client.post(f"{LIST}merge/", typed | {"staying": [staying.pk]}).status_code == 302
    assert roles_of(staying)[-1] == ("Thôn Hợp Nhất", TODAY, None)


def rename(village, by, **changes):
    values = {"seen_name": "Thôn 1", "on": DAY, "reason": "Nghị quyết số 12/NQ-HĐND"}
    return rename_village(village=village, by=by, **(values | changes))


def test_rename_village_keeps_it_and_tells_each_household(villages, coordinator):
    rename(villages[0], coordinator, name="Thôn Mới")

    villages[0].refresh_from_db()
    assert (villages[0].name, villages[0].valid_to) == ("Thôn Mới", None)
    assert HouseholdEvent.objects.get().kind == EventKind.VILLAGE_RENAMED
    assert AuditEvent.objects.get().reason == "Nghị quyết số 12/NQ-HĐND"


def test_rename_village_asks_for_the_reason(villages, coordinator):
    with pytest.raises(ValidationError, match="Nhập lý do"):
        rename(villages[0], coordinator, name="Thôn Mới", reason=" ")

    assert Area.objects.get(pk=villages[0].pk).name == "Thôn 1"


@pytest.mark.parametrize(
    ("name", "seen", "sentence"),
    [
        pytest.param("Thôn 2", "Thôn 1", "Thôn 2 đã có", id="in use"),
        pytest.param("Thôn 1", "Thôn 1", "một tên khác", id="the same"),
        pytest.param("Thôn Mới", "Thôn cũ", "vừa được đổi tên", id="renamed meanwhile"),
        pytest.param("Thôn \u200b2", "Thôn 1", "Thôn 2 đã có", id="in use, as it is seen"),
        pytest.param("=Thôn()", "Thôn 1", "như một công thức", id="formula"),
        pytest.param("Th\u043en 9", "Thôn 1", "chữ Kirin", id="look-alike"),
    ],
)
def test_rename_village_refuses(villages, coordinator, name, seen, sentence):
    with pytest.raises(ValidationError, match=sentence):
        rename(villages[0], coordinator, name=name, seen_name=seen)
    assert not HouseholdEvent.objects.exists()


@pytest.mark.parametrize("role", ["coordinator", "administrator"])
def test_village_pages_rename_and_merge(request, client_of, villages, role):
    client = client_of(request.getfixturevalue(role))

    renamed = client.post(
        f"{LIST}{villages[0].pk}/rename/",
        {"name": "Thôn Mới", "seen_name": "Thôn 1", "on": "01/07/2026", "reason": "Nghị quyết"},
    )
    merged = client.post(
        f"{LIST}merge/",
        {
            "villages": [village.pk for village in villages],
            "name": "Thôn Hợp Nhất",
            "setting": "rural",
            "on": "02/07/2026",
        },
    )

    assert (renamed.status_code, merged.status_code) == (302, 302)
    page = client.get(LIST).content.decode()
    assert "Thôn Hợp Nhất" in page
    assert "Thôn Mới</a>, đến hết ngày 01/07/2026" in page


@pytest.mark.parametrize("role", ["village_head", "leader", "observer", "reporter"])
def test_village_pages_are_closed_to_others(request, client_of, villages, role):
    client = client_of(request.getfixturevalue(role))

    for address in (LIST, f"{LIST}merge/", f"{LIST}{villages[0].pk}/rename/"):
        assert heading_of(client.get(address)) == NO_RIGHT


def test_village_rename_finds_no_village_of_another_ward(client_of, stranger, villages):
    assert heading_of(client_of(stranger).get(f"{LIST}{villages[0].pk}/rename/")) == NOT_FOUND


def test_village_merge_names_what_is_missing(client_of, coordinator, villages):
    response = client_of(coordinator).post(f"{LIST}merge/", {"villages": [villages[0].pk]})

    assert response.status_code == 422
    page = response.content.decode()
    assert "Chọn ít nhất hai thôn" in page
    assert "Nhập tên thôn, tổ dân phố." in page


@pytest.mark.parametrize("many", [1, 3])
def test_village_list_costs_the_same(
    client_of, coordinator, ward, django_assert_max_num_queries, many
):
    VillageFactory.create_batch(many, parent=ward)
    client = client_of(coordinator)

    with django_assert_max_num_queries(8):
        client.get(LIST)
