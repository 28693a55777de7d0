"""A ward at work: officers who save forms, lists that are written, passwords that are issued."""

import re
import time
from dataclasses import dataclass
from threading import Event

from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.urls import reverse

from households.choices import CampaignKind
from households.intake.jobs import subject_of
from households.models import EthnicGroup, ImportBatch, PovertyCause, Review, ReviewCampaign
from povertyplan.core.choices import Role
from povertyplan.core.models import Area, Job, User
from tests.concurrency.crowd import together
from tests.concurrency.server import Browser
from tests.factories.core import PASSWORD, VillageFactory, WardFactory, user_with
from tests.factories.households import CampaignFactory, StandardFactory
from tests.households.campaigns import pending_review, submitted_campaign
from tests.households.imports import imported, read_in
from tests.households.samples import CAUSES, GROUPS, VILLAGES, official_sample

FORM_SENT = 302
PASSWORD_SHOWN = PAGE_SHOWN = 200
PAUSE = 0.5
# The seed of a list whose rows are so many that their numbers fill the personal numbers.
LONG = 0


@dataclass
class Office:
    """One ward with its people, and what lies on their desks."""

    ward: Area
    coordinator: User
    savers: list[User]
    reviews: list[Review]
    clerks: list[User]


def open_office(name: str, *, savers: int, clerks: int = 0) -> Office:
    """A ward with a form for each of its savers, and users whose passwords are asked for."""
    ward = WardFactory(name=name)
    villages = [
        VillageFactory(parent=ward, name=village, order=order)
        for order, village in enumerate(VILLAGES)
    ]
    for code, group, aliases in GROUPS:
        EthnicGroup.objects.get_or_create(
            code=code, defaults={"name": group, "aliases": "\n".join(aliases)}
        )
    for number in CAUSES:
        PovertyCause.objects.get_or_create(
            number=number, defaults={"name": f"Nguyên nhân {number}"}
        )
    campaign = CampaignFactory(ward=ward, kind="regular", standard=StandardFactory())
    return Office(
        ward=ward,
        coordinator=user_with(Role.COORDINATOR, ward),
        savers=[user_with(Role.COORDINATOR, ward) for _ in range(savers)],
        reviews=[
            pending_review(campaign, villages[place % len(villages)], code=f"R{place}")
            for place in range(savers)
        ],
        clerks=[user_with(Role.OBSERVER, ward) for _ in range(clerks)],
    )


def list_of(households: int, seed: int) -> bytes:
    """An official list whose people no list of another seed names; `LONG` is for a long one."""
    sample = official_sample(households, seed=seed)
    for cell, value in sample.cells.items():
        if cell[0] == "H" and cell[1:].isdigit() and seed != LONG:
            sample.cells[cell] = f"{value[:6]}{seed:02}{value[8:]}"
        elif cell[0] in "CD" and cell[1:].isdigit() and value != "Tổng cộng":
            sample.cells[cell] = f"{value} {_letters(seed)}"
    return sample.content()


def _letters(number: int) -> str:
    return f"Số {'abcdefghijklmnopqrstuvwxyz'[number]}"


def list_to_write(office: Office, households: int, seed: int) -> ImportBatch:
    """A list read to the point where one button writes it."""
    return read_in(office.coordinator, list_of(households, seed))


def written_list(office: Office, households: int) -> ImportBatch:
    return imported(office.coordinator, list_of(households, 25))


def results_to_recognise(office: Office) -> ReviewCampaign:
    village = VillageFactory(parent=office.ward, name="Thôn đã xong", order=9)
    # A regular one: the others' households are not on its list.
    campaign = submitted_campaign(
        office.ward, village, by=office.coordinator, kind=CampaignKind.REGULAR
    )
    campaign.refresh_from_db()
    return campaign


HIDDEN = {name: re.compile(rf'name="{name}" value="([^"]*)"') for name in ("version", "token")}


def form_of(review: Review) -> str:
    return reverse("households:review_edit", args=[review.campaign_id, review.household_id])


def warm_up(browsers: list[Browser], paths: list[str]) -> None:
    """Each opens its page once, all together: no process of the site meets its first request later.

    What that took is forgotten.
    """
    asks = [
        lambda one=browser, path=path: one.send("GET", path)
        for browser, path in zip(browsers, paths, strict=True)
    ]
    assert {status for status, _words in together(asks)} == {PAGE_SHOWN}
    for browser in browsers:
        browser.answers.clear()


def keep_saving(
    browser: Browser, review: Review, *, first: float, pause: float, until: Event
) -> Browser:
    """Save one form over and over, at least three times, after a first and then the usual pause."""
    path = form_of(review)
    version = review.version
    until.wait(first)
    while len(browser.statuses) < 3 or not until.is_set():
        values = {
            "version": version,
            "income_score": "110",
            "deprivations": ["1", "5", "9"],
            "note": f"lần {version}",
        }
        status, _words = browser.send("POST", path, values)
        version += status == FORM_SENT
        until.wait(pause)
    return browser


def keep_looking(browser: Browser, *, until: Event) -> Browser:
    """Open the first page of the register over and over."""
    while not browser.statuses or not until.is_set():
        browser.send("GET", reverse("households:household_list"))
        until.wait(PAUSE)
    return browser


def newcomer(ward: Area) -> User:
    """Somebody who may sign in at the server, which knows no quick way to keep passwords."""
    user = user_with(Role.OBSERVER, ward)
    user.password = PBKDF2PasswordHasher().encode(PASSWORD, "s" * 22)
    user.save()
    return user


def keep_signing_in(browser: Browser, username: str, *, until: Event) -> Browser:
    """Sign in over and over, each time as somebody who comes new."""
    while not browser.statuses or not until.is_set():
        values = {"username": username, "password": PASSWORD}
        browser.send("POST", reverse("core:login"), values)
        until.wait(PAUSE)
    return browser


def write_list(browser: Browser, batch: ImportBatch) -> Browser:
    """Press the button, and wait until the job is over."""
    path = reverse("households:import_preview", args=[batch.pk])
    browser.send("POST", path, {"version": batch.version})
    wait_for_job(batch)
    return browser


def wait_for_job(batch: ImportBatch) -> None:
    while Job.objects.open().filter(subject=subject_of(batch)).exists():
        time.sleep(0.2)


def take_list_back(browser: Browser, batch: ImportBatch) -> Browser:
    """Confirm what the page of the undo says will go."""
    path = reverse("households:import_undo", args=[batch.pk])
    _status, page = browser.send("GET", path)
    browser.answers.clear()
    shown = {name: HIDDEN[name].search(page)[1] for name in HIDDEN}
    browser.send("POST", path, {**shown, "sure": "1"})
    wait_for_job(batch)
    return browser


def recognise(browser: Browser, campaign: ReviewCampaign) -> Browser:
    values = {
        "version": campaign.version,
        "number": "283/QĐ-UBND",
        "decided_on": "20/11/2026",
        "signer_title": "Chủ tịch",
        "signer_name": "Nguyễn Văn An",
    }
    path = reverse("households:campaign_recognise", args=[campaign.pk])
    browser.send("POST", path, values)
    return browser


def issue_passwords(browser: Browser, clerks: list[User]) -> Browser:
    """One-time passwords for users, one after the other."""
    for clerk in clerks:
        path = reverse("core:password_issue", args=[clerk.pk])
        browser.send("POST", path, {"version": clerk.version})
    return browser
