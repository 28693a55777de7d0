"""Nobody but the clock module asks what time it is."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings

THE_CLOCK = Path("povertyplan/core/clock.py")
PACKAGES = ("povertyplan", "households", "projects", "reports")
ASKING = frozenset(
    {"today", "now", "utcnow", "localdate", "localtime", "fromtimestamp", "time", "ctime"}
)
OWNERS = frozenset({"date", "datetime", "timezone", "time", "dt"})
# Functions that give today's date without its name in the call.
DATABASE_CLOCKS = frozenset({"Now", "CurrentDate", "auto_now", "auto_now_add"})
TEMPLATE_CLOCK = re.compile(r"{%\s*now\b")


def hidden_clocks(source: str) -> list[str]:
    """Every place in a Python text that asks for the time, as "line: name"."""
    found = []
    for node in ast.walk(ast.parse(source)):
        name = _asks(node)
        if name:
            found.append(f"{node.lineno}: {name}")
    return found


def _asks(node):
    if isinstance(node, ast.Attribute) and node.attr in ASKING - {"fromtimestamp"}:
        owner = node.value.attr if isinstance(node.value, ast.Attribute) else None
        owner = node.value.id if isinstance(node.value, ast.Name) else owner
        return f"{owner}.{node.attr}" if owner in OWNERS else ""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        # Without a zone the machine's own zone decides.
        zoned = len(node.args) > 1 or any(keyword.arg == "tz" for keyword in node.keywords)
        return "" if node.func.attr != "fromtimestamp" or zoned else "fromtimestamp"
    if isinstance(node, ast.ImportFrom) and node.module in {"time", "django.utils.timezone"}:
        return next((each.name for each in node.names if each.name in ASKING), "")
    if isinstance(node, ast.Name | ast.keyword):
        name = node.id if isinstance(node, ast.Name) else node.arg
        return name if name in DATABASE_CLOCKS else ""
    return ""


def _sources():
    for package in PACKAGES:
        for path in (settings.BASE_DIR / package).rglob("*.py"):
            relative = path.relative_to(settings.BASE_DIR)
            if relative != THE_CLOCK and "migrations" not in relative.parts:
                yield relative, path.read_text(encoding="utf-8")


def test_no_module_but_the_clock_asks_for_the_time():
    sources = dict(_sources())
    found = {str(path): clocks for path, text in sources.items() if (clocks := hidden_clocks(text))}

    assert len(sources) > 60
    assert found == {}


def test_no_template_asks_for_the_time():
    templates = [*(settings.BASE_DIR / "templates").rglob("*.html")]
    found = [path.name for path in templates if TEMPLATE_CLOCK.search(path.read_text("utf-8"))]

    assert len(templates) > 30
    assert found == []


def test_the_clock_itself_would_be_found():
    assert hidden_clocks((settings.BASE_DIR / THE_CLOCK).read_text("utf-8"))


@pytest.mark.parametrize(
    "line",
    [
        "date.today()",
        "datetime.date.today()",
        "datetime.now(UTC)",
        "datetime.utcnow()",
        "timezone.now()",
        "timezone.localdate()",
        "default=timezone.now",
        "from django.utils.timezone import now",
        "time.time()",
        "from time import time",
        "datetime.fromtimestamp(0)",
        "models.DateField(auto_now=True)",
        "Review.objects.filter(at__lt=Now())",
    ],
)
def test_each_way_of_asking_is_seen(line):
    assert hidden_clocks(line)


@pytest.mark.parametrize(
    "line", ["clock.today()", "clock.now()", "datetime.fromtimestamp(0, UTC)", "event.time"]
)
def test_the_clock_module_may_be_asked(line):
    assert not hidden_clocks(line)
