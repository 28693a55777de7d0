"""Donated money of a year; an entry written, an entry reversed."""

from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from povertyplan.core.areas import ward_of
from povertyplan.core.periods import years
from povertyplan.core.platform.form_pages import form_response, perform
from projects.donations import presenters as words
from projects.donations.forms import DonationForm, DonationReverseForm
from projects.donations.selectors import (
    donation_lines,
    entries_of_year,
    fund_money,
    may_write_donations,
)
from projects.donations.services.entries import add_donation, refuse_keeper, reverse_donation
from projects.models import DonationEntry

PAGE_SIZE = 50
FORM = ["GET", "HEAD", "POST"]
LIST = "projects:donation_list"


@require_safe
def donation_list(request):
    """What came in and went out in a year, and what each fund holds."""
    ward, year = ward_of(request), years.year_of(request)
    rows = entries_of_year(ward=ward, year=year, reader=request.user)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    may_write = may_write_donations(request.user, ward)
    context = {
        "year": year,
        "years": years.year_links(request, range(year - 2, year + 3), year),
        "funds": fund_money(ward=ward, first=date(year, 1, 1), last=date(year, 12, 31)),
        "page": page,
        "lines": donation_lines(page, may_write=may_write),
        "may_write": may_write,
    }
    return render(request, "projects/donations/donation_list.html", context)


@require_http_methods(FORM)
def donation_new(request):
    ward = ward_of(request)
    refuse_keeper(request.user, ward)
    form = DonationForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        values = {"draft": form.draft(), "key": form.cleaned_data["key"], "by": request.user}
        if entry := perform(form, add_donation, ward=ward, **values):
            messages.success(request, words.describe_entered(entry))
            return redirect(_list_url(entry))
    return form_response(request, "projects/donations/donation_new.html", {"form": form})


@require_http_methods(FORM)
def donation_reverse(request, pk):
    """Ask why an entry is taken out of the figures, and reverse it."""
    found = DonationEntry.objects.visible_to(request.user).select_related("ward")
    entry = get_object_or_404(found, pk=pk)
    refuse_keeper(request.user, entry.ward)
    form = DonationReverseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if perform(form, reverse_donation, entry=entry, reason=reason, by=request.user):
            messages.success(request, words.describe_reversed(entry))
            return redirect(_list_url(entry))
    context = {"form": form, "entry": entry}
    return form_response(request, "projects/donations/donation_reverse.html", context)


def _list_url(entry: DonationEntry) -> str:
    return f"{reverse(LIST)}?year={entry.dated.year}"
