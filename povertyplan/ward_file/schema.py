"""What a ward file may hold. `docs/ward-file.md` tells it to people; a test keeps the two alike."""

from typing import Annotated

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    PlainSerializer,
    model_serializer,
    model_validator,
)

from povertyplan.core.choices import Role, Setting, UnitKind
from povertyplan.core.platform.structured_file.checking import Section, refuse
from povertyplan.core.platform.structured_file.values import (
    Day,
    NameLine,
    Number,
    OneLine,
    Whole,
    Year,
    matching,
)
from projects.choices import (
    RANGES,
    Accumulation,
    Direction,
    FigurePeriod,
    Measure,
    TargetOperator,
)

from .document_schema import DocumentSection
from .references import Query, UsedProject, UsedUnit, UsedVillage, once
from .years import Years

Percent = Annotated[Number, Field(le=100)]


def _one_or_many(value: object) -> object:
    return [value] if isinstance(value, str | dict) else value


class ProvinceSection(Section):
    code: Annotated[str, matching(r"\d{2}", "mã tỉnh gồm hai chữ số.")]
    name: Annotated[str, NameLine(120)]


class WardSection(Section):
    """The ward and how its documents name it."""

    province: ProvinceSection
    code: Annotated[str, matching(r"\d{5}", "mã phường, xã gồm năm chữ số.")]
    name: Annotated[str, NameLine(120)]
    setting: Setting
    place_line: Annotated[str, NameLine(60)]
    issuer: Annotated[str, NameLine(160)]


class VillageSection(Section):
    """A village; the order of the list is the official order."""

    code: Annotated[str, NameLine(10), once("mã thôn, tổ dân phố")]
    name: Annotated[str, NameLine(120), once("thôn, tổ dân phố", str.casefold)]
    setting: Setting


class UnitSection(Section):
    """A unit; other parts of the file name it by its short name or its name."""

    kind: UnitKind
    name: Annotated[str, NameLine(160), once("đơn vị")]
    short_name: Annotated[str, NameLine(40), once("đơn vị")] = ""
    prefix: Annotated[str, NameLine(20)] = ""


class GrantSection(Section):
    """A role in the whole ward, or in the villages named."""

    role: Role
    villages: tuple[UsedVillage, ...] = ()
    unit: UsedUnit | None = None
    valid_from: Day

    @model_validator(mode="after")
    def _reporter_has_unit(self):
        if self.role == Role.UNIT_REPORTER and not self.unit:
            raise refuse("vai trò unit_reporter cần mục unit.")
        return self


class UserSection(Section):
    """A log-in. A password is never in the file."""

    username: Annotated[
        str,
        matching(r"[a-z0-9._-]{3,60}", "tên đăng nhập gồm từ 3 chữ thường không dấu, chữ số."),
        once("người dùng"),
    ]
    full_name: Annotated[str, NameLine(100, is_person=True)]
    job_title: Annotated[str, NameLine(100)] = ""
    grants: Annotated[tuple[GrantSection, ...], Field(min_length=1)]


class AreaYearSection(Section):
    """Households and persons on a day, of the ward or of the village named."""

    village: UsedVillage | None = None
    on: Day
    households: Whole
    persons: Whole | None = None
    minority_households: Whole | None = None
    minority_persons: Whole | None = None
    source: Annotated[str, OneLine(200)]

    @model_validator(mode="after")
    def _persons_cover_households(self):
        if self.persons is not None and self.persons < self.households:
            raise refuse("số nhân khẩu không được nhỏ hơn số hộ.")
        return self

    @model_validator(mode="after")
    def _minorities_are_among_all(self):
        pairs = ((self.minority_households, self.households), (self.minority_persons, self.persons))
        if any(part is not None and whole is not None and part > whole for part, whole in pairs):
            raise refuse("số dân tộc thiểu số không được nhiều hơn tổng số.")
        return self


class TargetSection(Section):
    """The same promise for one year or each of several."""

    years: Years
    village: UsedVillage | None = None
    operator: TargetOperator
    low: Number | None = None
    high: Number | None = None
    rate_operator: TargetOperator | None = None
    rate: Percent | None = None
    assigned_by: Annotated[str, OneLine(120)] = ""
    note: Annotated[str, OneLine(1000)] = ""

    @model_validator(mode="after")
    def _figures_fit_operator(self):
        is_range = self.operator in RANGES
        if is_range and (self.low is None or self.high is None or self.high < self.low):
            raise refuse("ràng buộc range, reduce_range cần low và high, high không nhỏ hơn low.")
        if self.high is not None and not is_range:
            raise refuse("chỉ ràng buộc range, reduce_range mới có high.")
        if (self.rate is None) != (self.rate_operator is None):
            raise refuse("rate và rate_operator phải đi cùng nhau.")
        return self

    @model_validator(mode="after")
    def _says_something(self):
        qualitative = self.operator == TargetOperator.QUALITATIVE
        if qualitative and not self.note:
            raise refuse("chỉ tiêu định tính cần note nêu nội dung.")
        if not qualitative and self.low is None and self.rate is None:
            raise refuse("chỉ tiêu cần low hoặc rate.")
        return self


