"""The main journey in one piece: from a household's review to the PDF of the plan."""

import pytest

from households.choices import PovertyClass
from households.entry.survey.selectors.reviews import earlier_review
from households.locks import village_lock
from households.models import Household, Review, ReviewCampaign
from povertyplan.core.models import Area, User
from tests.journeys.steps import (
    campaigning,
    carrying_out,
    governing,
    papers,
    register,
    reviewing,
    signing_in,
)
from tests.journeys.steps.reviewing import Typed

pytestmark = pytest.mark.browser

VILLAGE = "Thôn Kon Mơ Nâm"  # whose head is the demo user truongthon
DECISION = {"number": "231/QĐ-UBND", "decided_on": "20/11/2026"}
POOR = Typed("110", frozenset({1, 4, 10}))


def test_main_journey_from_sign_in_to_the_printed_plan(demo_ward, window_of):
    officer, head, leader = (window_of(name) for name in ("canbo", "truongthon", "lanhdao"))

    sign_in(officer, head, leader, window_of)
    find_a_household(officer, head)
    review = enter_a_review(officer, head)
    finish_a_village(officer, head, review)
    escaped = recognise(officer, leader)
    change_nothing_any_more(officer, leader, review)
    register.then_the_window_counts_down(officer, escaped)
    govern(leader)
    print_the_papers(leader)


def sign_in(officer, head, leader, window_of):
    signing_in.then_a_wrong_password_is_refused(officer)
    others = [window_of(name) for name in ("phongkinhte", "phongvanhoa", "giamsat", "quantri")]
    everybody = [officer, head, leader, *others]
    for window in everybody:
        signing_in.given_signed_in(window)
        signing_in.then_home_and_menu_fit_the_role(window)
    signing_in.then_exactly_the_menu_opens(everybody)
    signing_in.then_a_closed_page_says_so(head, "/targets/")


def find_a_household(officer, head):
    register.then_the_list_is_sorted_and_paged(officer)
    register.when_somebody_is_searched(officer, "dang thi uy")
    register.then_the_first_found_is(officer, "Đặng Thị Ủy")
    register.when_the_list_is_narrowed(officer, village=VILLAGE, poverty_class="Hộ cận nghèo")
    register.then_only_these_are_listed(officer, village=VILLAGE, poverty_class="Hộ cận nghèo")
    register.then_a_list_without_households_offers_to_clear(officer)

    found = Household.objects.get(
        memberships__person__full_name="Đặng Thị Ủy", memberships__is_head=True
    )
    register.then_the_household_page_tells_everything(officer, found)
    signing_in.then_a_page_outside_is_not_there(head, f"/households/{found.pk}/")


def enter_a_review(officer, head):
    row = village_row()
    review = next(each for each in campaigning.pending_of(row) if earlier_review(each))
    head.open(campaigning.address_of(row))
    head.look("work list of a village")

    head.open(reviewing.address_of(review))
    reviewing.then_last_year_stands_beside(head, earlier_review(review))
    for score in ("abc", "-5"):
        reviewing.then_wrong_input_is_named_and_kept(head, review, Typed(score, frozenset({2, 7})))
    head.look("form with an error")
    reviewing.when_answers_are_typed(head, POOR)
    sentence = reviewing.then_the_class_shows_while_typing(head, "Hộ nghèo", POOR)
    head.press("Lưu")
    reviewing.then_the_same_is_stored(head, review, POOR, sentence)
    head.look("entered form")

    enter_the_same_form_at_once(officer, head, review)
    return review


def enter_the_same_form_at_once(officer, head, review):
    """The officer saves while the village head still has the older form open."""
    officer.open(reviewing.address_of(review))
    reviewing.when_answers_are_typed(officer, Typed("135", POOR.ticked))
    officer.press("Lưu")

    reviewing.when_answers_are_typed(head, Typed("90", POOR.ticked))
    head.press("Lưu", status=409)
    reviewing.then_the_conflict_shows_both(head, theirs="135", mine="90", who="Trần Thị Bích Ngọc")
    head.look("two persons at one form")
    review.refresh_from_db()
    assert review.income_score == 135

    reviewing.when_my_score_is_kept(head)
    review.refresh_from_db()
    assert (review.income_score, review.deprivations) == (90, POOR.ticked)


