"""Long work of the papers: the packs of all villages of a review, and a paper of each household."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.urls import reverse

from households.models import ReviewCampaign
from povertyplan.core.models import Job, User
from povertyplan.core.platform import jobs
from reports.choices import FileFormat
from reports.papers.forms_catalogue import PRINT_FORMS, PrintForm, file_name, print_filled
from reports.papers.packs import pack_of_ward, villages_of
from reports.printing.pdf import PrintingUnavailable


def begin_pack(*, campaign: ReviewCampaign, endings: Sequence[FileFormat], by: User) -> Job:
    """Print every paper of every village into one zip."""
    formats = ", ".join(each.label for each in endings)
    return jobs.start(
        kind="campaign_pack",
        subject=_subject(campaign, by),
        title=f"Tạo cả bộ mẫu ({formats}): {campaign.name}"[:250],
        arguments={"campaign": campaign.pk, "endings": [each.value for each in endings]},
        size=None,
        view="reports:campaign_pack",
        back_path=reverse("reports:review_papers", args=[campaign.pk]),
        ward=campaign.ward,
        by=by,
    )


def begin_paper(*, campaign: ReviewCampaign, paper: PrintForm, ending: FileFormat, by: User) -> Job:
    """Print a paper that has pages for each household of the ward."""
    return jobs.start(
        kind="campaign_paper",
        subject=f"paper:{campaign.pk}:{paper.name}:{ending}:{by.pk}",
        title=f"{paper.title} ({ending.label}): {campaign.name}"[:250],
        arguments={"campaign": campaign.pk, "paper": paper.name, "ending": ending.value},
        size=None,
        view="reports:campaign_paper",
        back_path=reverse("reports:review_papers", args=[campaign.pk]),
        ward=campaign.ward,
        by=by,
    )


def latest_pack(*, campaign: ReviewCampaign, by: User) -> Job | None:
    """The user's packs of a review: being printed, or made within the day."""
    return jobs.latest_job(_subject(campaign, by), by=by)


def _subject(campaign: ReviewCampaign, by: User) -> str:
    return f"pack:{campaign.pk}:{by.pk}"


@jobs.work("campaign_pack")
def _print(job: Job, progress: jobs.ProgressSink) -> None:
    campaign = ReviewCampaign.objects.get(pk=job.arguments["campaign"])
    rows = list(villages_of(job.owner, campaign))
    try:
        content = pack_of_ward(rows, job.arguments["endings"], progress)
    except PrintingUnavailable as problem:
        raise ValidationError(str(problem)) from problem
    jobs.keep_file(job, name=f"Bo-mau_toan-dia-ban_{campaign.year}.zip", content=content)


@jobs.work("campaign_paper")
def _print_paper(job: Job, progress: jobs.ProgressSink) -> None:
    campaign = ReviewCampaign.objects.get(pk=job.arguments["campaign"])
    paper, ending = PRINT_FORMS[job.arguments["paper"]], job.arguments["ending"]
    rows = list(villages_of(job.owner, campaign))
    try:
        content = print_filled(paper, rows, campaign, ending, progress)
    except (PrintingUnavailable, LookupError) as problem:
        raise ValidationError(str(problem)) from problem
    jobs.keep_file(job, name=file_name(paper, campaign, None, ending), content=content)
