"""Documents of a ward file beside what people wrote in them."""

import pytest

from povertyplan.core.journal import history
from povertyplan.core.models import User
from povertyplan.core.platform.structured_file.reading import read
from povertyplan.ward_file.differences import DifferencesFound
from povertyplan.ward_file.loading import load_ward
from reports.models import Document
from tests.factories.projects import ComponentProjectFactory

from .small import SMALL, changed

NUMBERED = changed(
    "    symbol: KH-UBND", "    symbol: KH-UBND\n    number: 5\n    issued_on: 2026-01-15"
)


@pytest.fixture
def officer(db):
    ComponentProjectFactory(code="2")
    load(NUMBERED)
    return User.objects.get(username="canbo")


def load(text):
    return load_ward(text=read(text), by=None, source="command")


def differences_of(text):
    with pytest.raises(DifferencesFound) as caught:
        load(text)
    return [str(problem) for problem in caught.value.problems]


def save_as(officer, row, **values):
    with history.writing(by=officer, act="edit_document", source="web"):
        for name, value in values.items():
            setattr(row, name, value)
        row.save(update_fields=[*values])


def test_kind_that_people_gave_a_numbered_draft_is_named_and_kept(officer):
    save_as(officer, Document.objects.get(), kind="report")

    (problem,) = differences_of(NUMBERED)

    assert "documents[0].kind: " in problem
    assert "(Trần Thị Ngọc ghi lúc " in problem
    assert Document.objects.get().kind == "report"
