"""Pages that show people in passing: who opened one leaves an access entry (`Rule.reading`).

One for each person, page and row within `PAUSE`. No page waits for it or fails with it: it is
written once the answer has left, and waits for no other writer. What cannot be written then is
kept in the memory of the process and goes with the entries of its next requests; at most `MOST`
of them, and only as long as the process lives.
"""

import logging
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.apps import apps
from django.core.signals import request_finished
from django.db import Error, models
from django.db.models import Q
from django.dispatch import receiver

from povertyplan.core import clock, locks
from povertyplan.core.access.rules import PageReading, rule_of
from povertyplan.core.choices import AreaKind
from povertyplan.core.journal.access_log import record_access
from povertyplan.core.models import AccessEvent, Area, User

# Leafing through a list and coming back to a household is one reading.
PAUSE = timedelta(minutes=10)
MOST = 1_000
PATIENCE = 50  # milliseconds that an entry waits for other writers
ON_SCREEN = "Xem trên màn hình"

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Opened:
    """A page that was answered: what it shows, to whom, and which row its address names."""

    reading: PageReading
    by: User
    arguments: dict[str, object]


_waiting: deque[_Opened] = deque(maxlen=MOST)


class ReadingMiddleware:
    """Note each page that its rule calls a reading, once it is answered with what it shows."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.method == "GET" and response.status_code == 200 and request.resolver_match:
            _note(request)
        return response


def _note(request) -> None:
    rule = rule_of(request.resolver_match.view_name)
    if rule is None or rule.reading is None:
        return
    shown = [grant for grant in request.user.grants_in_use if grant.role in rule.reading.roles]
    if shown:
        by = request.user.narrowed_to(shown)
        _waiting.append(_Opened(rule.reading, by, dict(request.resolver_match.kwargs)))


@receiver(request_finished)
def write_waiting(**kwargs) -> None:
    """Write the entries that wait; at the first that the database does not take now, stop."""
    while _waiting:
        opened = _waiting.popleft()
        try:
            _write(opened)
        except Error as error:
            _waiting.appendleft(opened)
            logger.warning("%s readings wait: %s", len(_waiting), type(error).__name__)
            return


def _write(opened: _Opened) -> None:
    reading = opened.reading
    what = reading.what.format(**opened.arguments)
    if not reading.subject:
        for ward in _wards_shown(opened.by):
            _record_once(opened.by, ward, ward, what)
        return
    model = apps.get_model(reading.subject)
    # With its ward and village, of which every entry asks.
    places = {"ward", "village"} & {field.name for field in model._meta.fields}
    rows = model._base_manager.select_related(*places) if places else model._base_manager
    row = rows.filter(pk=opened.arguments[reading.key]).first()
    # A household page shows its fields where a role is held that covers its village.
    if row is not None and any(_covers(grant.area, row) for grant in opened.by.grants_in_use):
        _record_once(opened.by, row.ward, row, f"{what}: {row}")


def _wards_shown(by: User) -> Iterable[Area]:
    """Every ward that the roles reach, also from above."""
    inside = Q(pk__in=[ward.pk for ward in by.wards])
    for grant in by.grants_in_use:
        if grant.area.ward_id_of() is None:
            inside |= Q(path__startswith=grant.area.path)
    return Area.objects.filter(inside, kind=AreaKind.WARD)


def _covers(area: Area, row: models.Model) -> bool:
    place = row if isinstance(row, Area) else getattr(row, "village", None)
    return place is None or place.path.startswith(area.path)


def _record_once(by: User, ward: Area, row: models.Model, what: str) -> None:
    lately = AccessEvent.objects.filter(
        ward=ward,
        at__gt=clock.now() - PAUSE,
        actor=by,
        what=what,
        object_type=row._meta.label_lower,
        object_id=row.pk,
        purpose=ON_SCREEN,
    )
    if lately.exists():
        return
    with locks.waiting_at_most(PATIENCE):
        record_access(by=by, ward=ward, what=what, obj=row, purpose=ON_SCREEN)
