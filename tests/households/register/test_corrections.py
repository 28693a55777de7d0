"""A recorded event is put right by a second one with a reason; the first stays readable."""

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from households.choices import EventKind
from households.directory.selectors.history import former_members_of
from households.models import HouseholdEvent, Membership
from households.register.services.corrections import correct_event, withdraw_event
from households.register.services.households import change_village, close_household
from households.register.services.members import (
    add_member,
    change_head,
    member_left,
    move_member,
    record_birth,
    record_death,
)
from households.register.services.registering import MemberInput
from povertyplan.core import clock
from povertyplan.core.models import AuditEvent, PeriodLock
from tests.factories.core import VillageFactory
from tests.factories.households import MembershipFactory, PersonFactory
from tests.households.registers import DAY, present, state
from tests.pages import NO_RIGHT, heading_of, text_of

REASON = "Ghi nhầm người."
LATER = date(2026, 6, 1)


@pytest.fixture
def son(household):
    person = PersonFactory(ward=household.ward, full_name="A Nam", birth_date=date(2004, 3, 1))
    return MembershipFactory(household=household, relation="child", person=person)


@pytest.fixture
def withdraw(act):
    def withdraw(event, **changes):
        return act(withdraw_event, **({"event": event, "reason": REASON} | changes))

    return withdraw


@pytest.fixture
def correct(act):
    def correct(event, **changes):
        return act(correct_event, **({"event": event, "reason": REASON} | changes))

    return correct


def last_event():
    return HouseholdEvent.objects.latest("pk")


def lives(household):
    """Who is a member today, by name and relation."""
    return present(household, clock.today())


def new_member(**changes):
    values = {"full_name": "Y Hoa", "sex": "female", "relation": "other", "birth_date": None}
    return MemberInput(**(values | changes))


@pytest.mark.parametrize("service", [record_death, member_left])
def test_a_withdrawn_leaving_puts_the_member_back(act, withdraw, household, son, service):
    before = lives(household)
    act(service, membership=son, on=DAY)
    event = last_event()
    assert lives(household) != before

    second = withdraw(event)

    assert lives(household) == before
    assert present(household) == before
    assert (second.kind, second.corrects, second.note) == ("event_withdrawn", event, REASON)
    assert second.happened_on == DAY
    assert REASON.rstrip(".") in AuditEvent.objects.get(act="withdraw_event").summary


def test_a_withdrawn_arrival_was_never_a_member(act, withdraw, household):
    act(add_member, household=household, member=new_member(), joined_on=DAY, key=str(uuid4()))

    withdraw(last_event())

    assert [name for name, _ in lives(household)] == ["Đặng Thị Ủy"]
    assert [name for name, _ in present(household)] == ["Đặng Thị Ủy"]
    assert former_members_of(household, []) == []


def test_a_withdrawn_birth_was_never_a_member(act, withdraw, household):
    child = new_member(relation="child", birth_date=DAY)
    act(record_birth, household=household, member=child, key=str(uuid4()))

    withdraw(last_event())

    assert [name for name, _ in lives(household)] == ["Đặng Thị Ủy"]


def test_a_withdrawn_move_takes_the_member_home(act, withdraw, household, neighbour, son):
    before = lives(household), lives(neighbour)
    act(move_member, membership=son, target=neighbour, relation="other", on=DAY)

    withdraw(last_event())

    assert (lives(household), lives(neighbour)) == before


def test_a_withdrawn_new_head_gives_the_old_one_back(act, withdraw, household, son):
    before = lives(household)
    head = household.memberships.get(is_head=True)
    relations = {son.pk: "head", head.pk: "parent"}
    values = {"household": household, "relations": relations, "on": DAY}
    act(change_head, unusual_reason="Mẹ nuôi.", **values)

    withdraw(last_event())

    assert lives(household) == before


def test_a_withdrawn_move_to_another_village_leaves_it_where_it_was(
    act, withdraw, household, village
):
    other = VillageFactory(parent=household.ward)
    act(change_village, household=household, village=other, address="", on=DAY)

    withdraw(last_event())

    household.refresh_from_db()
    assert household.village == village


