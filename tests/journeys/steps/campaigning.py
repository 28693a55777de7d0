"""The campaign: progress of the villages, finishing one, submitting, recognising."""

import re
from datetime import timedelta

from households.campaign.procedure.selectors.steps import village_steps
from households.campaign.procedure.services.meetings import hold_meeting
from households.campaign.procedure.services.postings import post_results
from households.campaign.villages.services import finish_village
from households.choices import PovertyClass
from households.entry.survey.services.confirmation import confirm_village_warnings
from households.entry.survey.services.reviews import ReviewAnswers, record_review
from households.models import CampaignVillage, Review, ReviewCampaign
from povertyplan.core import clock
from povertyplan.core.models import User
from tests.households.campaigns import ENTERED_LATER, meeting_record
from tests.journeys.windows import Window, words

# What leads to a class under the 2022-2026 standard in a village as in a street.
ANSWERS = {
    PovertyClass.POOR: ReviewAnswers(income_score=120, deprivations=frozenset({1, 4, 10})),
    PovertyClass.NEAR_POOR: ReviewAnswers(income_score=130, deprivations=frozenset({4})),
    PovertyClass.NOT_POOR: ReviewAnswers(income_score=210, deprivations=frozenset()),
}


def then_the_board_shows_the_progress(window: Window, campaign: ReviewCampaign) -> None:
    """A line per village with its forms entered, and the total of all of them."""
    reviews = Review.objects.filter(campaign=campaign)
    window.open(f"/reviews/{campaign.pk}/")

    rows = window.page.locator("main tbody tr")
    assert rows.count() == campaign.villages.count() + 1
    assert f"{reviews.done().count()}/{reviews.count()}" in words(rows.first.inner_text())
    for row in campaign.villages.select_related("village"):
        own = reviews.filter(village=row.village_id)
        line = words(window.page.locator("main tbody tr", has_text=_exact(row)).first.inner_text())
        assert f"{own.done().count()}/{own.count()}" in line


def then_an_unfinished_village_is_not_closed(window: Window, row: CampaignVillage) -> None:
    missing = Review.objects.filter(campaign=row.campaign_id, village=row.village_id).pending()
    window.open(f"{address_of(row)}finish/")

    assert f"Còn {missing.count()} hộ chưa nhập phiếu" in window.text
    assert window.page.locator("main form").count() == 0
    window.look("village that is not complete")


def when_the_village_is_finished(window: Window, row: CampaignVillage) -> None:
    """Confirm what is unusual among the results, then close the village."""
    window.open(address_of(row))
    window.press("Hoàn thành thôn")
    assert "có kết quả khác thường" in window.text
    window.look("unusual results of a village")
    window.press("Đã kiểm tra, xác nhận tất cả")
    window.look("finishing a village")
    window.press("Hoàn thành thôn")


def then_the_village_is_locked(window: Window, row: CampaignVillage, reason: str) -> None:
    assert f"Đã hoàn thành rà soát ở {row.village}." in window.text
    assert reason in window.text
    window.look("finished village")


def when_every_other_village_is_done(campaign: ReviewCampaign, *, by: User) -> None:
    """The rest of the forms, through the services: some escape, the others stay as they are."""
    rows = campaign.villages.filter(finished_at=None).select_related("village")
    for row in rows:
        for position, review in enumerate(pending_of(row)):
            enter(review, stays=position % 3 != 0, by=by)
        confirm_village_warnings(campaign_village=row, by=by)
        finish_village(campaign_village=row, version=row.version, by=by)


def when_every_village_has_met_and_posted(campaign: ReviewCampaign, *, by: User) -> None:
    """Meetings and posted lists of last week, so that the results may be submitted."""
    met_on = clock.today() - timedelta(days=11)
    for step in village_steps(ReviewCampaign.objects.get(pk=campaign.pk)):
        row = step.campaign_village
        if step.needs_meeting and step.meeting is None:
            hold_meeting(
                campaign_village=row, record=meeting_record(met_on), version=row.version, by=by
            )
            row.refresh_from_db()
        if step.needs_posting and step.posting is None:
            post_results(
                campaign_village=row,
                places="Nhà văn hóa",
                posted_on=met_on,
                unusual_reason=ENTERED_LATER,
                version=row.version,
                by=by,
            )


def pending_of(row: CampaignVillage) -> list[Review]:
    own = Review.objects.filter(campaign=row.campaign_id, village=row.village_id)
    return list(own.pending().select_related("household").order_by("household__code"))


