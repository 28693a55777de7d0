"""The ledger of supports: its list, one support, its kinds, and the list as a workbook."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from households.directory.forms import PurposeForm
from households.field_access import Field, fields_throughout
from povertyplan.core import clock
from povertyplan.core.access.rules import may_open, may_open_inside
from povertyplan.core.areas import ward_of
from povertyplan.core.journal import access_log
from povertyplan.core.journal.selectors import events_about
from povertyplan.core.periods import years
from povertyplan.core.platform.confirmations import ReasonForm
from povertyplan.core.platform.form_pages import form_response, perform
from povertyplan.core.registers.files import register_file
from povertyplan.core.registers.presenters import lines_above
from projects.models import Support, SupportKind
from projects.support import presenters as words
from projects.support.forms.ledger import LedgerFilterForm
from projects.support.resources.supports import SupportResource
from projects.support.selectors.ledger import (
    ledger_lines,
    supports_asked,
    totals_of,
    with_recipients,
    years_of,
)
from projects.support.selectors.rights import writable
from projects.support.services.checks import NOT_WRITER
from projects.support.services.steps import withdraw_support

PAGE_SIZE = 50
LIST, DETAIL = "projects:support_list", "projects:support_detail"


@require_safe
def support_list(request):
    ward, year = ward_of(request), years.year_of(request)
    form = LedgerFilterForm(request.GET, ward=ward, user=request.user, year=year)
    visible = Support.objects.visible_to(request.user).filter(ward=ward)
    found = supports_asked(visible, form.asked())
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    shown = years_of(visible, year, clock.today().year)
    context = {
        "form": form,
        "is_filtered": any(request.GET.get(name) for name in form.fields),
        "page": page,
        "lines": ledger_lines(page, request.user, clock.today()),
        "totals": totals_of(found),
        "year": year,
        "years": years.year_links(request, shown, year),
        "may_give": may_open(request.user, "projects:support_new", area=ward, writing=True),
        "may_import": may_open(request.user, "projects:support_register_import", area=ward),
        "may_print": may_open(request.user, "reports:receipt_sheet", area=ward),
        "may_export": may_open(request.user, "projects:support_export", area=ward, writing=True),
        "may_see_gap": may_open_inside(request.user, "projects:need_gap", ward),
        "hides_health": Field.CONDITION not in fields_throughout(request.user, ward),
        "query": request.GET.urlencode(),
    }
    return render(request, "projects/support/support_list.html", context)


@require_safe
def support_detail(request, pk):
    support = _support_or_404(request.user, pk)
    (line,) = ledger_lines([support], request.user, clock.today())
    context = {
        "line": line,
        "support": support,
        "events": events_about(support) if line.sees_record else [],
        "may_withdraw": not support.is_withdrawn and _may_write(request.user, support),
    }
    return render(request, "projects/support/support_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def support_withdraw(request, pk):
    """Take back what was recorded wrongly, with the reason."""
    support = _support_or_404(request.user, pk)
    if not _may_write(request.user, support):
        raise PermissionDenied(NOT_WRITER)
    form = ReasonForm(request.POST or None, initial={"version": support.version})
    if request.method == "POST" and form.is_valid():
        values = {"support": support, "by": request.user, **form.cleaned_data}
        if withdrawn := perform(form, withdraw_support, **values):
            messages.success(request, words.describe_withdrawn(withdrawn))
            return redirect(DETAIL, withdrawn.pk)
    (line,) = ledger_lines([support], request.user, clock.today())
    context = {"form": form, "line": line, "support": support}
    return form_response(request, "projects/support/support_withdraw.html", context)


@require_safe
def support_kinds(request):
    """The kinds of support with their rules, for everybody who reads the ledger."""
    kinds = SupportKind.objects.prefetch_related("projects__parent")
    context = {
        "lines": [words.describe_kind(kind) for kind in kinds],
        "may_import": may_open(request.user, "projects:support_kind_list_import", writing=True),
        "reads_ledger": may_open(request.user, LIST),
    }
    return render(request, "projects/support/support_kinds.html", context)


@require_http_methods(["GET", "POST"])
def support_export(request):
    """Ask for the purpose; a post with one hands out the ledger that is filtered."""
    ward, year = ward_of(request), years.year_of(request)
    filters = LedgerFilterForm(request.GET, ward=ward, user=request.user, year=year)
    visible = Support.objects.visible_to(request.user).filter(ward=ward)
    found = supports_asked(visible, filters.asked())
    form = PurposeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        lines = ledger_lines(found, request.user, clock.today())
        caption = words.caption_of_ledger(filters.in_words())
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
            resource = SupportResource(ward=ward, by=request.user)
            return register_file(
                request,
                resource,
                title=words.ledger_title(year),
                ward=ward,
                lines=[words.ledger_made(ward), caption, *lines_above(None)],
                records=resource.ledger(lines),
            )
    context = {"form": form, "count": found.count(), "query": request.GET.urlencode(), "year": year}
    return form_response(request, "projects/support/support_export.html", context)


def _support_or_404(user, pk) -> Support:
    rows = with_recipients(Support.objects.visible_to(user)).select_related("ward", "withdrawn_by")
    return get_object_or_404(rows, pk=pk)


def _may_write(user, support) -> bool:
    is_open = may_open(user, "projects:support_withdraw", area=support.ward, writing=True)
    rows = Support.objects.filter(pk=support.pk)
    return is_open and writable(rows, user, support.ward).exists()
