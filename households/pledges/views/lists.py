"""The households of a ward that registered to escape poverty, and the same as a workbook."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from households.directory.forms import PurposeForm
from households.directory.workbooks import caption_of
from households.ledger.selectors.known import known_periods
from households.models import Household
from households.pledges import presenters as words
from households.pledges.forms import PledgeFilterForm
from households.pledges.selectors import (
    helper_lines,
    lines_asked,
    pledge_lines,
    pledges_of,
    totals_of_lines,
)
from households.pledges.workbooks import pledges_workbook
from households.rules.people.pledges import VISIT_DUE_DAYS
from povertyplan.core import clock
from povertyplan.core.access.rules import may_open, user_opening
from povertyplan.core.areas import ward_of
from povertyplan.core.journal import access_log
from povertyplan.core.platform.files import file_response, list_name
from povertyplan.core.platform.form_pages import form_response, perform

PAGE_SIZE = 50
LIST, EXPORT = "households:pledge_list", "households:pledge_export"


@require_safe
def pledge_list(request):
    ward, today = ward_of(request), clock.today()
    form = PledgeFilterForm(request.GET, ward=ward, user=request.user, year=today.year)
    lines = _lines(request, ward, form, LIST)
    asked = lines_asked(lines, form.asked())
    village = form.village_asked()
    where = urlencode({"year": form.year_asked(), "village": village.pk if village else ""})
    context = {
        "form": form,
        "page": Paginator(asked, PAGE_SIZE).get_page(request.GET.get("page")),
        "totals": totals_of_lines(lines),
        "helpers": helper_lines(lines),
        "year": form.year_asked(),
        "village": village,
        "states": f"?{where}&state=",
        "is_filtered": bool(lines),
        "today": today,
        "due_days": VISIT_DUE_DAYS,
        "may_export": may_open(request.user, EXPORT, area=ward, writing=True),
        "query": request.GET.urlencode(),
    }
    return render(request, "households/pledges/pledge_list.html", context)


@require_http_methods(["GET", "POST"])
def pledge_export(request):
    """Ask for the purpose; a post with one hands out the list that is filtered."""
    ward, today = ward_of(request), clock.today()
    filters = PledgeFilterForm(request.GET, ward=ward, user=request.user, year=today.year)
    every = _lines(request, ward, filters, EXPORT)
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
            content = pledges_workbook(lines, ward=ward, caption=caption, totals=totals)
            return file_response(content, list_name(words.TITLE, ward))
    context = {"form": form, "count": len(lines), "query": request.GET.urlencode()}
    return form_response(request, "households/pledges/pledge_export.html", context)


def _lines(request, ward, form: PledgeFilterForm, view: str):
    reader = user_opening(request.user, view)
    households = Household.objects.visible_to(reader).filter(ward=ward)
    if village := form.village_asked():
        households = households.filter(village=village)
    pledges = pledges_of(households).filter(year=form.year_asked())
    return pledge_lines(pledges, known=known_periods(ward), today=clock.today())
