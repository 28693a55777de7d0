"""Typing into the bulk entry in Chromium, and looking at what came of it."""

import pytest
from playwright.sync_api import TimeoutError

from households.entry.survey.services.reviews import ReviewAnswers
from households.models import Review
from households.rules.notes import ReviewNote
from tests.households.campaigns import pending_review

LINE = 175  # the urban standard's line of B1


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
    try:
        page.wait_for_selector(".save-status--saved", timeout=timeout)
    except TimeoutError:
        found = "\n".join(page.locator("[data-status], [data-grid]").all_inner_texts())
        pytest.fail(f"Not all was saved:\n{found}")


def focused(page):
    """The form and the cell in which the cursor stands."""
    return page.evaluate(
        """() => {
            const cell = document.activeElement;
            return [Number(cell.closest("[data-review]")?.dataset.review), cell.dataset.cell];
        }"""
    )


def remark_of(review):
    saved = Review.objects.get(pk=review.pk)
    return ReviewNote(saved.note, saved.needs_check)


def note_is_sent(page):
    page.wait_for_timeout(500)  # longer than the pause before a row is sent
    all_saved(page)


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


def enter(keys, said, *, need=None):
    """One form, then its need by number; 0 is none, None that nobody asked."""
    texts = [str(said.income_score), ".".join(map(str, sorted(said.deprivations))) or "0"]
    if said.income_score <= LINE:
        texts.append("".join(map(str, sorted(said.causes))))
    ends = ["NumpadEnter"] * len(texts)
    if need:
        texts.append(str(need))
        ends[-1:] = ["NumpadDivide", "NumpadEnter"]
    elif need == 0:
        ends[-1] = "NumpadMultiply"
    for text, end in zip(texts, ends, strict=True):
        keys.type(text)
        keys.press(end)


def asked_needs(household):
    """The kinds of need that stand; none where it was asked and needs nothing, None unasked."""
    kinds = {need.kind for need in household.needs.all()}
    return kinds if kinds or household.need_inquiries.exists() else None


def stored(review):
    saved = Review.objects.get(pk=review.pk)
    causes = frozenset(saved.causes.values_list("number", flat=True))
    return ReviewAnswers(saved.income_score, saved.deprivations, causes)


def paste(page, text):
    """Paste into the cell that has the cursor, as a spreadsheet's copy arrives."""
    page.evaluate(
        """(text) => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/plain", text);
            const paste = new ClipboardEvent("paste", { clipboardData, bubbles: true });
            document.activeElement.dispatchEvent(paste);
        }""",
        text,
    )
