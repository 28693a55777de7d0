"""The book of certificates: read, taken away as a workbook, and added to by a batch."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from households.certificates import presenters as words
from households.certificates.forms import CertificateBatchForm, CertificateFilterForm
from households.certificates.selectors import (
    ListedHouseholds,
    certificates_asked,
    listed_households,
    next_number,
    numbers_given_with,
)
from households.certificates.services import issue_certificates
from households.certificates.workbooks import TITLE, certificates_workbook
from households.directory.forms import PurposeForm
from households.directory.workbooks import caption_of
from households.lookups import campaign_or_404
from povertyplan.core import clock
from povertyplan.core.access.rules import may_open, user_opening
from povertyplan.core.areas import ward_of
from povertyplan.core.journal import access_log
from povertyplan.core.platform.files import file_response, list_name
from povertyplan.core.platform.form_pages import form_response, perform

PAGE_SIZE = 50
LIST = "households:certificate_list"
EXPORT = "households:certificate_export"
ISSUE = "households:certificate_issue"


@require_safe
def certificate_list(request):
    ward = ward_of(request)
    form = CertificateFilterForm(request.GET, ward=ward, user=request.user)
    rows = certificates_asked(ward, user_opening(request.user, LIST), form.asked())
    context = {
        "form": form,
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "year": form.asked().year,
        "is_filtered": bool(form.asked().village or form.asked().words),
        "may_export": may_open(request.user, EXPORT, area=ward, writing=True),
        "query": request.GET.urlencode(),
    }
    return render(request, "households/certificates/certificate_list.html", context)


@require_http_methods(["GET", "POST"])
def certificate_export(request):
    """Ask for the purpose; a post with one hands out the lines that are filtered."""
    ward = ward_of(request)
    filters = CertificateFilterForm(request.GET, ward=ward, user=request.user)
    rows = list(certificates_asked(ward, user_opening(request.user, EXPORT), filters.asked()))
    form = PurposeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        caption = caption_of(filters.in_words())
        logged = perform(
            form,
            access_log.record_access,
            by=request.user,
            ward=ward,
            what=words.describe_export(len(rows), caption),
            obj=ward,
            purpose=form.get_purpose_display(),
        )
        if logged:
            content = certificates_workbook(rows, ward=ward, caption=caption)
            return file_response(content, list_name(TITLE, ward))
    context = {"form": form, "count": len(rows), "query": request.GET.urlencode()}
    return form_response(request, "households/certificates/certificate_export.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def certificate_issue(request, pk):
    """Which villages wait for numbers, and the batch that gets them."""
    campaign = campaign_or_404(request.user, pk)
    if not may_open(request.user, ISSUE, area=campaign.ward, writing=True):
        raise PermissionDenied(words.NO_RIGHT)
    decision = campaign.decision
    listed = listed_households(campaign, decision) if decision else ListedHouseholds([])
    villages = listed.by_village()
    posted = request.POST if request.method == "POST" else None
    form = CertificateBatchForm(
        posted, campaign=campaign, villages=[row.village for row in villages]
    )
    if form.is_valid():
        values = {"batch": form.batch(), "key": form.cleaned_data["key"], "by": request.user}
        if first := perform(form, issue_certificates, **values):
            messages.success(request, words.describe_issued(numbers_given_with(first)))
            return redirect(f"{reverse(LIST)}?year={first.year}")
    context = {
        "campaign": campaign,
        "decision": decision,
        "form": form,
        "villages": villages,
        "waiting": len(listed.waiting()),
        "next_number": next_number(campaign.ward, clock.today().year),
    }
    return form_response(request, "households/certificates/certificate_issue.html", context)
