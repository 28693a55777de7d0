"""When each paper of a review was last made: read back from the record of who took it away."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, Q

from households.models import ReviewCampaign
from povertyplan.core.models import AccessEvent, Area

from .forms_catalogue import VILLAGE_PACK, PrintForm

PACK_TITLE = "Bộ mẫu"


@dataclass(frozen=True)
class LastPrint:
    """The last time a paper was made, and for which village or ward."""

    at: datetime
    place: str


def access_line(title: str, place: str, campaign: ReviewCampaign, formats: str) -> str:
    """What the access record says of a file: which paper, where, of which review, as what."""
    return f"{title}: {place}; {campaign}; {formats}"


def last_prints(campaign: ReviewCampaign, places: Collection[str]) -> dict[str, LastPrint]:
    """The last making of each title, among the places whose papers the reader may have."""
    events = AccessEvent.objects.filter(
        ward=campaign.ward_id, object_type=campaign._meta.label_lower, object_id=campaign.pk
    )
    found: dict[str, LastPrint] = {}
    for what, at in events.order_by().values_list("what").annotate(last=Max("at")):
        title, _, rest = what.partition(": ")
        place = rest.partition("; ")[0]
        if place in places and (title not in found or at > found[title].at):
            found[title] = LastPrint(at, place)
    return found


def last_exports(ward: Area, titles: Collection[str]) -> dict[str, LastPrint]:
    """When each list of persons of the ward was last taken away, by its title."""
    names = {f"list_{place}": title for place, title in enumerate(titles)}
    events = AccessEvent.objects.filter(
        ward=ward, object_type=ward._meta.label_lower, object_id=ward.pk
    )
    days = events.aggregate(
        **{
            name: Max("at", filter=Q(what__startswith=f"{title} ngày "))
            for name, title in names.items()
        }
    )
    return {names[name]: LastPrint(at, str(ward)) for name, at in days.items() if at}


def last_print_of(paper: PrintForm, made: dict[str, LastPrint]) -> LastPrint | None:
    """The last making of a paper, alone or in a pack."""
    titles = [paper.title, *([PACK_TITLE] if paper.name in VILLAGE_PACK else [])]
    return max((made[title] for title in titles if title in made), key=_at, default=None)


def _at(made: LastPrint) -> datetime:
    return made.at
