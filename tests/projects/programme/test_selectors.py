"""Component projects of a year, with their units."""

from datetime import date

import pytest

from projects.choices import UnitRole
from projects.programme.selectors.components import (
    programmes_of,
    project_row,
    project_tree,
    project_trees,
)
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
    assert row.leads == (lead,)
    assert row.coordinating == (first, second)


@pytest.mark.parametrize("year", [2024, 2031])
def test_project_tree_outside_the_years_shows_the_project_as_not_carried_out(ward, year):
    carried_out = WardProjectFactory(ward=ward, year_from=2025, year_to=2030, local_name="Khác")
    ProjectUnitFactory(ward_project=carried_out, year_from=2020, year_to=2040)

    (row,) = project_tree(ward=ward, programme=carried_out.project.programme, year=year)

    assert row.name == carried_out.project.name
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


@pytest.mark.parametrize("count", [1, 3])
def test_project_trees_ask_the_same_queries_for_any_number_of_programmes(
    ward, count, django_assert_num_queries
):
    for number in range(count):
        programme = ProgrammeFactory(code=f"CT {number}")
        project = ComponentProjectFactory(programme=programme)
        ProjectUnitFactory(ward_project=WardProjectFactory(ward=ward, project=project))

    with django_assert_num_queries(5):
        trees = project_trees(ward=ward, year=2025)

    assert [len(rows) for _, rows in trees] == [1] * count


def test_programmes_of_a_year_after_the_last_term_are_the_last_one(ward):
    ProgrammeFactory(code="cũ", valid_from=date(2016, 1, 1), valid_to=date(2020, 12, 31))
    last = ProgrammeFactory()

    assert programmes_of(ward=ward, year=2026) == [last]
    assert programmes_of(ward=ward, year=2010) == []


def test_programmes_of_a_year_are_those_with_funds_left_and_the_next(ward):
    with_funds = ProgrammeFactory(code="cũ", funds_until=date(2026, 12, 31))
    merged = ProgrammeFactory(code="mới", valid_from=date(2026, 1, 1), valid_to=date(2035, 12, 31))

    assert programmes_of(ward=ward, year=2026) == [merged, with_funds]
    assert programmes_of(ward=ward, year=2027) == [merged]


def test_programmes_of_a_year_include_what_the_ward_goes_on_with(ward):
    old = WardProjectFactory(ward=ward, year_from=2025, year_to=2030).project.programme
    merged = ProgrammeFactory(code="mới", valid_from=date(2026, 1, 1), valid_to=date(2035, 12, 31))

    assert programmes_of(ward=ward, year=2028) == [merged, old]
    assert programmes_of(ward=WardFactory(), year=2028) == [merged]


def test_details_nobody_carries_out_are_left_out_of_the_trees(ward):
    top = ComponentProjectFactory(code="1")
    middle = ComponentProjectFactory(code="1.2", parent=top)
    ComponentProjectFactory(code="1.2.01", parent=middle)
    taken = ComponentProjectFactory(code="1.2.02", parent=middle)
    WardProjectFactory(ward=ward, project=taken)

    ((_, (row,)),) = project_trees(ward=ward, year=2026)

    assert [child.project.code for child in row.subprojects] == ["1.2"]
    assert [child.project.code for child in row.subprojects[0].subprojects] == ["1.2.02"]
