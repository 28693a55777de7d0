"""Two who sign at once never give one number twice, nor one document two numbers."""

from datetime import date
from functools import partial

import pytest
from django.core.exceptions import ValidationError

from povertyplan.core import clock
from povertyplan.core.choices import Role
from reports.choices import DocumentState
from reports.models import Document, Snapshot
from reports.plans import services
from reports.plans.services import issue_document, submit_document
from tests.concurrency.crowd import together
from tests.factories.core import user_with
from tests.factories.reports import DocumentFactory
from tests.reports.documents import keep_stand_ins

pytestmark = pytest.mark.django_db(transaction=True)

ROUNDS, DAY = 5, date(2026, 1, 15)


@pytest.fixture(autouse=True)
def _stand_ins(monkeypatch):
    monkeypatch.setattr(services, "keep_snapshot", keep_stand_ins)
    with clock.set_to(date(2026, 1, 20)):
        yield


@pytest.fixture
def submitted(ward, coordinator):
    def make():
        document = DocumentFactory(ward=ward)
        return submit_document(document=document, version=document.version, by=coordinator)

    return make


def tried(document, number, by):
    try:
        return issue_document(
            document=document,
            number=number,
            issued_on=DAY,
            authority="",
            signer_title="CHỦ TỊCH",
            signer_name="Y Ký",
            version=document.version,
            by=by,
        )
    except ValidationError as refused:
        return refused


def test_one_number_goes_to_one_of_two_documents(ward, leader, submitted):
    for number in range(1, ROUNDS + 1):
        pair = [submitted(), submitted()]

        ends = together([partial(tried, one, number, leader) for one in pair])

        refused = [end for end in ends if isinstance(end, ValidationError)]
        assert len(refused) == 1
        assert "đã cấp cho" in refused[0].messages[0]
    assert Snapshot.objects.count() == ROUNDS
    assert Document.objects.filter(state=DocumentState.ISSUED).count() == ROUNDS


def test_a_document_that_two_leaders_sign_at_once_has_one_number(ward, leader, submitted):
    other = user_with(Role.LEADER, ward)
    for number in range(1, ROUNDS + 1):
        document = submitted()
        signers = [(number, leader), (number + 50, other), (number, leader)]

        together([partial(tried, document, *each) for each in signers])

        document.refresh_from_db()
        assert (document.number, document.issued_by_id) in [
            (number, leader.pk),
            (number + 50, other.pk),
        ]
        assert Snapshot.objects.get(document=document).content.tree["number"] == document.number
