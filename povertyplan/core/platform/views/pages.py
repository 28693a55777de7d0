"""The way home, the page of settings, the component gallery and the health check."""

import logging

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from povertyplan.core import clock
from povertyplan.core.access.rules import may_open
from povertyplan.core.areas import may_create_first_ward
from povertyplan.core.choices import Role
from povertyplan.core.platform import jobs
from povertyplan.core.platform.bad_days import probes
from povertyplan.core.platform.styleguide import sample

# Who works in a province begins with its wards together.
REGION_BOARD = "reports:region_board"

logger = logging.getLogger(__name__)


@require_safe
def home(request):
    """Send the leader to the dashboard, a province to its wards, others to the to-dos.

    Before there is a ward, to setting it up.
    """
    user = request.user
    if not user.roles and may_create_first_ward(user):
        return redirect("core:ward_new")
    everywhere = user.narrowed_to(user.grants_today)
    if everywhere.regions and not everywhere.wards and may_open(user, REGION_BOARD):
        return redirect(REGION_BOARD)
    if user.has_role(Role.LEADER):
        return redirect("reports:dashboard")
    return redirect("reports:todo")


@require_safe
def settings_list(request):
    """What can be set, each with a sentence; the menu knows which of it the user may open."""
    silent_since = jobs.worker_silent_since() if request.user.has_role(Role.ADMINISTRATOR) else None
    context = {"worker_silent_since": silent_since}
    return render(request, "core/platform/settings_list.html", context)


@require_safe
def styleguide(request):
    if not (settings.DEBUG or settings.DEMO):
        raise Http404
    page_number = request.GET.get("page", "2")
    return render(
        request, "core/platform/styleguide.html", {"sample": sample(clock.today(), page_number)}
    )


@login_not_required
@require_safe
def healthz(request):
    """Answer "ok" when the database answers, takes a write and guards what it should.

    Otherwise one word says what is wrong; the log says more.
    """
    word, faults = probes.trouble()
    if not word:
        return HttpResponse("ok", content_type="text/plain")
    logger.error("The database is not well: %s. %s", word, " ".join(faults))
    return HttpResponse(word, status=503, content_type="text/plain")
