"""Needs, supports, money, documents and reports over real HTTP beside a list that is written."""

from collections import Counter
from threading import Event

import pytest
from django.db import connection

from households.choices import ImportStage
from households.models import EthnicGroup, SupportNeed
from povertyplan.core.journal import verification
from tests.access.cells import Cell, url
from tests.access.patterns import PATTERNS, places
from tests.access.world import build
from tests.access.writers import WRITERS
from tests.concurrency import busy_office
from tests.concurrency.crowd import together
from tests.concurrency.server import browser_of, serving, working
from tests.factories.core import VillageFactory
from tests.households.imports import imported, read_in
from tests.households.samples import GROUPS, VILLAGES

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.drawn(one_of=3, family="long stories"),
]

# The forms of each noun, in an order in which each of them finds something to do.
NOUNS = {
    "needs": (
        "projects:need_met",
        "households:need_household",
        "households:need_village",
        "households:need_end",
    ),
    "supports": (
        "projects:support_household",
        "projects:support_deliver",
        "projects:support_acknowledge",
        "projects:support_withdraw",
    ),
    "money": ("projects:entry_new", "projects:entry_reverse"),
    "activities": ("projects:activity_new", "projects:activity_edit", "projects:activity_report"),
    "handovers": (
        "projects:handover_make",
        "projects:handover_send",
        "projects:handover_answer",
    ),
    "publicity": ("projects:publication_new", "projects:publication_withdraw"),
    "targets": ("reports:target_year", "reports:actual_edit"),
    "plan blocks": ("reports:document_text",),
    "unit reports": (
        "reports:unit_report_fill",
        "reports:unit_report_write",
        "reports:unit_report_check",
        "reports:unit_report_receive",
    ),
    "persons": ("households:fact_household", "households:fact_village", "households:worker_new"),
    "certificates": ("households:certificate_issue", "reports:recognition_rehearsal"),
    "forms with needs": ("households:review_grid_save",),
    "superior's targets": ("reports:assigned_year", "reports:indicator_baseline"),
    "duties": ("projects:duty_new", "projects:duty_end", "projects:donation_new"),
    "village parts": ("reports:village_part", "reports:village_part_record"),
    "reports that left": ("reports:due_sent",),
    "drafts of others": (
        "reports:document_basis_proposals",
        "reports:word_target",
        "reports:word_project",
    ),
}
WRITTEN = (200, 302)
FEW = pytest.param(30, id="30 households")
MANY = pytest.param(2000, marks=pytest.mark.long, id="2,000 households")


def posts(world, noun):
    """Address, values and writer of each form of a noun."""
    place = places(world)["own"]
    for view in NOUNS[noun]:
        cell = Cell(view, WRITERS[view], "own", "POST", "plain")
        # Some forms are a button alone, and a post of nothing has no token either.
        values = {"pressed": "1"} | PATTERNS[view].payload(place)
        if view == "projects:need_met":
            values = values | met_need(place)
        yield view, url(world, cell), values, world.users[WRITERS[view]]


def met_need(place):
    """The open need of a household that was handed something of a kind that serves it."""
    place.ward.support_kind.needs.add(place.ward.need_kind)
    need = SupportNeed.objects.get(household=place.village.first)
    return {"chosen": [f"{need.pk}-{need.version}"]}


def keep_posting(forms, until: Event):
    """Send the forms one after the other, at least once; returns the answers by view."""
    answers: Counter = Counter()
    slowest = 0.0
    rounds = 0
    while not rounds or not until.is_set():
        for view, path, values, browser in forms:
            status, _words = browser.send("POST", path, values)
            answers[view, status] += 1
            slowest = max(slowest, browser.slowest)
        rounds += 1
    return answers, slowest


@pytest.mark.parametrize("households", [FEW, MANY])
def test_every_noun_writes_beside_a_list(households):
    world = build()
    office = world.users["coordinator"]
    for order, name in enumerate(VILLAGES):
        VillageFactory(parent=world.a.area, name=name, order=50 + order)
    for code, name, aliases in GROUPS:
        EthnicGroup.objects.get_or_create(
            code=code, defaults={"name": name, "aliases": "\n".join(aliases)}
        )
    undone = imported(office, busy_office.list_of(20, 25))
    batch = read_in(office, busy_office.list_of(households, busy_office.LONG))
    over = Event()

    with serving() as port, working():
        writer = browser_of(port, office)
        undoer = browser_of(port, office)
        nouns = [
            [(view, path, values, browser_of(port, user)) for view, path, values, user in each]
            for each in (posts(world, noun) for noun in NOUNS)
        ]

        def lists():
            try:
                busy_office.write_list(writer, batch)
                return busy_office.take_list_back(undoer, undone)
            finally:
                over.set()

        _lists, *done = together(
            [lists, *(lambda forms=forms: keep_posting(forms, over) for forms in nouns)]
        )

    answers = sum((found for found, _slowest in done), Counter())
    print(  # noqa: T201 -- the numbers are the result
        f"\nbusy nouns on {connection.vendor}: {sum(answers.values())} posts, "
        f"{sum(count for (_view, status), count in answers.items() if status in WRITTEN)} written, "
        f"slowest {max(slowest for _found, slowest in done):.2f} s"
    )
    assert {key: count for key, count in answers.items() if key[1] >= 500} == {}
    for noun, views in NOUNS.items():
        wrote = {view for view in views for status in WRITTEN if answers[view, status]}
        assert wrote, (noun, answers)
    for each, stage in ((batch, ImportStage.WRITTEN), (undone, ImportStage.UNDONE)):
        each.refresh_from_db()
        assert each.stage == stage
    assert verification.verify().faults == ()
