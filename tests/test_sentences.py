"""Sentences for users stay out of views and selectors: facts there, words in templates,
presenters, choices, forms and refusals."""

import ast

from django.conf import settings

APPS = ("povertyplan", "households", "projects", "reports")
LAYERS = {"views", "selectors"}


def layer_files():
    for app in APPS:
        for file in sorted((settings.BASE_DIR / app).rglob("*.py")):
            path = file.relative_to(settings.BASE_DIR)
            if LAYERS & {*path.with_suffix("").parts}:
                yield path


def is_vietnamese(text):
    return any(letter.isalpha() and not letter.isascii() for letter in text)


def count_sentences(source):
    """How many string literals with a Vietnamese letter; docstrings apart, an f-string is one."""
    tree = ast.parse(source)
    apart = set()  # docstrings, and pieces of f-strings
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            apart.add(node.value)
        if isinstance(node, ast.JoinedStr):
            apart.update(node.values)
    return sum(
        is_vietnamese(text) for node in ast.walk(tree) if node not in apart for text in texts(node)
    )


def texts(node):
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    if isinstance(node, ast.JoinedStr):
        pieces = [piece.value for piece in node.values if isinstance(piece, ast.Constant)]
        yield "".join(pieces)


def test_views_and_selectors_hold_no_sentences():
    found = {
        str(path): count
        for path in layer_files()
        if (count := count_sentences((settings.BASE_DIR / path).read_text(encoding="utf-8")))
    }
    lines = [f"{count:4} {path}" for path, count in found.items()]
    print(sum(found.values()), "in views and selectors", *lines, sep="\n")  # noqa: T201

    assert found == {}


# An officer has screens; what the administrator loads is nothing to send anybody to.
FILES = ("tệp cấu hình", "tệp dữ liệu", "manage.py")
# Who runs commands is told about commands.
OF_COMMANDS = (
    *("management", "ward_file", "restored.py", "checks.py", "settings.py", "starting.py"),
    "migrations",
)


def sentences_for_users():
    for file in sorted((settings.BASE_DIR / "templates").rglob("*.html")):
        yield file.name, file.read_text(encoding="utf-8").lower()
    for app in APPS:
        for file in sorted((settings.BASE_DIR / app).rglob("*.py")):
            if not {*OF_COMMANDS} & {*file.parts}:
                tree = ast.parse(file.read_text(encoding="utf-8"))
                apart = {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
                for node in ast.walk(tree):
                    if node not in apart:
                        yield from ((file.name, text.lower()) for text in texts(node))


def test_nobody_is_sent_to_a_file():
    found = {(name, word) for name, text in sentences_for_users() for word in FILES if word in text}

    assert found == set()


def test_sentences_are_counted_outside_docstrings():
    source = '''
"""Hộ nghèo."""
def name(count):
    """Hộ cận nghèo."""
    a = f"{count} hộ " "nghèo"
    b = f"{count or 'không'} of {count}"
    return {"hộ": "name", "plain": _("Một " "hộ")}
'''
    assert count_sentences(source) == 4
