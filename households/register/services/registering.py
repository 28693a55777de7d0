"""Acts on the register: who lives where, from when."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from households.choices import BirthPrecision, MovementCause, PovertyClass, RelationToHead
from households.ledger.services.spells import open_first_spell
from households.models import EthnicGroup, Household, Membership, Person
from households.rules.people.birth_dates import write_birth
from households.rules.people.citizen_ids import is_citizen_id
from povertyplan.core import clock
from povertyplan.core.choices import AreaKind
from povertyplan.core.journal import audit
from povertyplan.core.models import Area, User
from povertyplan.core.text import formatting
from povertyplan.core.text.names import name_fault
from povertyplan.core.text.vietnamese import normalise_text, search_key, sort_key

# How each database names the constraint that was violated.
NUMBER_ONCE = "person_citizen_id_once_in_ward"
NUMBER_COLUMN = "UNIQUE constraint failed: households_person.ward_id, households_person.citizen_id"
NUMBER_TAKEN_MEANWHILE = "Số định danh này vừa được ghi cho một người khác."


@dataclass(frozen=True)
class MemberInput:
    """A member as typed or imported. Sensitive: citizen_id, ethnic_group, the two marks."""

    full_name: str
    sex: str
    relation: str
    birth_date: date | None
    birth_precision: str = BirthPrecision.DAY
    citizen_id: str = ""
    ethnic_group: EthnicGroup | None = None
    has_disability: bool = False
    has_merit: bool = False
    sort_name: str = ""

    @property
    def is_head(self) -> bool:
        return self.relation == RelationToHead.HEAD


@audit.business_act(label="Đưa hộ vào sổ")
def register_household(
    *,
    ward: Area,
    village: Area,
    code: str,
    opened_on: date,
    members: Sequence[MemberInput],
    address: str = "",
    no_labour_capacity: bool = False,
    initial_class: str = PovertyClass.NOT_POOR,
    cause: str = MovementCause.REGISTERED,
    by: User | None,
) -> Household:
    """Put a household and its members in the register, with the class it has on that day.

    Raises ValidationError with every fault at once, keyed by code, village, opened_on, members.
    """
    code = normalise_text(code)
    refuse_faults(
        code=code_faults(ward, code),
        village=village_faults(ward, village, opened_on),
        opened_on=_day_faults(opened_on, members),
        members=_member_faults(ward, members),
    )
    household = Household.objects.create(
        ward=ward,
        village=village,
        code=code,
        address=normalise_text(address),
        opened_on=opened_on,
        no_labour_capacity=no_labour_capacity,
    )
    with refusing_taken_numbers():
        _add_members(household, members)
    open_first_spell(
        household=household,
        starts_on=opened_on,
        poverty_class=initial_class,
        cause=cause,
    )
    head = next(member for member in members if member.is_head)
    audit.record(
        household,
        f"Đưa hộ {normalise_text(head.full_name)} (mã {code}, {village.name}) "
        f"vào sổ quản lý từ ngày {formatting.day(opened_on)}.",
        ward=ward,
    )
    return household


def _add_members(household: Household, members: Sequence[MemberInput]) -> None:
    people = Person.objects.bulk_create(
        Person(ward=household.ward, **person_values(member)) for member in members
    )
    Membership.objects.bulk_create(
        Membership(
            ward=household.ward,
            household=household,
            person=person,
            relation=member.relation,
            is_head=member.is_head,
            joined_on=household.opened_on,
        )
        for person, member in zip(people, members, strict=True)
    )


def person_values(member: MemberInput) -> dict[str, object]:
    """The columns of a person that come from what was typed; the keys of search among them."""
    full_name = normalise_text(member.full_name)
    sort_name = normalise_text(member.sort_name)
    return {
        "full_name": full_name,
        "sort_name": sort_name,
        "search_key": search_key(full_name),
        "sort_key": sort_key(full_name, sort_name),
        "sex": member.sex,
        "birth_date": member.birth_date,
        "birth_precision": member.birth_precision,
        "citizen_id": member.citizen_id,
        "ethnic_group": member.ethnic_group,
        "has_disability": member.has_disability,
        "has_merit": member.has_merit,
    }


def refuse_faults(**faults: Iterator[str]) -> None:
    found = {field: list(sentences) for field, sentences in faults.items()}
    found = {field: sentences for field, sentences in found.items() if sentences}
    if found:
        raise ValidationError(found)


def code_faults(ward: Area, code: str) -> Iterator[str]:
    if not code:
        yield "Nhập mã hộ."
    elif fault := name_fault(code):
        yield f"Mã hộ “{code}” {fault}."
    elif Household.objects.filter(ward=ward, code=code).exists():
        yield f"Mã hộ {code} đã dùng cho một hộ khác."


def village_faults(ward: Area, village: Area, opened_on: date) -> Iterator[str]:
    if village.kind != AreaKind.VILLAGE or village.parent_id != ward.pk:
        yield f"{village.name} không phải là thôn, tổ dân phố của {ward.name}."
    elif village.valid_to is not None and village.valid_to < opened_on:
        yield f"{village.name} không còn từ sau ngày {formatting.day(village.valid_to)}."


def _day_faults(opened_on: date, members: Sequence[MemberInput]) -> Iterator[str]:
    today = clock.today()
    if opened_on > today:
        yield "Ngày vào sổ không được sau ngày hôm nay."
    for member in members:
        # A birth to come is told with the member.
        if member.birth_date is not None and opened_on < member.birth_date <= today:
            yield (
                f"{normalise_text(member.full_name)} sinh "
                f"{write_birth(member.birth_date, member.birth_precision)}; ngày vào sổ không được "
                "trước ngày sinh."
            )


def _member_faults(ward: Area, members: Sequence[MemberInput]) -> Iterator[str]:
    heads = sum(member.is_head for member in members)
    if heads != 1:
        yield "Hộ phải có một chủ hộ." if heads == 0 else "Hộ chỉ có một chủ hộ."
    for member in members:
        yield from faults_of_member(member)
    numbers = [member.citizen_id for member in members if member.citizen_id]
    yield from number_faults(numbers, ward=ward.pk)


def faults_of_member(member: MemberInput) -> Iterator[str]:
    name = normalise_text(member.full_name)
    if not name:
        yield "Nhập họ và tên của từng thành viên."
    elif fault := name_fault(name, is_person=True):
        yield f"“{name}” không phải là họ tên: {fault}."
    sort_name = normalise_text(member.sort_name)
    if sort_name and (fault := name_fault(sort_name, is_person=True)):
        yield f"Tên dùng để sắp xếp “{sort_name}” {fault}."
    if member.birth_date is not None and member.birth_date > clock.today():
        yield f"{name}: ngày sinh {formatting.day(member.birth_date)} sau ngày hôm nay."
    if member.citizen_id and not is_citizen_id(member.citizen_id):
        yield f"{name}: số định danh cá nhân gồm đúng 12 chữ số."


def number_faults(citizen_ids: list[str], *, ward: int, bearer: int | None = None) -> Iterator[str]:
    """Sentences about numbers used twice in a ward. They never say whose the number is.

    `bearer` is the person who may go on having one of them. What another ward has is no fault
    here, so that no answer tells of it.
    """
    for citizen_id, uses in Counter(citizen_ids).items():
        if uses > 1:
            yield f"Số định danh {citizen_id} ghi cho hai thành viên."
    others = Person.objects.filter(ward=ward, citizen_id__in=citizen_ids)
    if bearer is not None:
        others = others.exclude(pk=bearer)
    for citizen_id in sorted(others.values_list("citizen_id", flat=True)):
        yield f"Số định danh {citizen_id} đã thuộc về một người khác."


@contextmanager
def refusing_taken_numbers() -> Iterator[None]:
    """Refuse a number that somebody else gave to another person of the ward at the same moment."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as clash:
        if NUMBER_ONCE not in str(clash) and NUMBER_COLUMN not in str(clash):
            raise
        raise ValidationError(NUMBER_TAKEN_MEANWHILE) from clash
