"""Two heads of one name in a village are told apart in every list of its forms."""

from datetime import date

import pytest
from django.urls import reverse

from households.entry.survey.selectors.reviews import work_list
from households.entry.survey.selectors.rows import grid_rows, read_row
from tests.factories.households import CampaignFactory
from tests.households.campaigns import pending_review
from tests.pages import text_of


@pytest.fixture
def campaign(ward, village):
    campaign = CampaignFactory(ward=ward)
    for year, name in ((1980, "A Nam"), (1991, "A Nam"), (1980, "Y Lan")):
        pending_review(campaign, village, head=name, head__birth_date=date(year, 1, 1))
    return campaign


LABELS = ["A Nam, sinh 1980", "A Nam, sinh 1991", "Y Lan"]


def test_the_list_of_work_and_the_grid_tell_namesakes_apart(campaign, village):
    items = work_list(campaign=campaign, village=village)
    rows = grid_rows(campaign=campaign, village=village)

    assert sorted(item.head_name for item in items) == LABELS
    assert sorted(row.head_name for row in rows) == LABELS
    assert sorted(read_row(item.review).head_name for item in items) == LABELS


@pytest.mark.parametrize(
    "view",
    ["village_reviews", "village_finish", "review_grid", "review_grid_print"],
)
def test_each_page_of_the_village_tells_them_apart(
    client_of, village_head, campaign, village, view
):
    url = reverse(f"households:{view}", args=[campaign.pk, village.pk])

    assert "A Nam, sinh 1991" in text_of(client_of(village_head).get(url))
