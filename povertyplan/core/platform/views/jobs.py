"""The page of a piece of long work: how far it is, and the way on when it is done."""

from mimetypes import guess_type

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from povertyplan.core import clock
from povertyplan.core.choices import JobState
from povertyplan.core.models import Job, JobFile
from povertyplan.core.platform import jobs


def follow(job: Job):
    """Where work that was just begun leads: on, or to the page that waits for it."""
    if job.state == JobState.DONE and job.next_path:
        return redirect(job.next_path)
    return redirect("core:job_detail", pk=job.pk)


@require_safe
def job_detail(request, pk):
    """Asked again every two seconds while the work goes on; safe to leave and to come back to."""
    job = _watched(request.user, pk)
    if job.state == JobState.DONE and job.next_path:
        onward = HttpResponseClientRedirect if request.htmx else redirect
        return onward(job.next_path)
    now = clock.real_now()
    context = {
        "job": job,
        "is_own": job.owner_id == request.user.pk,
        "file": jobs.file_to_take(job),
        "is_silent": jobs.is_silent(job, now),
        "is_unclaimed": jobs.is_unclaimed(job, now),
    }
    name = "core/platform/job_detail.html" + ("#state" if request.htmx else "")
    return render(request, name, context)


@require_safe
def job_file(request, pk):
    """What the work made, for the one who asked for it."""
    taken = JobFile.objects.exclude(name=jobs.INPUT)
    file = get_object_or_404(taken, job__in=Job.objects.visible_to(request.user), job=pk)
    response = HttpResponse(
        bytes(file.content), content_type=guess_type(file.name)[0] or "application/octet-stream"
    )
    response["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return response


@require_POST
def job_restart(request, pk):
    """Run work again whose process died: its owner, or who may begin the same in the ward."""
    job = _watched(request.user, pk)
    jobs.restart(job, by=request.user)
    return redirect("core:job_detail", pk=job.pk)


def _watched(user, pk) -> Job:
    job = get_object_or_404(Job.objects.select_related("owner", "ward"), pk=pk)
    if not jobs.may_watch(job, user):
        raise Http404
    return job