def test_what_was_built_upon_is_not_withdrawn(act, withdraw, household, neighbour, son):
    act(add_member, household=household, member=new_member(), joined_on=DAY, key=str(uuid4()))
    event = last_event()
    membership = Membership.objects.get(person=event.person)
    act(move_member, membership=membership, target=neighbour, relation="other", on=LATER)
    before = state()

    with pytest.raises(ValidationError, match="đã có biến động khác dựa vào nó"):
        withdraw(event)
    assert state() == before


def test_of_two_new_heads_on_one_day_neither_is_withdrawn(act, withdraw, household, son):
    father = household.memberships.get(is_head=True).person
    act(change_head, household=household, relations=_led_by(household, son.person), on=DAY)
    first = last_event()
    act(change_head, household=household, relations=_led_by(household, father), on=DAY)
    before = state()

    for event in (first, last_event()):
        with pytest.raises(ValidationError, match="đổi chủ hộ hơn một lần"):
            withdraw(event)
    assert state() == before


def _led_by(household, head):
    rows = household.memberships.filter(left_on=None)
    return {row.pk: "head" if row.person_id == head.pk else "other" for row in rows}


def test_an_event_is_withdrawn_once(act, withdraw, household, son):
    act(record_death, membership=son, on=DAY)
    event = last_event()
    second = withdraw(event)

    with pytest.raises(ValidationError, match="đã được hủy"):
        withdraw(event)
    with pytest.raises(ValidationError, match="Sửa biến động gốc"):
        withdraw(second)


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_correction_needs_a_reason(act, withdraw, correct, household, son, reason):
    act(record_death, membership=son, on=DAY)

    with pytest.raises(ValidationError, match="Nhập lý do"):
        withdraw(last_event(), reason=reason)
    with pytest.raises(ValidationError, match="Nhập lý do"):
        correct(last_event(), on=LATER, reason=reason)


def test_the_right_day_counts_and_the_wrong_one_stays_readable(act, correct, household, son):
    act(record_death, membership=son, on=DAY)
    event = last_event()

    second = correct(event, on=LATER, document="Giấy chứng tử số 5")

    son.refresh_from_db()
    assert son.left_on == LATER
    assert (second.kind, second.happened_on, second.document) == (
        "event_corrected",
        LATER,
        "Giấy chứng tử số 5",
    )
    event.refresh_from_db()
    assert (event.happened_on, event.effective_day) == (DAY, LATER)
    assert [gone.how for gone in former_members_of(household, [])] == ["Chết"]


def test_a_corrected_day_is_corrected_and_withdrawn_again(act, correct, withdraw, household, son):
    before = lives(household)
    act(record_death, membership=son, on=DAY)
    event = last_event()
    correct(event, on=LATER)
    correct(event, on=date(2026, 7, 1))

    withdraw(event)

    assert lives(household) == before


def test_a_second_correction_begins_with_the_document_of_the_first(
    client_of, coordinator, act, correct, household, son
):
    act(record_death, membership=son, on=DAY)
    event = last_event()
    correct(event, on=LATER, document="Giấy chứng tử số 5")

    page = client_of(coordinator).get(
        reverse("households:event_correct", args=[household.pk, event.pk])
    )

    assert page.context["form"]["document"].value() == "Giấy chứng tử số 5"
    with pytest.raises(ValidationError, match="khác với biến động đã ghi"):
        correct(event, on=LATER, document="Giấy chứng tử  số 5")
    assert correct(event, on=LATER, document="").document == ""


def test_the_right_day_of_an_arrival_and_of_a_move(act, correct, household, neighbour):
    act(add_member, household=household, member=new_member(), joined_on=DAY, key=str(uuid4()))
    arrival = last_event()
    correct(arrival, on=date(2026, 4, 1))
    membership = Membership.objects.get(person=arrival.person)
    act(move_member, membership=membership, target=neighbour, relation="other", on=LATER)
    correct(last_event(), on=date(2026, 6, 9))

    days = Membership.objects.filter(person=arrival.person).order_by("pk")
    assert list(days.values_list("joined_on", "left_on")) == [
        (date(2026, 4, 1), date(2026, 6, 9)),
        (date(2026, 6, 9), None),
    ]


