"""The bulk entry of a village: the page, its plain form, and saving one household from it."""

import json

from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from households.asking.selectors import answers_in, household_kinds
from households.entry.grid.forms import (
    SCORE_AND_CODES,
    has_only_remark,
    needs_named,
    tells_needs,
    values_of,
)
from households.entry.grid.presenters import UNREADABLE, forms_saved
from households.entry.grid.services import record_review_and_needs
from households.entry.grid.views.lists import (
    counts_elsewhere,
    list_of,
    rows_shown,
    tabs_of,
    villages_beside,
)
from households.entry.grid.views.rows import (
    choices_of,
    posted_entries,
    row_data,
    saved_data,
    saved_entries,
)
from households.entry.survey.forms import RemarkForm, ReviewForm
from households.entry.survey.presenters import NO_ENTRY
from households.entry.survey.selectors.reviews import with_before
from households.entry.survey.selectors.rows import grid_rows, saved_row
from households.entry.survey.services.confirmation import confirm_warnings
from households.entry.survey.services.reviews import record_review, save_remark
from households.ledger.selectors.standards import read_vocabulary, standard_rules
from households.locks import village_lock
from households.lookups import NO_VILLAGE, village_or_404
from households.models import PovertyCause, Review
from households.rules.classification import as_json
from households.rules.notes import ReviewNote
from povertyplan.core.access.rules import may_open
from povertyplan.core.platform.versions import StaleVersion
from povertyplan.core.text.fields import LARGEST_KEY

GRID = "households:review_grid"
SAVE = "households:review_grid_save"
NEEDS = "households:need_household"
ROWS_PER_PAGE = 60


