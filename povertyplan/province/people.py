"""The places, the people and the users of one invented ward."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from random import Random

from households.choices import PovertyClass, RelationToHead, Sex
from households.models import AreaYear, Household, Membership, Person
from households.register.services.registering import MemberInput, person_values
from households.rules.people.citizen_ids import INVENTED
from povertyplan.core import clock
from povertyplan.core.choices import AreaKind, Role, Setting, UnitKind
from povertyplan.core.models import Area, RoleGrant, Unit, User
from povertyplan.core.text import vietnamese
from povertyplan.demo.people import Inventor

from .writing import WaitingRows

REGISTERED_ON = date(2022, 12, 31)
SERVES_FROM = date(2022, 1, 1)
VILLAGES = 24
NUMBERS = 1_000_000  # that the last six digits of a citizen number can tell apart
POOR, NEAR, NOT = PovertyClass.POOR, PovertyClass.NEAR_POOR, PovertyClass.NOT_POOR
# How many in a hundred households stand on each list when the register is opened.
LISTED_SHARES = ((POOR, 3), (NEAR, 5))
COUNTED_ON = tuple(date(year, 12, 31) for year in (2022, 2023, 2024, 2025))
INVENTED_SOURCE = "Số liệu giả định"
UNITS = (
    (UnitKind.DEPARTMENT, "Phòng Kinh tế", "KT"),
    (UnitKind.DEPARTMENT, "Phòng Văn hóa - Xã hội", "VHXH"),
    (UnitKind.FRONT, "Ủy ban MTTQ Việt Nam xã", "MTTQ"),
    (UnitKind.VILLAGE_HEAD, "Thôn trưởng và Tổ trưởng tổ dân phố", "Thôn, TDP"),
)


@dataclass
class InventedHousehold:
    """A household as the invention sees it: where it is, what it is and was, what it lacks."""

    key: int
    code: str
    village: "Place"
    head: int
    now: PovertyClass
    spell: int = -1
    been: set[PovertyClass] = field(default_factory=set)
    lacks: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class Place:
    """A village of the ward."""

    key: int
    name: str
    setting: str


@dataclass
class InventedWard:
    """What the later parts of a ward need of the earlier ones."""

    area: Area
    position: int
    chance: Random
    villages: list[Place] = field(default_factory=list)
    units: dict[str, int] = field(default_factory=dict)
    users: dict[Role, int] = field(default_factory=dict)
    lives: list[InventedHousehold] = field(default_factory=list)
    tables: list[WaitingRows] = field(default_factory=list)

    def table(self, model, *names: str) -> WaitingRows:
        table = WaitingRows(model, *names)
        self.tables.append(table)
        return table


class NumberedInventor(Inventor):
    """Citizen numbers of a ward lie in its own block, so that no two wards hold the same one."""

    def __init__(self, chance: Random, *, first: int):
        super().__init__(chance)
        self.first = first
        self.born: Counter[str] = Counter()

    def _citizen_id(self, born: date, sex: Sex) -> str:
        century_and_sex = 2 * (born.year // 100 - 19) + (sex == Sex.FEMALE)
        begins = f"{INVENTED}{century_and_sex}{born.year % 100:02}"
        self.born[begins] += 1
        return f"{begins}{(self.first + self.born[begins]) % NUMBERS:06}"


def invent_places(ward: InventedWard, *, households: int) -> None:
    """The ward's villages and units."""
    areas = ward.table(
        Area, "kind", "code", "name", "setting", "parent", "path", "order", "sort_key", "valid_from"
    )
    for order in range(1, min(VILLAGES, max(2, households // 10)) + 1):
        rural = order > 8 or order % 2 == 0
        name = f"Thôn {order}" if rural else f"Tổ dân phố {order}"
        setting = Setting.RURAL if rural else Setting.URBAN
        key = areas.add(
            AreaKind.VILLAGE, f"{order:02}", name, setting, ward.area.pk,
            f"{ward.area.path}{areas.key + 1}/", order, vietnamese.place_sort_key(name), None,
        )  # fmt: skip
        ward.villages.append(Place(key, name, setting))
    areas.write()
    units = ward.table(Unit, "ward", "kind", "name", "short_name", "order")
    for order, (kind, name, short_name) in enumerate(UNITS, start=1):
        ward.units[short_name] = units.add(ward.area.pk, kind, name, short_name, order)
    units.write()


def invent_users(ward: InventedWard, *, password: str) -> None:
    """Who works in the ward: an officer, a leader, an observer, and the head of each village."""
    users = ward.table(User, "username", "password", "full_name", "job_title", "date_joined")
    grants = ward.table(RoleGrant, "user", "role", "area", "unit", "valid_from")
    joined = clock.end_of(SERVES_FROM)
    office, of_villages = ward.units["KT"], ward.units["Thôn, TDP"]
    jobs = [
        (f"canbo{ward.position}", "Cán bộ giảm nghèo", Role.COORDINATOR, ward.area.pk, office),
        (f"lanhdao{ward.position}", "Chủ tịch", Role.LEADER, ward.area.pk, None),
        (f"giamsat{ward.position}", "Giám sát", Role.OBSERVER, ward.area.pk, None),
        *(
            (f"thon{ward.position}-{at}", f"Trưởng {village.name}", Role.ENTRY_OFFICER,
             village.key, of_villages)
            for at, village in enumerate(ward.villages, start=1)
        ),
    ]  # fmt: skip
    for username, title, role, area, unit in jobs:
        user = users.add(username, password, f"{title} {ward.position}", title, joined)
        grants.add(user, role, area, unit, SERVES_FROM)
        ward.users.setdefault(role, user)
    users.write()
    grants.write()


def invent_people(ward: InventedWard, *, households: int, wards: int) -> None:
    """The register as it is opened; the first spell of each household follows with the reviews."""
    block = NUMBERS // wards
    inventor = NumberedInventor(ward.chance, first=(ward.position - 1) * block)
    homes = ward.table(
        Household, "ward", "village", "code", "address", "opened_on", "no_labour_capacity"
    )
    persons = ward.table(Person, "ward", *_PERSON)
    members = ward.table(
        Membership, "ward", "household", "person", "relation", "is_head", "joined_on"
    )
    classes = _classes(ward.chance, households)
    for at, poverty_class in enumerate(classes, start=1):
        village = ward.villages[(at - 1) % len(ward.villages)]
        family = inventor.family(highland=village.setting == Setting.RURAL and at % 5 < 3)
        code = f"H{at:05}"
        home = homes.add(
            ward.area.pk, village.key, code, f"Số nhà {at}, {village.name}", REGISTERED_ON,
            family.no_labour_capacity,
        )  # fmt: skip
        keys = [persons.add(ward.area.pk, *_columns(member)) for member in family.members]
        for person, member in zip(keys, family.members, strict=True):
            head = member.relation == RelationToHead.HEAD
            members.add(ward.area.pk, home, person, member.relation, head, REGISTERED_ON)
        ward.lives.append(
            InventedHousehold(home, code, village, keys[0], poverty_class, been={poverty_class})
        )
    people = len(persons.rows)
    for table in (homes, persons, members):
        table.write()
    _count(ward, people)


def _classes(chance: Random, households: int) -> list[PovertyClass]:
    """The first class of each household, mixed: a small ward has somebody on each list too."""
    classes: list[PovertyClass] = []
    for each, share in LISTED_SHARES:
        classes += [each] * max(2, households * share // 100)
    classes += [NOT] * (households - len(classes))
    chance.shuffle(classes)
    return classes


def _count(ward: InventedWard, people: int) -> None:
    """How many live in the ward and in each village at the end of each year."""
    counts = ward.table(AreaYear, "ward", "area", "on", "households", "persons", "source")
    homes = Counter(life.village.key for life in ward.lives)
    average = people / len(ward.lives)
    for on in COUNTED_ON:
        counts.add(ward.area.pk, ward.area.pk, on, len(ward.lives), people, INVENTED_SOURCE)
        for village, number in homes.items():
            persons = max(number, round(number * average))
            counts.add(ward.area.pk, village, on, number, persons, INVENTED_SOURCE)
    counts.write()


_PERSON = (
    "full_name", "sort_name", "search_key", "sort_key", "sex", "birth_date", "birth_precision",
    "citizen_id", "ethnic_group", "has_disability", "has_merit",
)  # fmt: skip


@cache
def _keys_of_name(name: str) -> tuple[str, str, str]:
    values = person_values(MemberInput(name, Sex.MALE, RelationToHead.HEAD, None))
    return str(values["full_name"]), str(values["search_key"]), str(values["sort_key"])


def _columns(member: MemberInput) -> tuple[object, ...]:
    name, searched, sorted_by = _keys_of_name(member.full_name)
    group = member.ethnic_group.pk if member.ethnic_group else None
    return (
        name, "", searched, sorted_by, member.sex, member.birth_date, member.birth_precision,
        member.citizen_id, group, member.has_disability, member.has_merit,
    )  # fmt: skip
