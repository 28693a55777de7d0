"""Component projects as a use of units: who leads or coordinates them, by year."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import QuerySet

from povertyplan.core.models import Unit
from povertyplan.core.units.uses import UnitHandover, UnitUse, register_use
from projects.models import ProjectUnit


def _sentences(unit: Unit, last_day: date) -> Iterator[str]:
    rows = _rows_after(unit, last_day).select_related("ward_project__project")
    codes = sorted({row.ward_project.project.code for row in rows})
    if codes:
        yield f"{unit} được phân công ở dự án thành phần {', '.join(codes)}."


def _hand_over(handover: UnitHandover) -> None:
    """The successor has the years from the day after; in the year of the change it alone."""
    first_year = _first_year(handover.last_day)
    for row in _rows_after(handover.unit, handover.last_day):
        same = ProjectUnit.objects.filter(
            ward_project=row.ward_project, unit=handover.successor, role=row.role
        )
        begins = max(row.year_from, first_year)
        if not same.filter(year_from__lte=begins, year_to__gte=row.year_to).exists():
            same.filter(year_from=begins).delete()
            ProjectUnit.objects.create(
                ward_project=row.ward_project,
                unit=handover.successor,
                role=row.role,
                order=row.order,
                year_from=begins,
                year_to=row.year_to,
            )
        if row.year_from >= first_year:
            row.delete()
        else:
            ProjectUnit.objects.filter(pk=row.pk).update(year_to=first_year - 1)


def _rows_after(unit: Unit, last_day: date) -> QuerySet[ProjectUnit]:
    return ProjectUnit.objects.filter(unit=unit, year_to__gte=_first_year(last_day))


def _first_year(last_day: date) -> int:
    return (last_day + timedelta(days=1)).year


register_use("projects", UnitUse(sentences=_sentences, hand_over=_hand_over))
