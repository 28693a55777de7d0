"""The tables counted from the database: against the figures of other pages, and their lists."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from households.choices import RelationToHead
from households.directory.filters import HouseholdFilterForm
from households.directory.selectors.search import find_households, persons_behind
from households.field_access import Field
from households.ledger.selectors.classes import class_counts
from households.ledger.selectors.transition_tables import class_matrix
from households.models import Household, PovertyCause
from households.register.services.villages import merge_villages
from povertyplan.core.models import Area
from reports.tables.catalogue import TABLES
from reports.tables.facts import TableFacts
from reports.tables.matrix import build_matrix
from tests.factories.core import VillageFactory
from tests.factories.households import (
    AreaYearFactory,
    CampaignFactory,
    HouseholdFactory,
    MembershipFactory,
    PersonFactory,
    StatusFactory,
)
from tests.households.histories import household_with
from tests.reports.histories import NEAR_POOR, POOR
from tests.reports.movements import AFTER, BEFORE, UNTIL, add_form, lives, recognise, some_history

EVERYTHING = frozenset(Field)
OF_PERSONS = {("Nhân khẩu", number) for number in (2, 3, 8)}
# Columns that count persons, or defects, beside those that count households.
NOT_OF_HOUSEHOLDS = {1: {8, 10}, 11: set(range(8)), 12: {4, 5, 6}, 13: {4, 5, 6}}


@pytest.fixture
def facts(ward, villages):
    return TableFacts(ward=ward, after=AFTER, until=UNTIL)


def found(user, url):
    """How many households the list behind an address holds."""
    form = HouseholdFilterForm(QueryDict(url.split("?", 1)[1]), user=user, fields=EVERYTHING)
    query = form.query()
    assert not form.errors
    return len(find_households(Household.objects.visible_to(user), query, EVERYTHING))


def cells_of_households(table):
    for row in table.rows:
        if (row.leads[-1], table.number) in OF_PERSONS:
            continue
        for column, cell in enumerate(row.cells):
            if column in NOT_OF_HOUSEHOLDS.get(table.number, ()) or not cell.url:
                continue
            if isinstance(cell.value, int):
                yield cell


@pytest.mark.parametrize("number", range(1, 14))
def test_every_cell_opens_as_many_households_as_it_counts(coordinator, facts, number):
    cells = list(cells_of_households(TABLES[number].build(facts)))

    assert len(cells) > 0 or number == 11
    for cell in cells:
        assert found(coordinator, cell.url) == cell.value, cell.url


@pytest.mark.parametrize("number", [2, 3])
def test_list_behind_a_cell_of_persons_adds_up_to_it(coordinator, ward, villages, number):
    """A birth, a move into a household of another class, a split and a death in one household."""
    stays = Household.objects.order_by("pk").first()
    other = Household.objects.order_by("pk")[4]
    for day, change in (("2025-02-01", "joins"), ("2025-03-01", "moves"), ("2025-04-01", "dies")):
        someone = PersonFactory(ward=ward)
        MembershipFactory(
            household=stays,
            person=someone,
            relation=RelationToHead.CHILD,
            joined_on=day if change == "joins" else "2024-01-01",
            left_on=None if change == "joins" else day,
        )
        if change == "moves":
            MembershipFactory(
                household=other, person=someone, relation=RelationToHead.CHILD, joined_on=day
            )
    table = TABLES[number].build(TableFacts(ward=ward, after=AFTER, until=UNTIL))

    cells = [cell for row in table.rows if row.leads[-1] == "Nhân khẩu" for cell in row.cells]

    assert any(cell.value for cell in cells)
    assert table.problems == ()
    for cell in cells:
        if cell.value:
            assert sum(persons_listed(coordinator, cell.url).values()) == cell.value, cell.url


def test_a_cause_that_is_added_is_a_column_of_its_own(coordinator, ward, village):
    causes = [
        PovertyCause.objects.create(number=number, name=name)
        for number, name in ((2, "Thiếu vốn"), (9, "Thiên tai"))
    ]
    campaign = CampaignFactory(ward=ward, year=2025)
    for cause in causes:
        add_form(campaign, household_with(village, (POOR, BEFORE)), POOR, cause)
    recognise(campaign)

    table = TABLES[10].build(TableFacts(ward=ward, after=AFTER, until=UNTIL))

    poor = table.totals[0].cells[:3]
    assert [title for line in table.head for title in line].count("9. Thiên tai") == 2
    assert [cell.value for cell in poor] == [2, 1, 1]
    assert found(coordinator, poor[2].url) == 1


@pytest.mark.parametrize("number", [4, 5, 10])
def test_total_of_forms_opens_the_households_with_a_form(coordinator, ward, villages, number):
    """A household that became poor without the annual review is on the list, not in the table."""
    household_with(villages[0], (POOR, date(2025, 12, 20)))
    table = TABLES[number].build(TableFacts(ward=ward, after=AFTER, until=UNTIL))
    total = table.totals[0].cells[0]

    assert total.value == found(coordinator, total.url) == 2
    assert any("danh sách có 3 hộ nghèo" in problem for problem in table.problems)
    assert any("Chỉ có trong danh sách: H" in problem for problem in table.problems)


def persons_listed(user, url):
    """What each household of the list behind a cell puts into it."""
    form = HouseholdFilterForm(QueryDict(url.split("?", 1)[1]), user=user, fields=EVERYTHING)
    visible = Household.objects.visible_to(user)
    persons = persons_behind(visible, form.query())
    assert set(find_households(visible, form.query(), EVERYTHING)) == set(persons)
    return persons


def test_result_table_counts_households_of_average_living(coordinator, ward, villages):
    average = household_with(villages[0], ("average_living", BEFORE))
    lives(average)
    table = TABLES[1].build(TableFacts(ward=ward, after=AFTER, until=UNTIL))
    total = table.totals[0].cells

    assert [total[place].value for place in (6, 7, 12, 13)] == [1, 1, 2, Decimal("0.50")]
    assert found(coordinator, total[6].url) == 1
    assert table.notes == ()


def test_result_table_says_where_no_average_living_is_recorded(facts):
    table = TABLES[1].build(facts)

    assert table.totals[0].cells[6].value is None
    assert "Cột (7), (8), (13), (14) để “–”" in table.notes[0]


@pytest.mark.parametrize(("number", "movements"), [(15, 2), (14, 3)])
def test_marks_of_the_detailed_list_agree_with_the_movements(ward, villages, number, movements):
    """Who moved in or split off is not "mới"."""
    for poverty_class, cause in ((POOR, "moved_in"), (NEAR_POOR, "split_off")):
        came = HouseholdFactory(village=villages[0], opened_on=date(2025, 5, 1))
        MembershipFactory(household=came, joined_on=came.opened_on)
        StatusFactory(
            household=came, poverty_class=poverty_class, starts_on=came.opened_on, cause=cause
        )
    facts = TableFacts(ward=ward, after=AFTER, until=UNTIL)
    columns = next(row for row in TABLES[movements].build(facts).totals if row.leads[-1] == "Hộ")

    marks = [
        sum(row.cells[place].value == "x" for row in TABLES[number].build(facts).rows)
        for place in (5, 6, 7)
    ]

    newly, back, old = (columns.cells[place].value for place in (6, 5, 0))
    left = sum(columns.cells[place].value for place in (1, 2, 3))
    assert marks == [newly, back, old - left]
    assert columns.cells[7].value == 1


def test_result_table_counts_as_the_dashboard_does(ward, facts):
    counts = class_counts(area=ward, on=UNTIL)
    total = TABLES[1].build(facts).totals[0].cells

    assert total[2].value == counts.poor == 2
    assert total[4].value == counts.near_poor == 2
    assert total[3].value == counts.poor_percent
    assert total[8].value == counts.poor_persons == 3


def test_movements_tell_each_kind_of_move(facts):
    poor, _persons = TABLES[2].build(facts).totals
    near_poor, _persons = TABLES[3].build(facts).totals

    assert [cell.value for cell in poor.cells] == [3, 1, 1, 0, 1, 0, 0, 0, 2]
    assert [cell.value for cell in near_poor.cells] == [2, 0, 1, 1, 1, 0, 1, 0, 2]


def test_missing_denominators_are_named(facts):
    problems = " ".join(TABLES[1].build(facts).problems)

    assert "Thôn Hai" in problems
    assert "Thôn Một" not in problems
    assert "31/12/2025" in problems


def test_rates_above_a_hundred_are_refused(ward, villages):
    AreaYearFactory(area=villages[1], ward=ward, on=UNTIL, households=1, persons=2)

    table = TABLES[1].build(TableFacts(ward=ward, after=AFTER, until=UNTIL))
    row = next(row for row in table.rows if row.leads[1] == "Thôn Hai")

    assert row.cells[2].value + row.cells[4].value > 1
    assert any("Thôn Hai" in problem and "trên 100%" in problem for problem in table.problems)


@pytest.mark.parametrize("more", [0, 3])
def test_facts_cost_the_same_for_more_villages(ward, villages, more):
    for place in range(more):
        village = VillageFactory(parent=ward, name=f"Thôn thêm {place}", order=10 + place)
        household_with(village, (POOR, BEFORE))
    with CaptureQueriesContext(connection) as queries:
        facts = TableFacts(ward=ward, after=AFTER, until=UNTIL)
        for kind in TABLES.values():
            kind.build(facts)

    assert len(queries) <= 22


# The tables of persons and of moves ask more than those of one day.
@pytest.mark.parametrize(
    ("numbers", "most"),
    [
        ([1], 8),
        ([2, 3], 11),
        ([4, 5, 6, 7], 10),
        ([8, 9, 12, 13], 6),
        ([10, 11], 10),
        ([14, 15], 9),
    ],
)
def test_a_table_reads_only_what_it_counts(ward, villages, numbers, most):
    for number in numbers:
        with CaptureQueriesContext(connection) as queries:
            TABLES[number].build(TableFacts(ward=ward, after=AFTER, until=UNTIL))

        assert len(queries) <= most, number


def test_detailed_list_has_a_row_for_each_person(facts):
    table = TABLES[15].build(facts)

    assert len(table.rows) == 3
    assert "Tổng cộng 2 hộ, 3 nhân khẩu." in table.notes


def test_matrix_adds_up_and_opens_its_households(ward, coordinator, villages):
    matrix = build_matrix(area=ward, after=AFTER, until=UNTIL)

    assert matrix.households == sum(class_matrix(area=ward, after=AFTER, until=UNTIL).values()) == 6
    for row in (*matrix.rows, matrix.total):
        assert row.total.households == sum(cell.households for cell in row.cells)
        for cell in (*row.cells, row.total):
            if cell.url:
                assert found(coordinator, cell.url) == cell.households


def test_without_a_review_the_table_says_so(ward):
    VillageFactory(parent=ward)

    table = TABLES[4].build(TableFacts(ward=ward, after=AFTER, until=UNTIL))

    assert table.rows == ()
    assert "Chưa có kết quả rà soát" in table.problems[0]


@pytest.mark.parametrize(
    ("query", "label"),
    [
        ("trait=minority", "Hộ dân tộc thiểu số"),
        ("trait=merit", "Hộ có người có công với cách mạng"),
        ("ethnic=13", "Dân tộc"),
        ("cause=2", "Nguyên nhân nghèo"),
    ],
)
def test_filter_on_what_may_not_be_seen_is_refused(observer, villages, query, label):
    form = HouseholdFilterForm(QueryDict(query), user=observer, fields=frozenset())

    query = form.query()

    assert form.refused == [label]
    assert (query.trait, query.ethnic_group, query.cause) == ("", "", None)


def test_merged_village_keeps_its_opening_and_its_lists(ward, coordinator):
    """The old villages open the year, the new one closes it, and every figure opens its list."""
    some_history(ward)
    old = list(Area.objects.villages_of(ward))
    merged = merge_villages(
        ward=ward,
        villages=old,
        name="Thôn Mới",
        setting="rural",
        on=date(2025, 7, 1),
        by=coordinator,
    )
    facts = TableFacts(ward=ward, after=AFTER, until=UNTIL)

    tables = [TABLES[2].build(facts), TABLES[3].build(facts)]

    names = [row.leads[1] for row in tables[0].rows if row.leads[2] == "Hộ"]
    assert names == ["Thôn Mới", "Thôn Một (đã nhập)", "Thôn Hai (đã nhập)", "Tổng cộng"]
    columns = [[cell.value for cell in row.cells] for row in tables[0].rows if row.leads[2] == "Hộ"]
    assert columns == [
        [0, 1, 1, 0, 1, 0, 0, 3, 2],
        [2, 0, 0, 2, 0, 0, 0, 0, 0],
        [1, 0, 0, 1, 0, 0, 0, 0, 0],
        [3, 1, 1, 0, 1, 0, 0, 0, 2],
    ]
    for table in tables:
        assert table.problems == ()
        assert "dòng tổng cộng không tính" in table.notes[-1]
        for row in table.rows:
            for cell in row.cells if row.leads[2] == "Hộ" else ():
                assert not cell.value or found(coordinator, cell.url) == cell.value
    assert [place.pk for place in facts.villages] == [merged.pk]
