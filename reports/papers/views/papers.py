"""The papers of a review as files: one village, every village, or a village's whole pack."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from households.campaign.additions.pages import unlisted_to
from households.models import CampaignVillage, ReviewCampaign
from povertyplan.core.access.rules import may_open
from povertyplan.core.platform.files import file_response
from povertyplan.core.platform.form_pages import perform_button
from povertyplan.core.platform.views.jobs import follow
from reports.choices import FileFormat
from reports.models import PrintRun
from reports.papers import presenters
from reports.papers.forms_catalogue import (
    PACK,
    PACK_TITLE,
    PRINT_FORMS,
    PrintForm,
    file_name,
    place_name,
    print_blank,
    print_filled,
)
from reports.papers.jobs import begin_pack, begin_paper, latest_pack
from reports.papers.packs import last_print_of, pack_of_village, villages_of
from reports.print_history import Printout, last_prints, record_print
from reports.printing.pdf import LONG_PAPER, PrintingUnavailable

PAPERS_PAGE = "reports:review_papers"
VILLAGE, WARD = "reports:village_paper", "reports:campaign_paper"
NUMBERS = "households:certificate_issue"


@require_safe
def review_papers(request, pk):
    """Every paper of a review, for the village that is picked or for all of them."""
    campaign = _campaign(request.user, pk)
    return render(
        request,
        "reports/papers/review_papers.html",
        papers_context(request.user, campaign, request.GET),
    )


def papers_context(user, campaign: ReviewCampaign, asked) -> dict:
    """The papers of a review that somebody may have, by step; 403 where there is none."""
    rows = _rows_or_403(user, campaign)
    for_ward = may_open(user, WARD, area=campaign.ward)
    picked = next((row for row in rows if str(row.village_id) == asked.get("village")), None)
    if picked is None and not for_ward and rows:
        picked = rows[0]
    made = last_prints(campaign, [row.village_id for row in rows], for_ward=for_ward)
    groups: dict[str, list[tuple[PrintForm, PrintRun | None]]] = {}
    for paper in PRINT_FORMS.values():
        if for_ward or paper.build is not None:
            groups.setdefault(paper.group, []).append((paper, last_print_of(paper, made)))
    return {
        "campaign": campaign,
        "rows": rows,
        "picked": picked,
        "is_recognised": campaign.decision is not None,
        "may_number": may_open(user, NUMBERS, area=campaign.ward, writing=True),
        "for_ward": for_ward,
        "groups": list(groups.items()),
        "formats": FileFormat,
        **unlisted_to(user, campaign),
        "pack_job": latest_pack(campaign=campaign, by=user) if for_ward else None,
    }


@require_POST
def village_paper(request, pk, village_pk, paper, ending):
    campaign, kind = _campaign(request.user, pk), _paper(paper, ending)
    if kind.build is None:
        raise Http404(presenters.WHOLE_WARD_ONLY)
    row = get_object_or_404(villages_of(request.user, campaign), village=village_pk)
    _may_or_403(request.user, VILLAGE, row.village)
    return _file(request, kind, [row], campaign, row.village, ending)


@require_POST
def campaign_paper(request, pk, paper, ending):
    """The paper of every village in one file, or the ward's own; watched where it takes long."""
    campaign, kind = _campaign(request.user, pk), _paper(paper, ending)
    _may_or_403(request.user, WARD, campaign.ward)
    if kind.is_batch or _is_long(kind, campaign, ending):
        return _begin_batch(request, campaign, kind, FileFormat(ending))
    return _file(request, kind, list(villages_of(request.user, campaign)), campaign, None, ending)


@require_safe
def blank_paper(request, pk, paper, ending):
    """The empty paper: it names nobody."""
    campaign, kind = _campaign(request.user, pk), _paper(paper, ending)
    _rows_or_403(request.user, campaign)
    if kind.blank is None:
        raise Http404(presenters.NO_BLANK)
    try:
        content = print_blank(kind, campaign, ending)
    except PrintingUnavailable as problem:
        return _failed(request, campaign, problem)
    return file_response(content, file_name(kind, campaign, None, ending, blank=True))


