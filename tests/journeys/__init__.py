"""Journeys through the product in Chromium. The steps speak in asserts, as tests do."""

import pytest

pytest.register_assert_rewrite("tests.journeys.windows", "tests.journeys.steps")
