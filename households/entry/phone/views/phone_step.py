"""The survey form on a phone, a screen at a time."""

from dataclasses import dataclass
from http import HTTPStatus

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers
from django_htmx.http import HttpResponseClientRedirect

from households.choices import LISTED, PovertyClass
from households.entry.phone.forms import (
    CausesForm,
    IndicatorsForm,
    NoteForm,
    ScoreForm,
    ScreenForm,
    initial_of,
)
from households.entry.phone.presenters import stale_text
from households.entry.phone.selectors import gaps_of
from households.entry.phone.services import gaps_in_words, save_draft, send_draft
from households.entry.survey.presenters import NO_ENTRY
from households.entry.survey.selectors.facts import ReviewFacts
from households.entry.survey.selectors.reviews import (
    class_label,
    next_pending,
)
from households.ledger.selectors.members import members_of
from households.lookups import review_or_404
from households.models import ReviewDraft
from households.rules.classification import ScoreRefused, classify
from households.rules.plausibility import review_warnings
from households.rules.read_aloud import spoken_result
from povertyplan.core import clock
from povertyplan.core.access.rules import may_open
from povertyplan.core.platform.form_pages import newer_row, perform

STEP = "households:phone_step"
LIST = "households:phone_list"
CONFIRM, SCORE, FIRST_INDICATORS = 1, 2, 3


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
    def note(self) -> int:
        return self.result + 1

    @property
    def receipt(self) -> int:
        return self.note + 1

    def of_indicator(self, number: int) -> int:
        """The screen that asks for an indicator."""
        places = enumerate(self.groups, start=FIRST_INDICATORS)
        return next(step for step, (_name, asked) in places if number in _numbers(asked))

    def group(self, step: int):
        return self.groups[step - FIRST_INDICATORS]


def _numbers(indicators):
    return {indicator.number for indicator in indicators}


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
def phone_step(request, pk, household_pk, step):
    answer = _screen(request, pk, household_pk, step)
    is_onward = request.htmx and answer.status_code == HTTPStatus.FOUND
    # htmx would put the next page into this one.
    return HttpResponseClientRedirect(answer.url) if is_onward else answer


def _screen(request, pk, household_pk, step):
    review = review_or_404(request.user, pk, household_pk)
    facts = ReviewFacts(review)
    screens = Screens(facts.indicator_groups)
    if not CONFIRM <= step <= screens.receipt:
        raise Http404
    drafts = ReviewDraft.objects.filter(review=review, owner=request.user)
    if step == screens.receipt:
        return _receipt_page(request, facts, drafts)
    draft = drafts.open().first()
    if draft is None and step > CONFIRM:
        return redirect(STEP, pk=pk, household_pk=household_pk, step=CONFIRM)
    if request.method == "POST" and not may_open(
        request.user, STEP, area=review.village, writing=True
    ):
        raise PermissionDenied(NO_ENTRY)
    if step == screens.causes and not _takes_causes(facts, draft):
        return redirect(STEP, pk=pk, household_pk=household_pk, step=screens.result)
    if step == screens.result:
        return _result_page(request, facts, draft, screens)
    if step == screens.note:
        return _hand_in(request, facts, draft, screens)
    return _question(request, facts, draft, step, screens)


def _question(request, facts, draft, step, screens):
    """One screen of questions; kept, it leads to the next."""
    review, form = facts.review, _form_of(request, facts, draft, step, screens)
    if "later" in request.POST and form.may_be_left():
        if _keep(request, review, form, step):
            return _to_list(review)
    elif request.method == "POST" and form.is_valid() and _keep(request, review, form, step):
        # Whoever came back for what was not known needs no other question again.
        following = screens.causes if "back" in request.GET else step + 1
        return redirect(
            STEP, pk=review.campaign_id, household_pk=review.household_id, step=following
        )
    return _page(request, facts, step, screens, form=form)


def _to_list(review):
    return redirect(f"{reverse(LIST, args=[review.campaign_id])}?village={review.village_id}")


def _form_of(request, facts, draft, step, screens):
    data = request.POST if request.method == "POST" else None
    options = {"initial": initial_of(draft)}
    if step == CONFIRM:
        return ScreenForm(data, **options)
    if step == SCORE:
        return ScoreForm(data, **options)
    if step == screens.causes:
        return CausesForm(data, **options)
    _dimension, indicators = screens.group(step)
    return IndicatorsForm(data, indicators=indicators, earlier=facts.earlier, **options)


def _takes_causes(facts, draft):
    """Causes are asked of a household that comes out as poor or near-poor, once that is certain."""
    result = _ready(facts, draft).get("result")
    return result is not None and result.poverty_class in LISTED


def _keep(request, review, form, step):
    """Keep the screen's answers; None where they are refused. A screen left early comes again."""
    return perform(
        form,
        save_draft,
        review=review,
        client_id=form.cleaned_data["client_id"],
        step=step if "later" in request.POST else step + 1,
        by=request.user,
        **form.answers(),
    )


def _result_page(request, facts, draft, screens):
    """The class and its sentence to be read out; or what is not known yet, to be asked again."""
    rules = facts.rules
    before = screens.causes if _takes_causes(facts, draft) else screens.causes - 1
    gaps = gaps_of(draft, _numbers(rules.indicators))
    more = {"before": before, "gaps": gaps_in_words(gaps)}
    if gaps:
        more["open"] = [
            {"indicator": one, "step": screens.of_indicator(one.number)}
            for one in rules.indicators
            if one.number not in draft.indicators
        ]
    else:
        more |= _result_of(facts, draft)
    return _page(request, facts, screens.result, screens, form=ScreenForm(), **more)


