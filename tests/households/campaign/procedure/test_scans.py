"""Scans of signed minutes: what is taken in, who opens it, when it can go."""

import hashlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from households.campaign.procedure.services.postings import post_results
from households.campaign.procedure.services.scans import TOO_MANY, attach_scan, remove_scan
from households.campaign.recognition.services.recognising import recognise_results
from households.campaign.recognition.services.submission import submit_results
from households.choices import ScanKind
from households.models import MeetingScan, ScanContent
from households.rules.scan_files import LARGEST_SCAN_MB, MOST_SCANS, kind_of
from povertyplan.core import clock
from povertyplan.core.choices import Role
from povertyplan.core.models import AuditEvent
from tests.factories.core import VillageFactory, user_with
from tests.factories.households import CampaignFactory, ProcedureFactory
from tests.households.campaigns import entered, finish, village_of
from tests.households.procedures import POSTED_ON, TODAY, meet
from tests.pages import NO_RIGHT, NOT_FOUND, heading_of, nothing_written

PDF = b"%PDF-1.7\n1 0 obj\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0 picture \xff\xd9"
PNG = b"\x89PNG\r\n\x1a\n picture IEND\xaeB`\x82"


@pytest.fixture(autouse=True)
def _today():
    with clock.set_to(TODAY):
        yield


@pytest.fixture
def campaign(ward):
    return CampaignFactory(ward=ward, procedure=ProcedureFactory())


@pytest.fixture
def meeting(campaign, village, coordinator):
    entered(campaign, village, by=coordinator)
    return meet(finish(campaign, village, by=coordinator), coordinator)


def attach(meeting, by, content=PDF, name="biên bản.pdf"):
    return attach_scan(meeting=meeting, content=content, name=name, by=by)


def submit(meeting, by):
    row = village_of(meeting.campaign, meeting.village)
    with clock.set_to(POSTED_ON):
        post_results(
            campaign_village=row,
            places="Nhà",
            posted_on=POSTED_ON,
            unusual_reason="Phiếu nhập sau.",
            version=row.version,
            by=by,
        )
    campaign = meeting.campaign
    campaign.refresh_from_db()
    return submit_results(campaign=campaign, version=campaign.version, by=by)


def recognise(campaign, by):
    recognise_results(
        campaign=campaign,
        number="1/QĐ-UBND",
        decided_on=clock.today(),
        version=campaign.version,
        by=by,
    )


def address(meeting, *more):
    parts = [f"/reviews/{meeting.campaign_id}/villages/{meeting.village_id}/scans/"]
    return "".join([*parts, *(f"{part}/" for part in more)])


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        pytest.param(PDF, ScanKind.PDF, id="a PDF"),
        pytest.param(JPEG, ScanKind.JPEG, id="a JPEG"),
        pytest.param(PNG, ScanKind.PNG, id="a PNG"),
        pytest.param(PDF[:-7], None, id="a PDF cut off"),
        pytest.param(JPEG[:-2], None, id="a JPEG cut off"),
        pytest.param(b" " + PDF, None, id="something before a PDF"),
        pytest.param(b"<html><script>%PDF-1.7 %%EOF", None, id="a page that mentions PDF"),
        pytest.param(b"MZ\x90\x00", None, id="a program"),
        pytest.param(b"PK\x03\x04", None, id="a workbook"),
        pytest.param(b"<svg xmlns='http://www.w3.org/2000/svg'/>", None, id="a drawing with code"),
        pytest.param(b"", None, id="nothing"),
    ],
)
def test_kind_is_read_from_the_bytes(content, kind):
    assert kind_of(content) is kind


def test_scan_is_kept_with_its_digest(meeting, coordinator):
    scan = attach(meeting, coordinator)

    assert bytes(scan.content.data) == PDF
    assert scan.digest == hashlib.sha256(PDF).hexdigest()
    assert (scan.kind, scan.size, scan.file_name) == ("pdf", len(PDF), "biên bản.pdf")
    assert AuditEvent.objects.filter(act="attach_scan", object_id=scan.pk).exists()


def test_the_same_file_twice_is_kept_once(meeting, coordinator):
    assert attach(meeting, coordinator) == attach(meeting, coordinator, name="khác.pdf")

    assert MeetingScan.objects.count() == ScanContent.objects.count() == 1
    assert AuditEvent.objects.filter(act="attach_scan").count() == 1


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "không có nội dung"),
        (b"<html>", "không phải là PDF, JPEG hoặc PNG"),
        (PDF + b" " * (LARGEST_SCAN_MB * 1024 * 1024), "lớn hơn 10 MB"),
    ],
    ids=["empty", "other", "large"],
)
def test_other_files_are_refused(meeting, coordinator, content, message):
    with pytest.raises(ValidationError, match=message):
        attach(meeting, coordinator, content=content)

    assert not MeetingScan.objects.exists()


def test_a_meeting_has_so_many_scans_and_no_more(meeting, coordinator):
    for number in range(MOST_SCANS):
        attach(meeting, coordinator, content=PDF + bytes([number]))

    with pytest.raises(ValidationError, match=TOO_MANY):
        attach(meeting, coordinator, content=PDF)


