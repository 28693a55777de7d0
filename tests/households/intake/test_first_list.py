"""The first list of a ward brings what was recognised before."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from households.intake.staging.selectors.problems import outcome_counts
from households.ledger.selectors.classes import class_counts
from households.models import Household, ListedResult
from povertyplan.core.models import Area
from povertyplan.core.periods.services import lock_period
from tests.factories.households import DecisionFactory
from tests.households.batches import register_rows, told_of
from tests.households.imports import imported, read_in, undo_written, write
from tests.households.samples import official_sample


@pytest.fixture
def with_decisions():
    """A list whose first household names the decision that recognised it."""
    sample = official_sample(3)
    sample.cells |= {"Q8": "208/QĐ-UBND", "R8": "15/12/2025", "X8": "1, 2"}
    return sample


def test_first_list_brings_the_result_that_was_recognised_before(office, with_decisions):
    batch = imported(office, with_decisions.content())

    household = batch.rows.get(number=8).household
    spell = household.statuses.get()
    assert household.opened_on == spell.starts_on == date(2025, 12, 15)
    told = spell.listed
    assert (told.number, told.decided_on) == ("208/QĐ-UBND", date(2025, 12, 15))
    assert (told.income_score, told.deprivation_score, told.causes) == (110, 40, [1, 2])
    assert class_counts(area=office.ward, on=date(2025, 12, 31)).poor == 1
    for membership in household.memberships.all():
        assert membership.joined_on == max(date(2025, 12, 15), membership.person.birth_date)


def test_first_list_again_changes_nothing_and_agrees(office, with_decisions):
    imported(office, with_decisions.content())
    before = register_rows()

    again = imported(office, with_decisions.content())

    assert outcome_counts(again)["unchanged"] == again.rows.count()
    assert told_of(again) == []
    assert register_rows() == before


def test_first_list_that_writes_the_number_in_other_words_agrees(office, with_decisions):
    imported(office, with_decisions.content())
    with_decisions.cells |= {"Q8": "208"}

    assert told_of(read_in(office, with_decisions.content())) == []


def test_first_list_that_says_otherwise_later_is_named(office, with_decisions):
    imported(office, with_decisions.content())
    with_decisions.cells |= {"S8": 120, "X8": "3"}

    assert told_of(read_in(office, with_decisions.content())) == [
        "income_score_differs",
        "causes_differs",
    ]


def test_undo_takes_the_result_back_too(office, with_decisions):
    batch = imported(office, with_decisions.content())

    undo_written(office, batch)

    assert not ListedResult.objects.exists()
    assert not Household.objects.exists()


@pytest.fixture
def decision(office):
    """A decision that this register knows."""
    return DecisionFactory(
        ward=office.ward, number="300/QĐ-UBND", decided_on=date(2026, 3, 1), year=2026
    )


def test_household_recognised_before_a_decision_made_here_starts_with_the_file(
    office, with_decisions, decision
):
    with_decisions.cells |= {
        cell.replace("P", column): value
        for cell in list(with_decisions.cells)
        if cell.startswith("P") and cell != "P8"
        for column, value in (("Q", "208/QĐ-UBND"), ("R", "15/12/2025"))
    }
    batch = imported(office, with_decisions.content())

    row = batch.rows.get(number=8)
    assert "decision_before_register" in told_of(batch)
    assert row.household.opened_on > decision.decided_on
    assert row.household.statuses.get().listed.decided_on == date(2025, 12, 15)


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        pytest.param({"Q8": "", "R8": ""}, "decision_missing", id="no decision"),
        pytest.param({"R8": ""}, "decision_missing", id="no day"),
        pytest.param({"Q8": "300", "R8": "01/03/2026"}, "decision_without", id="one made here"),
        pytest.param(
            {"Q8": "Số 0300/QĐ-UBND", "R8": "01/03/2026"}, "decision_without", id="in other words"
        ),
    ],
)
def test_new_poor_household_without_a_decision_is_refused_once_decisions_are_made_here(
    office, with_decisions, decision, cells, code
):
    with_decisions.cells |= cells

    batch = imported(office, with_decisions.content())

    row = batch.rows.get(number=8)
    assert code in told_of(batch)
    assert (row.outcome, row.household) == ("refused", None)


def test_locked_year_takes_no_household_from_a_list(office, with_decisions):
    lock_period(ward=office.ward, year=2025, reason="Đã báo cáo cấp trên", by=office)

    batch = imported(office, with_decisions.content())

    assert batch.rows.get(number=8).household.opened_on.year == 2026


def test_village_renamed_since_the_list_was_read_is_named_and_nothing_written(office):
    batch = read_in(office, official_sample(3).content())
    village = Area.objects.get(name=batch.rows.first().value("village"))
    Area.objects.filter(pk=village.pk).update(name="Tổ dân phố Mới")

    with pytest.raises(ValidationError, match=f"{village.name} vừa được đổi tên"):
        write(office, batch)
    assert not Household.objects.exists()
