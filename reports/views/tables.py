"""The forms centre: the summary tables of the review on screen, in Excel and as PDF."""

from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from households.access import fields_everywhere
from households.models import ReviewCampaign
from povertyplan.core import access_log, clock, formatting, years
from povertyplan.core.access import may
from povertyplan.core.models import Area
from povertyplan.core.wards import ward_of
from reports.dashboard import villages_of_viewer
from reports.forms import MatrixForm, Period, PeriodForm, TakeAwayForm
from reports.matrix import build_matrix
from reports.pdf import PrintingUnavailable, render_form_pdf
from reports.tables import FAMILIES, TABLES, OfficialTable, TableKind, read_facts
from reports.tables.excel import write_workbook
from reports.tables.paper import build_form_sheet

YEARS_BACK = 4
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def form_list(request):
    _whole_ward_of(request)
    form, period = _period(request)
    sees_lists = may(request.user, "reports:person_table")
    families = [
        (title, [kind for kind in kinds if sees_lists or not kind.names_persons])
        for title, kinds in FAMILIES
    ]
    context = {
        "form": form,
        "period": period,
        "families": [(title, kinds) for title, kinds in families if kinds],
        "campaigns": _campaigns(request, period.until.year),
        **_year_menu(request, period),
    }
    return render(request, "reports/form_list.html", context)


def _campaigns(request, year: int):
    """The reviews of a year whose papers the reader may print."""
    if not may(request.user, "reports:review_papers"):
        return []
    return list(ReviewCampaign.objects.visible_to(request.user).filter(year=year))


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
def person_table(request, number):
    kind = _kind(number, names_persons=True)
    return _page(request, kind, "reports/person_table.html", take_away=TakeAwayForm())


@require_POST
def person_table_excel(request, number):
    return _taken_away(request, _kind(number, names_persons=True), _excel, "Excel")


@require_POST
def person_table_pdf(request, number):
    return _taken_away(request, _kind(number, names_persons=True), _pdf, "PDF")


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
    content = write_workbook(table, ward=ward, on=clock.today())
    return _download(content, EXCEL, table, period, "xlsx")


def _pdf(ward: Area, table: OfficialTable, period: Period) -> HttpResponse:
    content = render_form_pdf(build_form_sheet(table, ward=ward, on=clock.today()))
    return _download(content, "application/pdf", table, period, "pdf")


def _download(content: bytes, kind: str, table: OfficialTable, period: Period, ending: str):
    name = f"bieu-{table.number:02}-{period.until.isoformat()}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)
