"""Which entries of the journals a user may read.

Journals are read by roles of the whole ward. An entry about an object whose rows a role never
sees (`closed_to` of its queryset) is not shown to that role either.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import cast

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.module_loading import import_string

from povertyplan.core import clock
from povertyplan.core.choices import AreaKind, Role
from povertyplan.core.models import (
    AccessEvent,
    Area,
    AuditEvent,
    ChainLink,
    RowChange,
    UnsealedChange,
    User,
)
from povertyplan.core.text.vietnamese import normalise_text, search_key

AUDIT_VIEW, ACCESS_VIEW = "core:audit_list", "core:access_list"


@dataclass(frozen=True)
class JournalQuery:
    """What to look for; empty values leave everything in."""

    words: str = ""
    who: User | None = None
    act: str = ""
    after: date | None = None
    until: date | None = None


def find_events(user: User, query: JournalQuery) -> QuerySet[AuditEvent]:
    """The business acts a user may read, newest first."""
    events = AuditEvent.objects.filter(_readable(user, AUDIT_VIEW)).filter(_dated(query))
    if query.who:
        events = events.filter(actor=query.who)
    if query.act:
        events = events.filter(act=query.act)
    for word in search_key(query.words).split():
        events = events.filter(search_key__contains=word)
    return events.select_related("actor")


def ward_past_the_program(user: User) -> Area | None:
    """The ward whose changes written around the services a user may read of."""
    ward = user.ward
    if ward is None:
        return None
    rule = import_string(settings.ACCESS_TABLE)[AUDIT_VIEW]
    reads = any(
        grant.role in rule.reads
        and grant.area.kind != AreaKind.VILLAGE
        and ward.path.startswith(grant.area.path)
        for grant in user.grants_in_use
    )
    return ward if reads else None


def changes_past_the_program(user: User, ward: Area | None) -> QuerySet[RowChange]:
    """Changes of rows of a ward that no act signed, newest first, as far as a user may know."""
    if ward is None:
        return RowChange.objects.none()
    hidden = hidden_models(user, ward)
    tables = [
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model._meta.label_lower not in hidden
    ]
    sealed = Exists(ChainLink.objects.filter(change_id=OuterRef("pk"), chain=ward.pk))
    waiting = Exists(UnsealedChange.objects.filter(pk=OuterRef("pk"), chain=ward.pk))
    return RowChange.objects.filter(sealed | waiting, actor="sql", table__in=tables).order_by("-pk")


def last_event_of(record: models.Model) -> AuditEvent | None:
    """The latest business act on a record: who wrote it, and when."""
    own = {"object_type": record._meta.label_lower, "object_id": record.pk}
    return AuditEvent.objects.filter(**own).select_related("actor").order_by("-at", "-pk").first()


def last_change_of(record: models.Model, fields: Collection[str] = ()) -> RowChange | None:
    """The change that gave one of these fields its value; without fields the newest of the row.

    None where the row is older than its history, or was written while nobody kept one.
    """
    columns = {column_of(record, name) for name in fields}
    changes = RowChange.objects.filter(table=record._meta.db_table, row_id=record.pk)
    for change in changes.order_by("-pk").iterator():
        old, new = change.old or {}, change.new or {}
        if not columns or any(old.get(each) != new.get(each) for each in columns):
            return change
    return None


def column_of(record: models.Model, name: str) -> str:
    """What the history calls a field of a record."""
    return cast(models.Field, record._meta.get_field(name)).attname


def event_of(change: RowChange) -> AuditEvent | None:
    """The business act that made a change of a row."""
    if not change.token:
        return None
    return AuditEvent.objects.filter(token=change.token).select_related("actor").first()


def events_about(*records: models.Model, most: int = 30) -> QuerySet[AuditEvent]:
    """The latest business acts on some records of one model, newest first."""
    labels = {record._meta.label_lower for record in records}
    events = AuditEvent.objects.filter(
        object_type__in=labels, object_id__in=[record.pk for record in records]
    )
    return events.select_related("actor").order_by("-at", "-pk")[:most]


def find_accesses(user: User, query: JournalQuery) -> QuerySet[AccessEvent]:
    """The personal data that was shown, newest first, as far as a user may know of it."""
    accesses = AccessEvent.objects.filter(_readable(user, ACCESS_VIEW)).filter(_dated(query))
    if query.who:
        accesses = accesses.filter(actor=query.who)
    for word in normalise_text(query.words).split():
        accesses = accesses.filter(Q(what__icontains=word) | Q(purpose__icontains=word))
    return accesses.select_related("actor")


def actors_for(user: User) -> QuerySet[User]:
    """Users who appear in the journal a user may read."""
    entries = AuditEvent.objects.filter(_readable(user, AUDIT_VIEW))
    return User.objects.filter(pk__in=entries.values("actor")).order_by("full_name")


def hidden_models(user: User, ward: Area | None) -> frozenset[str]:
    """Labels of the models whose rows no grant over a ward lets a user see."""
    hidden = [
        _closed_to(grant.role)
        for grant in user.grants_in_use
        if ward is not None and ward.path.startswith(grant.area.path)
    ]
    return frozenset.intersection(*hidden) if hidden else frozenset()


def _readable(user: User, view: str) -> Q:
    rule = import_string(settings.ACCESS_TABLE)[view]
    readable = Q(pk__in=[])
    for grant in user.grants_in_use:
        if grant.role in rule.reads and grant.area.kind != AreaKind.VILLAGE:
            inside = (
                Q(ward=grant.area.pk)
                if grant.area.kind == AreaKind.WARD
                else Q(ward__path__startswith=grant.area.path)
            )
            readable |= inside & ~Q(object_type__in=_closed_to(grant.role))
    return readable


def _closed_to(role: str) -> frozenset[str]:
    return frozenset(
        model._meta.label_lower
        for model in apps.get_models(include_auto_created=True)
        if role in _closed_roles(model)
    )


def _closed_roles(model) -> frozenset[Role]:
    """Roles that see no row of a model; a table of links is closed like its source."""
    if model._meta.auto_created:
        model = model._meta.auto_created
    return getattr(model._default_manager.all(), "closed_to", frozenset())


def _dated(query: JournalQuery) -> Q:
    condition = Q()
    if query.after:
        condition &= Q(at__gte=_midnight(query.after))
    if query.until:
        condition &= Q(at__lt=_midnight(query.until + timedelta(days=1)))
    return condition


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=clock.HANOI).astimezone(UTC)
