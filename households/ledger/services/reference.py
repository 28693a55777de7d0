"""Load the reference data of the field: standards, procedures, ethnic groups, causes of poverty.

Every function takes one file of `fixtures/reference`, may be repeated, and removes nothing:
campaigns and people point to these rows for good.
"""

from operator import attrgetter
from pathlib import Path
from typing import Annotated

from django.db.models import Model
from pydantic import Field

from households.choices import DEPRIVATION_FIELDS, Dimension
from households.models import (
    DeprivationIndicator,
    EthnicGroup,
    Holiday,
    IncomeLine,
    PovertyCause,
    PovertyStandard,
    ReviewProcedure,
)
from povertyplan.core.choices import Setting
from povertyplan.core.journal import audit
from povertyplan.core.models import User
from povertyplan.core.platform.structured_file.checking import Section, check
from povertyplan.core.platform.structured_file.reading import read_file
from povertyplan.core.platform.structured_file.values import Day, OneLine, Whole, matching
from povertyplan.core.platform.syncing import Changes


class IncomeLineSection(Section):
    """Income in đồng a person a month; `score_line` is absent while no circular sets it."""

    setting: Setting
    income: Whole
    score_line: Whole | None = None
    average_living_income: Whole | None = None


class StandardIndicatorSection(Section):
    number: Annotated[Whole, Field(ge=1, le=len(DEPRIVATION_FIELDS))]
    dimension: Dimension
    name: Annotated[str, OneLine(80)]
    definition: Annotated[str, OneLine(1000)]
    points: Whole


class StandardSection(Section):
    """A standard; its own `indicators` stand in place of the shared ones of their numbers."""

    code: Annotated[str, OneLine(20)]
    name: Annotated[str, OneLine(160)]
    legal_reference: Annotated[str, OneLine(250)]
    valid_from: Day
    valid_to: Day | None = None
    poor_from_points: Whole
    income_lines: tuple[IncomeLineSection, ...]
    indicators: tuple[StandardIndicatorSection, ...] = ()


class StandardsFile(Section):
    """Standards, and the indicators that they share."""

    standards: Annotated[tuple[StandardSection, ...], Field(min_length=1)]
    indicators: tuple[StandardIndicatorSection, ...]

    def indicators_of(self, standard: StandardSection) -> list[StandardIndicatorSection]:
        own = {each.number for each in standard.indicators}
        shared = [each for each in self.indicators if each.number not in own]
        return sorted([*shared, *standard.indicators], key=attrgetter("number"))


class EthnicGroupSection(Section):
    code: Annotated[str, matching(r"\d{2}", "mã dân tộc gồm hai chữ số.")]
    name: Annotated[str, OneLine(40)]
    aliases: tuple[Annotated[str, OneLine(40)], ...] = ()


class EthnicGroupsFile(Section):
    ethnic_groups: Annotated[tuple[EthnicGroupSection, ...], Field(min_length=1)]


class CauseSection(Section):
    number: Whole
    name: Annotated[str, OneLine(120)]


class CausesFile(Section):
    causes: Annotated[tuple[CauseSection, ...], Field(min_length=1)]


class ProcedureSection(Section):
    """A procedure; `opens_on_day` and `closes_on_day` are month * 100 + day."""

    code: Annotated[str, OneLine(30)]
    name: Annotated[str, OneLine(160)]
    legal_reference: Annotated[str, OneLine(250)]
    valid_from: Day
    valid_to: Day | None = None
    requires_meeting: bool
    agreeing_percent: Annotated[Whole, Field(ge=1, le=100)]
    minutes_copies: Annotated[Whole, Field(ge=1, le=9)]
    requires_posting: bool
    posting_days: Annotated[Whole, Field(ge=1, le=60)]
    opens_on_day: Annotated[Whole, Field(ge=101, le=1231)]
    closes_on_day: Annotated[Whole, Field(ge=101, le=1231)]
    regular_days: Annotated[Whole, Field(ge=1, le=120)]


class HolidaySection(Section):
    month: Annotated[Whole, Field(ge=1, le=12)]
    day: Annotated[Whole, Field(ge=1, le=31)]
    name: Annotated[str, OneLine(120)]


class ProceduresFile(Section):
    """Procedures, and the national holidays that come on the same day every year."""

    procedures: Annotated[tuple[ProcedureSection, ...], Field(min_length=1)]
    holidays: tuple[HolidaySection, ...]


@audit.business_act(label="Nạp chuẩn nghèo")
def load_standards(*, path: Path, by: User | None) -> Changes:
    """Bring the poverty standards in line with a file."""
    file = check(StandardsFile, read_file(path))
    changes = Changes()
    for section in file.standards:
        standard = changes.put(
            PovertyStandard,
            key={"code": section.code},
            values=section.model_dump(exclude={"code", "income_lines", "indicators"}),
        )
        for line in section.income_lines:
            changes.put(
                IncomeLine,
                key={"standard": standard, "setting": line.setting},
                values=line.model_dump(exclude={"setting"}),
            )
        for indicator in file.indicators_of(section):
            changes.put(
                DeprivationIndicator,
                key={"standard": standard, "number": indicator.number},
                values=indicator.model_dump(exclude={"number"}),
            )
    _record_changes(standard, "chuẩn nghèo", changes)
    return changes


@audit.business_act(label="Nạp danh mục dân tộc")
def load_ethnic_groups(*, path: Path, by: User | None) -> Changes:
    """Bring the list of ethnic groups in line with a file."""
    changes = Changes()
    for section in check(EthnicGroupsFile, read_file(path)).ethnic_groups:
        group = changes.put(
            EthnicGroup,
            key={"code": section.code},
            values={"name": section.name, "aliases": "\n".join(section.aliases)},
        )
    _record_changes(group, "danh mục dân tộc", changes)
    return changes


@audit.business_act(label="Nạp nguyên nhân nghèo")
def load_causes(*, path: Path, by: User | None) -> Changes:
    """Bring the causes of poverty in line with a file."""
    changes = Changes()
    for section in check(CausesFile, read_file(path)).causes:
        cause = changes.put(
            PovertyCause, key={"number": section.number}, values={"name": section.name}
        )
    _record_changes(cause, "danh mục nguyên nhân nghèo", changes)
    return changes


@audit.business_act(label="Nạp quy trình rà soát")
def load_procedures(*, path: Path, by: User | None) -> Changes:
    """Bring the review procedures and the national holidays in line with a file."""
    file = check(ProceduresFile, read_file(path))
    changes = Changes()
    for section in file.procedures:
        procedure = changes.put(
            ReviewProcedure,
            key={"code": section.code},
            values=section.model_dump(exclude={"code"}),
        )
    for holiday in file.holidays:
        changes.put(
            Holiday,
            key={"ward": None, "month": holiday.month, "day": holiday.day},
            values={"name": holiday.name},
        )
    _record_changes(procedure, "quy trình rà soát", changes)
    return changes


def _record_changes(row: Model, what: str, changes: Changes) -> None:
    if changes:
        audit.record(row, f"Nạp {what}: {changes.totals()}.", ward=None)
