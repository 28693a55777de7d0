"""A household of a file beside the household of the register that it may be the same as."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from households.choices import ComparedField, RelationToHead, Sex
from households.intake.sheets.headings import SheetField
from households.intake.staging.selectors.plans import birth_of, births_agree
from households.intake.staging.selectors.register_index import stated_birth
from households.ledger.selectors.members import HouseholdMember, members_on
from households.models import Household, ImportBatch, ImportRow
from povertyplan.core import clock
from povertyplan.core.text import formatting
from povertyplan.core.text.vietnamese import mask_citizen_id

UNKNOWN = "–"


@dataclass(frozen=True)
class ComparedLine:
    """One thing as the file tells it and as the register does; whether they contradict."""

    field: ComparedField
    file: str
    register: str
    differs: bool


@dataclass(frozen=True)
class Comparison:
    """A household of the register, line by line beside the rows of a file."""

    household: Household
    lines: list[ComparedLine]


def compare_duplicates(batch: ImportBatch, rows: Iterable[ImportRow]) -> dict[int, Comparison]:
    """What stands beside each row that may be known already, by position; at most three queries."""
    asking = [row for row in rows if row.plan.duplicate is not None]
    if not asking:
        return {}
    households = Household.objects.select_related("village").in_bulk(
        [row.plan.duplicate for row in asking]
    )
    members = members_on(list(households), clock.today())
    # Since the rows were compared somebody may have left.
    asking = [row for row in asking if members[row.plan.duplicate]]
    of_file: dict[int, list[ImportRow]] = defaultdict(list)
    for row in batch.rows.filter(household_position__in=[row.household_position for row in asking]):
        of_file[row.household_position].append(row)
    return {
        row.position: _comparison(
            of_file[row.household_position],
            households[row.plan.duplicate],
            members[row.plan.duplicate],
        )
        for row in asking
    }


def _comparison(
    rows: Sequence[ImportRow], household: Household, members: Sequence[HouseholdMember]
) -> Comparison:
    head = _head_of(rows)
    file = _of_file(rows, head)
    register = _of_register(household, members)
    # A year agrees with a day of that year.
    agreeing = {ComparedField.BIRTH} if _same_birth(head, members[0]) else set()
    lines = [
        _line(field, file[field] or UNKNOWN, register[field] or UNKNOWN, agrees=field in agreeing)
        for field in file
    ]
    return Comparison(household=household, lines=lines)


def _line(field: ComparedField, file: str, register: str, *, agrees: bool) -> ComparedLine:
    both_known = UNKNOWN not in (file, register)
    return ComparedLine(field, file, register, both_known and file != register and not agrees)


def _same_birth(head: ImportRow, member: HouseholdMember) -> bool:
    known = stated_birth(member.birth_date, member.birth_precision)
    return births_agree(head.value(SheetField.BIRTH_DATE) or "", known)


def _head_of(rows: Sequence[ImportRow]) -> ImportRow:
    heads = (row for row in rows if row.value(SheetField.RELATION) == RelationToHead.HEAD)
    return next(heads, rows[0])


def _of_file(rows: Sequence[ImportRow], head: ImportRow) -> dict[ComparedField, str]:
    first = rows[0]
    return {
        ComparedField.CODE: first.value(SheetField.HOUSEHOLD_CODE) or "",
        ComparedField.HEAD: head.value(SheetField.MEMBER_NAME) or "",
        ComparedField.BIRTH: _birth(head),
        ComparedField.SEX: _label(Sex, head.value(SheetField.SEX)),
        ComparedField.CITIZEN_ID: mask_citizen_id(head.value(SheetField.CITIZEN_ID) or ""),
        ComparedField.ETHNIC_GROUP: head.value(SheetField.ETHNIC_GROUP) or "",
        ComparedField.VILLAGE: first.value(SheetField.VILLAGE) or "",
        ComparedField.ADDRESS: first.value(SheetField.ADDRESS) or "",
        ComparedField.MEMBERS: formatting.number(len(rows)),
        ComparedField.OTHERS: _others(
            (
                row.value(SheetField.MEMBER_NAME),
                row.value(SheetField.RELATION),
                (row.value(SheetField.BIRTH_DATE) or "")[:4],
            )
            for row in rows
            if row is not head
        ),
    }


def _birth(row: ImportRow) -> str:
    written = row.value(SheetField.BIRTH_DATE)
    return formatting.birth(*birth_of(written)) if written else ""


def _of_register(
    household: Household, members: Sequence[HouseholdMember]
) -> dict[ComparedField, str]:
    head = members[0]
    return {
        ComparedField.CODE: household.code,
        ComparedField.HEAD: head.full_name,
        ComparedField.BIRTH: formatting.birth(head.birth_date, head.birth_precision),
        ComparedField.SEX: _label(Sex, head.sex),
        ComparedField.CITIZEN_ID: mask_citizen_id(head.citizen_id),
        ComparedField.ETHNIC_GROUP: head.ethnic_name,
        ComparedField.VILLAGE: household.village.name,
        ComparedField.ADDRESS: household.address,
        ComparedField.MEMBERS: formatting.number(len(members)),
        ComparedField.OTHERS: _others(
            (
                member.full_name,
                member.relation,
                str(member.birth_year or ""),
            )
            for member in members[1:]
        ),
    }


def _others(members: Iterable[tuple[str | None, str | None, str]]) -> str:
    """Members in the order of their names, so that equal households read alike."""
    return "; ".join(
        sorted(
            " ".join(
                part for part in (name, _label(RelationToHead, relation).lower(), born) if part
            )
            for name, relation, born in members
        )
    )


def _label(choices: type[Sex] | type[RelationToHead], value: str | None) -> str:
    return str(choices(value).label) if value else ""
