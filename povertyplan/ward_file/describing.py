"""A ward of the database as the sections of a ward file: the way back.

Sections are built without checks, because the database has made its own. Writing one ward twice
gives the same text, and loading that text changes nothing.
"""

from collections.abc import Iterable, Iterator
from itertools import groupby

from households.models import AreaYear
from povertyplan.core.choices import AreaKind
from povertyplan.core.models import Area, RoleGrant, Unit, User
from povertyplan.core.platform.structured_file.writing import write
from projects.choices import UnitRole
from projects.models import ComponentProject, Indicator, ProjectUnit, Target, WardProject
from reports.choices import TEXT_BLOCKS
from reports.models import Block, Document

from .document_parts import written_blocks
from .document_schema import (
    BasisSection,
    BlockSection,
    DocumentSection,
    DutySection,
    SignatureSection,
    TaskSection,
)
from .references import component_projects
from .schema import (
    ActualSection,
    AreaYearSection,
    GrantSection,
    IndicatorSection,
    ProjectSection,
    ProjectUnitSection,
    ProvinceSection,
    TargetSection,
    UnitSection,
    UserSection,
    VillageSection,
    WardFile,
    WardSection,
)


def dump_ward(ward: Area) -> str:
    """The ward's file as text."""
    # No warnings: sections made without checks hold stored values where the file has members.
    return write(describe_ward(ward).model_dump(exclude_defaults=True, warnings=False))


def describe_ward(ward: Area) -> WardFile:
    villages = Area.objects.villages_of(ward)
    units = Unit.objects.filter(ward=ward).current()
    return WardFile.model_construct(
        ward=_ward(ward),
        villages=tuple(
            VillageSection.model_construct(
                code=village.code, name=village.name, setting=village.setting
            )
            for village in villages
        ),
        units=tuple(
            UnitSection.model_construct(
                kind=unit.kind, name=unit.name, short_name=unit.short_name, prefix=unit.prefix
            )
            for unit in units
        ),
        users=tuple(_users(ward)),
        area_years=tuple(_area_years(ward)),
        indicators=tuple(_indicators(ward)),
        projects=tuple(_projects(ward)),
        documents=tuple(_documents(ward)),
    )


def _ward(ward: Area) -> WardSection:
    province = ward.parent
    if province is None:
        raise LookupError(f"{ward}: a ward lies in a province.")
    return WardSection.model_construct(
        province=ProvinceSection.model_construct(code=province.code, name=province.name),
        code=ward.code,
        name=ward.name,
        setting=ward.setting,
        place_line=ward.place_line,
        issuer=ward.issuer,
    )


def _unit_name(unit: Unit | None) -> str | None:
    return (unit.short_name or unit.name) if unit else None


def _village_code(area: Area) -> str | None:
    return area.code if area.kind == AreaKind.VILLAGE else None


def _users(ward: Area) -> Iterator[UserSection]:
    """Those with an open role in the ward; roles that ended are history, not set-up."""
    grants = (
        RoleGrant.objects.filter(area__path__startswith=ward.path, valid_to=None)
        .select_related("user", "area", "unit")
        .order_by("user__username", "role", "unit__order", "valid_from", "area__order", "pk")
    )
    for _username, own in groupby(grants, key=lambda grant: grant.user.username):
        yield _user(list(own))


def _user(grants: list[RoleGrant]) -> UserSection:
    user: User = grants[0].user
    alike = groupby(
        grants,
        key=lambda grant: (
            grant.role,
            _unit_name(grant.unit),
            grant.valid_from,
            grant.area.kind,
        ),
    )
    return UserSection.model_construct(
        username=user.username,
        full_name=user.full_name,
        job_title=user.job_title,
        grants=tuple(
            GrantSection.model_construct(
                role=role,
                villages=tuple(grant.area.code for grant in same if _village_code(grant.area)),
                unit=unit,
                valid_from=valid_from,
            )
            for (role, unit, valid_from, _kind), same in alike
        ),
    )


def _area_years(ward: Area) -> Iterator[AreaYearSection]:
    rows = AreaYear.objects.filter(ward=ward).select_related("area")
    # The ward before its villages.
    for row in rows.order_by("on", "-area__kind", "area__order"):
        yield AreaYearSection.model_construct(
            village=_village_code(row.area),
            on=row.on,
            households=row.households,
            persons=row.persons,
            minority_households=row.minority_households,
            minority_persons=row.minority_persons,
            source=row.source,
        )


def _indicators(ward: Area) -> Iterator[IndicatorSection]:
    for indicator in Indicator.objects.filter(ward=ward).select_related("owner"):
        yield IndicatorSection.model_construct(
            code=indicator.code,
            name=indicator.name,
            dimension=indicator.dimension,
            measure=indicator.measure,
            measure_unit=indicator.measure_unit,
            direction=indicator.direction,
            query=indicator.query or None,
            owner=_unit_name(indicator.owner),
            accumulation=indicator.accumulation,
            period=indicator.period,
            baseline=indicator.baseline,
            has_no_baseline=indicator.has_no_baseline,
            whole_query=indicator.whole_query or None,
            lacking=indicator.lacking,
            targets=tuple(_targets(indicator)),
            actuals=tuple(_actuals(indicator)),
        )


def _targets(indicator: Indicator) -> Iterator[TargetSection]:
    """One section for neighbouring years that promise the same."""
    open_sections: dict[str | None, TargetSection] = {}
    rows = indicator.targets.in_force().select_related("area").order_by("area__order", "year")
    sections: list[TargetSection] = []
    for row in rows:
        section = _target(row)
        before = open_sections.get(section.village)
        if before and before.years[1] == row.year - 1 and _alike(before, section):
            joined = before.model_copy(update={"years": (before.years[0], row.year)})
            sections[sections.index(before)] = joined
            section = joined
        else:
            sections.append(section)
        open_sections[section.village] = section
    return iter(sections)


