"""Entering a household's survey form: the live result, wrong input, two persons at once."""

from dataclasses import dataclass

from households.models import Review
from tests.journeys.windows import Window, words

LIVE_SENTENCE = ".result-card [data-result-text]"
LIVE_CLASS = ".result-card p[data-result-tag]"


@dataclass(frozen=True)
class Typed:
    """What a person types into a form: B1 as text, the ticked indicators by number."""

    score: str
    ticked: frozenset[int]


def address_of(review: Review) -> str:
    return f"/reviews/{review.campaign_id}/households/{review.household_id}/"


def when_answers_are_typed(window: Window, typed: Typed) -> None:
    window.page.fill("[name=income_score]", typed.score)
    for number in range(1, 13):
        window.page.set_checked(f"[name=deprivations][value='{number}']", number in typed.ticked)


def then_last_year_stands_beside(window: Window, earlier: Review) -> None:
    """B1, class and each indicator of last year's form are on the page."""
    year = earlier.campaign.year
    notes = [words(note) for note in window.page.locator(".check-row__note").all_inner_texts()]
    assert notes == [
        f"{year}: {'thiếu hụt' if number in earlier.deprivations else 'không thiếu'}"
        for number in range(1, 13)
    ]
    assert f"Năm {year}: B1 = {earlier.income_score} điểm" in window.text
    assert earlier.get_recorded_class_display() in words(window.page.inner_text(".result-card"))


def then_the_class_shows_while_typing(window: Window, poverty_class: str, typed: Typed) -> str:
    """The class in words, before anything is saved; returns the sentence beside it.

    The same class may show before the last tick: the sentence names exactly those that are ticked.
    """
    window.page.wait_for_function(
        """([place, text, beside, ticked]) => {
            const sentence = document.querySelector(beside).textContent;
            const found = [...sentence.matchAll(/[:,] (\\d+) \\p{L}/gu)];
            const named = found.map((each) => Number(each[1]));
            return document.querySelector(place).textContent.trim() === text
                && String(named) === String(ticked);
        }""",
        arg=[LIVE_CLASS, poverty_class, LIVE_SENTENCE, sorted(typed.ticked)],
    )
    return live_sentence(window)


def live_sentence(window: Window) -> str:
    return words(window.page.inner_text(LIVE_SENTENCE))


def then_the_same_is_stored(window: Window, review: Review, typed: Typed, sentence: str) -> None:
    """Saved, reloaded, still there: the answers, and the sentence that was shown live."""
    review.refresh_from_db()
    assert (review.income_score, review.deprivations) == (int(typed.score), typed.ticked)
    assert review.explanation == sentence

    window.open(address_of(review))

    assert typed_in(window) == typed
    assert live_sentence(window) == sentence
    without_script = window.page.request.get(window.page.url).text()
    assert sentence in words(without_script)


def then_wrong_input_is_named_and_kept(window: Window, review: Review, typed: Typed) -> None:
    """A page of errors at the field, with everything that was typed; nothing is saved."""
    version = review.version
    when_answers_are_typed(window, typed)
    window.press("Lưu", status=422)

    assert window.page.title().startswith("Lỗi: ")
    assert "Có 1 lỗi cần sửa" in window.page.inner_text(".error-summary")
    error = window.page.locator("#" + _error_of(window, "income_score"))
    assert words(error.inner_text()).endswith("Nhập số nguyên từ 0 trở lên.")
    assert typed_in(window) == typed
    review.refresh_from_db()
    assert review.version == version


def then_the_conflict_shows_both(window: Window, *, theirs: str, mine: str, who: str) -> None:
    """Nothing was overwritten: the row of B1 shows the stored value and the one just typed."""
    row = window.page.locator("tr", has=window.page.locator("[name=keep_income_score]"))
    assert [words(cell) for cell in row.locator("td").all_inner_texts()] == [theirs, mine]
    assert f"{who} vừa sửa hồ sơ này" in window.text


def when_my_score_is_kept(window: Window) -> None:
    """Choose my B1 and their answer everywhere else."""
    for choice in window.page.locator("input[type=radio][value=theirs]").all():
        choice.check()
    window.page.check("[name=keep_income_score][value=mine]")
    window.press("Lưu")


def typed_in(window: Window) -> Typed:
    """What stands in the fields."""
    ticked = window.page.locator("[name=deprivations]:checked").all()
    numbers = frozenset(int(box.get_attribute("value")) for box in ticked)
    return Typed(window.page.input_value("[name=income_score]"), numbers)


def then_the_form_is_locked(window: Window, review: Review, reason: str) -> None:
    """The answers can be read, the reason is given, and there is nothing to press."""
    window.open(address_of(review))

    assert reason in window.text
    assert window.page.is_disabled("[name=income_score]")
    assert window.page.locator("main form button").count() == 0


def then_a_forced_save_is_refused(window: Window, review: Review, reason: str) -> None:
    """A save sent past the locked page changes nothing, and the answer says why."""
    window.open(address_of(review))
    token = window.page.get_attribute("main [name=csrfmiddlewaretoken]", "value")
    form = {"csrfmiddlewaretoken": token, "version": str(review.version), "income_score": "1"}
    headers = {"Referer": window.page.url}
    answer = window.page.request.post(window.page.url, form=form, headers=headers)

    assert answer.status == 422
    assert reason in words(answer.text())
    before = review.income_score
    review.refresh_from_db()
    assert review.income_score == before


def _error_of(window: Window, name: str) -> str:
    """The id of the error that describes a field."""
    described = window.page.get_attribute(f"[name={name}]", "aria-describedby").split()
    return next(each for each in described if each.endswith("_error"))
