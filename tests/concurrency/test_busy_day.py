"""A busy day over real HTTP: long acts beside officers who save, in two wards. Nobody fails."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from threading import Event

import pytest
from django.db import connection

from households.choices import CampaignStage, ImportStage
from households.models import ImportBatch, ReviewCampaign
from povertyplan.core.choices import Role
from povertyplan.core.journal import verification
from povertyplan.core.models import User
from tests.concurrency import busy_office
from tests.concurrency.busy_office import FORM_SENT, PAGE_SHOWN, PASSWORD_SHOWN, Office
from tests.concurrency.crowd import together
from tests.concurrency.lock_waits import LockWaits, watching_locks
from tests.concurrency.server import Answer, Browser, browser_of, serving, working
from tests.factories.core import user_with

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.drawn(one_of=3, family="long stories"),
]


@dataclass(frozen=True)
class Day:
    """How much is done at the same time; `savers` in each of two wards.

    `lists` are the households of each list, by its seed. Savers pause between two saves in the
    long run, where the time that each takes is a figure.
    """

    lists: dict[int, int]
    undone: int
    passwords: int
    savers: int
    pause: float = 0


FEW = pytest.param(Day(lists={10: 20, 11: 20}, undone=20, passwords=4, savers=4), id="a few")
MANY = pytest.param(
    Day(
        lists={busy_office.LONG: 8000} | dict.fromkeys(range(10, 20), 100),
        undone=100,
        passwords=20,
        savers=10,
        pause=2,
    ),
    marks=pytest.mark.long,
    id="the whole day",
)


LOAD = Path("/proc/loadavg")
# No lock is shared by two wards: what is left are the moments in which a table grows.
WAIT_ELSEWHERE = 0.05


@dataclass
class Saves:
    """The saves of one ward, and where the time of the slowest went."""

    browsers: list[Browser]
    waits: LockWaits

    @cached_property
    def answers(self) -> list[Answer]:
        return [answer for browser in self.browsers for answer in browser.answers]

    def waited(self, answer: Answer) -> float:
        """How long a save waited for locks; on SQLite for its turn to write."""
        if connection.vendor != "postgresql":
            return answer.spent.turn
        return sum(wait.seconds for wait in self.waits.of(answer.spent))

    @cached_property
    def longest_wait(self) -> float:
        return max(self.waited(answer) for answer in self.answers)

    @cached_property
    def longest_wait_for_others(self) -> float:
        """The longest that a save waited for locks of somebody who did not save in its ward."""
        own = [answer.spent for answer in self.answers]
        return max(sum(wait.seconds for wait in self.waits.for_others(spent, own)) for spent in own)

    def __str__(self):
        answers = sorted(self.answers, key=lambda answer: answer.seconds)
        last, spent = answers[-1], answers[-1].spent
        inside = spent.ended - spent.begun
        return (
            f"{len(answers)} saves, half under {answers[len(answers) // 2].seconds:.2f} s, "
            f"95 of 100 under {answers[len(answers) * 95 // 100].seconds:.2f} s, slowest "
            f"{last.seconds:.2f} s (before a thread took it {last.seconds - inside:.2f}, waiting "
            f"for locks {self.waited(last):.2f}, for a core {spent.queued:.2f}, computing "
            f"{spent.computed:.2f}); no save waited longer for locks than "
            f"{self.longest_wait:.3f} s, for locks of others than its ward's savers "
            f"{self.longest_wait_for_others:.3f} s"
        )


@dataclass(frozen=True)
class Desk:
    """What waits in the ward of the long acts."""

    office: Office
    campaign: ReviewCampaign
    undone: ImportBatch
    batches: list[ImportBatch]


def prepare(day: Day) -> Desk:
    office = busy_office.open_office("Phường Một", savers=day.savers, clerks=day.passwords)
    return Desk(
        office=office,
        campaign=busy_office.results_to_recognise(office),
        undone=busy_office.written_list(office, day.undone),
        batches=[
            busy_office.list_to_write(office, households, seed)
            for seed, households in day.lists.items()
        ],
    )


def long_acts(port: int, desk: Desk) -> Iterator[Callable[[], Browser]]:
    ward, clerks = desk.office.ward, desk.office.clerks
    for batch in desk.batches:
        writer = browser_of(port, user_with(Role.COORDINATOR, ward))
        yield lambda one=writer, batch=batch: busy_office.write_list(one, batch)
    coordinator = browser_of(port, desk.office.coordinator)
    yield lambda: busy_office.take_list_back(coordinator, desk.undone)
    leader = browser_of(port, user_with(Role.LEADER, ward))
    yield lambda: busy_office.recognise(leader, desk.campaign)
    for place in range(2):
        administrator = browser_of(port, user_with(Role.ADMINISTRATOR, ward))
        yield lambda one=administrator, place=place: busy_office.issue_passwords(
            one, clerks[place::2]
        )


def saving(office: Office, browsers: list[Browser], pause: float, over: Event):
    """The savers of an office; they begin one after the other, spread over their pause."""
    for place, (one, review) in enumerate(zip(browsers, office.reviews, strict=True)):
        first = pause * place / len(browsers)
        yield lambda one=one, review=review, first=first: busy_office.keep_saving(
            one, review, first=first, pause=pause, until=over
        )


def looking(port: int, office: Office, over: Event) -> Callable[[], Browser]:
    reader = browser_of(port, user_with(Role.OBSERVER, office.ward))
    return lambda: busy_office.keep_looking(reader, until=over)


def signing_in(port: int, office: Office, over: Event) -> Callable[[], Browser]:
    name = busy_office.newcomer(office.ward).username
    return lambda: busy_office.keep_signing_in(Browser(port, session=""), name, until=over)


@pytest.mark.parametrize("day", [FEW, MANY])
def test_nobody_fails_beside_long_acts(day):
    desk = prepare(day)
    elsewhere = busy_office.open_office("Phường Hai", savers=day.savers)
    over = Event()

    with serving() as port, working():
        acts = list(long_acts(port, desk))
        offices = (desk.office, elsewhere)
        browsers = [[browser_of(port, user) for user in office.savers] for office in offices]
        for office, own in zip(offices, browsers, strict=True):
            busy_office.warm_up(own, [busy_office.form_of(review) for review in office.reviews])

        def do_long_acts():
            try:
                return together(acts)
            finally:
                over.set()

        savers = [
            act
            for office, own in zip(offices, browsers, strict=True)
            for act in saving(office, own, day.pause, over)
        ]
        readers = [
            looking(port, desk.office, over),
            signing_in(port, desk.office, over),
        ]
        start = time.monotonic()
        with watching_locks() as waits:
            done, look, sign_in, *saved = together([do_long_acts, *readers, *savers])
        took = time.monotonic() - start

    saves = Counter(status for browser in saved for status in browser.statuses)
    answers = Counter(status for browser in done for status in browser.statuses)
    wards = [Saves(own, waits) for own in browsers]
    print(  # noqa: T201 -- the numbers are the result
        f"\nbusy day on {connection.vendor}, load {LOAD.read_text().strip()}: {took:.1f} s, "
        f"long acts {dict(answers)}, saves {dict(saves)}, {look.slowest:.2f} s for a page, "
        f"{sign_in.slowest:.2f} s to sign in\n  in the ward: {wards[0]}\n  in the other: {wards[1]}"
    )
    assert set(look.statuses) == {PAGE_SHOWN}
    assert set(sign_in.statuses) == {FORM_SENT}
    assert set(saves) == {FORM_SENT}
    assert answers == {FORM_SENT: len(day.lists) + 2, PASSWORD_SHOWN: day.passwords}
    stages = {batch.pk: batch.stage for batch in ImportBatch.objects.all()}
    assert stages.pop(desk.undone.pk) == ImportStage.UNDONE
    assert set(stages.values()) == {ImportStage.WRITTEN}
    desk.campaign.refresh_from_db()
    assert desk.campaign.stage == CampaignStage.RECOGNISED
    assert User.objects.exclude(one_time_until=None).count() == day.passwords
    if connection.vendor == "postgresql":
        assert wards[1].longest_wait_for_others < WAIT_ELSEWHERE
    assert verification.verify().faults == ()
