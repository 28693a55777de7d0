"""A village's survey forms: the work list, entering one, finishing the village, reopening it."""

from dataclasses import replace
from datetime import date

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from households.forms import ReopenForm, ReviewForm, VersionForm, form_values, saved_values
from households.ledger.selectors.standards import indicators_by_dimension, standard_rules
from households.locks import campaign_lock, village_lock
from households.models import CampaignVillage, Review
from households.rules.classification import as_json
from households.rules.conflicts import choices_in
from households.selectors.drafts import gaps_of, open_drafts
from households.selectors.grid import grid_row, open_warnings
from households.selectors.reviews import (
    campaign_village_of,
    class_label,
    class_totals,
    earlier_review,
    head_name,
    households_before,
    next_pending,
    reviews_without_causes,
    work_list,
)
from households.selectors.steps import steps_of
from households.services.campaigns import finish_village, reopen_village
from households.services.confirmation import confirm_village_warnings, confirm_warnings
from households.services.reviews import (
    LARGEST_SCORE,
    record_review,
    remark_of,
    save_remark,
)
from households.views.conflicts import differences, saved_side, settle
from povertyplan.core import formatting
from povertyplan.core.access import may
from povertyplan.core.versions import StaleVersion

WORK_LIST = "households:village_reviews"
EDIT = "households:review_edit"
FINISH = "households:village_finish"
REOPEN = "households:village_reopen"


@require_safe
def village_reviews(request, pk, village_pk):
    row = village_or_404(request.user, pk, village_pk, WORK_LIST)
    items = work_list(campaign=row.campaign, village=row.village)
    pending = [item for item in items if not item.review.is_done]
    lists = {
        "": ("Tất cả", items),
        "pending": ("Chưa nhập", pending),
        "done": ("Đã nhập", [item for item in items if item.review.is_done]),
    }
    shown = request.GET.get("state", "")
    shown = shown if shown in lists else ""
    village = row.village
    context = {
        "row": row,
        "campaign": row.campaign,
        "items": lists[shown][1],
        "shown": lists[shown][0] if shown else "",
        "done": len(items) - len(pending),
        "total": len(items),
        "first_pending": pending[0] if pending else None,
        "tabs": [
            {"label": label, "url": f"?state={key}", "active": key == shown, "count": len(found)}
            for key, (label, found) in lists.items()
        ],
        "lock": village_lock(row.campaign, row),
        "failed_meeting": steps_of(row).failed_meeting if row.campaign.procedure else None,
        "opens_forms": may(request.user, EDIT, area=village),
        "may_enter": not village_lock(row.campaign, row)
        and may(request.user, EDIT, area=village, writing=True),
        "may_finish": not village_lock(row.campaign, row)
        and may(request.user, FINISH, area=village, writing=True),
        "may_reopen": row.is_finished
        and row.campaign.is_open
        and may(request.user, REOPEN, area=village, writing=True),
    }
    return render(request, "households/village_reviews.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def village_finish(request, pk, village_pk):
    """Show what is missing in a village, and close it when nothing is."""
    row = village_or_404(request.user, pk, village_pk, FINISH)
    form = VersionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            if "confirm_one" in request.POST:
                return _confirm_one(request, row, form.cleaned_data["version"])
            if "confirm" in request.POST:
                return _confirm_warnings(request, row)
            finish_village(
                campaign_village=row, version=form.cleaned_data["version"], by=request.user
            )
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"Đã hoàn thành rà soát ở {row.village}.")
            return _to_village(row)
    items = work_list(campaign=row.campaign, village=row.village)
    context = {
        "row": row,
        "campaign": row.campaign,
        "form": form,
        "items": items,
        "missing": [item for item in items if not item.review.is_done],
        "warned": open_warnings(campaign=row.campaign, village=row.village),
        "totals": class_totals(items),
        "without_causes": reviews_without_causes(row.campaign, row.village),
        "flagged": [item for item in items if item.review.needs_check],
        "drafts": _drafts(row, items),
        "lock": village_lock(row.campaign, row),
    }
    return _form_page(request, "households/village_finish.html", context)


