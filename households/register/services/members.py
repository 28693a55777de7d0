"""Acts on the members of a household; each leaves one event with the day it happened."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date

from django.core.exceptions import ValidationError

from households.choices import BirthPrecision, ClosingReason, EventKind, RelationToHead
from households.models import Household, Membership, Person
from households.register.services.closing import end_household
from households.register.services.events import (
    NO_DOCUMENT,
    SupportingDocument,
    begin_event,
    day_faults,
    name_column,
    record_event,
    refuse_value,
)
from households.register.services.kinship import confirm_kinship, confirm_newcomer
from households.register.services.memberships import (
    end_membership,
    join_household,
    restate_membership,
)
from households.register.services.registering import (
    MemberInput,
    faults_of_member,
    number_faults,
    person_values,
    refusing_taken_numbers,
)
from povertyplan.core import clock
from povertyplan.core.journal import audit
from povertyplan.core.models import User
from povertyplan.core.platform import versions
from povertyplan.core.platform.submissions import once
from povertyplan.core.text import formatting

HEAD_STAYS = "Chủ hộ còn thành viên trong hộ. Đổi chủ hộ trước, sau đó ghi biến động này."
LAST_LEAVES = "Đây là thành viên cuối cùng của hộ. Ghi biến động của cả hộ: chuyển đi hoặc nhập hộ."
ONE_HEAD = "Chọn một người làm chủ hộ."


@audit.business_act(label="Thêm thành viên")
def add_member(
    *,
    household: Household,
    member: MemberInput,
    joined_on: date,
    version: int | None,
    key: str,
    paper: SupportingDocument = NO_DOCUMENT,
    person: Person | None = None,
    unusual_reason: str = "",
    by: User,
) -> Membership:
    """Let somebody join a household from a day on; `key` makes a form sent twice write once.

    `person` is somebody known to the ward who lives in no household now: then no second person is
    written. A relation that cannot be true is refused, a rare one needs `unusual_reason`.
    """

    def create() -> Membership:
        begin_event(household, version=version, on=joined_on)
        joining = person if person is not None else _create_person(household, member)
        confirmed = confirm_newcomer(household, member, on=joined_on, reason=unusual_reason)
        membership = join_household(household, joining, member.relation, joined_on)
        record_event(
            household,
            EventKind.MEMBER_ADDED,
            on=joined_on,
            summary=f"Thêm {joining} vào hộ {household.code}.",
            paper=paper,
            person=joining,
            **confirmed,
        )
        return membership

    return once(
        key=key,
        act=add_member.name,
        content=_content(household, member, joined_on, paper) | {"person": person and person.pk},
        model=Membership,
        create=create,
        by=by,
    )


@audit.business_act(label="Ghi sinh")
def record_birth(
    *,
    household: Household,
    member: MemberInput,
    version: int | None,
    key: str,
    paper: SupportingDocument = NO_DOCUMENT,
    unusual_reason: str = "",
    by: User,
) -> Membership:
    """Write a child into its household from the day of its birth; a rare relation is asked for."""
    born_on = member.birth_date
    if born_on is None or member.birth_precision != BirthPrecision.DAY:
        refuse_value("Nhập đủ ngày, tháng, năm sinh của trẻ.", "birth")

    def create() -> Membership:
        begin_event(household, version=version, on=born_on)
        child = _create_person(household, member)
        confirmed = confirm_newcomer(household, member, on=born_on, reason=unusual_reason)
        membership = join_household(household, child, member.relation, born_on)
        record_event(
            household,
            EventKind.BIRTH,
            on=born_on,
            summary=f"Ghi sinh {child} ở hộ {household.code}.",
            paper=paper,
            person=child,
            **confirmed,
        )
        return membership

    return once(
        key=key,
        act=record_birth.name,
        content=_content(household, member, born_on, paper),
        model=Membership,
        create=create,
        by=by,
    )


@audit.business_act(label="Sửa thông tin thành viên")
def correct_member(
    *,
    membership: Membership,
    member: MemberInput,
    version: int | None,
    paper: SupportingDocument = NO_DOCUMENT,
    by: User,
) -> Membership:
    """Write what is right about a person; who is head is changed by `change_head` alone.

    `version` is the household's. Nothing is written, and no event, when nothing differs.
    """
    household, person = membership.household, membership.person
    faults = [*faults_of_member(member)]
    numbers = [member.citizen_id] if member.citizen_id else []
    faults += number_faults(numbers, ward=person.ward_id, bearer=person.pk)
    if faults:
        raise ValidationError(faults)
    if (member.relation == RelationToHead.HEAD) != membership.is_head:
        refuse_value("Đổi chủ hộ bằng biến động “Đổi chủ hộ”.", "relation")
    _refuse_birth_after_joining(person, member.birth_date)
    values = person_values(member)
    changed = [name for name, value in values.items() if getattr(person, name) != value]
    if not changed and member.relation == membership.relation:
        versions.check(Household.objects.get(pk=household.pk), version)
        return membership
    begin_event(household, version=version, on=clock.today())
    with refusing_taken_numbers():
        Person.objects.filter(pk=person.pk).update(**values)
    Membership.objects.filter(pk=membership.pk).update(relation=member.relation)
    record_event(
        household,
        EventKind.MEMBER_CORRECTED,
        on=clock.today(),
        summary=f"Sửa thông tin của {values['full_name']}, hộ {household.code}: "
        f"{_labels(changed, membership.relation != member.relation)}.",
        paper=paper,
        person=person,
    )
    membership.refresh_from_db()
    return membership


@audit.business_act(label="Chuyển thành viên sang hộ khác")
def move_member(
    *,
    membership: Membership,
    target: Household,
    relation: str,
    on: date,
    version: int | None,
    paper: SupportingDocument = NO_DOCUMENT,
    by: User,
) -> Membership:
    """Let a member go to another household of the ward."""
    household = membership.household
    if target.pk == household.pk or target.ward_id != household.ward_id:
        refuse_value("Chọn một hộ khác trong phường, xã.", "target")
    if relation == RelationToHead.HEAD:
        refuse_value("Hộ nhận đã có chủ hộ; chọn quan hệ với chủ hộ đó.", "relation")
    _refuse_broken_household(membership, on)
    begin_event(household, version=version, on=on)
    begin_event(target, version=target.version, on=on)
    end_membership(membership, on)
    joined = join_household(target, membership.person, relation, on)
    record_event(
        household,
        EventKind.MEMBER_MOVED,
        on=on,
        summary=f"{membership.person} từ hộ {household.code} sang hộ {target.code}.",
        paper=paper,
        person=membership.person,
        other_household=target,
    )
    return joined


@audit.business_act(label="Ghi thành viên rời địa bàn")
def member_left(
    *,
    membership: Membership,
    on: date,
    version: int | None,
    paper: SupportingDocument = NO_DOCUMENT,
    by: User,
) -> Membership:
    """Let a member leave the ward."""
    household = membership.household
    _refuse_broken_household(membership, on)
    begin_event(household, version=version, on=on)
    end_membership(membership, on)
    record_event(
        household,
        EventKind.MEMBER_LEFT,
        on=on,
        summary=f"{membership.person} rời hộ {household.code}, không còn ở địa bàn.",
        paper=paper,
        person=membership.person,
    )
    return membership


@audit.business_act(label="Ghi chết")
def record_death(
    *,
    membership: Membership,
    on: date,
    version: int | None,
    paper: SupportingDocument = NO_DOCUMENT,
    by: User,
) -> Household:
    """Write a member's death; with the last member the household leaves the register too."""
    household = membership.household
    others = household.memberships.filter(left_on=None).exclude(pk=membership.pk)
    is_last = not others.exists()
    if membership.is_head and not is_last:
        refuse_value(HEAD_STAYS)
    begin_event(household, version=version, on=on)
    end_membership(membership, on)
    if is_last:
        end_household(household, on=on, reason=ClosingReason.DIED)
    closing = " Hộ không còn thành viên, đưa ra khỏi sổ." if is_last else ""
    record_event(
        household,
        EventKind.DEATH,
        on=on,
        summary=f"Ghi chết {membership.person}, hộ {household.code}.{closing}",
        paper=paper,
        person=membership.person,
    )
    return household


