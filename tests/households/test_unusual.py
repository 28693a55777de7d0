"""What the interruption pages list, and the check that recomputes every form."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from households.choices import PovertyClass
from households.models import Review
from households.selectors.explanations import unexplained
from households.selectors.unusual import unusual
from povertyplan.core import clock, history
from tests.factories.core import VillageFactory
from tests.factories.households import CampaignFactory, ProcedureFactory
from tests.households.campaigns import NOT_POOR, answers, entered, finish, submitted_campaign
from tests.households.test_steps import TODAY, complain, meet, post


@pytest.fixture(autouse=True)
def _today():
    with clock.set_to(TODAY):
        yield


@pytest.fixture
def campaign(ward):
    return CampaignFactory(ward=ward, procedure=ProcedureFactory())


def kinds(campaign):
    return {kind.title: [remark.text for remark in kind.remarks] for kind in unusual(campaign)}


def test_nothing_unusual_is_an_empty_list(campaign, village, coordinator):
    entered(campaign, village, by=coordinator)

    assert unusual(campaign) == []


def test_other_class_is_listed_with_its_reason(campaign, village, coordinator):
    said = answers(recorded_class=PovertyClass.POOR, class_reason="Họp dân thống nhất")
    entered(campaign, village, by=coordinator, said=said)

    (text,) = kinds(campaign)["Phân loại ghi nhận khác kết quả tính"]
    assert "Lý do: Họp dân thống nhất" in text


def test_two_steps_at_once_are_listed(campaign, village, coordinator):
    entered(campaign, village, by=coordinator, said=NOT_POOR)

    assert kinds(campaign)["Hộ chuyển hai bậc"] == ["từ hộ nghèo sang hộ không nghèo"]


def test_household_that_left_is_listed(campaign, village, coordinator):
    household = entered(campaign, village, by=coordinator).household
    household.closed_on, household.closing_reason = date(2026, 10, 1), "died"
    household.save()

    assert "01/10/2026" in kinds(campaign)["Hộ không còn trong sổ, không rà soát"][0]


def test_open_complaint_is_listed(campaign, village, coordinator):
    entered(campaign, village, by=coordinator)
    row = finish(campaign, village, by=coordinator)
    meet(row, coordinator)
    complain(post(row, coordinator), coordinator)

    assert "chưa giải quyết" in kinds(campaign)["Khiếu nại, phản ánh"][0]


def test_score_just_above_the_line_is_listed(campaign, village, coordinator):
    for score in (175, 176, 180, 181):
        said = answers(income_score=score, deprivations=frozenset())
        entered(campaign, village, by=coordinator, said=said)

    assert kinds(campaign)["Điểm B1 vừa quá mức chuẩn"] == [
        "176 điểm, mức 175 điểm",
        "180 điểm, mức 175 điểm",
    ]


def test_village_whose_forms_all_say_the_same_is_listed(campaign, village, coordinator):
    for _ in range(4):
        entered(campaign, village, by=coordinator)
    assert "Mọi hộ của thôn cùng điểm B2" not in kinds(campaign)

    entered(campaign, village, by=coordinator)
    assert kinds(campaign)["Mọi hộ của thôn cùng điểm B2"] == [f"{village}: 5 phiếu đều 30 điểm"]

    entered(campaign, village, by=coordinator, said=answers(deprivations=frozenset({1})))
    assert "Mọi hộ của thôn cùng điểm B2" not in kinds(campaign)


def test_only_the_given_villages_are_listed(campaign, village, coordinator, ward):
    entered(campaign, village, by=coordinator, said=NOT_POOR)
    other = VillageFactory(parent=ward)
    household = entered(campaign, other, by=coordinator, said=NOT_POOR).household

    found = unusual(campaign, villages={other.pk})

    assert {remark.household for kind in found for remark in kind.remarks} == {household.pk}


def test_every_stored_sentence_is_recomputed(campaign, village, coordinator, capsys):
    review = entered(campaign, village, by=coordinator)
    call_command("check_reviews")
    assert "1 phiếu: tất cả đều khớp" in capsys.readouterr().out

    with history.writing(by=coordinator, act="test", source="command"):
        Review.objects.filter(pk=review.pk).update(income_score=176)

    (found,) = unexplained(campaign)
    assert "176" in found.computed
    assert "Phiếu không khớp khi tính lại" in kinds(campaign)
    with pytest.raises(CommandError, match="1 phiếu không khớp"):
        call_command("check_reviews")


def test_leader_sees_what_is_unusual_and_the_draft(client_of, leader, ward, village, coordinator):
    campaign = submitted_campaign(ward, village, by=coordinator, said=(NOT_POOR,))
    page = client_of(leader).get(f"/reviews/{campaign.pk}/recognise/").content.decode()

    assert "Hộ chuyển hai bậc: 1" in page
    assert f"/forms/reviews/{campaign.pk}/ward/decision/docx/" in page


def test_query_count_does_not_grow(campaign, village, coordinator, django_assert_max_num_queries):
    for _ in range(3):
        entered(campaign, village, by=coordinator, said=NOT_POOR)
    with django_assert_max_num_queries(12):
        unusual(campaign)
