"""A written list is taken back as long as nothing rests on it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from households.choices import ImportStage
from households.intake.writing.services.undo import undo_import
from households.models import ImportBatch, Person
from povertyplan.core import clock
from tests.households.batches import edit, register_rows
from tests.households.imports import imported
from tests.households.samples import official_sample


def test_undo_puts_everything_back(office):
    sample = official_sample(3)
    imported(office, sample.content())
    before = register_rows()
    sample.cells["D8"] = sample.cells["C8"] = "Y Tên Mới"
    bigger = official_sample(5)
    bigger.cells["D8"] = bigger.cells["C8"] = "Y Tên Mới"
    batch = imported(office, bigger.content())
    assert register_rows() != before

    batch = undo_import(batch=batch, by=office)

    assert batch.stage == ImportStage.UNDONE
    assert register_rows() == before


def test_undo_refused_after_an_edit_and_nothing_changes(office):
    sample = official_sample(2)
    batch = imported(office, sample.content())
    edit(Person.objects.get(citizen_id=sample.cells["H8"]), office, has_merit=True)
    before = register_rows()

    with pytest.raises(ValidationError, match="đã được sửa sau đó"):
        undo_import(batch=batch, by=office)

    assert register_rows() == before


def test_undo_refused_after_seven_days(office):
    batch = imported(office, official_sample(1).content())
    ImportBatch.objects.filter(pk=batch.pk).update(
        written_at=clock.now() - timedelta(days=7, minutes=1)
    )

    with pytest.raises(ValidationError, match="7 ngày"):
        undo_import(batch=batch, by=office)
