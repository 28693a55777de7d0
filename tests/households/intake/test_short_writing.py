"""A list is compared before its transaction; what others do meanwhile is not lost (ADR 23)."""

import pytest
from django.core.exceptions import ValidationError

from households.choices import ImportOutcome, ImportStage
from households.intake.writing.services import outcomes, writing
from households.intake.writing.services.preparing import prepare_import
from households.models import Household, ImportRow, Membership, Person
from povertyplan.core.database.prepared_rows import prepare_rows
from povertyplan.core.journal import history
from tests.households.batches import edit
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
