"""An invented province: the same words make the same people, and half of one is never left."""

from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from households.choices import CampaignStage, PovertyClass
from households.ledger.selectors.standards import standard_rules
from households.models import Household, HouseholdStatus, Person, Review, SupportNeed
from households.rules.classification import classify
from povertyplan.core.choices import AreaKind
from povertyplan.core.journal import triggers
from povertyplan.core.models import Area, RowChange, UnsealedChange, User
from povertyplan.province import making
from povertyplan.province.making import Size, make_province, remove_province
from projects.models import Support, Target
from tests.factories.core import UserFactory

pytestmark = pytest.mark.django_db
SMALL = Size(wards=2, households=30, seed=7)


def made(**options):
    return list(make_province(size=SMALL, with_history=False, **options))


def people():
    return sorted(Person.objects.values_list("ward__code", "full_name", "birth_date", "citizen_id"))


def classes():
    spells = HouseholdStatus.objects.values_list(
        "household__ward__code", "household__code", "starts_on", "ends_on", "poverty_class"
    )
    return sorted(spells, key=str)


def test_the_same_words_make_the_same_province_after_its_removal():
    made()
    first = people(), classes()
    remove_province()
    assert not User.objects.exists()
    made()

    assert (people(), classes()) == first
    assert len({number for *_rest, number in first[0]}) == len(first[0])


def test_a_ward_has_three_recognised_years_and_one_that_runs():
    made()
    ward = Area.objects.filter(kind=AreaKind.WARD).first()

    stages = list(ward.campaigns.order_by("year").values_list("year", "stage"))
    recognised = CampaignStage.RECOGNISED
    assert stages == [(2023, recognised), (2024, recognised), (2025, recognised), (2026, "open")]
    assert all(version.is_intact for version in ward.campaigns.get(year=2025).versions.all())
    assert Household.objects.filter(ward=ward).count() == SMALL.households
    for model in (Target, SupportNeed, Support):
        assert model.objects.filter(ward=ward).exists()


def test_every_class_follows_from_its_form_and_every_ledger_is_whole():
    made()
    for review in Review.objects.done().select_related("campaign__standard", "village"):
        rules = standard_rules(review.campaign.standard)
        outcome = classify(rules, review.village.setting, review.income_score, review.deprivations)
        assert review.recorded_class == outcome.poverty_class
    for household in Household.objects.all():
        spells = list(household.statuses.order_by("starts_on"))
        assert [each.ends_on is None for each in spells] == [False] * (len(spells) - 1) + [True]
        for earlier, later in pairwise(spells):
            assert (later.starts_on - earlier.ends_on).days == 1
    assert {*HouseholdStatus.objects.values_list("poverty_class", flat=True)} == {
        PovertyClass.POOR,
        PovertyClass.NEAR_POOR,
        PovertyClass.NOT_POOR,
    }


def test_history_is_written_or_left_out_and_the_triggers_stand_afterwards():
    made()
    assert not RowChange.objects.filter(table="households_person").exists()
    assert triggers.installed() == triggers.expected()
    remove_province()
    list(make_province(size=Size(1, 30, 7)))

    assert RowChange.objects.filter(table="households_person").count() == Person.objects.count()
    assert RowChange.objects.filter(table="households_person", actor="system").exists()
    assert not UnsealedChange.objects.exists()


def test_one_half_built_is_resumed_with_what_it_would_have_been(monkeypatch):
    made()
    whole = people()
    remove_province()
    half = make_province(size=SMALL, with_history=False)
    next(half)
    half.close()

    with pytest.raises(ValidationError, match="1/2"):
        made()
    assert [each.position for each in made(resume=True)] == [2]
    assert people() == whole
    assert made() == []


def test_a_ward_that_fails_leaves_nothing(monkeypatch):
    def refuse(ward):
        raise OSError("No space left on device")

    monkeypatch.setattr(making, "invent_programme", refuse)
    with pytest.raises(OSError, match="space"):
        made()

    assert not Area.objects.filter(kind=AreaKind.WARD).exists()
    assert triggers.installed() == triggers.expected()


def test_a_database_with_anything_else_is_refused():
    UserFactory()

    with pytest.raises(CommandError, match="dữ liệu khác"):
        call_command("make_province", households=30)
    with pytest.raises(CommandError, match="dữ liệu khác"):
        call_command("make_province", remove=True)
    assert User.objects.count() == 1


def test_another_size_is_refused():
    made()

    with pytest.raises(CommandError, match="2 xã, mỗi xã 30 hộ"):
        call_command("make_province", wards=3, households=30, resume=True)
