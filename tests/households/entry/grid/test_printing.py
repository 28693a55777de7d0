"""The bulk entry on paper."""

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.households import CampaignFactory
from tests.households.campaigns import POOR, entered, pending_review
from tests.households.grids import grid_url

PRINT = "review_grid_print"


def lines_of(page):
    """Each printed household as its cells' texts."""
    body = re.search(r"<tbody>(.*)</tbody>", page, re.S)[1]
    return [
        [re.sub(r"<[^>]+>", "", cell).strip() for cell in re.findall(r"<t[dh].*?</t[dh]>", row)]
        for row in re.findall(r"<tr>(.*?)</tr>", body, re.S)
    ]


def test_review_grid_print_has_the_whole_village(client_of, coordinator, ward, village):
    campaign = CampaignFactory(ward=ward)
    for number in range(61):
        pending_review(campaign, village, head=f"Y {number:02}")

    page = client_of(coordinator).get(grid_url(campaign, village, PRINT)).content.decode()

    assert [(line[0], line[1]) for line in lines_of(page)] == [
        (str(number + 1), f"Y {number:02}") for number in range(61)
    ]


def test_review_grid_print_is_filled_or_blank(client_of, coordinator, ward, village):
    campaign = CampaignFactory(ward=ward)
    entered(campaign, village, by=coordinator, said=POOR, code="DC-1", head="Y Hữu Nam")
    client = client_of(coordinator)
    address = grid_url(campaign, village, PRINT)

    (filled,) = lines_of(client.get(address).content.decode())
    (blank,) = lines_of(client.get(f"{address}?blank=1").content.decode())

    known = ["1", "Y Hữu Nam", "DC-1", "1", "Hộ nghèo"]
    boxes = ["x" if number in POOR.deprivations else "" for number in range(1, 13)]
    assert filled == [*known, "110", *boxes, "30", "Hộ nghèo", ""]
    assert blank == [*known, *[""] * 16]


def test_review_grid_print_query_count_does_not_grow(client_of, coordinator, ward, village):
    campaign = CampaignFactory(ward=ward)
    client = client_of(coordinator)
    counts = []
    for more in (1, 2):
        for _ in range(more):
            entered(campaign, village, by=coordinator)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(grid_url(campaign, village, PRINT)).content.decode()
        counts.append((len(lines_of(page)), len(queries)))

    assert [rows for rows, _ in counts] == [1, 3]
    assert counts[0][1] == counts[1][1]
