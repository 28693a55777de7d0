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
    page.click("text=Hoàn thành, gửi phiếu")
    look()

    review = Review.objects.get()
    assert review.deprivations == {5, 9}
    assert [cause.number for cause in review.causes.all()] == [2]
    assert page.inner_text(".phone-receipt") == f"Đã nhận, số 2026-03-017-{review.version}"
    assert faults == []
