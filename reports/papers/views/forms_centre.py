"""The forms centre: every form and table of the year on one page."""

from django.http import QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from households.models import ReviewCampaign
from povertyplan.core.access.rules import may_open, may_open_inside, user_opening
from povertyplan.core.models import User
from reports.choices import DocumentKind, FileFormat
from reports.models import Document
from reports.papers.views.papers import papers_context
from reports.print_history import last_exports
from reports.tables.catalogue import FAMILIES, TABLES, TableKind
from reports.tables.views.periods import period_menu, period_of, whole_ward_of


@require_safe
def form_list(request):
    ward = whole_ward_of(request)
    form, period = period_of(request)
    sees_lists = may_open(request.user, "reports:person_table", area=ward)
    made = last_exports(ward, [kind.key for kind in TABLES.values() if kind.names_persons])
    families = [
        (title, [(kind, made.get(kind.key)) for kind in kinds if _is_open(kind, sees_lists)])
        for title, kinds in FAMILIES
    ]
    reader = user_opening(request.user, "reports:review_papers")
    campaigns = _campaigns(reader, period.until.year)
    context = {
        "form": form,
        "period": period,
        "families": [(title, kinds) for title, kinds in families if kinds],
        "campaigns": campaigns,
        "formats": FileFormat,
        "documents": _documents(request, period.until.year),
        **_papers(reader, request.GET, campaigns),
        **period_menu(request, period),
    }
    return render(request, "reports/papers/form_list.html", context)


def _is_open(kind: TableKind, sees_lists: bool) -> bool:
    return sees_lists or not kind.names_persons


def _campaigns(reader: User, year: int) -> list[ReviewCampaign]:
    """The reviews of a year whose papers the reader may print, the last one first."""
    campaigns = ReviewCampaign.objects.visible_to(reader).standing().filter(year=year)
    return list(campaigns.select_related("ward", "standard", "procedure").order_by("-pk"))


def _papers(reader: User, asked: QueryDict, campaigns: list[ReviewCampaign]) -> dict:
    """The papers of the review that is picked, of the last one where none is."""
    if not campaigns:
        return {}
    named = asked.get("campaign")
    picked = next((each for each in campaigns if str(each.pk) == named), campaigns[0])
    return papers_context(reader, picked, asked)


def _documents(request, year: int) -> list[tuple[Document, dict[str, str]]]:
    """The plans and reports that speak of a year, each with the addresses of page and files."""
    documents = Document.objects.visible_to(request.user).filter(
        year_from__lte=year, year_to__gte=year
    )
    found = []
    for document in documents.select_related("ward").order_by("kind", "-year_from", "pk"):
        name = "plan" if document.kind == DocumentKind.PLAN else "report"
        if may_open_inside(request.user, f"reports:{name}_detail", document.ward):
            views = {view: f"reports:{name}_{view}" for view in ("detail", "pdf", "docx")}
            found.append(
                (document, {view: reverse(url, args=[document.pk]) for view, url in views.items()})
            )
    return found
