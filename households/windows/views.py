"""The 36-month book: newly escaped households, the ends of their windows, their anchors."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from households.directory.forms import PurposeForm
from households.directory.workbooks import caption_of
from households.models import Household, HouseholdStatus
from households.windows import presenters as words
from households.windows.forms import LEAVING, AnchorForm, WindowFilterForm
from households.windows.selectors import opens_a_window, window_book
from households.windows.services import set_anchor
from households.windows.workbooks import book_workbook
from povertyplan.core import clock
from povertyplan.core.access.rules import may_open
from povertyplan.core.areas import ward_of
from povertyplan.core.journal import access_log
from povertyplan.core.platform.files import file_response, list_name
from povertyplan.core.platform.form_pages import form_response, perform
from povertyplan.core.platform.landings import redirect_to_row

PAGE_SIZE = 50
ANCHOR = "households:window_anchor"


@require_safe
def window_list(request):
    today = clock.today()
    form = WindowFilterForm(request.GET, user=request.user)
    lines = _book(request, form, Household.objects.all())
    page = Paginator(lines, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "today": today,
        "leaving": [(days, sum(line.leaves_within(days) for line in lines)) for days in LEAVING],
        "ended_early": sum(not line.is_open for line in lines),
        "villages_to_edit": _villages_to_edit(request.user, page),
        "may_export": may_open(request.user, "households:window_export", writing=True),
        "query": request.GET.urlencode(),
    }
    return render(request, "households/windows/window_list.html", context)


@require_http_methods(["GET", "POST"])
def window_anchor(request, pk):
    """Set the day the 36 months of one escape are counted from."""
    status = get_object_or_404(
        HouseholdStatus.objects.visible_to(request.user).select_related(
            "household__village", "decision"
        ),
        pk=pk,
    )
    shown = {"anchor_on": status.anchor_on, "was": status.anchor_on}
    form = AnchorForm(request.POST if request.method == "POST" else None, initial=shown)
    if request.method == "POST" and form.is_valid():
        saved = perform(form, set_anchor, status=status, by=request.user, **form.cleaned_data)
        if saved:
            messages.success(request, words.anchor_changed(status.household))
            return redirect_to_row(status.household, "households:window_list")
    context = {"status": status, "form": form, "opens": opens_a_window(status)}
    return form_response(request, "households/windows/window_anchor.html", context)


@require_http_methods(["GET", "POST"])
def window_export(request):
    """Ask for the purpose; a post with one hands out the book that is filtered."""
    ward = ward_of(request)
    filters = WindowFilterForm(request.GET, user=request.user)
    lines = _book(request, filters, Household.objects.filter(ward=ward))
    form = PurposeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        caption = caption_of(filters.in_words())
        logged = perform(
            form,
            access_log.record_access,
            by=request.user,
            ward=ward,
            what=words.exported_book(len(lines), caption),
            obj=ward,
            purpose=form.get_purpose_display(),
        )
        if logged:
            content = book_workbook(lines, ward=ward, on=clock.today(), caption=caption)
            return file_response(content, list_name(words.TITLE, ward))
    context = {"form": form, "count": len(lines), "query": request.GET.urlencode()}
    return form_response(request, "households/windows/window_export.html", context)


def _villages_to_edit(user, lines):
    villages = {line.household.village for line in lines}
    return {each.pk for each in villages if may_open(user, ANCHOR, area=each, writing=True)}


def _book(request, form: WindowFilterForm, households):
    households = households.visible_to(request.user)
    if village := form.village_asked():
        households = households.filter(village=village)
    return window_book(households=households, on=clock.today(), asked=form.asked())