@require_POST
def village_pack(request, pk, village_pk):
    campaign = _campaign(request.user, pk)
    row = get_object_or_404(villages_of(request.user, campaign), village=village_pk)
    _may_or_403(request.user, VILLAGE, row.village)
    endings = _endings(request)
    _record(request, campaign, PACK, row.village, endings)
    try:
        content = pack_of_village(row, endings)
    except PrintingUnavailable as problem:
        return _failed(request, campaign, problem)
    return file_response(content, f"Bo-mau_{place_name(row.village)}_{campaign.year}.zip")


@require_POST
def campaign_pack(request, pk):
    """The packs of all villages: minutes of work, watched on a page of its own."""
    campaign = _campaign(request.user, pk)
    _may_or_403(request.user, WARD, campaign.ward)
    endings = _endings(request)
    job = perform_button(request, begin_pack, campaign=campaign, endings=endings, by=request.user)
    if job is None:
        return redirect(PAPERS_PAGE, pk=campaign.pk)
    _record(request, campaign, PACK, None, endings)
    return follow(job)


def _campaign(user, pk) -> ReviewCampaign:
    campaigns = ReviewCampaign.objects.visible_to(user)
    return get_object_or_404(campaigns.select_related("ward", "standard", "procedure"), pk=pk)


def _rows_or_403(user, campaign) -> list[CampaignVillage]:
    """The villages of a review, for who has its papers in one of them or in the whole ward."""
    rows = list(villages_of(user, campaign))
    for_ward = may_open(user, WARD, area=campaign.ward)
    if not for_ward and not any(may_open(user, PAPERS_PAGE, area=row.village) for row in rows):
        raise PermissionDenied(presenters.NOT_OF_THIS_REVIEW)
    return rows


def _paper(name, ending):
    paper = PRINT_FORMS.get(name)
    if paper is None or ending not in paper.formats:
        raise Http404(presenters.NO_SUCH_FORM)
    return paper


def _endings(request):
    """The formats a pack is asked for; PDF where none is named."""
    asked = request.POST.getlist("ending")
    return [each for each in FileFormat if each in asked] or [FileFormat.PDF]


def _may_or_403(user, view, area):
    if not may_open(user, view, area=area):
        raise PermissionDenied(presenters.NOT_OF_THIS_AREA)


def _is_long(paper, campaign, ending):
    """Whether the lists of all villages are too many rows to be laid out in a request."""
    is_paper = ending != FileFormat.EXCEL and (paper.is_list or paper.build is not None)
    return is_paper and campaign.reviews.count() > LONG_PAPER


def _file(request, paper, rows, campaign, village, ending):
    _record(request, campaign, paper.name, village, [FileFormat(ending)])
    try:
        content = print_filled(paper, rows, campaign, ending)
    except LookupError as nothing:
        raise Http404(str(nothing)) from nothing
    except PrintingUnavailable as problem:
        return _failed(request, campaign, problem)
    return file_response(content, file_name(paper, campaign, village, ending))


def _begin_batch(request, campaign, paper, ending):
    values = {"campaign": campaign, "paper": paper, "ending": ending}
    job = perform_button(request, begin_paper, by=request.user, **values)
    if job is None:
        return redirect(PAPERS_PAGE, pk=campaign.pk)
    _record(request, campaign, paper.name, None, [ending])
    return follow(job)


def _record(request, campaign, form, village, formats):
    printout = Printout(form, tuple(formats), campaign.ward, campaign, village)
    title = PACK_TITLE if form == PACK else PRINT_FORMS[form].title
    what = f"{title}: {village or campaign.ward}; {campaign}; {printout.format_labels}"
    record_print(printout=printout, what=what, purpose=presenters.PURPOSE, by=request.user)


def _failed(request, campaign, problem):
    context = {"campaign": campaign, "problem": str(problem)}
    return render(request, "reports/papers/review_papers.html", context, status=503)
