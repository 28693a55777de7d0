"""Prints made so far, read once from the access record, where they stood in a Vietnamese line."""

from collections.abc import Iterator

from django.db import migrations

FORMATS = {"PDF": "pdf", "Word": "docx", "Excel": "xlsx"}
# The lines as they were written, whatever the forms are called today.
FORMS_OF_A_REVIEW = {
    "Danh sách hộ cần rà soát": "visits",
    "Biên bản họp dân": "minutes",
    "Danh sách niêm yết": "posting",
    "Báo cáo kết quả rà soát": "report",
    "Danh sách hộ nghèo": "poor",
    "Danh sách hộ cận nghèo": "near-poor",
    "Danh sách hộ thoát nghèo, hộ thoát cận nghèo": "escaped",
    "Quyết định công nhận và hai danh sách": "decision",
    "Giấy chứng nhận hộ nghèo, hộ cận nghèo": "certificates",
    "Bộ mẫu": "pack",
}
TABLES_OF_PERSONS = {"Danh sách hộ cận nghèo": "table-14", "Danh sách hộ nghèo": "table-15"}
AT_ONCE = 1000


def fill(apps, schema_editor):
    PrintRun = apps.get_model("reports", "PrintRun")
    runs = [*_of_reviews(apps), *_of_tables(apps)]
    runs.sort(key=lambda run: run.made_at)
    PrintRun.objects.bulk_create(runs, batch_size=AT_ONCE)


def empty(apps, schema_editor):
    """Every print stands in the access record too, from where it can be read again."""
    apps.get_model("reports", "PrintRun").objects.all().delete()


def _of_reviews(apps) -> Iterator:
    """ "Biên bản họp dân: Tổ dân phố 1; Rà soát định kỳ năm 2026; PDF, Word" """
    PrintRun = apps.get_model("reports", "PrintRun")
    campaigns = {
        campaign.pk: campaign
        for campaign in apps.get_model("households", "ReviewCampaign").objects.select_related(
            "ward"
        )
    }
    villages = {
        (row.campaign_id, row.village.name): row.village_id
        for row in apps.get_model("households", "CampaignVillage").objects.select_related("village")
    }
    for event in _events(apps, "households.reviewcampaign"):
        title, _, rest = event.what.partition(": ")
        place, _, rest = rest.partition("; ")
        campaign = campaigns.get(event.object_id)
        if title not in FORMS_OF_A_REVIEW or campaign is None:
            continue
        village = villages.get((campaign.pk, place))
        if village is None and place != campaign.ward.name:
            continue
        for name in rest.rpartition("; ")[2].split(", "):
            if name in FORMATS:
                yield PrintRun(
                    ward_id=event.ward_id,
                    village_id=village,
                    campaign_id=campaign.pk,
                    form=FORMS_OF_A_REVIEW[title],
                    format=FORMATS[name],
                    made_at=event.at,
                    made_by_id=event.actor_id,
                )


def _of_tables(apps) -> Iterator:
    """ "Danh sách hộ nghèo ngày 20/11/2026, bản Excel" """
    PrintRun = apps.get_model("reports", "PrintRun")
    for event in _events(apps, "core.area"):
        title, found, rest = event.what.partition(" ngày ")
        name = rest.rpartition(", bản ")[2]
        if found and title in TABLES_OF_PERSONS and name in FORMATS:
            yield PrintRun(
                ward_id=event.ward_id,
                form=TABLES_OF_PERSONS[title],
                format=FORMATS[name],
                made_at=event.at,
                made_by_id=event.actor_id,
            )


def _events(apps, object_type: str):
    events = apps.get_model("core", "AccessEvent").objects.filter(object_type=object_type)
    return events.order_by("at", "pk").iterator()


class Migration(migrations.Migration):
    dependencies = [("reports", "0003_print_run")]

    operations = [migrations.RunPython(fill, empty)]
