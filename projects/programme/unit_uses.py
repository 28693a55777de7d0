"""Component projects as a use of units: who leads or coordinates them, by year."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from povertyplan.core.models import Unit
from povertyplan.core.units.uses import UnitHandover, UnitUse, register_use
from projects.choices import UnitRole
from projects.models import ProjectUnit, UnitDuty

HANDED_OVER = "Chuyển cho {unit}"


def _sentences(unit: Unit, last_day: date) -> Iterator[str]:
    rows = _rows_after(unit, last_day).select_related("ward_project__project")
    codes = sorted({row.ward_project.project.code for row in rows})
    if codes:
        yield f"{unit} được phân công ở dự án thành phần {', '.join(codes)}."


def _hand_over(handover: UnitHandover) -> None:
    """The successor has the years from the day after; in the year of the change it alone."""
    first_year = _first_year(handover.last_day)
    for row in _rows_after(handover.unit, handover.last_day):
        begins = max(row.year_from, first_year)
        if row.year_from >= first_year:
            row.delete()
        else:
            ProjectUnit.objects.filter(pk=row.pk).update(year_to=first_year - 1)
        taken = _like(row, unit=handover.successor, year_from=begins)
        _assign(taken)
        _leave_coordinating(taken)


def _assign(part: ProjectUnit) -> None:
    """Give a unit its years; where it has some of them already, one row has them all."""
    own = list(
        _of_the_same_unit(part, part.role)
        .filter(year_from__lte=part.year_to, year_to__gte=part.year_from)
        .order_by("year_from")
    )
    if not own:
        part.save()
        return
    first, *others = own
    ProjectUnit.objects.filter(pk__in=[other.pk for other in others]).delete()
    ProjectUnit.objects.filter(pk=first.pk).update(
        year_from=min(first.year_from, part.year_from),
        year_to=max(part.year_to, *(each.year_to for each in own)),
    )


def _leave_coordinating(part: ProjectUnit) -> None:
    """In the years that were taken over, a unit that leads a project does not coordinate it too."""
    leading = _of_the_same_unit(part, UnitRole.LEAD)
    for lead in leading.filter(year_from__lte=part.year_to, year_to__gte=part.year_from):
        begins, ends = max(lead.year_from, part.year_from), min(lead.year_to, part.year_to)
        coordinating = _of_the_same_unit(part, UnitRole.COORDINATING)
        for row in coordinating.filter(year_from__lte=ends, year_to__gte=begins):
            row.delete()
            if row.year_from < begins:
                _assign(_like(row, year_to=begins - 1))
            if row.year_to > ends:
                _assign(_like(row, year_from=ends + 1))


def _like(row: ProjectUnit, **values: object) -> ProjectUnit:
    """A new row like another, not saved."""
    kept = ("ward_project_id", "unit_id", "role", "order", "year_from", "year_to")
    copy = ProjectUnit(**{name: getattr(row, name) for name in kept})
    for name, value in values.items():
        setattr(copy, name, value)
    return copy


def _of_the_same_unit(part: ProjectUnit, role: str) -> QuerySet[ProjectUnit]:
    return ProjectUnit.objects.filter(ward_project=part.ward_project, unit=part.unit, role=role)


def _rows_after(unit: Unit, last_day: date) -> QuerySet[ProjectUnit]:
    return ProjectUnit.objects.filter(unit=unit, year_to__gte=_first_year(last_day))


def _first_year(last_day: date) -> int:
    return (last_day + timedelta(days=1)).year


def _duties_after(unit: Unit, last_day: date) -> QuerySet[UnitDuty]:
    reaches = Q(valid_to=None) | Q(valid_to__gt=last_day)
    return UnitDuty.objects.filter(reaches, unit=unit).order_by("duty", "pk")


def _duty_sentences(unit: Unit, last_day: date) -> Iterator[str]:
    if rows := _duties_after(unit, last_day):
        names = ", ".join(sorted({row.get_duty_display().lower() for row in rows}))
        yield f"{unit} được giao việc riêng: {names}."


def _hand_over_duties(handover: UnitHandover) -> None:
    """The successor has them from the day after; one that it has already it keeps."""
    successor, begins = handover.successor, handover.last_day + timedelta(days=1)
    for row in _duties_after(handover.unit, handover.last_day):
        ends, reason = row.valid_to, row.end_reason
        if row.valid_from > handover.last_day:
            row.delete()
        else:
            UnitDuty.objects.filter(pk=row.pk).update(
                valid_to=handover.last_day, end_reason=HANDED_OVER.format(unit=successor)
            )
        if not UnitDuty.objects.in_force(begins).filter(unit=successor, duty=row.duty).exists():
            UnitDuty.objects.create(
                ward=row.ward,
                unit=successor,
                duty=row.duty,
                valid_from=max(row.valid_from, begins),
                valid_to=ends,
                end_reason=reason,
            )


register_use("projects", UnitUse(sentences=_sentences, hand_over=_hand_over))
register_use("duties", UnitUse(sentences=_duty_sentences, hand_over=_hand_over_duties))
