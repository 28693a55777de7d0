"""A ninth cause in the reference data works wherever causes are entered, shown and exchanged."""

import io
import json
import re
from dataclasses import replace
from uuid import uuid4

import openpyxl
import pytest
import yaml
from django.conf import settings
from django.urls import reverse

from households.choices import PovertyClass
from households.entry.phone.services import save_draft
from households.entry.survey.services.reviews import record_review
from households.intake.sheets.headings import SheetField
from households.intake.staging.selectors.problems import reader_of
from households.ledger.services.reference import load_causes
from households.models import ListedResult, PovertyCause, Review, ReviewDraft
from tests.factories.households import CampaignFactory, StatusFactory
from tests.households.campaigns import POOR, entered, pending_review
from tests.households.grids import grid_url, line, send

CAUSES_SCREEN = 9
REFERENCE = settings.BASE_DIR / "fixtures" / "reference" / "poverty-causes.yaml"


@pytest.fixture(autouse=True)
def added(db, tmp_path):
    """The reference data of today with one cause more."""
    content = yaml.safe_load(REFERENCE.read_text(encoding="utf-8"))
    content["causes"].append({"number": 9, "name": "Thiên tai"})
    file = tmp_path / "poverty-causes.yaml"
    file.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    load_causes(path=file, by=None, source="command")
    return PovertyCause.objects.get(number=9)


@pytest.fixture
def campaign(ward):
    return CampaignFactory(ward=ward)


@pytest.fixture
def review(campaign, village):
    return pending_review(campaign, village, head="Y Hữu Nam")


def text(response):
    return response.content.decode()


def causes_of(review):
    return [cause.number for cause in Review.objects.get(pk=review.pk).causes.all()]


def form_url(review):
    return reverse("households:review_edit", args=[review.campaign_id, review.household_id])


def test_the_form_offers_it_and_takes_it(client_of, coordinator, review):
    client = client_of(coordinator)
    page = text(client.get(form_url(review)))
    posted = {"version": review.version, "income_score": "110", "deprivations": ["5", "9"]}

    client.post(form_url(review), {**posted, "causes": ["9"]})

    assert "9. Thiên tai" in page
    assert causes_of(review) == [9]


def test_the_grid_names_it_to_its_script_and_takes_it(client_of, coordinator, review):
    client = client_of(coordinator)
    page = text(client.get(grid_url(review.campaign, review.village)))
    data = re.search(r'<script id="grid-data" type="application/json">(.*?)</script>', page)[1]

    send(client, review, causes=[9])

    assert json.loads(data)["causes"]["9"] == "Thiên tai"
    assert '<li value="9">Thiên tai</li>' in page
    assert causes_of(review) == [9]


def test_the_grid_without_script_takes_its_code(client_of, coordinator, review):
    address = grid_url(review.campaign, review.village)

    client_of(coordinator).post(address, line(review, causes="8 9"))

    assert causes_of(review) == [8, 9]


def test_the_phone_offers_it_and_keeps_it(client_of, coordinator, review):
    known = {"score": 110, "indicators": {str(n): n in (5, 9) for n in range(1, 13)}}
    draft = save_draft(
        review=review, client_id=uuid4(), step=CAUSES_SCREEN, by=coordinator, **known
    )
    where = [review.campaign_id, review.household_id, CAUSES_SCREEN]
    address = reverse("households:phone_step", args=where)
    client = client_of(coordinator)
    page = text(client.get(address))

    client.post(address, {"client_id": draft.client_id, "causes": ["9"]})

    assert "9. Thiên tai" in page
    assert ReviewDraft.objects.get().causes == [9]


def test_two_who_disagree_on_it_are_shown_both_sides(client_of, coordinator, village_head, review):
    theirs = replace(POOR, causes=frozenset({1, 9}))
    record_review(review=review, answers=theirs, version=review.version, by=village_head)
    posted = {"version": "1", "income_score": "110", "deprivations": ["1", "5", "9"]}

    answer = client_of(coordinator).post(form_url(review), {**posted, "causes": ["8"]})

    assert answer.status_code == 409
    (row,) = answer.context["conflict"]["rows"]
    assert (row.label, row.theirs, row.mine) == ("Nguyên nhân nghèo", "1, 9", "8")


def test_the_printed_grid_has_it(client_of, coordinator, campaign, village):
    entered(campaign, village, by=coordinator, said=replace(POOR, causes=frozenset({2, 9})))

    page = text(client_of(coordinator).get(grid_url(campaign, village, "review_grid_print")))

    assert "<span>9 Thiên tai</span>" in page
    assert "<td>2, 9</td>" in page


def test_the_household_page_names_it(client_of, coordinator, campaign, village):
    said = replace(POOR, causes=frozenset({9}))
    review = entered(campaign, village, by=coordinator, said=said)
    address = reverse("households:household_detail", args=[review.household_id])

    assert "<li>Thiên tai</li>" in text(client_of(coordinator).get(address))


def test_the_official_list_carries_it_out(client_of, coordinator, village):
    spell = StatusFactory(household__village=village, poverty_class=PovertyClass.POOR)
    ListedResult.objects.create(status=spell, income_score=110, deprivation_score=40, causes=[9])
    address = reverse("households:household_export")

    answer = client_of(coordinator).post(address, {"layout": "official", "purpose": "report"})

    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    heading = next(
        cell for row in book.worksheets[0] for cell in row if cell.value == "Nguyên nhân nghèo"
    )
    assert "9" in [str(cell.value) for cell in book.worksheets[0][heading.column_letter]]


def test_a_list_brings_it_in(ward):
    reader = reader_of(ward)

    known = reader.read_typed("2, 9", SheetField.CAUSES)
    unknown = reader.read_typed("10", SheetField.CAUSES)

    assert known.value == [2, 9]
    assert unknown.message == "“10”: nguyên nhân nghèo đánh số từ 1 đến 9."
