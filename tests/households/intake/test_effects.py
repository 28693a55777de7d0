"""The figures that a preview promises are those that writing brings."""

import pytest

from households.choices import PovertyClass
from households.intake.writing.selectors.effects import class_effects
from households.intake.writing.selectors.preview import preview_of
from households.ledger.selectors.classes import class_counts, class_counts_by_village
from households.models import Household
from povertyplan.core import clock
from povertyplan.core.models import Area
from tests.households.imports import imported, read_in, write
from tests.households.samples import VILLAGES, damage, official_sample


def figures(ward) -> dict[str, list[int]]:
    """Households of each class by village, and of the ward."""
    known = {
        each.village.name: each.counts
        for each in class_counts_by_village(ward=ward, on=clock.today())
    }
    known[ward.name] = class_counts(area=ward, on=clock.today())
    return {
        name: [getattr(counts, value) for value in PovertyClass.values]
        for name, counts in known.items()
    }


@pytest.mark.parametrize("seed", range(4))
def test_promised_figures_are_those_after_writing(office, seed):
    classes = ("Hộ nghèo", "Hộ cận nghèo", "Không nghèo", None)
    imported(office, official_sample(3, seed=seed).content())
    bigger = official_sample(7, seed=seed)
    heads = [cell[1:] for cell in bigger.cells if cell[0] == "B" and cell[1:].isdigit()]
    for position, number in enumerate(heads):
        bigger.cells[f"P{number}"] = classes[position % 4]
    for number in range(int(heads[0]), int(heads[1])):
        now = VILLAGES.index(bigger.cells[f"N{number}"])
        bigger.cells[f"N{number}"] = VILLAGES[(now + 1) % 3]
    damage(bigger, seed)
    batch = read_in(office, bigger.content())
    before = figures(office.ward)

    promised = preview_of(batch).effects
    write(office, batch)

    after = figures(office.ward)
    assert {place.name for place in promised} == {
        name for name in after if after[name] != before[name]
    } | {office.ward.name}
    for place in promised:
        assert [effect.before for effect in place.classes] == before[place.name]
        assert [effect.after for effect in place.classes] == after[place.name]


def test_class_of_a_known_household_promises_nothing(office):
    sample = official_sample(2)
    imported(office, sample.content())
    sample.cells["P8"] = "Hộ cận nghèo"
    batch = read_in(office, sample.content())

    assert preview_of(batch).effects == []


def test_household_that_changes_its_village_takes_its_class_along(office):
    sample = official_sample(1)
    imported(office, sample.content())
    old = Household.objects.get().village.name
    new = next(name for name in VILLAGES if name != old)
    for cell in [cell for cell in sample.cells if cell[0] == "N" and cell[1:].isdigit()]:
        sample.cells[cell] = new
    batch = read_in(office, sample.content())

    effects = {place.name: place.classes[0] for place in preview_of(batch).effects}

    assert {name: (each.before, each.after) for name, each in effects.items()} == {
        old: (1, 0),
        new: (0, 1),
        office.ward.name: (1, 1),
    }


@pytest.mark.parametrize("count", [1, 3])
def test_effects_cost_the_same_for_any_number(office, count, django_assert_num_queries):
    batch = read_in(office, official_sample(count).content())
    rows = list(batch.rows.all())

    with django_assert_num_queries(4):
        assert class_effects(batch, rows)[-1].classes[0].after == count


def test_village_without_a_change_is_left_out(office):
    batch = read_in(office, official_sample(1).content())

    places = [place.name for place in preview_of(batch).effects]

    assert places == [batch.rows.first().value("village"), office.ward.name]
    assert Area.objects.villages_of(office.ward).count() == 3
