"""The targets of a year are set together, and an indicator keeps what its figures rest on."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from povertyplan.core.models import AuditEvent
from povertyplan.core.periods.services import lock_period
from povertyplan.core.platform.versions import StaleVersion
from projects.choices import Direction, Measure
from projects.models import Indicator, Target
from projects.rules.promises import Promise
from projects.targets.services.indicators import (
    IndicatorInput,
    add_indicator,
    change_indicator,
)
from projects.targets.services.targets import PromisedTarget, set_targets
from tests.factories.projects import IndicatorFactory, TargetFactory

LEVEL = Promise("level", Decimal(12), None, "equal", Decimal("0.15"), assigned_by="Tỉnh")


@pytest.fixture
def poor(ward):
    return IndicatorFactory(ward=ward, name="Số hộ nghèo")


@pytest.fixture
def near_poor(ward):
    return IndicatorFactory(ward=ward, name="Số hộ cận nghèo")


def put(by, *targets, year=2026, reason=""):
    ward = targets[0].indicator.ward
    return set_targets(ward=ward, year=year, targets=targets, reason=reason, by=by)


def details(**changes):
    stated = {"name": "Số hộ nghèo", "measure": Measure.COUNT, "measure_unit": "hộ"}
    return IndicatorInput(**{**stated, "direction": Direction.DOWN, **changes})


def test_first_targets_of_a_year_are_written_in_the_words_of_a_plan(poor, coordinator):
    (target,) = put(coordinator, PromisedTarget(poor, LEVEL))

    assert (target.low, target.rate, target.assigned_by) == (12, Decimal("0.15"), "Tỉnh")
    line = AuditEvent.objects.get(act="set_targets")
    assert line.summary == "Số hộ nghèo, 2026: còn 12\u00a0hộ, tỷ lệ 0,15%."


def test_sent_again_nothing_is_written(poor, coordinator):
    put(coordinator, PromisedTarget(poor, LEVEL))

    assert put(coordinator, PromisedTarget(poor, LEVEL)) == []
    assert Target.objects.count() == 1


def test_another_figure_is_a_revision_with_its_reason(poor, coordinator):
    (first,) = put(coordinator, PromisedTarget(poor, LEVEL))
    other = PromisedTarget(poor, Promise("level", Decimal(9)), seen=first.pk)

    with pytest.raises(ValidationError) as refused:
        put(coordinator, other)
    assert "reason" in refused.value.message_dict
    (revised,) = put(coordinator, other, reason="Tỉnh giao lại")

    assert (revised.supersedes, revised.low, revised.rate) == (first, 9, None)
    assert revised.reason == "Tỉnh giao lại"


def test_one_wrong_target_leaves_all_unwritten_and_every_fault_is_named(
    poor, near_poor, coordinator
):
    good = PromisedTarget(IndicatorFactory(ward=poor.ward), LEVEL)
    wrong = [PromisedTarget(each, Promise("equal", Decimal("-1"))) for each in (poor, near_poor)]

    with pytest.raises(ValidationError) as refused:
        put(coordinator, good, *wrong)

    assert [sentence.split(":")[0] for sentence in refused.value.messages] == [
        "Số hộ nghèo",
        "Số hộ cận nghèo",
    ]
    assert not Target.objects.exists()


def test_a_target_that_somebody_set_meanwhile_is_not_covered(poor, coordinator, leader):
    (first,) = put(leader, PromisedTarget(poor, LEVEL))

    with pytest.raises(StaleVersion) as stale:
        put(coordinator, PromisedTarget(poor, Promise("equal", Decimal(5))), reason="Số khác")

    assert stale.value.current == first
    assert Target.objects.get() == first


def test_a_target_is_not_emptied(poor, coordinator):
    (first,) = put(coordinator, PromisedTarget(poor, LEVEL))

    with pytest.raises(ValidationError, match="không bỏ trống"):
        put(coordinator, PromisedTarget(poor, Promise(), seen=first.pk), reason="Bỏ số")


def test_nothing_is_set_in_a_locked_year(poor, coordinator):
    lock_period(ward=poor.ward, year=2024, reason="Đã báo cáo cấp trên", by=coordinator)

    with pytest.raises(ValidationError, match="đã khóa"):
        put(coordinator, PromisedTarget(poor, LEVEL), year=2024)


def test_indicators_get_codes_that_texts_can_name_and_no_name_twice(ward, coordinator):
    added = add_indicator(ward=ward, details=details(name="Số hộ nghèo"), by=coordinator)

    assert added.code == "so_ho_ngheo"
    with pytest.raises(ValidationError) as refused:
        add_indicator(ward=ward, details=details(name="số  HỘ nghèo"), by=coordinator)
    assert "name" in refused.value.message_dict


def test_how_it_is_measured_stays_once_a_figure_rests_on_it(poor, coordinator):
    change = {"indicator": poor, "by": coordinator}
    changed = change_indicator(details=details(measure_unit="nhà"), version=1, **change)
    assert (changed.measure_unit, changed.version) == ("nhà", 2)
    TargetFactory(indicator=poor)

    with pytest.raises(ValidationError) as refused:
        change_indicator(details=details(measure=Measure.PERCENT), version=2, **change)

    assert set(refused.value.message_dict) == {"measure", "measure_unit"}
    renamed = details(name="Hộ nghèo", measure_unit="nhà")
    assert change_indicator(details=renamed, version=2, **change).name == "Hộ nghèo"
    assert Indicator.objects.get(pk=poor.pk).measure == Measure.COUNT
