"""Donated money on screen and from a file: what a fund holds, what is reversed, what is public."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from povertyplan.core.models import AuditEvent
from povertyplan.core.periods.services import lock_period
from povertyplan.core.text import formatting
from projects.models import DonationEntry
from projects.publicity.selectors.plan import publication_plan
from tests.factories.projects import DonationFactory, PublicationRuleFactory
from tests.pages import NO_RIGHT, NOT_FOUND, heading_of, nothing_written, text_of, words_of
from tests.projects.registers import workbook

KEY = "6f3c1a52-3f0e-4b8f-9d59-0a1f6f2f7c11"
LIST, NEW = "/donations/?year=2026", "/donations/new/"
TYPED = {
    "key": KEY,
    "way": "in",
    "fund": "for_the_poor",
    "amount": "5.000.000",
    "dated": "02/03/2026",
    "party": "Công ty A",
    "purpose": "Ủng hộ",
    "document_number": "PT 02",
}
OUT = {"way": "out", "party": "Hộ ông B", "purpose": "Sửa nhà", "dated": "05/03/2026"}
ROW = {
    "Ngày": "02/03/2026",
    "Thu, chi": "Thu",
    "Quỹ, nguồn": "Quỹ “Vì người nghèo”",
    "Người ủng hộ, nơi nhận": "Công ty A",
    "Mục đích, nội dung": "Ủng hộ",
    "Số tiền (đồng)": "5.000.000",
}
SPENT = ROW | {
    "Ngày": "05/03/2026",
    "Thu, chi": "Chi",
    "Người ủng hộ, nơi nhận": "Hộ ông B",
    "Số tiền (đồng)": "4.000.000",
}


def test_what_comes_in_and_goes_out_is_told_with_what_is_left(coordinator, client_of):
    client = client_of(coordinator)

    client.post(NEW, TYPED)
    client.post(NEW, TYPED | OUT | {"key": KEY.replace("6f", "7f"), "amount": "1.200.000"})
    shown = words_of(client.get(LIST))

    assert "5.000.000 1.200.000 3.800.000" in shown
    assert AuditEvent.objects.filter(object_type="projects.donationentry").count() == 2


def test_sent_twice_it_is_one(coordinator, client_of):
    for _ in range(2):
        client_of(coordinator).post(NEW, TYPED)

    assert DonationEntry.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"amount": "2,5"}, "amount"),
        ({"amount": "-5"}, "amount"),
        ({"amount": "0"}, "amount"),
        ({"dated": "31/12/2099"}, "dated"),
        ({"dated": "31/12/1999"}, "dated"),
        ({"fund": "x"}, "fund"),
        ({"party": ""}, "party"),
        (OUT, "amount"),
    ],
    ids=[
        "no whole",
        "negative",
        "nothing",
        "to come",
        "too old",
        "no fund",
        "nobody",
        "more than there is",
    ],
)
def test_a_wrong_entry_is_refused_at_its_field(ward, coordinator, client_of, changes, field):
    DonationFactory(ward=ward, amount=1_000_000)

    with nothing_written():
        answer = client_of(coordinator).post(NEW, TYPED | changes)

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {field}


def test_every_fault_of_an_entry_is_told_at_once(coordinator, client_of):
    wrong = {"amount": "1,5", "dated": "31/12/2099", "party": "", "fund": "x"}

    with nothing_written():
        answer = client_of(coordinator).post(NEW, TYPED | wrong)

    assert set(answer.context["form"].errors) == set(wrong)


def test_nothing_is_paid_before_the_money_came(ward, coordinator, client_of):
    DonationFactory(ward=ward, amount=9_000_000, dated=date(2026, 4, 1))

    answer = client_of(coordinator).post(NEW, TYPED | OUT)

    (sentence,) = answer.context["form"].errors["amount"]
    assert sentence == (
        f"Quỹ “Vì người nghèo” chỉ còn {formatting.money(0)} vào ngày 05/03/2026:"
        " không chi quá số còn lại."
    )


def test_a_reversal_keeps_both_and_counts_neither(ward, coordinator, client_of):
    entry = DonationFactory(ward=ward)
    client = client_of(coordinator)

    client.post(reverse("projects:donation_reverse", args=[entry.pk]), {"reason": "Ghi hai lần"})
    shown = text_of(client.get(LIST))

    assert "Đã hủy" in shown
    assert "Lý do hủy: Ghi hai lần" in shown
    assert list(DonationEntry.objects.standing()) == []


def test_money_that_was_spent_since_is_not_reversed(ward, coordinator, client_of):
    entry = DonationFactory(ward=ward)
    DonationFactory(ward=ward, way="out", amount=9_000_000, dated=date(2026, 5, 1))
    address = reverse("projects:donation_reverse", args=[entry.pk])

    with nothing_written():
        answer = client_of(coordinator).post(address, {"reason": "Ghi nhầm"})

    assert "không chi quá số còn lại" in text_of(answer)


def test_an_entry_is_reversed_once(ward, coordinator, client_of):
    entry = DonationFactory(ward=ward)
    address = reverse("projects:donation_reverse", args=[entry.pk])
    client_of(coordinator).post(address, {"reason": "Ghi nhầm"})

    answer = client_of(coordinator).post(address, {"reason": "Ghi nhầm"})

    assert "Khoản này đã hủy." in text_of(answer)


def test_a_locked_year_takes_no_entry(ward, coordinator, client_of):
    lock_period(ward=ward, year=2025, reason="Đã báo cáo cấp trên", by=coordinator)

    with nothing_written():
        answer = client_of(coordinator).post(NEW, TYPED | {"dated": "02/03/2025"})

    assert "2025" in str(answer.context["form"].non_field_errors())


def test_who_reads_and_who_writes(ward, observer, stranger, client_of):
    entry = DonationFactory(ward=ward)
    address = reverse("projects:donation_reverse", args=[entry.pk])

    assert "Công ty A" in text_of(client_of(observer).get(LIST))
    assert heading_of(client_of(observer).get(NEW)) == NO_RIGHT
    assert heading_of(client_of(stranger).get(address)) == NOT_FOUND
    assert "Công ty A" not in text_of(client_of(stranger).get(LIST))


def saved(client, content):
    page = client.post("/donations/import/", {"file": SimpleUploadedFile("a.xlsx", content)})
    confirm = page.context.get("confirm")
    if not confirm:
        return page
    values = {name: confirm[name].value() for name in confirm.fields}
    return client.post("/donations/import/save/", values, follow=True)


def test_a_file_is_written_once_whatever_the_order_of_its_lines(coordinator, client_of):
    client, content = client_of(coordinator), workbook(SPENT, ROW)

    saved(client, content)
    file = SimpleUploadedFile("a.xlsx", content)
    again = client.post("/donations/import/", {"file": file})

    assert DonationEntry.objects.count() == 2
    assert "Không có gì thay đổi" in text_of(again)


def test_the_export_sent_back_adds_nothing(ward, coordinator, client_of):
    DonationFactory(ward=ward)
    client = client_of(coordinator)
    content = client.get("/donations/export/?year=2026").content

    saved(client, content)

    assert DonationEntry.objects.count() == 1


def test_what_was_reversed_is_not_written_again_by_its_file(coordinator, client_of):
    client, content = client_of(coordinator), workbook(ROW)
    saved(client, content)
    entry = DonationEntry.objects.get()
    client.post(reverse("projects:donation_reverse", args=[entry.pk]), {"reason": "Ghi nhầm quỹ"})

    saved(client, content)

    assert DonationEntry.objects.originals().get() == entry
    assert not DonationEntry.objects.standing().exists()


def test_every_wrong_line_is_named(coordinator, client_of):
    wrong = [ROW | {"Số tiền (đồng)": "1,5"}, ROW | {"Ngày": "31/12/2099"}, SPENT]

    with nothing_written():
        shown = text_of(saved(client_of(coordinator), workbook(*wrong)))

    for line in ("Dòng 2", "Dòng 3", "Dòng 4"):
        assert line in shown


@pytest.mark.parametrize(
    "change",
    [
        lambda entry: DonationEntry.objects.update(amount=1),
        lambda entry: DonationEntry.objects.all().delete(),
        lambda entry: DonationFactory(ward=entry.ward, way="out", amount=entry.amount + 1),
        lambda entry: DonationFactory(
            ward=entry.ward, reverses=entry, amount=1 - entry.amount, reason="Ghi nhầm"
        ),
    ],
    ids=["changed", "deleted", "below nothing", "reversed by another amount"],
)
def test_the_database_refuses(ward, change):
    entry = DonationFactory(ward=ward)

    with pytest.raises(DatabaseError), transaction.atomic():
        change(entry)


def test_what_went_out_is_to_be_published(ward):
    rule = PublicationRuleFactory(trigger="donations", code="ung-ho")
    DonationFactory(ward=ward)
    DonationFactory(ward=ward, way="out", amount=1, dated=date(2026, 4, 2))

    planned = publication_plan(ward, date(2026, 1, 1), date(2026, 12, 31), [rule])

    assert [each.occasion.key for each in planned] == ["quarter-2026-2"]


def test_a_longer_list_takes_no_more_queries(ward, coordinator, client_of):
    client, counts = client_of(coordinator), []
    client.get(LIST)
    for more in (1, 2):
        for _ in range(more):
            DonationFactory(ward=ward)
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST)
        counts.append(len(queries))

    assert counts[0] == counts[1]
