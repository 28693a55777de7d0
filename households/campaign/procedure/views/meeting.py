"""The residents' meeting of a village: the one that stands, and the form for a meeting."""

from django.contrib import messages
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from households.campaign.procedure import presenters as words
from households.campaign.procedure.forms import MeetingForm, VoteFormSet, votes_within
from households.campaign.procedure.selectors.steps import steps_around, votes_of
from households.campaign.procedure.services.meetings import hold_meeting
from households.campaign.procedure.views.pages import FORM_METHODS, step_page
from households.entry.survey.selectors.reviews import work_list
from households.lookups import village_or_404
from households.models import CampaignVillage
from povertyplan.core.platform.form_pages import form_response, perform

MEETING = "households:village_meeting"


@require_http_methods(FORM_METHODS)
def village_meeting(request, pk, village_pk):
    """The meeting that stands, and the form for a meeting."""
    row = village_or_404(request.user, pk, village_pk, MEETING)
    posted = request.POST if request.method == "POST" else None
    steps, others = steps_around(row, CampaignVillage.objects.visible_to(request.user))
    page = step_page(request, steps, MEETING, steps.meeting_lock, others)
    standing = steps.meeting
    recorded = votes_of(standing) if standing else []
    form = MeetingForm(posted, initial=_meeting_initial(row, standing), steps=steps)
    households = [
        (item.review.pk, f"{item.head_name} ({item.household.code})")
        for item in work_list(campaign=row.campaign, village=row.village)
    ]
    votes = VoteFormSet(
        posted,
        prefix="votes",
        initial=[_vote_initial(vote) for vote in recorded],
        form_kwargs={"households": households},
    )
    if posted is not None and _is_valid(form, votes):
        meeting = perform(
            form,
            hold_meeting,
            campaign_village=row,
            record=form.record([vote for each in votes if (vote := each.votes())]),
            version=form.cleaned_data["version"],
            by=request.user,
        )
        if meeting:
            return _after_meeting(request, row, meeting)
    context = {"form": form, "votes": votes, "recorded": recorded, **page}
    return form_response(request, "households/campaign/village_meeting.html", context, votes)


def _is_valid(form, votes):
    """Every fault of the minutes and of the votes is looked for, so that all show at once."""
    found = [form.is_valid(), votes.is_valid()]
    return all([*found, votes_within(votes, form.cleaned_data.get("attendance"))])


def _meeting_initial(row, standing):
    """What was recorded, to be corrected; or what is known before the first meeting."""
    if standing is not None:
        names = [name for name in MeetingForm.base_fields if name != "version"]
        return {"version": row.version, **{name: getattr(standing, name) for name in names}}
    return {
        "version": row.version,
        "place": words.meeting_place(row.village),
        "chair": str(row.reviewer or ""),
        "minutes": words.minutes_text(row),
    }


def _vote_initial(vote):
    return {
        "review": vote.review_id,
        "votes_for": vote.votes_for,
        "votes_against": vote.votes_against,
    }


def _after_meeting(request, row, meeting):
    if meeting.is_agreed:
        messages.success(request, words.meeting_agreed(row.village))
        return redirect(MEETING, pk=row.campaign_id, village_pk=row.village_id)
    messages.warning(request, words.meeting_disagreed(meeting, row.village))
    return redirect("households:campaign_overview", pk=row.campaign_id)
