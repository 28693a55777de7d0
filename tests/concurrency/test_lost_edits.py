"""No confirmed edit is lost: many clients over real HTTP, several workers, the same forms."""

import time
from collections import Counter
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse

from households.models import Review
from povertyplan.core.choices import Role
from povertyplan.core.journal import verification
from povertyplan.core.models import RowChange, Submission
from tests.concurrency.crowd import together
from tests.concurrency.server import browser_of, serving
from tests.factories.core import UserFactory, user_with
from tests.factories.households import CampaignFactory, StandardFactory
from tests.households.campaigns import pending_review

pytestmark = pytest.mark.django_db(transaction=True)

CONFIRMED, CONFLICT = 302, 409
SHARED_FORMS = 5
FEW = pytest.param(6, 10, id="6 clients, 10 edits each")
MANY = pytest.param(20, 50, marks=pytest.mark.long, id="20 clients, 50 edits each")


def reviews_of(ward, village, count):
    campaign = CampaignFactory(ward=ward, standard=StandardFactory())
    return [pending_review(campaign, village) for _ in range(count)]


def page_of(review):
    return reverse("households:review_edit", args=[review.campaign_id, review.household_id])


def edit(browser, review, token, *, version=None):
    """Open the form, change it, send it; returns the version it was based on and the answer."""
    path = page_of(review)
    version = version or browser.version_of(path)
    values = {
        "version": version,
        "income_score": "110",
        "deprivations": ["1", "5", "9"],
        "recorded_class": "near_poor",
        "class_reason": token,
        "note": f"note of {token}",
    }
    return version, *browser.send("POST", path, values)


def history_of_reviews() -> set[tuple[str, str]]:
    """The reason and the note of every state a form was ever in."""
    changes = RowChange.objects.filter(table="households_review", operation="update")
    return {(change.new["class_reason"], change.new["note"]) for change in changes}


@pytest.mark.parametrize(("clients", "edits"), [FEW, MANY])
def test_no_confirmed_edit_is_lost(ward, village, clients, edits):
    reviews = reviews_of(ward, village, SHARED_FORMS)
    users = [user_with(Role.COORDINATOR, ward) for _ in range(clients)]
    confirmed, conflicts, others = [], [], []

    with serving() as port:
        browsers = [browser_of(port, user) for user in users]

        def work(browser, place):
            for number in range(edits):
                review = reviews[(place + number) % SHARED_FORMS]
                token = f"token-{place}-{number}"
                version, status, words = edit(browser, review, token)
                if status == CONFIRMED:
                    confirmed.append((review.pk, version, token))
                elif status == CONFLICT:
                    conflicts.append((token, words))
                else:
                    others.append((status, words))

        together(
            [lambda place=place, one=one: work(one, place) for place, one in enumerate(browsers)]
        )

    slowest = max(browser.slowest for browser in browsers)
    print(  # noqa: T201 -- the numbers are the result
        f"\nlost edits on {connection.vendor}: {clients * edits} sent, {len(confirmed)} confirmed, "
        f"{len(conflicts)} told of a conflict, {len(others)} failed; slowest {slowest:.2f} s"
    )
    assert not others
    assert len(confirmed) + len(conflicts) == clients * edits
    assert len(conflicts) > 0, "the clients never met"
    kept = history_of_reviews()
    expected = {(token, f"note of {token}") for _review, _version, token in confirmed}
    assert expected - kept == set()
    bases = Counter((review, version) for review, version, _token in confirmed)
    assert max(bases.values()) == 1, "two edits were based on one version"
    # Both sides of a conflict are on its page: my own words among them.
    assert all(token in words for token, words in conflicts)
    for review in reviews:
        last = max((version, token) for pk, version, token in confirmed if pk == review.pk)
        saved = Review.objects.get(pk=review.pk)
        assert (saved.class_reason, saved.note) == (last[1], f"note of {last[1]}")
    assert verification.verify().faults == ()


@pytest.mark.parametrize(("clients", "edits"), [FEW, MANY])
def test_the_naive_save_loses_edits(clients, edits):
    """The control: reading, changing and writing back without a version, as fast as it goes."""
    counter = Submission.objects.create(
        key=str(uuid4()), user=UserFactory(), act="", digest="", object_id=0, at="2026-11-20T01:00Z"
    )

    def work():
        for _ in range(edits):
            seen = Submission.objects.get(pk=counter.pk).object_id
            Submission.objects.filter(pk=counter.pk).update(object_id=seen + 1)

    together([work] * clients)

    counter.refresh_from_db()
    sent = clients * edits
    lost = sent - counter.object_id
    print(f"\nnaive save on {connection.vendor}: {lost} of {sent} lost")  # noqa: T201
    if connection.vendor == "postgresql":
        assert lost > sent / 2


@pytest.mark.parametrize(
    ("writers", "saves"),
    [
        pytest.param(20, 2, id="20 writers, 40 saves"),
        pytest.param(20, 50, marks=pytest.mark.long, id="20 writers, 1000 saves"),
    ],
)
def test_writers_wait_for_each_other_and_none_fails(ward, village, writers, saves):
    """Each on a form of their own: nobody is told that the database is locked."""
    reviews = reviews_of(ward, village, writers)
    users = [user_with(Role.COORDINATOR, ward) for _ in range(writers)]

    with serving() as port:
        browsers = [browser_of(port, user) for user in users]

        def work(browser, review):
            for number in range(saves):
                edit(browser, review, f"token-{number}", version=number + 1)

        start = time.monotonic()
        together([lambda pair=pair: work(*pair) for pair in zip(browsers, reviews, strict=True)])
        took = time.monotonic() - start

    statuses = Counter(status for browser in browsers for status in browser.statuses)
    slowest = max(browser.slowest for browser in browsers)
    print(  # noqa: T201
        f"\nwriters on {connection.vendor}: {writers * saves} saves in {took:.1f} s, "
        f"{dict(statuses)}, slowest {slowest:.2f} s"
    )
    assert statuses == {CONFIRMED: writers * saves}
