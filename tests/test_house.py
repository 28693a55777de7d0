"""The shape of the house: a class name is used once, a folder is a noun, a file has no banners."""

import ast
import re
from collections import Counter, defaultdict

from django.conf import settings

APPS = ("povertyplan", "households", "projects", "reports")
SHARED_NAMES = {"Command", "Migration", "Meta"}  # Django's own
MOST_FILES, MOST_TEST_FILES = 15, 25
# A comment with a rule, or a heading alone between the functions: such a file is to be split.
BANNER = re.compile(r"^ *(?:#|//|/\*) .*[-=─]{6,}|\n\n\n# [^\n]*\n\n\n", re.MULTILINE)


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


def test_no_file_has_banners():
    scripts = [
        *(settings.BASE_DIR / "static" / "js").rglob("*.js"),
        *(settings.BASE_DIR / "static" / "css").rglob("*.css"),
    ]
    found = {
        str(file.relative_to(settings.BASE_DIR)): banner[0].strip()
        for file in [*application_files(), *files_of("tests"), *files_of("bench"), *scripts]
        if (banner := BANNER.search(file.read_text(encoding="utf-8")))
    }

    assert found == {}


def test_banners_are_found():
    assert BANNER.search("x = 1\n\n\n# Reading\n\n\ny = 2")
    assert BANNER.search("x = 1\n# Reading " + "-" * 20)
    assert not BANNER.search("x = 1\n\n\n# Why it is one.\ny = 1 - 2  # text - more")
