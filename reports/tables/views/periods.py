"""The ward and the period of a page of tables."""

from urllib.parse import urlencode

from django.http import Http404

from households.ledger.selectors.known import known_periods
from povertyplan.core import clock
from povertyplan.core.areas import villages_of_viewer, ward_of
from povertyplan.core.models import Area
from povertyplan.core.periods import years
from reports.tables import presenters
from reports.tables.forms import Period, PeriodForm

YEARS_BACK = 4


def whole_ward_of(request) -> Area:
    """The ward of somebody who sees all of it: a table adds up every village."""
    ward = ward_of(request)
    if villages_of_viewer(request.user, ward) is not None:
        raise Http404(presenters.WHOLE_WARD_ONLY)
    return ward


def year_of_tables(request) -> int:
    """The year asked for. Raises Http404 for one to come: the register knows nothing of it."""
    year = years.year_of(request)
    if year > clock.today().year:
        raise Http404(presenters.NO_FIGURES_YET)
    return year


def period_of(request) -> tuple[PeriodForm, Period]:
    known = known_periods(ward_of(request))
    form = PeriodForm(request.GET, year=year_of_tables(request), known=known)
    return form, form.period()


def period_menu(request, period: Period) -> dict:
    year, today = period.until.year, clock.today()
    choices = range(min(year, today.year - YEARS_BACK), today.year + 1)
    village = request.GET.get("village")
    rest = "&" + urlencode({"village": village}) if village else ""
    links = [years.YearLink(each, f"?year={each}{rest}", each == period.year) for each in choices]
    return {"year": year, "years": links}
