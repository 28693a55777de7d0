"""What stood in sentences goes into columns when an installation is brought up to date."""

from datetime import timedelta

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
from reports.print_history import last_exports, last_prints
from tests.factories.core import VillageFactory, WardFactory, user_with
from tests.factories.households import CampaignFactory
from tests.factories.reports import DocumentFactory

pytestmark = pytest.mark.django_db(transaction=True)

BEFORE, LATEST = "0002_numbered_and_closing_blocks", "0006_archive_from_recipients"


def migrate(name):
    triggers.drop()  # as before every migration
    executor = MigrationExecutor(connection)
    executor.migrate([("reports", name)])
    return executor.loader.project_state([("reports", name)]).apps


@pytest.fixture
def before():
    """Back to the schema in which forms and archive stood in sentences, and forward again."""
    yield migrate
    migrate(LATEST)
    triggers.install()


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
    before(LATEST)

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
    before(LATEST)

    assert [document.archive for document in Document.objects.order_by("pk")] == [
        "VT, KTHTĐT",
        "VT",
    ]
    assert Recipient.objects.count() == 2
    again = [build_document(document) for document in Document.objects.order_by("pk")]
    assert [(each.recipients, each.archive) for each in again] == [
        (each.recipients, each.archive) for each in printed
    ]