def finish_a_village(officer, head, review):
    campaigning.then_the_board_shows_the_progress(officer, campaign())
    officer.look("campaign board")
    campaigning.then_an_unfinished_village_is_not_closed(head, village_row())

    for pending in campaigning.pending_of(village_row()):
        campaigning.enter(pending, stays=True, by=User.objects.get(username="truongthon"))
    campaigning.when_the_village_is_finished(head, village_row())
    lock = village_lock(campaign(), village_row())
    assert f"{VILLAGE} đã hoàn thành rà soát lúc" in lock
    campaigning.then_the_village_is_locked(head, village_row(), lock)
    reviewing.then_the_form_is_locked(head, review, lock)
    head.look("locked form")
    reviewing.then_a_forced_save_is_refused(head, review, lock)


def recognise(officer, leader):
    """The rest of the campaign; returns a household that escaped poverty."""
    campaigning.when_every_other_village_is_done(campaign(), by=User.objects.get(username="canbo"))
    campaigning.when_every_village_has_met_and_posted(
        campaign(), by=User.objects.get(username="canbo")
    )
    campaigning.then_the_board_shows_the_progress(officer, campaign())
    campaigning.when_who_asked_late_stays_outside(officer, campaign())
    campaigning.when_the_results_are_submitted(officer, campaign())

    signing_in.then_a_closed_page_says_so(officer, f"/reviews/{campaign().pk}/recognise/")
    campaigning.when_the_leader_opens_what_waits(leader, campaign())
    leader.look("results to approve")
    campaigning.then_a_wrong_decision_is_refused(leader)
    campaigning.when_the_results_are_recognised(leader, **DECISION)
    campaigning.then_the_decision_stands(leader, **DECISION)

    poor_before = Household.objects.filter(
        statuses__poverty_class=PovertyClass.POOR, statuses__ends_on="2026-11-19"
    )
    escaped = Review.objects.filter(
        campaign=campaign(), household__in=poor_before, recorded_class=PovertyClass.NOT_POOR
    )
    return escaped.first().household


def change_nothing_any_more(officer, leader, review):
    lock = village_lock(campaign(), village_row())
    assert "Đợt rà soát đã được công nhận và khóa" in lock
    reviewing.then_the_form_is_locked(officer, review, lock)
    reviewing.then_a_forced_save_is_refused(officer, review, lock)
    for window in (officer, leader):
        campaigning.then_no_act_is_left(window, campaign())


def govern(leader):
    ward = Area.objects.get(name="Phường Đăk Cấm")
    governing.then_the_dashboard_tells_where_the_ward_stands(leader, ward)
    governing.then_each_figure_opens_its_households(leader)
    governing.then_the_targets_are_judged(leader)
    governing.then_the_dimensions_are_counted(leader)


def print_the_papers(leader):
    papers.when_the_document_is_opened(leader, menu="Kế hoạch", title="2025-2030")
    papers.then_the_preview_is_the_document(leader, kind="KẾ HOẠCH")
    plan = papers.when_the_document_is_downloaded(leader)
    papers.then_the_paper_is_in_decree_form(plan, kind="KẾ HOẠCH", symbol="KH-UBND")
    papers.then_the_plan_holds_every_count(plan)

    carrying_out.then_the_projects_of_the_year_are_listed(leader)
    carrying_out.then_a_project_tells_who_does_what(leader)
    carrying_out.then_every_project_has_a_page(leader)

    papers.when_the_document_is_opened(leader, menu="Báo cáo", title="bền vững năm 2025")
    papers.then_the_preview_is_the_document(leader, kind="BÁO CÁO")
    report = papers.when_the_document_is_downloaded(leader)
    papers.then_the_paper_is_in_decree_form(report, kind="BÁO CÁO", symbol="BC-UBND")
    papers.then_the_report_balances(report)


def campaign():
    return ReviewCampaign.objects.get(year=2026)


def village_row():
    rows = campaign().villages.select_related("village", "campaign", "finished_by")
    return rows.get(village__name=VILLAGE)
