"""One household's survey form at a desk."""

from dataclasses import replace
from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from households.entry.survey import presenters as words
from households.entry.survey.forms import ReviewForm, form_values, saved_values
from households.entry.survey.selectors.facts import ReviewFacts
from households.entry.survey.selectors.reviews import (
    class_label,
    head_name,
    households_before,
    next_pending,
)
from households.entry.survey.services.confirmation import confirm_warnings
from households.entry.survey.services.reviews import (
    LARGEST_SCORE,
    record_review,
    remark_of,
    save_remark,
)
from households.entry.survey.views.conflicts import saved_side, settle_answers
from households.lookups import review_or_404
from households.rules.classification import as_json
from households.rules.conflicts import choices_in
from povertyplan.core.access.rules import may_open
from povertyplan.core.platform.confirmations import VersionForm
from povertyplan.core.platform.form_pages import form_response, newer_row, perform
from povertyplan.core.text import formatting

WORK_LIST = "households:village_reviews"
EDIT = "households:review_edit"


@require_http_methods(["GET", "HEAD", "POST"])
def review_edit(request, pk, household_pk):
    """One household's survey form; a save over somebody else's shows both instead."""
    review = review_or_404(request.user, pk, household_pk)
    facts = ReviewFacts(review)
    options = {
        "rules": facts.rules,
        "causes": facts.vocabulary.causes.values(),
        "setting": review.village.setting,
    }
    if request.method != "POST":
        form = ReviewForm(initial=saved_values(review), **options)
        return _review_page(request, facts, form)
    if not may_open(request.user, EDIT, area=review.village, writing=True):
        raise PermissionDenied(words.NO_ENTRY)
    form = ReviewForm(request.POST, **options)
    if "confirm" in request.POST:
        return _confirm(request, facts, options)
    if not _shows_answers(review, form) and form.has_only_new_remark(remark_of(review)):
        form.leave_answers_out()
    if not form.is_valid():
        return _review_page(request, facts, form)
    return _save(request, facts, form)


def _shows_answers(review, form):
    """Whether the form came from a page that showed answers; they may be newer than the page."""
    return review.is_done and form.data.get("version") == str(review.version)


def _confirm(request, facts, options):
    """Confirm what is unusual in the form as it is saved; typed values are not part of it."""
    review = facts.review
    sent = VersionForm(request.POST)
    version = sent.cleaned_data["version"] if sent.is_valid() else None
    if perform(sent, confirm_warnings, review=review, version=version, by=request.user):
        messages.success(request, words.CONFIRMED)
    elif newer_row(sent):
        messages.warning(request, words.CHANGED_MEANWHILE)
    else:
        form = ReviewForm(initial=saved_values(review), **options)
        return _review_page(request, facts, form, faults=sent.non_field_errors())
    return redirect(EDIT, pk=review.campaign_id, household_pk=review.household_id)


def _save(request, facts, form):
    """Save the answers; a page of errors or of both sides when they cannot be saved."""
    review, answers = facts.review, form.answers()
    version = form.cleaned_data["version"]
    chosen = choices_in(request.POST)
    if chosen:
        theirs = saved_side(review)
        open_rows = {
            row.name for row in words.differences(answers, theirs, form.rules)
        } - chosen.keys()
        if open_rows:
            return _conflict_page(request, review, answers, form.rules, is_incomplete=True)
        answers = settle_answers(answers, theirs, chosen)
    saved = perform(
        form,
        _write,
        review=review,
        answers=answers,
        version=version,
        by=request.user,
        vocabulary=facts.vocabulary,
    )
    if saved:
        return _after_save(request, saved, facts.head_name)
    if newer := newer_row(form):
        return _conflict_page(request, newer, answers, form.rules)
    return _review_page(request, facts, form)


def _write(*, review, answers, version, by, vocabulary):
    """Save a form; note and flag alone where nothing else was filled in."""
    if answers.income_score is None:
        return save_remark(review=review, remark=answers.remark, version=version, by=by)
    return record_review(
        review=review, answers=answers, version=version, by=by, vocabulary=vocabulary
    )


def _after_save(request, review, name):
    if not review.is_done:
        messages.success(request, words.note_saved(name))
        return redirect(EDIT, pk=review.campaign_id, household_pk=review.household_id)
    messages.success(request, words.form_saved(name, review))
    if "next" not in request.POST:
        return redirect(EDIT, pk=review.campaign_id, household_pk=review.household_id)
    following = next_pending(review)
    if following is None:
        messages.success(request, words.NOTHING_PENDING)
        return redirect(WORK_LIST, pk=review.campaign_id, village_pk=review.village_id)
    return redirect(EDIT, pk=review.campaign_id, household_pk=following.household_id)


def _review_page(request, facts, form, *, faults=()):
    review, household = facts.review, facts.household
    context = {
        "review": review,
        "campaign": review.campaign,
        "village": review.village,
        "household": household,
        "head_name": facts.head_name,
        "earlier": facts.earlier,
        "earlier_class": class_label(household.poverty_class),
        "form": form,
        "groups": _groups(facts, form),
        "rules": as_json(form.rules),
        "largest_score": LARGEST_SCORE,
        "faults": faults,
        "warnings": facts.row.warnings if review.is_done else [],
        "lock": facts.lock,
        "may_write": not facts.lock
        and may_open(request.user, EDIT, area=review.village, writing=True),
    }
    return form_response(request, "households/entry/review_edit.html", context)


def _groups(facts, form):
    """The indicators by dimension, each with its box and what it was in the earlier review."""
    boxes = list(form["deprivations"])
    groups = []
    for dimension, indicators in facts.indicator_groups:
        rows = [
            {
                "indicator": indicator,
                "box": boxes.pop(0),
                "note": words.earlier_note(indicator.number, facts.earlier),
            }
            for indicator in indicators
        ]
        groups.append({"label": dimension.label, "rows": rows})
    return groups


def _conflict_page(request, current, answers, rules, *, is_incomplete=False):
    """Both sides of every field that differs; nothing has been overwritten."""
    household = households_before(current.campaign).get(pk=current.household_id)
    theirs = saved_side(current)
    if answers.income_score is None:
        answers = replace(theirs, remark=answers.remark)
    context = {
        "review": current,
        "campaign": current.campaign,
        "village": current.village,
        "head_name": head_name(household),
        "hidden": list(_hidden_inputs(form_values(answers, answers.remark, current.version))),
        "is_incomplete": is_incomplete,
        "conflict": {
            "who": current.updated_by,
            "time": formatting.moment(current.updated_at),
            "rows": words.differences(answers, theirs, rules),
        },
    }
    return render(request, "households/entry/review_conflict.html", context, status=409)


def _hidden_inputs(values):
    """Name and text of each hidden input that carries my answers to the next post."""
    for name, value in values.items():
        if isinstance(value, date):
            yield name, formatting.day(value)
        elif isinstance(value, list):
            yield from ((name, member) for member in value)
        elif value is not None and value is not False:
            yield name, value
