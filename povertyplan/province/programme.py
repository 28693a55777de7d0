"""What one invented ward promises and gives: indicators, targets, projects, needs, supports."""

from datetime import date
from decimal import Decimal

from households.choices import NeedSource
from households.models import NeedInquiry, NeedKind, SupportNeed
from projects.choices import (
    BudgetSource,
    Direction,
    Eligibility,
    Measure,
    SupportState,
    TargetOperator,
    UnitRole,
)
from projects.models import (
    ComponentProject,
    Indicator,
    ProjectUnit,
    Support,
    SupportKind,
    Target,
    WardProject,
)

from .people import INVENTED_SOURCE, NEAR, NOT, POOR, InventedHousehold, InventedWard

PLANNED_YEARS = range(2025, 2031)
PROGRAMME = "GNBV-2021-2025"
# Code and query, name, and the class that is counted; the others are reported by a unit.
COUNTED = (
    ("poor_households", "Số hộ nghèo", POOR),
    ("near_poor_households", "Số hộ cận nghèo", NEAR),
)
REPORTED = (
    ("job_counselling", "Tỷ lệ lao động thuộc hộ nghèo được tư vấn việc làm", "Việc làm"),
    ("health_insurance", "Tỷ lệ người thuộc hộ nghèo có thẻ bảo hiểm y tế", "Y tế"),
    ("schooling", "Tỷ lệ trẻ em thuộc hộ nghèo đi học đúng độ tuổi", "Giáo dục"),
)
CARRIED_OUT = ("2", "3.1", "6.2", "7.1")
ASKED_ON = date(2026, 3, 2)
NAMED = ("vay-von", "con-giong", "nha-tieu", "ky-thuat")
# A kind, the day it was given, and one of how many households of the lists had it.
GIVEN = (
    ("tien-dien", date(2024, 10, 15), 2),
    ("tien-dien", date(2025, 10, 15), 2),
    ("tien-dien", date(2026, 4, 15), 2),
)
ELECTRICITY = 178_000


def invent_programme(ward: InventedWard) -> None:
    _promise(ward)
    _carry_out(ward)
    listed = [life for life in ward.lives if life.now != NOT]
    _ask(ward, listed)
    _give(ward, listed)


def _promise(ward: InventedWard) -> None:
    indicators = ward.table(
        Indicator, "ward", "code", "name", "dimension", "measure", "measure_unit", "direction",
        "query", "owner", "order",
    )  # fmt: skip
    targets = ward.table(
        Target, "ward", "area", "indicator", "year", "operator", "low", "assigned_by"
    )
    here, office = ward.area.pk, ward.units["KT"]
    for order, (code, name, poverty_class) in enumerate(COUNTED, start=1):
        number = sum(life.now == poverty_class for life in ward.lives)
        indicator = indicators.add(
            here, code, name, "Giảm nghèo", Measure.COUNT, "hộ", Direction.DOWN, code, office, order
        )
        for done, year in enumerate(PLANNED_YEARS):
            low = Decimal(number * (len(PLANNED_YEARS) - done) // len(PLANNED_YEARS))
            targets.add(here, here, indicator, year, TargetOperator.LEVEL, low, INVENTED_SOURCE)
    for order, (code, name, dimension) in enumerate(REPORTED, start=1 + len(COUNTED)):
        indicator = indicators.add(
            here, code, name, dimension, Measure.PERCENT, "%", Direction.UP, "",
            ward.units["VHXH"], order,
        )  # fmt: skip
        for year in PLANNED_YEARS:
            targets.add(here, here, indicator, year, TargetOperator.EQUAL, Decimal(100), "")
    indicators.write()
    targets.write()


def _carry_out(ward: InventedWard) -> None:
    parts = ComponentProject.objects.filter(programme__code=PROGRAMME, code__in=CARRIED_OUT)
    projects = ward.table(WardProject, "ward", "project", "year_from", "year_to")
    units = ward.table(ProjectUnit, "ward_project", "unit", "role", "order", "year_from", "year_to")
    first, last = PLANNED_YEARS[0], PLANNED_YEARS[-1]
    for part in parts.order_by("order"):
        project = projects.add(ward.area.pk, part.pk, first, last)
        units.add(project, ward.units["KT"], UnitRole.LEAD, 1, first, last)
        units.add(project, ward.units["MTTQ"], UnitRole.COORDINATING, 2, first, last)
    projects.write()
    units.write()


def _ask(ward: InventedWard, listed: list[InventedHousehold]) -> None:
    """Of four households of the lists three were asked, and two of these named a need."""
    found = NeedKind.objects.filter(ward=None, code__in=NAMED, for_persons=False)
    kinds = list(found.order_by("order").values_list("pk", flat=True))
    inquiries = ward.table(NeedInquiry, "ward", "household", "asked_on", "source", "has_needs")
    needs = ward.table(SupportNeed, "ward", "household", "kind", "asked_on", "source", "note")
    for at, life in enumerate(listed):
        if at % 4 == 3:
            continue
        named = at % 4 < 2
        inquiries.add(ward.area.pk, life.key, ASKED_ON, NeedSource.OFFICER, named)
        if named:
            kind = kinds[at % len(kinds)]
            needs.add(ward.area.pk, life.key, kind, ASKED_ON, NeedSource.OFFICER, INVENTED_SOURCE)
    inquiries.write()
    needs.write()


def _give(ward: InventedWard, listed: list[InventedHousehold]) -> None:
    kinds = {kind.code: kind.pk for kind in SupportKind.objects.all()}
    supports = ward.table(
        Support, "ward", "kind", "household", "amount", "source", "document", "year", "state",
        "promised_on", "delivered_on", "verdict",
    )  # fmt: skip
    for code, day, share in GIVEN:
        for life in listed[::share]:
            supports.add(
                ward.area.pk, kinds[code], life.key, ELECTRICITY, BudgetSource.WARD,
                INVENTED_SOURCE, day.year, SupportState.DELIVERED, day, day, Eligibility.YES,
            )  # fmt: skip
    supports.write()
