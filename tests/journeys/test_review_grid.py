"""The bulk entry in Chromium: how many keys it takes, and that nothing typed is lost."""

import random
from statistics import median

import pytest
from pypdfium2 import PdfDocument

from households.choices import PovertyClass
from households.models import PovertyCause, Review
from households.services.reviews import ReviewAnswers, record_review
from tests.factories.core import VillageFactory
from tests.factories.households import CampaignFactory, ReviewFactory
from tests.households.campaigns import NEAR_POOR, pending_review
from tests.households.grids import grid_url
from tests.journeys.windows import faults_of

pytestmark = pytest.mark.browser

LINE = 175  # the urban standard's line of B1
MOST_KEYS = 12
# A network that is slow, and loses three messages in ten: half of them before the server saw
# them, half of them after it had saved.
BAD_NETWORK = """() => {
    const send = window.fetch.bind(window);
    const lost = () => new Response("", { status: 503 });
    window.fetch = async (...call) => {
        await new Promise((go) => setTimeout(go, 50 + Math.random() * LONGEST));
        const luck = Math.random();
        if (luck < 0.15) return lost();
        const answer = await send(...call);
        return luck < 0.3 ? lost() : answer;
    };
}"""


@pytest.fixture
def causes(emptied_database):
    return [PovertyCause.objects.create(number=n, name=f"Nguyên nhân {n}") for n in range(1, 9)]


@pytest.fixture
def campaign(emptied_database, ward):
    return CampaignFactory(ward=ward)


def listed(campaign, village, count):
    return [
        pending_review(campaign, village, head=f"Nguyễn Văn {chr(65 + n // 26)}{chr(65 + n % 26)}")
        for n in range(count)
    ]


def ready(page):
    page.wait_for_selector("[data-grid][data-ready]")
    return page


def row_of(page, review):
    return page.locator(f'[data-review="{review.pk}"]')


def shown_order(page, reviews):
    """The reviews in the order of the page."""
    by_pk = {review.pk: review for review in reviews}
    rows = page.locator("[data-review]").evaluate_all("all => all.map((e) => e.dataset.review)")
    return [by_pk[int(pk)] for pk in rows]


def all_saved(page, timeout=20_000):
    page.wait_for_timeout(200)  # the line beside the title follows a change after a moment
    page.wait_for_selector(".save-status--saved", timeout=timeout)


def row_is_saved(page, review):
    page.wait_for_timeout(500)  # longer than the pause before a row is sent
    page.wait_for_selector(f'[data-review="{review.pk}"][data-state=saved]')


class Keys:
    """A keyboard that counts."""

    def __init__(self, page):
        self.page = page
        self.pressed = 0

    def type(self, text):
        for sign in text:
            self.press(sign)

    def press(self, key):
        self.page.keyboard.press(key)
        self.pressed += 1


def simulated(chance):
    """What a survey form on paper says: one to five deprivations, mostly below the line."""
    score = chance.randint(80, 230)
    lacking = frozenset(chance.sample(range(1, 13), chance.randint(0, 5)))
    is_listed = score <= LINE
    causes = frozenset(chance.sample(range(1, 9), chance.randint(1, 2))) if is_listed else ()
    return ReviewAnswers(score, lacking, frozenset(causes))


def enter(keys, said):
    keys.type(str(said.income_score))
    keys.press("NumpadEnter")
    keys.type(".".join(map(str, sorted(said.deprivations))) or "0")
    keys.press("NumpadEnter")
    if said.income_score <= LINE:
        keys.type(".".join(map(str, sorted(said.causes))))
        keys.press("NumpadEnter")


def stored(review):
    saved = Review.objects.get(pk=review.pk)
    causes = frozenset(saved.causes.values_list("number", flat=True))
    return ReviewAnswers(saved.income_score, saved.deprivations, causes)


def test_sixty_households_take_twelve_keys_each(open_page, coordinator, campaign, village, causes):
    chance = random.Random(60)
    reviews = listed(campaign, village, 60)
    page = ready(open_page(grid_url(campaign, village), coordinator))
    said, counts = {}, []
    keys = Keys(page)
    for review in shown_order(page, reviews):
        before = keys.pressed
        said[review.pk] = simulated(chance)
        enter(keys, said[review.pk])
        counts.append(keys.pressed - before)

    all_saved(page)

    assert {review.pk: stored(review) for review in reviews} == said
    assert median(counts) <= MOST_KEYS
    assert "60/60 hộ đã nhập" in page.inner_text("[data-count]")


