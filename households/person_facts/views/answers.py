"""Recording who is insured and who goes to school: of one household, or of a village by list."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from households.choices import FactSource, FactState, FactTopic
from households.models import Household
from households.person_facts import presenters as words
from households.person_facts.forms import FactSheetForm, was_sent
from households.person_facts.selectors import lines_of_household, lines_of_topic, person_lines
from households.person_facts.services import record_facts
from povertyplan.core import clock
from povertyplan.core.access.rules import may_open, user_opening
from povertyplan.core.choices import AreaKind
from povertyplan.core.models import Area
from povertyplan.core.platform.form_pages import form_response, perform
from povertyplan.core.platform.landings import redirect_to_row

FORM = ["GET", "HEAD", "POST"]
DETAIL, LIST = "households:household_detail", "households:fact_list"
HOUSEHOLD, VILLAGE = "households:fact_household", "households:fact_village"


@require_http_methods(FORM)
def fact_household(request, pk):
    """The members of one household, with what is known of each."""
    visible = Household.objects.visible_to(request.user).select_related("ward", "village")
    household = get_object_or_404(visible, pk=pk)
    _refuse_reader(request.user, HOUSEHOLD, household.village)
    today = clock.today()
    lines = lines_of_household(household, household.last_day(today))
    form = _sheet(request, lines, FactTopic.values)
    if _recorded(request, household.ward, form):
        return redirect_to_row("facts", DETAIL, household.pk)
    context = {"form": form, "household": household}
    return form_response(
        request, "households/person_facts/fact_household.html", context, *form.lines
    )


@require_http_methods(FORM)
def fact_village(request, pk):
    """One topic for a village's poor and near-poor households, who was not asked first."""
    areas = Area.objects.visible_to(request.user).filter(kind=AreaKind.VILLAGE)
    village = get_object_or_404(areas.select_related("parent"), pk=pk)
    _refuse_reader(request.user, VILLAGE, village)
    topic = _topic(request)
    writer = user_opening(request.user, VILLAGE, writing=True)
    households = Household.objects.visible_to(writer).filter(village=village)
    lines = lines_of_topic(person_lines(households, clock.today()), topic)
    waiting = (FactState.NOT_ASKED, FactState.UNCLEAR, FactState.EXPIRED)
    # Who was on the page that is sent stays on it, whoever was asked elsewhere meanwhile.
    lines.sort(
        key=lambda line: (not was_sent(line, topic, request.POST), line.state(topic) not in waiting)
    )
    shown = lines[: words.MOST_SHOWN]
    form = _sheet(request, shown, [topic])
    if _recorded(request, village.parent, form):
        return redirect(f"{reverse(LIST)}?topic={topic}&village={village.pk}")
    context = {
        "form": form,
        "village": village,
        "topic": FactTopic(topic),
        "other": words.other_topic(topic),
        "waiting": sum(line.state(topic) in waiting for line in lines),
        "total": len(lines),
        "is_cut": len(lines) > len(shown),
    }
    return form_response(request, "households/person_facts/fact_village.html", context, *form.lines)


def _topic(request) -> str:
    asked = request.GET.get("topic", "")
    return asked if asked in FactTopic.values else FactTopic.INSURANCE


def _sheet(request, lines, topics) -> FactSheetForm:
    initial = {"as_of": clock.today(), "source": FactSource.HOUSEHOLD}
    posted = request.POST if request.method == "POST" else None
    return FactSheetForm(posted, shown=lines, topics=topics, initial=initial)


def _refuse_reader(user, view, area):
    if not may_open(user, view, area=area, writing=True):
        raise PermissionDenied(words.NOT_WRITER)


def _recorded(request, ward, form) -> bool:
    """Whether a posted form was recorded; where it is wrong or refused, that stands in it."""
    if request.method != "POST" or not form.is_valid():
        return False
    written = perform(form, record_facts, ward=ward, facts=form.facts(), by=request.user)
    if written is not None:
        messages.success(request, words.describe_recorded(written))
    return written is not None