def _target(row: Target) -> TargetSection:
    return TargetSection.model_construct(
        years=(row.year, row.year),
        village=_village_code(row.area),
        operator=row.operator,
        low=row.low,
        high=row.high,
        rate_operator=row.rate_operator or None,
        rate=row.rate,
        assigned_by=row.assigned_by,
        note=row.note,
    )


def _alike(one: TargetSection, other: TargetSection) -> bool:
    return one == other.model_copy(update={"years": one.years})


def _actuals(indicator: Indicator) -> Iterator[ActualSection]:
    for row in indicator.actuals.select_related("area").order_by("area__order", "year"):
        yield ActualSection.model_construct(
            year=row.year,
            village=_village_code(row.area),
            numerator=row.numerator,
            denominator=row.denominator,
            as_of=row.as_of,
            period=row.period,
            is_estimate=row.is_estimate,
            evidence=row.evidence,
            ledger_reason=row.ledger_reason,
            note=row.note,
        )


class ProjectNames:
    """The shortest name by which a file may call each component project."""

    def __init__(self):
        self._names: dict[int, str] = {}
        for name, project in component_projects().items():
            shorter = self._names.get(project.pk)
            if shorter is None or len(name) < len(shorter):
                self._names[project.pk] = name

    def of(self, project: ComponentProject) -> str:
        return self._names[project.pk]


def _projects(ward: Area) -> Iterator[ProjectSection]:
    names = ProjectNames()
    rows = WardProject.objects.filter(ward=ward).select_related("project")
    rows = rows.order_by("project__programme", "project__order", "year_from")
    for row in rows.prefetch_related("units__unit"):
        units = sorted(row.units.all(), key=lambda part: (part.order, part.year_from, part.pk))
        yield ProjectSection.model_construct(
            code=names.of(row.project),
            years=(row.year_from, row.year_to),
            local_name=row.local_name,
            objective=row.objective,
            beneficiaries=row.beneficiaries,
            contents=tuple(row.contents.splitlines()),
            lead=tuple(_project_units(units, UnitRole.LEAD, row)),
            coordinating=tuple(_project_units(units, UnitRole.COORDINATING, row)),
            guiding=tuple(_project_units(units, UnitRole.GUIDING, row)),
        )


def _project_units(
    units: Iterable[ProjectUnit], role: UnitRole, row: WardProject
) -> Iterator[ProjectUnitSection]:
    for part in units:
        if part.role == role:
            years = (part.year_from, part.year_to)
            whole_time = years == (row.year_from, row.year_to)
            yield ProjectUnitSection.model_construct(
                unit=_unit_name(part.unit) if part.unit else None,
                wording=part.wording,
                years=None if whole_time else years,
            )


def _documents(ward: Area) -> Iterator[DocumentSection]:
    names = ProjectNames()
    for document in Document.objects.filter(ward=ward).order_by("kind", "year_from", "code"):
        yield describe_document(document, names)


def describe_document(document: Document, names: ProjectNames) -> DocumentSection:
    ward = document.ward
    return DocumentSection.model_construct(
        code=document.code,
        kind=document.kind,
        years=(document.year_from, document.year_to),
        subject=document.subject,
        state=document.state,
        number=document.number,
        symbol=document.symbol,
        issued_on=document.issued_on,
        place_line="" if document.place_line == ward.place_line else document.place_line,
        issuer="" if document.issuer == ward.issuer else document.issuer,
        addressee=document.addressee,
        data_on=document.data_on,
        signature=SignatureSection.model_construct(
            authority=document.authority, title=document.signer_title, name=document.signer_name
        ),
        bases=tuple(_bases(document)),
        blocks=_blocks(written_blocks(document), None),
        duties=tuple(_duties(document, names)),
        recipients=tuple(document.recipients.order_by("order").values_list("text", flat=True)),
        archive=document.archive,
    )


def _bases(document: Document) -> Iterator[BasisSection]:
    for basis in document.bases.order_by("order"):
        yield BasisSection.model_construct(
            role=basis.role,
            kind=basis.kind,
            number=basis.number,
            date=basis.dated_on,
            issuer=basis.issuer,
            title=basis.title,
            valid_to=basis.valid_to,
        )


def _blocks(blocks: list[Block], parent: int | None) -> tuple[BlockSection, ...]:
    return tuple(
        BlockSection.model_construct(**_content(block), children=_blocks(blocks, block.pk))
        for block in blocks
        if block.parent_id == parent
    )


FILED = ("landscape",)


def _content(block: Block) -> dict:
    if block.kind in TEXT_BLOCKS:
        # What says which unit's words they are is of this database alone.
        shape = {name: block.parameters[name] for name in FILED if name in block.parameters}
        return {block.kind: block.text, **shape}
    return {block.kind: block.parameters}


def _duties(document: Document, names: ProjectNames) -> Iterator[DutySection]:
    duties = document.duties.order_by("order").select_related("unit")
    for duty in duties.prefetch_related("items__projects"):
        yield DutySection.model_construct(
            unit=_unit_name(duty.unit),
            tasks=tuple(
                TaskSection.model_construct(
                    text=item.text,
                    projects=tuple(names.of(project) for project in item.projects.all()),
                )
                for item in duty.items.all()
            ),
        )
