"""Bring the database in line with a ward file: one act, all of it or nothing.

Rows are found by natural key and created or updated. Loading never deletes an area, a unit, a
user, an indicator, a target or a document that the file does not name; the parts of a project
(its units) and of a document (bases, blocks, duties, recipients) follow the file exactly, and a
listed user keeps in this ward only the roles the file names.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction

from households.models import AreaYear
from povertyplan.core import clock
from povertyplan.core.choices import AreaKind
from povertyplan.core.journal import audit
from povertyplan.core.models import Area, RoleGrant, Unit, User
from povertyplan.core.platform.structured_file.checking import check
from povertyplan.core.platform.structured_file.places import FileError, FileProblem, StructuredText
from povertyplan.core.platform.syncing import Changes
from projects.choices import UnitRole
from projects.models import Actual, ComponentProject, Indicator, ProjectUnit, Target, WardProject

from .documents import put_documents
from .references import References, component_projects
from .schema import (
    AreaYearSection,
    GrantSection,
    IndicatorSection,
    ProjectSection,
    UnitSection,
    UserSection,
    VillageSection,
    WardFile,
    WardSection,
)
from .years import each

NOUNS = {"blocks": "loại khối", "children": "loại khối"}


@dataclass
class Workspace:
    """What one load has found or made so far, by the names the file uses."""

    ward: Area
    changes: Changes
    projects: dict[str, ComponentProject]
    villages: dict[str, Area] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)

    def area(self, village: str | None) -> Area:
        return self.villages[village] if village else self.ward


def read_ward_file(text: StructuredText) -> WardFile:
    """The file, checked whole. Raises FileError with every problem."""
    return check(WardFile, text, context=References.of(text.tree), nouns=NOUNS)


def check_ward(*, text: StructuredText, by: User | None, source: str) -> Changes:
    """What loading a ward file would do: everything is done and then taken back."""
    with transaction.atomic():
        changes = load_ward(text=text, by=by, source=source)
        transaction.set_rollback(True)
    return changes


@audit.business_act(label="Nạp dữ liệu phường, xã")
def load_ward(*, text: StructuredText, by: User | None) -> Changes:
    """Load a ward file.

    Raises FileError; nothing is saved then. Loading the same file again changes nothing.
    """
    file = read_ward_file(text)
    changes = Changes()
    try:
        with transaction.atomic():
            ward = _put_everything(file, changes, text)
    except IntegrityError as error:
        sentence = f"nội dung tệp trái với dữ liệu đang có trong hệ thống ({error})."
        raise FileError([FileProblem(1, "", sentence)]) from error
    if changes:
        audit.record(ward, f"Nạp tệp cấu hình {ward.name}: {changes.totals()}.", ward=ward)
    return changes


def _put_everything(file: WardFile, changes: Changes, text: StructuredText) -> Area:
    ward = _put_ward(changes, file.ward)
    work = Workspace(ward=ward, changes=changes, projects=component_projects())
    _put_villages(work, file.villages)
    _put_units(work, file.units)
    _put_users(work, file.users)
    _put_area_years(work, file.area_years)
    _put_indicators(work, file.indicators)
    _put_projects(work, file.projects)
    put_documents(
        ward=ward,
        sections=file.documents,
        units=work.units,
        projects=work.projects,
        changes=changes,
        text=text,
    )
    return ward


def _put_area(changes: Changes, *, key: dict, values: dict) -> Area:
    area = changes.put(Area, key={**key, "valid_to": None}, values=values)
    if area.path != area.path_below_parent():
        area.path = area.path_below_parent()
        area.save(update_fields=["path"])
    return area


def _put_ward(changes: Changes, section: WardSection) -> Area:
    province = _put_area(
        changes,
        key={"kind": AreaKind.PROVINCE, "code": section.province.code},
        values={"name": section.province.name},
    )
    return _put_area(
        changes,
        key={"kind": AreaKind.WARD, "code": section.code, "parent": province},
        values={
            "name": section.name,
            "setting": section.setting,
            "place_line": section.place_line,
            "issuer": section.issuer,
        },
    )


def _put_villages(work: Workspace, sections: Iterable[VillageSection]) -> None:
    for order, section in enumerate(sections, start=1):
        work.villages[section.code] = _put_area(
            work.changes,
            key={"kind": AreaKind.VILLAGE, "parent": work.ward, "code": section.code},
            values={"name": section.name, "setting": section.setting, "order": order},
        )


def _put_units(work: Workspace, sections: Iterable[UnitSection]) -> None:
    for order, section in enumerate(sections, start=1):
        unit = work.changes.put(
            Unit,
            key={"ward": work.ward, "name": section.name, "valid_to": None},
            values={**section.model_dump(exclude={"name"}), "order": order},
        )
        work.units[unit.name] = unit
        if unit.short_name:
            work.units[unit.short_name] = unit


def _put_users(work: Workspace, sections: Iterable[UserSection]) -> None:
    for section in sections:
        user = work.changes.put(
            User,
            key={"username": section.username},
            values={"full_name": section.full_name, "job_title": section.job_title},
            initial={"password": make_password(None)},
        )
        kept = [grant.pk for part in section.grants for grant in _put_grants(work, user, part)]
        _end_grants(work, user, kept)


def _put_grants(work: Workspace, user: User, section: GrantSection) -> list[RoleGrant]:
    areas = [work.villages[code] for code in section.villages] or [work.ward]
    unit = work.units[section.unit] if section.unit else None
    return [
        work.changes.put(
            RoleGrant,
            key={
                "user": user,
                "role": section.role,
                "area": area,
                "unit": unit,
                "valid_to": None,
            },
            values={"valid_from": section.valid_from},
        )
        for area in areas
    ]


def _end_grants(work: Workspace, user: User, kept: list[int]) -> None:
    """End the user's other open roles in this ward; today is their last day."""
    open_here = user.grants.filter(area__path__startswith=work.ward.path, valid_to=None)
    for grant in open_here.exclude(pk__in=kept):
        grant.valid_to = max(clock.today(), grant.valid_from)
        grant.save(update_fields=["valid_to"])
        work.changes.count(work.changes.updated, RoleGrant)


