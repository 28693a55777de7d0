"""Bring the database in line with a ward file: one act, all of it or nothing.

Rows are found by natural key and created or updated. Loading never deletes an area, a unit, a
user, an indicator, a target or a document that the file does not name; the parts of a project
(its units) and of a document (bases, blocks, duties, recipients) follow the file exactly, and a
listed user keeps in this ward only the roles the file names. What people did since an earlier
load is not undone unless its place is named (`reconciling`).
"""

import logging
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
from povertyplan.core.platform.structured_file.places import (
    FileError,
    FileProblem,
    StructuredText,
    YamlPath,
)
from povertyplan.core.text.reasons import stated_reason
from povertyplan.core.text.vietnamese import normalise_text
from projects.choices import UnitRole
from projects.models import Actual, ComponentProject, Indicator, ProjectUnit, Target, WardProject

from .differences import NOTHING, Overwrite, renamed_by_hand
from .documents import put_documents
from .reconciling import Reconciliation, report_changes
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

logger = logging.getLogger(__name__)

COLLIDES = "nội dung tệp trái với dữ liệu đang có trong hệ thống."
OVERWRITE_WITHOUT_REASON = "Nêu lý do ghi đè (--reason)."
NOUNS = {"blocks": "loại khối", "children": "loại khối"}


@dataclass
class Workspace:
    """What one load has found or made so far, by the names the file uses."""

    ward: Area
    changes: Reconciliation
    projects: dict[str, ComponentProject]
    villages: dict[str, Area] = field(default_factory=dict)
    units: dict[str, Unit] = field(default_factory=dict)

    def area(self, village: str | None) -> Area:
        return self.villages[village] if village else self.ward


def read_ward_file(text: StructuredText) -> WardFile:
    """The file, checked whole. Raises FileError with every problem."""
    return check(WardFile, text, context=References.of(text.tree), nouns=NOUNS)


def check_ward(
    *,
    text: StructuredText,
    by: User | None,
    source: str,
    overwrite: Overwrite = NOTHING,
    reason: str = "",
) -> Reconciliation:
    """What loading a ward file would do: everything is done and then taken back."""
    with transaction.atomic():
        changes = load_ward(text=text, by=by, source=source, overwrite=overwrite, reason=reason)
        transaction.set_rollback(True)
    return changes


@audit.business_act(label="Nạp dữ liệu phường, xã")
def load_ward(
    *,
    text: StructuredText,
    by: User | None,
    overwrite: Overwrite = NOTHING,
    reason: str = "",
) -> Reconciliation:
    """Load a ward file.

    Raises FileError, and DifferencesFound where the file would undo what people did and nobody
    said that it may; ValidationError for an overwriting without a reason, or of places where
    nothing differs. Nothing is saved then. `reason` is needed to overwrite, and to promise
    another figure. Loading the same file again changes nothing.
    """
    file = read_ward_file(text)
    reason = normalise_text(reason)
    if overwrite != NOTHING:
        stated_reason(reason, OVERWRITE_WITHOUT_REASON)
    changes = Reconciliation(text=text, overwrite=overwrite, reason=reason, by=by)
    try:
        with transaction.atomic():
            ward = _put_everything(file, changes, text)
            report_changes(changes, ward)
    except IntegrityError as error:
        changes.settle()  # What differs may be what collides, and says more.
        # Its first line names the constraint; the others can name people.
        constraint = str(error).partition("\n")[0]
        logger.warning("A ward file collides with the database: %s", constraint)
        raise FileError([FileProblem(1, "", COLLIDES)]) from error
    return changes


def _put_everything(file: WardFile, changes: Reconciliation, text: StructuredText) -> Area:
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


def _put_area(changes: Reconciliation, place: YamlPath, *, key: dict, values: dict) -> Area:
    area = changes.put(Area, key={**key, "valid_to": None}, values=values, place=place)
    if area.path != area.path_below_parent():
        area.path = area.path_below_parent()
        area.save(update_fields=["path"])
    return area


def _put_ward(changes: Reconciliation, section: WardSection) -> Area:
    province = _put_area(
        changes,
        ("ward", "province"),
        key={"kind": AreaKind.PROVINCE, "code": section.province.code},
        values={"name": section.province.name},
    )
    return _put_area(
        changes,
        ("ward",),
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
            ("villages", order - 1),
            key={"kind": AreaKind.VILLAGE, "parent": work.ward, "code": section.code},
            values={"name": section.name, "setting": section.setting, "order": order},
        )


def _put_units(work: Workspace, sections: Iterable[UnitSection]) -> None:
    for order, section in enumerate(sections, start=1):
        unit = work.changes.put(
            Unit,
            key=_key_of_unit(work, section),
            values={**section.model_dump(), "order": order},
            place=("units", order - 1),
        )
        work.units[section.name] = unit
        if section.short_name:
            work.units[section.short_name] = unit


