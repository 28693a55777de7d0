"""The database refuses every change of what was issued, also to who types SQL."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from reports.choices import AmendKind, BasisRole, DocumentState
from reports.models import (
    Block,
    Document,
    DocumentBasis,
    DocumentDuty,
    DutyItem,
    Recipient,
    Snapshot,
    SnapshotContent,
)
from reports.plans.snapshots import content_digest, signed_tree
from reports.printing.stored_tree import pack_tree, unpack_tree
from tests.factories.core import UnitFactory, UserFactory
from tests.factories.projects import ComponentProjectFactory
from tests.factories.reports import BlockFactory, DocumentFactory
from tests.reports.documents import issue
from tests.reports.samples import sample_draft, sample_plan

PARTS = {
    "reports_block": "text",
    "reports_documentbasis": "title",
    "reports_documentduty": '"order"',
    "reports_dutyitem": "text",
    "reports_dutyitem_projects": "componentproject_id",
    "reports_recipient": "text",
}
KEPT = {
    **PARTS,
    "reports_document": "subject",
    "reports_snapshot": "digest",
    "reports_snapshotcontent": "docx",
}


@pytest.fixture
def draft(ward):
    document = DocumentFactory(ward=ward)
    BlockFactory(document=document)
    DocumentBasis.objects.create(document=document, order=1, role=BasisRole.BASIS, kind="Luật")
    duty = DocumentDuty.objects.create(document=document, unit=UnitFactory(ward=ward), order=1)
    item = DutyItem.objects.create(duty=duty, order=1, text="Chủ trì")
    item.projects.add(ComponentProjectFactory())
    Recipient.objects.create(document=document, order=1, text="Như trên")
    return document


@pytest.fixture
def issued(draft):
    return issue(draft)


def is_refused(sql, values=()) -> bool:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)
            assert cursor.rowcount > 0
            transaction.set_rollback(True)
    except DatabaseError as refused:
        return "không sửa" in str(refused)
    return False


@pytest.mark.parametrize(("table", "column"), KEPT.items())
def test_no_row_of_an_issued_document_is_changed_or_deleted(issued, table, column):
    assert is_refused(f"UPDATE {table} SET {column} = {column}")
    assert is_refused(f"DELETE FROM {table}")


@pytest.mark.parametrize(("table", "column"), PARTS.items())
def test_a_draft_is_written_freely(draft, table, column):
    assert not is_refused(f"UPDATE {table} SET {column} = {column}")


def test_no_part_is_added_to_an_issued_document(issued):
    others = (
        lambda: BlockFactory(document=issued, order=99),
        lambda: DocumentBasis.objects.create(document=issued, order=9, role=BasisRole.BASIS),
        lambda: DutyItem.objects.create(duty=issued.duties.get(), order=9, text="Thêm"),
        lambda: DutyItem.objects.get().projects.add(ComponentProjectFactory()),
        lambda: Recipient.objects.create(document=issued, order=9, text="Thêm"),
    )
    for add in others:
        with pytest.raises(DatabaseError, match="không sửa"), transaction.atomic():
            add()


def test_a_draft_block_does_not_move_into_an_issued_document(ward, issued):
    block = BlockFactory(document=DocumentFactory(ward=ward), order=99)

    sql = "UPDATE reports_block SET document_id = %s WHERE id = %s"
    assert is_refused(sql, [issued.pk, block.pk])


def test_nothing_is_issued_without_what_was_signed(draft):
    signed = {"number": 5, "issued_on": date(2026, 1, 5), "issued_year": 2026}
    with pytest.raises(DatabaseError, match="phải có bản lưu"), transaction.atomic():
        Document.objects.update(state=DocumentState.ISSUED, **signed)
    with pytest.raises(DatabaseError, match="phải có bản lưu"), transaction.atomic():
        DocumentFactory(ward=draft.ward, state=DocumentState.ISSUED, **signed)


def test_the_database_refuses_a_number_twice(ward, issued):
    with pytest.raises(IntegrityError), transaction.atomic():
        DocumentFactory(ward=ward, number=5, issued_on=date(2026, 6, 1))
    with pytest.raises(DatabaseError, match="đã cấp"), transaction.atomic():
        DocumentFactory(ward=ward, number=5, issued_on=date(2026, 6, 1), number_repeats=True)
    other = DocumentFactory(ward=ward, number=5, issued_on=date(2025, 6, 1))
    with pytest.raises(DatabaseError, match="đã cấp"), transaction.atomic():
        Document.objects.filter(pk=other.pk).update(number_repeats=True)


def test_the_database_refuses_a_signer_who_submitted(draft):
    user = UserFactory()
    with pytest.raises(IntegrityError, match="document_two_persons"), transaction.atomic():
        Document.objects.update(submitted_by=user, issued_by=user)


@pytest.mark.parametrize("made", [sample_plan, sample_draft])
def test_a_stored_tree_is_read_back_as_it_was(made):
    tree = made()

    assert unpack_tree(pack_tree(tree)) == tree


def test_the_digest_is_that_of_the_stored_content(issued):
    content = SnapshotContent.objects.get()

    assert Snapshot.objects.get().digest == content_digest(content.tree)
    assert signed_tree(issued).number == 5


def test_a_document_and_its_sections_keep_to_their_ward(db):
    ours, theirs = DocumentFactory(), DocumentFactory()
    block, stranger = BlockFactory(document=ours), UnitFactory(ward=theirs.ward)

    with pytest.raises(DatabaseError, match="không cùng phường"), transaction.atomic():
        Document.objects.filter(pk=ours.pk).update(amends=theirs, amend_kind=AmendKind.AMENDS)
    with pytest.raises(DatabaseError, match="không cùng phường"), transaction.atomic():
        Block.objects.filter(pk=block.pk).update(unit=stranger)
    with pytest.raises(DatabaseError, match="không cùng phường"), transaction.atomic():
        BlockFactory(document=ours, unit=stranger)
