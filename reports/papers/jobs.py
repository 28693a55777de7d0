"""Long work of the papers: the packs of all villages of a review, and a paper of each household."""

from collections.abc import Callable, Sequence

from django.core.exceptions import ValidationError
from django.urls import reverse

from households.models import ReviewCampaign
from povertyplan.core.models import Area, Job, User
from povertyplan.core.platform import jobs
from projects.models import HandoverList
from reports.choices import FileFormat
from reports.papers.forms_catalogue import PRINT_FORMS, PrintForm, file_name, print_filled
from reports.papers.frame import row_count
from reports.papers.handovers import handover_paper, write_handover
from reports.papers.packs import pack_of_ward, villages_of
from reports.papers.presenters import (
    describe_handover,
    describe_listing,
    handover_file_name,
    listing_file_name,
)
from reports.papers.publicity import LISTINGS, write_listing
from reports.printing.pdf import PrintingUnavailable
from reports.printing.tree import DocumentTree


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


def begin_listing(*, ward: Area, listing: str, year: int, quarter: int, by: User) -> Job:
    """Lay out a list that is published."""
    return jobs.start(
        kind="publicity_paper",
        subject=f"publicity:{ward.pk}:{listing}:{year}:{quarter}:{by.pk}",
        title=f"{describe_listing(listing, year, quarter)} ({FileFormat.PDF.label})"[:250],
        arguments={"listing": listing, "year": year, "quarter": quarter},
        size=None,
        view="reports:publicity_file",
        back_path=reverse("projects:publicity_plan"),
        ward=ward,
        by=by,
    )


def begin_handover(*, handover_list: HandoverList, by: User) -> Job:
    """Lay out a list that is handed over."""
    return jobs.start(
        kind="handover_paper",
        subject=f"handover:{handover_list.pk}:{by.pk}",
        title=describe_handover(handover_list, FileFormat.PDF)[:250],
        arguments={"list": handover_list.pk},
        size=None,
        view="reports:handover_file",
        back_path=reverse("projects:handover_detail", args=[handover_list.pk]),
        ward=handover_list.ward,
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


@jobs.work("publicity_paper")
def _print_listing(job: Job, progress: jobs.ProgressSink) -> None:
    listing, year, quarter = (job.arguments[name] for name in ("listing", "year", "quarter"))
    document = LISTINGS[listing](job.ward, year, quarter, job.owner)
    name = listing_file_name(listing, year, quarter, FileFormat.PDF)
    _keep(job, document, write_listing, name, progress)


@jobs.work("handover_paper")
def _print_handover(job: Job, progress: jobs.ProgressSink) -> None:
    rows = HandoverList.objects.visible_to(job.owner).with_changes()
    found = rows.select_related("ward", "kind", "handover__decision", "handover__made_by").get(
        pk=job.arguments["list"]
    )
    name = handover_file_name(found, FileFormat.PDF)
    _keep(job, handover_paper(found), write_handover, name, progress)


def _keep(
    job: Job,
    document: DocumentTree,
    write: Callable[[DocumentTree, str], bytes],
    name: str,
    progress: jobs.ProgressSink,
) -> None:
    progress(f"Dàn trang {row_count(document)} dòng")
    try:
        content = write(document, FileFormat.PDF)
    except PrintingUnavailable as problem:
        raise ValidationError(str(problem)) from problem
    jobs.keep_file(job, name=name, content=content)