def test_an_unchanged_household_takes_one_key(open_page, coordinator, campaign, village, causes):
    reviews = listed(campaign, village, 3)
    earlier = CampaignFactory(ward=campaign.ward, year=2025)
    said = ReviewAnswers(110, frozenset({5, 9}), frozenset({2}))
    for review in reviews:
        form = ReviewFactory(campaign=earlier, household=review.household)
        record_review(review=form, answers=said, version=1, by=coordinator)
    page = ready(open_page(grid_url(campaign, village), coordinator))

    for _ in reviews:
        page.keyboard.press("NumpadAdd")
    all_saved(page)

    assert [stored(review) for review in reviews] == [said] * 3


def test_the_sentence_follows_the_keys(open_page, coordinator, campaign, village):
    listed(campaign, village, 1)
    page = ready(open_page(grid_url(campaign, village), coordinator))
    keys = Keys(page)

    keys.type("110")
    keys.press("Enter")
    keys.type("5.9")
    keys.press("Enter")
    page.wait_for_selector("[data-sentence] >> text=Hộ cận nghèo")

    sentence = page.inner_text("[data-sentence]")
    assert "B1 = 110 điểm (≤ 175, khu vực thành thị)" in sentence
    assert "diễn biến: Thoát nghèo, trở thành cận nghèo" in sentence


def test_a_number_beyond_the_indicators_is_refused_in_place(
    open_page, coordinator, campaign, village
):
    reviews = listed(campaign, village, 1)
    page = ready(open_page(grid_url(campaign, village), coordinator))
    keys = Keys(page)

    keys.type("110")
    keys.press("Enter")
    keys.type("13")
    keys.press("Enter")

    row = row_of(page, reviews[0])
    assert "Chỉ có 12 chỉ số, không có số 13." in row.inner_text()
    assert page.evaluate("document.activeElement.dataset.cell") == "code"
    page.wait_for_timeout(700)
    assert not Review.objects.done().exists()


def test_keys_walk_copy_undo_and_mark(open_page, coordinator, campaign, village):
    reviews = listed(campaign, village, 3)
    page = ready(open_page(grid_url(campaign, village), coordinator))
    first, second, _third = shown_order(page, reviews)
    keys = Keys(page)
    keys.type("110")
    for key in ("ArrowDown", "Control+d", "ArrowRight", "ArrowRight", "1", "Space"):
        keys.press(key)
    row_is_saved(page, second)
    assert (stored(second).income_score, stored(second).deprivations) == (110, {1, 2})

    keys.press("Control+z")
    row_is_saved(page, second)
    assert stored(second).deprivations == {1}
    keys.press("Control+y")
    row_is_saved(page, second)
    assert stored(second).deprivations == {1, 2}

    assert "Chưa đủ" in row_of(page, first).inner_text()
    for key in ("Home", "Control+Home"):
        keys.press(key)
    assert page.evaluate("document.activeElement.name") == f"s{first.pk}"
    keys.press("Escape")
    assert row_of(page, first).locator("[data-cell=score]").input_value() == ""


def test_a_block_from_a_spreadsheet_is_pasted_over_the_rows(
    open_page, coordinator, campaign, village
):
    reviews = listed(campaign, village, 2)
    page = ready(open_page(grid_url(campaign, village), coordinator))
    first, second = shown_order(page, reviews)
    head = "B1\t" + "\t".join(map(str, range(1, 13)))
    lines = [
        head,
        "110\t" + "\t".join("x" if n in (5, 9) else "" for n in range(1, 13)),
        "abc\t" + "\t".join("có" if n == 1 else "không" for n in range(1, 13)),
        "120\t" + "\t".join("0" for _ in range(12)),
    ]

    page.evaluate(
        """(text) => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/plain", text);
            const paste = new ClipboardEvent("paste", { clipboardData, bubbles: true });
            document.activeElement.dispatchEvent(paste);
        }""",
        "\r\n".join(lines),
    )

    assert "Đã dán 25 ô vào 2 hộ; 1 ô không hợp lệ" in page.inner_text("[data-sentence]")
    assert "1 dòng thừa" in page.inner_text("[data-sentence]")
    page.wait_for_selector("[data-state=saved]")
    assert stored(first) == ReviewAnswers(110, frozenset({5, 9}))
    assert not Review.objects.get(pk=second.pk).is_done


def test_a_conflict_is_settled_in_the_row(open_page, coordinator, village_head, campaign, village):
    (review,) = listed(campaign, village, 1)
    page = ready(open_page(grid_url(campaign, village), coordinator))
    record_review(review=review, answers=NEAR_POOR, version=1, by=village_head)

    keys = Keys(page)
    keys.type("135")
    keys.press("Enter")
    keys.type("5.9.11")
    keys.press("Enter")
    note = page.locator(".grid__note")
    note.wait_for()
    assert f"{village_head} vừa sửa" in note.inner_text()
    assert "B1 = 110" in note.inner_text()
    assert Review.objects.get().income_score == 110

    page.click("text=Giữ của tôi")
    all_saved(page)

    assert stored(review) == ReviewAnswers(135, frozenset({5, 9, 11}))


