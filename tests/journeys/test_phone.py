"""The survey form on a phone in Chromium: big targets, nothing wider than the screen."""

import pytest

from households.models import PovertyCause, Review, ReviewDraft
from tests.factories.households import CampaignFactory
from tests.households.campaigns import pending_review
from tests.journeys.windows import PHONE, faults_of

pytestmark = pytest.mark.browser

SMALL_TARGETS = """() => [...document.querySelectorAll(
    "main a, main button, main .choice-pair label, main .field--choices label," +
    "main input:not([type=hidden], [type=radio], [type=checkbox])"
)].filter((e) => !e.closest(".error-summary") && e.offsetParent && e.offsetHeight < 48)
  .map((e) => e.outerHTML.slice(0, 80))"""


# The way on that is out of sight when the screen opens, or under the bar.
HIDDEN_BUTTONS = """() => [...document.querySelectorAll("main form .button--primary")]
  .filter((e) => {
    const bar = document.querySelector(".bottombar").getBoundingClientRect()
    return e.getBoundingClientRect().bottom > bar.top + 1 })
  .map((e) => e.textContent.trim() + " is out of sight")"""
# Fields that the bar or the button above it covers once the cursor is in them.
COVERED_FIELDS = """() => [...document.querySelectorAll("main form input:not([type=hidden])")]
  .filter((e) => {
    e.focus()
    const { left, top, width, height } = e.getBoundingClientRect()
    const above = document.elementFromPoint(left + width / 2, top + height / 2)
    return above && above.closest(".bottombar, .phone-next") })
  .map((e) => e.name + " is covered")"""


def go_on(page, label):
    """Press what leads to the next screen, and wait for it."""
    with page.expect_navigation():
        page.click(f"text={label}")


@pytest.mark.drawn(one_of=2)
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
            faults.extend(page.evaluate(HIDDEN_BUTTONS))
            faults.extend([*faults_of(page), *page.evaluate(SMALL_TARGETS)])
            faults.extend(page.evaluate(COVERED_FIELDS))

    look()
    page.click("text=Y Hữu Nam")
    look()
    go_on(page, "Đúng hộ này, tiếp tục")
    look()
    page.fill("[name=score]", "110")
    go_on(page, "Tiếp tục")
    for first in range(1, 13, 2):
        look()
        for number in (first, first + 1):
            answer = "yes" if number in (5, 9) else "no"
            page.check(f"[name=i{number}][value={answer}]")
        go_on(page, "Tiếp tục")
    look()
    page.check("label:has-text('Thiếu vốn')")
    go_on(page, "Tiếp tục")
    look()
    assert "là hộ cận nghèo" in page.inner_text(".phone-result")
    go_on(page, "Tiếp tục")
    look()
    page.fill("[name=note]", "Chủ hộ đi làm xa")
    page.check("[name=needs_check]")
    go_on(page, "Hoàn thành, gửi phiếu")
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
    go_on(page, "Đúng hộ này, tiếp tục")
    page.fill("[name=score]", "200")
    go_on(page, "Tiếp tục")
    for first in range(1, 13, 2):
        page.check(f"[name=i{first}][value=no]")
        page.check(f"[name=i{first + 1}][value={'unknown' if first == 5 else 'no'}]")
        go_on(page, "Tiếp tục")
    assert "Nháp, còn 1 chỉ số chưa rõ." in page.inner_text("main")
    assert page.get_by_text("Hoàn thành, gửi phiếu").count() == 0
    faults = [*faults_of(page), *page.evaluate(SMALL_TARGETS)]

    page.click("text=Trả lời chỉ số 6")
    faults += [*faults_of(page), *page.evaluate(SMALL_TARGETS)]
    page.check("[name=i6][value=yes]")
    go_on(page, "Tiếp tục")

    assert "không thuộc diện hộ nghèo" in page.inner_text(".phone-result")
    assert faults == []


def test_an_answer_survives_the_loss_of_the_network(open_page, ward, village, village_head):
    campaign = CampaignFactory(ward=ward)
    pending_review(campaign, village, head="Y Hữu Nam")
    width, height = PHONE
    page = open_page(f"/reviews/{campaign.pk}/phone/", village_head, width=width, height=height)
    page.click("text=Y Hữu Nam")
    go_on(page, "Đúng hộ này, tiếp tục")
    page.fill("[name=score]", "200")

    page.context.set_offline(True)
    page.click("text=Tiếp tục")
    page.wait_for_selector("text=Chưa gửi được: mất mạng")
    assert page.input_value("[name=score]") == "200"
    page.context.set_offline(False)
    page.click("text=Tiếp tục")

    page.wait_for_selector("[name=i2]", state="attached")
    bar = page.locator(".bottombar").bounding_box()
    last = page.locator("label[for$=i2_1], label[for=id_i2_1]").first.bounding_box()
    assert last["y"] + last["height"] <= bar["y"]
    assert ReviewDraft.objects.get().score == 200


@pytest.fixture
def at_the_score(open_page, ward, village, village_head):
    """The screen that asks for B1."""
    campaign = CampaignFactory(ward=ward)
    pending_review(campaign, village, head="Y Hữu Nam")
    width, height = PHONE
    page = open_page(f"/reviews/{campaign.pk}/phone/", village_head, width=width, height=height)
    page.click("text=Y Hữu Nam")
    go_on(page, "Đúng hộ này, tiếp tục")
    return page


def test_a_screen_comes_back_with_what_is_wrong_in_it(at_the_score):
    page = at_the_score
    page.fill("[name=score]", "nhiều")

    page.click("text=Tiếp tục")
    page.wait_for_selector(".error-summary")

    assert page.evaluate("document.activeElement.id") == "error-summary"
    assert page.title().startswith("Lỗi: Y Hữu Nam – màn hình 2/11 – ")
    assert page.input_value("[name=score]") == "nhiều"
    assert faults_of(page) == []
    page.fill("[name=score]", "110")
    go_on(page, "Tiếp tục")
    assert page.title().startswith("Y Hữu Nam – màn hình 3/11 – ")


def test_an_answer_survives_the_end_of_the_session(at_the_score):
    page = at_the_score
    address = page.url
    page.fill("[name=score]", "110")
    page.context.clear_cookies(name="sessionid")

    page.click("text=Tiếp tục")

    page.wait_for_selector("text=phiên làm việc đã hết")
    assert page.url == address
    assert page.input_value("[name=score]") == "110"


def test_a_screen_of_an_earlier_sign_in_is_sent_with_one_more_press(at_the_score):
    page = at_the_score
    page.fill("[name=score]", "110")
    # Signing in in another tab gives the browser another token.
    own = next(each for each in page.context.cookies() if each["name"] == "csrftoken")
    page.context.add_cookies([own | {"value": "b" * 32}])

    page.click("text=Tiếp tục")
    page.wait_for_selector("[data-not-sent]:has-text('nay là')", timeout=5_000)
    assert page.input_value("[name=score]") == "110"

    page.click("text=Tiếp tục")
    page.wait_for_selector("[name=i1]", state="attached", timeout=5_000)
