import pytest

from povertyplan.core.choices import Role
from reports.plans.outline import GAP
from tests.factories.core import UnitFactory, user_with
from tests.factories.reports import BlockFactory, DocumentFactory


@pytest.fixture
def document(ward):
    return DocumentFactory(ward=ward, year_from=2025, year_to=2025)


@pytest.fixture
def draft(ward):
    """Two headings "Mục 0" and "Mục 1", each with a paragraph below: "Đoạn 0", "Đoạn 1"."""
    document = DocumentFactory(ward=ward)
    for order in range(2):
        top = BlockFactory(
            document=document, order=order * GAP, kind="heading", text=f"Mục {order}"
        )
        BlockFactory(document=document, parent=top, order=0, text=f"Đoạn {order}")
    return document


@pytest.fixture
def unit(ward):
    return UnitFactory(ward=ward, name="Trạm Y tế")


@pytest.fixture
def officer(ward, unit):
    return user_with(Role.UNIT_REPORTER, ward, unit=unit)
