"""A household of a file beside the household of the register that it may be the same as."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from households.choices import RelationToHead, Sex
from households.intake.sheets.headings import SheetField
from households.intake.staging.selectors.plans import birth_of, births_agree
from households.intake.staging.selectors.register_index import stated_birth
from households.ledger.selectors.members import HouseholdMember, members_on
from households.models import Household, ImportBatch, ImportRow
from povertyplan.core import clock
from povertyplan.core.text import formatting
from povertyplan.core.text.vietnamese import mask_citizen_id

UNKNOWN = "–"
BIRTH = "Ngày sinh chủ hộ"


@dataclass(frozen=True)
class ComparedLine:
    """One thing as the file tells it and as the register does; whether they contradict."""

    label: str
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
    agreeing = {BIRTH} if _same_birth(head, members[0]) else set()
    lines = [
        _line(label, file[label] or UNKNOWN, register[label] or UNKNOWN, agrees=label in agreeing)
        for label in file
    ]
    return Comparison(household=household, lines=lines)


def _line(label: str, file: str, register: str, *, agrees: bool) -> ComparedLine:
    both_known = UNKNOWN not in (file, register)
    return ComparedLine(label, file, register, both_known and file != register and not agrees)


def _same_birth(head: ImportRow, member: HouseholdMember) -> bool:
    known = stated_birth(member.birth_date, member.birth_precision)
    return births_agree(head.value(SheetField.BIRTH_DATE) or "", known)


def _head_of(rows: Sequence[ImportRow]) -> ImportRow:
    heads = (row for row in rows if row.value(SheetField.RELATION) == RelationToHead.HEAD)
    return next(heads, rows[0])


def _of_file(rows: Sequence[ImportRow], head: ImportRow) -> dict[str, str]:
    first = rows[0]
    return {
        "Mã hộ": first.value(SheetField.HOUSEHOLD_CODE) or "",
        "Chủ hộ": head.value(SheetField.MEMBER_NAME) or "",
        BIRTH: _birth(head),
        "Giới tính chủ hộ": _label(Sex, head.value(SheetField.SEX)),
        "Số định danh chủ hộ": mask_citizen_id(head.value(SheetField.CITIZEN_ID) or ""),
        "Dân tộc chủ hộ": head.value(SheetField.ETHNIC_GROUP) or "",
        "Thôn, tổ dân phố": first.value(SheetField.VILLAGE) or "",
        "Địa chỉ": first.value(SheetField.ADDRESS) or "",
        "Số nhân khẩu": formatting.number(len(rows)),
        "Thành viên khác": _others(
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


def _of_register(household: Household, members: Sequence[HouseholdMember]) -> dict[str, str]:
    head = members[0]
    return {
        "Mã hộ": household.code,
        "Chủ hộ": head.full_name,
        BIRTH: formatting.birth(head.birth_date, head.birth_precision),
        "Giới tính chủ hộ": _label(Sex, head.sex),
        "Số định danh chủ hộ": mask_citizen_id(head.citizen_id),
        "Dân tộc chủ hộ": head.ethnic_name,
        "Thôn, tổ dân phố": household.village.name,
        "Địa chỉ": household.address,
        "Số nhân khẩu": formatting.number(len(members)),
        "Thành viên khác": _others(
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
