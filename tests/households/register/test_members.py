"""Acts on the members of a household: what they write, what they refuse."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from households.choices import BirthPrecision, ClosingReason, EventKind, PovertyClass, Sex
from households.models import Household, HouseholdEvent, Person
from households.register.services.events import SupportingDocument
from households.register.services.members import (
    add_member,
    change_head,
    correct_member,
    member_left,
    move_member,
    record_birth,
    record_death,
)
from households.register.services.registering import MemberInput
from povertyplan.core.models import AuditEvent, PeriodLock
from povertyplan.core.platform.versions import StaleVersion
from tests.factories.households import (
    HouseholdFactory,
    MembershipFactory,
    PersonFactory,
    StatusFactory,
)
from tests.households.registers import DAY, present, refused, state

pytestmark = pytest.mark.django_db

DAUGHTER = MemberInput(
    full_name="Y  Lan", sex=Sex.FEMALE, relation="child", birth_date=date(2010, 3, 9)
)
PAPER = SupportingDocument(document="Giấy khai sinh số 12", note="Theo đề nghị của hộ")


@pytest.fixture
def other(village):
    other = HouseholdFactory(village=village, code="HN-02", head="A Blong")
    StatusFactory(household=other, poverty_class=PovertyClass.NEAR_POOR)
    return other


@pytest.fixture
def son(household):
    person = PersonFactory(ward=household.ward, full_name="A Nam")
    return MembershipFactory(household=household, person=person)


@pytest.fixture
def head(household):
    return household.memberships.get(is_head=True)


def event():
    return HouseholdEvent.objects.get()


def test_add_member_writes_person_membership_event_and_journal(act, household, coordinator):
    key = str(uuid4())

    membership = act(
        add_member, household=household, member=DAUGHTER, joined_on=DAY, key=key, paper=PAPER
    )

    assert present(household) == [("Y Lan", "child"), ("Đặng Thị Ủy", "head")]
    assert membership.person.search_key == "y lan"
    written = event()
    assert (written.kind, written.happened_on, written.recorded_by, written.person) == (
        EventKind.MEMBER_ADDED,
        DAY,
        coordinator,
        membership.person,
    )
    assert (written.document, written.note) == ("Giấy khai sinh số 12", "Theo đề nghị của hộ")
    assert written.recorded_at is not None
    journal = AuditEvent.objects.get()
    assert (journal.act, journal.object_id) == ("add_member", household.pk)
    assert journal.summary == "Thêm Y Lan vào hộ HN-01. Ngày xảy ra 17/05/2026."
    household.refresh_from_db()
    assert household.version == 2


def test_add_member_sent_twice_adds_one(act, household):
    values = {"household": household, "member": DAUGHTER, "joined_on": DAY, "key": str(uuid4())}

    first = act(add_member, **values, version=1)
    second = act(add_member, **values, version=1)

    assert first == second
    assert HouseholdEvent.objects.count() == 1


def test_add_member_takes_back_somebody_who_had_left(act, household, son):
    act(member_left, membership=son, on=DAY)

    membership = act(
        add_member,
        household=household,
        member=DAUGHTER,
        person=son.person,
        joined_on=date(2026, 8, 1),
        key=str(uuid4()),
    )

    assert membership.person == son.person
    assert Person.objects.filter(full_name="A Nam").count() == 1
    assert ("A Nam", "child") in present(household, date(2026, 8, 1))
    assert ("A Nam", "child") not in present(household, date(2026, 6, 1))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        pytest.param({"member": replace(DAUGHTER, full_name=" ")}, "Nhập họ và tên", id="no name"),
        pytest.param({"member": replace(DAUGHTER, relation="head")}, "đã có chủ hộ", id="head"),
        pytest.param(
            {"member": replace(DAUGHTER, citizen_id="51")}, "đúng 12 chữ số", id="short number"
        ),
        pytest.param({"joined_on": date(2026, 11, 21)}, "sau ngày hôm nay", id="tomorrow"),
        pytest.param({"joined_on": date(2019, 12, 31)}, "vào sổ ngày 01/01/2020", id="too early"),
        pytest.param(
            {"member": replace(DAUGHTER, birth_date=date(2026, 5, 18))},
            "trước ngày sinh",
            id="before the birth",
        ),
        pytest.param({"version": 2}, "phiên bản", id="a version from the future"),
        pytest.param({"version": None}, "phiên bản", id="no version"),
    ],
)
def test_add_member_refuses(act, household, changes, sentence):
    values = {"household": household, "member": DAUGHTER, "joined_on": DAY, "key": str(uuid4())}

    refused(act, add_member, sentence, **(values | changes))


def test_add_member_refuses_the_number_of_another(act, household, other):
    Person.objects.filter(full_name="A Blong").update(citizen_id="062084000999")
    member = replace(DAUGHTER, citizen_id="062084000999")

    refused(
        act,
        add_member,
        "đã thuộc về một người khác",
        household=household,
        member=member,
        joined_on=DAY,
        key=str(uuid4()),
    )


def test_add_member_refuses_who_lives_elsewhere(act, household, other):
    blong = Person.objects.get(full_name="A Blong")

    refused(
        act,
        add_member,
        "A Blong đang là thành viên của một hộ khác",
        household=household,
        member=DAUGHTER,
        person=blong,
        joined_on=DAY,
        key=str(uuid4()),
    )


def test_acts_refuse_a_stale_version(act, household, son):
    act(member_left, membership=son, on=DAY)

    with pytest.raises(StaleVersion):
        act(
            add_member,
            household=household,
            member=DAUGHTER,
            joined_on=DAY,
            key=str(uuid4()),
            version=1,
        )
    assert not Person.objects.filter(full_name="Y Lan").exists()


def test_acts_refuse_a_day_whose_figures_are_locked(act, household, son, coordinator):
    PeriodLock.objects.create(
        ward=household.ward, year=2025, locked_at="2026-01-05T00:00Z", locked_by=coordinator
    )

    refused(act, member_left, "Số liệu năm 2025 đã khóa", membership=son, on=date(2024, 6, 1))
    act(member_left, membership=son, on=date(2026, 1, 1))


def test_record_birth_counts_the_child_from_its_birth(act, household):
    child = replace(DAUGHTER, birth_date=DAY)

    act(record_birth, household=household, member=child, key=str(uuid4()), paper=PAPER)

    assert ("Y Lan", "child") in present(household)
    assert ("Y Lan", "child") not in present(household, date(2026, 5, 16))
    assert (event().kind, event().happened_on) == (EventKind.BIRTH, DAY)


def test_record_birth_asks_for_the_day(act, household):
    child = replace(DAUGHTER, birth_precision=BirthPrecision.MONTH)

    refused(
        act, record_birth, "đủ ngày, tháng, năm", household=household, member=child, key="1" * 8
    )


def test_correct_member_writes_what_differs_and_names_the_fields(act, household, son):
    right = MemberInput(
        full_name="A Năm", sex=Sex.MALE, relation="grandchild", birth_date=date(1980, 5, 17)
    )

    act(correct_member, membership=son, member=right)

    son.refresh_from_db()
    assert (son.relation, son.person.full_name, son.person.search_key) == (
        "grandchild",
        "A Năm",
        "a nam",
    )
    assert "họ và tên, quan hệ với chủ hộ" in AuditEvent.objects.get().summary
    assert event().kind == EventKind.MEMBER_CORRECTED


def test_correct_member_without_a_difference_writes_nothing(act, household, son):
    same = MemberInput(
        full_name="A Nam", sex=Sex.MALE, relation="child", birth_date=date(1980, 5, 17)
    )
    before = state()

    act(correct_member, membership=son, member=same)

    assert state() == before


def test_correct_member_does_not_change_the_head(act, household, son, head):
    member = MemberInput(full_name="A Nam", sex=Sex.MALE, relation="head", birth_date=None)

    refused(act, correct_member, "Đổi chủ hộ", membership=son, member=member)
    refused(
        act, correct_member, "Đổi chủ hộ", membership=head, member=replace(member, relation="child")
    )


def test_correct_member_keeps_the_own_number(act, household, son):
    Person.objects.filter(pk=son.person_id).update(citizen_id="062080000999")
    son.person.refresh_from_db()
    member = MemberInput(
        full_name="A Nam Anh",
        sex=Sex.MALE,
        relation="child",
        birth_date=date(1980, 5, 17),
        citizen_id="062080000999",
    )

    assert act(correct_member, membership=son, member=member).person.full_name == "A Nam Anh"


def test_move_member_leaves_one_household_and_joins_the_other(act, household, other, son):
    act(move_member, membership=son, target=other, relation="child", on=DAY)

    assert present(household) == [("Đặng Thị Ủy", "head")]
    assert present(other) == [("A Blong", "head"), ("A Nam", "child")]
    assert present(household, date(2026, 5, 16)) == [("A Nam", "child"), ("Đặng Thị Ủy", "head")]
    assert (event().kind, event().other_household) == (EventKind.MEMBER_MOVED, other)
    assert list(Household.objects.order_by("code").values_list("version", flat=True)) == [2, 2]


def test_move_member_refuses_head_last_member_and_own_household(act, household, other, son, head):
    values = {"target": other, "relation": "child", "on": DAY}

    refused(act, move_member, "Đổi chủ hộ trước", membership=head, **values)
    refused(act, move_member, "một hộ khác", membership=son, **(values | {"target": household}))
    refused(act, move_member, "đã có chủ hộ", membership=son, **(values | {"relation": "head"}))
    stranger = HouseholdFactory()
    refused(act, move_member, "một hộ khác", membership=son, **(values | {"target": stranger}))


def test_member_left_refuses_the_last_member(act, household, head):
    refused(act, member_left, "thành viên cuối cùng", membership=head, on=DAY)


def test_member_left_twice_is_refused(act, household, son):
    act(member_left, membership=son, on=DAY)

    refused(act, member_left, "không còn là thành viên", membership=son, on=DAY)


def test_record_death_of_one_of_several_keeps_the_household(act, household, son, head):
    act(record_death, membership=son, on=DAY)

    household.refresh_from_db()
    assert household.closed_on is None
    assert present(household) == [("Đặng Thị Ủy", "head")]
    assert event().kind == EventKind.DEATH


def test_record_death_of_the_last_member_closes_the_household(act, household, head):
    act(record_death, membership=head, on=DAY)

    household.refresh_from_db()
    assert (household.closed_on, household.closing_reason) == (DAY, ClosingReason.DIED)
    assert household.statuses.get().ends_on == date(2026, 5, 16)
    assert present(household) == []


def test_record_death_of_a_head_asks_for_another_first(act, household, son, head):
    refused(act, record_death, "Đổi chủ hộ trước", membership=head, on=DAY)


def test_record_death_before_the_result_began_saves_nothing(act, village, coordinator):
    household = HouseholdFactory(village=village)
    StatusFactory(household=household, starts_on=date(2026, 6, 1))

    refused(
        act,
        record_death,
        "ngày ra khỏi sổ phải sau ngày này",
        membership=household.memberships.get(),
        on=DAY,
    )


def test_nobody_leaves_or_dies_before_being_born(act, household, son):
    Person.objects.filter(pk=son.person_id).update(birth_date=date(2026, 5, 10))
    son.refresh_from_db()

    for service in (member_left, record_death):
        refused(act, service, "trước ngày sinh", membership=son, on=date(2026, 3, 1))


def test_correct_member_refuses_a_birth_after_the_first_day(act, household, son):
    member = replace(DAUGHTER, birth_date=date(2021, 1, 1))

    refused(act, correct_member, "từ ngày này trở về trước", membership=son, member=member)


def test_change_head_keeps_the_relations_of_earlier_days(act, household, son, head):
    act(
        change_head,
        household=household,
        relations={son.pk: "head", head.pk: "parent"},
        on=DAY,
        unusual_reason="Mẹ kế.",
    )

    assert present(household) == [("A Nam", "head"), ("Đặng Thị Ủy", "parent")]
    assert present(household, date(2026, 5, 16)) == [("A Nam", "child"), ("Đặng Thị Ủy", "head")]
    assert (event().kind, event().person) == (EventKind.HEAD_CHANGED, son.person)


@pytest.mark.parametrize(
    ("relations", "sentence"),
    [
        pytest.param(("child", "parent"), "Chọn một người", id="nobody"),
        pytest.param(("head", "head"), "Chọn một người", id="two"),
        pytest.param(("child", "head"), "đang là chủ hộ", id="the same"),
    ],
)
def test_change_head_refuses(act, household, son, head, relations, sentence):
    chosen = dict(zip((son.pk, head.pk), relations, strict=True))

    refused(act, change_head, sentence, household=household, relations=chosen, on=DAY)


def test_change_head_refuses_when_members_are_missing(act, household, son, head):
    refused(
        act, change_head, "vừa thay đổi", household=household, relations={son.pk: "head"}, on=DAY
    )