@audit.business_act(label="Đổi chủ hộ")
def change_head(
    *,
    household: Household,
    relations: Mapping[int, str],
    on: date,
    version: int | None,
    paper: SupportingDocument = NO_DOCUMENT,
    unusual_reason: str = "",
    by: User,
) -> Household:
    """Make another member the head; `relations` gives everybody's by membership, one of them HEAD.

    The earlier relations stay readable for the days before. Refused where a relation cannot be
    true; a rare one needs `unusual_reason`.
    """
    members = list(household.memberships.filter(left_on=None).select_related("person"))
    if {member.pk for member in members} != relations.keys():
        refuse_value("Thành viên của hộ vừa thay đổi. Tải lại trang rồi chọn lại.")
    heads = [member for member in members if relations[member.pk] == RelationToHead.HEAD]
    if len(heads) != 1:
        refuse_value(ONE_HEAD)
    if heads[0].is_head:
        refuse_value(f"{heads[0].person} đang là chủ hộ.")
    confirmed = confirm_kinship(members, relations, on=on, reason=unusual_reason)
    begin_event(household, version=version, on=on)
    # The old head first: a household has one at any time.
    for member in sorted(members, key=lambda each: not each.is_head):
        restate_membership(member, relations[member.pk], on)
    record_event(
        household,
        EventKind.HEAD_CHANGED,
        on=on,
        summary=f"Hộ {household.code} đổi chủ hộ thành {heads[0].person}.",
        paper=paper,
        person=heads[0].person,
        **confirmed,
    )
    return household


