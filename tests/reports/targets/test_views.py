"""The form of a year's figure: for the unit that follows it, from the list and the to-do."""

from datetime import date

import pytest
from django.urls import reverse

from povertyplan.core.choices import Role
from povertyplan.core.periods.services import lock_period
from projects.choices import Measure
from projects.models import Actual
from projects.targets.services.actuals import report_actual
from tests.factories.core import UnitFactory, user_with
from tests.factories.projects import ActualFactory, IndicatorFactory, TargetFactory
from tests.pages import NOT_FOUND, heading_of

SENT = {"numerator": "44", "denominator": "45", "as_of": "30/11/2025", "version": ""}


@pytest.fixture
def indicator(ward, reporter):
    indicator = IndicatorFactory(
        ward=ward,
        owner=reporter.units[0],
        name="Người có thẻ",
        measure=Measure.PERCENT,
        measure_unit="%",
    )
    TargetFactory(indicator=indicator, year=2025, low=98)
    return indicator


def url_of(indicator, year=2025):
    return reverse("reports:actual_edit", args=[indicator.pk, year])


@pytest.mark.parametrize("who", ["reporter", "coordinator"])
def test_actual_edit_saves_for_the_unit_and_for_who_consolidates(
    indicator, client_of, request, who
):
    client = client_of(request.getfixturevalue(who))
    assert "Người có thẻ" in client.get(url_of(indicator)).content.decode()

    answer = client.post(url_of(indicator), SENT)

    assert answer.url == f"/targets/?year=2025#indicator-{indicator.pk}"
    saved = Actual.objects.get()
    assert (saved.numerator, saved.denominator, saved.as_of) == (44, 45, date(2025, 11, 30))
    assert "97,78" in client.get(reverse("reports:target_list")).content.decode()


@pytest.mark.parametrize("method", ["get", "post"])
def test_actual_edit_is_closed_to_other_units_roles_and_wards(
    ward, indicator, stranger, leader, client_of, method
):
    other_unit = user_with(Role.UNIT_REPORTER, ward, unit=UnitFactory(ward=ward))
    answers = [
        getattr(client_of(user), method)(url_of(indicator), SENT).status_code
        for user in (other_unit, leader, stranger)
    ]

    assert answers == [403, 403, 404]
    assert not Actual.objects.exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"numerator": "46"}, "Số đạt không được lớn hơn tổng số."),
        ({"numerator": "4,5"}, "Nhập số nguyên từ 0 trở lên."),
        ({"denominator": ""}, "Nhập tổng số, là số nguyên từ 1 trở lên."),
        ({"as_of": "31/12/2026"}, "Ngày số liệu không được sau hôm nay."),
        ({"as_of": "32/13/2025"}, "Nhập ngày theo dạng ngày/tháng/năm"),
    ],
)
def test_actual_edit_says_what_is_wrong_and_saves_nothing(
    indicator, reporter, client_of, changes, sentence
):
    answer = client_of(reporter).post(url_of(indicator), {**SENT, **changes})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Actual.objects.exists()


def test_stale_actual_shows_both_figures_and_can_be_replaced_knowingly(
    indicator, reporter, coordinator, client_of
):
    report_actual(
        indicator=indicator,
        area=indicator.ward,
        year=2025,
        numerator=30,
        denominator=45,
        as_of=date(2025, 10, 31),
        is_estimate=False,
        note="",
        version=None,
        by=coordinator,
    )
    client = client_of(reporter)

    answer = client.post(url_of(indicator), SENT)

    page = answer.content.decode()
    assert answer.status_code == 409
    for text in (str(coordinator), "30/45, đến ngày 31/10/2025", "44/45, đến ngày 30/11/2025"):
        assert text in page
    assert Actual.objects.get().numerator == 30
    assert 'name="version" value="1"' in page
    assert client.post(url_of(indicator), {**SENT, "version": "1"}).status_code == 302
    assert Actual.objects.get().numerator == 44


def test_actual_of_a_locked_year_has_no_form(indicator, reporter, leader, client_of):
    lock_period(ward=indicator.ward, year=2025, reason="Đã báo cáo cấp trên", by=leader)

    page = client_of(reporter).get(url_of(indicator)).content.decode()

    assert "Số liệu năm 2025 đã khóa (" in page
    assert 'name="numerator"' not in page


def test_computed_unpromised_and_coming_figures_have_no_form(
    ward, indicator, coordinator, client_of
):
    computed = IndicatorFactory(ward=ward, query="poor_households")
    TargetFactory(indicator=computed)
    TargetFactory(indicator=indicator, year=2029)
    client = client_of(coordinator)

    for url in (url_of(computed), url_of(indicator, 2024), url_of(indicator, 2029)):
        assert heading_of(client.get(url)) == NOT_FOUND


def test_target_list_leads_to_the_form_of_own_indicators_only(
    ward, indicator, reporter, observer, client_of
):
    foreign = IndicatorFactory(ward=ward, owner=UnitFactory(ward=ward))
    nobodys = IndicatorFactory(ward=ward, owner=None)
    for one in (foreign, nobodys):
        TargetFactory(indicator=one)
    ActualFactory(indicator=indicator, denominator=20)
    address = reverse("reports:target_list") + "?year=2025"

    own = client_of(reporter).get(address).content.decode()
    watched = client_of(observer).get(address).content.decode()

    assert url_of(indicator) in own
    assert url_of(foreign) not in own
    assert url_of(nobodys) not in own
    assert "Nhập kết quả" not in watched
