"""The survey form on a phone: the list of households, and one form a screen at a time."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from households.choices import PovertyClass
from households.classification import ScoreRefused, classify
from households.forms import VersionForm
from households.models import CampaignVillage, ReviewCampaign, ReviewDraft
from households.phone_forms import CausesForm, IndicatorsForm, ScoreForm, ScreenForm, initial_of
from households.selectors.campaigns import village_lock
from households.selectors.reviews import (
    campaign_village_of,
    class_label,
    earlier_review,
    head_name,
    households_before,
    work_list,
)
from households.selectors.standards import indicators_by_dimension, standard_rules
from households.services.drafts import save_draft, send_draft
from households.views.reviews import review_or_404
from povertyplan.core.access import may
from povertyplan.core.versions import StaleVersion

LIST = "households:phone_list"
STEP = "households:phone_step"
CONFIRM, SCORE, FIRST_INDICATORS = 1, 2, 3
STATES = {"pending": "Chưa làm", "draft": "Đang làm", "done": "Đã gửi"}
STALE = "Phiếu này vừa được {who} sửa. Đọc lại kết quả rồi gửi nếu kết quả của bạn mới đúng."


@dataclass(frozen=True)
class Screens:
    """The screens of a standard's form, by their number."""

    groups: list

    @property
    def causes(self) -> int:
        return FIRST_INDICATORS + len(self.groups)

    @property
    def result(self) -> int:
        return self.causes + 1

    @property
    def receipt(self) -> int:
        return self.result + 1

    def group(self, step: int):
        return self.groups[step - FIRST_INDICATORS]


