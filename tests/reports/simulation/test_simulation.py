"""A review under another standard: the official result again, what changes, what is refused."""

import random
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from households.choices import CampaignStage, PovertyClass, ReviewState
from households.ledger.selectors.standards import standard_rules
from households.models import DeprivationIndicator, IncomeLine, Review
from households.rules.classification import classify
from povertyplan.core import clock
from povertyplan.core.choices import Setting
from povertyplan.core.models import AccessEvent
from povertyplan.core.text import formatting
from reports.simulation.presenters import MARK
from reports.simulation.selectors import differing, review_forms, simulate_review
from tests.factories.core import UserFactory, VillageFactory, WardFactory
from tests.factories.households import (
    CampaignFactory,
    DecisionFactory,
    HouseholdFactory,
    ReviewFactory,
    StandardFactory,
)
from tests.factories.projects import SupportKindFactory
from tests.pages import nothing_written, text_of

PAGE = reverse("reports:simulation")
LIST, FILE = reverse("reports:simulation_list"), reverse("reports:simulation_file")
TYPED = {"rural_score": "160", "urban_score": "210"}


@pytest.fixture
def following(db):
    """The standard of 2027 to 2030: incomes without points, and an answer nobody was asked."""
    standard = StandardFactory(
        code="2027-2030", name="Chuẩn 2027-2030", valid_from=date(2027, 1, 1), valid_to=None
    )
    IncomeLine.objects.filter(standard=standard).update(score_line=None)
    DeprivationIndicator.objects.filter(standard=standard, number=12).update(name="Xử lý rác thải")
    return standard


def enter(campaign, village, score, lacking, recorded=None):
    """A form as the rules of its standard compute it, of a new household."""
    found = classify(standard_rules(campaign.standard), village.setting, score, lacking)
    return ReviewFactory(
        campaign=campaign,
        household=HouseholdFactory(village=village),
        state=ReviewState.DONE,
        income_score=score,
        deprivation_score=found.deprivation_score,
        computed_class=found.poverty_class,
        recorded_class=recorded or found.poverty_class,
        class_reason="Họp dân thống nhất." if recorded else "",
        **{f"deprived_{number:02}": True for number in lacking},
    )


def with_result(ward, year, *forms):
    """A recognised review; each form is (village, B1, numbers lacked[, class recorded])."""
    found = CampaignFactory(ward=ward, year=year)
    for each in forms:
        enter(found, *each)
    decision = DecisionFactory(
        ward=ward,
        campaign=found,
        number=f"{year}/QĐ-UBND",
        decided_on=date(year, 12, 15),
    )
    found.submitted_by, found.submitted_at = decision.prepared_by, clock.now()
    found.stage = CampaignStage.RECOGNISED
    found.save()
    return found


# Poor; not poor but near the line; one that the answer nobody was asked decides.
FORMS = ((100, [1, 5, 9]), (150, [1]), (150, [1, 2]))


@pytest.fixture
def rural(village, following):
    village.setting = Setting.RURAL
    village.save()
    return village


@pytest.fixture
def campaign(ward, rural):
    return with_result(ward, 2025, *((rural, *each) for each in FORMS))


def test_its_own_standard_gives_the_official_result_of_random_reviews(ward, coordinator, db):
    chance = random.Random(20)
    for year in range(2020, 2026):
        villages = [VillageFactory(parent=ward, setting=setting) for setting in Setting] * 12
        forms = [
            (
                village,
                chance.randint(60, 230),
                chance.sample(range(1, 13), chance.randint(0, 6)),
                chance.choice([None, None, None, PovertyClass.AVERAGE_LIVING]),
            )
            for village in villages
        ]
        found = with_result(ward, year, *forms)
        forms = review_forms(found, standard_rules(found.standard), coordinator)
        official = simulate_review(forms, forms.rules)

        assert len(official.households) == 24
        assert differing(official) == []
        assert official.before == official.after


def test_a_village_of_another_setting_today_does_not_change_the_official_result(
    ward, rural, coordinator, client_of
):
    village = rural
    with_result(ward, 2025, *((rural, *each) for each in FORMS), (rural, 160, [1]))
    village.setting = Setting.URBAN
    village.save()

    shown = text_of(client_of(coordinator).get(PAGE))

    assert "cho lại đúng kết quả công nhận ở 4/4 hộ" in shown
    assert "đã đổi khu vực sau đợt rà soát" in shown


def test_without_a_typed_line_nobody_is_classified(campaign, coordinator, client_of):
    page = client_of(coordinator).get(PAGE)

    shown = text_of(page)
    assert MARK in shown
    assert "Chưa có ngưỡng điểm B1 khu vực nông thôn" in shown
    listed = client_of(coordinator).get(LIST, {"after": "no_line"})
    assert len(listed.context["rows"]) == 3


