"""Who belongs to which household from when to when; the acts that call it leave the events."""

from datetime import date

from households.choices import RelationToHead
from households.models import Household, Membership, Person
from households.register.services.events import refuse_value
from households.rules.people.birth_dates import write_birth
from povertyplan.core.text import formatting


def end_membership(membership: Membership, on: date) -> None:
    """End a membership: on that day the person is no longer counted in the household."""
    if membership.left_on is not None:
        refuse_value(f"{membership.person} không còn là thành viên của hộ.")
    if on < membership.joined_on:
        refuse_value(
            f"{membership.person} là thành viên từ ngày "
            f"{formatting.day(membership.joined_on)}; ngày xảy ra phải từ ngày này."
        )
    refuse_before_birth(membership.person, on)
    membership.left_on = on
    membership.save(update_fields=["left_on"])


def start_membership(household: Household, person: Person, relation: str, on: date) -> Membership:
    """Begin a membership on a day."""
    refuse_before_birth(person, on)
    return Membership.objects.create(
        ward_id=household.ward_id,
        household=household,
        person=person,
        relation=relation,
        is_head=relation == RelationToHead.HEAD,
        joined_on=on,
    )


def restate_membership(membership: Membership, relation: str, on: date) -> None:
    """Give a member another relation from a day on; the earlier days keep the old one."""
    if membership.relation == relation:
        return
    end_membership(membership, on)
    start_membership(membership.household, membership.person, relation, on)


def join_household(household: Household, person: Person, relation: str, on: date) -> Membership:
    """Begin a membership where the person and the household are free for it."""
    if relation == RelationToHead.HEAD and household.memberships.filter(left_on=None).exists():
        refuse_value("Hộ đã có chủ hộ; chọn quan hệ với chủ hộ.", "relation")
    if person.memberships.filter(left_on=None).exclude(household=household).exists():
        refuse_value(f"{person} đang là thành viên của một hộ khác.")
    if person.memberships.filter(left_on__gt=on).exists():
        refuse_value(f"{person} còn ở hộ cũ vào ngày {formatting.day(on)}.")
    return start_membership(household, person, relation, on)


def refuse_before_birth(person: Person, on: date) -> None:
    """Nobody is a member of a household, nor dies, before being born."""
    if person.birth_date is not None and on < person.birth_date:
        born = write_birth(person.birth_date, person.birth_precision)
        refuse_value(f"{person} sinh {born}; ngày xảy ra không được trước ngày sinh.", "on")
