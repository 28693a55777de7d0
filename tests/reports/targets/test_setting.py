"""The grid of a year's targets and the pages of an indicator, as the coordinator uses them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from projects.models import Indicator, Target
from tests.factories.projects import IndicatorFactory, TargetFactory

YEAR = reverse("reports:target_year", args=[2026])


@pytest.fixture
def poor(ward):
    return IndicatorFactory(ward=ward, name="Số hộ nghèo")


def line(indicator, **values):
    stated = {"seen": "", "operator": "", "low": "", "high": "", "note": "", **values}
    return {f"i{indicator.pk}-{name}": value for name, value in stated.items()}


def test_a_new_ward_is_led_from_the_empty_table_to_its_first_target(ward, coordinator, client_of):
    client = client_of(coordinator)
    assert reverse("reports:indicator_new") in client.get(YEAR).content.decode()

    page = client.get(reverse("reports:indicator_new"))
    sent = {"key": page.context["form"]["key"].value(), "name": "Số hộ nghèo", "measure": "count"}
    sent |= {"measure_unit": "hộ", "direction": "down", "source": "poor_households"}
    client.post(reverse("reports:indicator_new"), sent)
    indicator = Indicator.objects.get()
    assert indicator.query == "poor_households"

    answer = client.post(
        YEAR, line(indicator, operator="level", low="12") | {"assigned_by": "Tỉnh"}
    )
    assert answer.url == f"/targets/?year=2026#indicator-{indicator.pk}"
    detail = client.get(f"/targets/indicators/{indicator.pk}/").content.decode()
    assert "còn 12\u00a0hộ" in detail.lower()


def test_wrong_lines_are_named_kept_and_nothing_is_saved(ward, poor, coordinator, client_of):
    other = IndicatorFactory(ward=ward, name="Số hộ cận nghèo")
    sent = line(poor, operator="range", low="9", high="6") | line(
        other, operator="level", low="104"
    )

    answer = client_of(coordinator).post(YEAR, sent)

    words = answer.content.decode()
    assert answer.status_code == 422
    assert "Số cuối của khoảng không được nhỏ hơn số đầu." in words
    assert 'value="104"' in words
    assert not Target.objects.exists()


def test_who_comes_second_sees_it_and_may_still_revise(poor, coordinator, client_of):
    client = client_of(coordinator)
    theirs = TargetFactory(indicator=poor, year=2026, operator="level", low=12)

    answer = client.post(YEAR, line(poor, operator="level", low="9") | {"reason": "Giao lại"})

    assert answer.status_code == 422
    assert f'name="i{poor.pk}-seen" value="{theirs.pk}"' in answer.content.decode()
    again = line(poor, operator="level", low="9", seen=theirs.pk) | {"reason": "Giao lại"}
    client.post(YEAR, again)
    assert Target.objects.in_force().get().low == 9


def test_an_indicator_added_meanwhile_is_left_alone(ward, poor, coordinator, client_of):
    added = TargetFactory(indicator=IndicatorFactory(ward=ward), year=2026, low=7)

    client_of(coordinator).post(YEAR, line(poor, operator="level", low="9"))

    assert {target.low for target in Target.objects.in_force()} == {7, 9}
    assert not Target.objects.exclude(pk=added.pk).filter(supersedes=added).exists()


def test_the_grid_asks_the_same_for_any_number_of_indicators(ward, poor, coordinator, client_of):
    client = client_of(coordinator)

    def count():
        with CaptureQueriesContext(connection) as asked:
            client.get(YEAR)
        return len(asked)

    few = count()
    for _ in range(2):
        TargetFactory(indicator=IndicatorFactory(ward=ward), year=2026)

    assert count() == few


def test_the_table_says_who_assigned_the_target_of_its_year(poor, coordinator, client_of):
    TargetFactory(indicator=poor, year=2026, low=9, assigned_by="Ủy ban nhân dân tỉnh")
    TargetFactory(indicator=poor, year=2027, low=5)

    client = client_of(coordinator)
    pages = [client.get(f"/targets/?year={year}").content.decode() for year in (2026, 2027)]

    assert ["Cấp giao: Ủy ban nhân dân tỉnh" in page for page in pages] == [True, False]
