"""The bulk entry in Chromium: how many keys it takes, and that nothing typed is lost."""

import gzip
import random
from statistics import median

import pytest
from pypdfium2 import PdfDocument

from households.choices import PovertyClass
from households.entry.survey.services.reviews import ReviewAnswers, record_review
from households.models import PovertyCause, Review
from households.rules.notes import ReviewNote
from tests.factories.households import CampaignFactory, NeedKindFactory, ReviewFactory
from tests.households.campaigns import NEAR_POOR
from tests.households.grids import grid_url
from tests.journeys.steps.grid import (
    LINE,
    Keys,
    all_saved,
    asked_needs,
    enter,
    listed,
    paste,
    ready,
    remark_of,
    row_is_saved,
    row_of,
    shown_order,
    simulated,
    stored,
)
from tests.journeys.windows import faults_of, words

pytestmark = pytest.mark.browser

MOST_KEYS = 12
MOST_SCRIPT = 28 * 1024  # bytes of all scripts of the page, compressed
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

SLOW_CLOCK = """() => {
    const start = Date.now();
    const now = Date.now.bind(Date);
    Date.now = () => start + (now() - start) / 2;
}"""


@pytest.fixture
def causes(transactional_db):
    return [PovertyCause.objects.create(number=n, name=f"Nguyên nhân {n}") for n in range(1, 9)]


@pytest.fixture
def campaign(transactional_db, ward):
    return CampaignFactory(ward=ward)


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


def test_needs_beside_the_forms_take_twelve_keys_each_too(
    open_page, coordinator, campaign, village, causes
):
    kinds = [NeedKindFactory(name=f"Loại nhu cầu {n}") for n in range(1, 11)]
    NeedKindFactory(name="Học nghề", for_persons=True)
    chance = random.Random(60)
    reviews = listed(campaign, village, 60)
    page = ready(open_page(grid_url(campaign, village), coordinator))
    said, counts = {}, []
    keys = Keys(page)
    for at, review in enumerate(shown_order(page, reviews)):
        before = keys.pressed
        answers = simulated(chance)
        # A third each: not asked, no need, one need.
        number = (None, 0, at % 10 + 1)[at % 3] if answers.income_score <= LINE else None
        said[review.household] = None if number is None else {kinds[n - 1] for n in (number,) if n}
        enter(keys, answers, need=number)
        counts.append(keys.pressed - before)

    all_saved(page)

    assert {review.household: asked_needs(review.household) for review in reviews} == said
    assert median(counts) <= MOST_KEYS
    assert page.inner_text("[data-count]") == "60/60 hộ đã nhập"


def test_needs_are_told_and_stay_once_recorded(open_page, coordinator, campaign, village):
    first, second = (NeedKindFactory(name=name) for name in ("Vay vốn", "Nhà ở"))
    (review,) = listed(campaign, village, 1)
    page = ready(open_page(grid_url(campaign, village), coordinator))
    enter(Keys(page), NEAR_POOR, need=2)
    page.wait_for_selector("[data-sentence] >> text=Nhu cầu: 2 Nhà ở.")
    all_saved(page)

    page.keyboard.press("Home")
    page.keyboard.press("NumpadMultiply")
    assert "Hộ còn nhu cầu đã ghi" in page.inner_text("[data-sentence]")
    page.keyboard.press("NumpadDivide")
    page.keyboard.type("3")
    page.keyboard.press("Enter")
    assert "Chỉ có 2 loại nhu cầu, không có số 3." in row_of(page, review).inner_text()
    page.keyboard.type("1")
    page.keyboard.press("Enter")
    row_is_saved(page, review)

    assert asked_needs(review.household) == {first, second}
    page.reload()
    assert ready(page).input_value("[data-cell=needs]") == "1 2"


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


