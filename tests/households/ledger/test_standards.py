"""Which poverty standard holds on a day."""

from datetime import date

import pytest

from households.ledger.selectors.standards import indicators_in_force, standard_in_force
from tests.factories.households import StandardFactory

pytestmark = pytest.mark.django_db

NEXT = {"code": "2027-2030", "name": "Chuẩn mới", "valid_to": date(2030, 12, 31)}


@pytest.mark.parametrize(
    ("on", "code"),
    [
        (date(2021, 12, 31), None),
        (date(2022, 1, 1), "2022-2026"),
        (date(2026, 12, 31), "2022-2026"),
        (date(2027, 1, 1), "2027-2030"),
        (date(2030, 12, 31), "2027-2030"),
        (date(2031, 1, 1), None),
    ],
)
def test_standard_holds_from_its_first_to_its_last_day(on, code):
    StandardFactory()
    StandardFactory(**NEXT, valid_from=date(2027, 1, 1))

    standard = standard_in_force(on)

    assert (standard.code if standard else None) == code


def test_of_two_standards_side_by_side_the_later_holds():
    StandardFactory()
    later = StandardFactory(**NEXT, valid_from=date(2026, 9, 1))

    assert standard_in_force(date(2026, 11, 20)) == later
    assert {row.standard for row in indicators_in_force(date(2026, 11, 20))} == {later}
