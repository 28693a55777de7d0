"""A unit's figure of a year: checked, versioned, written down, refused for a locked year."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from povertyplan.core import clock
from povertyplan.core.models import AuditEvent
from povertyplan.core.periods.services import lock_period
from povertyplan.core.platform.versions import StaleVersion
from projects.choices import Measure
from projects.models import Actual
from projects.targets.selectors import reported_of
from projects.targets.services import actuals
from projects.targets.services.actuals import report_actual
from tests.factories.projects import ActualFactory, IndicatorFactory


@pytest.fixture(autouse=True)
def day():
    """Within the year that is reported: it can still be estimated."""
    with clock.set_to(date(2025, 12, 15)):
        yield


@pytest.fixture
def indicator(ward):
    return IndicatorFactory(ward=ward, measure=Measure.PERCENT, measure_unit="%")


def report(indicator, by, **changes):
    values = {
        "indicator": indicator,
        "area": indicator.ward,
        "year": 2025,
        "numerator": 44,
        "denominator": 45,
        "as_of": date(2025, 11, 30),
        "is_estimate": True,
        "note": "",
        "version": None,
        "by": by,
    }
    return report_actual(**{**values, **changes})


def test_reported_actual_is_saved_and_written_down(indicator, reporter):
    actual = report(indicator, reporter)

    assert (actual.numerator, actual.denominator, actual.version) == (44, 45, 1)
    event = AuditEvent.objects.get(act="report_actual")
    assert (event.actor, event.ward) == (reporter, indicator.ward)
    assert event.summary.endswith("44/45, đến ngày 30/11/2025, ước thực hiện")


def test_changed_actual_keeps_both_figures_in_the_journal(indicator, reporter):
    first = report(indicator, reporter)
    changed = report(indicator, reporter, numerator=45, is_estimate=False, version=first.version)

    assert (changed.numerator, changed.version) == (45, 2)
    summary = AuditEvent.objects.order_by("pk").last().summary
    assert "44/45, đến ngày 30/11/2025, ước thực hiện → 45/45" in summary


def test_a_period_that_is_over_is_not_estimated(indicator, reporter):
    with clock.set_to(date(2026, 1, 2)):
        with pytest.raises(ValidationError, match="Kỳ đã hết ngày 31/12/2025"):
            report(indicator, reporter)
        report(indicator, reporter, is_estimate=False)


def test_what_was_estimated_in_time_may_be_corrected_later(indicator, reporter):
    first = report(indicator, reporter)
    with clock.set_to(date(2026, 1, 2)):
        changed = report(indicator, reporter, numerator=43, version=first.version)

    assert (changed.numerator, changed.is_estimate) == (43, True)


def test_same_actual_sent_twice_changes_nothing(indicator, reporter):
    report(indicator, reporter)

    assert report(indicator, reporter).version == 1
    assert AuditEvent.objects.filter(act="report_actual").count() == 1


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"numerator": 46}, "numerator", actuals.PART_ABOVE_WHOLE),
        ({"denominator": None}, "denominator", actuals.WHOLE_MISSING),
        ({"numerator": 0, "denominator": 0}, "denominator", actuals.WHOLE_MISSING),
        ({"as_of": date(2026, 12, 31)}, "as_of", actuals.FUTURE_DAY),
        ({"as_of": date(2024, 12, 31)}, "as_of", "Nhập một ngày trong năm 2025."),
    ],
)
def test_impossible_actual_is_refused_at_its_field(indicator, reporter, changes, field, sentence):
    with pytest.raises(ValidationError) as refused:
        report(indicator, reporter, **changes)

    assert refused.value.message_dict == {field: [sentence]}
    assert not Actual.objects.exists()
    assert not AuditEvent.objects.filter(act="report_actual").exists()


@pytest.mark.parametrize("version", [None, 1])
def test_actual_over_somebody_elses_is_stale(indicator, reporter, version):
    saved = ActualFactory(indicator=indicator, numerator=30, denominator=45, version=2)

    with pytest.raises(StaleVersion) as stale:
        report(indicator, reporter, version=version)

    assert stale.value.current == saved
    saved.refresh_from_db()
    assert (saved.numerator, saved.version) == (30, 2)


def test_first_actual_with_a_version_is_refused(indicator, reporter):
    with pytest.raises(ValidationError, match="Số phiên bản"):
        report(indicator, reporter, version=3)

    assert not Actual.objects.exists()


def test_actual_of_a_locked_year_is_refused(indicator, reporter, leader):
    with clock.set_to(date(2026, 1, 2)):
        lock_period(ward=indicator.ward, year=2025, reason="Đã báo cáo cấp trên", by=leader)

        with pytest.raises(ValidationError, match="Số liệu năm 2025 đã khóa"):
            report(indicator, reporter)


def test_actual_of_a_computed_indicator_is_refused(ward, reporter):
    with pytest.raises(ValidationError, match="tính từ kết quả rà soát"):
        report(IndicatorFactory(ward=ward, query="poor_households"), reporter, denominator=None)


def test_what_the_ledger_contradicts_takes_a_reason(indicator, reporter):
    against = {"contradictions": ("Số vừa nhập là 1.050, sổ có 45.",)}

    with pytest.raises(ValidationError) as refused:
        report(indicator, reporter, **against)
    assert "1.050" in str(refused.value.message_dict["ledger_reason"])
    saved = report(indicator, reporter, ledger_reason="Tính cả học sinh nội trú", **against)

    assert saved.ledger_reason == "Tính cả học sinh nội trú"


def test_a_reason_is_not_kept_where_nothing_contradicts(indicator, reporter):
    assert report(indicator, reporter, ledger_reason="Ghi thừa").ledger_reason == ""


def test_a_figure_of_a_quarter_is_of_a_day_in_it(ward, reporter):
    trained = IndicatorFactory(ward=ward, period="quarter", accumulation="sum")
    figure = {"denominator": None, "is_estimate": False}
    first = report(trained, reporter, period=1, as_of=date(2025, 3, 31), numerator=5, **figure)

    with pytest.raises(ValidationError, match="từ 01/04/2025 đến 30/06/2025"):
        report(trained, reporter, period=2, as_of=date(2025, 3, 31), **figure)
    with pytest.raises(ValidationError, match="không có kỳ"):
        report(trained, reporter, period=5, as_of=date(2025, 3, 31), **figure)
    report(trained, reporter, period=2, as_of=date(2025, 6, 30), numerator=7, **figure)

    reached = reported_of(ward)[trained.pk, 2025]
    assert (reached.value, reached.as_of) == (12, date(2025, 6, 30))
    assert first.period == 1
