"""The receipt sheet of what was given: which supports, then the file to be signed."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from povertyplan.core.areas import ward_of
from povertyplan.core.periods import years
from povertyplan.core.platform.files import file_response, file_stem
from reports.choices import FileFormat
from reports.papers import presenters
from reports.papers.receipts.asking import MOST_ON_A_SHEET, TOO_MANY, ReceiptForm
from reports.papers.receipts.paper import FORMATS, PURPOSE, names_numbers, write_receipts
from reports.print_history import Printout, record_print
from reports.printing.pdf import PrintingUnavailable


@require_safe
def receipt_sheet(request):
    """Choose what the sheet lists; it says how many lines that is."""
    ward, year = ward_of(request), years.year_of(request)
    form = ReceiptForm(request.GET, ward=ward, user=request.user, year=year)
    found = form.supports(request.user, ward)
    count = found.count()
    context = {
        "form": form,
        "year": year,
        "years": years.year_links(request, range(year - 2, year + 2), year),
        "count": count,
        "has_numbers": names_numbers(request.user, ward),
        "too_many": TOO_MANY if count > MOST_ON_A_SHEET else "",
        "query": request.GET.urlencode(),
    }
    return render(request, "reports/papers/receipt_sheet.html", context)


@require_POST
def receipt_file(request, ending):
    """Hand out the sheet; whose names leave is written down first."""
    if ending not in FORMATS:
        raise Http404(presenters.NO_SUCH_FORM)
    ward, year = ward_of(request), years.year_of(request)
    form = ReceiptForm(request.GET, ward=ward, user=request.user, year=year)
    back = f"{reverse('reports:receipt_sheet')}?{request.GET.urlencode()}"
    found = form.supports(request.user, ward)
    if not form.is_valid() or not 0 < found.count() <= MOST_ON_A_SHEET:
        return redirect(back)
    supports = list(found)
    caption = presenters.describe_receipts(year, form.in_words())
    record_print(
        printout=Printout("receipts", (FileFormat(ending),), ward),
        what=presenters.describe_receipt_file(caption, len(supports), FileFormat(ending)),
        purpose=PURPOSE,
        by=request.user,
    )
    try:
        content = write_receipts(
            supports, ward=ward, year=year, caption=caption, reader=request.user, ending=ending
        )
    except PrintingUnavailable as problem:
        messages.error(request, str(problem))
        return redirect(back)
    return file_response(content, f"{file_stem(presenters.RECEIPTS)}-{year}.{ending}")
