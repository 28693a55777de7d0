"""The forms centre: every form of the year, and the summary tables as pages and as files."""

from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from households.access import fields_everywhere
from households.models import PovertyStandard, ReviewCampaign
from povertyplan.core import clock
from povertyplan.core.access.rules import may
from povertyplan.core.areas import ward_of
from povertyplan.core.journal import access_log
from povertyplan.core.models import Area
from povertyplan.core.periods import years
from povertyplan.core.text import formatting
from reports.choices import DocumentKind, FileFormat
from reports.dashboard.outlook import villages_of_viewer
from reports.docx import render_form_docx
from reports.form_sheet import FormSheet
from reports.forms import MatrixForm, Period, PeriodForm, TakeAwayForm
from reports.matrix import build_matrix
from reports.models import Document
from reports.papers.made import last_taken
from reports.pdf import PrintingUnavailable, render_form_pdf
from reports.tables.catalogue import FAMILIES, TABLES, TableKind
from reports.tables.excel import write_workbook
from reports.tables.facts import read_facts
from reports.tables.paper import build_form_sheet
from reports.tables.shape import OfficialTable
from reports.views.files import file_response
from reports.views.papers import papers_context

YEARS_BACK = 4


@require_safe
def form_list(request):
    ward = _whole_ward_of(request)
    form, period = _period(request)
    sees_lists = may(request.user, "reports:person_table")
    made = last_taken(ward, [kind.title for kind in TABLES.values() if kind.names_persons])
    families = [
        (title, [(kind, made.get(kind.title)) for kind in kinds if _is_open(kind, sees_lists)])
        for title, kinds in FAMILIES
    ]
    campaigns = _campaigns(request, period.until.year)
    context = {
        "form": form,
        "period": period,
        "families": [(title, kinds) for title, kinds in families if kinds],
        "campaigns": campaigns,
        "formats": FileFormat,
        "documents": _documents(request, period.until.year),
        **_papers(request, campaigns),
        **_year_menu(request, period),
    }
    return render(request, "reports/form_list.html", context)


def _is_open(kind: TableKind, sees_lists: bool) -> bool:
    return sees_lists or not kind.names_persons


def _campaigns(request, year: int) -> list[ReviewCampaign]:
    """The reviews of a year whose papers the reader may print, the last one first."""
    if not may(request.user, "reports:review_papers"):
        return []
    campaigns = ReviewCampaign.objects.visible_to(request.user).standing().filter(year=year)
    return list(campaigns.select_related("ward", "standard", "procedure").order_by("-pk"))


def _papers(request, campaigns: list[ReviewCampaign]) -> dict:
    """The papers of the review that is picked, of the last one where none is."""
    if not campaigns:
        return {}
    asked = request.GET.get("campaign")
    picked = next((each for each in campaigns if str(each.pk) == asked), campaigns[0])
    return papers_context(request.user, picked, request.GET)


def _documents(request, year: int) -> list[tuple[Document, dict[str, str]]]:
    """The plans and reports that speak of a year, each with the addresses of page and files."""
    documents = Document.objects.visible_to(request.user).filter(
        year_from__lte=year, year_to__gte=year
    )
    found = []
    for document in documents.order_by("kind", "-year_from", "pk"):
        name = "plan" if document.kind == DocumentKind.PLAN else "report"
        if may(request.user, f"reports:{name}_detail"):
            views = {view: f"reports:{name}_{view}" for view in ("detail", "pdf", "docx")}
            found.append(
                (document, {view: reverse(url, args=[document.pk]) for view, url in views.items()})
            )
    return found


@require_safe
def table_detail(request, number):
    return _page(request, _kind(number, names_persons=False), "reports/table_detail.html")


@require_safe
def table_excel(request, number):
    return _file(request, _kind(number, names_persons=False), _excel)


@require_safe
def table_pdf(request, number):
    return _file(request, _kind(number, names_persons=False), _pdf)


@require_safe
def table_docx(request, number):
    return _file(request, _kind(number, names_persons=False), _docx)


@require_safe
def blank_table(request, number, ending):
    """A table to be filled in by hand: its villages, nobody's name and no figure."""
    kind = TABLES.get(number)
    if kind is None or ending not in MAKERS:
        raise Http404("Không có biểu số này.")
    ward = _whole_ward_of(request)
    _form, period = _period(request)
    blank = _table(ward, kind, period).blank(keeps_leads=not kind.names_persons)
    try:
        return MAKERS[ending](ward, blank, period)
    except PrintingUnavailable as problem:
        return _page(request, kind, "reports/table_detail.html", status=503, problem=str(problem))


@require_safe
def person_table(request, number):
    kind = _kind(number, names_persons=True)
    return _page(request, kind, "reports/person_table.html", take_away=TakeAwayForm())


@require_POST
def person_table_excel(request, number):
    return _taken_away(request, _kind(number, names_persons=True), _excel, "Excel")


