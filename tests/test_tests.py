"""What every test is held to: it judges what is seen or stored, and leans on no other test."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pytest
from django.db import connection

from tests.conftest import share_of

ROOT = Path(__file__).parent
FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef

# What fails by itself, beside the statement `assert`; a browser waits in vain for what never shows.
JUDGES = frozenset({"raises", "warns", "expect", "wait_for_selector", "wait_for_url"})
# Builtins that hand on what they are given.
TRANSPARENT = frozenset({"all", "any", "list", "set", "sorted", "tuple"})


@dataclass(frozen=True)
class TestModule:
    """A file of tests or of their helpers; `package` has the whole tree of them by name."""

    __test__ = False

    name: str
    tree: ast.Module
    package: dict[str, "TestModule"]

    @property
    def is_of_tests(self) -> bool:
        return self.name.rpartition(".")[2].startswith("test_")

    @cached_property
    def functions(self) -> dict[str, FunctionNode]:
        return {each.name: each for each in self.tree.body if isinstance(each, FunctionNode)}

    @cached_property
    def imports(self) -> dict[str, tuple[str, str]]:
        """Names imported from the tests: (module, name there), the name empty for a module."""
        found = {}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("tests"):
                for each in node.names:
                    inner = f"{node.module}.{each.name}"
                    place = (inner, "") if inner in self.package else (node.module, each.name)
                    found[each.asname or each.name] = place
        return found

    @property
    def tests(self) -> dict[str, FunctionNode]:
        return {name: each for name, each in self.functions.items() if name.startswith("test_")}

    def function(self, called: ast.expr) -> tuple["TestModule", FunctionNode] | None:
        """The helper or fixture that a call names, if it is one of the tests' own."""
        if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name):
            module, name = self.imports.get(called.value.id, ("", ""))
            return self._found(module, called.attr) if not name else None
        if not isinstance(called, ast.Name):
            return None
        if called.id in self.functions:
            return self, self.functions[called.id]
        if called.id in self.imports:
            return self._found(*self.imports[called.id])
        return self._fixture(called.id)

    def _fixture(self, name: str) -> tuple["TestModule", FunctionNode] | None:
        parts = self.name.split(".")
        conftests = [
            ".".join([*parts[:depth], "conftest"]) for depth in range(len(parts) - 1, 0, -1)
        ]
        return next(filter(None, (self._found(each, name) for each in conftests)), None)

    def _found(self, module: str, name: str) -> tuple["TestModule", FunctionNode] | None:
        there = self.package.get(module)
        return (there, there.functions[name]) if there and name in there.functions else None


def read_package() -> dict[str, TestModule]:
    package: dict[str, TestModule] = {}
    for path in sorted(ROOT.rglob("*.py")):
        name = ".".join(path.relative_to(ROOT.parent).with_suffix("").parts)
        package[name] = TestModule(name, ast.parse(path.read_text()), package)
    return package


def judgements(
    module: TestModule, function: FunctionNode, seen: frozenset[str] = frozenset()
) -> Iterator[bool]:
    """For each judgement of a test and of the helpers it calls: is it about a status alone?"""
    here = f"{module.name}.{function.name}"
    if here in seen:
        return
    for node in ast.walk(function):
        if isinstance(node, ast.Assert):
            yield is_status(module, function, node.test)
        elif isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name in JUDGES or name.startswith(("assert_", "django_assert_")):
                yield False
            elif helper := module.function(node.func):
                yield from judgements(*helper, seen | {here})


def is_status(module: TestModule, function: FunctionNode, value: ast.expr) -> bool:
    """Whether a value comes from the status codes of answers and from nothing else."""

    def inside(*values: ast.expr) -> bool:
        return bool(values) and all(is_status(module, function, each) for each in values)

    match value:
        case ast.Attribute(attr="status_code"):
            return True
        case ast.BoolOp(values=parts) | ast.Tuple(elts=parts) | ast.List(elts=parts):
            return inside(*parts)
        case ast.Call(func=ast.Name(id=name), args=parts) if name in TRANSPARENT:
            return inside(*parts)
        case ast.Call(func=called):
            helper = module.function(called)
            return helper is not None and returns_status(*helper)
        case ast.Name(id=name):
            return inside(*assigned(function, name))
    return inside(*filter(None, [_inner(value)]))


def _inner(value: ast.expr) -> ast.expr | None:
    """What a comparison is of, or what a comprehension collects."""
    match value:
        case ast.UnaryOp(operand=inner) | ast.Compare(left=inner):
            return inner
        case ast.ListComp(elt=inner) | ast.SetComp(elt=inner) | ast.GeneratorExp(elt=inner):
            return inner
    return None


