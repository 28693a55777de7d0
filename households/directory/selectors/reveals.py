"""Personal numbers that somebody opened just before, one at a time."""

from datetime import timedelta

from django.db.models import Max, QuerySet

from households.models import Person
from povertyplan.core import clock
from povertyplan.core.choices import Role
from povertyplan.core.models import AccessEvent, Area, AuditEvent, RoleGrant, User

# Since 30 November 2026, by our own judgement: who settles a village's doubtful numbers opens one a
# minute and looks at papers between; more than two a minute is copying a list.
MOST_REVEALS = 20
PERIOD = timedelta(minutes=10)
# How long the others are told: long enough for somebody who was away for a week.
TOLD_FOR = timedelta(days=7)
ACT = "reveal_number"


def lately_opened(user: User) -> QuerySet[AccessEvent]:
    """The numbers a user opened in the last minutes, since they last showed who they are."""
    since = clock.now() - PERIOD
    signs = AuditEvent.objects.filter(
        act=ACT, object_type=User._meta.label_lower, object_id=user.pk, at__gt=since
    )
    shown_at = signs.aggregate(last=Max("at"))["last"]
    opened = AccessEvent.objects.filter(actor=user, object_type=Person._meta.label_lower)
    return opened.filter(at__gte=shown_at or since)


def must_identify(user: User) -> bool:
    """Whether the next number asks for the password again."""
    return lately_opened(user).count() >= MOST_REVEALS


def told_to(user: User, ward: Area) -> list[AuditEvent]:
    """Who lately opened many numbers of a ward, as another coordinator is told: each once."""
    since = clock.now() - TOLD_FOR
    events = AuditEvent.objects.filter(ward=ward, act=ACT, at__gt=since).exclude(actor=user)
    latest: dict[int | None, AuditEvent] = {}
    for event in events.select_related("actor").order_by("-at", "-pk"):
        latest.setdefault(event.actor_id, event)
    return list(latest.values())


def told_instead_to(user: User, ward: Area) -> list[AuditEvent]:
    """The same for its leaders and administrators, of whom no coordinator can be told."""
    return [
        event for event in told_to(user, ward) if not _has_coordinator(ward, besides=event.actor_id)
    ]


def _has_coordinator(ward: Area, *, besides: int | None) -> bool:
    held = RoleGrant.objects.in_force(clock.today()).filter(
        area=ward, role=Role.COORDINATOR, user__is_active=True
    )
    return held.exclude(user=besides).exists()