def _key_of_unit(work: Workspace, section: UnitSection) -> dict[str, object]:
    """Its name; where people renamed the unit since, the unit itself."""
    key = {"ward": work.ward, "name": section.name, "valid_to": None}
    if Unit.objects.filter(**key).exists():
        return key
    renamed = renamed_by_hand(Unit(ward=work.ward, name=section.name), load_ward.name)
    return {"pk": renamed.pk} if renamed else key


def _put_users(work: Workspace, sections: Iterable[UserSection]) -> None:
    for position, section in enumerate(sections):
        place = ("users", position)
        user = work.changes.put(
            User,
            key={"username": section.username},
            values={"full_name": section.full_name, "job_title": section.job_title},
            initial={"password": make_password(None)},
            place=place,
        )
        kept = [
            grant.pk
            for number, part in enumerate(section.grants)
            for grant in _put_grants(work, user, part, (*place, "grants", number))
        ]
        _end_grants(work, user, kept, (*place, "grants"))


def _put_grants(
    work: Workspace, user: User, section: GrantSection, place: YamlPath
) -> list[RoleGrant]:
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
            place=place,
        )
        for area in areas
    ]


def _end_grants(work: Workspace, user: User, kept: list[int], place: YamlPath) -> None:
    """End the user's other open roles in this ward; today is their last day."""
    open_here = user.grants.filter(area__path__startswith=work.ward.path, valid_to=None)
    for grant in open_here.exclude(pk__in=kept):
        work.changes.end(grant, place, valid_to=max(clock.today(), grant.valid_from))


def _put_area_years(work: Workspace, sections: Iterable[AreaYearSection]) -> None:
    for position, section in enumerate(sections):
        work.changes.put(
            AreaYear,
            key={"area": work.area(section.village), "on": section.on},
            values={"ward": work.ward, **section.model_dump(exclude={"village", "on"})},
            place=("area_years", position),
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
                "accumulation": section.accumulation,
                "period": section.period,
                "baseline": section.baseline,
                "has_no_baseline": section.has_no_baseline,
                "whole_query": section.whole_query or "",
                "lacking": section.lacking,
                "order": order,
            },
            place=("indicators", order - 1),
        )
        _put_targets(work, indicator, section, ("indicators", order - 1, "targets"))
        _put_actuals(work, indicator, section, ("indicators", order - 1, "actuals"))


def _put_targets(
    work: Workspace, indicator: Indicator, section: IndicatorSection, place: YamlPath
) -> None:
    for position, target in enumerate(section.targets):
        values = target.model_dump(exclude={"years", "village"})
        values["rate_operator"] = target.rate_operator or ""
        for year in each(target.years):
            work.changes.put(
                Target,
                key={"indicator": indicator, "area": work.area(target.village), "year": year},
                values={"ward": work.ward, **values},
                among=Target.objects.in_force(),
                place=(*place, position),
            )


def _put_actuals(
    work: Workspace, indicator: Indicator, section: IndicatorSection, place: YamlPath
) -> None:
    for position, actual in enumerate(section.actuals):
        work.changes.put(
            Actual,
            key={
                "indicator": indicator,
                "area": work.area(actual.village),
                "year": actual.year,
                "period": actual.period,
            },
            values={"ward": work.ward, **actual.model_dump(exclude={"village", "year", "period"})},
            place=(*place, position),
        )


def _put_projects(work: Workspace, sections: Iterable[ProjectSection]) -> None:
    for position, section in enumerate(sections):
        year_from, year_to = section.years
        place = ("projects", position)
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
            place=place,
        )
        kept = _put_project_units(work, ward_project, section, place)
        work.changes.drop(ward_project.units.exclude(pk__in=kept), place)


def _put_project_units(
    work: Workspace, ward_project: WardProject, section: ProjectSection, place: YamlPath
) -> list[int]:
    kept = []
    parts = (
        (UnitRole.LEAD, section.lead),
        (UnitRole.COORDINATING, section.coordinating),
        (UnitRole.GUIDING, section.guiding),
    )
    for role, units in parts:
        for order, part in enumerate(units, start=1):
            year_from, year_to = part.years or section.years
            row = work.changes.put(
                ProjectUnit,
                key={
                    "ward_project": ward_project,
                    "unit": work.units[part.unit] if part.unit else None,
                    "wording": part.wording,
                    "role": role,
                    "year_from": year_from,
                },
                values={"year_to": year_to, "order": order},
                place=(*place, role, order - 1),
            )
            kept.append(row.pk)
    return kept
