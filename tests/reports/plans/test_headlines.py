"""The sentences of a report: whole ones, also where nothing is recorded."""

from datetime import date

import pytest

from povertyplan.core import clock
from projects.choices import BudgetAct, BudgetSource
from reports.choices import BlockKind
from reports.plans.blocks import DocumentData
from reports.plans.blocks.headlines import headlines
from reports.printing import tree
from tests.factories.households import HouseholdFactory, NeedFactory, PledgeFactory
from tests.factories.projects import (
    ActualFactory,
    BudgetEntryFactory,
    IndicatorFactory,
    SupportFactory,
    TargetFactory,
    WardProjectFactory,
)
from tests.factories.reports import BlockFactory, DocumentFactory
from tests.reports.histories import ward_with_results

DAY = date(2026, 9, 30)


@pytest.fixture(autouse=True)
def day():
    with clock.set_to(date(2026, 10, 2)):
        yield


def said(ward, topic, year=2026):
    document = DocumentFactory(ward=ward, kind="report", data_on=DAY)
    block = BlockFactory(
        document=document, kind=BlockKind.HEADLINES, parameters={"year": year, "topic": topic}
    )
    return [tree.plain(each.text) for each in headlines(DocumentData(document), block, 2)]


@pytest.mark.parametrize("topic", ["movement", "deprivations", "money"])
def test_where_a_table_below_says_it_nothing_is_said_twice(ward, topic):
    assert said(ward, topic) == []


@pytest.mark.parametrize("topic", ["targets", "supports", "needs", "publicity", "pledges"])
def test_where_nothing_is_recorded_one_sentence_says_so(ward, topic):
    (sentence,) = said(ward, topic)

    assert sentence.endswith(".")
    assert "hưa" in sentence
    assert ": ." not in sentence
    assert "()" not in sentence


def test_money_is_said_by_source_up_to_the_day(ward):
    project = WardProjectFactory(ward=ward)
    for source, act, amount, dated in (
        (BudgetSource.values[0], BudgetAct.ALLOCATED, 200_000_000, date(2026, 2, 1)),
        (BudgetSource.values[0], BudgetAct.DISBURSED, 50_000_000, date(2026, 8, 1)),
        (BudgetSource.values[0], BudgetAct.DISBURSED, 99_000_000, date(2026, 10, 1)),
        (BudgetSource.values[1], BudgetAct.ALLOCATED, 30_000_000, date(2026, 2, 1)),
    ):
        BudgetEntryFactory(
            ward_project=project, year=2026, source=source, act=act, amount=amount, dated=dated
        )

    first, second = BudgetSource(BudgetSource.values[0]), BudgetSource(BudgetSource.values[1])
    assert said(ward, "money") == [
        f"{first.label}: được sử dụng 200,0 triệu đồng, đã giải ngân 50,0 triệu đồng (25,0%).",
        f"{second.label}: được sử dụng 30,0 triệu đồng, chưa ghi khoản giải ngân nào.",
    ]


def test_targets_are_counted_by_standing(ward):
    for reached in (12, 20, None):
        indicator = IndicatorFactory(ward=ward, direction="up")
        TargetFactory(indicator=indicator, year=2025, low=12)
        if reached is not None:
            ActualFactory(indicator=indicator, year=2025, numerator=reached)

    (sentence,) = said(ward, "targets", year=2025)

    assert sentence.startswith("Trong 3 chỉ tiêu của năm 2025: ")
    for part in ("1 đạt", "1 vượt", "1 chưa có số chính thức"):
        assert part in sentence


def test_supports_and_needs_count_up_to_the_day(ward):
    household = HouseholdFactory(village__parent=ward)
    for delivered in (date(2026, 3, 1), date(2026, 4, 1), date(2026, 10, 1)):
        SupportFactory(household=household, delivered_on=delivered)
    NeedFactory(household=household, asked_on=date(2026, 1, 5))
    NeedFactory(
        household=household,
        asked_on=date(2026, 1, 5),
        outcome="served",
        ended_on=date(2026, 3, 1),
        end_reason="Đã cấp",
    )

    assert said(ward, "supports") == [
        "Đến ngày 30/09/2026 đã giao 2 lượt hỗ trợ trong năm 2026, cho 1 hộ."
    ]
    assert said(ward, "needs") == [
        "Đến ngày 30/09/2026 đáp ứng 1 trong 2 nhu cầu hỗ trợ đã ghi (50,0%);"
        " còn 1 nhu cầu chưa đáp ứng."
    ]


def test_pledges_are_counted_with_what_came_of_them(ward):
    PledgeFactory(household__village__parent=ward)

    assert said(ward, "pledges") == [
        "Đến ngày 30/09/2026 có 1 hộ đăng ký thoát nghèo, thoát cận nghèo năm 2026:"
        " 1 hộ chờ kết quả rà soát."
    ]


def test_a_closed_year_says_its_households_and_what_came_and_went(ward):
    ward_with_results(ward)

    counts, poor, near_poor = said(ward, "movement", year=2025)

    assert counts.startswith("Cuối năm 2025 có 02 hộ nghèo")
    assert ", 01 hộ cận nghèo" in counts
    assert poor.startswith("Trong năm 2025, danh sách hộ nghèo giảm 01 hộ, tăng 0")
    assert near_poor.startswith("Trong năm 2025, danh sách hộ cận nghèo giảm ")


def test_a_running_year_says_the_day_and_that_it_is_preliminary(ward):
    ward_with_results(ward)

    (counts,) = said(ward, "movement", year=2026)

    assert counts.startswith("Số sơ bộ theo sổ đến ngày 30/09/2026: 02 hộ nghèo")
