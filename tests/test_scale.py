"""No page pays for another ward, or twice for the same question.

One small invented province for the module. What is asserted are statements and plans, never
seconds: those are the bench's (`scripts/bench`).
"""

import re

import pytest
from django.db import connection, transaction
from django.test import Client

from povertyplan.core.models import User
from povertyplan.province.making import Size, make_province
from tests.journeys.every_page import pages_for
from tests.queries import questions, repeated

LARGER = Size(2, 90, 1)
OFFICER = "canbo1"
# Tables that grow with every household of every ward.
LARGE = frozenset(
    f"households_{name}"
    for name in (
        "household",
        "householdevent",
        "householdstatus",
        "membership",
        "needinquiry",
        "person",
        "review",
        "supportneed",
    )
) | {"projects_support"}
# A statement about households names their ward, what lies in one, or rows by their keys.
NAMED = re.compile(
    r'"(ward|campaign|village|decision)_id" (=|IN) \(?\d'
    r'|"(household_id|person_id|id)"\)? (=|IN) \(?\d'
)
# How many statements each page may ask, whatever it shows; others MOST.
MOST = 20
STATEMENTS = {
    "households:campaign_overview": 34,
    "households:campaign_submit": 27,
    "households:household_detail": 36,
    "projects:need_gap": 21,
    "reports:dashboard": 25,
    "reports:reaching": 32,
    "reports:todo": 43,
    "reports:village_targets": 25,
}


@pytest.fixture(scope="module")
def asked_of_pages(django_db_setup, django_db_blocker):
    """What each page of the map asks, in a small province."""
    with django_db_blocker.unblock():
        found = []
        for size in (LARGER,):
            with transaction.atomic():
                list(make_province(size=size, with_history=False))
                found.append(_pages(User.objects.get(username=OFFICER)))
                transaction.set_rollback(True)
        yield found


def _pages(user):
    client = Client()
    client.force_login(user)
    found = {}
    for view, address in pages_for(user).items():
        client.get(address)  # what is asked once a process is not asked of each page
        answer, asked = questions(lambda address=address: client.get(address))
        if answer.status_code == 200:
            found[view] = asked, _walked(asked)
    return found


def _walked(asked):
    """Large tables that a plan walks although it was told not to: no index leads to the rows."""
    if connection.vendor != "postgresql":
        return set()
    walked = set()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        for sql in asked:
            if sql.lstrip("( ").upper().startswith("SELECT"):
                cursor.execute("EXPLAIN (FORMAT JSON) " + sql)
                walked |= {*_seq_scans(cursor.fetchone()[0][0]["Plan"])}
    return walked & LARGE


def _seq_scans(node):
    if node["Node Type"] == "Seq Scan":
        yield node["Relation Name"]
    for child in node.get("Plans", ()):
        yield from _seq_scans(child)


@pytest.mark.django_db
@pytest.mark.alike
def test_no_page_asks_the_same_twice_and_none_asks_more_than_its_number(asked_of_pages):
    (larger,) = asked_of_pages

    assert len(larger) > 100
    assert {view: repeated(asked) for view, (asked, _) in larger.items() if repeated(asked)} == {}
    counts = {view: sum(asked.values()) for view, (asked, _walks) in larger.items()}
    allowed = {view: STATEMENTS.get(view, MOST) for view in counts}
    assert {view: n for view, n in counts.items() if n > allowed[view]} == {}


@pytest.mark.django_db
@pytest.mark.alike
def test_every_statement_about_households_names_their_ward_or_their_keys(asked_of_pages):
    nameless = {
        view: sql[:300]
        for view, (asked, _walks) in asked_of_pages[0].items()
        for sql in asked
        if any(f'FROM "{table}"' in sql for table in LARGE) and not NAMED.search(sql)
    }

    assert nameless == {}


@pytest.mark.postgresql
def test_an_index_leads_to_the_rows_of_every_page(asked_of_pages):
    assert {view: walks for view, (_asked, walks) in asked_of_pages[0].items() if walks} == {}