def test_nobody_moves_into_a_household_before_it_was_in_the_register(
    act, correct, household, neighbour, son
):
    neighbour.opened_on = date(2026, 5, 1)
    neighbour.save(update_fields=["opened_on"])
    act(move_member, membership=son, target=neighbour, relation="other", on=DAY)

    with pytest.raises(ValidationError, match="Hộ HN-02 vào sổ ngày 01/05/2026") as refused:
        correct(last_event(), on=date(2026, 4, 30))

    assert list(refused.value.message_dict) == ["on"]
    son.refresh_from_db()
    assert son.left_on == DAY
    assert correct(last_event(), on=date(2026, 5, 1)).happened_on == date(2026, 5, 1)


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (date(2999, 1, 1), "sau ngày hôm nay"),
        (DAY, "khác với biến động đã ghi"),
        (date(2000, 1, 1), "phải sau ngày này|ngày xảy ra phải từ"),
    ],
)
def test_a_day_that_cannot_be_is_refused(act, correct, household, son, day, sentence):
    Membership.objects.filter(pk=son.pk).update(joined_on=date(2010, 1, 1))
    act(record_death, membership=son, on=DAY)

    with pytest.raises(ValidationError, match=sentence):
        correct(last_event(), on=day)


def test_a_locked_year_is_not_corrected(act, withdraw, household, son, leader):
    act(record_death, membership=son, on=DAY)
    PeriodLock.objects.create(
        ward=household.ward, year=2026, locked_by=leader, locked_at=clock.now()
    )

    with pytest.raises(ValidationError, match="đã khóa"):
        withdraw(last_event())


def test_what_cannot_be_undone_names_the_act_that_can(act, withdraw, household, split_event):
    with pytest.raises(ValidationError, match="ghi “Nhập hộ” để đưa hộ mới về hộ cũ"):
        withdraw(split_event)


@pytest.fixture
def split_event(household, neighbour):
    return HouseholdEvent.objects.create(
        ward=household.ward,
        household=household,
        kind=EventKind.SPLIT,
        other_household=neighbour,
        happened_on=DAY,
        recorded_at=clock.now(),
    )


def test_events_of_a_closed_household_wait_until_it_is_back(act, withdraw, household, son):
    act(record_death, membership=son, on=DAY)
    event = last_event()
    act(close_household, household=household, reason="moved_out", on=LATER)

    with pytest.raises(ValidationError, match="đã ra khỏi sổ"):
        withdraw(event)


def test_the_database_refuses_a_withdrawal_without_reason_and_a_second_one(
    act, withdraw, household, son
):
    act(record_death, membership=son, on=DAY)
    event = last_event()
    values = {
        "ward": household.ward,
        "household": household,
        "kind": EventKind.EVENT_WITHDRAWN,
        "corrects": event,
        "happened_on": DAY,
        "recorded_at": clock.now(),
    }
    with pytest.raises(IntegrityError), transaction.atomic():
        HouseholdEvent.objects.create(**values, note="")
    withdraw(event)
    with pytest.raises(IntegrityError), transaction.atomic():
        HouseholdEvent.objects.create(**values, note=REASON)


def test_the_page_withdraws_an_event_and_shows_both(client_of, coordinator, act, household, son):
    act(record_death, membership=son, on=DAY)
    event = last_event()
    household.refresh_from_db()
    url = reverse("households:event_correct", args=[household.pk, event.pk])
    client = client_of(coordinator)
    detail = reverse("households:household_detail", args=[household.pk])
    assert url in client.get(detail).content.decode()
    data = {"version": household.version, "decision": "withdraw", "on": "17/05/2026"}

    assert "Nhập lý do" in text_of(client.post(url, data))
    page = text_of(client.post(url, data | {"reason": REASON}, follow=True))

    assert "Chết (đã hủy): A Nam" in page
    assert "Hủy biến động ghi nhầm “Chết” của A Nam, ghi ngày 17/05/2026" in page
    assert REASON in page


def test_nobody_else_corrects_an_event(client_of, leader, act, household, son):
    act(record_death, membership=son, on=DAY)
    url = reverse("households:event_correct", args=[household.pk, last_event().pk])

    assert heading_of(client_of(leader).get(url)) == NO_RIGHT
