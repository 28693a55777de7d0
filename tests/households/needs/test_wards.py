"""What is asked about needs names the ward of the rows themselves, so nobody walks all wards'."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from households.models import Household
from households.needs.selectors.lists import need_lines, needs_of_year
from povertyplan.core import clock
from tests.factories.households import StatusFactory

TABLES = ("households_supportneed", "households_needinquiry")


@pytest.mark.postgresql
def test_needs_and_answers_of_a_ward_are_read_by_their_own_ward(ward, village):
    StatusFactory(household__village=village)
    households = Household.objects.filter(ward=ward)

    with CaptureQueriesContext(connection) as asked:
        assert len(need_lines(households, clock.today())) == 1
        needs_of_year(households, clock.today().year)

    statements = [each["sql"] for each in asked]
    about = [(table, sql) for table in TABLES for sql in statements if f'FROM "{table}"' in sql]
    assert [table for table, _sql in about] == [TABLES[0], TABLES[0], TABLES[1]]
    assert [table for table, sql in about if f'"{table}"."ward_id"' not in _asked(sql)] == []


def _asked(sql):
    """The conditions of a statement; what it selects names every column."""
    return sql.partition(" WHERE ")[2]
