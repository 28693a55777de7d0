"""Business acts: one transaction, one actor, one line in the journal."""

from collections.abc import Callable
from typing import Any

from django.db import models

from povertyplan.core import clock
from povertyplan.core.journal import acts, history
from povertyplan.core.models import Area, AuditEvent
from povertyplan.core.text.vietnamese import search_key


def business_act(
    *, label: str = "", source: str = acts.WEB
) -> Callable[[Callable[..., acts.Result]], acts.BusinessAct[acts.Result]]:
    """Make a service a business act and register it under its name.

    `label` is what the journal calls it; an act that leaves no line has none. `source` is the
    door its lines name where the caller names none.
    """

    def make_act(service: Callable[..., acts.Result]) -> acts.BusinessAct[acts.Result]:
        act = acts.BusinessAct(service, label=label, source=source)
        acts.register(act)
        return act

    return make_act


def record(
    obj: models.Model,
    summary: str,
    *,
    ward: Area | None,
    reason: str = "",
    act: acts.BusinessAct[Any] | None = None,
) -> AuditEvent:
    """Add a line about `obj` to the journal, signed by the act that is running.

    `act` is given where a part of that act has a name of its own: merging villages ends roles.
    Raises LookupError outside an act, and for an act that the journal has no label for.
    """
    writer = history.current_writer()
    name = act.name if act else writer.act
    if not acts.label_of(name):
        raise LookupError(f"The journal has no label for {name}.")
    return AuditEvent.objects.create(
        at=clock.now(),
        act=name,
        object_type=obj._meta.label_lower,
        object_id=obj.pk,
        summary=summary,
        search_key=search_key(summary),
        actor=writer.by,
        ward=ward,
        reason=reason,
        source=writer.source,
        token=history.current_token(),
    )