@require_POST
def person_table_pdf(request, number):
    return _taken_away(request, _kind(number, names_persons=True), _pdf, "PDF")


@require_POST
def person_table_docx(request, number):
    return _taken_away(request, _kind(number, names_persons=True), _docx, "Word")


@require_safe
def matrix(request):
    """Classes on one day against classes on a later day."""
    ward = _whole_ward_of(request)
    form = MatrixForm(request.GET, year=_year(request), ward=ward)
    period, village = form.period(), form.area()
    context = {
        "form": form,
        "period": period,
        "village": village,
        "matrix": build_matrix(area=village or ward, after=period.after, until=period.until),
        **_year_menu(request, period),
    }
    return render(request, "reports/matrix.html", context)


def _kind(number: int, *, names_persons: bool) -> TableKind:
    kind = TABLES.get(number)
    if kind is None or kind.names_persons != names_persons:
        raise Http404("Không có biểu số này.")
    return kind


def _whole_ward_of(request) -> Area:
    """The ward of somebody who sees all of it: a table adds up every village."""
    ward = ward_of(request)
    if villages_of_viewer(request.user, ward) is not None:
        raise Http404("Biểu này tổng hợp cả phường, xã.")
    return ward


def _year(request) -> int:
    """The year asked for. Raises Http404 for one to come: the register knows nothing of it."""
    year = years.year_of(request)
    if year > clock.today().year:
        raise Http404("Chưa có số liệu của năm này.")
    return year


def _period(request) -> tuple[PeriodForm, Period]:
    form = PeriodForm(request.GET, year=_year(request))
    return form, form.period()


def _year_menu(request, period: Period) -> dict:
    year, today = period.until.year, clock.today()
    choices = range(min(year, today.year - YEARS_BACK), today.year + 1)
    village = request.GET.get("village")
    rest = "&" + urlencode({"village": village}) if village else ""
    links = [years.YearLink(each, f"?year={each}{rest}", each == period.year) for each in choices]
    return {"year": year, "years": links}


def _table(ward: Area, kind: TableKind, period: Period) -> OfficialTable:
    return kind.build(read_facts(ward=ward, after=period.after, until=period.until))


def _page(request, kind: TableKind, template: str, status: int = 200, **more):
    ward = _whole_ward_of(request)
    form, period = _period(request)
    context = {
        "kind": kind,
        "form": form,
        "period": period,
        "table": _table(ward, kind, period).open_to(fields_everywhere(request.user)),
        **_year_menu(request, period),
        **more,
    }
    return render(request, template, context, status=status)


def _file(request, kind: TableKind, make, template: str = "reports/table_detail.html"):
    ward = _whole_ward_of(request)
    _form, period = _period(request)
    try:
        return make(ward, _table(ward, kind, period), period)
    except PrintingUnavailable as problem:
        return _page(request, kind, template, status=503, problem=str(problem))


def _taken_away(request, kind: TableKind, make, as_what: str):
    """Hand out a list of persons for a purpose that is written down first."""
    ward = _whole_ward_of(request)
    form = TakeAwayForm(request.POST)
    if not form.is_valid():
        return _page(request, kind, "reports/person_table.html", status=422, take_away=form)
    _form, period = _period(request)
    access_log.record_access(
        by=request.user,
        ward=ward,
        what=f"{kind.title} ngày {formatting.day(period.until)}, bản {as_what}",
        obj=ward,
        purpose=form.get_purpose_display(),
    )
    return _file(request, kind, make, "reports/person_table.html")


def _excel(ward: Area, table: OfficialTable, period: Period) -> HttpResponse:
    content = write_workbook(table, ward=ward, on=clock.today(), source=_source(period))
    return _download(content, table, period, "xlsx")


def _pdf(ward: Area, table: OfficialTable, period: Period) -> HttpResponse:
    return _download(render_form_pdf(_sheet(ward, table, period)), table, period, "pdf")


def _docx(ward: Area, table: OfficialTable, period: Period) -> HttpResponse:
    return _download(render_form_docx(_sheet(ward, table, period)), table, period, "docx")


def _sheet(ward: Area, table: OfficialTable, period: Period) -> FormSheet:
    return build_form_sheet(table, ward=ward, on=clock.today(), source=_source(period))


def _source(period: Period) -> str:
    """Which standard held on the last day, and when the figures were read."""
    standard = PovertyStandard.objects.filter(valid_from__lte=period.until).last()
    made = f"Số liệu lập lúc {formatting.moment(clock.now())}"
    return f"{standard}. {made}" if standard else made


def _download(content: bytes, table: OfficialTable, period: Period, ending: str):
    stem = f"Bieu-{table.number:02}" + ("_mau-trong" if table.is_blank else "")
    name = f"{stem}_{period.until.isoformat()}.{ending}"
    return file_response(content, name)


MAKERS = {FileFormat.PDF: _pdf, FileFormat.WORD: _docx, FileFormat.EXCEL: _excel}
