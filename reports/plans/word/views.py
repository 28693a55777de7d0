"""A new plan from a Word file: the file is sent, its paragraphs are looked through."""

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from povertyplan.core import clock
from povertyplan.core.access.rules import may_open
from povertyplan.core.areas import ward_of
from povertyplan.core.models import User
from povertyplan.core.platform.form_pages import form_response, perform
from reports.models import Document, WordUpload
from reports.plans import presenters as document_words
from reports.plans.word import presenters as words
from reports.plans.word.data.presenters import data_offers
from reports.plans.word.forms import PassageForm, WordDiscardForm, WordFileForm, WordStartForm
from reports.plans.word.selectors import MOST_OFFERED, passages_of, waiting_uploads
from reports.plans.word.services import (
    begin_from_word,
    choose_parts,
    discard_upload,
    keep_upload,
)

NEW = "reports:plan_word"
REVIEW = "reports:plan_word_review"
DISCARD = "reports:plan_word_discard"
PAGE_SIZE = 100


@require_http_methods(["GET", "HEAD", "POST"])
def plan_word(request):
    """Ask for the file, read it, and keep what it says."""
    ward = ward_of(request)
    if not may_open(request.user, NEW, area=ward):
        raise Http404(words.NO_WARD)
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = WordFileForm(*data)
    if form.is_bound and form.is_valid():
        values = {"ward": ward, "by": request.user, **form.cleaned_data}
        upload = perform(form, keep_upload, **values)
        if upload:
            return redirect(REVIEW, pk=upload.pk)
    waiting = waiting_uploads(ward, request.user)
    context = {
        "form": form,
        "waiting": waiting[:MOST_OFFERED],
        "most": MOST_OFFERED if len(waiting) > MOST_OFFERED else None,
    }
    return form_response(request, "reports/plans/word/plan_word.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_word_review(request, pk):
    """Show each paragraph beside what it becomes; save what was changed, or write the draft."""
    upload = _upload_or_404(request.user, pk, REVIEW)
    if upload.document is not None:
        return redirect(document_words.document_url(upload.document))
    passages = passages_of(upload)
    page = Paginator(passages, PAGE_SIZE).get_page(request.GET.get("page"))
    posted = request.POST if request.method == "POST" else None
    is_drafting = posted is not None and posted.get("act") == "draft"
    rows = {each.order: PassageForm(posted, passage=each) for each in page}
    next_year = clock.today().year + 1
    start = WordStartForm(
        posted if is_drafting else None,
        initial={"year_from": next_year, "year_to": next_year, "version": upload.version},
        ward=upload.ward,
    )
    acting = start if is_drafting else forms.Form(posted)
    if posted is not None and _all_valid(acting, *rows.values()):
        choices = [choice for form in rows.values() if (choice := form.choice())]
        saved = _perform(acting, upload=upload, choices=choices, by=request.user)
        if isinstance(saved, Document):
            written = list(upload.passages.order_by("order"))
            messages.success(request, words.drafted(saved, written))
            return redirect(document_words.document_url(saved))
        if saved:
            messages.success(request, words.SAVED)
            goes_on = posted.get("act") == "next" and page.has_next()
            return redirect(f"{reverse(REVIEW, args=[pk])}?page={page.number + goes_on}")
        for form in rows.values():
            form.show_newer()
    overview = words.overview_of(passages, PAGE_SIZE)
    context = {
        "form": acting,
        "start": start,
        "upload": upload,
        "page": page,
        "lines": list(words.shown_passages(page, rows, overview, data_offers(passages))),
        "overview": overview,
    }
    template = "reports/plans/word/plan_word_review.html"
    return form_response(request, template, context, *rows.values())


@require_http_methods(["GET", "HEAD", "POST"])
def plan_word_discard(request, pk):
    """Say what goes with a file from which no draft was written, and take it away."""
    upload = _upload_or_404(request.user, pk, DISCARD)
    if upload.document is not None:
        return redirect(document_words.document_url(upload.document))
    posted = request.POST if request.method == "POST" else None
    form = WordDiscardForm(posted, initial={"version": upload.version})
    if posted is not None and form.is_valid():
        version = form.cleaned_data["version"]
        gone = perform(form, discard_upload, upload=upload, version=version, by=request.user)
        if gone:
            messages.success(request, words.discarded(gone))
            return redirect(NEW)
    context = {"form": form, "upload": upload, "total": upload.passages.count()}
    return form_response(request, "reports/plans/word/plan_word_discard.html", context)


def _upload_or_404(user: User, pk: int, view: str) -> WordUpload:
    uploads = WordUpload.objects.visible_to(user).select_related("ward", "document", "sent_by")
    upload = get_object_or_404(uploads, pk=pk)
    if not may_open(user, view, area=upload.ward):
        raise PermissionDenied
    return upload


def _all_valid(*asked: forms.BaseForm) -> bool:
    """Each form is asked, so that each says what is wrong with it."""
    return not any(form.errors for form in asked)


def _perform(acting: forms.Form, **values) -> Document | WordUpload | None:
    if isinstance(acting, WordStartForm):
        return perform(acting, begin_from_word, **values, **acting.cleaned_data)
    return perform(acting, choose_parts, **values)
