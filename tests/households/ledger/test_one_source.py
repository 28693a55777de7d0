"""A figure has one source: what counts, reads members or tells an age elsewhere is named here.

Counts by class stand in the ledger, progress of reviews in the entry and the campaign.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
APPS = ("households", "projects", "reports", "povertyplan")
LEDGER = "households/ledger/"
REVIEWS = ("households/entry/", "households/campaign/")
MODELS = "households/models/"
AGGREGATES = ("Count", "Sum", "Avg", "Counter")
CLASSES = {"poverty_class", "recorded_class", "computed_class", "PovertyClass"}
# Households read whole, and those of a decision.
HOUSEHOLDS = {"ListedHousehold", "ReviewedHousehold", "ExportedHousehold", "Result"}
COMPREHENSIONS = (ast.GeneratorExp, ast.ListComp, ast.SetComp)


def names_in(node: ast.AST) -> set[str]:
    found = {each.id for each in ast.walk(node) if isinstance(each, ast.Name)}
    return found | {each.attr for each in ast.walk(node) if isinstance(each, ast.Attribute)}


def imports_of(tree: ast.AST) -> set[str]:
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return {alias.name for node in imports for alias in node.names}


def calls(tree: ast.AST, *names: str) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            function = node.func
            if getattr(function, "attr", getattr(function, "id", "")) in names:
                yield node


def database_counts(tree: ast.AST) -> Iterator[ast.AST]:
    """Rows counted or added up by the database."""
    yield from calls(tree, "Count", "Sum", "Avg")


def counts_by_class(tree: ast.AST) -> Iterator[ast.AST]:
    """Households or persons of a class, counted by Python."""
    if (CLASSES | HOUSEHOLDS) & (imports_of(tree) | names_in(tree)):
        yield from calls(tree, "Counter")
    for node in calls(tree, "sum", "len"):
        argument = node.args[0] if node.args else None
        if isinstance(argument, COMPREHENSIONS) and (CLASSES | {"persons"}) & names_in(argument):
            yield node


def spells_counted(tree: ast.AST) -> Iterator[ast.AST]:
    """A count beside the ledger's own rows: the entry and the campaign have none to count."""
    if "HouseholdStatus" in imports_of(tree):
        yield from calls(tree, *AGGREGATES)


def ages(tree: ast.AST) -> Iterator[ast.AST]:
    """A difference of two years: an age, or the months between two days."""
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Sub):
            sides = (node.left, node.right)
            if all(isinstance(side, ast.Attribute) and side.attr == "year" for side in sides):
                yield node


def members_on_a_day(tree: ast.AST) -> Iterator[ast.AST]:
    for node in calls(tree, "present", "present_or_last"):
        if any(keyword.arg == "on" for keyword in node.keywords):
            yield node


def standards_chosen(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and ast.unparse(node) == "PovertyStandard.objects":
            yield node


def first_letters(tree: ast.AST) -> Iterator[ast.AST]:
    for node in calls(tree, "lower", "upper"):
        cut = getattr(node.func, "value", None)
        if isinstance(cut, ast.Subscript) and ast.unparse(cut.slice) == ":1":
            yield node


RULES = {
    # What is looked for, and where it stands.
    database_counts: (LEDGER, *REVIEWS, MODELS),
    counts_by_class: (LEDGER, *REVIEWS, "households/rules/"),
    spells_counted: (LEDGER,),
    ages: ("households/rules/",),
    members_on_a_day: (LEDGER, MODELS),
    standards_chosen: (LEDGER,),
    first_letters: ("povertyplan/core/text/vietnamese.py",),
}
ALLOWED = {
    (database_counts, "households/register/views/villages.py"): "how many live in each row",
    (database_counts, "projects/money/selectors.py"): "sums of money",
    (database_counts, "povertyplan/core/journal/signatures.py"): "changes of one act",
    (database_counts, "projects/support/selectors/ledger.py"): "supports of a list",
    (database_counts, "projects/handover/selectors/pages.py"): "changes in a list",
    (database_counts, "reports/progress/unit_reports/selectors/filled.py"): "a unit's supports",
    (database_counts, "reports/regions/arrivals.py"): "reports of units",
    (database_counts, "reports/plans/proposing/selectors.py"): "changes proposed for drafts",
    (database_counts, "reports/plans/returned/selectors.py"): "changes proposed by a file",
    (counts_by_class, "reports/regions/targets.py"): "how far wards have come",
    (counts_by_class, "reports/plans/blocks/headlines.py"): "targets by how far they are",
    (counts_by_class, "reports/simulation/presenters.py"): "a simulation, which is no figure",
    (counts_by_class, "reports/simulation/selectors.py"): "a simulation, which is no figure",
    (spells_counted, "households/campaign/provisional.py"): "forms of a review that runs",
    (counts_by_class, "households/intake/writing/selectors/effects.py"): "rows of a file",
    (counts_by_class, "households/intake/writing/selectors/undoing.py"): "changes of one import",
    (spells_counted, "households/intake/writing/selectors/effects.py"): "rows of a file",
    (counts_by_class, "households/register/services/registering.py"): "a number typed twice",
    (spells_counted, "households/entry/survey/selectors/reviews.py"): "forms of a work list",
    (members_on_a_day, "households/campaign/recognition/selectors/unusual.py"): "pairs of members",
    (standards_chosen, "households/campaign/opening/forms.py"): "offers all to choose from",
    (standards_chosen, "reports/targets/forms/baselines.py"): "offers all to choose from",
    (standards_chosen, "povertyplan/demo/history.py"): "the demonstration names its own",
    (standards_chosen, "povertyplan/province/results.py"): "the invented province names its own",
    (counts_by_class, "projects/gaps/selectors/projects.py"): "whom a project's kinds are for",
    (database_counts, "households/certificates/selectors.py"): "the numbers that one act gave",
    (counts_by_class, "households/certificates/selectors.py"): "who waits for a number",
    (counts_by_class, "povertyplan/province/people.py"): "invented households of a village",
    (counts_by_class, "povertyplan/province/programme.py"): "invented households of a class",
}


def found_by(rule) -> dict[str, list[str]]:
    """By module outside its place what a rule finds there."""
    found = {}
    for path in sorted(each for app in APPS for each in (ROOT / app).rglob("*.py")):
        module = path.relative_to(ROOT).as_posix()
        if "/migrations/" in module or module.startswith(RULES[rule]):
            continue
        lines = [
            f"{node.lineno}: {ast.unparse(node)}" for node in rule(ast.parse(path.read_text()))
        ]
        if lines:
            found[module] = lines
    return found


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_figure_has_one_source(rule):
    found = found_by(rule)
    allowed = {module for own, module in ALLOWED if own is rule}

    assert {module: lines for module, lines in found.items() if module not in allowed} == {}
    assert allowed <= set(found), "no longer needed in ALLOWED"


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        (database_counts, "rows.values('poverty_class').annotate(total=Count('pk'))"),
        (counts_by_class, "Counter(row.poverty_class for row in rows)"),
        (counts_by_class, "len([row for row in rows if row.poverty_class == POOR])"),
        (counts_by_class, "sum(one.persons for one in results)"),
        (spells_counted, "from households.models import HouseholdStatus\nCounter(rows)"),
        (ages, "on.year - born.year"),
        (members_on_a_day, "Membership.objects.present(on=day)"),
        (standards_chosen, "PovertyStandard.objects.last()"),
        (first_letters, "name[:1].lower() + name[1:]"),
    ],
)
def test_what_strays_is_found(rule, code):
    assert list(rule(ast.parse(code)))
