"""What somebody puts away of the own to-do list, where no figure tells that it is done."""

from povertyplan.core import clock
from povertyplan.core.journal import audit
from povertyplan.core.models import FinishedTask, User


@audit.business_act()
def finish_task(*, key: str, by: User) -> FinishedTask:
    """Put a line away until its facts change."""
    finished, _ = FinishedTask.objects.get_or_create(user=by, key=key, defaults={"at": clock.now()})
    return finished


@audit.business_act()
def restore_tasks(*, by: User) -> None:
    """Bring everything back that was put away."""
    FinishedTask.objects.filter(user=by).delete()
