"""The list of who is insured and who goes to school, on screen and as a workbook out and in."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from households.directory.forms import PurposeForm
from households.directory.workbooks import caption_of
from households.models import Household
from households.person_facts import presenters as words
from households.person_facts.forms import FactFilterForm
from households.person_facts.resources import PersonFactResource, exported
from households.person_facts.selectors import (
    counts_by_state,
    lines_asked,
    lines_of_topic,
    person_lines,
)
from households.person_facts.services import import_facts
from households.workers.views.registers import open_member_sheets
from povertyplan.core import clock
from povertyplan.core.access.rules import may_open, user_opening
from povertyplan.core.areas import ward_of
from povertyplan.core.journal import access_log
from povertyplan.core.platform.files import file_response, list_name
from povertyplan.core.platform.form_pages import form_response, perform
from povertyplan.core.registers.excel import ExcelRegister
from povertyplan.core.registers.pages import RegisterPages
from povertyplan.core.registers.presenters import lines_above
from povertyplan.core.registers.workbooks import register_workbook

PAGE_SIZE = 50
LIST, EXPORT = "households:fact_list", "households:fact_export"
VILLAGE, IMPORT = "households:fact_village", "households:fact_register_import"

fact_pages = RegisterPages(
    ExcelRegister(
        name="fact_register",
        words=words.REGISTER,
        resource=PersonFactResource,
        write=import_facts,
        open_sheets=open_member_sheets,
        list_page=LIST,
    ),
    app="households",
    prefix="fact_register",
)


@require_safe
def fact_list(request):
    """The members of poor and near-poor households, of one topic, by how they stand."""
    ward, today = ward_of(request), clock.today()
    form = FactFilterForm(request.GET, ward=ward, user=request.user)
    asked, village = form.asked(), form.village_asked()
    lines = person_lines(_households(request, ward, village, LIST), today)
    page = Paginator(lines_asked(lines, asked), PAGE_SIZE).get_page(request.GET.get("page"))
    counts = counts_by_state(lines_of_topic(lines, asked.topic), asked.topic)
    context = {
        "form": form,
        "page": page,
        "topic": asked.topic,
        "other": words.other_topic(asked.topic),
        "rows": [(line, line.state(asked.topic), line.fact(asked.topic)) for line in page],
        "counts": words.state_counts(counts, asked.topic, village and village.pk, asked.state),
        "total": sum(counts.values()),
        "village": village,
        "today": today,
        "may_write": may_open(request.user, VILLAGE, area=village, writing=True),
        "may_import": may_open(request.user, IMPORT, area=ward, writing=True),
        "may_export": may_open(request.user, EXPORT, area=ward, writing=True),
        "query": request.GET.urlencode(),
    }
    return render(request, "households/person_facts/fact_list.html", context)


@require_http_methods(["GET", "POST"])
def fact_export(request):
    """Ask for the purpose; a post with one hands out the list that is filtered."""
    ward = ward_of(request)
    filters = FactFilterForm(request.GET, ward=ward, user=request.user)
    every = person_lines(_households(request, ward, filters.village_asked(), EXPORT), clock.today())
    lines = lines_asked(every, filters.asked())
    form = PurposeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        logged = perform(
            form,
            access_log.record_access,
            by=request.user,
            ward=ward,
            what=words.describe_export(len(lines), caption_of(filters.in_words())),
            obj=ward,
            purpose=form.get_purpose_display(),
        )
        if logged:
            content = register_workbook(
                PersonFactResource(ward=ward, by=request.user),
                title=words.TITLE,
                lines=lines_above(ward),
                records=exported(lines),
            )
            return file_response(content, list_name(words.TITLE, ward))
    context = {"form": form, "count": len(lines), "query": request.GET.urlencode()}
    return form_response(request, "households/person_facts/fact_export.html", context)


def _households(request, ward, village, view):
    reader = user_opening(request.user, view)
    households = Household.objects.visible_to(reader).filter(ward=ward)
    return households.filter(village=village) if village else households