def test_a_warning_is_confirmed_in_the_panel(open_page, coordinator, campaign, village):
    listed(campaign, village, 1)
    page = ready(open_page(grid_url(campaign, village), coordinator))
    keys = Keys(page)
    keys.type("200")
    keys.press("Enter")
    keys.press("0")
    keys.press("Enter")
    page.click("[data-warnings] button")
    page.wait_for_selector("text=(đã xác nhận)")

    review = Review.objects.get()
    assert (review.recorded_class, review.warnings_confirmed_by) == (
        PovertyClass.NOT_POOR,
        coordinator,
    )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_grid_has_no_fault(open_page, coordinator, campaign, village, scheme):
    listed(campaign, village, 5)
    page = ready(open_page(grid_url(campaign, village), coordinator, scheme=scheme))

    assert faults_of(page) == []


def test_a_narrow_window_is_led_to_the_phone_form(open_page, coordinator, campaign, village):
    listed(campaign, village, 1)
    page = open_page(grid_url(campaign, village), coordinator, width=360, height=740)

    page.wait_for_url(f"**/phone/?village={village.pk}")


def test_without_script_the_grid_is_a_form(open_page, coordinator, campaign, village):
    (review,) = listed(campaign, village, 1)
    page = open_page(grid_url(campaign, village), coordinator, script=False)

    page.fill(f"[name=s{review.pk}]", "110")
    page.fill(f"[name=q{review.pk}]", "5 9")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Đã lưu 1 hộ.")

    assert stored(review) == ReviewAnswers(110, frozenset({5, 9}))


def chaos(open_page, user, campaign, village, *, edits, longest):
    """Edits in two windows over a bad network, one of them reloaded in the middle.

    Returns what the last edit of each household said, and the households.
    """
    chance = random.Random(edits)
    reviews = listed(campaign, village, 16)
    pages = []
    for _ in range(2):
        page = ready(open_page(grid_url(campaign, village), user))
        page.on("dialog", lambda dialog: dialog.accept())
        page.evaluate(BAD_NETWORK.replace("LONGEST", str(longest)))
        pages.append(page)
    said = {}
    for number in range(edits):
        window = number % 2
        page = pages[window]
        if number == edits // 2:
            page.reload()
            ready(page)
            page.evaluate(BAD_NETWORK.replace("LONGEST", str(longest)))
        review = chance.choice(reviews[window::2])
        said[review.pk] = simulated(chance)
        row_of(page, review).locator("[data-cell=score]").focus()
        enter(Keys(page), said[review.pk])
    for page in pages:
        all_saved(page, timeout=240_000)
    return said, reviews


def losses(said, reviews):
    return [
        review.pk for review in reviews if review.pk in said and stored(review) != said[review.pk]
    ]


def test_nothing_typed_is_lost(open_page, coordinator, campaign, village, causes):
    said, reviews = chaos(open_page, coordinator, campaign, village, edits=40, longest=600)

    assert losses(said, reviews) == []


@pytest.mark.long
def test_nothing_of_hundreds_of_edits_is_lost(open_page, coordinator, campaign, village, causes):
    said, reviews = chaos(open_page, coordinator, campaign, village, edits=400, longest=2450)

    assert losses(said, reviews) == []


def test_keys_of_the_page_go_to_help_the_next_village_and_paper(
    open_page, coordinator, ward, village
):
    after = VillageFactory(parent=ward, name="Tổ dân phố 2", order=village.order + 1)
    campaign = CampaignFactory(ward=ward)
    listed(campaign, village, 1)
    listed(campaign, after, 1)
    page = ready(open_page(grid_url(campaign, village), coordinator))

    page.keyboard.press("Control+Slash")
    assert page.locator("[data-keys]").get_attribute("open") is not None
    page.keyboard.press("Alt+PageDown")
    page.wait_for_url(f"**{grid_url(campaign, after)}")
    ready(page).keyboard.press("Control+p")
    page.wait_for_url(f"**{grid_url(campaign, after, 'review_grid_print')}")


def test_the_whole_village_is_printed_with_its_head_on_each_page(
    open_page, coordinator, campaign, village, tmp_path
):
    listed(campaign, village, 61)
    page = open_page(grid_url(campaign, village, "review_grid_print"), coordinator)
    file = tmp_path / "grid.pdf"

    page.pdf(path=file, prefer_css_page_size=True)

    with PdfDocument(file) as document:
        # The reader may put a space or a line between two letters.
        texts = ["".join(sheet.get_textpage().get_text_range().split()) for sheet in document]
        sizes = {tuple(round(side) for side in sheet.get_size()) for sheet in document}
    assert len(texts) > 1
    assert [text for text in texts if "Mãhộ" not in text] == []
    assert sizes == {(842, 595)}
    assert sum(text.count("NguyễnVăn") for text in texts) == 61
