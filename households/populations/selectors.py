"""What is known of how many households and persons live in a ward and its villages."""

from dataclasses import dataclass

from households.models import AreaYear
from povertyplan.core.models import Area


@dataclass(frozen=True)
class AreaTotal:
    """An area with the latest total that was given of it; None where nobody gave one."""

    area: Area
    latest: AreaYear | None


def latest_totals(ward: Area) -> list[AreaTotal]:
    """The ward, then its villages of today in their order; two queries."""
    latest: dict[int, AreaYear] = {}
    for row in AreaYear.objects.filter(ward=ward).order_by("on"):
        latest[row.area_id] = row
    areas = [ward, *Area.objects.villages_of(ward)]
    return [AreaTotal(area, latest.get(area.pk)) for area in areas]
