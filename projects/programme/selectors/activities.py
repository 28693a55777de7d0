"""Activities as pages show them: of a project's year, and of one unit."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet

from povertyplan.core.models import Area, User
from projects.choices import ActivityState, UnitRole
from projects.models import Activity, ProjectUnit, WardProject
from projects.programme.selectors.rights import projects_to_write, units_of, writes_all
from projects.rules.activities import ActivityFacts, activity_state


@dataclass(frozen=True)
class ActivityLine:
    """An activity, how it stands, and what the viewer may do with it."""

    activity: Activity
    state: ActivityState
    may_edit: bool
    may_report: bool


@dataclass(frozen=True)
class UnitProject:
    """A project in which a unit has a part."""

    ward_project: WardProject
    role: str
    unit_name: str


def activity_lines(
    *, ward_project: WardProject, year: int, viewer: User, today: date
) -> list[ActivityLine]:
    """The activities of a project's year, by due day."""
    rows = Activity.objects.filter(ward_project=ward_project, year=year)
    return _lines(rows, ward_project.ward, year, viewer, today)


def activities_of_units(*, ward: Area, year: int, viewer: User, today: date) -> list[ActivityLine]:
    """The activities of a year that the viewer's units own or whose project they lead."""
    led = projects_to_write(viewer, ward, year)
    mine = Q(owner__in=units_of(viewer, ward)) | Q(ward_project__in=led)
    rows = Activity.objects.filter(mine, ward=ward, year=year)
    return _lines(rows, ward, year, viewer, today)


def activities_to_read(
    rows: QuerySet[Activity], *, project: int | None = None, mine_of: User | None = None
) -> list[Activity]:
    """Some activities of a year for a file: of one project, or of a user's own units."""
    if project is not None:
        rows = rows.filter(ward_project__project=project)
    if mine_of is not None:
        units = [grant.unit_id for grant in mine_of.grants_in_use if grant.unit_id]
        led = Q(
            ward_project__units__role=UnitRole.LEAD,
            ward_project__units__unit__in=units,
            ward_project__units__year_from__lte=F("year"),
            ward_project__units__year_to__gte=F("year"),
        )
        own = rows.filter(led).order_by().values("pk")
        rows = rows.filter(Q(owner__in=units) | Q(pk__in=own))
    in_order = rows.order_by("ward_project__project__order", "ward_project", "due_on", "pk")
    return list(in_order.select_related("owner", "ward_project__project__programme"))


def activity_facts(activity: Activity) -> ActivityFacts:
    return ActivityFacts(
        **{name: getattr(activity, name) for name in ActivityFacts.__dataclass_fields__}
    )


def open_activities(*, ward: Area, until: date) -> list[Activity]:
    """What should be done by a day and is not, by project and day."""
    return _open(Activity.objects.filter(ward=ward), until)


def open_activities_of_units(*, ward: Area, viewer: User, until: date) -> list[Activity]:
    """The same of the viewer's units: what they own, and what nobody owns in projects they lead."""
    units = units_of(viewer, ward)
    rows = Activity.objects.filter(ward=ward)
    led = Q(
        ward_project__units__role=UnitRole.LEAD,
        ward_project__units__unit__in=units,
        ward_project__units__year_from__lte=F("year"),
        ward_project__units__year_to__gte=F("year"),
    )
    unowned = rows.filter(led, owner=None).order_by().values("pk")
    return _open(rows.filter(Q(owner__in=units) | Q(pk__in=unowned)), until)


def _open(rows: QuerySet[Activity], until: date) -> list[Activity]:
    open_rows = rows.filter(Q(done_on=None) | Q(done_quantity__lt=F("quantity")))
    due = open_rows.filter(due_on__lte=until)
    in_order = due.order_by("ward_project__project__order", "ward_project", "due_on", "pk")
    return list(in_order.select_related("owner", "ward_project__project"))


def projects_of_units(*, ward: Area, year: int, units: Collection[int]) -> list[UnitProject]:
    """The projects in which some units have a part in a year, those that they lead first."""
    rows = ProjectUnit.objects.in_year(year).filter(ward_project__ward=ward, unit__in=units)
    rows = rows.select_related("ward_project__project", "unit").order_by(
        "ward_project__project__programme", "ward_project__project__order"
    )
    order = list(UnitRole)
    return [
        UnitProject(row.ward_project, UnitRole(row.role).label, row.name)
        for row in sorted(rows, key=lambda row: order.index(UnitRole(row.role)))
    ]


def _lines(
    rows: QuerySet[Activity], ward: Area, year: int, viewer: User, today: date
) -> list[ActivityLine]:
    everything, own = writes_all(viewer, ward), units_of(viewer, ward)
    led = projects_to_write(viewer, ward, year).values_list("pk", flat=True)
    editable = set() if everything else set(led)

    def line(activity: Activity) -> ActivityLine:
        may_edit = everything or activity.ward_project_id in editable
        state = activity_state(activity_facts(activity), today)
        return ActivityLine(activity, state, may_edit, may_edit or activity.owner_id in own)

    found = map(line, rows.select_related("owner", "ward_project__project"))
    # The databases do not agree on where a row without a day goes.
    return sorted(found, key=lambda each: (each.activity.due_on or date.max, each.activity.pk))
