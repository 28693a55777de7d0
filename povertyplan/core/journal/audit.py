"""Business acts: one transaction, one actor, one line in the journal."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import models

from povertyplan.core import clock
from povertyplan.core.journal import history
from povertyplan.core.models import Area, AuditEvent, User
from povertyplan.core.text.vietnamese import search_key

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


def business_act(service: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """Make a service one transaction whose row changes are signed by its `by` and `source`.

    Both are keyword arguments of the service; a service without `source` writes from the web.
    """

    @wraps(service)
    def run(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Result:
        with history.writing(
            by=kwargs.get("by"), act=service.__name__, source=kwargs.get("source", "web")
        ):
            return service(*args, **kwargs)

    return run


def record(
    *,
    act: str,
    obj: models.Model,
    summary: str,
    by: User | None,
    ward: Area | None,
    reason: str = "",
    source: str = "web",
) -> AuditEvent:
    """Add one business act to the journal; called by its service.

    `act` is the name of the service ("record_review"); `by` is None for commands run by the
    system itself; `source` says through which door it came ("web", "command", "import").
    """
    return AuditEvent.objects.create(
        at=clock.now(),
        act=act,
        object_type=obj._meta.label_lower,
        object_id=obj.pk,
        summary=summary,
        search_key=search_key(summary),
        actor=by,
        ward=ward,
        reason=reason,
        source=source,
        token=history.current_token(),
    )
