"""Component projects of a year, with their units."""

from datetime import date

import pytest

from projects.choices import UnitRole
from projects.programme.selectors.components import programme_of, project_row, project_tree
from tests.factories.core import WardFactory
from tests.factories.projects import (
    ComponentProjectFactory,
    ProgrammeFactory,
    ProjectUnitFactory,
    WardProjectFactory,
)


def test_project_tree_puts_subprojects_below_their_project(ward):
    parent = ComponentProjectFactory(code="3")
    ComponentProjectFactory(code="3.1", parent=parent)
    ComponentProjectFactory(code="3.2", parent=parent)

    rows = project_tree(ward=ward, programme=parent.programme, year=2026)

    assert [row.project.code for row in rows] == ["3"]
    assert [row.project.code for row in rows[0].subprojects] == ["3.1", "3.2"]


def test_project_tree_names_the_units_of_the_year_in_their_order(ward):
    carried_out = WardProjectFactory(ward=ward, local_name="Tên của phường")
    lead = ProjectUnitFactory(ward_project=carried_out, year_from=2025, year_to=2026)
    ProjectUnitFactory(ward_project=carried_out, year_from=2027, year_to=2030)
    second, first = (
        ProjectUnitFactory(ward_project=carried_out, role=UnitRole.COORDINATING, order=order)
        for order in (2, 1)
    )

    (row,) = project_tree(ward=ward, programme=carried_out.project.programme, year=2026)

    assert row.name == "Tên của phường"
    assert row.leads == (lead.unit,)
    assert row.coordinating == (first.unit, second.unit)


@pytest.mark.parametrize("year", [2024, 2031])
def test_project_tree_outside_the_years_shows_the_project_as_not_carried_out(ward, year):
    carried_out = WardProjectFactory(ward=ward, year_from=2025, year_to=2030, local_name="Khác")
    ProjectUnitFactory(ward_project=carried_out, year_from=2020, year_to=2040)

    (row,) = project_tree(ward=ward, programme=carried_out.project.programme, year=year)

    assert row.name == carried_out.project.official_name
    assert (row.leads, row.is_carried_out) == ((), False)


def test_project_tree_hides_what_another_ward_does(ward):
    elsewhere = WardProjectFactory(ward=WardFactory())
    ProjectUnitFactory(ward_project=elsewhere)

    (row,) = project_tree(ward=ward, programme=elsewhere.project.programme, year=2026)

    assert row.leads == ()
    assert row.carried_out is None


def test_project_with_a_subproject_carried_out_counts_as_carried_out(ward):
    parent = ComponentProjectFactory()
    child = ComponentProjectFactory(parent=parent)
    WardProjectFactory(ward=ward, project=child)

    row = project_row(ward=ward, project=parent, year=2026)

    assert row.carried_out is None
    assert row.is_carried_out


@pytest.mark.parametrize("count", [1, 3])
def test_project_tree_asks_three_queries(ward, count, django_assert_num_queries):
    for _ in range(count):
        ProjectUnitFactory(ward_project=WardProjectFactory(ward=ward))
    programme = ProgrammeFactory()

    with django_assert_num_queries(3):
        rows = project_tree(ward=ward, programme=programme, year=2026)

    assert [len(row.leads) for row in rows] == [1] * count


def test_programme_of_a_year_after_the_last_term_is_the_last_one(db):
    ProgrammeFactory(code="cũ", valid_from=date(2016, 1, 1), valid_to=date(2020, 12, 31))
    last = ProgrammeFactory()

    assert programme_of(2026) == last
    assert programme_of(2010) is None
