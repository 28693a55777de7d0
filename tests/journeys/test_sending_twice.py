"""A form sent twice by a double click is sent once; another file of the same form is another."""

import pytest

pytestmark = pytest.mark.browser(on_each_database=True)

# A form with two downloads, as beside a paper: nothing leaves the page, and every press says
# whether it would have been held back.
TWO_DOWNLOADS = """() => {
    const form = document.createElement("form");
    form.method = "post";
    form.action = "/word/";
    form.innerHTML =
        '<button id="word">Word</button><button id="pdf" formaction="/pdf/">PDF</button>';
    document.querySelector("main").append(form);
    window.held = [];
    window.addEventListener("submit", (event) => {
        window.held.push(event.defaultPrevented);
        event.preventDefault();
    });
}"""


def test_a_second_download_of_a_form_is_not_held_back(open_page, coordinator):
    page = open_page("/", coordinator)
    page.evaluate(TWO_DOWNLOADS)

    for name in ("word", "word", "pdf"):
        page.click(f"#{name}")

    assert page.evaluate("window.held") == [False, True, False]
