"""The requests of households: what waits, and what became of the others."""

from collections import defaultdict
from typing import cast

from django.db.models import Count, Q, QuerySet

from households.choices import CampaignKind
from households.models import ReviewCampaign, ReviewRequest
from povertyplan.core.models import Area, User

# The lists of requests by the name in the address.
LISTS = {
    "": ReviewRequest.objects.waiting,
    "answered": ReviewRequest.objects.answered,
    "closed": ReviewRequest.objects.set_aside,
}


# The waiting requests by the household they are about.
WaitingRequests = dict[int, list[ReviewRequest]]


def requests_by_household(ward: Area) -> WaitingRequests:
    """The waiting requests about households of the register, the oldest first; one query."""
    found: dict[int, list[ReviewRequest]] = defaultdict(list)
    for request in waiting_in(ward).filter(household__closed_on=None, household__isnull=False):
        found[cast(int, request.household_id)].append(request)
    return dict(found)


def unregistered_requests(ward: Area) -> int:
    """How many requests wait of households that are not in the register."""
    return waiting_in(ward).filter(household=None).count()


def waiting_in(ward: Area) -> QuerySet[ReviewRequest]:
    return ReviewRequest.objects.waiting().filter(ward=ward)


def listed_requests(user: User, name: str) -> QuerySet[ReviewRequest]:
    """One list of what a user may see: waiting ones oldest first, the others newest first."""
    order = ("received_on", "pk") if name == "" else ("-received_on", "-pk")
    return (
        LISTS[name]()
        .visible_to(user)
        .select_related("village", "household", "received_by", "campaign")
        .order_by(*order)
    )


def request_counts(user: User) -> dict[str, int]:
    """How many there are in each list; one query."""
    is_waiting = Q(campaign=None, closing_reason="")
    row = ReviewRequest.objects.visible_to(user).aggregate(
        waiting=Count("pk", filter=is_waiting),
        answered=Count("pk", filter=Q(campaign__isnull=False)),
        closed=Count("pk", filter=~Q(closing_reason="")),
    )
    return {"": row["waiting"], "answered": row["answered"], "closed": row["closed"]}


def review_to_join(ward: Area) -> ReviewCampaign | None:
    """The annual review of a ward whose list is still open; None without one."""
    running = ReviewCampaign.objects.open().filter(ward=ward, kind=CampaignKind.ANNUAL)
    return running.order_by("-year").first()
