"""What has to be published, what was, and the list of supports to publish."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from povertyplan.core import clock
from povertyplan.core.access.rules import may_open
from povertyplan.core.areas import ward_of
from povertyplan.core.periods import years
from povertyplan.core.platform.confirmations import ReasonForm
from povertyplan.core.platform.form_pages import form_response, perform
from projects.models import Publication, Support
from projects.publicity import presenters as words
from projects.publicity.forms import PublicationForm, QuarterForm
from projects.publicity.selectors.donations import published_donations
from projects.publicity.selectors.plan import (
    plan_of_year,
    publication_rules,
    publications_begun,
    ward_of_occasion,
)
from projects.publicity.selectors.supports import published_supports
from projects.publicity.services.publications import record_publication, withdraw_publication
from projects.support.selectors.ledger import years_of

FORM = ["GET", "HEAD", "POST"]
PLAN, SUPPORTS, NEW, FILE = (
    "projects:publicity_plan",
    "projects:publicity_supports",
    "projects:publication_new",
    "reports:publicity_file",
)


@require_safe
def publicity_plan(request):
    """The plan of a year by due day, with what was published; the rules below."""
    ward, year = ward_of(request), years.year_of(request)
    rules = publication_rules()
    plan = plan_of_year(ward, year, rules)
    context = {
        "plan": plan,
        "open_count": sum(each.is_open for each in plan),
        "rules": rules,
        "may_write": may_open(request.user, NEW, area=ward, writing=True),
        "may_read_supports": may_open(request.user, SUPPORTS, area=ward),
        **_years(request, ward, year),
    }
    return render(request, "projects/publicity/publicity_plan.html", context)


@require_safe
def publication_list(request):
    """The quarterly list of what was published."""
    ward, year = ward_of(request), years.year_of(request)
    form = QuarterForm(request.GET, year=year)
    context = {
        "period_form": form,
        "period": words.describe_period(year, form.number),
        "number": form.number,
        "publications": publications_begun(request.user, ward, *form.days()),
        "may_write": may_open(request.user, NEW, area=ward, writing=True),
        "may_take": may_open(request.user, FILE, area=ward, writing=True),
        **_years(request, ward, year),
    }
    return render(request, "projects/publicity/publication_list.html", context)


@require_safe
def publicity_supports(request):
    """Every support of a time by village, and donated money, as they go to the notice board."""
    ward, year = ward_of(request), years.year_of(request)
    form = QuarterForm(request.GET, year=year)
    context = {
        "period_form": form,
        "period": words.describe_period(year, form.number),
        "number": form.number,
        "published": published_supports(ward, *form.days(), request.user),
        "donated": published_donations(ward, *form.days(), request.user),
        "may_take": may_open(request.user, FILE, area=ward, writing=True),
        **_years(request, ward, year),
    }
    return render(request, "projects/publicity/publicity_supports.html", context)


@require_http_methods(FORM)
def publication_new(request, year, pk, occasion):
    ward = ward_of_occasion(request.user.wards, occasion) or ward_of(request)
    years.check_reach(year)
    planned = next(
        (
            each
            for each in plan_of_year(ward, year, publication_rules())
            if each.rule.pk == pk and each.occasion.key == occasion
        ),
        None,
    )
    if planned is None:
        raise Http404(words.NOT_PLANNED)
    form = PublicationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = {"ward": ward, "rule": planned.rule, "occasion": planned.occasion}
        values |= {"posted": form.posted(), "key": form.cleaned_data["key"], "by": request.user}
        if made := perform(form, record_publication, **values):
            messages.success(request, words.describe_recorded(made))
            return redirect(f"{reverse(PLAN)}?year={year}")
    context = {"form": form, "planned": planned, "year": year}
    return form_response(request, "projects/publicity/publication_new.html", context)


@require_http_methods(FORM)
def publication_withdraw(request, pk):
    """Take back a publication that was recorded wrongly, with the reason."""
    rows = Publication.objects.visible_to(request.user).select_related("ward", "rule")
    publication = get_object_or_404(rows, pk=pk)
    form = ReasonForm(request.POST or None, initial={"version": publication.version})
    if request.method == "POST" and form.is_valid():
        values = {"publication": publication, "by": request.user, **form.cleaned_data}
        if done := perform(form, withdraw_publication, **values):
            messages.success(request, words.describe_withdrawn(done))
            return redirect(f"{reverse(PLAN)}?year={done.happened_on.year}")
    context = {"form": form, "publication": publication}
    return form_response(request, "projects/publicity/publication_withdraw.html", context)


def _years(request, ward, year) -> dict:
    supports = Support.objects.filter(ward=ward)
    shown = years_of(supports, year, clock.today().year, clock.today().year - 1)
    return {"year": year, "years": years.year_links(request, shown, year)}