def _put_area_years(work: Workspace, sections: Iterable[AreaYearSection]) -> None:
    for section in sections:
        work.changes.put(
            AreaYear,
            key={"area": work.area(section.village), "on": section.on},
            values={"ward": work.ward, **section.model_dump(exclude={"village", "on"})},
        )


def _put_indicators(work: Workspace, sections: Iterable[IndicatorSection]) -> None:
    for order, section in enumerate(sections, start=1):
        indicator = work.changes.put(
            Indicator,
            key={"ward": work.ward, "code": section.code},
            values={
                "name": section.name,
                "dimension": section.dimension,
                "measure": section.measure,
                "measure_unit": section.measure_unit,
                "direction": section.direction,
                "query": section.query or "",
                "owner": work.units[section.owner] if section.owner else None,
                "order": order,
            },
        )
        _put_targets(work, indicator, section)
        _put_actuals(work, indicator, section)


def _put_targets(work: Workspace, indicator: Indicator, section: IndicatorSection) -> None:
    for target in section.targets:
        values = target.model_dump(exclude={"years", "village"})
        values["rate_operator"] = target.rate_operator or ""
        for year in each(target.years):
            work.changes.put(
                Target,
                key={"indicator": indicator, "area": work.area(target.village), "year": year},
                values={"ward": work.ward, **values},
                among=Target.objects.in_force(),
            )


def _put_actuals(work: Workspace, indicator: Indicator, section: IndicatorSection) -> None:
    for actual in section.actuals:
        work.changes.put(
            Actual,
            key={
                "indicator": indicator,
                "area": work.area(actual.village),
                "year": actual.year,
            },
            values={"ward": work.ward, **actual.model_dump(exclude={"village", "year"})},
        )


def _put_projects(work: Workspace, sections: Iterable[ProjectSection]) -> None:
    for section in sections:
        year_from, year_to = section.years
        ward_project = work.changes.put(
            WardProject,
            key={
                "ward": work.ward,
                "project": work.projects[section.code],
                "year_from": year_from,
            },
            values={
                "year_to": year_to,
                "local_name": section.local_name,
                "objective": section.objective,
                "beneficiaries": section.beneficiaries,
                "contents": "\n".join(section.contents),
            },
        )
        kept = _put_project_units(work, ward_project, section)
        work.changes.drop(ward_project.units.exclude(pk__in=kept))


def _put_project_units(
    work: Workspace, ward_project: WardProject, section: ProjectSection
) -> list[int]:
    kept = []
    parts = ((UnitRole.LEAD, section.lead), (UnitRole.COORDINATING, section.coordinating))
    for role, units in parts:
        for order, part in enumerate(units, start=1):
            year_from, year_to = part.years or section.years
            row = work.changes.put(
                ProjectUnit,
                key={
                    "ward_project": ward_project,
                    "unit": work.units[part.unit],
                    "role": role,
                    "year_from": year_from,
                },
                values={"year_to": year_to, "order": order},
            )
            kept.append(row.pk)
    return kept
