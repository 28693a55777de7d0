"""The small ward of the demonstration that carries out the programme 2026-2035."""

from datetime import date

import pytest
from django.core.management import call_command

from households.models import Household
from povertyplan.core import clock
from povertyplan.demo.second.ward import GIVEN_ON, PROGRAMME, invent_second_ward
from projects.choices import SupportState
from projects.models import BudgetEntry, Support, WardProject
from reports.figures.registry import FigureRegistry


@pytest.mark.alike
def test_the_second_ward_is_small_and_shows_each_list(db):
    call_command("load_reference", verbosity=0)
    with clock.set_to(GIVEN_ON.replace(month=11, day=20)):
        ward = invent_second_ward()

    assert Household.objects.filter(ward=ward).count() == 30
    projects = WardProject.objects.filter(ward=ward)
    assert set(projects.values_list("project__programme__code", flat=True)) == {PROGRAMME}
    supports = Support.objects.filter(ward=ward)
    assert supports.exclude(repeat_reason="").exists()
    assert supports.filter(state=SupportState.PROMISED).exists()
    assert supports.filter(person__memberships__left_on__isnull=False).exists()
    assert BudgetEntry.objects.filter(ward=ward, document_number="").exists()
    counts = FigureRegistry(ward=ward, until=date(2026, 11, 20)).counts(2025)
    assert (counts.poor, counts.near_poor, counts.total_households) == (9, 14, 620)
