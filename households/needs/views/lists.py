"""The list of needs of a ward, and the same as a workbook."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from households.asking.selectors import kinds_of
from households.directory.forms import PurposeForm
from households.directory.workbooks import caption_of
from households.models import Household
from households.needs import presenters as words
from households.needs.forms import NeedFilterForm
from households.needs.related_pages import related_pages
from households.needs.selectors.lists import (
    counts_by_kind,
    lines_asked,
    need_lines,
    needs_of_year,
    totals_of_lines,
)
from households.needs.workbooks import needs_text, needs_workbook
from povertyplan.core import clock
from povertyplan.core.access.rules import may_open, user_opening
from povertyplan.core.areas import ward_of
from povertyplan.core.journal import access_log
from povertyplan.core.platform.files import file_response, list_name
from povertyplan.core.platform.form_pages import form_response, perform
from povertyplan.core.registers.files import CSV

PAGE_SIZE = 50
LIST, EXPORT = "households:need_list", "households:need_export"
IMPORT = "households:need_register_import"
VILLAGE, HOUSEHOLD = "households:need_village", "households:need_household"


@require_safe
def need_list(request):
    ward, today = ward_of(request), clock.today()
    form = NeedFilterForm(request.GET, ward=ward, user=request.user)
    households = _households(request, ward, form, LIST)
    lines = need_lines(households, today)
    page = Paginator(lines_asked(lines, form.asked()), PAGE_SIZE).get_page(request.GET.get("page"))
    village = form.village_asked()
    kinds = kinds_of(ward)
    context = {
        "form": form,
        "page": page,
        "totals": totals_of_lines(lines),
        "counts": counts_by_kind(kinds, needs_of_year(households, today.year)),
        "village": village,
        "today": today,
        "may_write": may_open(request.user, HOUSEHOLD, area=village, writing=True),
        "may_import": may_open(request.user, IMPORT, area=ward, writing=True),
        "may_export": may_open(request.user, EXPORT, area=ward, writing=True),
        "related_pages": related_pages(request.user, ward, village),
        "query": request.GET.urlencode(),
    }
    return render(request, "households/needs/need_list.html", context)


@require_http_methods(["GET", "POST"])
def need_export(request):
    """Ask for the purpose; a post with one hands out the list that is filtered."""
    ward = ward_of(request)
    filters = NeedFilterForm(request.GET, ward=ward, user=request.user)
    every = need_lines(_households(request, ward, filters, EXPORT), clock.today())
    lines = lines_asked(every, filters.asked())
    form = PurposeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        caption = caption_of(filters.in_words())
        logged = perform(
            form,
            access_log.record_access,
            by=request.user,
            ward=ward,
            what=words.describe_export(len(lines), caption),
            obj=ward,
            purpose=form.get_purpose_display(),
        )
        if logged:
            totals = words.caption_of_totals(totals_of_lines(every))
            name = list_name(words.TITLE, ward)
            given = {"ward": ward, "caption": caption, "totals": totals}
            if request.GET.get("format") == CSV:
                return file_response(needs_text(lines, **given), name.removesuffix("xlsx") + CSV)
            return file_response(needs_workbook(lines, **given), name)
    context = {"form": form, "count": len(lines), "query": request.GET.urlencode()}
    return form_response(request, "households/needs/need_export.html", context)


def _households(request, ward, form: NeedFilterForm, view: str):
    reader = user_opening(request.user, view)
    households = Household.objects.visible_to(reader).filter(ward=ward)
    if village := form.village_asked():
        households = households.filter(village=village)
    return households
