"""Meeting, posting and complaints of a village."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from households.entry.survey.selectors.reviews import work_list
from households.locks import campaign_lock
from households.lookups import village_or_404
from households.models import Complaint
from households.selectors.minutes import minutes_text
from households.selectors.steps import steps_of, votes_of
from households.services.meetings import NO_PROCEDURE, disagreement, hold_meeting
from households.services.postings import (
    correct_posting,
    decide_complaint,
    post_results,
    receive_complaint,
)
from households.step_forms import (
    AnswerForm,
    ComplaintForm,
    MeetingForm,
    PostingCorrectionForm,
    PostingForm,
    VoteFormSet,
    votes_within,
)
from households.views.refusals import show_refusal
from povertyplan.core import clock
from povertyplan.core.access import may

MEETING = "households:village_meeting"
POSTING = "households:village_posting"
COMPLAINTS = "households:village_complaints"
ANSWER = "households:complaint_answer"
FORM_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(FORM_METHODS)
def village_meeting(request, pk, village_pk):
    """The meeting that stands, and the form for a meeting."""
    row = village_or_404(request.user, pk, village_pk, MEETING)
    posted = request.POST if request.method == "POST" else None
    page = _page(request, row, MEETING, "meeting_lock")
    standing = page["steps"].meeting
    recorded = votes_of(standing) if standing else []
    form = MeetingForm(posted, initial=_meeting_initial(row, standing), campaign_village=row)
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
        try:
            meeting = _hold(request, row, form, votes)
        except ValidationError as refused:
            show_refusal(form, refused)
        else:
            return _after_meeting(request, row, meeting)
    context = {"form": form, "votes": votes, "recorded": recorded, **page}
    return _form_page(request, "households/village_meeting.html", context)


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
        "place": f"Nhà văn hóa {row.village}",
        "chair": str(row.reviewer or ""),
        "minutes": minutes_text(row),
    }


def _vote_initial(vote):
    return {
        "review": vote.review_id,
        "votes_for": vote.votes_for,
        "votes_against": vote.votes_against,
    }


def _hold(request, row, form, votes):
    given = [vote for each in votes if (vote := each.votes())]
    return hold_meeting(
        campaign_village=row,
        record=form.record(given),
        version=form.cleaned_data["version"],
        by=request.user,
    )


def _after_meeting(request, row, meeting):
    if meeting.is_agreed:
        messages.success(request, f"Đã ghi kết quả họp dân ở {row.village}.")
        return redirect(MEETING, pk=row.campaign_id, village_pk=row.village_id)
    messages.warning(request, f"{row.village} trở lại bước rà soát. {disagreement(meeting)}")
    return redirect("households:campaign_detail", pk=row.campaign_id)


@require_http_methods(FORM_METHODS)
def village_posting(request, pk, village_pk):
    """The form for hanging the list; where it hangs, and the form for correcting that."""
    row = village_or_404(request.user, pk, village_pk, POSTING)
    standing = steps_of(row).posting
    page = _page(request, row, POSTING, "" if standing else "posting_lock")
    form_class, write = (
        (PostingCorrectionForm, correct_posting) if standing else (PostingForm, post_results)
    )
    form = form_class(
        request.POST or None, initial=_posting_initial(row, standing), campaign_village=row
    )
    if request.method == "POST" and form.is_valid():
        try:
            write(campaign_village=row, by=request.user, **form.cleaned_data)
        except ValidationError as refused:
            show_refusal(form, refused)
        else:
            done = "sửa ghi nhận" if standing else "ghi"
            messages.success(request, f"Đã {done} niêm yết kết quả ở {row.village}.")
            return redirect(POSTING, pk=pk, village_pk=village_pk)
    context = {"form": form, **page}
    return _form_page(request, "households/village_posting.html", context)


def _posting_initial(row, standing):
    if standing is not None:
        names = ("places", "posted_on", "until", "unusual_reason")
        return {"version": row.version, **{name: getattr(standing, name) for name in names}}
    return {
        "version": row.version,
        "places": f"Nhà văn hóa {row.village}; trụ sở Ủy ban nhân dân",
        "posted_on": clock.today(),
    }


@require_http_methods(FORM_METHODS)
def village_complaints(request, pk, village_pk):
    """Complaints about the village's lists, and the form for a new one."""
    row = village_or_404(request.user, pk, village_pk, COMPLAINTS)
    page = _page(request, row, COMPLAINTS, "")
    posting = page["steps"].posting
    form = ComplaintForm(
        request.POST or None, initial={"received_on": clock.today()}, posting=posting
    )
    if request.method == "POST" and form.is_valid():
        try:
            receive_complaint(posting=posting, by=request.user, **form.cleaned_data)
        except ValidationError as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, "Đã ghi nhận khiếu nại, phản ánh.")
            return redirect(COMPLAINTS, pk=pk, village_pk=village_pk)
    complaints = Complaint.objects.filter(posting__campaign=pk, village=village_pk)
    context = {
        "form": form,
        "complaints": complaints.select_related("household"),
        "may_answer": may(request.user, ANSWER, area=row.village),
        **page,
    }
    return _form_page(request, "households/village_complaints.html", context)


@require_http_methods(FORM_METHODS)
def complaint_answer(request, pk, village_pk, complaint_pk):
    """One complaint, and what becomes of it."""
    row = village_or_404(request.user, pk, village_pk, ANSWER)
    complaint = get_object_or_404(
        Complaint.objects.select_related("household", "posting"),
        pk=complaint_pk,
        posting__campaign=pk,
        village=village_pk,
    )
    initial = {"version": complaint.version, "decided_on": clock.today()}
    form = AnswerForm(request.POST or None, initial=initial, complaint=complaint)
    if request.method == "POST" and form.is_valid():
        try:
            decide_complaint(complaint=complaint, by=request.user, **form.cleaned_data)
        except ValidationError as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, "Đã ghi kết quả giải quyết.")
            return redirect(COMPLAINTS, pk=pk, village_pk=village_pk)
    context = {"form": form, "complaint": complaint, **_page(request, row, ANSWER, "")}
    return _form_page(request, "households/complaint_answer.html", context)


def _page(request, row, view, lock):
    """What the pages of a village's steps share; `lock` names the step's own obstacle."""
    steps = steps_of(row)
    locked = "" if row.campaign.procedure else NO_PROCEDURE
    locked = locked or campaign_lock(row.campaign) or (getattr(steps, lock) if lock else "")
    return {
        "row": row,
        "campaign": row.campaign,
        "village": row.village,
        "steps": steps,
        "lock": locked,
        "may_write": not locked and may(request.user, view, area=row.village, writing=True),
    }


def _form_page(request, template, context):
    failed = context["form"].errors or any(getattr(context.get("votes"), "errors", []))
    return render(request, template, context, status=422 if failed else 200)
