"""The style sheets keep their promises: contrast, browser floor, weight, layers."""

import gzip
import re
from pathlib import Path

import pytest
import tinycss2
from django.conf import settings

CSS = Path(settings.BASE_DIR) / "static" / "css"
HEAD = Path(settings.BASE_DIR) / "templates" / "components" / "head.html"
LINKED = re.findall(r"css/([\w-]+\.css)", HEAD.read_text(encoding="utf-8"))
PRINTED = {"document.css", "document-set.css", "form.css"}  # by reports.printing.html
LAYERS = ["reset", "tokens", "base", "layout", "components", "utilities", "print"]
LARGEST_GZIP_BYTES = 12 * 1024
SURFACES = ["bg", "sunken", "zebra", "head"]
TEXT, CONTROL = 4.5, 3.0

# Newer than Chrome 109, Firefox 115 or Safari 15.4.
FORBIDDEN = [
    "color-mix(",
    "light-dark(",
    ":has(",
    "popover",
    "anchor-name",
    "position-anchor",
    "text-wrap",
    "@scope",
    "@starting-style",
    "@import",
    "field-sizing",
    "interpolate-size",
]

PAIRS = [
    *[("text", surface, 12) for surface in SURFACES],
    *[("muted", surface, 6.3) for surface in SURFACES],
    *[("primary", surface, TEXT) for surface in [*SURFACES, "primary-soft"]],
    *[("text", f"{tone}-soft", TEXT) for tone in ["primary", "danger", "warn", "ok"]],
    *[(tone, f"{tone}-soft", 6) for tone in ["danger", "warn", "ok"]],
    *[(tone, f"{tone}-soft", 6) for tone in ["poor", "near-poor", "escaped", "not-poor"]],
    *[(tone, "bg", TEXT) for tone in ["danger", "warn", "ok"]],
    ("primary", "warn-soft", TEXT),
    ("primary", "danger-soft", TEXT),
    ("primary", "ok-soft", TEXT),
    ("muted", "primary-soft", TEXT),
    ("on-primary", "primary", TEXT),
    ("on-primary", "primary-hover", TEXT),
    ("on-danger", "danger", TEXT),
    ("on-bar", "bar", TEXT),
    ("bar-line", "bar", 2.5),
    ("control", "bg", 4.2),
    ("control", "sunken", CONTROL),
    *[(f"chart-{number}", "bg", TEXT) for number in range(1, 6)],
]


def sheet(name):
    return (CSS / name).read_text(encoding="utf-8")


def declared(block):
    """Custom properties that hold a colour, by name without dashes."""
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9A-Fa-f]{6});", block))


def themes():
    """Colours of `:root`, of the device's dark setting and of the chosen dark theme."""
    _before, light, device_dark, chosen_dark = re.split(
        r":root,\s*\.paper \{|:root:not\(\[data-theme=\"light\"\]\) \{|"
        r":root\[data-theme=\"dark\"\] \{",
        sheet("tokens.css"),
    )
    return declared(light), declared(device_dark), declared(chosen_dark)


def luminance(colour):
    channels = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    lighter, darker = sorted([luminance(one), luminance(other)], reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_of_black_on_white_is_twenty_one():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


@pytest.mark.parametrize(("ink", "surface", "least"), PAIRS)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_contrast_of_tokens_is_enough(theme, ink, surface, least):
    light, dark, _chosen = themes()
    colours = light if theme == "light" else {**light, **dark}

    assert contrast(colours[ink], colours[surface]) >= least


def test_focus_ring_is_seen_on_light_and_dark():
    light, dark, _chosen = themes()

    assert contrast(light["focus-inner"], light["bg"]) >= 18
    assert contrast(light["focus"], dark["bg"]) >= 11
    assert contrast(light["focus"], light["bar"]) >= CONTROL


def test_dark_by_device_and_by_choice_are_the_same():
    _light, device_dark, chosen_dark = themes()

    assert device_dark == chosen_dark
    assert len(device_dark) > 30


def test_every_sheet_is_linked_by_a_page_or_printed_with_a_document():
    templates = (Path(settings.BASE_DIR) / "templates").rglob("*.html")
    linked = {
        name
        for file in templates
        for name in re.findall(r"css/([\w-]+\.css)", file.read_text(encoding="utf-8"))
    }

    assert {file.name for file in CSS.glob("*.css")} == linked | PRINTED


def test_layers_are_named_in_order_in_the_first_sheet():
    order = re.search(r"@layer ([\w, ]+);", sheet(LINKED[0]))[1]

    assert order.split(", ") == LAYERS


@pytest.mark.parametrize("name", LINKED)
def test_sheet_holds_only_known_layers(name):
    rules = tinycss2.parse_stylesheet(sheet(name), skip_comments=True, skip_whitespace=True)

    outside = [rule for rule in rules if rule.type != "at-rule" or rule.at_keyword != "layer"]
    named = [tinycss2.serialize(rule.prelude).strip() for rule in rules if rule.content]

    assert outside == []
    assert set(named) <= set(LAYERS)


@pytest.mark.parametrize("feature", FORBIDDEN)
@pytest.mark.parametrize("name", LINKED)
def test_sheet_stays_at_the_browser_floor(name, feature):
    assert feature not in sheet(name)


def nested_rules(rules):
    """Style rules that hold other rules: native nesting, unknown to Chrome 109."""
    for rule in rules:
        if rule.type == "at-rule" and rule.content and rule.at_keyword in ("layer", "media"):
            yield from nested_rules(tinycss2.parse_rule_list(rule.content, True, True))
        elif rule.type == "qualified-rule":
            inside = tinycss2.parse_blocks_contents(rule.content, True, True)
            yield from (inner for inner in inside if inner.type != "declaration")


@pytest.mark.parametrize("name", LINKED)
def test_sheet_has_no_nesting_and_no_broken_rule(name):
    rules = tinycss2.parse_stylesheet(sheet(name), True, True)

    assert [tinycss2.serialize([rule]) for rule in nested_rules(rules)] == []


def test_nested_rule_is_found():
    rules = tinycss2.parse_stylesheet("@layer base { a { color: red; b { color: blue; } } }")

    assert len(list(nested_rules(rules))) == 1


@pytest.mark.parametrize("name", LINKED)
def test_custom_properties_in_use_are_declared(name):
    used = set(re.findall(r"var\(--([\w-]+)", sheet(name)))
    known = set(re.findall(r"--([\w-]+):", sheet("tokens.css")))

    assert used - known == set()


def test_all_sheets_weigh_little():
    weight = sum(len(gzip.compress((CSS / name).read_bytes(), 9)) for name in LINKED)

    assert weight <= LARGEST_GZIP_BYTES
