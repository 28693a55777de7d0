"""A list is compared before its transaction; what others do meanwhile is not lost (ADR 23)."""

import threading
import time

import pytest
from django.core.exceptions import ValidationError
from django.db import OperationalError

from households.choices import ImportOutcome, ImportStage
from households.intake.staging import services as reading
from households.intake.staging.selectors.problems import outcome_counts
from households.intake.writing.services import outcomes, writing
from households.intake.writing.services.preparing import prepare_import
from households.models import Household, ImportBatch, ImportRow, Membership, Person
from povertyplan.core.database.prepared_rows import prepare_rows
from povertyplan.core.journal import history
from tests.concurrency.crowd import together
from tests.households.batches import accounted, edit
from tests.households.imports import imported, read_in, undo_written, write
from tests.households.samples import official_sample


@pytest.fixture
def first(office):
    sample = official_sample(2)
    imported(office, sample.content())
    return sample


def meanwhile(monkeypatch, *happenings):
    """Let something happen after each comparison; returns in which act each was made."""
    acts, left = [], list(happenings)

    def prepare(*given, **named):
        acts.append(history.current_token())
        prepared = prepare_import(*given, **named)
        if left:
            left.pop(0)()
        return prepared

    monkeypatch.setattr(writing, "prepare_import", prepare)
    return acts


def test_comparing_is_done_before_the_transaction(office, monkeypatch):
    acts = meanwhile(monkeypatch)

    imported(office, official_sample(3).content())

    assert acts == [""]
    assert Household.objects.count() == 3


def test_a_person_changed_meanwhile_is_compared_anew(office, first, monkeypatch):
    first.cells["D8"] = first.cells["C8"] = "Y Tên Mới"
    batch = read_in(office, first.content())
    person = Person.objects.get(citizen_id=first.cells["H8"])
    acts = meanwhile(monkeypatch, lambda: edit(person, office, full_name="Y Tên Mới"))

    written = write(office, batch)

    assert acts == ["", ""]
    row = ImportRow.objects.get(batch=written, person=person)
    assert row.outcome != ImportOutcome.UPDATED


def test_a_register_that_never_rests_is_compared_while_others_wait(office, first, monkeypatch):
    person = Person.objects.get(citizen_id=first.cells["H8"])
    values = [True, False, True]
    acts = meanwhile(
        monkeypatch,
        *[lambda value=value: edit(person, office, has_merit=value) for value in values],
    )

    written = write(office, read_in(office, official_sample(4).content()))

    assert acts[:3] == ["", "", ""]
    assert acts[3] == written.token
    assert written.stage == ImportStage.WRITTEN


def test_outcomes_that_a_dead_process_left_out_are_noted_by_the_next(office, first, monkeypatch):
    batch = read_in(office, official_sample(4).content())
    with monkeypatch.context() as patched:
        patched.setattr(writing, "keep_outcomes", lambda *given: None)
        write(office, batch)
    assert not batch.rows.exclude(outcome="").exists()

    write(office, batch)

    for row in batch.rows.select_related("person"):
        assert row.person.full_name == row.value("member_name")
        assert Membership.objects.filter(person=row.person, household=row.household).exists()
    assert set(batch.rows.values_list("outcome", flat=True)) == {
        ImportOutcome.CREATED,
        ImportOutcome.UNCHANGED,
    }


def test_the_worker_notes_what_the_request_could_not(office, monkeypatch):
    def fail(*given):
        raise OperationalError

    batch = read_in(office, official_sample(2).content())
    with monkeypatch.context() as patched:
        patched.setattr(writing, "keep_outcomes", fail)
        written = write(office, batch)
    assert written.stage == ImportStage.WRITTEN
    assert accounted(batch) == outcome_counts(batch)[ImportOutcome.CREATED] == batch.rows.count()

    assert outcomes.finish_outcomes() == 1

    assert not batch.rows.exclude(outcome=ImportOutcome.CREATED).exists()
    assert outcomes.finish_outcomes() == 0


def test_outcomes_are_noted_of_persons_who_are_gone_again(office, monkeypatch):
    batch = read_in(office, official_sample(1).content())
    with monkeypatch.context() as patched:
        patched.setattr(writing, "keep_outcomes", lambda *given: None)
        write(office, batch)
    gone = Person.objects.order_by("pk").last()
    gone.memberships.all().delete()
    gone.delete()

    outcomes.finish_outcomes()

    assert batch.rows.filter(outcome=ImportOutcome.CREATED, person=None).count() == 1


def test_a_list_that_somebody_reads_anew_meanwhile_is_not_read(office, monkeypatch):
    """A reader that was taken for dead goes on beside the one that came after it."""
    keep, parts = reading._keep_part, []

    def keep_part(batch, rows, version):
        parts.append(rows)
        if len(parts) == 2:
            batch.rows.all().delete()
        keep(batch, rows, version)

    monkeypatch.setattr(reading, "KEPT_AT_ONCE", 2)
    monkeypatch.setattr(reading, "_keep_part", keep_part)

    with pytest.raises(ValidationError, match="vừa được sửa ở nơi khác"):
        read_in(office, official_sample(3).content())

    assert ImportBatch.objects.get().stage == ImportStage.CHOSEN


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_what_somebody_is_just_saving_is_waited_for(office, monkeypatch):
    first = official_sample(2)
    imported(office, first.content())
    person = Person.objects.get(citizen_id=first.cells["H8"])
    first.cells["D8"] = first.cells["C8"] = f"{person.full_name} Niê"
    batch = read_in(office, first.content())
    changed = [row.plan for row in batch.rows.all() if row.plan.action == ImportOutcome.UPDATED]
    assert [plan.person for plan in changed] == [person.pk]
    saved, compared = threading.Event(), threading.Event()

    def save():
        with history.writing(by=office, act="edit_person", source="web"):
            Person.objects.filter(pk=person.pk).update(has_merit=True)
            saved.set()
            compared.wait(20)
            time.sleep(0.5)  # until the list stands before the row

    def write_it():
        saved.wait(20)
        return write(office, batch)

    meanwhile(monkeypatch, compared.set)
    _, written = together([save, write_it])

    assert Person.objects.get(pk=person.pk).has_merit
    assert written.stage == ImportStage.WRITTEN


def test_outcomes_are_noted_once(office, first, django_assert_num_queries):
    batch = imported(office, official_sample(4).content())

    with django_assert_num_queries(1):
        outcomes.keep_outcomes(batch, lambda *told: None)


def test_a_household_in_use_is_not_taken_back(office):
    batch = imported(office, official_sample(1).content())
    household = Household.objects.get()
    other = Person.objects.create(
        ward=household.ward, full_name="Y Khách", search_key="y khach", sort_key="y", sex="male"
    )
    Membership.objects.create(
        ward=household.ward,
        household=household,
        person=other,
        relation="other",
        joined_on=household.opened_on,
    )

    with pytest.raises(ValidationError, match="đã được dùng ở nơi khác"):
        undo_written(office, batch)

    assert Household.objects.count() == 1
    for row in batch.rows.select_related("person"):
        assert row.household == household
        assert row.person.full_name == row.value("member_name")


def test_reserved_keys_are_nobody_elses(office):
    def person():
        return Person(
            ward=office.ward, full_name="Y Một", search_key="y mot", sort_key="y", sex="male"
        )

    rows = prepare_rows(Person, [person() for _ in range(3)])
    between = person()
    between.save()
    rows.insert()

    assert Person.objects.count() == 4
    assert len(rows.values) == 3
