"""What is wrong between the cells of a row, of a household, of a file.

Works on values that were read, so that it runs again after each correction. Pure: what the
register says is compared elsewhere.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from households.choices import KINH, RelationToHead, Sex
from households.intake.sheets.dates import day_of
from households.intake.sheets.headings import LABELS, SheetField
from households.intake.sheets.readings import Level
from households.intake.sheets.values import MEN, WOMEN
from households.intake.sheets.vocabulary import key_of
from households.rules.import_rows import Issue
from households.rules.people.citizen_ids import find_contradictions

Values = Mapping[str, Any]  # by column, as `Reading.value`
LISTED_AGAIN = "listed_again"
ELDERS = (RelationToHead.PARENT, RelationToHead.GRANDPARENT)
DESCENDANTS = (RelationToHead.CHILD, RelationToHead.GRANDCHILD)


@dataclass(frozen=True)
class CheckedRow:
    """A row for checking: where it stands, its values, the columns that are errors already.

    `relation` is the word of the list, which may say more than the value does.
    """

    place: str
    sheet: str
    values: Values
    wrong: frozenset[SheetField] = frozenset()
    relation: str = ""

    def is_a(self, relation: RelationToHead) -> bool:
        return self.values.get(SheetField.RELATION) == relation


def check_household(rows: Sequence[CheckedRow]) -> list[list[Issue]]:
    """The issues of each row of one household, in the order of the rows."""
    found = [list(_row_issues(row)) for row in rows]
    found[0] += _first_row_issues(rows)
    for row, issues in zip(rows[1:], found[1:], strict=True):
        issues += _against_first(row, rows[0])
    heads = [row for row in rows if row.is_a(RelationToHead.HEAD)]
    for row, issues in zip(rows, found, strict=True):
        if len(heads) == 1 and row is not heads[0]:
            issues += _against_head(row, heads[0])
    return found


def check_file(rows: Sequence[CheckedRow]) -> list[list[Issue]]:
    """The issues of each row that concern other households of the file."""
    first: dict[object, CheckedRow] = {}
    found: list[list[Issue]] = [[] for _ in rows]
    for row, issues in zip(rows, found, strict=True):
        number = row.values.get(SheetField.CITIZEN_ID)
        identity = number or _identity(row)
        earlier = first.setdefault(identity, row) if identity else row
        if earlier is not row:
            if earlier.sheet != row.sheet:
                issues.append(_listed_again(row, earlier))
            else:
                issues.append(_twice(earlier) if number else _same_person(earlier))
    return found


def _identity(row: CheckedRow) -> tuple[str, object] | None:
    """What tells a person without a number from others: name and birth."""
    name, birth = row.values.get(SheetField.MEMBER_NAME), row.values.get(SheetField.BIRTH_DATE)
    return (key_of(str(name)), birth) if name and birth else None


def _listed_again(row: CheckedRow, first: CheckedRow) -> Issue:
    """Official lists name a household that became near-poor on two sheets."""
    return Issue(
        SheetField.CITIZEN_ID if row.values.get(SheetField.CITIZEN_ID) else SheetField.MEMBER_NAME,
        Level.WARNING,
        LISTED_AGAIN,
        f"Người này đã có ở {first.place}; chỉ ghi một lần.",
    )


def _twice(first: CheckedRow) -> Issue:
    return Issue(
        SheetField.CITIZEN_ID,
        Level.ERROR,
        "citizen_id_twice",
        f"Số định danh này đã ghi ở {first.place}.",
    )


def _same_person(first: CheckedRow) -> Issue:
    return Issue(
        SheetField.MEMBER_NAME,
        Level.WARNING,
        "person_twice",
        f"Trùng họ tên và ngày sinh với {first.place}.",
    )


def _row_issues(row: CheckedRow) -> Iterator[Issue]:
    for column in (SheetField.MEMBER_NAME, SheetField.RELATION, SheetField.SEX):
        if column not in row.wrong and not row.values.get(column):
            yield _missing(column, row)
    yield from _relation_issue(row)
    number, birth = row.values.get(SheetField.CITIZEN_ID), row.values.get(SheetField.BIRTH_DATE)
    if not birth and SheetField.BIRTH_DATE not in row.wrong:
        yield Issue(
            SheetField.BIRTH_DATE,
            Level.WARNING,
            "birth_date_missing",
            "Không có ngày sinh, năm sinh.",
        )
    if number and (
        sentences := find_contradictions(
            number,
            sex=row.values.get(SheetField.SEX) or "",
            born=day_of(birth) if birth else None,
        )
    ):
        message = " ".join(sentences)
        yield Issue(SheetField.CITIZEN_ID, Level.WARNING, "citizen_id_disagrees", message)


def _relation_issue(row: CheckedRow) -> Iterator[Issue]:
    """A word of one sex beside the other: one of the two cells is wrong."""
    word, sex = key_of(row.relation), row.values.get(SheetField.SEX)
    meant = Sex.FEMALE if word in WOMEN else Sex.MALE if word in MEN else None
    if meant and sex and sex != meant:
        yield Issue(
            SheetField.RELATION,
            Level.ERROR,
            "relation_sex",
            f"Quan hệ “{row.relation}” mà giới tính ghi {Sex(sex).label.lower()}: sửa một trong "
            "hai.",
        )


def _against_head(row: CheckedRow, head: CheckedRow) -> Iterator[Issue]:
    """What is hard to believe of a relation, as somebody may have been adopted or married late."""
    sexes = {row.values.get(SheetField.SEX), head.values.get(SheetField.SEX)}
    if row.is_a(RelationToHead.SPOUSE) and len(sexes) == 1 and None not in sexes:
        yield _unlikely("spouse_sex", "Vợ, chồng mà cùng giới tính với chủ hộ.")
    own, other = row.values.get(SheetField.BIRTH_DATE), head.values.get(SheetField.BIRTH_DATE)
    if not own or not other:
        return
    known = min(len(own), len(other))
    younger, older = own[:known] > other[:known], own[:known] < other[:known]
    if younger and any(map(row.is_a, ELDERS)):
        yield _unlikely("elder_younger", f"{_relation_of(row)} mà sinh sau chủ hộ.")
    if older and any(map(row.is_a, DESCENDANTS)):
        yield _unlikely("descendant_older", f"{_relation_of(row)} mà sinh trước chủ hộ.")


def _relation_of(row: CheckedRow) -> str:
    return str(RelationToHead(row.values[SheetField.RELATION]).label)


def _unlikely(code: str, message: str) -> Issue:
    sentence = f"{message} Kiểm tra quan hệ, giới tính và ngày sinh của hai người."
    return Issue(SheetField.RELATION, Level.WARNING, code, sentence)


def _missing(column: SheetField, row: CheckedRow) -> Issue:
    number = row.values.get(SheetField.CITIZEN_ID)
    suggestion = ""
    if column == SheetField.SEX and number:
        suggestion = str((Sex.FEMALE if int(number[3]) % 2 else Sex.MALE).label)
    return Issue(
        column,
        Level.ERROR,
        f"{column}_missing",
        f"Thiếu {LABELS[column][0].lower()}{LABELS[column][1:]}.",
        suggestion,
    )


def _first_row_issues(rows: Sequence[CheckedRow]) -> Iterator[Issue]:
    first = rows[0]
    relations = Counter(row.values.get(SheetField.RELATION) for row in rows)
    unknown = any(SheetField.RELATION in row.wrong for row in rows)
    heads = relations[RelationToHead.HEAD.value]
    if heads > 1:
        yield Issue(SheetField.RELATION, Level.ERROR, "two_heads", f"Hộ có {heads} chủ hộ.")
    if heads == 0 and not unknown:
        yield Issue(SheetField.RELATION, Level.ERROR, "no_head", "Hộ không có chủ hộ.")
    if not first.values.get(SheetField.VILLAGE) and SheetField.VILLAGE not in first.wrong:
        yield Issue(SheetField.VILLAGE, Level.ERROR, "village_missing", "Thiếu thôn, tổ dân phố.")
    yield from _head_name_issue(rows)
    yield from _minority_issue(rows)


def _head_name_issue(rows: Sequence[CheckedRow]) -> Iterator[Issue]:
    written = rows[0].values.get(SheetField.HEAD_NAME)
    heads = [
        row.values.get(SheetField.MEMBER_NAME)
        for row in rows
        if row.values.get(SheetField.RELATION) == RelationToHead.HEAD
    ]
    if written and len(heads) == 1 and heads[0] and key_of(written) != key_of(heads[0]):
        yield Issue(
            SheetField.HEAD_NAME,
            Level.WARNING,
            "head_name_differs",
            f"Cột chủ hộ ghi “{written}”, người có quan hệ chủ hộ là “{heads[0]}”.",
        )


def _minority_issue(rows: Sequence[CheckedRow]) -> Iterator[Issue]:
    """A household is of a minority when its head is."""
    written = rows[0].values.get(SheetField.IS_MINORITY)
    group = rows[0].values.get(SheetField.ETHNIC_GROUP)
    if written is not None and group and bool(written) != (group != KINH):
        yield Issue(
            SheetField.IS_MINORITY,
            Level.WARNING,
            "minority_differs",
            f"Đánh dấu hộ DTTS không khớp với dân tộc {group} của chủ hộ.",
        )


def _against_first(row: CheckedRow, first: CheckedRow) -> Iterator[Issue]:
    own, other = row.values.get(SheetField.VILLAGE), first.values.get(SheetField.VILLAGE)
    if own and other and own != other:
        yield Issue(
            SheetField.VILLAGE,
            Level.ERROR,
            "two_villages",
            f"Thôn “{own}” khác với thôn “{other}” ở dòng đầu của hộ.",
            str(other),
        )
