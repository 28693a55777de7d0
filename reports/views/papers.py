"""The papers of a review as files: one village, every village, or a village's whole pack."""

from itertools import chain

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseNotAllowed, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from households.models import CampaignVillage, ReviewCampaign
from povertyplan.core import access_log
from povertyplan.core.access import may
from reports.papers import PAPERS, file_name, pack_of_village, pack_of_ward, print_paper
from reports.papers.papers import place_name
from reports.pdf import PrintingUnavailable

PAPERS_PAGE = "reports:review_papers"
VILLAGE, WARD = "reports:village_paper", "reports:campaign_paper"
PURPOSE = "Lập hồ sơ rà soát, cấp giấy chứng nhận"


@require_safe
def review_papers(request, pk):
    """Every paper of a review, for the village that is picked or for all of them."""
    campaign = _campaign(request.user, pk)
    rows = list(_rows(request.user, campaign))
    for_ward = may(request.user, WARD, area=campaign.ward)
    if not for_ward and not any(may(request.user, PAPERS_PAGE, area=row.village) for row in rows):
        raise PermissionDenied("Bạn không được xem mẫu của đợt rà soát này.")
    picked = next((row for row in rows if str(row.village_id) == request.GET.get("village")), None)
    if picked is None and not for_ward and rows:
        picked = rows[0]
    groups = {}
    for paper in PAPERS.values():
        if for_ward or paper.build is not None:
            groups.setdefault(paper.group, []).append(paper)
    context = {
        "campaign": campaign,
        "rows": rows,
        "picked": picked,
        "for_ward": for_ward,
        "groups": list(groups.items()),
    }
    return render(request, "reports/review_papers.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def village_paper(request, pk, village_pk, paper):
    campaign, kind = _campaign(request.user, pk), _paper(paper)
    if kind.build is None:
        raise Http404("Mẫu này lập cho cả phường, xã.")
    row = get_object_or_404(_rows(request.user, campaign), village=village_pk)
    _may_or_403(request.user, VILLAGE, row.village)
    return _pdf(request, kind, [row], campaign, row.village)


@require_http_methods(["GET", "HEAD", "POST"])
def campaign_paper(request, pk, paper):
    """The paper of every village in one file, or the ward's own."""
    campaign, kind = _campaign(request.user, pk), _paper(paper)
    _may_or_403(request.user, WARD, campaign.ward)
    return _pdf(request, kind, list(_rows(request.user, campaign)), campaign, None)


@require_POST
def village_pack(request, pk, village_pk):
    campaign = _campaign(request.user, pk)
    row = get_object_or_404(_rows(request.user, campaign), village=village_pk)
    _may_or_403(request.user, VILLAGE, row.village)
    _log(request, campaign, f"Bộ mẫu của {row.village}")
    try:
        content = pack_of_village(row)
    except PrintingUnavailable as problem:
        return _failed(request, campaign, problem)
    response = HttpResponse(content, content_type="application/zip")
    return _as_file(response, f"Bo-mau_{place_name(row.village)}_{campaign.year}.zip")


@require_POST
def campaign_pack(request, pk):
    """The packs of all villages, sent while they are printed."""
    campaign = _campaign(request.user, pk)
    _may_or_403(request.user, WARD, campaign.ward)
    _log(request, campaign, "Bộ mẫu của mọi thôn")
    pieces = pack_of_ward(list(_rows(request.user, campaign)))
    try:
        first = next(pieces)
    except PrintingUnavailable as problem:
        return _failed(request, campaign, problem)
    response = StreamingHttpResponse(chain([first], pieces), content_type="application/zip")
    return _as_file(response, f"Bo-mau_toan-dia-ban_{campaign.year}.zip")


def _campaign(user, pk) -> ReviewCampaign:
    campaigns = ReviewCampaign.objects.visible_to(user)
    return get_object_or_404(campaigns.select_related("ward", "standard", "procedure"), pk=pk)


def _rows(user, campaign):
    rows = CampaignVillage.objects.visible_to(user).filter(campaign=campaign)
    return rows.select_related(
        "village", "reviewer", "campaign__ward", "campaign__standard", "campaign__procedure"
    ).order_by("village__order", "village__name")


def _paper(name):
    if name not in PAPERS:
        raise Http404("Không có mẫu này.")
    return PAPERS[name]


def _may_or_403(user, view, area):
    if not may(user, view, area=area):
        raise PermissionDenied("Bạn không được tải mẫu này ở địa bàn này.")


def _pdf(request, paper, rows, campaign, village):
    if paper.is_posted:
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        _log(request, campaign, f"{paper.title}, {village or campaign.ward}")
    try:
        content = print_paper(paper, rows, campaign)
    except LookupError as nothing:
        raise Http404(str(nothing)) from nothing
    except PrintingUnavailable as problem:
        return _failed(request, campaign, problem)
    response = HttpResponse(content, content_type="application/pdf")
    return _as_file(response, file_name(paper, campaign, village, "pdf"))


def _log(request, campaign, what):
    """Write down that the names of household members leave the program as a file."""
    access_log.record_access(
        by=request.user,
        ward=campaign.ward,
        what=f"{what}, {campaign}",
        obj=campaign,
        purpose=PURPOSE,
    )


def _as_file(response, name):
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _failed(request, campaign, problem):
    context = {"campaign": campaign, "problem": str(problem)}
    return render(request, "reports/review_papers.html", context, status=503)
