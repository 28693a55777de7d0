"""Results that a list tells are compared with the review, never written."""

import io
from datetime import timedelta

import openpyxl
import pytest

from households.choices import MovementCause, PovertyClass, ReviewState
from households.intake.staging.selectors.problems import outcome_counts
from households.intake.writing.selectors.preview import preview_of
from households.models import Household, HouseholdStatus, PovertyCause, Review
from povertyplan.core import clock
from tests.factories.households import CampaignFactory, DecisionFactory, ReviewFactory
from tests.households.batches import told_of
from tests.households.imports import imported, read_in, write
from tests.households.samples import official_sample, saved
from tests.households.spells import change_status


@pytest.fixture
def with_result(office):
    """A listed household whose decision and form are in the register, and its list again."""
    sample = official_sample(1)
    imported(office, sample.content())
    household = Household.objects.get()
    campaign = CampaignFactory(ward=office.ward)
    review = ReviewFactory(
        campaign=campaign,
        household=household,
        state=ReviewState.DONE,
        income_score=110,
        deprivation_score=40,
        computed_class=PovertyClass.POOR,
        recorded_class=PovertyClass.POOR,
    )
    review.causes.add(PovertyCause.objects.get(number=2))
    decision = DecisionFactory(
        ward=office.ward, campaign=campaign, number="15/QĐ-UBND", decided_on=clock.today()
    )
    change_status(
        household=household,
        poverty_class=PovertyClass.POOR,
        starts_on=clock.today() + timedelta(days=1),
        decision=decision,
        cause=MovementCause.UNCHANGED,
    )
    sample.cells |= {"Q8": "15/QĐ-UBND", "R8": clock.today().strftime("%d/%m/%Y"), "X8": "2"}
    return sample


def test_list_that_agrees_with_the_review_says_nothing(office, with_result):
    assert told_of(read_in(office, with_result.content())) == []


@pytest.mark.parametrize(
    ("cells", "codes"),
    [
        pytest.param({"S8": 120}, ["income_score_differs"], id="B1"),
        pytest.param({"T8": 30}, ["deprivation_score_differs"], id="B2"),
        pytest.param({"X8": "2, 5"}, ["causes_differs"], id="causes"),
        pytest.param({"R8": "01/02/2024"}, ["decided_on_differs"], id="day"),
        pytest.param({"Q8": "9/QĐ-UBND", "S8": 120}, ["decision_differs"], id="another decision"),
        pytest.param({"Q8": "", "R8": "", "S8": "", "T8": "", "X8": ""}, [], id="says nothing"),
    ],
)
def test_result_that_a_list_tells_otherwise_is_named_and_not_written(
    office, with_result, cells, codes
):
    with_result.cells |= cells
    before = [list(model.objects.order_by("pk").values()) for model in (Review, HouseholdStatus)]

    batch = read_in(office, with_result.content())

    assert told_of(batch) == codes
    assert len(preview_of(batch).differing) == len(codes)
    assert outcome_counts(write(office, batch))["unchanged"] == batch.rows.count()
    after = [list(model.objects.order_by("pk").values()) for model in (Review, HouseholdStatus)]
    assert after == before


def test_sheet_without_a_row_is_read_as_nothing(office):
    """The second and third sheet of the official form are empty where nobody escaped."""
    book = openpyxl.load_workbook(io.BytesIO(official_sample(2).content()))
    empty = book.copy_worksheet(book.active)
    empty.delete_rows(8, 100)

    batch = imported(office, saved(book))

    assert [layout.used for layout in batch.layouts] == [True, True]
    assert Household.objects.count() == 2