def _result_of(facts, draft):
    rules, setting = facts.rules, facts.review.village.setting
    lacking = [number for number, is_lacking in draft.indicators.items() if is_lacking]
    try:
        result = classify(rules, setting, draft.score, lacking)
    except ScoreRefused as refused:
        return {"refusal": str(refused)}
    return {
        "result": result,
        "class_label": PovertyClass(result.poverty_class).label,
        "warnings": _warnings(facts, draft.score, result.poverty_class),
        "spoken": spoken_result(rules, setting, draft.score, lacking, result),
    }


def _warnings(facts, score, poverty_class):
    """What would be unusual in the form, were it handed in as it is."""
    earlier = facts.earlier
    return review_warnings(
        income_score=score,
        poverty_class=poverty_class,
        class_before=facts.household.poverty_class,
        earlier_score=earlier.income_score if earlier else None,
        earlier_year=earlier.campaign.year if earlier else None,
    )


def _hand_in(request, facts, draft, screens):
    """The last screen: a note, and the form handed in; it stays a draft while anything is open."""
    review = facts.review
    to_result = redirect(
        STEP, pk=review.campaign_id, household_pk=review.household_id, step=screens.result
    )
    if request.method != "POST":
        ready = _ready(facts, draft)
        if "result" not in ready or (ready["warnings"] and "sure" not in request.GET):
            return to_result
        values = {"version": draft.base_version, **_remark_of(draft)}
        return _page(request, facts, screens.note, screens, form=NoteForm(initial=values))
    form = NoteForm(request.POST)
    act = _leave_note if "later" in request.POST else _send_note
    given = {"request": request, "review": review, "draft": draft, "screens": screens}
    answer = perform(form, act, form=form, **given) if form.is_valid() else None
    if answer:
        return answer
    stale = newer_row(form)
    if stale:
        form = NoteForm(initial=_over(stale, form))
    return _page(request, facts, screens.note, screens, form=form, **_stale(stale))


def _leave_note(*, request, review, draft, form, screens):
    _keep_remark(request, review, draft, form, screens)
    return _to_list(review)


def _send_note(*, request, review, draft, form, screens):
    kept = _keep_remark(request, review, draft, form, screens)
    send_draft(
        draft=kept,
        version=form.cleaned_data["version"],
        by=request.user,
        is_confirmed="sure" in request.POST,
    )
    return redirect(
        STEP, pk=review.campaign_id, household_pk=review.household_id, step=screens.receipt
    )


def _keep_remark(request, review, draft, form, screens):
    return save_draft(
        review=review,
        client_id=draft.client_id,
        step=screens.note,
        by=request.user,
        **form.answers(),
    )


def _ready(facts, draft):
    """The result of a draft in which nothing is open; empty for another."""
    asked = _numbers(facts.rules.indicators)
    return {} if gaps_of(draft, asked) else _result_of(facts, draft)


def _remark_of(draft):
    return {"note": draft.note, "needs_check": draft.needs_check}


def _over(stale, form):
    """What the last screen shows again: my note, or the one somebody else wrote meanwhile."""
    mine = form.remark()
    return {
        "version": stale.version,
        "note": mine.note or stale.note,
        "needs_check": mine.needs_check or stale.needs_check,
    }


def _stale(current):
    if current is None:
        return {}
    return {
        "stale": current,
        "stale_text": stale_text(current),
        "status": 409,
    }


def _receipt_page(request, facts, drafts):
    review = facts.review
    draft = drafts.exclude(sent_at=None).order_by("-sent_at").first()
    if draft is None:
        raise Http404
    context = {
        "review": review,
        "campaign": review.campaign,
        "draft": draft,
        "following": next_pending(review),
        **_household(facts),
    }
    return render(request, "households/entry/phone_receipt.html", context)


def _lacking(facts):
    """The indicators in which the household is deprived by the form that was handed in."""
    return [one for one in facts.rules.indicators if one.number in facts.review.deprivations]


def _household(facts):
    return {
        "household": facts.household,
        "head_name": facts.head_name,
        "earlier_class": class_label(facts.household.poverty_class),
    }


def _page(request, facts, step, screens, *, form, status=None, **more):
    review = facts.review
    is_question = FIRST_INDICATORS <= step < screens.causes
    context = {
        "review": review,
        "campaign": review.campaign,
        "row": facts.campaign_village,
        "step": step,
        "steps": screens.note,
        "before": step - 1,
        "form": form,
        "dimension": screens.group(step)[0].label if is_question else "",
        "is_confirm": step == CONFIRM,
        "lacking": _lacking(facts) if step == CONFIRM and review.is_done else [],
        "is_score": step == SCORE,
        "is_causes": step == screens.causes,
        "is_result": step == screens.result,
        "is_note": step == screens.note,
        "following": step + 1,
        "is_sure": "sure" in request.GET or "sure" in request.POST,
        "earlier": facts.earlier,
        "members": members_of(review.household, clock.today()),
        "lock": facts.lock,
        **_household(facts),
        **more,
    }
    status = status or (422 if form.errors else 200)
    template = "households/entry/phone_step.html" + ("#screen" if request.htmx else "")
    return render(request, template, context, status=status)
