"""A figure that names a decision counts what it says; what happened since stands beside it."""

from datetime import date
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from django.urls import reverse

from households.campaign.recognition.services.recognising import recognise_results
from households.choices import PovertyClass
from households.models import Household
from households.register.services.households import HouseholdInput, split_household
from povertyplan.core import clock
from reports.dashboard.board import build_dashboard
from reports.figures.registry import FigureRegistry
from tests.factories.households import MembershipFactory
from tests.households.campaigns import DECIDED_ON, POOR, submitted_campaign
from tests.pages import text_of

TODAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _today():
    with clock.set_to(TODAY):
        yield


@pytest.fixture
def decided(ward, village, coordinator, leader):
    """Two poor households by decision 231."""
    campaign = submitted_campaign(ward, village, by=coordinator, said=(POOR, POOR))
    return recognise_results(
        campaign=campaign,
        number="231/QĐ-UBND",
        decided_on=DECIDED_ON,
        version=campaign.version,
        by=leader,
    )


@pytest.fixture
def split(decided, village, coordinator):
    """A third one by a split the day after."""
    household = Household.objects.earliest("pk")
    son = MembershipFactory(household=household, person__full_name="A Nam")
    return split_household(
        household=household,
        relations={son.pk: "head"},
        village=village,
        details=HouseholdInput(code="HN-99"),
        on=date(2026, 11, 19),
        version=household.version,
        key=str(uuid4()),
        by=coordinator,
    )


def poor_tile(ward, viewer):
    board = build_dashboard(ward=ward, year=2026, today=TODAY, viewer=viewer)
    return next(tile for tile in board.tiles if tile.label == PovertyClass.POOR.label), board


def test_a_figure_counts_the_decision_and_says_what_came_since(ward, split, leader):
    tile, board = poor_tile(ward, leader)

    assert (tile.value, tile.note) == ("2", "sổ có 3, nhiều hơn quyết định 1")
    assert board.headline.startswith("Còn 2\u00a0hộ nghèo")
    assert [line.now.poor for line in board.villages] == [2]
    assert board.source.endswith(
        "theo Quyết định số 231/QĐ-UBND; sổ cùng ngày có 3\u00a0hộ nghèo, 0\u00a0hộ cận nghèo."
    )


def test_the_number_opens_the_households_of_the_decision(ward, split, leader, client_of):
    tile, _ = poor_tile(ward, leader)
    page = text_of(client_of(leader).get(tile.url))

    assert "HN-99" not in page
    assert all(household.code in page for household in Household.objects.exclude(code="HN-99"))


def test_dashboard_and_document_agree(ward, split, leader):
    figure = FigureRegistry(ward=ward, until=TODAY).figure("poor_households", 2026)
    tile, _ = poor_tile(ward, leader)

    assert str(figure.value) == tile.value
    assert parse_qs(urlsplit(figure.url).query) == parse_qs(urlsplit(tile.url).query)


def test_without_a_change_nothing_stands_beside(ward, decided, leader, client_of):
    tile, board = poor_tile(ward, leader)

    assert (tile.value, tile.note) == ("2", "")
    assert tile.url == reverse("households:household_list") + "?on=2026-11-20&class=poor"
    assert "sau quyết định" not in board.source
