"""The villages that the tables are counted of."""

import pytest

from tests.reports.movements import some_history


@pytest.fixture
def villages(ward):
    return some_history(ward)
