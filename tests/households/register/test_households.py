"""Acts on whole households: what they write, what they refuse."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from households.choices import ClosingReason, EventKind, MovementCause, PovertyClass, Sex
from households.models import Household, HouseholdEvent
from households.register.services.events import SupportingDocument
from households.register.services.households import (
    HouseholdInput,
    change_village,
    close_household,
    correct_household,
    enter_household,
    merge_households,
    split_household,
)
from households.register.services.registering import MemberInput
from povertyplan.core.models import AuditEvent
from tests.factories.core import VillageFactory, WardFactory
from tests.factories.households import (
    CampaignFactory,
    DecisionFactory,
    HouseholdEventFactory,
    MembershipFactory,
    PersonFactory,
)
from tests.households.registers import DAY, present, refused, state
from tests.households.spells import change_status

pytestmark = pytest.mark.django_db

HEAD = MemberInput(full_name="A Thái", sex=Sex.MALE, relation="head", birth_date=date(1984, 1, 1))


@pytest.fixture
def children(household):
    """Two grown-up children who could split off."""
    return [
        MembershipFactory(
            household=household, person=PersonFactory(ward=household.ward, full_name=name)
        )
        for name in ("A Nam", "Y Lan")
    ]


def spells(household):
    return list(household.statuses.values_list("poverty_class", "starts_on", "ends_on", "cause"))


@pytest.fixture
def enter(ward, village, coordinator):
    def enter(**changes):
        values = {
            "kind": EventKind.MOVED_IN,
            "ward": ward,
            "village": village,
            "details": HouseholdInput(code="HN-09", address="Số 5"),
            "opened_on": DAY,
            "head": HEAD,
            "key": str(uuid4()),
            "by": coordinator,
        }
        return enter_household(**(values | changes))

    return enter


def test_enter_household_that_moved_in_brings_its_class(enter):
    household = enter(
        initial_class=PovertyClass.POOR,
        paper=SupportingDocument(document="Giấy xác nhận số 5/UBND"),
    )

    assert spells(household) == [("poor", DAY, None, MovementCause.MOVED_IN)]
    assert present(household) == [("A Thái", "head")]
    event = HouseholdEvent.objects.get()
    assert (event.kind, event.happened_on, event.document) == (
        EventKind.MOVED_IN,
        DAY,
        "Giấy xác nhận số 5/UBND",
    )


def test_enter_household_sent_twice_enters_one(enter):
    key = str(uuid4())

    assert enter(key=key) == enter(key=key)
    assert Household.objects.count() == 1
    assert HouseholdEvent.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        pytest.param({"initial_class": "poor"}, "Ghi giấy tờ", id="a class without its paper"),
        pytest.param({"kind": "birth"}, "Chọn lý do", id="another kind"),
        pytest.param({"details": HouseholdInput(code="")}, "Nhập mã hộ", id="no code"),
        pytest.param({"opened_on": date(2026, 11, 21)}, "sau ngày hôm nay", id="tomorrow"),
        pytest.param({"head": replace(HEAD, relation="child")}, "phải có một chủ hộ", id="no head"),
        pytest.param({"opened_on": date(1979, 6, 1)}, "trước ngày sinh", id="before the birth"),
    ],
)
def test_enter_household_refuses(enter, changes, sentence):
    before = state()

    with pytest.raises(ValidationError, match=sentence):
        enter(**changes)
    assert state() == before


@pytest.mark.parametrize(
    ("opened_on", "initial_class", "refused"),
    [
        pytest.param(date(2025, 6, 1), "poor", True, id="poor before the decision"),
        pytest.param(date(2025, 12, 31), "near_poor", True, id="in the year that is over"),
        pytest.param(date(2026, 1, 1), "poor", False, id="in the new year"),
        pytest.param(date(2025, 6, 1), "not_poor", False, id="on no list"),
    ],
)
def test_household_comes_onto_a_list_only_after_the_recognised_year(
    enter, ward, opened_on, initial_class, refused
):
    campaign = CampaignFactory(ward=ward, year=2025)
    DecisionFactory(
        ward=ward, campaign=campaign, number="208/QĐ-UBND", decided_on=date(2025, 12, 15)
    )
    values = {
        "opened_on": opened_on,
        "initial_class": initial_class,
        "paper": SupportingDocument("Giấy số 5"),
    }

    if refused:
        with pytest.raises(
            ValidationError, match=r"Quyết định số 208/QĐ-UBND; .* sau ngày 31/12/2025"
        ):
            enter(**values)
        assert not Household.objects.exists()
    else:
        assert enter(**values).opened_on == opened_on


def test_correct_household_names_what_was_corrected(act, household):
    details = HouseholdInput(code="HN-01", address=" Số  7 ", no_labour_capacity=True)

    act(correct_household, household=household, details=details)

    assert (household.address, household.no_labour_capacity, household.version) == (
        "Số 7",
        True,
        2,
    )
    assert AuditEvent.objects.get().summary.startswith(
        "Sửa thông tin hộ HN-01: địa chỉ, hộ không có khả năng lao động."
    )
    assert HouseholdEvent.objects.get().kind == EventKind.CORRECTED


def test_correct_household_without_a_difference_writes_nothing(act, household):
    before = state()

    act(correct_household, household=household, details=HouseholdInput(code="HN-01"))

    assert state() == before


def test_correct_household_refuses_the_code_of_another(act, household, neighbour):
    refused(
        act,
        correct_household,
        "Mã hộ HN-02 đã dùng",
        household=household,
        details=HouseholdInput(code="HN-02"),
    )


def test_change_village_moves_the_household_and_keeps_where_it_was(act, household, ward, village):
    other = VillageFactory(parent=ward, name="Thôn 2")

    act(change_village, household=household, village=other, address="Số 9", on=DAY)

    household.refresh_from_db()
    assert (household.village, household.address) == (other, "Số 9")
    event = HouseholdEvent.objects.get()
    assert (event.kind, event.from_village) == (EventKind.VILLAGE_CHANGED, village)


def test_change_village_refuses_the_same_a_foreign_and_a_merged_one(act, household, ward, village):
    foreign = VillageFactory(parent=WardFactory(), name="Thôn lạ")
    old = VillageFactory(parent=ward, name="Thôn cũ", valid_to=date(2024, 2, 29))
    values = {"household": household, "address": "", "on": DAY}

    refused(act, change_village, "Hộ đang ở Tổ dân phố 1", village=village, **values)
    refused(act, change_village, "Thôn lạ không phải", village=foreign, **values)
    refused(act, change_village, "Thôn cũ không còn", village=old, **values)


@pytest.fixture
def split(act, household, children, village):
    def split(service=None, **changes):
        nam, lan = children
        values = {
            "household": household,
            "relations": {nam.pk: "head", lan.pk: "sibling"},
            "village": village,
            "details": HouseholdInput(code="HN-10"),
            "on": DAY,
            "key": str(uuid4()),
        }
        return act(split_household, **(values | changes))

    return split


def test_split_household_makes_one_with_the_class_of_the_old(split, household):
    new = split()

    assert spells(new) == [("poor", DAY, None, MovementCause.SPLIT_OFF)]
    assert spells(household) == [("poor", date(2020, 1, 1), None, MovementCause.REGISTERED)]
    assert present(new) == [("A Nam", "head"), ("Y Lan", "sibling")]
    assert present(household) == [("Đặng Thị Ủy", "head")]
    assert len(present(household, date(2026, 5, 16))) == 3
    event = HouseholdEvent.objects.get()
    assert (event.kind, event.household, event.other_household) == (
        EventKind.SPLIT,
        household,
        new,
    )


def test_split_household_sent_twice_splits_once(split):
    key = str(uuid4())

    assert split(key=key, version=1) == split(key=key, version=1)
    assert Household.objects.count() == 2


def test_split_household_refuses_what_breaks_a_household(split, household, children):
    nam, lan = children
    head = household.memberships.get(is_head=True)
    cases = {
        "Chọn một người làm chủ hộ": {nam.pk: "child", lan.pk: "child"},
        "Chủ hộ ở lại": {head.pk: "head"},
        "ít nhất một thành viên": {nam.pk: "head", lan.pk: "child", head.pk: "parent"},
        "vừa thay đổi": {nam.pk: "head", 10**9: "child"},
    }
    before = state()

    for sentence, relations in cases.items():
        with pytest.raises(ValidationError, match=sentence):
            split(relations=relations)
    assert state() == before


def test_split_household_refuses_a_day_before_the_present_result(split, household):
    change_status(
        household=household,
        poverty_class=PovertyClass.NEAR_POOR,
        starts_on=date(2026, 6, 1),
        decision=None,
        cause=MovementCause.ESCAPED_TO_NEAR_POOR,
    )
    before = state()

    with pytest.raises(ValidationError, match="ngày tách phải từ ngày này"):
        split()
    assert state() == before


def test_merge_households_brings_the_members_and_closes_the_other(act, household, neighbour):
    blong = neighbour.memberships.get()

    act(
        merge_households,
        household=household,
        other=neighbour,
        relations={blong.pk: "sibling"},
        on=DAY,
    )

    neighbour.refresh_from_db()
    assert (neighbour.closed_on, neighbour.closing_reason) == (DAY, ClosingReason.MERGED)
    assert spells(neighbour) == [("near_poor", date(2020, 1, 1), date(2026, 5, 16), "registered")]
    assert present(household) == [("A Blong", "sibling"), ("Đặng Thị Ủy", "head")]
    assert present(neighbour) == []
    event = HouseholdEvent.objects.get()
    assert (event.kind, event.other_household) == (EventKind.MERGED, neighbour)


def test_merge_households_refuses_itself_a_second_head_and_missing_members(
    act, household, neighbour
):
    blong = neighbour.memberships.get()
    values = {"household": household, "other": neighbour, "on": DAY}

    refused(
        act,
        merge_households,
        "một hộ khác",
        **(values | {"other": household, "relations": {}}),
    )
    refused(act, merge_households, "chỉ có một chủ hộ", relations={blong.pk: "head"}, **values)
    refused(act, merge_households, "vừa thay đổi", relations={}, **values)


@pytest.mark.parametrize(
    ("reason", "kind"),
    [
        pytest.param(ClosingReason.MOVED_OUT, EventKind.MOVED_OUT, id="moved out"),
        pytest.param(ClosingReason.DISSOLVED, EventKind.CLOSED, id="dissolved"),
        pytest.param(ClosingReason.DUPLICATE, EventKind.CLOSED, id="written twice"),
    ],
)
def test_close_household_ends_members_spell_and_household(act, household, children, reason, kind):
    act(close_household, household=household, reason=reason, on=DAY)

    household.refresh_from_db()
    assert (household.closed_on, household.closing_reason) == (DAY, reason)
    assert spells(household)[-1][2] == date(2026, 5, 16)
    assert present(household) == []
    assert len(present(household, date(2026, 5, 16))) == 3
    assert HouseholdEvent.objects.get().kind == kind


def test_close_household_refuses_other_reasons_and_a_second_time(act, household):
    refused(act, close_household, "Chọn lý do", household=household, reason="merged", on=DAY)
    act(close_household, household=household, reason="moved_out", on=DAY)

    refused(act, close_household, "đã ra khỏi sổ", household=household, reason="moved_out", on=DAY)


def test_close_household_refuses_the_day_of_the_last_result(act, household):
    refused(
        act,
        close_household,
        "phải sau ngày này",
        household=household,
        reason="moved_out",
        on=date(2020, 1, 1),
    )


def test_events_are_never_changed_or_deleted(household):
    event = HouseholdEventFactory(household=household)

    for write in (event.delete, lambda: HouseholdEvent.objects.update(note="khác")):
        with pytest.raises(DatabaseError, match="giữ nguyên"), transaction.atomic():
            write()


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"kind": "wedding"}, id="unknown kind"),
        pytest.param({"person": None}, id="a birth of nobody"),
        pytest.param({"kind": EventKind.SPLIT, "person": None}, id="a split without a household"),
        pytest.param({"kind": EventKind.VILLAGE_CHANGED, "person": None}, id="a move from nowhere"),
    ],
)
def test_database_refuses_an_event_without_what_its_kind_needs(household, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        HouseholdEventFactory(household=household, **wrong)
