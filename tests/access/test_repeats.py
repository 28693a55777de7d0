"""No page asks the database the same question twice: facts are passed, not read again."""

from collections.abc import Iterator
from functools import partial
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from households.models import Review, ReviewDraft
from povertyplan.core import clock
from tests.access.patterns import PATTERNS, places
from tests.access.world import World
from tests.queries import questions, repeated

pytestmark = pytest.mark.alike

# Pages that look otherwise by what the address asks.
QUERIES = {
    "households:household_list": (
        "?after=2025-12-31&on=2026-11-20&column=near_poor.closing.persons",
        "?after=2025-12-31&on=2026-11-20&before=poor",
        "?newly_escaped=1",
        "?q=a",
    ),
    "reports:reaching": ("?poverty_class=near_poor",),
    "projects:need_gap": ("?kind=1", "?kind=1&show=eligible"),
    "households:import_rows": ("?show=changes", "?show=skipped"),
    "households:quality": ("?check=without_basis", "?check=wrong_class"),
    "households:campaign_open": ("?kind=regular",),
    "households:campaign_overview": ("?show=late",),
    "households:review_grid": ("?show=done", "?show=warned"),
    "households:village_reviews": ("?state=done",),
    "reports:review_papers": ("?village=1",),
}

# Facts as of two days: of today, and what the next report will print as of its own.
OF_TWO_DAYS = {"reports:plan_result_detail"}


def addresses(world: World, view: str) -> Iterator[str]:
    """The page of the map, for each campaign where it is one of a campaign, and as asked."""
    place = places(world)["own"]
    own = PATTERNS[view].address(place)
    if view == "projects:project_detail":
        own = {"pk": world.project.pk}
    kwargs = [own]
    campaigns = [campaign.pk for campaign in place.ward.campaigns.values()]
    if own.get("pk") in campaigns and set(own) <= {"pk", "village_pk"}:
        kwargs = [own | {"pk": pk} for pk in campaigns]
    if view == "households:review_edit":
        reviews = Review.objects.filter(village=place.village.area)
        kwargs = [{"pk": one.campaign_id, "household_pk": one.household_id} for one in reviews]
    if view == "households:phone_step":
        kwargs = [own | {"step": step} for step in range(1, 12)]
    for each in kwargs:
        for asked in ("", *QUERIES.get(view, ())):
            yield reverse(view, kwargs=each) + asked


def begin_drafts(world: World, user) -> None:
    """A form of a phone with every answer given, so that each of its screens shows."""
    village = world.a.villages[0]
    review = Review.objects.get(campaign=world.a.campaigns["open"], household=village.first)
    numbers = review.campaign.standard.indicators.values_list("number", flat=True)
    ReviewDraft.objects.create(
        ward=world.a.area,
        review=review,
        owner=user,
        client_id=uuid4(),
        answers={"score": 110, "indicators": {str(number): number < 4 for number in numbers}},
        step=1,
        base_version=review.version,
        updated_at=clock.now(),
    )


def asked_twice(world: World, user, *, every: bool) -> tuple[dict[str, dict], set[str]]:
    """The repeats of each page that a user may open, and the views that were shown."""
    client, faults, shown = Client(raise_request_exception=False), {}, set()
    client.force_login(user)
    for view, pattern in PATTERNS.items():
        if "GET" not in pattern.methods or pattern.is_slow:
            continue
        found = list(addresses(world, view))
        for address in found if every else found[:1]:
            answer, asked = questions(partial(client.get, address))
            twice = repeated(asked)
            assert answer.status_code < 500, address
            if answer.status_code == 200:
                shown.add(view)
            if twice and view not in OF_TWO_DAYS:
                faults[f"{user}: {view} {address}"] = twice
    return faults, shown


def in_words(faults: dict[str, dict]) -> str:
    return "\n".join(
        f"{page}\n  {times}× {sql}"
        for page, twice in faults.items()
        for sql, times in twice.items()
    )


def test_no_page_asks_the_same_twice(world, request):
    """To who coordinates, every page; in a long run in its variants, those of their own records."""
    begin_drafts(world, world.a.officer)

    every = request.config.getoption("--long")
    faults, shown = asked_twice(world, world.a.officer, every=every)

    assert not faults, in_words(faults)
    assert len(shown) > 60


@pytest.mark.drawn(one_of=3)
@pytest.mark.parametrize("role", ["leader", "administrator", "village head"])
def test_no_page_of_another_role_asks_the_same_twice(world, role):
    faults, shown = asked_twice(world, world.users[role], every=False)

    assert not faults, in_words(faults)
    assert shown
