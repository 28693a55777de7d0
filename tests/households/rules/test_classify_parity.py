"""The browser's classification gives the same class and the same sentence as the server's."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from households.rules.classification import ScoreRefused, as_json, classify
from tests.households.standards import STANDARD

MODULE = Path(__file__).parents[3] / "static" / "js" / "classify.js"
# On both sides of each line; further from it in the long run.
SCORES = {"rural": (139, 140), "urban": (174, 175)}
FURTHER = {"rural": (0, 141, 175), "urban": (0, 140, 176)}
COMBINATIONS = 4096

LOAD_MODULE = """async (source) => {
    const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
    window.classification = await import(address);
}"""
CLASSIFY_ALL = """([rules, setting, score, combinations]) => {
    const results = [];
    for (let bits = 0; bits < combinations; bits += 1) {
        const deprived = rules.indicators.map((i) => i.number).filter((n) => bits >> (n - 1) & 1);
        const found = window.classification.classify(rules, setting, score, deprived);
        results.push([found.povertyClass, found.deprivationScore, found.explanation]);
    }
    return results;
}"""
REFUSE = """([rules, setting, score, deprived]) => {
    try {
        return window.classification.classify(rules, setting, score, deprived);
    } catch (error) {
        return [error instanceof window.classification.ScoreRefused, error.message];
    }
}"""


@pytest.fixture(scope="module")
def page():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        page = browser.new_page()
        page.evaluate(LOAD_MODULE, MODULE.read_text(encoding="utf-8"))
        yield page
        browser.close()


def in_python(setting, score):
    for bits in range(COMBINATIONS):
        deprived = [number for number in range(1, 13) if bits >> (number - 1) & 1]
        found = classify(STANDARD, setting, score, deprived)
        yield [found.poverty_class.value, found.deprivation_score, found.explanation]


@pytest.mark.browser
@pytest.mark.parametrize(
    ("setting", "score"),
    [
        *((setting, score) for setting, scores in SCORES.items() for score in scores),
        *(
            pytest.param(setting, score, marks=pytest.mark.long)
            for setting, scores in FURTHER.items()
            for score in scores
        ),
    ],
)
def test_browser_classifies_every_combination_like_the_server(page, setting, score):
    in_browser = page.evaluate(CLASSIFY_ALL, [as_json(STANDARD), setting, score, COMBINATIONS])

    assert len(in_browser) == COMBINATIONS
    assert in_browser == list(in_python(setting, score))


@pytest.mark.browser
@pytest.mark.parametrize(
    ("setting", "score", "deprived"),
    [
        pytest.param("rural", -1, [], id="negative score"),
        pytest.param("rural", 1.5, [], id="fraction"),
        pytest.param("rural", None, [], id="no score"),
        pytest.param("rural", 100, [0, 13, 4], id="unknown indicators"),
    ],
)
def test_browser_refuses_in_the_same_words(page, setting, score, deprived):
    refused, message = page.evaluate(REFUSE, [as_json(STANDARD), setting, score, deprived])

    assert refused
    with pytest.raises(ScoreRefused, match=f"^{re.escape(message)}$"):
        classify(STANDARD, setting, score, deprived)


@pytest.mark.browser
def test_browser_refuses_a_standard_without_a_score_line(page):
    rules = as_json(STANDARD) | {"scoreLines": {"rural": None}}

    assert page.evaluate(REFUSE, [rules, "rural", 100, []]) == [
        True,
        "Chuẩn nghèo 2022-2026 chưa có mức điểm B1 cho khu vực nông thôn.",
    ]
