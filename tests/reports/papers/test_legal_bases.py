"""The legal bases of a decision are those of its day, whole."""

import re
from datetime import date

import pytest

from reports.papers.decision import decision
from reports.papers.legal_bases import FILE, acts_of, legal_acts
from tests.factories.households import (
    CampaignFactory,
    DecisionFactory,
    ProcedureFactory,
    StandardFactory,
)

pytestmark = pytest.mark.alike

WHOLE = re.compile(r"số \d+/\d{4}/\S+ ngày \d\d tháng \d{1,2} năm \d{4}")


@pytest.fixture
def campaign(ward):
    return CampaignFactory(ward=ward, year=2025, procedure=ProcedureFactory())


def numbers(acts):
    return [re.search(r"số (\d+/\S+)", act)[1] for act in acts]


@pytest.mark.parametrize(
    ("year", "on", "cited"),
    [
        (2024, date(2024, 12, 16), ["77/2015/QH13", "47/2019/QH14", "07/2021/NĐ-CP"]),
        (2024, date(2025, 3, 3), ["65/2025/QH15", "07/2021/NĐ-CP"]),
        (2025, date(2025, 12, 15), ["72/2025/QH15", "07/2021/NĐ-CP"]),
        # The review of 2025 used the standard of 2025, whatever the day of its decision.
        (2025, date(2026, 1, 5), ["72/2025/QH15", "07/2021/NĐ-CP"]),
        (2026, date(2026, 12, 15), ["72/2025/QH15", "351/2025/NĐ-CP"]),
    ],
)
def test_acts_are_those_of_the_day(campaign, year, on, cited):
    campaign.year = year

    acts = acts_of(campaign, on)

    assert numbers(acts) == [*cited, "24/2021/QĐ-TTg"]


def test_every_act_has_number_date_and_subject():
    file = legal_acts(FILE)

    for act in (*file.laws, *file.standards, *file.procedures):
        assert WHOLE.search(act.text), act.text
    for act in (*file.standards, *file.procedures):
        assert " quy định " in act.text


def test_an_own_standard_is_cited_as_it_names_itself(campaign):
    campaign.standard = StandardFactory(code="own", legal_reference="Nghị quyết số 9/NQ-HĐND")

    assert "Nghị quyết số 9/NQ-HĐND" in acts_of(campaign, date(2025, 12, 15))


def test_a_decision_prints_them(campaign):
    DecisionFactory(ward=campaign.ward, campaign=campaign, decided_on=date(2026, 1, 5))

    (made,) = decision(campaign)

    assert [basis.text for basis in made.bases][:-1] == acts_of(campaign, date(2026, 1, 5))
