"""Templates stay readable: lines that fit a window, cells without logic, codes left to Python."""

import re

import pytest
from django.apps import apps
from django.conf import settings

FOLDER = settings.BASE_DIR / "templates"
TEMPLATES = {
    str(path.relative_to(FOLDER)): path.read_text(encoding="utf-8")
    for path in sorted(FOLDER.rglob("*.html"))
}
LONGEST_LINE = 160
MOST_BRANCHES = 2

CELL = re.compile(r'<(td|th)\b(?:"[^"]*"|\{%.*?%\}|[^>"])*>(.*?)</\1>', re.DOTALL)
BRANCH = re.compile(r"\{% (?:if|elif|else|empty)\b")
COMPARISON = re.compile(r'([\w.]+) *(?:==|!=) *"([^"]*)"')
# Words of a page that are stored nowhere: the tab of an address, the key of a check.
WORDS_OF_PAGES = {"name", "check.key"}


def long_lines(text):
    return [line for line in text.splitlines() if len(line) > LONGEST_LINE]


def crowded_cells(text):
    cells = [content for _, content in CELL.findall(text)]
    return [cell.strip() for cell in cells if len(BRANCH.findall(cell)) > MOST_BRANCHES]


def compared_codes(text, codes):
    return [
        f"{left} is compared with {word}"
        for left, word in COMPARISON.findall(text)
        if word in codes and left not in WORDS_OF_PAGES
    ]


def stored_codes():
    """Every value a field with choices can hold."""
    fields = [field for model in apps.get_models() for field in model._meta.get_fields()]
    return {str(code) for field in fields for code, _ in getattr(field, "flatchoices", ())}


def found(look):
    return {name: lines for name, text in TEMPLATES.items() if (lines := look(text))}


def test_no_line_of_a_template_is_too_long():
    assert not found(long_lines)


def test_a_cell_with_more_than_two_branches_is_a_template_of_its_own():
    assert not found(crowded_cells)


def test_templates_compare_no_stored_code():
    codes = stored_codes()
    assert {"near_poor", "recognised"} <= codes

    assert not found(lambda text: compared_codes(text, codes))


@pytest.mark.parametrize(
    ("look", "text"),
    [
        (long_lines, "x" * 161),
        (
            crowded_cells,
            '<td class="{% if a > b %}c{% endif %}">'
            "{% if a %}1{% elif b %}2{% else %}3{% endif %}</td>",
        ),
        (
            lambda text: compared_codes(text, {"near_poor"}),
            '{% if household.poverty_class == "near_poor" %}',
        ),
    ],
)
def test_what_strays_is_found(look, text):
    assert len(look(text)) == 1
