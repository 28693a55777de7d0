"""What the interruption pages list, and the check that recomputes every form."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from households.campaign.procedure.services.meetings import HouseholdVotes
from households.campaign.recognition.presenters import present_unusual
from households.campaign.recognition.selectors.unusual import find_unusual
from households.choices import PovertyClass
from households.entry.survey.selectors.explanations import find_unexplained
from households.models import PovertyCause, Review, ReviewCampaign
from households.rules.plausibility import is_unusual_share
from povertyplan.core import clock
from povertyplan.core.journal import history
from tests.factories.core import VillageFactory
from tests.factories.households import (
    CampaignFactory,
    HouseholdFactory,
    MembershipFactory,
    PersonFactory,
    ProcedureFactory,
)
from tests.households.campaigns import (
    NEAR_POOR,
    NOT_POOR,
    POOR,
    answers,
    entered,
    finish,
    pending_review,
    submitted_campaign,
)
from tests.households.procedures import TODAY, complain, meet, post


@pytest.fixture(autouse=True)
def _today():
    with clock.set_to(TODAY):
        yield


@pytest.fixture
def campaign(ward):
    return CampaignFactory(ward=ward, procedure=ProcedureFactory())


TWENTY = {"attendance": 20, "agreeing": 20}


def kinds(campaign):
    """The sentences that the page lists, by title."""
    return {
        kind.title: [sentence for _remark, sentence in kind.remarks]
        for kind in present_unusual(find_unusual(campaign))
    }


def test_nothing_unusual_is_an_empty_list(campaign, village, coordinator):
    PovertyCause.objects.create(number=2, name="Không có vốn sản xuất, kinh doanh")
    entered(campaign, village, by=coordinator, said=replace(POOR, causes=frozenset({2})))

    assert find_unusual(campaign) == []


def test_poor_households_without_a_cause_are_listed(campaign, village, coordinator):
    for said in (POOR, NEAR_POOR, NOT_POOR):
        entered(campaign, village, by=coordinator, said=said)

    listed = kinds(campaign)["Hộ nghèo, hộ cận nghèo chưa ghi nguyên nhân nghèo"]
    assert listed == ["hộ nghèo", "hộ cận nghèo"]


def test_a_household_voted_down_is_listed(campaign, village, coordinator):
    review = entered(campaign, village, by=coordinator)
    agreed = entered(campaign, village, by=coordinator)
    votes = (HouseholdVotes(review.pk, 2, 18), HouseholdVotes(agreed.pk, 10, 10))
    meet(finish(campaign, village, by=coordinator), coordinator, **TWENTY, votes=votes)

    (kind,) = [one for one in find_unusual(campaign) if one.kind == "voted_down"]
    assert [remark.code for remark in kind.remarks] == [review.household.code]
    assert kinds(campaign)["Hộ không được họp dân đồng ý"] == [
        "2 đồng ý, 18 không đồng ý trong 20 người dự họp"
    ]


def test_a_confirmed_step_is_listed_with_its_reason(campaign, village, coordinator):
    entered(campaign, village, by=coordinator)
    row = finish(campaign, village, by=coordinator)
    meet(row, coordinator, unusual_reason="Nhập phiếu sau.")
    post(row, coordinator, posted_on=TODAY)

    (text,) = kinds(campaign)["Họp dân, niêm yết khác thường đã xác nhận"]
    assert text == (
        f"{village}: Ngày họp trước ngày thôn hoàn thành rà soát trên hệ thống (20/11/2026). "
        "Lý do: Nhập phiếu sau."
    )


def test_a_household_that_moved_is_listed_and_marked(
    client_of, campaign, village, coordinator, ward
):
    household = entered(campaign, village, by=coordinator).household
    household.village = VillageFactory(parent=ward, name="Thôn Kon Mới")
    household.save()

    listed = kinds(campaign)["Hộ chuyển sang thôn khác trong đợt rà soát"]
    assert listed == [f"từ {village} sang Thôn Kon Mới"]
    page = client_of(coordinator).get(f"/reviews/{campaign.pk}/villages/{village.pk}/")
    assert "đã chuyển sang Thôn Kon Mới" in page.content.decode()


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


ESCAPES = "Thôn có tỷ lệ thoát nghèo, thoát cận nghèo cao khác thường"
CROWD = "Thôn có nhiều phiếu B1 vừa quá mức chuẩn"
NOT_VISITED = "Hộ trong danh sách chưa được rà soát khi sắp hết hạn"
TWICE = "Thành viên có thể bị ghi trùng"


def enter(campaign, village, by, *, escaping, staying):
    for said, count in ((NOT_POOR, escaping), (POOR, staying)):
        for _ in range(count):
            entered(campaign, village, by=by, said=said)


def test_village_that_far_more_households_escape_from_is_listed(
    campaign, village, coordinator, ward
):
    enter(campaign, village, coordinator, escaping=3, staying=1)
    assert ESCAPES not in kinds(campaign)  # nothing to compare with yet

    other = VillageFactory(parent=ward, name="Thôn khác")
    enter(campaign, other, coordinator, escaping=1, staying=2)

    assert kinds(campaign)[ESCAPES] == [f"{village}: 3/4 hộ, các thôn khác 1/3 hộ"]


@pytest.mark.parametrize(
    ("left", "listed", "left_elsewhere", "listed_elsewhere", "expected"),
    [
        pytest.param(3, 4, 0, 10, True, id="none elsewhere"),
        pytest.param(4, 10, 2, 10, False, id="exactly twice"),
        pytest.param(5, 10, 2, 10, True, id="over twice"),
        pytest.param(2, 2, 0, 10, False, id="two may be chance"),
        pytest.param(9, 9, 0, 0, False, id="no other village"),
    ],
)
def test_unusual_share_at_the_limits(left, listed, left_elsewhere, listed_elsewhere, expected):
    assert expected == is_unusual_share(
        left=left,
        listed=listed,
        left_elsewhere=left_elsewhere,
        listed_elsewhere=listed_elsewhere,
    )


def test_village_crowded_just_above_the_line_is_listed(campaign, village, coordinator):
    for score in (176, 178):
        said = answers(income_score=score, deprivations=frozenset())
        entered(campaign, village, by=coordinator, said=said)
    assert CROWD not in kinds(campaign)

    entered(campaign, village, by=coordinator, said=answers(income_score=180))
    assert kinds(campaign)[CROWD] == [f"{village}: 3/3 phiếu"]

    enter(campaign, village, coordinator, escaping=0, staying=13)
    assert CROWD not in kinds(campaign)


def test_households_nobody_entered_are_listed_in_the_last_week(campaign, village, coordinator):
    entered(campaign, village, by=coordinator)
    pending_review(campaign, village)
    gone = pending_review(campaign, village).household
    gone.closed_on, gone.closing_reason = date(2026, 10, 1), "died"
    gone.save()

    with clock.set_to(date(2026, 12, 6)):
        assert NOT_VISITED not in kinds(campaign)
    with clock.set_to(date(2026, 12, 7)):
        assert kinds(campaign)[NOT_VISITED] == [f"{village}: 1 hộ, hạn 14/12/2026"]


def member(household, name, **person):
    born = {"birth_date": date(1990, 3, 4), **person}
    found = PersonFactory(ward=household.ward, full_name=name, **born)
    return MembershipFactory(household=household, person=found)


def test_member_with_a_double_in_another_household_is_listed(campaign, village, coordinator):
    household = entered(campaign, village, by=coordinator).household
    elsewhere = HouseholdFactory(village=village)
    member(household, "Y Hữu Nam")
    member(elsewhere, "Y HỮU NAM")

    assert kinds(campaign)[TWICE] == ["Y Hữu Nam: cùng họ tên, ngày sinh với người ở hộ khác"]


@pytest.mark.parametrize("difference", ["born", "unknown", "ward", "left", "same household"])
def test_who_is_no_double_is_not_listed(campaign, village, coordinator, stranger, difference):
    household = entered(campaign, village, by=coordinator).household
    place = VillageFactory(parent=stranger.ward) if difference == "ward" else village
    elsewhere = household if difference == "same household" else HouseholdFactory(village=place)
    born = {"born": {"birth_date": date(1990, 3, 5)}, "unknown": {"birth_date": None}}
    changes = born.get(difference, {})
    member(household, "Y Hữu Nam", **({"birth_date": None} if difference == "unknown" else {}))
    other = member(elsewhere, "Y Hữu Nam", **changes)
    if difference == "left":
        other.left_on = date(2026, 1, 1)
        other.save()

    assert TWICE not in kinds(campaign)


def test_only_the_given_villages_are_listed(campaign, village, coordinator, ward):
    entered(campaign, village, by=coordinator, said=NOT_POOR)
    other = VillageFactory(parent=ward)
    household = entered(campaign, other, by=coordinator, said=NOT_POOR).household

    found = find_unusual(campaign, villages={other.pk})

    assert {remark.household for kind in found for remark in kind.remarks} == {household.pk}


def test_every_stored_sentence_is_recomputed(campaign, village, coordinator, capsys):
    review = entered(campaign, village, by=coordinator)
    call_command("check_reviews")
    assert "1 phiếu: tất cả đều khớp" in capsys.readouterr().out

    with history.writing(by=coordinator, act="test", source="command"):
        Review.objects.filter(pk=review.pk).update(income_score=176)

    (found,) = find_unexplained(campaign)
    assert "176" in found.computed
    assert "Phiếu không khớp khi tính lại" in kinds(campaign)
    with pytest.raises(CommandError, match="1 phiếu không khớp"):
        call_command("check_reviews")


def test_leader_sees_what_is_unusual_and_the_draft(client_of, leader, ward, village, coordinator):
    campaign = submitted_campaign(ward, village, by=coordinator, said=(NOT_POOR,))
    page = client_of(leader).get(f"/reviews/{campaign.pk}/recognise/").content.decode()

    assert "Hộ chuyển hai bậc: 1" in page
    assert f"/forms/reviews/{campaign.pk}/ward/decision/docx/" in page


def test_query_count_does_not_grow(campaign, village, coordinator):
    def enter(households):
        for _ in range(households):
            household = entered(campaign, village, by=coordinator, said=NOT_POOR).household
            member(household, "Y Hữu Nam")

    counts = []
    enter(1)
    for more in (1, 3):
        enter(more)
        with CaptureQueriesContext(connection) as queries, clock.set_to(date(2026, 12, 10)):
            fresh = ReviewCampaign.objects.get(pk=campaign.pk)
            found = {kind.title: kind.count for kind in present_unusual(find_unusual(fresh))}
        counts.append((found.get(TWICE, 0), len(queries)))

    (two, few), (five, many) = counts
    assert (two, five) == (2, 5)
    assert many == few <= 21
