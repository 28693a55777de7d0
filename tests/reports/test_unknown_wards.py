"""Wards of which nothing, or not all, is known: no page and no paper claims a figure for them."""

import re
from datetime import date

import pytest
from django.urls import NoReverseMatch, get_resolver, reverse

from povertyplan.core.choices import Role
from projects.choices import TargetOperator
from reports.choices import BlockKind, DocumentKind
from reports.figures.data_fields import FIELDS
from reports.plans.builder import build_with_links
from reports.plans.plan_facts import findings
from reports.printing import tree
from reports.tables.catalogue import TABLES
from reports.tables.facts import TableFacts
from tests.factories.core import VillageFactory, user_with
from tests.factories.households import AreaYearFactory
from tests.factories.projects import IndicatorFactory, TargetFactory
from tests.factories.reports import BlockFactory, DocumentFactory
from tests.pages import text_of
from tests.reports.histories import NEAR_POOR, POOR, listed

pytestmark = pytest.mark.alike

UNKNOWN = "chưa có số liệu"
YEARS = (2024, 2025, 2026)
# What only a figure can say; the promises of a plan are worded otherwise.
CLAIMS = re.compile(
    r"\b0 hộ (?:nghèo|cận nghèo)|[Kk]hông còn hộ|(?:giảm|tăng) [−\-]?\d|"
    r"(?:>|\|)\s*(?:Đạt|Vượt|Gần đạt|Chậm)\b(?! (?:chuẩn|cả))|>\s*không đổi",
)
FIGURES = {name for name, kinds in FIELDS.items() if kinds == ("year",)} - {"total_households"}
PARAMETERS = {
    BlockKind.ROADMAP: {"first": 2024, "last": 2026, "indicators": ["poor_households"]},
    BlockKind.TARGET_RESULTS: {"year": 2025},
    BlockKind.MOVEMENT: {"year": 2025},
    BlockKind.DEPRIVATIONS: {"year": 2025},
    BlockKind.VILLAGES: {"year": 2025},
    BlockKind.MONEY: {"year": 2025},
    BlockKind.UNIT_REPORTS: {},
    BlockKind.HEADLINES: {"year": 2025, "topic": "movement"},
}


@pytest.fixture
def villages(ward):
    """A ward with villages, a population and targets, and not one household."""
    for year in YEARS:
        AreaYearFactory(area=ward, on=date(year, 12, 31), households=1000)
    for query in ("poor_households", "near_poor_households"):
        indicator = IndicatorFactory(ward=ward, code=query, query=query, name=f"Số {query}")
        for year in (2025, 2026):
            TargetFactory(
                indicator=indicator,
                year=year,
                low=12,
                operator=TargetOperator.LEVEL,
                rate="0.15",
                rate_operator=TargetOperator.LEVEL,
            )
    return [
        VillageFactory(parent=ward, name=f"Tổ dân phố {number}", order=number) for number in (1, 2)
    ]


@pytest.fixture(params=["empty", "half-known"])
def unknown_ward(request, ward, villages):
    """No village is known, or the first of two by the list that it brought in."""
    if request.param == "half-known":
        listed(villages[0], POOR, date(2025, 12, 15))
        listed(villages[0], NEAR_POOR, date(2025, 12, 15))
    return ward


def documents(ward):
    """A plan and a report with every block of data and every figure of a year in a sentence."""
    for kind in (DocumentKind.PLAN, DocumentKind.REPORT):
        document = DocumentFactory(ward=ward, kind=kind, year_from=2025, year_to=2026)
        for year in YEARS:
            sentence = "; ".join(f"{name}: {{{name} {year}}}" for name in sorted(FIGURES))
            BlockFactory(document=document, text=f"Năm {year}: {sentence}.")
            BlockFactory(
                document=document,
                text=f"Giao giảm {{target_reduction poor_households {year}}} hộ.",
            )
        for block, parameters in PARAMETERS.items():
            BlockFactory(document=document, kind=block, text="", parameters=parameters)
        yield document


