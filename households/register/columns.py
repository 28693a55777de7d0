"""Columns of registers that name households by their codes, and members by their names."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from import_export import widgets

from households.models import Household, Membership, Person
from povertyplan.core.models import Area, User
from povertyplan.core.registers.tables import RegisterTable
from povertyplan.core.text.fields import VietnameseDateField
from povertyplan.core.text.vietnamese import search_key

CODE, BORN = "Mã hộ", "Ngày sinh (khi trùng tên)"
UNKNOWN_HOUSEHOLD = "Không có hộ nào mang mã “{code}” trong phường, xã."
UNKNOWN_PERSON = "Hộ {code} không có thành viên nào tên “{name}”."
SEVERAL_PERSONS = "Hộ {code} có nhiều người tên “{name}”: ghi cột “Ngày sinh (khi trùng tên)”."
PERSON_WITHOUT_HOUSEHOLD = "Ghi mã hộ của người này."


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

    def __init__(self, by_code: Mapping[str, list[Person]] | None = None):
        super().__init__()
        self.by_code = by_code or {}

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
        if len(found) > 1 and (born := _day_of((row or {}).get(BORN))):
            found = [each for each in found if each.birth_date == born]
        if len(found) != 1:
            sentence = SEVERAL_PERSONS if found else UNKNOWN_PERSON
            raise ValueError(sentence.format(code=code[:40], name=name[:80]))
        return found[0]


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


def _day_of(text: object) -> date | None:
    try:
        return VietnameseDateField(required=False).clean(text)
    except ValidationError:
        return None
