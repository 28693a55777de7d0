"""A village in a review: its work list, finishing it, reopening it."""

from functools import partial

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from households.campaign.procedure.selectors.steps import steps_of
from households.campaign.procedure.services.taking_back import reopen_village
from households.campaign.procedure.views.onward import links_onward
from households.campaign.villages import presenters as words
from households.campaign.villages.forms import ReopenForm
from households.campaign.villages.services import finish_village
from households.entry.phone.selectors import gaps_of, open_drafts
from households.entry.phone.services import gaps_in_words
from households.entry.survey.selectors.reviews import (
    class_totals,
    reviews_without_causes,
    work_list,
)
from households.entry.survey.selectors.rows import grid_rows, open_warnings
from households.entry.survey.services.confirmation import confirm_village_warnings, confirm_warnings
from households.ledger.selectors.standards import standard_rules
from households.locks import campaign_lock, village_lock
from households.lookups import village_or_404
from povertyplan.core.access.rules import may_open
from povertyplan.core.platform.confirmations import VersionForm
from povertyplan.core.platform.form_pages import form_response, perform
from povertyplan.core.platform.landings import redirect_to_row

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
        "": items,
        "pending": pending,
        "done": [item for item in items if item.review.is_done],
    }
    shown = request.GET.get("state", "")
    shown = shown if shown in lists else ""
    village, lock = row.village, village_lock(row.campaign, row)
    context = {
        "row": row,
        "campaign": row.campaign,
        "items": lists[shown],
        "shown": words.LISTS[shown] if shown else "",
        "done": len(items) - len(pending),
        "total": len(items),
        "first_pending": pending[0] if pending else None,
        "tabs": [
            {
                "label": words.LISTS[key],
                "url": f"?state={key}",
                "active": key == shown,
                "count": len(found),
            }
            for key, found in lists.items()
        ],
        "lock": lock,
        "onward": partial(links_onward, request, row, None, ()),
        "failed_meeting": steps_of(row).failed_meeting if row.campaign.procedure else None,
        "opens_forms": may_open(request.user, EDIT, area=village),
        "may_enter": not lock and may_open(request.user, EDIT, area=village, writing=True),
        "may_finish": not lock and may_open(request.user, FINISH, area=village, writing=True),
        "may_reopen": row.is_finished
        and row.campaign.is_open
        and may_open(request.user, REOPEN, area=village, writing=True),
    }
    return render(request, "households/campaign/village_reviews.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def village_finish(request, pk, village_pk):
    """Show what is missing in a village, and close it when nothing is."""
    row = village_or_404(request.user, pk, village_pk, FINISH)
    form = VersionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]
        if answer := perform(form, _act_on_village, request=request, row=row, version=version):
            return answer
    items = grid_rows(campaign=row.campaign, village=row.village)
    context = {
        "row": row,
        "campaign": row.campaign,
        "form": form,
        "items": items,
        "missing": [item for item in items if not item.review.is_done],
        "warned": [item for item in items if item.has_open_warnings],
        "totals": class_totals(items),
        "without_causes": reviews_without_causes(row.campaign, row.village),
        "flagged": [item for item in items if item.review.needs_check],
        "drafts": _drafts(row, items),
        "lock": village_lock(row.campaign, row),
    }
    return form_response(request, "households/campaign/village_finish.html", context)


def _act_on_village(request, row, version):
    """Do what the button asks: confirm one form, confirm every form, or finish the village."""
    if "confirm_one" in request.POST:
        return _confirm_one(request, row, version)
    if "confirm" in request.POST:
        return _confirm_warnings(request, row)
    finish_village(campaign_village=row, version=version, by=request.user)
    messages.success(request, words.finished(row.village))
    return _to_village(row)


def _drafts(row, items):
    """Forms begun on a phone that would be shut out: household, who began it, what it lacks."""
    asked = {one.number for one in standard_rules(row.campaign.standard).indicators}
    names = {item.review.pk: item.head_name for item in items}
    return [
        {
            "name": names[draft.review_id],
            "owner": draft.owner,
            "gaps": gaps_in_words(gaps_of(draft, asked)),
        }
        for draft in open_drafts(campaign=row.campaign, village=row.village)
        if draft.review_id in names
    ]


def _confirm_one(request, row, version):
    """Confirm what is unusual in one form as the page showed it, and show the page again."""
    found = open_warnings(campaign=row.campaign, village=row.village)
    chosen = request.POST["confirm_one"]
    if item := next((item for item in found if str(item.review.pk) == chosen), None):
        confirm_warnings(review=item.review, version=version, by=request.user)
        messages.success(request, words.one_confirmed(item.head_name))
    return redirect_to_row("warned", FINISH, pk=row.campaign_id, village_pk=row.village_id)


def _confirm_warnings(request, row):
    """Confirm what the page lists as unusual, and show the page again."""
    count = confirm_village_warnings(campaign_village=row, by=request.user)
    messages.success(request, words.all_confirmed(count))
    return redirect(FINISH, pk=row.campaign_id, village_pk=row.village_id)


@require_http_methods(["GET", "HEAD", "POST"])
def village_reopen(request, pk, village_pk):
    """Ask why a finished village is opened again, and open it."""
    row = village_or_404(request.user, pk, village_pk, REOPEN)
    form = ReopenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        saved = perform(
            form, reopen_village, campaign_village=row, by=request.user, **form.cleaned_data
        )
        if saved:
            messages.success(request, words.reopened(row.village))
            return _to_village(row)
    context = {
        "row": row,
        "campaign": row.campaign,
        "form": form,
        "lock": campaign_lock(row.campaign),
    }
    return form_response(request, "households/campaign/village_reopen.html", context)


def _to_village(row):
    return redirect(WORK_LIST, pk=row.campaign_id, village_pk=row.village_id)
