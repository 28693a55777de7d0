"""A written list is taken back once asked, with what was shown, as long as nothing rests on it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from households.choices import ImportStage, PovertyClass
from households.intake.writing.selectors.undoing import undo_effects
from households.intake.writing.services.undo import undo_import
from households.models import Household, HouseholdStatus, ImportBatch, Membership, Person
from povertyplan.core import clock
from povertyplan.core.models import RowChange
from povertyplan.core.platform.versions import StaleVersion
from tests.households.batches import edit, register_rows
from tests.households.imports import imported, undo_written
from tests.households.samples import official_sample
from tests.pages import text_of


def test_undo_puts_everything_back(office):
    sample = official_sample(3)
    imported(office, sample.content())
    before = register_rows()
    sample.cells["D8"] = sample.cells["C8"] = "Y Tên Mới"
    bigger = official_sample(5)
    bigger.cells["D8"] = bigger.cells["C8"] = "Y Tên Mới"
    batch = imported(office, bigger.content())
    assert register_rows() != before

    batch = undo_written(office, batch)

    assert batch.stage == ImportStage.UNDONE
    assert register_rows() == before


def test_undo_refused_after_an_edit_and_nothing_changes(office):
    sample = official_sample(2)
    batch = imported(office, sample.content())
    edit(Person.objects.get(citizen_id=sample.cells["H8"]), office, has_merit=True)
    before = register_rows()

    with pytest.raises(ValidationError, match="đã được sửa sau đó"):
        undo_written(office, batch)

    assert register_rows() == before


def test_undo_refused_after_seven_days(office):
    batch = imported(office, official_sample(1).content())
    ImportBatch.objects.filter(pk=batch.pk).update(
        written_at=clock.now() - timedelta(days=7, minutes=1)
    )

    with pytest.raises(ValidationError, match="7 ngày"):
        undo_written(office, batch)


@pytest.fixture
def batch(office):
    """Three households, each of another class."""
    sample = official_sample(3)
    heads = [cell[1:] for cell in sample.cells if cell[0] == "B" and cell[1:].isdigit()]
    classes = ("Hộ nghèo", "Hộ cận nghèo", "Không nghèo")
    for number, label in zip(heads, classes, strict=False):
        sample.cells[f"P{number}"] = label
    batch = imported(office, sample.content())
    batch.refresh_from_db()
    return batch


@pytest.fixture
def page(batch):
    return reverse("households:import_undo", args=[batch.pk])


def test_the_numbers_are_those_of_the_rows_that_go(batch):
    effects = undo_effects(batch)

    assert (effects.households, effects.persons, effects.memberships) == (
        Household.objects.count(),
        Person.objects.count(),
        Membership.objects.count(),
    )
    assert effects.status_count == HouseholdStatus.objects.count()
    assert dict(effects.statuses) == {
        value: count
        for value in PovertyClass.values
        if (count := HouseholdStatus.objects.filter(poverty_class=value).count())
    }


def test_the_page_asks_with_numbers_by_kind_and_class_and_changes_nothing(
    client_of, office, batch, page
):
    shown = text_of(client_of(office).get(page))

    assert "đưa 3 hộ ra khỏi sổ" in shown
    assert f"<strong>{Person.objects.count()}</strong> nhân khẩu" in shown
    assert "1 hộ nghèo, 1 hộ cận nghèo, 1 hộ không nghèo" in shown
    assert Household.objects.count() == 3


def test_one_click_on_the_result_undoes_nothing(client_of, office, batch, page):
    answer = client_of(office).post(page, {"csrfmiddlewaretoken": "x"})

    assert answer.status_code == 422
    assert Household.objects.count() == 3


def test_what_was_shown_goes_when_confirmed(client_of, office, batch, page):
    client = client_of(office)
    token = client.get(page).context["effects"].token

    answer = client.post(page, {"version": batch.version, "token": token}, follow=True)

    assert not Household.objects.exists()
    assert "Đã hoàn tác" in text_of(answer)
    batch.refresh_from_db()
    assert batch.stage == ImportStage.UNDONE


def test_what_was_not_shown_does_not_go(office, batch):
    with pytest.raises(ValidationError, match="khác với điều đã hiện"):
        undo_import(batch=batch, version=batch.version, token="khác", by=office)
    assert Household.objects.count() == 3


def test_a_page_that_is_stale_undoes_nothing(office, batch):
    with pytest.raises(StaleVersion):
        undo_import(batch=batch, version=1, token=undo_effects(batch).token, by=office)
    assert Household.objects.count() == 3


def test_counting_costs_one_query_however_many_rows(batch, django_assert_num_queries):
    assert RowChange.objects.filter(token=batch.token).count() > 3

    with django_assert_num_queries(1):
        undo_effects(batch)