@require_http_methods(["GET", "HEAD", "POST"])
def review_grid(request, pk, village_pk):
    """The forms of a village as rows of a table, sixty a page; posted where no script runs."""
    row = village_or_404(request.user, pk, village_pk, GRID)
    rows = grid_rows(campaign=row.campaign, village=row.village)
    shown = rows_shown(rows, request.GET)
    page = Paginator(shown, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    options = _options(row)
    if request.method != "POST":
        return _grid_page(request, row, rows, page, saved_entries(page, options))
    if not may_open(request.user, GRID, area=row.village, writing=True):
        raise PermissionDenied(NO_ENTRY)
    entries = posted_entries(rows, options, request.POST)
    saved = sum(_save_entry(entry, by=request.user) for entry in entries)
    if any(entry.errors for entry in entries):
        return _grid_page(request, row, rows, page, entries, saved=saved)
    messages.success(request, forms_saved(saved))
    return redirect(request.get_full_path())


@require_POST
def review_grid_save(request, pk, village_pk):
    """Save or confirm one household, sent as JSON.

    A message holds review, version, sequence, and values {score, deprivations, causes, note, flag,
    needs} or confirm. Without score and deprivations it brings the note and the flag only; needs
    are told, and answered, only where they changed.
    Answers 200 with the row as it is now, 409 with both sides' data when somebody was quicker,
    422 with a sentence for each fault, 423 while the village is closed.
    """
    sent = _body(request)
    review = _review_or_404(request.user, pk, village_pk, sent)
    try:
        saved = _act(review, sent, by=request.user)
    except StaleVersion as stale:
        return _stale(stale.current, sent, by=request.user)
    except ValidationError as refused:
        return _refused(refused)
    now = _with_needs(saved_data(saved_row(saved, review)), review, sent, by=request.user)
    return JsonResponse({"sequence": sent.get("sequence"), **now})


def _act(review, sent, *, by):
    """Do what one message asks; raises ValidationError keyed by field."""
    if sent.get("confirm") is True:
        version = sent["version"] if isinstance(sent.get("version"), int) else None
        return confirm_warnings(review=review, version=version, by=by)
    if has_only_remark(sent):
        form = _checked(RemarkForm(values_of(sent, review)))
        return _save(review, form.remark(), version=form.cleaned_data["version"], by=by)
    known = read_vocabulary(review)
    review.cause_numbers = known.given
    options = {
        "rules": known.rules,
        "causes": known.causes.values(),
        "setting": review.village.setting,
    }
    form = _checked(ReviewForm(values_of(sent, review), **options))
    said = {"version": form.cleaned_data["version"], "vocabulary": known, "by": by}
    if not tells_needs(sent):
        return _save(review, form.answers(), **said)
    needs = needs_named(sent, _need_kinds(by, review.village))
    return record_review_and_needs(review=review, answers=form.answers(), needs=needs, **said)


def _need_kinds(user, village):
    """The kinds of need asked in the grid; none for somebody who may not record needs."""
    may_record = may_open(user, NEEDS, area=village, writing=True)
    return household_kinds(village.parent_id) if may_record else []


def _checked(form):
    if not form.is_valid():
        raise ValidationError(form.errors.as_data())
    return form


def _save(review, said, *, version, by, vocabulary=None):
    """Save a remark or answers through their service."""
    if isinstance(said, ReviewNote):
        return save_remark(review=review, remark=said, version=version, by=by)
    return record_review(review=review, answers=said, version=version, by=by, vocabulary=vocabulary)


def _save_entry(entry, *, by):
    """Save one line of the plain form; whether it was changed and saved."""
    said = entry.changed()
    if said is None:
        return False
    try:
        _save(entry.row.review, said, version=entry.version, by=by)
    except StaleVersion as stale:
        entry.refuse_stale(stale.current)
    except ValidationError as refused:
        entry.refuse(refused)
    return not entry.errors


def _grid_page(request, row, rows, page, entries, *, saved=0):
    campaign, village = row.campaign, row.village
    lock = village_lock(campaign, row)
    rules = standard_rules(campaign.standard)
    causes = list(PovertyCause.objects.all())
    kinds = _need_kinds(request.user, village)
    needs = answers_in(kinds, [entry.row.review.household_id for entry in entries])
    context = {
        "row": row,
        "campaign": campaign,
        "village": village,
        "page": page,
        "tabs": tabs_of(rows, request.GET),
        "show": list_of(request.GET),
        "name": request.GET.get("name", ""),
        "beside": villages_beside(request.user, row, GRID),
        "entries": entries,
        "saved": saved,
        "errors": [error for entry in entries for error in entry.errors],
        "indicators": rules.indicators,
        "causes": causes,
        "need_kinds": kinds,
        "done": sum(item.review.is_done for item in rows),
        "total": len(rows),
        "warned": sum(item.has_open_warnings for item in rows),
        "lock": lock,
        "may_enter": not lock and may_open(request.user, GRID, area=village, writing=True),
        "data": {
            "rows": [row_data(entry.row, needs) for entry in entries],
            "rules": as_json(rules),
            "setting": village.setting,
            "causes": choices_of(causes),
            "needKinds": [{"key": kind.pk, "name": kind.name} for kind in kinds],
            "year": campaign.year,
            "user": request.user.pk,
            "elsewhere": counts_elsewhere(rows, [entry.row for entry in entries]),
        },
    }
    faulty = bool(context["errors"])
    return render(
        request, "households/entry/review_grid.html", context, status=422 if faulty else 200
    )


def _options(row):
    """What every form of the village is read with."""
    return {"rules": standard_rules(row.campaign.standard), "setting": row.village.setting}


def _body(request):
    """The message as a dict: a JSON body, or the field `message` of a form."""
    is_json = request.content_type == "application/json"
    try:
        sent = json.loads(request.body if is_json else request.POST.get("message", ""))
    except ValueError:
        raise BadRequest(UNREADABLE) from None
    if not isinstance(sent, dict) or type(sent.get("review")) is not int:
        raise BadRequest(UNREADABLE)
    return sent


def _review_or_404(user, campaign, village, sent):
    # A number beyond every key is nobody's form, and no database takes it.
    number = sent["review"] if 0 < sent["review"] <= LARGEST_KEY else 0
    reviews = with_before(Review.objects.visible_to(user)).select_related(
        "campaign__standard", "village"
    )
    review = get_object_or_404(reviews, pk=number, campaign=campaign, village=village)
    if not may_open(user, SAVE, area=review.village):
        raise PermissionDenied(NO_VILLAGE)
    return review


def _stale(current, sent, *, by):
    review = with_before(Review.objects.select_related("updated_by")).get(pk=current.pk)
    now = _with_needs(saved_data(saved_row(review, review)), review, sent, by=by)
    return JsonResponse({**now, "own": current.updated_by_id == by.pk}, status=409)


def _with_needs(now, review, sent, *, by):
    """What is saved of a household, with what it needs where the message told of needs."""
    if not tells_needs(sent):
        return now
    needs = answers_in(_need_kinds(by, review.village), [review.household_id])
    return {**now, "values": {**now["values"], "needs": needs.get(review.household_id)}}


def _refused(refused):
    """Sentences by field; one that belongs to no field of the grid stands under "row"."""
    by_field = refused.message_dict if hasattr(refused, "error_dict") else {"row": refused.messages}
    errors = {}
    for name, texts in by_field.items():
        errors.setdefault(name if name in SCORE_AND_CODES else "row", []).extend(texts)
    status = 423 if getattr(refused, "code", None) == "locked" else 422
    sentences = {name: " ".join(texts) for name, texts in errors.items()}
    return JsonResponse({"errors": sentences}, status=status)
