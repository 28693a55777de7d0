"""Columns of registers that name households by their codes, and members by their names."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from import_export import widgets

from households.choices import BirthPrecision
from households.models import Household, Membership, Person
from households.rules.people.birth_dates import (
    UnreadableBirth,
    births_agree,
    read_birth,
    write_birth,
)
from povertyplan.core import clock
from povertyplan.core.models import Area, User
from povertyplan.core.registers.tables import RegisterTable
from povertyplan.core.text.vietnamese import search_key

CODE, BORN = "Mã hộ", "Ngày sinh (khi trùng tên)"
UNKNOWN_HOUSEHOLD = "Không có hộ nào mang mã “{code}” trong phường, xã."
UNKNOWN_PERSON = "Hộ {code} không có thành viên nào tên “{name}”."
SEVERAL_PERSONS = "Hộ {code} có nhiều người tên “{name}”: ghi cột “{born}”."
PERSON_WITHOUT_HOUSEHOLD = "Ghi mã hộ của người này."
OTHER_BIRTH = "Sổ ghi người này sinh {born}. Sửa ở trang của hộ, hoặc sửa trong tệp."
OTHER_SEX = "Sổ ghi giới tính của người này là {sex}. Sửa ở trang của hộ, hoặc sửa trong tệp."


class HouseholdWidget(widgets.Widget):
    """A household by its code."""

    def __init__(self, by_code: Mapping[str, Household] | None = None):
        super().__init__()
        self.by_code = by_code or {}

    def clean(self, value, row=None, **kwargs):
        code = str(value or "").strip()
        if not code:
            return None
        if found := self.by_code.get(code.casefold()):
            return found
        raise ValueError(UNKNOWN_HOUSEHOLD.format(code=code[:40]))


class PersonWidget(widgets.Widget):
    """Somebody who is or was a member of the household of the line, by the name."""

    def __init__(self, by_code: Mapping[str, list[Person]] | None = None, born: str = BORN):
        """`born` is the column that tells those of one name apart."""
        super().__init__()
        self.by_code, self.born = by_code or {}, born

    def clean(self, value, row=None, **kwargs):
        name, code = (str(each or "").strip() for each in (value, (row or {}).get(CODE)))
        if not name:
            return None
        if not code:
            raise ValueError(PERSON_WITHOUT_HOUSEHOLD)
        if code.casefold() not in self.by_code:
            return None  # the household is refused already
        asked = search_key(name)
        members = self.by_code[code.casefold()]
        found = [each for each in members if search_key(each.full_name) == asked]
        if len(found) > 1 and (born := _birth_of((row or {}).get(self.born))):
            found = [each for each in found if _is_born(each, born)]
        if len(found) != 1:
            sentence = SEVERAL_PERSONS if found else UNKNOWN_PERSON
            raise ValueError(sentence.format(code=code[:40], name=name[:80], born=self.born))
        return found[0]


class BirthWidget(widgets.Widget):
    """A date of birth as far as it is known, written as it is printed."""

    def clean(self, value, row=None, **kwargs):
        text = str(value or "").strip()
        return read_birth(text, today=clock.today()) if text else None

    def render(self, value, obj=None, **kwargs):
        return value or ""


def other_birth(person: Person | None, stated: tuple[date, BirthPrecision] | None) -> str:
    """A sentence where the register knows another birth of somebody than a file; else nothing."""
    if person is None or stated is None or person.birth_date is None or _is_born(person, stated):
        return ""
    return OTHER_BIRTH.format(born=write_birth(person.birth_date, person.birth_precision))


def other_sex(person: Person | None, stated: str) -> str:
    """The same of the sex."""
    if person is None or not stated or person.sex == stated:
        return ""
    return OTHER_SEX.format(sex=person.get_sex_display())


@dataclass(frozen=True)
class NamedMembers:
    """The households that a table names, and all who are or were members, by code."""

    households: Mapping[str, Household]
    members: Mapping[str, list[Person]]


def find_members(table: RegisterTable, *, ward: Area, by: User) -> NamedMembers:
    """What a table may name of what somebody sees of a ward; three queries."""
    at = table.headings.index(CODE)
    asked = {cells[at].strip().casefold() for _, cells in table.lines}
    visible = Household.objects.visible_to(by).filter(ward=ward)
    wanted = [pk for code, pk in visible.values_list("code", "pk") if code.casefold() in asked]
    rows = visible.filter(pk__in=wanted).select_related("ward", "village")
    households = {each.code.casefold(): each for each in rows}
    members: dict[int, dict[int, Person]] = defaultdict(dict)
    links = Membership.objects.filter(household__in=wanted).select_related("person")
    for each in links.order_by("pk"):
        members[each.household_id][each.person_id] = each.person
    by_code = {code: list(members[each.pk].values()) for code, each in households.items()}
    return NamedMembers(households, by_code)


def _birth_of(text: object) -> tuple[date, BirthPrecision] | None:
    try:
        return read_birth(str(text or "").strip(), today=clock.today())
    except UnreadableBirth:
        return None


def _is_born(person: Person, stated: tuple[date, BirthPrecision]) -> bool:
    """Whether somebody may be born then, as far as the file and the register know."""
    known = person.birth_date
    return known is not None and births_agree(
        (known, BirthPrecision(person.birth_precision)), stated
    )
