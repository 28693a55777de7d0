"""A form that is sent after its session has ended is kept for the one who typed it.

It lies in the database, never in the browser, and only the same account gets it back. Who that is,
the ended session says; where even that is gone, the sign-in that this browser saw last: signing in
changes the form's token, so a form whose token is right was shown after the last sign-in.
"""

from datetime import timedelta
from typing import cast

from django.conf import settings
from django.http import HttpRequest
from django.utils.module_loading import import_string

from povertyplan.core import clock
from povertyplan.core.access.rules import AccessScope
from povertyplan.core.models import KeptForm, User

KEPT_FOR = timedelta(days=1)
KEPT_EACH = 20  # forms of one user
LONGEST_PATH = cast(int, KeptForm._meta.get_field("path").max_length)
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 (the name of a field)


def keep(request: HttpRequest, user: User | None) -> KeptForm | None:
    """Keep what `user` has just sent; None where there is nothing that may be kept.

    Called once the token of the form has been found right. Files are not kept, nor what is sent
    to one's own account: passwords and codes.
    """
    discard_old()
    path = request.get_full_path()
    if user is None or not _is_keepable(request) or len(path) > LONGEST_PATH:
        return None
    values = [
        [name, value] for name, sent in request.POST.lists() if name != TOKEN for value in sent
    ]
    kept = KeptForm.objects.create(user=user, path=path, values=values, at=clock.real_now())
    superfluous = KeptForm.objects.filter(user=user).order_by("-at", "-pk")[KEPT_EACH:]
    KeptForm.objects.filter(pk__in=[each.pk for each in superfluous]).delete()
    return kept


def _is_keepable(request: HttpRequest) -> bool:
    match = request.resolver_match
    rule = import_string(settings.ACCESS_TABLE).get(match.view_name) if match else None
    of_oneself = rule is None or rule.scope in (AccessScope.PUBLIC, AccessScope.SELF)
    return bool(request.POST) and not request.FILES and not of_oneself


def kept_for(user: User):
    """The forms that a user gets back."""
    return KeptForm.objects.filter(user=user, at__gt=clock.real_now() - KEPT_FOR)


def discard_old() -> None:
    """Delete what nobody came back for."""
    KeptForm.objects.filter(at__lte=clock.real_now() - KEPT_FOR).delete()