@require_safe
def phone_list(request, pk):
    campaign = get_object_or_404(ReviewCampaign.objects.visible_to(request.user), pk=pk)
    villages = [
        row
        for row in CampaignVillage.objects.visible_to(request.user)
        .filter(campaign=campaign)
        .select_related("village", "finished_by")
        .order_by("village__order", "village__name")
        if may(request.user, LIST, area=row.village)
    ]
    if not villages:
        raise PermissionDenied("Bạn không phụ trách thôn nào trong đợt rà soát này.")
    chosen = request.GET.get("village", "")
    row = next((row for row in villages if str(row.village_id) == chosen), villages[0])
    items = _items(request.user, campaign, row.village)
    shown = request.GET.get("state", "")
    context = {
        "campaign": campaign,
        "row": row,
        "villages": villages,
        "items": [item for item in items if shown not in STATES or item["state"] == shown],
        "tabs": [
            {
                "label": label,
                "url": f"?village={row.village_id}&state={key}",
                "active": key == shown,
                "count": sum(item["state"] == key for item in items),
            }
            for key, label in STATES.items()
        ],
        "lock": village_lock(campaign, row),
    }
    return render(request, "households/phone_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def phone_step(request, pk, household_pk, step):
    review = review_or_404(request.user, pk, household_pk)
    screens = Screens(indicators_by_dimension(review.campaign.standard))
    if not CONFIRM <= step <= screens.receipt:
        raise Http404
    drafts = ReviewDraft.objects.filter(review=review, owner=request.user)
    if step == screens.receipt:
        return _receipt_page(request, review, drafts)
    draft = drafts.open().first()
    if draft is None and step > CONFIRM:
        return redirect(STEP, pk=pk, household_pk=household_pk, step=CONFIRM)
    if request.method == "POST" and not may(request.user, STEP, area=review.village, writing=True):
        raise PermissionDenied("Bạn không được nhập phiếu của thôn này.")
    if step == screens.causes and not _takes_causes(review, draft):
        return redirect(STEP, pk=pk, household_pk=household_pk, step=screens.result)
    if step == screens.result:
        return _result(request, review, draft, screens)
    form = _form_of(request, review, draft, step, screens)
    if request.method == "POST" and form.is_valid() and _keep(request, review, form, step):
        return redirect(STEP, pk=pk, household_pk=household_pk, step=step + 1)
    return _page(request, review, step, screens, form=form)


def _items(user, campaign, village):
    drafts = set(
        ReviewDraft.objects.open()
        .filter(review__campaign=campaign, review__village=village, owner=user)
        .values_list("review", "step")
    )
    steps = dict(drafts)
    return [
        {
            "item": item,
            "step": steps.get(item.review.pk, CONFIRM),
            "state": _state(item.review, steps),
            "state_label": STATES[_state(item.review, steps)],
        }
        for item in work_list(campaign=campaign, village=village)
    ]


def _state(review, steps):
    if review.pk in steps:
        return "draft"
    return "done" if review.is_done else "pending"


def _form_of(request, review, draft, step, screens):
    data = request.POST if request.method == "POST" else None
    options = {"initial": initial_of(draft)}
    if step == CONFIRM:
        return ScreenForm(data, **options)
    if step == SCORE:
        return ScoreForm(data, **options)
    if step == screens.causes:
        return CausesForm(data, **options)
    _dimension, indicators = screens.group(step)
    return IndicatorsForm(data, indicators=indicators, earlier=earlier_review(review), **options)


def _takes_causes(review, draft):
    """Causes are asked of a household that comes out as poor or near-poor."""
    rules = standard_rules(review.campaign.standard)
    lacking = [number for number, is_lacking in draft.indicators.items() if is_lacking]
    try:
        result = classify(rules, review.village.setting, draft.score, lacking)
    except ScoreRefused:
        return False
    return result.poverty_class in (PovertyClass.POOR, PovertyClass.NEAR_POOR)


def _keep(request, review, form, step):
    """Keep the screen's answers; whether they could be kept."""
    try:
        save_draft(
            review=review,
            client_id=form.cleaned_data["client_id"],
            step=step + 1,
            by=request.user,
            **form.answers(),
        )
    except ValidationError as refused:
        form.add_error(None, refused)
        return False
    return True


def _result(request, review, draft, screens):
    form = VersionForm(request.POST or None, initial={"version": draft.base_version})
    if request.method == "POST" and form.is_valid():
        try:
            send_draft(draft=draft, version=form.cleaned_data["version"], by=request.user)
        except StaleVersion as stale:
            form = VersionForm(initial={"version": stale.current.version})
            return _result_page(request, review, draft, screens, form, stale=stale.current)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            return redirect(
                STEP, pk=review.campaign_id, household_pk=review.household_id, step=screens.receipt
            )
    return _result_page(request, review, draft, screens, form)


def _result_page(request, review, draft, screens, form, *, stale=None):
    rules = standard_rules(review.campaign.standard)
    lacking = [number for number, is_lacking in draft.indicators.items() if is_lacking]
    missing = [one.number for one in rules.indicators if one.number not in draft.indicators]
    text = STALE.format(who=stale.updated_by) if stale else ""
    before = screens.causes if _takes_causes(review, draft) else screens.causes - 1
    more = {
        "before": before,
        "missing": missing,
        "lacking": lacking,
        "stale": stale,
        "stale_text": text,
    }
    try:
        result = classify(rules, review.village.setting, draft.score, lacking)
    except ScoreRefused as refused:
        more["refusal"] = str(refused)
    else:
        more["result"] = result
        more["class_label"] = PovertyClass(result.poverty_class).label
    status = 409 if stale else None
    return _page(request, review, screens.result, screens, form=form, status=status, **more)


def _receipt_page(request, review, drafts):
    draft = drafts.exclude(sent_at=None).order_by("-sent_at").first()
    if draft is None:
        raise Http404
    context = {"review": review, "campaign": review.campaign, "draft": draft, **_household(review)}
    return render(request, "households/phone_receipt.html", context)


def _household(review):
    household = households_before(review.campaign).get(pk=review.household_id)
    return {
        "household": household,
        "head_name": head_name(household),
        "earlier_class": class_label(household.poverty_class),
    }


def _page(request, review, step, screens, *, form, status=None, **more):
    row = campaign_village_of(review)
    lock = village_lock(review.campaign, row)
    is_question = FIRST_INDICATORS <= step < screens.causes
    context = {
        "review": review,
        "campaign": review.campaign,
        "row": row,
        "step": step,
        "steps": screens.result,
        "before": step - 1,
        "form": form,
        "dimension": screens.group(step)[0].label if is_question else "",
        "is_confirm": step == CONFIRM,
        "is_score": step == SCORE,
        "is_causes": step == screens.causes,
        "is_result": step == screens.result,
        "earlier": earlier_review(review),
        "members": review.household.memberships.filter(left_on=None).select_related("person"),
        "lock": lock,
        **_household(review),
        **more,
    }
    status = status or (422 if form.errors else 200)
    return render(request, "households/phone_step.html", context, status=status)
