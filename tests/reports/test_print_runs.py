"""Prints of forms: what the database refuses, and whose prints somebody sees."""

import pytest
from django.db import IntegrityError, transaction

from povertyplan.core import clock
from povertyplan.core.models import RowChange
from reports.choices import FileFormat
from reports.models import PrintRun
from reports.print_history import Printout, last_prints, record_print
from tests.factories.core import VillageFactory
from tests.factories.households import CampaignFactory


@pytest.fixture
def campaign(ward):
    return CampaignFactory(ward=ward)


@pytest.mark.parametrize(
    ("values", "constraint"),
    [
        pytest.param({"format": "odt"}, "print_run_known_format", id="unknown format"),
        pytest.param({"form": ""}, "print_run_names_its_form", id="no form"),
        pytest.param({"campaign": None}, "print_run_of_village_has_campaign", id="no review"),
    ],
)
def test_the_database_refuses_prints_of_nothing(
    ward, village, campaign, coordinator, values, constraint
):
    right = {
        "ward": ward,
        "village": village,
        "campaign": campaign,
        "form": "posting",
        "format": FileFormat.PDF,
        "made_at": clock.now(),
        "made_by": coordinator,
    }
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        PrintRun.objects.create(**(right | values))

    assert PrintRun.objects.create(**right).place == village


def record(campaign, by, *formats, village=None, form="posting"):
    printout = Printout(form, formats or (FileFormat.PDF,), campaign.ward, campaign, village)
    record_print(printout=printout, what="Danh sách", purpose="Rà soát", by=by)


def test_a_print_is_a_row_each_format_signed_by_its_maker(campaign, village, coordinator):
    record(campaign, coordinator, FileFormat.WORD, FileFormat.EXCEL, village=village)

    assert sorted(PrintRun.objects.values_list("format", "made_by")) == [
        ("docx", coordinator.pk),
        ("xlsx", coordinator.pk),
    ]
    changes = RowChange.objects.filter(table="reports_printrun")
    assert {change.actor for change in changes} == {coordinator.username}


def test_prints_are_seen_where_the_reader_works(
    ward, campaign, village, coordinator, village_head, stranger
):
    other = VillageFactory(parent=ward, name="Thôn Kon Mơ Nâm", order=9)
    for place in (None, village, other):
        record(campaign, coordinator, village=place)

    places = {
        user: [run.place for run in PrintRun.objects.visible_to(user).order_by("pk")]
        for user in (coordinator, village_head, stranger)
    }
    assert places == {coordinator: [ward, village, other], village_head: [village], stranger: []}


def test_last_print_of_each_form_costs_one_query(
    campaign, village, coordinator, django_assert_num_queries
):
    for form in ("posting", "posting", "minutes"):
        record(campaign, coordinator, village=village, form=form)
    record(campaign, coordinator, form="decision")

    with django_assert_num_queries(1):
        made = last_prints(campaign, [village.pk], for_ward=True)
        assert {form: run.place.name for form, run in made.items()} == {
            "posting": village.name,
            "minutes": village.name,
            "decision": campaign.ward.name,
        }
    assert made["posting"] == PrintRun.objects.filter(form="posting").first()
    assert "decision" not in last_prints(campaign, [village.pk], for_ward=False)