def test_typed_lines_tell_who_changes_and_whose_answer_is_missing(campaign, coordinator, client_of):
    client = client_of(coordinator)
    poor, near, undecided = campaign.reviews.order_by("pk")

    shown = text_of(client.get(PAGE, TYPED))
    assert "Hộ không nghèo → hộ cận nghèo" in shown
    assert "12. Xử lý rác thải" in shown
    codes = {
        after: [row.code for row in client.get(LIST, {**TYPED, "after": after}).context["rows"]]
        for after in ("poor", "near_poor", "missing")
    }
    assert codes == {
        "poor": [poor.household.code],
        "near_poor": [near.household.code],
        "missing": [undecided.household.code],
    }
    lacking = client.get(LIST, {**TYPED, "lacks": "12"}).context["rows"]
    assert [row.code for row in lacking] == [undecided.household.code]


def test_supports_follow_the_class_and_only_a_known_amount_is_money(
    campaign, coordinator, client_of
):
    known, unknown = SupportKindFactory(ceiling=7_000_000), SupportKindFactory(ceiling=None)

    page = client_of(coordinator).get(PAGE, TYPED)

    shown = text_of(page)
    assert formatting.money(7_000_000) in shown
    assert "chưa có mức" in shown
    gained = client_of(coordinator).get(LIST, {**TYPED, "kind": str(known.pk), "right": "gained"})
    assert [row.code for row in gained.context["rows"]] == [
        campaign.reviews.order_by("pk")[1].household.code
    ]
    assert unknown.name in shown


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"rural_score": "nhiều"}, "Nhập số nguyên từ 0 trở lên."),
        ({"urban_score": "-5"}, "Nhập số nguyên từ 0 trở lên."),
        ({"rural_income": "1000000000000"}, "Nhập số không lớn hơn 2.147.483.647."),
        ({"rural_score": "1000000000000"}, "Nhập số không lớn hơn 32.767."),
        ({"campaign": "0"}, "Chọn một đợt rà soát đã được công nhận"),
        ({"standard": "x"}, "Chuẩn nghèo này không có trong danh mục."),
    ],
)
def test_a_wrong_value_is_named_and_nothing_is_simulated(
    campaign, coordinator, client_of, typed, told
):
    page = client_of(coordinator).get(PAGE, typed)

    shown = text_of(page)
    assert told in shown
    assert "tables" not in page.context
    key, value = next(iter(typed.items()))
    assert key == "standard" or key == "campaign" or f'value="{value}"' in page.content.decode()
    assert told in text_of(client_of(coordinator).get(f"{FILE}?{key}={value}"))


def test_a_review_of_another_ward_or_without_a_result_is_not_taken(
    campaign, ward, coordinator, client_of
):
    running = CampaignFactory(ward=ward, year=2026, standard=campaign.standard)
    foreign = with_result(WardFactory(), 2025)
    for each in (running, foreign):
        page = client_of(coordinator).get(PAGE, {"campaign": str(each.pk)})
        assert "Chọn một đợt rà soát đã được công nhận" in text_of(page)
        assert "tables" not in page.context


def test_a_ward_without_a_recognised_review_and_a_review_without_forms_say_so(
    ward, following, coordinator, client_of
):
    CampaignFactory(ward=ward, year=2026)
    assert "Chưa có đợt rà soát nào được công nhận" in text_of(client_of(coordinator).get(PAGE))
    with_result(ward, 2025)
    assert "không có phiếu nào đã nhập" in text_of(client_of(coordinator).get(PAGE))


def test_a_standard_without_lines_classifies_nobody(campaign, following, leader, client_of):
    IncomeLine.objects.filter(standard=following).delete()

    shown = text_of(client_of(leader).get(PAGE))

    assert "chưa có mức thu nhập, chưa có ngưỡng điểm B1" in shown
    assert "Chưa có ngưỡng điểm B1 khu vực nông thôn" in shown


def test_looking_writes_nothing(campaign, coordinator, client_of):
    client = client_of(coordinator)
    with nothing_written():
        client.get(PAGE, TYPED)
    before = list(Review.objects.order_by("pk").values())
    client.get(LIST, TYPED)
    assert list(Review.objects.order_by("pk").values()) == before


def test_more_forms_ask_no_more(ward, campaign, rural, coordinator, client_of):
    client = client_of(coordinator)
    client.get(PAGE, TYPED)

    def asked():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(PAGE, TYPED)
        return len(queries)

    few = asked()
    with_result(ward, 2026, *((rural, 150, [1]) for _each in range(9)))
    assert asked() == few


@pytest.mark.parametrize("ending", ["xlsx", "pdf"])
def test_the_file_leaves_with_its_purpose(campaign, coordinator, client_of, ending):
    address = f"{FILE}?rural_score=160&urban_score=210"

    answer = client_of(coordinator).post(address, {"format": ending, "purpose": "report"})

    assert answer.status_code == 200
    assert "mo-phong-khong-phai-ket-qua" in answer["Content-Disposition"]
    assert "Tải mô phỏng chuẩn nghèo" in AccessEvent.objects.latest("pk").what


def test_others_do_not_open_it(campaign, observer, village_head, client_of):
    for user in (observer, village_head, UserFactory()):
        page = client_of(user).get(PAGE)
        assert page.status_code in (403, 404)
        assert MARK not in text_of(page)