def _drafts(row, items):
    """Forms begun on a phone that would be shut out: household, who began it, what it lacks."""
    asked = {one.number for one in standard_rules(row.campaign.standard).indicators}
    names = {item.review.pk: item.head_name for item in items}
    return [
        {"name": names[draft.review_id], "owner": draft.owner, "gaps": gaps_of(draft, asked)}
        for draft in open_drafts(campaign=row.campaign, village=row.village)
        if draft.review_id in names
    ]


def _confirm_one(request, row, version):
    """Confirm what is unusual in one form as the page showed it, and show the page again."""
    found = open_warnings(campaign=row.campaign, village=row.village)
    chosen = request.POST["confirm_one"]
    if item := next((item for item in found if str(item.review.pk) == chosen), None):
        confirm_warnings(review=item.review, version=version, by=request.user)
        messages.success(request, f"Đã xác nhận cảnh báo của hộ {item.head_name}.")
    return redirect(FINISH, pk=row.campaign_id, village_pk=row.village_id)


def _confirm_warnings(request, row):
    """Confirm what the page lists as unusual, and show the page again."""
    count = confirm_village_warnings(campaign_village=row, by=request.user)
    messages.success(request, f"Đã xác nhận cảnh báo của {count} hộ.")
    return redirect(FINISH, pk=row.campaign_id, village_pk=row.village_id)


@require_http_methods(["GET", "HEAD", "POST"])
def village_reopen(request, pk, village_pk):
    """Ask why a finished village is opened again, and open it."""
    row = village_or_404(request.user, pk, village_pk, REOPEN)
    form = ReopenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            reopen_village(campaign_village=row, by=request.user, **form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, f"Đã mở lại {row.village} để sửa phiếu.")
            return _to_village(row)
    context = {
        "row": row,
        "campaign": row.campaign,
        "form": form,
        "lock": campaign_lock(row.campaign),
    }
    return _form_page(request, "households/village_reopen.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def review_edit(request, pk, household_pk):
    """One household's survey form; a save over somebody else's shows both instead."""
    review = review_or_404(request.user, pk, household_pk)
    rules = standard_rules(review.campaign.standard)
    options = {"rules": rules, "setting": review.village.setting}
    if request.method != "POST":
        form = ReviewForm(initial=saved_values(review), **options)
        return _review_page(request, review, form)
    if not may(request.user, EDIT, area=review.village, writing=True):
        raise PermissionDenied("Bạn không được nhập phiếu của thôn này.")
    form = ReviewForm(request.POST, **options)
    if "confirm" in request.POST:
        return _confirm(request, review, options)
    if not _shows_answers(review, form) and form.has_only_new_remark(remark_of(review)):
        form.leave_answers_out()
    if not form.is_valid():
        return _review_page(request, review, form)
    return _save(request, review, form)


def _shows_answers(review, form):
    """Whether the form came from a page that showed answers; they may be newer than the page."""
    return review.is_done and form.data.get("version") == str(review.version)


def _confirm(request, review, options):
    """Confirm what is unusual in the form as it is saved; typed values are not part of it."""
    sent = VersionForm(request.POST)
    version = sent.cleaned_data["version"] if sent.is_valid() else None
    try:
        confirm_warnings(review=review, version=version, by=request.user)
    except StaleVersion:
        messages.warning(request, "Phiếu vừa được sửa. Xem lại kết quả rồi xác nhận.")
    except ValidationError as refused:
        form = ReviewForm(initial=saved_values(review), **options)
        return _review_page(request, review, form, faults=refused.messages)
    else:
        messages.success(request, "Đã xác nhận cảnh báo.")
    return redirect(EDIT, pk=review.campaign_id, household_pk=review.household_id)


def _save(request, review, form):
    """Save the answers; a page of errors or of both sides when they cannot be saved."""
    answers = form.answers()
    version = form.cleaned_data["version"]
    chosen = choices_in(request.POST)
    if chosen:
        theirs = saved_side(review)
        open_rows = {row.name for row in differences(answers, theirs, form.rules)} - chosen.keys()
        if open_rows:
            return _conflict_page(request, review, answers, form.rules, is_incomplete=True)
        answers = settle(answers, theirs, chosen)
    try:
        saved = _write(review, answers, version=version, by=request.user)
    except StaleVersion as stale:
        return _conflict_page(request, stale.current, answers, form.rules)
    except ValidationError as refused:
        form.add_error(None, refused)
        return _review_page(request, review, form)
    return _after_save(request, saved)


def _write(review, answers, *, version, by):
    """Save a form; note and flag alone where nothing else was filled in."""
    if answers.income_score is None:
        return save_remark(review=review, remark=answers.remark, version=version, by=by)
    return record_review(review=review, answers=answers, version=version, by=by)


def _after_save(request, review):
    name = head_name(households_before(review.campaign).get(pk=review.household_id))
    if not review.is_done:
        messages.success(request, f"Đã lưu ghi chú của hộ {name}. Phiếu chưa nhập điểm B1.")
        return redirect(EDIT, pk=review.campaign_id, household_pk=review.household_id)
    result = review.get_recorded_class_display()
    messages.success(request, f"Đã lưu phiếu của hộ {name}: {result}.")
    if "next" not in request.POST:
        return redirect(EDIT, pk=review.campaign_id, household_pk=review.household_id)
    following = next_pending(review)
    if following is None:
        messages.success(request, "Không còn hộ nào chưa nhập ở thôn này.")
        return redirect(WORK_LIST, pk=review.campaign_id, village_pk=review.village_id)
    return redirect(EDIT, pk=review.campaign_id, household_pk=following.household_id)


def _review_page(request, review, form, *, faults=()):
    row = campaign_village_of(review)
    lock = village_lock(review.campaign, row)
    earlier = earlier_review(review)
    household = households_before(review.campaign).get(pk=review.household_id)
    context = {
        "review": review,
        "campaign": review.campaign,
        "village": review.village,
        "household": household,
        "head_name": head_name(household),
        "earlier": earlier,
        "earlier_class": class_label(household.poverty_class),
        "form": form,
        "groups": _groups(review, form, earlier),
        "rules": as_json(form.rules),
        "largest_score": LARGEST_SCORE,
        "faults": faults,
        "warnings": grid_row(review).warnings if review.is_done else [],
        "lock": lock,
        "may_write": not lock and may(request.user, EDIT, area=review.village, writing=True),
    }
    return _form_page(request, "households/review_edit.html", context)


def _groups(review, form, earlier):
    """The indicators by dimension, each with its box and what it was in the earlier review."""
    boxes = list(form["deprivations"])
    groups = []
    for dimension, indicators in indicators_by_dimension(review.campaign.standard):
        rows = [
            {
                "indicator": indicator,
                "box": boxes.pop(0),
                "note": _earlier_note(indicator.number, earlier),
            }
            for indicator in indicators
        ]
        groups.append({"label": dimension.label, "rows": rows})
    return groups


def _earlier_note(number, earlier):
    if earlier is None:
        return ""
    word = "thiếu hụt" if number in earlier.deprivations else "không thiếu"
    return f"{earlier.campaign.year}: {word}"


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
            "rows": differences(answers, theirs, rules),
        },
    }
    return render(request, "households/review_conflict.html", context, status=409)


