"""The survey form on a phone in Chromium: big targets, nothing wider than the screen."""

import pytest

from households.models import PovertyCause, Review
from tests.factories.households import CampaignFactory
from tests.households.campaigns import pending_review
from tests.journeys.windows import PHONE, faults_of

pytestmark = pytest.mark.browser

SMALL_TARGETS = """() => [...document.querySelectorAll(
    "main a, main button, main .choice-pair label, main .field--choices label," +
    "main input:not([type=hidden], [type=radio], [type=checkbox])"
)].filter((e) => !e.closest(".error-summary") && e.offsetParent && e.offsetHeight < 48)
  .map((e) => e.outerHTML.slice(0, 80))"""


@pytest.mark.parametrize("script", [True, False])
def test_a_form_is_filled_with_a_thumb(open_page, ward, village, village_head, script):
    PovertyCause.objects.create(number=2, name="Thiếu vốn")
    campaign = CampaignFactory(ward=ward)
    pending_review(campaign, village, code="03-017", head="Y Hữu Nam")
    width, height = PHONE
    page = open_page(
        f"/reviews/{campaign.pk}/phone/", village_head, width=width, height=height, script=script
    )
    faults = []

    def look():
        if script:
            faults.extend([*faults_of(page), *page.evaluate(SMALL_TARGETS)])

    look()
    page.click("text=Y Hữu Nam")
    look()
    page.click("text=Đúng hộ này, tiếp tục")
    look()
    page.fill("[name=score]", "110")
    page.click("text=Tiếp tục")
    for first in range(1, 13, 2):
        look()
        for number in (first, first + 1):
            answer = "yes" if number in (5, 9) else "no"
            page.check(f"[name=i{number}][value={answer}]")
        page.click("text=Tiếp tục")
    look()
    page.check("label:has-text('Thiếu vốn')")
    page.click("text=Tiếp tục")
    look()
    assert "→ Hộ cận nghèo" in page.inner_text(".phone-result")
    page.click("text=Tiếp tục")
    look()
    page.fill("[name=note]", "Chủ hộ đi làm xa")
    page.check("[name=needs_check]")
    page.click("text=Hoàn thành, gửi phiếu")
    look()

    review = Review.objects.get()
    assert (review.note, review.needs_check) == ("Chủ hộ đi làm xa", True)
    assert review.deprivations == {5, 9}
    assert [cause.number for cause in review.causes.all()] == [2]
    assert page.inner_text(".phone-receipt") == f"Đã nhận, số 2026-03-017-{review.version}"
    assert faults == []


def test_what_is_not_known_is_asked_again(open_page, ward, village, village_head):
    campaign = CampaignFactory(ward=ward)
    pending_review(campaign, village, head="Y Hữu Nam")
    width, height = PHONE
    page = open_page(f"/reviews/{campaign.pk}/phone/", village_head, width=width, height=height)
    page.click("text=Y Hữu Nam")
    page.click("text=Đúng hộ này, tiếp tục")
    page.fill("[name=score]", "200")
    page.click("text=Tiếp tục")
    for first in range(1, 13, 2):
        page.check(f"[name=i{first}][value=no]")
        page.check(f"[name=i{first + 1}][value={'unknown' if first == 5 else 'no'}]")
        page.click("text=Tiếp tục")
    assert "Nháp, còn 1 chỉ số chưa rõ." in page.inner_text("main")
    assert page.get_by_text("Hoàn thành, gửi phiếu").count() == 0
    faults = [*faults_of(page), *page.evaluate(SMALL_TARGETS)]

    page.click("text=Trả lời chỉ số 6")
    faults += [*faults_of(page), *page.evaluate(SMALL_TARGETS)]
    page.check("[name=i6][value=yes]")
    page.click("text=Tiếp tục")

    assert "→ Hộ không nghèo" in page.inner_text(".phone-result")
    assert faults == []