def test_scan_is_removed_for_a_reason_that_stays(meeting, coordinator):
    scan = attach(meeting, coordinator)

    with pytest.raises(ValidationError, match="Nhập lý do"):
        remove_scan(scan=scan, reason=" ", by=coordinator)
    remove_scan(scan=scan, reason="Chụp mờ", by=coordinator)

    assert not MeetingScan.objects.exists()
    assert not ScanContent.objects.exists()
    event = AuditEvent.objects.get(act="remove_scan")
    assert event.reason == "Chụp mờ"
    assert hashlib.sha256(PDF).hexdigest() in event.summary


def test_scan_stays_once_the_results_are_handed_in(meeting, coordinator):
    scan = attach(meeting, coordinator)
    submit(meeting, coordinator)

    with pytest.raises(ValidationError, match="đã trình"):
        remove_scan(scan=scan, reason="Chụp mờ", by=coordinator)
    attach(meeting, coordinator, content=PNG)  # signed paper may still come

    assert MeetingScan.objects.count() == 2


def test_nothing_changes_after_recognition(meeting, coordinator, leader):
    scan = attach(meeting, coordinator)
    recognise(submit(meeting, coordinator), leader)

    with pytest.raises(ValidationError, match="đã được công nhận"):
        remove_scan(scan=scan, reason="Chụp mờ", by=coordinator)
    with pytest.raises(ValidationError, match="đã được công nhận"):
        attach(meeting, coordinator, content=PNG)
    for rows in (ScanContent.objects.all(), MeetingScan.objects.all()):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows._raw_delete(rows.db)
    assert bytes(ScanContent.objects.get().data) == PDF


@pytest.mark.parametrize("model", [ScanContent, MeetingScan])
def test_the_database_keeps_a_scan_as_it_is(meeting, coordinator, model):
    attach(meeting, coordinator)
    change = {"data": PNG} if model is ScanContent else {"digest": "0" * 64}

    with pytest.raises(DatabaseError, match="giữ nguyên"), transaction.atomic():
        model.objects.update(**change)


def test_the_page_takes_a_file_and_gives_it_back(client_of, village_head, meeting):
    client = client_of(village_head)
    file = SimpleUploadedFile("Bản chụp <1>.html", JPEG, content_type="text/html")

    page = client.post(address(meeting), {"meeting": meeting.pk, "file": file}, follow=True)
    scan = MeetingScan.objects.get()
    answer = client.get(address(meeting, scan.pk))

    assert "Bản chụp &lt;1&gt;.html" in page.content.decode()
    assert answer.content == JPEG
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"
    disposition = answer["Content-Disposition"]
    assert disposition == f'attachment; filename="bien-ban-hop-dan-20261110-{scan.pk}.jpg"'


def test_the_page_says_what_is_wrong_with_a_file(client_of, coordinator, meeting):
    client = client_of(coordinator)
    file = SimpleUploadedFile("bien-ban.pdf", b"<html>", content_type="application/pdf")

    answer = client.post(address(meeting), {"meeting": meeting.pk, "file": file})

    assert answer.status_code == 422
    assert "không phải là PDF, JPEG hoặc PNG" in answer.content.decode()
    assert not MeetingScan.objects.exists()


def test_a_scan_of_another_village_does_not_exist(client_of, ward, meeting, coordinator):
    scan = attach(meeting, coordinator)
    other = user_with(Role.ENTRY_OFFICER, VillageFactory(parent=ward))
    client = client_of(other)

    assert heading_of(client.get(address(meeting))) == NOT_FOUND
    assert heading_of(client.get(address(meeting, scan.pk))) == NOT_FOUND
    with nothing_written():
        answer = client.post(address(meeting, scan.pk, "remove"), {"reason": "Ghi nhầm"})
    assert heading_of(answer) == NOT_FOUND


@pytest.mark.parametrize("role", ["observer", "reporter", "administrator"])
def test_others_open_no_scan(client_of, meeting, coordinator, role, request):
    scan = attach(meeting, coordinator)
    client = client_of(request.getfixturevalue(role))

    assert heading_of(client.get(address(meeting, scan.pk))) == NO_RIGHT


def test_the_leader_reads_and_does_not_write(client_of, leader, meeting, coordinator):
    scan = attach(meeting, coordinator)
    client = client_of(leader)

    assert client.get(address(meeting, scan.pk)).content == PDF
    assert "Lưu bản chụp" not in client.get(address(meeting)).content.decode()
    assert client.get(address(meeting, scan.pk, "remove")).status_code == 403


def test_query_count_does_not_grow(client_of, coordinator, meeting):
    client = client_of(coordinator)
    counts = []
    for more in (1, 2):
        for number in range(more):
            attach(meeting, coordinator, content=PDF + bytes([more, number]))
        with CaptureQueriesContext(connection) as queries:
            page = client.get(address(meeting)).content.decode()
        counts.append((page.count("biên bản.pdf</a>"), len(queries)))

    assert counts[0][1] == counts[1][1]
    assert [shown for shown, _ in counts] == [1, 3]
