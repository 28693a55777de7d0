"""Documents of a ward file beside what people wrote in them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from povertyplan.core import clock
from povertyplan.core.journal import history
from povertyplan.core.models import User
from povertyplan.core.platform.structured_file.places import FileError
from povertyplan.core.platform.structured_file.reading import read
from povertyplan.ward_file import documents
from povertyplan.ward_file.differences import DifferencesFound
from povertyplan.ward_file.document_parts import parts_of_section
from povertyplan.ward_file.loading import load_ward
from reports.models import Document
from tests.factories.projects import ComponentProjectFactory

from .small import changed

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


def test_a_document_submitted_while_the_file_is_loaded_stays_submitted(officer, monkeypatch):
    def parts_meanwhile(*said):
        Document.objects.update(state="submitted", submitted_by=officer, submitted_at=clock.now())
        return parts_of_section(*said)

    monkeypatch.setattr(documents, "parts_of_section", parts_meanwhile)

    with pytest.raises(FileError, match="đang trình ký, không sửa bằng tệp được"):
        load(NUMBERED.replace("title: CHỦ TỊCH", "title: PHÓ CHỦ TỊCH"))


def test_a_file_writes_only_what_it_changes_of_a_document(officer):
    with CaptureQueriesContext(connection) as queries:
        load(NUMBERED.replace("title: CHỦ TỊCH", "title: PHÓ CHỦ TỊCH"))

    (written,) = [each["sql"] for each in queries if 'UPDATE "reports_document"' in each["sql"]]
    assert '"signer_title" = ' in written
    assert '"return_reason" = ' not in written
    document = Document.objects.get()
    assert (document.signer_title, document.version) == ("PHÓ CHỦ TỊCH", 2)


def test_parts_of_a_document_are_named_as_officers_know_them(officer):
    document = Document.objects.get()
    table = document.blocks.get(kind="targets")
    save_as(officer, table, parameters={"years": [2025, 2026], "dimensions": ["Giảm nghèo"]})
    save_as(officer, document.blocks.get(kind="appendix"), parameters={})
    save_as(officer, document.bases.get(role="basis"), title="Phiên thứ hai")

    basis, table, appendix = differences_of(NUMBERED)

    whole = "Căn cứ: Nghị quyết, 24/2021/QH15, 28/07/2021, Quốc hội"
    assert f"tệp ghi “{whole}”, hệ thống đang có “{whole}, Phiên thứ hai”" in basis
    wanted = "Chỉ tiêu theo chiều thiếu hụt: năm 2025, nhóm Giảm nghèo"
    assert f"tệp ghi “{wanted}”" in table
    assert "“Chỉ tiêu theo chiều thiếu hụt: năm 2025, 2026, nhóm Giảm nghèo”" in table
    said = "tệp ghi “Phụ lục: Lộ trình, khổ ngang”, hệ thống đang có “Phụ lục: Lộ trình”"
    assert said in appendix