def enter(review: Review, *, stays: bool, by: User) -> Review:
    """Enter a form that leaves a household in its class, or lets it escape both lists."""
    now = review.household.statuses.filter(ends_on=None).get().poverty_class
    answers = ANSWERS[now if stays else PovertyClass.NOT_POOR]
    return record_review(review=review, answers=answers, version=review.version, by=by)


def when_the_results_are_submitted(window: Window, campaign: ReviewCampaign) -> None:
    window.open(f"/reviews/{campaign.pk}/")
    window.press("Trình kết quả")
    window.look("submitting")
    window.press("Trình kết quả")
    assert "Kết quả đã trình, chờ duyệt." in window.text


def when_who_asked_late_stays_outside(window: Window, campaign: ReviewCampaign) -> None:
    """The household of a late request is named on the board, and left out for a reason."""
    window.open(f"/reviews/{campaign.pk}/")
    assert "hộ chưa có trong đợt rà soát" in window.text
    window.open(f"/reviews/{campaign.pk}/unlisted/")
    window.look("households outside the review")
    for box in window.page.locator("[name=listed]").all():
        box.check()
    window.page.check("[name=decision][value=leave_out]")
    window.page.fill("[name=reason]", "Rà soát thường xuyên trong tháng sau.")
    window.press("Lưu")
    assert "Rà soát thường xuyên trong tháng sau." in window.text


def when_the_leader_opens_what_waits(window: Window, campaign: ReviewCampaign) -> None:
    window.open("/")
    assert "Chờ tôi duyệt (1)" in window.text
    with window.page.expect_navigation():
        window.page.click("text=Xem và duyệt")
    assert window.path == f"/reviews/{campaign.pk}/recognise/"


def then_a_wrong_decision_is_refused(window: Window) -> None:
    window.page.fill("[name=number]", "")
    window.page.fill("[name=decided_on]", "31/02/2026")
    window.press("Công nhận kết quả", status=422)

    assert "Có 2 lỗi cần sửa" in window.page.inner_text(".error-summary")
    assert window.page.input_value("[name=decided_on]") == "31/02/2026"
    window.look("refused decision")


def when_the_results_are_recognised(window: Window, *, number: str, decided_on: str) -> None:
    window.page.fill("[name=number]", number)
    window.page.fill("[name=decided_on]", decided_on)
    window.press("Công nhận kết quả")


def then_the_decision_stands(window: Window, *, number: str, decided_on: str) -> None:
    assert f"Đã công nhận Quyết định số {number} ngày {decided_on}" in window.text.replace(
        "ĐÃ CÔNG NHẬN", "Đã công nhận"
    )
    assert "Số liệu của đợt rà soát này đã khóa" in window.text
    window.look("recognised campaign")


def then_no_act_is_left(window: Window, campaign: ReviewCampaign) -> None:
    """Nobody can submit, approve, return or reopen a recognised campaign."""
    row = campaign.villages.first()
    acts = {
        "submit": f"/reviews/{campaign.pk}/submit/",
        "finish": f"{address_of(row)}finish/",
        "reopen": f"{address_of(row)}reopen/",
        "recognise": f"/reviews/{campaign.pk}/recognise/",
        "return": f"/reviews/{campaign.pk}/return/",
    }
    window.open(f"/reviews/{campaign.pk}/")
    token = window.page.get_attribute("[name=csrfmiddlewaretoken]", "value")
    form = {
        "csrfmiddlewaretoken": token,
        "version": str(campaign.version),
        "reason": "Thử sửa",
        "number": "999/QĐ-UBND",
        "decided_on": "20/11/2026",
    }
    headers = {"Referer": window.page.url}
    allowed = {
        act
        for act, address in acts.items()
        if window.page.request.post(
            window.server + address, form=form, headers=headers, max_redirects=0
        ).status
        < 400
    }
    before = (campaign.stage, campaign.version)
    campaign.refresh_from_db()
    assert (campaign.stage, campaign.version) == before
    assert allowed == set()


def address_of(row: CampaignVillage) -> str:
    return f"/reviews/{row.campaign_id}/villages/{row.village_id}/"


def _exact(row: CampaignVillage) -> re.Pattern:
    """The start of the village's line: "Tổ dân phố 1" and not "Tổ dân phố 10"."""
    return re.compile(rf"^\s*{re.escape(row.village.name)}\s")