def assigned(function: FunctionNode, name: str) -> list[ast.expr]:
    """The values that a function gives to a name, but for those made of the name itself."""
    return [
        node.value
        for node in ast.walk(function)
        if isinstance(node, ast.Assign)
        and any(_is_name(each, name) for each in node.targets)
        and not any(_is_name(each, name) for each in ast.walk(node.value))
    ]


def _is_name(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def returns_status(module: TestModule, function: FunctionNode) -> bool:
    """Whether a helper, or the function that a fixture hands out, returns a status alone."""
    returned = [
        node.value.body if isinstance(node.value, ast.Lambda) else node.value
        for node in ast.walk(function)
        if isinstance(node, ast.Return) and node.value is not None
    ]
    inner = {each.name for each in ast.walk(function) if isinstance(each, FunctionNode)}
    values = [each for each in returned if not (isinstance(each, ast.Name) and each.id in inner)]
    return bool(values) and all(is_status(module, function, each) for each in values)


PACKAGE = read_package()
TESTS = [
    (module, test)
    for module in PACKAGE.values()
    if module.is_of_tests
    for test in module.tests.values()
]


def test_every_test_judges():
    silent = [
        f"{module.name}.{test.name}" for module, test in TESTS if not list(judgements(module, test))
    ]

    assert not silent


def test_no_test_judges_by_a_status_code_alone():
    by_status = []
    for module, test in TESTS:
        found = list(judgements(module, test))
        if found and all(found):
            by_status.append(f"{module.name}.{test.name}")

    assert not by_status


def test_no_test_module_imports_another():
    found = [
        (module.name, imported)
        for module in PACKAGE.values()
        for imported, _name in module.imports.values()
        if imported.rpartition(".")[2].startswith("test_")
    ]

    assert not found


def test_helpers_of_an_app_stand_in_one_place():
    """A helper that several tests need is a file of its app's folder; a fixture, a conftest."""
    apps = ("core", "households", "projects", "reports")
    deep = [
        name
        for name, module in PACKAGE.items()
        if name.split(".")[1] in apps
        and len(name.split(".")) > 3
        and not module.is_of_tests
        and name.rpartition(".")[2] not in ("conftest", "__init__")
    ]

    assert not deep


SAMPLE = """
def answers(client):
    return client.get("/").status_code

def checks(client):
    assert "Hộ" in client.get("/").content.decode()

@pytest.fixture
def page(client):
    return lambda: client.get("/").status_code

def test_it(client, page):
    {body}
"""


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("client.get('/')", []),
        ("assert client.get('/').status_code == 200", [True]),
        ("assert client.get('/').status_code in (200, 302)", [True]),
        ("assert answers(client) == 403", [True]),
        ("assert page() == 404", [True]),
        ("codes = [answers(client)]; assert codes == [200]", [True]),
        (
            "answer = client.get('/'); assert (answer.status_code, answer.url) == (302, '/')",
            [False],
        ),
        ("checks(client)", [False]),
        ("with pytest.raises(ValueError): client.get('/')", [False]),
        ("assert client.get('/').status_code == 200; checks(client)", [True, False]),
    ],
)
def test_the_check_knows_what_a_test_judges_by(body, found):
    package = {}
    tree = ast.parse(SAMPLE.format(body=body))
    module = package["tests.test_sample"] = TestModule("tests.test_sample", tree, package)

    assert list(judgements(module, module.tests["test_it"])) == found


@pytest.mark.parametrize("one_of", [2, 3, 4, 12])
@pytest.mark.parametrize("first", [0, 5, 2**32 - 1])
def test_each_member_of_a_family_is_drawn_by_one_seed_of_so_many(monkeypatch, one_of, first):
    family = list(range(10))
    drawn = []
    for seed in range(7, 7 + one_of):
        monkeypatch.setenv("ACCESS_SEED", str(seed))
        drawn += share_of(family, one_of, first)

    assert sorted(drawn) == family


@pytest.mark.parametrize(
    ("asked", "tried"),
    [({"share"}, [1, 4]), (set(), [0, 1, 2, 3, 4]), ({"share", "long"}, [0, 1, 2, 3, 4])],
)
def test_only_a_whole_run_of_every_day_draws(request, monkeypatch, asked, tried):
    monkeypatch.setenv("ACCESS_SEED", "1" if connection.vendor == "sqlite" else "0")
    for name in ("share", "long"):
        monkeypatch.setattr(request.config.option, name, name in asked)

    share = request.getfixturevalue("share")

    assert share([0, 1, 2, 3, 4], one_of=3) == tried
