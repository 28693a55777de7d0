"""Recording what one household, or a whole village, needs; ending a need."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from households.asking.selectors import (
    findings_of,
    kinds_of,
    last_answers,
    open_needs_of,
)
from households.asking.services import record_needs
from households.field_access import Field, fields_in
from households.ledger.selectors.members import members_of
from households.models import Household, SupportNeed
from households.needs import presenters as words
from households.needs.forms import (
    HouseholdNeedsForm,
    NeedEndForm,
    VillageNeedsForm,
    answer_initial,
)
from households.needs.selectors.lists import need_lines
from households.needs.services.ending import end_need
from povertyplan.core import clock
from povertyplan.core.access.rules import may_open, user_opening
from povertyplan.core.choices import AreaKind
from povertyplan.core.models import Area
from povertyplan.core.platform.form_pages import form_response, perform
from povertyplan.core.platform.landings import redirect_to_row

FORM = ["GET", "HEAD", "POST"]
DETAIL, LIST = "households:household_detail", "households:need_list"
HOUSEHOLD, VILLAGE, END = (
    "households:need_household",
    "households:need_village",
    "households:need_end",
)


@require_http_methods(FORM)
def need_household(request, pk):
    """The needs of one household: tick them, or say that there are none."""
    visible = Household.objects.visible_to(request.user).select_related("ward", "village")
    household = get_object_or_404(visible, pk=pk)
    _refuse_reader(request.user, HOUSEHOLD, household.village)
    today = clock.today()
    members = members_of(household, household.last_day(today))
    kinds = kinds_of(household.ward_id)
    form = HouseholdNeedsForm(
        request.POST if request.method == "POST" else None,
        household=household,
        kinds=kinds,
        members=[member.person for member in members],
        initial=answer_initial(today, is_review="review" in request.GET),
    )
    if _recorded(request, household.ward, form):
        return _after(request, household)
    findings = findings_of([household.pk]).get(household.pk)
    sees_causes = Field.CAUSES in fields_in(request.user, household.village)
    still_open = open_needs_of([household.pk])
    context = {
        "form": form,
        "household": household,
        "head": next((member.person for member in members if member.is_head), None),
        "answer": last_answers([household.pk]).get(household.pk),
        "lines": words.boxes_of(form, kinds, still_open, findings, sees_causes=sees_causes),
        "query": request.GET.urlencode(),
    }
    return form_response(request, "households/needs/need_household.html", context)


@require_http_methods(FORM)
def need_village(request, pk):
    """Tick the needs of a village's households in rows, those that were not asked first."""
    areas = Area.objects.visible_to(request.user).filter(kind=AreaKind.VILLAGE)
    village = get_object_or_404(areas.select_related("parent"), pk=pk)
    _refuse_reader(request.user, VILLAGE, village)
    today = clock.today()
    writer = user_opening(request.user, VILLAGE, writing=True)
    households = Household.objects.visible_to(writer).filter(village=village)
    lines = [line for line in need_lines(households, today) if line.household.closed_on is None]
    # Who was ticked on the page that is sent stays on it, whoever was asked elsewhere meanwhile.
    ticked = _ticked(request.POST)
    lines.sort(key=lambda line: (str(line.household.pk) not in ticked, line.is_asked))
    shown = lines[: words.MOST_SHOWN]
    kinds = [kind for kind in kinds_of(village.parent_id) if not kind.for_persons]
    form = VillageNeedsForm(
        request.POST if request.method == "POST" else None,
        listed=[line.household for line in shown],
        kinds=kinds,
        initial=answer_initial(today, is_review="review" in request.GET),
    )
    if _recorded(request, village.parent, form, names_households=True):
        return redirect(f"{reverse(LIST)}?village={village.pk}")
    context = {
        "form": form,
        "village": village,
        "kinds": kinds,
        "rows": words.sheet_lines(form, shown, kinds),
        "not_asked": sum(not line.is_asked for line in lines),
        "total": len(lines),
        "is_cut": len(lines) > len(shown),
    }
    return form_response(request, "households/needs/need_village.html", context)


def _ticked(posted) -> set[str]:
    """The keys of the households of which a sent page of a village says something."""
    cells = [*posted.getlist("chosen"), *posted.getlist("none")]
    return {cell.partition("-")[0] for cell in cells}


@require_http_methods(FORM)
def need_end(request, pk):
    visible = SupportNeed.objects.visible_to(request.user)
    related = visible.select_related("household__village", "household__ward", "kind", "person")
    need = get_object_or_404(related, pk=pk)
    _refuse_reader(request.user, END, need.household.village)
    initial = {"version": need.version, "on": clock.today()}
    form = NeedEndForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        ended = perform(form, end_need, need=need, by=request.user, **form.cleaned_data)
        if ended:
            messages.success(request, words.describe_ended(ended))
            return redirect_to_row("needs", DETAIL, need.household_id)
    return form_response(request, "households/needs/need_end.html", {"form": form, "need": need})


def _refuse_reader(user, view, area):
    if not may_open(user, view, area=area, writing=True):
        raise PermissionDenied(words.NOT_WRITER)


def _recorded(request, ward, form, *, names_households=False) -> bool:
    """Whether a posted form was recorded; where it is wrong or refused, that stands in it."""
    if request.method != "POST" or not form.is_valid():
        return False
    answers = form.answers()
    key = form.cleaned_data["key"]
    values = {"ward": ward, "answers": answers, "key": key, "names_households": names_households}
    first = perform(form, record_needs, **values, by=request.user)
    if first:
        messages.success(request, words.describe_recorded(len(answers), first))
    return first is not None


def _after(request, household):
    """The next household that was not asked, where that was wanted; else the page of this."""
    if "next" in request.POST or "none" in request.POST:
        writer = user_opening(request.user, HOUSEHOLD, writing=True)
        own = Household.objects.visible_to(writer).filter(village=household.village_id)
        following = words.next_to_ask(need_lines(own, clock.today()), household)
        if following is None:
            return redirect(f"{reverse(LIST)}?village={household.village_id}")
        query = request.GET.urlencode()
        return redirect(f"{reverse(HOUSEHOLD, args=[following.pk])}{f'?{query}' if query else ''}")
    return redirect_to_row("needs", DETAIL, household.pk)
