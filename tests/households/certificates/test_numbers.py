"""Numbers of certificates: one after the other, once a year, once a household and decision."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from households.campaign.recognition.services.reopening import reopen_campaign
from households.certificates.services import CertificateBatch, issue_certificates
from households.models import Certificate
from povertyplan.core import clock
from povertyplan.core.models import AuditEvent
from tests.factories.households import CertificateFactory
from tests.households.certificates.conftest import DECIDED_ON
from tests.households.procedures import TODAY


def issue(campaign, by, village=None, on=DECIDED_ON, first=None, key=None):
    batch = CertificateBatch(campaign, village, on, first)
    return issue_certificates(batch=batch, key=key, by=by)


def given(**which):
    rows = Certificate.objects.filter(**which).order_by("number")
    return [(row.number, row.head_name, row.poverty_class) for row in rows]


def test_a_village_after_the_other_in_the_order_of_the_lists(
    decision, campaign, village, second_village, coordinator
):
    issue(campaign, coordinator, village)
    issue(campaign, coordinator)

    assert given() == [(1, "A Bình", "near_poor"), (2, "Y Đức", "poor"), (3, "Y Hai", "poor")]
    row = Certificate.objects.get(number=3)
    assert (row.decision, row.issued_on, row.issued_by) == (decision, DECIDED_ON, coordinator)
    told = AuditEvent.objects.filter(act=issue_certificates.name).latest("pk")
    assert "cho 1 hộ" in told.summary
    assert "số 03 đến 03, ngày 20/11/2026" in told.summary


def test_a_paper_book_goes_on_from_its_own_number(decision, campaign, village, coordinator):
    issue(campaign, coordinator, village, first=41)
    issue(campaign, coordinator)

    assert [number for number, _head, _class in given()] == [41, 42, 43]


def test_numbers_run_anew_each_year(decision, campaign, village, coordinator):
    issue(campaign, coordinator, village)
    with clock.set_to(date(2027, 1, 5)):
        issue(campaign, coordinator, on=date(2027, 1, 5))

    assert given(year=2027) == [(1, "Y Hai", "poor")]


@pytest.mark.parametrize(
    ("wrong", "field", "said"),
    [
        ({"first": 40}, "first_number", "số 41 năm 2026 đã cấp ngày 20/11/2026"),
        ({"first": 0}, "first_number", "từ 1 đến 99.999"),
        ({"first": 99_999}, "first_number", "từ 1 đến 99.999"),
        ({"on": TODAY + timedelta(days=1)}, "issued_on", "không được sau hôm nay"),
        ({"on": date(2026, 11, 19)}, "issued_on", "trước ngày 20/11/2026"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_numbered(
    decision, campaign, ward, village, coordinator, wrong, field, said
):
    CertificateFactory(decision__ward=ward, household__village=village, number=41)

    with pytest.raises(ValidationError) as refused:
        issue(campaign, coordinator, village, **wrong)

    assert said in refused.value.message_dict[field][0]
    assert Certificate.objects.count() == 1


def test_no_number_before_the_decision_and_none_twice(campaign, recognise, village, coordinator):
    with pytest.raises(ValidationError, match="chưa được công nhận"):
        issue(campaign, coordinator)
    recognise()
    issue(campaign, coordinator)

    with pytest.raises(ValidationError, match="đã có số giấy chứng nhận"):
        issue(campaign, coordinator, village)


def test_the_same_form_twice_gives_numbers_once(decision, campaign, coordinator):
    key = "0d6f1c9e-6a1e-4c5b-9a55-1f3b7a1c2d3e"

    assert issue(campaign, coordinator, key=key) == issue(campaign, coordinator, key=key)
    assert Certificate.objects.count() == 3


def test_a_new_recognition_gives_new_numbers_and_the_old_ones_stay(
    decision, campaign, recognise, village, coordinator, leader
):
    issue(campaign, coordinator, village)
    campaign.refresh_from_db()
    reopen_campaign(
        campaign=campaign, version=campaign.version, reason="Sai điểm một hộ", by=leader
    )
    with pytest.raises(ValidationError, match="chưa được công nhận"):
        issue(campaign, coordinator)
    recognise("301")

    issue(campaign, coordinator, village)

    assert [number for number, _head, _class in given()] == [1, 2, 3, 4]
    assert given(decision=decision) == [(1, "A Bình", "near_poor"), (2, "Y Đức", "poor")]


@pytest.mark.parametrize("act", ["update", "delete"])
def test_the_database_lets_nobody_change_what_was_given(decision, campaign, coordinator, act):
    row = issue(campaign, coordinator)
    rows = Certificate.objects.filter(pk=row.pk)

    with pytest.raises(DatabaseError, match="được giữ nguyên"), transaction.atomic():
        rows.update(number=900) if act == "update" else rows._raw_delete("default")

    assert Certificate.objects.get(pk=row.pk).number == row.number


@pytest.mark.parametrize("same", ["number", "household"])
def test_the_database_knows_each_number_and_household_once(decision, campaign, coordinator, same):
    row = issue(campaign, coordinator)
    values = {"number": {"number": row.number}, "household": {"household": row.household}}[same]

    with pytest.raises(DatabaseError), transaction.atomic():
        CertificateFactory(
            **{
                "ward": row.ward,
                "decision": decision,
                "number": 900,
                "household__village": row.household.village,
            }
            | values
        )