def pages():
    """Every address of the site that names no record."""
    for name in get_resolver().reverse_dict:
        if isinstance(name, str):
            yield name
    for namespace in ("households", "reports", "core", "projects"):
        resolver = get_resolver().namespace_dict.get(namespace)
        for name in resolver[1].reverse_dict if resolver else ():
            if isinstance(name, str):
                yield f"{namespace}:{name}"


def addresses():
    for name in sorted(set(pages())):
        try:
            address = reverse(name)
        except NoReverseMatch:
            continue
        # The page of patterns shows every word on invented samples.
        if "logout" not in address and "styleguide" not in address:
            yield address
    for number, kind in TABLES.items():
        yield reverse(
            "reports:person_table" if kind.names_persons else "reports:table_detail", args=[number]
        )


@pytest.mark.drawn(one_of=2)
def test_no_page_claims_a_figure(unknown_ward, client_of, coordinator):
    client = client_of(coordinator)
    walked = 0
    for address in addresses():
        for query in ({}, {"year": 2025}):
            page = client.get(address, query)
            if page.status_code != 200 or not page["Content-Type"].startswith("text/html"):
                continue
            walked += 1
            found = CLAIMS.search(text_of(page))
            assert found is None, (address, query, found[0])
    assert walked > 60


@pytest.mark.drawn(one_of=2)
def test_no_document_claims_a_figure(unknown_ward, client_of, coordinator):
    client = client_of(coordinator)
    for document in documents(unknown_ward):
        view = "plan_detail" if document.kind == DocumentKind.PLAN else "report_detail"
        page = text_of(client.get(reverse(f"reports:{view}", args=[document.pk])))

        built = build_with_links(document)

        assert CLAIMS.search(page) is None, CLAIMS.search(page)
        values = [value for value in cited(built.tree) if value.name.split()[0] in FIGURES]
        assert {value.printed for value in values} <= {"(chưa có số liệu)", "–"}
        assert len(values) >= len(FIGURES) * len(YEARS)
        doubts = " ".join(finding.message for finding in findings(document, built))
        assert CLAIMS.search(doubts) is None


def cited(document):
    """Every figure in the texts of a document's body."""
    for block in document.body:
        for part in getattr(block, "text", ()) if not isinstance(block, tree.Table) else ():
            if isinstance(part, tree.DataValue):
                yield part


@pytest.mark.parametrize("number", TABLES)
@pytest.mark.parametrize("until", [date(2025, 12, 31), date(2026, 11, 20)])
def test_no_table_counts_what_is_not_known(unknown_ward, villages, number, until):
    facts = TableFacts(ward=unknown_ward, after=date(2024, 12, 31), until=until)

    table = TABLES[number].build(facts)

    assert any("Chưa có" in problem for problem in table.problems)
    if TABLES[number].names_persons:
        assert "Tổng cộng 0 hộ" not in " ".join(table.notes)
        return
    known = {village.name for village in villages if facts.known.knows_day(until, village.pk)}
    name = ""
    for row in table.rows:
        name = row.leads[1] or name
        if name not in known or number in (2, 3):
            # The population stands in the first two columns of table 1.
            figures = row.cells[2:] if number == 1 else row.cells
            assert {cell.value for cell in figures} == {None}, (name, row)
        else:
            assert any(cell.value is not None for cell in row.cells), (name, row)


def test_half_known_ward_shows_its_village_and_not_the_ward(ward, villages, client_of, leader):
    listed(villages[0], POOR, date(2025, 12, 15))

    page = text_of(client_of(leader).get(reverse("reports:dashboard")))

    assert f"{ward.name}: chưa có số liệu năm 2025; mới có số liệu của 1 trên 2" in page
    assert f"village={villages[0].pk}" in page
    assert re.search(r"Tổ dân phố 2 </td>.{0,200}Chưa có số liệu", page.replace("</td>", " </td>"))


def test_village_head_of_a_known_village_sees_its_figures(ward, villages, client_of):
    listed(villages[0], POOR, date(2025, 12, 15))
    knowing, other = (user_with(Role.ENTRY_OFFICER, village) for village in villages)

    known = text_of(client_of(knowing).get(reverse("reports:dashboard")))
    unknown = text_of(client_of(other).get(reverse("reports:dashboard")))

    assert "còn 1" in known
    assert CLAIMS.search(unknown) is None