class ActualSection(Section):
    """What was reached in a year; a rate is its numerator and denominator."""

    year: Year
    village: UsedVillage | None = None
    numerator: Whole
    denominator: Whole | None = None
    as_of: Day
    period: Annotated[int, Field(ge=1, le=12)] = 1
    is_estimate: bool = False
    evidence: Annotated[str, OneLine(250)] = ""
    ledger_reason: Annotated[str, OneLine(250)] = ""
    note: Annotated[str, OneLine(1000)] = ""

    @model_validator(mode="after")
    def _part_of_whole(self):
        if self.denominator is not None and self.numerator > self.denominator:
            raise refuse("tử số không được lớn hơn mẫu số.")
        return self


class IndicatorSection(Section):
    """An indicator with its targets and, where no query computes it, its actuals."""

    code: Annotated[
        str,
        matching(r"[a-z][a-z0-9_]{2,39}", "mã chỉ tiêu gồm chữ thường không dấu, chữ số, dấu _."),
        once("chỉ tiêu"),
    ]
    name: Annotated[str, NameLine(250)]
    dimension: Annotated[str, NameLine(40)]
    measure: Measure
    measure_unit: Annotated[str, OneLine(40)]
    direction: Direction
    query: Query | None = None
    owner: UsedUnit | None = None
    accumulation: Accumulation = Accumulation.LATEST
    period: FigurePeriod = FigurePeriod.YEAR
    baseline: Number | None = None
    has_no_baseline: bool = False
    whole_query: Query | None = None
    lacking: Annotated[int, Field(ge=1, le=12)] | None = None
    targets: tuple[TargetSection, ...] = ()
    actuals: tuple[ActualSection, ...] = ()

    @model_validator(mode="after")
    def _percent_in_range(self):
        if self.measure == Measure.PERCENT:
            for target in self.targets:
                if max(target.low or 0, target.high or 0) > 100:
                    raise refuse(f"chỉ tiêu phần trăm năm {target.years[0]} vượt quá 100.")
            if any(actual.denominator is None for actual in self.actuals):
                raise refuse("kết quả của chỉ tiêu phần trăm cần mẫu số (denominator).")
        return self

    @model_validator(mode="after")
    def _one_target_a_year(self):
        promised = [
            (target.village, year)
            for target in self.targets
            for year in range(target.years[0], target.years[1] + 1)
        ]
        reached = [(actual.village, actual.year, actual.period) for actual in self.actuals]
        for what, kept in (("chỉ tiêu", promised), ("kết quả", reached)):
            if len(kept) != len(set(kept)):
                raise refuse(f"{what} của một năm được ghi hai lần.")
        return self


class ProjectUnitSection(Section):
    """A unit in a project; just its name when it serves all the project's years.

    `wording` stands instead of a unit where a plan names none: "các đơn vị có liên quan".
    """

    unit: UsedUnit | None = None
    wording: Annotated[str, OneLine(200)] = ""
    years: Years | None = None

    @model_validator(mode="before")
    @classmethod
    def _from_name(cls, value: object) -> object:
        return {"unit": value} if isinstance(value, str) else value

    @model_validator(mode="after")
    def _unit_or_wording(self):
        if bool(self.unit) == bool(self.wording):
            raise refuse("ghi tên đơn vị (unit), hoặc lời thay cho đơn vị (wording).")
        return self

    @model_serializer(mode="wrap")
    def _as_name(self, serialise):
        if self.unit and self.years is None:
            return self.unit
        return {name: value for name, value in serialise(self).items() if value}


ProjectUnits = Annotated[
    tuple[ProjectUnitSection, ...],
    BeforeValidator(_one_or_many),
    PlainSerializer(lambda units: units[0] if len(units) == 1 else units),
]


class ProjectSection(Section):
    """A component project as the ward carries it out."""

    code: UsedProject
    years: Years
    local_name: Annotated[str, NameLine(250)] = ""
    objective: Annotated[str, OneLine(2000)] = ""
    beneficiaries: Annotated[str, OneLine(2000)] = ""
    contents: tuple[Annotated[str, OneLine(1000)], ...] = ()
    lead: ProjectUnits = ()
    coordinating: ProjectUnits = ()
    guiding: ProjectUnits = ()

    @model_validator(mode="after")
    def _each_unit_once(self):
        for units in (self.lead, self.coordinating, self.guiding):
            starts = [(part.unit, part.wording, part.years) for part in units]
            if len(starts) != len(set(starts)):
                raise refuse("một đơn vị được ghi hai lần.")
        if any(part.wording for part in self.lead):
            raise refuse("đơn vị chủ trì phải là một đơn vị trong mục units.")
        return self


def _each_project_once(projects: tuple[ProjectSection, ...]) -> tuple[ProjectSection, ...]:
    last_years: dict[str, int] = {}
    for project in sorted(projects, key=lambda project: project.years):
        first, last = project.years
        if first <= last_years.get(project.code, 0):
            raise refuse(f"dự án {project.code} được ghi hai lần cho năm {first}.")
        last_years[project.code] = last
    return projects


class WardFile(Section):
    """The whole file."""

    ward: WardSection
    villages: Annotated[tuple[VillageSection, ...], Field(min_length=1)]
    units: tuple[UnitSection, ...] = ()
    users: tuple[UserSection, ...] = ()
    area_years: tuple[AreaYearSection, ...] = ()
    indicators: tuple[IndicatorSection, ...] = ()
    projects: Annotated[tuple[ProjectSection, ...], AfterValidator(_each_project_once)] = ()
    documents: tuple[DocumentSection, ...] = ()
