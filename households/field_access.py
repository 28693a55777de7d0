"""Which parts of a household's record each role sees, and which of its columns are masked.

Public lists carry name, birth year, village and class only; everything else is opened here.
"""

from collections import defaultdict
from collections.abc import Collection
from enum import StrEnum

from households.choices import DEPRIVATION_FIELDS
from povertyplan.core.access.rules import NO_ROLE, SensitiveField, roles
from povertyplan.core.areas import villages_of_viewer
from povertyplan.core.choices import Role
from povertyplan.core.models import Area, User


class Field(StrEnum):
    """A part of a household's record that not every reader of the register sees."""

    RECORD = "record"  # code, address, size, dates of the class, the 36 months
    MEMBERS = "members"  # name, relation, birth and sex of each member
    CITIZEN_ID = "citizen_id"
    ETHNICITY = "ethnicity"
    CONDITION = "condition"  # disability and merit
    DEPRIVATIONS = "deprivations"
    SCORES = "scores"  # B1, B2 and the sentence that explains the class
    CAUSES = "causes"
    NOTES = "notes"  # note and flag of a survey form
    JOURNAL = "journal"


# Who sees ethnicity, disability and merit on the page of a household.
CONDITION_READERS = roles(Role.COORDINATOR, Role.ENTRY_OFFICER, Role.LEADER)
_OFFICE = CONDITION_READERS
_OFFICE_AND_UNITS = _OFFICE | roles(Role.UNIT_REPORTER)

FIELD_READERS: dict[Field, frozenset[Role]] = {
    Field.RECORD: _OFFICE_AND_UNITS,
    Field.MEMBERS: _OFFICE_AND_UNITS,
    Field.CITIZEN_ID: _OFFICE,
    Field.ETHNICITY: _OFFICE,
    Field.CONDITION: _OFFICE,
    Field.DEPRIVATIONS: _OFFICE_AND_UNITS,
    Field.SCORES: _OFFICE,
    Field.CAUSES: _OFFICE,
    Field.NOTES: _OFFICE,
    Field.JOURNAL: _OFFICE,
}


def fields_in(user: User, area: Area) -> frozenset[Field]:
    """What a user sees of the households of an area, by the grants in use that cover it."""
    held = {grant.role for grant in user.grants_in_use if area.path.startswith(grant.area.path)}
    return frozenset(field for field, readers in FIELD_READERS.items() if readers & held)


def fields_throughout(user: User, ward: Area) -> frozenset[Field]:
    """What a user sees of every household of a ward, or of the villages they are confined to."""
    villages = villages_of_viewer(user, ward)
    if villages is None:
        return fields_in(user, ward)
    areas = [grant.area for grant in user.grants_in_use if grant.area_id in villages]
    seen = [fields_in(user, area) for area in areas]
    return frozenset.intersection(*seen) if seen else frozenset()


def sights_of(user: User) -> dict[frozenset[Field], User]:
    """A list may mix areas: what is seen of its households, and the user with the grants there."""
    grants = defaultdict(list)
    for grant in user.grants_in_use:
        grants[fields_in(user, grant.area)].append(grant)
    return {fields: user.narrowed_to(held) for fields, held in grants.items()}


def user_seeing(user: User, fields: Collection[Field]) -> User:
    """The user with those grants in use that show all of these fields."""
    return user.narrowed_to(
        [grant for grant in user.grants_in_use if fields_in(user, grant.area).issuperset(fields)]
    )


def _sensitive(model: str, field: str, label: str, part: Field) -> SensitiveField:
    return SensitiveField(model, field, label, reads=FIELD_READERS[part])


SENSITIVE_FIELDS = [
    # Nobody reads the number in passing; who works with the household opens one at a time.
    SensitiveField(
        "households.person",
        "citizen_id",
        "Số định danh cá nhân (CCCD)",
        reads=NO_ROLE,
        reveals=FIELD_READERS[Field.CITIZEN_ID],
    ),
    _sensitive("households.person", "ethnic_group", "Dân tộc", Field.ETHNICITY),
    _sensitive("households.person", "has_disability", "Người khuyết tật", Field.CONDITION),
    _sensitive("households.person", "has_merit", "Người có công", Field.CONDITION),
    _sensitive("households.review", "income_score", "Điểm B1", Field.SCORES),
    _sensitive("households.review", "deprivation_score", "Điểm B2", Field.SCORES),
    _sensitive("households.listedresult", "income_score", "Điểm B1", Field.SCORES),
    _sensitive("households.listedresult", "deprivation_score", "Điểm B2", Field.SCORES),
    _sensitive("households.listedresult", "causes", "Nguyên nhân nghèo", Field.CAUSES),
    _sensitive("households.review", "explanation", "Cách tính", Field.SCORES),
    _sensitive("households.review", "note", "Ghi chú khi rà soát", Field.NOTES),
    *(
        _sensitive(
            "households.review",
            column,
            f"Thiếu hụt chỉ số {number}",
            Field.DEPRIVATIONS,
        )
        for number, column in enumerate(DEPRIVATION_FIELDS, start=1)
    ),
]