def test_the_scripts_of_the_page_are_light(open_page, coordinator, campaign, village):
    listed(campaign, village, 1)
    page = open_page("/account/password/", coordinator)
    bodies = {}
    page.on(
        "response",
        lambda answer: (
            answer.request.resource_type == "script"
            and bodies.setdefault(answer.url, answer.body())
        ),
    )
    page.goto(page.url.replace("/account/password/", grid_url(campaign, village)))
    ready(page)

    sizes = {address: len(gzip.compress(body)) for address, body in bodies.items()}
    assert [address for address in sizes if address.rpartition("/")[2].startswith("main.")]
    assert [address for address in sizes if "htmx" in address] == []
    assert sum(sizes.values()) <= MOST_SCRIPT, sizes


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

    paste(page, "\r\n".join(lines))

    told = page.inner_text("[data-paste-report]")
    assert "Đã dán 25 ô vào 2 hộ." in told
    assert "Hộ 2 (Nguyễn Văn AB), cột B1: “abc”." in told
    assert "1 dòng không có hộ để ghi vào: 120 | 0" in words(told)
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
    page.fill(f"[name=q{review.pk}]", "5+9")
    page.check(f"[name=f{review.pk}]")
    page.fill(f"[name=n{review.pk}]", "Vắng nhà")
    page.keyboard.press("Enter")
    page.wait_for_selector("text=Đã lưu 1 hộ.")

    assert stored(review) == ReviewAnswers(110, frozenset({5, 9}))
    assert remark_of(review) == ReviewNote("Vắng nhà", needs_check=True)
    page.click(".grid__number")
    assert "Vắng nhà" in page.inner_text("main")


def test_a_clock_that_is_set_back_holds_no_row_up(
    open_page, coordinator, campaign, village, causes
):
    review, _below = listed(campaign, village, 2)
    page = ready(open_page(grid_url(campaign, village), coordinator))
    page.evaluate(SLOW_CLOCK)
    said = simulated(random.Random(1))

    enter(Keys(page), said)
    all_saved(page)

    assert stored(review) == said


def chaos(open_page, user, campaign, village, *, edits, longest):
    """Edits in two windows over a bad network, one of them reloaded in the middle.

    Returns what the last edit of each household said, its note and flag, and the households.
    """
    chance = random.Random(edits)
    reviews = listed(campaign, village, 16)
    pages = []
    for _ in range(2):
        page = ready(open_page(grid_url(campaign, village), user))
        page.on("dialog", lambda dialog: dialog.accept())
        page.evaluate(BAD_NETWORK.replace("LONGEST", str(longest)))
        pages.append(page)
    said, remarks = {}, dict.fromkeys((review.pk for review in reviews), ReviewNote())
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
        remarks[review.pk] = remarked(page, chance, number, remarks[review.pk])
        enter(Keys(page), said[review.pk])
    for page in pages:
        all_saved(page, timeout=240_000)
    return said, remarks, reviews


def remarked(page, chance, number, before):
    """Half of the edits turn the flag, half of them write a note."""
    note, needs_check = before.note, before.needs_check
    if chance.random() < 0.5:
        page.keyboard.press("F4")
        needs_check = not needs_check
    if chance.random() < 0.5:
        note = f"Lần {number}"
        page.keyboard.press("Control+m")
        page.keyboard.type(note)
        page.keyboard.press("Enter")
    return ReviewNote(note, needs_check)


def losses(said, remarks, reviews):
    return [
        review.pk
        for review in reviews
        if review.pk in said
        and (stored(review), remark_of(review)) != (said[review.pk], remarks[review.pk])
    ]


def test_nothing_typed_is_lost(open_page, coordinator, campaign, village, causes):
    said, remarks, reviews = chaos(open_page, coordinator, campaign, village, edits=40, longest=600)

    assert losses(said, remarks, reviews) == []


@pytest.mark.long
def test_nothing_of_hundreds_of_edits_is_lost(open_page, coordinator, campaign, village, causes):
    said, remarks, reviews = chaos(
        open_page, coordinator, campaign, village, edits=400, longest=2450
    )

    assert losses(said, remarks, reviews) == []


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