def _create_person(household: Household, member: MemberInput) -> Person:
    faults = [*faults_of_member(member)]
    numbers = [member.citizen_id] if member.citizen_id else []
    faults += number_faults(numbers, ward=household.ward_id)
    if faults:
        raise ValidationError(faults)
    with refusing_taken_numbers():
        return Person.objects.create(ward_id=household.ward_id, **person_values(member))


def _refuse_birth_after_joining(person: Person, born: date | None) -> None:
    """A birth moved behind the first day in a household would make the past impossible."""
    first = person.memberships.order_by("joined_on").first()
    if born is None or born == person.birth_date or first is None or born <= first.joined_on:
        return
    refuse_value(
        f"{person} là thành viên của hộ từ ngày {formatting.day(first.joined_on)}; ngày sinh phải "
        "từ ngày này trở về trước.",
        "birth",
    )


def _refuse_broken_household(membership: Membership, on: date) -> None:
    """A household that goes on keeps its head and at least one member."""
    faults = list(day_faults(membership.household, on))
    others = membership.household.memberships.filter(left_on=None).exclude(pk=membership.pk)
    if not others.exists():
        faults.append(LAST_LEAVES)
    elif membership.is_head:
        faults.append(HEAD_STAYS)
    if faults:
        raise ValidationError(faults)


def _labels(columns: list[str], relation_too: bool) -> str:
    """What was corrected, in words; never the values, some of which are sensitive."""
    derived = ("search_key", "sort_key")
    labels = [name_column(Person, name) for name in columns if name not in derived]
    return ", ".join([*labels, "quan hệ với chủ hộ"] if relation_too else labels)


def _content(
    household: Household, member: MemberInput, on: date, paper: SupportingDocument
) -> dict[str, object]:
    """What makes two forms the same, for the key of a form."""
    group = member.ethnic_group
    plain = asdict(replace(member, ethnic_group=None))
    return plain | {
        "household": household.pk,
        "ethnic_group": group.pk if group else None,
        "on": on,
        "document": paper.document,
        "note": paper.note,
    }
