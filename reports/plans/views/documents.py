"""Plans and reports: their lists, their previews, their PDF and Word files."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from households.field_access import fields_throughout
from povertyplan.core.access.rules import may_open
from povertyplan.core.platform.files import file_response
from povertyplan.core.text.vietnamese import search_key
from reports.choices import FileFormat
from reports.figures.links import list_opens
from reports.models import Document
from reports.plans.amending.obstacles import amended_fault
from reports.plans.amending.selectors import compare_signed, difference_counts
from reports.plans.blocks import DocumentError
from reports.plans.builder import build_with_links
from reports.plans.checking.presenters import shown_findings
from reports.plans.plan_facts import findings
from reports.plans.proposing.selectors import waiting_count
from reports.plans.reviewing.selectors import open_comment_count
from reports.plans.snapshots import annex_workbook, document_file, signed_tree
from reports.printing.html import render_sheets
from reports.printing.pdf import PrintingUnavailable

PAGE_SIZE = 50


@require_safe
def plan_list(request):
    may_begin = may_open(request.user, "reports:plan_new")
    may_library = may_open(request.user, "reports:legal_list")
    more = {"may_begin": may_begin, "may_library": may_library}
    return _list(request, _plans(request), "reports/plans/plan_list.html", more)


@require_safe
def plan_detail(request, pk):
    return _detail(request, _plans(request), pk, "reports/plans/plan_detail.html")


@require_safe
def plan_pdf(request, pk):
    return _pdf(request, _plans(request), pk, "reports/plans/plan_detail.html")


@require_safe
def plan_docx(request, pk):
    return _docx(request, _plans(request), pk, "reports/plans/plan_detail.html")


@require_safe
def report_list(request):
    return _list(request, _reports(request), "reports/plans/report_list.html")


@require_safe
def report_detail(request, pk):
    return _detail(request, _reports(request), pk, "reports/plans/report_detail.html")


@require_safe
def report_pdf(request, pk):
    return _pdf(request, _reports(request), pk, "reports/plans/report_detail.html")


@require_safe
def report_docx(request, pk):
    return _docx(request, _reports(request), pk, "reports/plans/report_detail.html")


@require_safe
def report_xlsx(request, pk):
    """The tables of a report as annex: as they were signed, or as they are now."""
    document = get_object_or_404(_reports(request), pk=pk)
    try:
        content = annex_workbook(document)
    except DocumentError as problem:
        context = {"document": document, "problem": str(problem)}
        return render(request, "reports/plans/report_detail.html", context, status=503)
    except LookupError as nothing:
        raise Http404(str(nothing)) from nothing
    return file_response(content, f"bieu-kem-bao-cao-{_years(document)}.xlsx")


def _plans(request):
    return Document.objects.visible_to(request.user).plans().select_related("ward")


def _reports(request):
    return Document.objects.visible_to(request.user).reports().select_related("ward")


def _list(request, documents, template, more=None):
    newest_first = documents.order_by("-year_from", "-year_to", "-pk")
    page = Paginator(newest_first, PAGE_SIZE).get_page(request.GET.get("page"))
    counts = difference_counts(page)
    rows = [(document, counts.get(document.pk, 0)) for document in page]
    return render(request, template, {"page": page, "rows": rows, **(more or {})})


def _detail(request, documents, pk, template):
    shown = documents.select_related("submitted_by", "issued_by", "snapshot", "amends")
    document = get_object_or_404(shown, pk=pk)
    rights = {
        f"may_{act}": may_open(request.user, f"reports:document_{act}", area=document.ward)
        for act in (
            *("submit", "issue", "text", "ask", "comments", "findings", "amend", "abolish"),
            *("versions", "proposals", "word"),
        )
    }
    signed = signed_tree(document)
    context = {
        "document": document,
        "snapshot": getattr(document, "snapshot", None),
        **rights,
        "may_results": document.is_issued
        and may_open(request.user, "reports:plan_result_detail", area=document.ward),
        "open_comments": open_comment_count(document),
        "waiting_proposals": waiting_count(document),
        "obstacle": amended_fault(document),
        "amendments": _amendments(document, request.user),
        "comparison": compare_signed(document, signed),
        **_preview(document, signed, request.user),
    }
    return render(request, template, context)


def _amendments(document, user) -> list[Document]:
    """The documents that replace, amend or stand beside one, those that the user sees."""
    return list(Document.objects.visible_to(user).filter(amends=document).order_by("pk"))


def _preview(document, signed, user) -> dict:
    """The sheets: as they were signed, or as the data are now, with the doubts about them.

    Figures that were signed have no link: a list of today may say something else.
    """
    if signed:
        return {"sheets": render_sheets(signed, title_tag="h2")}
    try:
        built = build_with_links(document)
    except DocumentError as problem:
        return {"problem": str(problem)}
    fields = fields_throughout(user, document.ward)
    links = {name: url for name, url in built.figure_links.items() if list_opens(url, fields)}
    return {
        "sheets": render_sheets(built.tree, links, title_tag="h2"),
        "findings": shown_findings(document, findings(document, built)),
    }


def _pdf(request, documents, pk, template):
    return _file(request, documents, pk, template, FileFormat.PDF)


def _docx(request, documents, pk, template):
    return _file(request, documents, pk, template, FileFormat.WORD)


def _file(request, documents, pk, template, file_format):
    document = get_object_or_404(documents, pk=pk)
    try:
        content = document_file(document, file_format)
    except (DocumentError, PrintingUnavailable) as problem:
        context = {"document": document, "problem": str(problem)}
        return render(request, template, context, status=503)
    name = search_key(document.get_kind_display()).replace(" ", "-")
    return file_response(content, f"{name}-{_years(document)}.{file_format.value}")


def _years(document) -> str:
    first, last = document.year_from, document.year_to
    return str(first) if first == last else f"{first}-{last}"
