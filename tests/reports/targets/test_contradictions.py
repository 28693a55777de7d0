"""A typed figure that the ledger contradicts is named before it is saved, and asks for a reason."""

from datetime import date

import pytest
from django.urls import reverse

from projects.choices import Measure
from projects.models import Actual
from reports.targets.contradictions import contradictions
from tests.factories.projects import IndicatorFactory, TargetFactory
from tests.pages import text_of
from tests.reports.histories import POOR, TODAY, recognised, spells


@pytest.fixture
def insured(ward, village):
    """Three poor persons; two of three poor households lack indicator 5."""
    for _ in range(3):
        spells(village, (POOR, date(2024, 12, 15)))
    recognised(ward, 2025, (village, POOR, [5]), (village, POOR, [5]), (village, POOR, []))
    indicator = IndicatorFactory(
        ward=ward, measure=Measure.PERCENT, measure_unit="%", direction="up",
        whole_query="poor_persons", lacking=5,
    )  # fmt: skip
    TargetFactory(indicator=indicator, low=95)
    return indicator


def test_the_total_and_who_is_left_out_are_compared_with_the_ledger(insured):
    typed = {"indicator": insured, "year": 2025, "today": TODAY}

    wrong = contradictions(numerator=1049, denominator=1050, **typed)

    assert "Số vừa nhập là 1.050, sổ có 3 (số nhân khẩu hộ nghèo" in wrong[0]
    assert "Số chưa đạt là 1, nhưng phiếu rà soát có 2 hộ thiếu hụt" in wrong[1]
    assert contradictions(numerator=1, denominator=3, **typed) == ()


def test_a_contradiction_is_named_at_the_reason_and_nothing_is_saved(
    insured, coordinator, client_of
):
    address = reverse("reports:actual_edit", args=[insured.pk, 2025])
    sent = {"numerator": "1049", "denominator": "1050", "as_of": "31/12/2025"}

    page = client_of(coordinator).post(address, sent)

    assert page.status_code == 422
    assert "sổ có 3" in text_of(page)
    assert not Actual.objects.exists()
    client_of(coordinator).post(address, {**sent, "ledger_reason": "Tính cả học sinh nội trú"})
    assert Actual.objects.get().ledger_reason == "Tính cả học sinh nội trú"