def _hidden_inputs(values):
    """Name and text of each hidden input that carries my answers to the next post."""
    for name, value in values.items():
        if isinstance(value, date):
            yield name, formatting.day(value)
        elif isinstance(value, list):
            yield from ((name, member) for member in value)
        elif value is not None and value is not False:
            yield name, value


def village_or_404(user, pk, village_pk, view):
    rows = CampaignVillage.objects.visible_to(user).select_related(
        "campaign__ward",
        "campaign__submitted_by",
        "campaign__procedure",
        "campaign__standard",
        "village",
        "reviewer",
        "finished_by",
    )
    row = get_object_or_404(rows, campaign=pk, village=village_pk)
    if not may(user, view, area=row.village):
        raise PermissionDenied("Bạn không được mở màn hình này của thôn này.")
    return row


def review_or_404(user, pk, household_pk):
    reviews = Review.objects.visible_to(user).select_related(
        "campaign__standard", "campaign__ward", "campaign__submitted_by", "village", "updated_by"
    )
    review = get_object_or_404(reviews, campaign=pk, household=household_pk)
    if not may(user, EDIT, area=review.village):
        raise PermissionDenied("Bạn không được mở phiếu của thôn này.")
    return review


def _to_village(row):
    return redirect(WORK_LIST, pk=row.campaign_id, village_pk=row.village_id)


def _form_page(request, template, context):
    return render(request, template, context, status=422 if context["form"].errors else 200)
