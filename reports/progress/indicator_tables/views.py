"""Tables of indicators: the fifteen of a ward, one of a time as page and as file, its setting."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from povertyplan.core import clock
from povertyplan.core.access.rules import may_open
from povertyplan.core.areas import ward_of
from povertyplan.core.periods import years
from povertyplan.core.platform.files import file_response, file_stem
from povertyplan.core.platform.form_pages import form_response, perform
from reports.choices import FileFormat
from reports.models.indicator_table import MOST_TABLES
from reports.printing.pdf import PrintingUnavailable
from reports.progress.indicator_tables import names
from reports.progress.indicator_tables import presenters as words
from reports.progress.indicator_tables.forms import (
    IndicatorTableForm,
    TableTimeForm,
    table_initial,
)
from reports.progress.indicator_tables.selectors import fill_table, tables_of
from reports.progress.indicator_tables.services import set_indicator_table

EDIT = "reports:indicator_table_edit"


@require_safe
def indicator_table_list(request):
    ward = ward_of(request)
    set_up = tables_of(request.user, ward)
    rows = [
        (number, set_up.get(number), names.usual_name(number))
        for number in range(1, MOST_TABLES + 1)
    ]
    context = {
        "rows": rows,
        "legal_reference": names.LEGAL_REFERENCE,
        "may_edit": may_open(request.user, EDIT, area=ward, writing=True),
    }
    return render(request, "reports/progress/indicator_tables/list.html", context)


@require_safe
def indicator_table_detail(request, number):
    ward, year = ward_of(request), years.year_of(request)
    table = _table_or_404(request, ward, number)
    form = TableTimeForm(request.GET, year=year)
    filled = fill_table(table, form.chosen, clock.today())
    this_year = clock.today().year
    context = {
        "table": table,
        "filled": filled,
        "rows": words.page_rows(filled),
        "period": words.describe_time(filled),
        "time_form": form,
        "formats": FileFormat,
        "may_edit": may_open(request.user, EDIT, area=ward, writing=True),
        "year": year,
        "years": years.year_links(request, range(this_year - 3, this_year + 2), year),
    }
    return render(request, "reports/progress/indicator_tables/detail.html", context)


@require_safe
def indicator_table_file(request, number, time, ending):
    ward = ward_of(request)
    table = _table_or_404(request, ward, number)
    year = int(time[:4]) if time[:4].isdigit() else 0
    if ending not in words.WRITERS or time not in dict(names.times_of(year)):
        raise Http404(words.NO_SUCH_TIME)
    years.check_reach(year)
    made = words.paper(fill_table(table, time, clock.today()))
    try:
        content = words.WRITERS[FileFormat(ending)](made)
    except PrintingUnavailable as problem:
        messages.error(request, str(problem))
        return redirect("reports:indicator_table_detail", number=number)
    return file_response(content, f"{file_stem(words.file_title(number, time))}.{ending}")


@require_http_methods(["GET", "HEAD", "POST"])
def indicator_table_edit(request, number):
    ward = ward_of(request)
    _check_number(number)
    table = tables_of(request.user, ward).get(number)
    posted = request.POST if request.method == "POST" else None
    form = IndicatorTableForm(posted, ward=ward, initial=table_initial(table, number))
    if posted is not None and form.is_valid():
        values = {"ward": ward, "number": number, "by": request.user, **form.cleaned_data}
        values["indicators"] = list(values["indicators"])
        if perform(form, set_indicator_table, **values):
            messages.success(request, words.SAVED)
            return redirect("reports:indicator_table_detail", number=number)
    context = {"form": form, "number": number, "table": table}
    return form_response(request, "reports/progress/indicator_tables/edit.html", context)


def _table_or_404(request, ward, number):
    _check_number(number)
    table = tables_of(request.user, ward).get(number)
    if table is None:
        raise Http404(words.NOT_SET_UP)
    return table


def _check_number(number: int) -> None:
    if not 1 <= number <= MOST_TABLES:
        raise Http404(words.NO_SUCH_TABLE)
