"""A busy day over real HTTP: long acts beside officers who save, in two wards. Nobody fails."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
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
from tests.concurrency.server import Browser, browser_of, serving, working
from tests.factories.core import user_with

pytestmark = pytest.mark.django_db(transaction=True)


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


def saving(port: int, office: Office, pause: float, over: Event) -> Iterator[Callable[[], Browser]]:
    for user, review in zip(office.savers, office.reviews, strict=True):
        saver = browser_of(port, user)
        yield lambda one=saver, review=review: busy_office.keep_saving(
            one, review, pause=pause, until=over
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

        def do_long_acts():
            try:
                return together(acts)
            finally:
                over.set()

        savers = [
            act
            for office in (desk.office, elsewhere)
            for act in saving(port, office, day.pause, over)
        ]
        readers = [
            looking(port, desk.office, over),
            signing_in(port, desk.office, over),
        ]
        start = time.monotonic()
        done, look, sign_in, *saved = together([do_long_acts, *readers, *savers])
        took = time.monotonic() - start

    saves = Counter(status for browser in saved for status in browser.statuses)
    answers = Counter(status for browser in done for status in browser.statuses)
    slowest = [
        max(browser.slowest for browser in ward)
        for ward in (saved[: day.savers], saved[day.savers :])
    ]
    print(  # noqa: T201 -- the numbers are the result
        f"\nbusy day on {connection.vendor}: {took:.1f} s, long acts {dict(answers)}, "
        f"saves {dict(saves)}, slowest {slowest[0]:.2f} s in the ward, "
        f"{slowest[1]:.2f} s in the other, {look.slowest:.2f} s for a page, "
        f"{sign_in.slowest:.2f} s to sign in"
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
    assert verification.verify().faults == ()
