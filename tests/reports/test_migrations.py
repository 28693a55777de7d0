"""What stood in sentences goes into columns when an installation is brought up to date."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from households.models import CampaignVillage
from povertyplan.core import clock
from povertyplan.core.choices import Role
from povertyplan.core.journal import triggers
from povertyplan.core.journal.access_log import record_access
from reports.models import Document, PrintRun, Recipient
from reports.plans.builder import build_document
from reports.plans.outline import reading_order
from reports.print_history import last_exports, last_prints
from tests.factories.core import VillageFactory, WardFactory, user_with
from tests.factories.households import CampaignFactory
from tests.factories.reports import DocumentFactory

# What an upgrade does to the rows of an older version stays as it is: the long run tries it again.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.long]

BEFORE = "0002_numbered_and_closing_blocks"


def migrate_to(name):
    """The models of an older schema; its tables have no triggers."""
    triggers.drop()
    executor = MigrationExecutor(connection)
    executor.migrate([("reports", name)])
    return executor.loader.project_state([("reports", name)]).apps


def migrate_forward():
    """All apps, to the newest of each: what rests on the later migrations went back with them."""
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())
    triggers.install()


@pytest.fixture
def before():
    """Back to the schema in which forms and archive stood in sentences, and forward again."""
    yield migrate_to
    migrate_forward()


@pytest.fixture
def campaign():
    ward = WardFactory(name="Phường Đăk Cấm")
    campaign = CampaignFactory(ward=ward, name="Rà soát định kỳ; năm 2026")
    for order, name in enumerate(("Tổ dân phố 1", "Thôn Kon Mơ Nâm")):
        village = VillageFactory(parent=ward, name=name, order=order)
        CampaignVillage.objects.create(campaign=campaign, ward=ward, village=village)
    return campaign


def test_prints_are_read_from_the_access_record(before, campaign):
    ward, officer = campaign.ward, user_with(Role.COORDINATOR, campaign.ward)
    lines = [
        (campaign, f"Danh sách niêm yết: Tổ dân phố 1; {campaign}; PDF"),
        (campaign, f"Bộ mẫu: Thôn Kon Mơ Nâm; {campaign}; Word, Excel"),
        (campaign, f"Quyết định công nhận và hai danh sách: Phường Đăk Cấm; {campaign}; Excel"),
        (ward, "Danh sách hộ nghèo ngày 20/11/2026, bản Excel"),
        # Nothing that a page could name: a village of another name, a form unknown, other data.
        (campaign, f"Danh sách niêm yết: Tổ dân phố cũ; {campaign}; PDF"),
        (campaign, f"Giấy mời: Tổ dân phố 1; {campaign}; PDF"),
        (ward, "Tệp danh sách 3 hộ (Hộ nghèo)"),
    ]
    for place, (obj, what) in enumerate(lines):
        with clock.set_to(clock.today() + timedelta(days=place)):
            record_access(by=officer, ward=ward, what=what, obj=obj, purpose="Rà soát")

    before(BEFORE)
    migrate_forward()

    villages = {row.village.name: row.village_id for row in campaign.villages.all()}
    made = last_prints(campaign, villages.values(), for_ward=True)
    assert {form: (run.place.name, run.format) for form, run in made.items()} == {
        "posting": ("Tổ dân phố 1", "pdf"),
        "pack": ("Thôn Kon Mơ Nâm", "xlsx"),
        "decision": ("Phường Đăk Cấm", "xlsx"),
    }
    assert set(last_exports(ward, ["table-14", "table-15"])) == {"table-15"}
    assert PrintRun.objects.count() == 5
    assert set(PrintRun.objects.values_list("made_by", flat=True)) == {officer.pk}

    before("0003_print_run")
    assert not PrintRun.objects.exists()
    before("0004_fill_print_runs")
    assert PrintRun.objects.count() == 5


def test_the_archive_goes_from_the_recipients_into_its_column_and_back(before):
    kept = DocumentFactory(archive="VT, KTHTĐT")
    usual = DocumentFactory(ward=kept.ward)
    for order, text in enumerate(("Như trên", "HĐND phường")):
        Recipient.objects.create(document=kept, order=order, text=text)
    printed = [build_document(document) for document in (kept, usual)]

    old = before(BEFORE).get_model("reports", "Recipient")
    lines = old.objects.order_by("document", "order").values_list("document", "text")
    assert list(lines) == [
        (kept.pk, "Như trên"),
        (kept.pk, "HĐND phường"),
        (kept.pk, "Lưu: VT, KTHTĐT"),
        (usual.pk, "Lưu: VT"),
    ]
    old.objects.filter(document=usual.pk).delete()
    old.objects.filter(text="Lưu: VT, KTHTĐT").update(text="Lưu: VT, KTHTĐT.")
    migrate_forward()

    assert [document.archive for document in Document.objects.order_by("pk")] == [
        "VT, KTHTĐT",
        "VT",
    ]
    assert Recipient.objects.count() == 2
    again = [build_document(document) for document in Document.objects.order_by("pk")]
    assert [(each.recipients, each.archive) for each in again] == [
        (each.recipients, each.archive) for each in printed
    ]


def test_numbers_that_two_issued_papers_carry_are_kept_and_marked(before):
    first = DocumentFactory()
    kept = {"place_line": "x", "issuer": "x", "data_on": date(2025, 12, 31), "signer_title": "x"}
    old = before("0006_archive_from_recipients").get_model("reports", "Document")

    def put(code, day, **more):
        facts = {"kind": "plan", "state": "issued", "number": 5, "issued_on": day, **kept, **more}
        years = {"year_from": 2025, "year_to": 2025}
        old.objects.create(ward_id=first.ward_id, code=code, symbol="KH", **years, **facts)

    put("draft", date(2026, 1, 1), state="draft")
    put("later", date(2026, 3, 1))
    put("earlier", date(2026, 2, 1))
    put("other-year", date(2025, 2, 1))
    put("other-kind", date(2026, 2, 1), kind="report")
    put("without", None, state="draft")

    migrate_forward()

    rows = Document.objects.exclude(pk=first.pk).order_by("code")
    assert list(rows.values_list("code", "number", "issued_year", "number_repeats")) == [
        ("draft", 5, 2026, True),
        ("earlier", 5, 2026, False),
        ("later", 5, 2026, True),
        ("other-kind", 5, 2026, False),
        ("other-year", 5, 2025, False),
        ("without", 5, None, False),
    ]


def test_what_was_issued_before_is_shown_with_a_word_about_it(before, client):
    """It has no copy of what was signed, so it is still written from the data."""
    document = DocumentFactory(subject="đã ký trước")
    leader = user_with(Role.LEADER, document.ward)
    old = before("0006_archive_from_recipients").get_model("reports", "Document")
    old.objects.update(state="issued", number=5, issued_on=date(2026, 1, 5))
    migrate_forward()
    client.force_login(leader)

    page = client.get(f"/plans/{document.pk}/").content.decode()

    assert "chưa lưu bản đã ký" in page
    assert "DỰ THẢO" not in page
    assert client.get(f"/plans/{document.pk}/docx/").content.startswith(b"PK")


def test_every_block_gets_a_key_of_its_own_and_keeps_its_place(before):
    document = DocumentFactory()
    old = before("0009_number_once_a_year").get_model("reports", "Block")
    heading = old.objects.create(document_id=document.pk, order=1, kind="heading", text="Đầu")
    for order, text in ((2, "a"), (3, "b")):
        old.objects.create(
            document_id=document.pk, order=order, kind="paragraph", text=text, parent=heading
        )
    old.objects.create(document_id=document.pk, order=4, kind="heading", text="Sau")
    type(document).objects.filter(pk=document.pk).update(state="submitted")

    migrate_forward()

    blocks = reading_order(document.blocks.all())
    assert [(block.text, block.version) for block in blocks] == [
        ("Đầu", 1),
        ("a", 1),
        ("b", 1),
        ("Sau", 1),
    ]
    assert len({block.key for block in blocks}) == 4
    blocks[1].removed_at = clock.now()
    blocks[1].save()
    again = before("0009_number_once_a_year").get_model("reports", "Block")
    assert list(again.objects.order_by("order").values_list("order", "text")) == [
        (1, "Đầu"),
        (2, "b"),
        (3, "Sau"),
    ]
