import pytest

from tests.factories.reports import DocumentFactory


@pytest.fixture
def document(ward):
    return DocumentFactory(ward=ward, year_from=2025, year_to=2025)
