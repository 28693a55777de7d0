"""The invented history ends where the real ward's figures say, and is the same every time."""

from collections import defaultdict
from datetime import date

import pytest
from django.core.management import call_command

from households.choices import ListReason, RequestKind
from households.ledger.selectors.classes import class_counts
from households.models import Decision, Membership, Person, Review, ReviewRequest
from povertyplan.core.choices import Role
from povertyplan.demo.handovers import invent_handovers
from povertyplan.demo.history import AGES, Historian
from povertyplan.demo.money import ENTRIES, MILLION
from povertyplan.demo.publicity import invent_publications
from povertyplan.demo.supports import INVENTED, invent_supports
from projects.choices import BudgetAct
from projects.models import HandoverList, Support
from projects.publicity.selectors.plan import plan_of_year, publication_rules
from tests.factories.core import VillageFactory, WardFactory, user_with

pytestmark = [pytest.mark.alike, pytest.mark.drawn(one_of=3, family="long stories")]

SEED = 2026


def write_history():
    call_command("load_reference", verbosity=0)
    ward = WardFactory(name="Phường Đăk Cấm")
    for order in range(1, 25):
        setting = "rural" if order % 5 == 0 else "urban"
        VillageFactory(parent=ward, order=order, setting=setting)
    officer, leader = (user_with(role, ward) for role in (Role.COORDINATOR, Role.LEADER))
    Historian(ward=ward, officer=officer, leader=leader, seed=SEED).write()
    return ward


@pytest.fixture(scope="module")
def written(build_once):
    return build_once(write_history)


@pytest.fixture
def history(written, db):
    return written


def test_history_ends_its_years_with_the_wards_figures(history):
    ends = {year: class_counts(area=history, on=date(year, 12, 31)) for year in (2024, 2025)}

    assert (ends[2024].poor, ends[2024].near_poor) == (21, 113)
    assert (ends[2025].poor, ends[2025].near_poor) == (14, 104)
    assert Decision.objects.count() == 4
    running = Review.objects.filter(campaign__year=2026)
    assert 0.4 < running.done().count() / running.count() < 0.7
    # Nobody real: 099 is no province's code, and each number belongs to one person.
    numbers = Person.objects.values_list("citizen_id", flat=True)
    assert all(number.startswith("099") for number in numbers)
    assert len(set(numbers)) == len(numbers) == Membership.objects.count()
    assert Person.objects.filter(full_name="Đặng Thị Ủy").exists()


def test_requests_are_answered_by_the_running_review_wait_or_are_set_aside(history):
    answered = ReviewRequest.objects.answered()
    listed = Review.objects.filter(campaign__year=2026, list_reason=ListReason.REQUESTED)

    # Who is on the running list because they asked has handed in a paper, and no one else did so.
    papers = answered.filter(kind=RequestKind.REVIEW).values_list("household", flat=True)
    assert sorted(papers) == sorted(listed.values_list("household", flat=True))
    assert answered.filter(kind=RequestKind.ESCAPE).count() == 2
    waiting = ReviewRequest.objects.waiting()
    assert [(each.kind, each.household is None) for each in waiting] == [
        (RequestKind.REVIEW, False),
        (RequestKind.AVERAGE_LIVING, False),
        (RequestKind.REVIEW, True),
    ]
    assert not Review.objects.filter(
        campaign__year=2026, household__in=waiting.values("household")
    ).exists()
    assert ReviewRequest.objects.set_aside().count() == 1


def test_nobody_lacks_what_only_somebody_of_another_age_can_lack(history):
    """The schooling of children where there is no child, and the like; an oracle of its own."""
    births = defaultdict(list)
    for household, born in Membership.objects.values_list("household", "person__birth_date"):
        births[household].append(born)
    checked = 0
    for review in Review.objects.done():
        for number, (youngest, under) in AGES.items():
            if not getattr(review, f"deprived_{number:02}"):
                continue
            checked += 1
            day = review.visited_on
            assert any(
                born.replace(year=born.year + youngest)
                <= day
                < born.replace(year=born.year + under)
                for born in births[review.household_id]
            ), (review.household, number)
    assert checked > 100


def test_supports_show_a_second_one_and_a_promise_and_say_that_they_are_invented(history):
    invent_supports(ward=history, by=user_with(Role.COORDINATOR, history))

    supports = Support.objects.filter(ward=history)
    assert {each.year for each in supports} == {2025, 2026}
    assert {each.document for each in supports} == {INVENTED}
    assert supports.exclude(repeat_reason="").count() == 1
    assert supports.filter(state="promised").count() == 3
    confirmed = supports.exclude(confirmation="")
    assert len(set(confirmed.values_list("household", flat=True))) == 2
    models = supports.filter(kind__code="mo-hinh-giam-ngheo", delivered_on__year=2026)
    spent = [
        each.millions * MILLION
        for each in ENTRIES
        if (each.code, each.year, each.act) == ("2", 2026, BudgetAct.DISBURSED)
    ]
    assert sum(each.amount for each in models) == sum(spent)


def test_a_handover_is_answered_one_waits_and_one_publication_came_late(history):
    officer = user_with(Role.COORDINATOR, history)
    invent_handovers(ward=history, by=officer)
    invent_publications(ward=history, by=officer)

    lists = HandoverList.objects.filter(ward=history).with_changes()
    assert lists.exclude(answer="").count() == 2
    assert lists.pending().count() == 2
    plan = plan_of_year(history, 2025, publication_rules())
    assert {each.state for each in plan if each.publications} == {"done", "late"}
