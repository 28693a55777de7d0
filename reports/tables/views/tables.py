"""The forms centre: every form of the year, and the summary tables as pages and as files."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from households.field_access import fields_throughout
from households.ledger.selectors.known import known_periods
from povertyplan.core.areas import WARD
from povertyplan.core.models import Area
from povertyplan.core.platform.files import file_response
from povertyplan.core.platform.form_pages import perform, perform_button
from povertyplan.core.platform.views.jobs import follow
from reports.choices import FileFormat
from reports.print_history import Printout, record_print
from reports.printing.pdf import LONG_PAPER, PrintingUnavailable
from reports.tables import presenters
from reports.tables.catalogue import TABLES, TableKind
from reports.tables.facts import TableFacts
from reports.tables.files.writing import WRITERS, table_file_name, write_table
from reports.tables.forms import MatrixForm, Period, PersonTableExportForm
from reports.tables.jobs import begin_table
from reports.tables.matrix import build_matrix
from reports.tables.shape import OfficialTable
from reports.tables.views.periods import period_menu, period_of, whole_ward_of, year_of_tables


@require_safe
def table_detail(request, number):
    return _page(request, _kind(number, names_persons=False), "reports/tables/table_detail.html")


@require_safe
def table_excel(request, number):
    return _file(request, _kind(number, names_persons=False), FileFormat.EXCEL)


@require_safe
def table_pdf(request, number):
    return _file(request, _kind(number, names_persons=False), FileFormat.PDF)


@require_safe
def table_docx(request, number):
    return _file(request, _kind(number, names_persons=False), FileFormat.WORD)


@require_safe
def blank_table(request, number, ending):
    """A table to be filled in by hand: its villages, nobody's name and no figure."""
    kind = TABLES.get(number)
    if kind is None or ending not in WRITERS:
        raise Http404(presenters.NO_SUCH_TABLE)
    ward = whole_ward_of(request)
    _form, period = period_of(request)
    blank = _table(ward, kind, period).blank(keeps_leads=not kind.names_persons)
    try:
        return _download(ward, blank, period, ending)
    except PrintingUnavailable as problem:
        return _page(
            request, kind, "reports/tables/table_detail.html", status=503, problem=str(problem)
        )


@require_safe
def person_table(request, number):
    kind = _kind(number, names_persons=True)
    return _page(
        request, kind, "reports/tables/person_table.html", take_away=PersonTableExportForm()
    )


@require_POST
def person_table_excel(request, number):
    return _taken_away(request, _kind(number, names_persons=True), FileFormat.EXCEL)


@require_POST
def person_table_pdf(request, number):
    return _taken_away(request, _kind(number, names_persons=True), FileFormat.PDF)


@require_POST
def person_table_docx(request, number):
    return _taken_away(request, _kind(number, names_persons=True), FileFormat.WORD)


@require_safe
def matrix(request):
    """Classes on one day against classes on a later day."""
    ward = whole_ward_of(request)
    year, known = year_of_tables(request), known_periods(ward)
    form = MatrixForm(request.GET, year=year, known=known, ward=ward)
    period, village = form.period(), form.area()
    context = {
        "form": form,
        "period": period,
        "village": village,
        "is_known": period.knows(village.pk if village else None),
        "broken": presenters.describe_break(_facts(ward, period).standards_crossed()),
        "matrix": build_matrix(area=village or ward, after=period.after, until=period.until),
        **period_menu(request, period),
    }
    return render(request, "reports/tables/matrix.html", context)


def _kind(number: int, *, names_persons: bool) -> TableKind:
    kind = TABLES.get(number)
    if kind is None or kind.names_persons != names_persons:
        raise Http404(presenters.NO_SUCH_TABLE)
    return kind


def _table(ward: Area, kind: TableKind, period: Period) -> OfficialTable:
    return kind.build(_facts(ward, period))


def _facts(ward: Area, period: Period) -> TableFacts:
    return TableFacts(ward=ward, after=period.after, until=period.until, known=period.known)


def _page(request, kind: TableKind, template: str, status: int = 200, **more):
    ward = whole_ward_of(request)
    form, period = period_of(request)
    context = {
        "kind": kind,
        "form": form,
        "period": period,
        "table": _table(ward, kind, period).open_to(fields_throughout(request.user, ward)),
        "address": period.address + (f"&{WARD}={ward.pk}" if WARD in request.GET else ""),
        **period_menu(request, period),
        **more,
    }
    return render(request, template, context, status=status)


def _file(
    request, kind: TableKind, ending: FileFormat, template: str = "reports/tables/table_detail.html"
):
    ward = whole_ward_of(request)
    _form, period = period_of(request)
    table = _table(ward, kind, period)
    if kind.names_persons and ending != FileFormat.EXCEL and len(table.rows) > LONG_PAPER:
        return _begin(request, ward, kind, period, ending)
    try:
        return _download(ward, table, period, ending)
    except PrintingUnavailable as problem:
        return _page(request, kind, template, status=503, problem=str(problem))


def _begin(request, ward: Area, kind: TableKind, period: Period, ending: FileFormat):
    """Have a long list laid out by the worker."""
    values = {"ward": ward, "kind": kind, "period": period, "ending": ending}
    job = perform_button(request, begin_table, by=request.user, **values)
    if job is None:
        return redirect(reverse("reports:person_table", args=[kind.number]) + period.address)
    return follow(job)


def _taken_away(request, kind: TableKind, file_format: FileFormat):
    """Hand out a list of persons for a purpose that is written down first."""
    ward = whole_ward_of(request)
    form, template = PersonTableExportForm(request.POST), "reports/tables/person_table.html"
    printed = None
    if form.is_valid():
        _form, period = period_of(request)
        printed = perform(
            form,
            record_print,
            printout=Printout(kind.key, (file_format,), ward),
            what=presenters.describe_copy(kind, period, file_format),
            purpose=form.get_purpose_display(),
            by=request.user,
        )
    if printed:
        return _file(request, kind, file_format, template)
    return _page(request, kind, template, status=422, take_away=form)


def _download(ward: Area, table: OfficialTable, period: Period, ending: str) -> HttpResponse:
    content = write_table(table, ward=ward, until=period.until, ending=ending)
    return file_response(content, table_file_name(table, until=period.until, ending=ending))
