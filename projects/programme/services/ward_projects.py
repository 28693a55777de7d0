"""A component project at a ward over some years: taking it on, wording it, leaving it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from povertyplan.core import locks
from povertyplan.core.journal import audit
from povertyplan.core.models import Area, User
from povertyplan.core.platform import versions
from povertyplan.core.platform.changing import change_record
from povertyplan.core.text import formatting
from projects.models import ComponentProject, ProjectUnit, WardProject
from projects.rules.assignments import PartSpell, Party, assign_years

# What a ward words of a project, beside its years.
TEXTS = ("local_name", "objective", "beneficiaries", "contents")
LONGEST_TERM = 10
YEARS_IN_ORDER = "Năm cuối không được trước năm đầu."
TERM_TOO_LONG = f"Một dự án ở địa bàn dài nhất {LONGEST_TERM} năm."
OVERLAP = (
    "Phường, xã đã thực hiện dự án này trong {years}: chọn năm khác, hoặc sửa giai đoạn đã ghi."
)
NOT_FOR_WARDS = "Dự án này không áp dụng cho phường, xã."
BEFORE_PROGRAMME = "{programme} bắt đầu từ năm {year}."
USED_YEARS = (
    "Dự án đã có hoạt động, kinh phí, mô hình hoặc hỗ trợ của năm {years} nên không bỏ được năm "
    "đó. Bỏ hoạt động, ghi hủy khoản kinh phí hoặc hỗ trợ trước."
)


@dataclass(frozen=True)
class WardProjectInput:
    """A project as a form describes it; `contents` holds one activity heading a line."""

    year_from: int
    year_to: int
    local_name: str = ""
    objective: str = ""
    beneficiaries: str = ""
    contents: str = ""


@audit.business_act(label="Nhận thực hiện dự án")
def take_on_project(
    *, ward: Area, project: ComponentProject, details: WardProjectInput, by: User
) -> WardProject:
    """A ward carries out a project from now on. Raises ValidationError keyed by field."""
    hold_ward(ward)
    _refuse_years(ward, project, details)
    taken = WardProject.objects.create(ward=ward, project=project, **_stored(details))
    audit.record(
        taken,
        f"{taken.project}: thực hiện trong {formatting.years(taken.year_from, taken.year_to)}.",
        ward=ward,
    )
    return taken


@audit.business_act(label="Sửa dự án tại địa bàn")
def change_project(
    *, ward_project: WardProject, details: WardProjectInput, version: int | None, by: User
) -> WardProject:
    """Word a ward's project otherwise, or give it other years; units go only within these.

    Raises ValidationError keyed by field, and StaleVersion.
    """
    ward = ward_project.ward
    hold_ward(ward)
    current = WardProject.objects.get(pk=ward_project.pk)
    _refuse_years(ward, current.project, details, besides=current)
    _refuse_used_years(current, details.year_from, details.year_to)
    changed = change_record(current, _stored(details), version=version, ward=ward)
    _cut_units(changed, details)
    return changed


@audit.business_act(label="Thôi thực hiện dự án")
def leave_project(
    *, ward_project: WardProject, year: int, version: int | None, by: User
) -> WardProject:
    """The ward no longer carries out the project from a year on.

    What began in that year goes altogether. Raises ValidationError, and StaleVersion.
    """
    ward = ward_project.ward
    hold_ward(ward)
    current = WardProject.objects.get(pk=ward_project.pk)
    versions.check(current, version)
    project = current.project
    _refuse_used_years(current, current.year_from, year - 1)
    if current.year_from < year:
        details = WardProjectInput(current.year_from, year - 1)
        _cut_units(current, details)
        versions.update(current, version=version, year_to=year - 1)
    else:
        current.delete()
    audit.record(ward_project, f"{project}: thôi thực hiện từ năm {year}.", ward=ward)
    return ward_project


def hold_ward(ward: Area) -> Area:
    """The ward, which one act at a time changes the assignment of."""
    return locks.hold(Area.objects.filter(pk=ward.pk)).get()


def write_spells(ward_project: WardProject, spells: Sequence[PartSpell]) -> None:
    """Bring the rows of a project's units in line with spells, whose party is a unit or a wording.

    Units keep their places; those that are new come after them in the order of the spells.
    """
    rows = list(ward_project.units.order_by("order", "pk"))
    places = {_party(row): row.order for row in reversed(rows)}
    for spell in spells:
        places.setdefault(spell.party, max(places.values(), default=0) + 1)
    standing = {(_party(row), row.role, row.year_from): row for row in rows}
    wanted = {(spell.party, spell.role, spell.year_from): spell for spell in spells}
    for key, row in standing.items():
        if key not in wanted:
            row.delete()
    for key, spell in wanted.items():
        if key not in standing:
            _new_row(ward_project, spell, places[spell.party]).save()
        elif standing[key].year_to != spell.year_to:
            standing[key].year_to = spell.year_to
            standing[key].save(update_fields=["year_to"])


def spells_of(rows: Iterable[ProjectUnit]) -> list[PartSpell]:
    return [PartSpell(_party(row), row.role, row.year_from, row.year_to) for row in rows]


def _party(row: ProjectUnit) -> Party:
    return row.unit_id or row.wording


def _new_row(ward_project: WardProject, spell: PartSpell, order: int) -> ProjectUnit:
    party = {"wording": spell.party} if isinstance(spell.party, str) else {"unit_id": spell.party}
    return ProjectUnit(
        ward_project=ward_project,
        role=spell.role,
        year_from=spell.year_from,
        year_to=spell.year_to,
        order=order,
        **party,
    )


def _cut_units(ward_project: WardProject, details: WardProjectInput) -> None:
    """No unit serves a project in years in which the ward does not carry it out."""
    spells = spells_of(ward_project.units.order_by("order", "pk"))
    first = min((spell.year_from for spell in spells), default=details.year_from)
    last = max((spell.year_to for spell in spells), default=details.year_to)
    before = assign_years(spells, (), first, details.year_from - 1)
    write_spells(ward_project, assign_years(before, (), details.year_to + 1, last))


def _refuse_years(
    ward: Area,
    project: ComponentProject,
    details: WardProjectInput,
    besides: WardProject | None = None,
) -> None:
    if details.year_to < details.year_from:
        raise ValidationError({"year_to": YEARS_IN_ORDER})
    if details.year_to - details.year_from >= LONGEST_TERM:
        raise ValidationError({"year_to": TERM_TOO_LONG})
    begins = project.programme.valid_from.year
    if details.year_from < begins:
        sentence = BEFORE_PROGRAMME.format(programme=project.programme, year=begins)
        raise ValidationError({"year_from": sentence})
    if besides is None and not project.for_wards:
        raise ValidationError(NOT_FOR_WARDS)
    others = WardProject.objects.filter(
        ward=ward,
        project=project,
        year_from__lte=details.year_to,
        year_to__gte=details.year_from,
    )
    if other := others.exclude(pk=besides.pk if besides else 0).first():
        raise ValidationError({"year_from": OVERLAP.format(years=_term(other))})


def _refuse_used_years(ward_project: WardProject, first: int, last: int) -> None:
    """No year goes in which something was planned, paid or given."""
    used = [
        row.year
        for rows in (ward_project.activities, ward_project.budget_entries, ward_project.supports)
        for row in rows.exclude(year__range=(first, last))
    ]
    begun = ward_project.livelihoods.exclude(year_from__gte=first, year_to__lte=last)
    used += [row.year_from for row in begun]
    if used:
        years = ", ".join(str(year) for year in sorted(set(used)))
        raise ValidationError(USED_YEARS.format(years=years), code="used")


def _stored(details: WardProjectInput) -> dict[str, object]:
    return {name: getattr(details, name) for name in WardProjectInput.__dataclass_fields__}


def _term(ward_project: WardProject) -> str:
    return formatting.years(ward_project.year_from, ward_project.year_to)
