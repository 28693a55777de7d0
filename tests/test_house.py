"""The shape of the house: a class name is used once, and no folder is two nouns."""

import ast
from collections import Counter, defaultdict

from django.conf import settings

APPS = ("povertyplan", "households", "projects", "reports")
SHARED_NAMES = {"Command", "Migration", "Meta"}  # Django's own
MOST_FILES, MOST_TEST_FILES = 15, 25


def files_of(folder):
    return sorted((settings.BASE_DIR / folder).rglob("*.py"))


def application_files():
    return [
        file for app in APPS for file in files_of(app) if file.parent.name not in ("migrations",)
    ]


def test_a_class_name_is_used_once():
    places = defaultdict(list)
    for file in application_files():
        for node in ast.parse(file.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef) and node.name not in SHARED_NAMES:
                places[node.name].append(str(file.relative_to(settings.BASE_DIR)))

    assert {name: found for name, found in places.items() if len(found) > 1} == {}


def test_no_folder_holds_two_nouns():
    def widths(files):
        return Counter(file.parent for file in files if file.name != "__init__.py")

    code = widths(file for file in application_files() if file.parent.name != "models")
    tests = widths(files_of("tests"))

    assert [str(folder) for folder, count in code.items() if count > MOST_FILES] == []
    assert [str(folder) for folder, count in tests.items() if count > MOST_TEST_FILES] == []
