"""The quick code reads the same in the browser and on the server."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from households.rules.quick_codes import CodeRefused, numbers_in

MODULE = Path(__file__).parents[3] / "static" / "js" / "grid" / "codes.js"
LOAD_MODULE = """async (source) => {
    const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    window.codes = await import(address);
}"""
READ = """([text, known, noun]) => {
    try {
        return window.codes.numbersIn(text, known, noun);
    } catch (fault) {
        return fault instanceof window.codes.CodeRefused ? fault.message : "another fault";
    }
}"""
KNOWN = list(range(1, 13))
SEPARATORS = [" ", ",", ".", "-", "+", ";", "  ", ", ", " + "]
REFUSED = ["", "+", "13", "0 5", "0+5", "năm", "5x9", "5*9", "1/2", "²", "٣"]


def in_python(text):
    try:
        return sorted(numbers_in(text, known=KNOWN, noun="chỉ số"))
    except CodeRefused as refused:
        return str(refused)


@pytest.mark.parametrize("separator", SEPARATORS)
def test_a_code_takes_every_separator_of_the_numeric_keypad(separator):
    assert numbers_in(f"9{separator}5", known=KNOWN, noun="chỉ số") == {5, 9}


@pytest.mark.parametrize("text", REFUSED)
def test_a_code_that_names_no_number_is_refused(text):
    with pytest.raises(CodeRefused):
        numbers_in(text, known=KNOWN, noun="chỉ số")


def test_numbers_of_one_digit_need_no_separator():
    assert numbers_in("258", known=range(1, 9)) == {2, 5, 8}
    for text, number in (("29", 9), ("10", 10)):
        with pytest.raises(CodeRefused, match=f"không có số {number}"):
            numbers_in(text, known=range(1, 9))


@pytest.mark.browser
def test_browser_and_server_read_one_code_alike():
    pairs = [f"{a}{mark}{b}" for mark in SEPARATORS for a in range(14) for b in (0, 1, 12)]
    texts = [*pairs, "1+2.3,4-5 6;7", "5 5", "+5+", "00", *REFUSED]

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        page = browser.new_page()
        page.evaluate(LOAD_MODULE, MODULE.read_text(encoding="utf-8"))
        read = {text: page.evaluate(READ, [text, KNOWN, "chỉ số"]) for text in texts}
        short = [
            page.evaluate(READ, [text, KNOWN[:8], "số"]) for text in ("258", "12 3", "29", "10")
        ]
        browser.close()

    assert read == {text: in_python(text) for text in texts}
    assert short == [[2, 5, 8], [1, 2, 3], *(f"Chỉ có 8 số, không có số {n}." for n in (9, 10))]
    assert not [words for words in read.values() if re.search("fault", str(words))]
