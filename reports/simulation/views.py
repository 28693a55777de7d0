"""A review under another standard: on screen, its households, as a file. Nothing is written."""

from dataclasses import dataclass
from functools import cached_property

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from households.ledger.selectors.standards import standards_with_rules
from households.rules.classification import StandardRules
from povertyplan.core import clock
from povertyplan.core.access.rules import may_open, user_opening
from povertyplan.core.areas import ward_of
from povertyplan.core.journal import access_log
from povertyplan.core.models import Area, User
from povertyplan.core.platform.files import file_response, file_stem
from povertyplan.core.platform.form_pages import form_response, perform
from projects.support.selectors.reclassified import KindEffect, effects_of_changes
from reports.printing.pdf import PrintingUnavailable
from reports.simulation import presenters as words
from reports.simulation.forms import SimulatedListForm, SimulationExportForm, SimulationForm
from reports.simulation.papers import write_simulation
from reports.simulation.selectors import (
    ReviewForms,
    Simulation,
    differing,
    recognised_reviews,
    review_forms,
    simulate_review,
    with_lines,
)

PAGE, LIST, FILE = "reports:simulation", "reports:simulation_list", "reports:simulation_file"
PAGE_SIZE = 50


@dataclass
class AskedSimulation:
    """What a request asks to be simulated; each part is read when it is first needed."""

    ward: Area
    reader: User
    found: SimulationForm | None
    rules: dict[int, StandardRules]

    @property
    def form(self) -> SimulationForm:
        """The form, where there is a review to simulate on."""
        if self.found is None:
            raise LookupError("The ward has no recognised review.")
        return self.found

    @property
    def is_ready(self) -> bool:
        return self.found is not None and self.found.is_valid()

    @cached_property
    def forms(self) -> ReviewForms:
        campaign = self.form.shown_campaign
        return review_forms(campaign, self.rules[campaign.standard_id], self.reader)

    @cached_property
    def official(self) -> Simulation:
        return simulate_review(self.forms, self.forms.rules)

    @cached_property
    def simulation(self) -> Simulation:
        rules = self.rules[self.form.shown_standard.pk]
        return simulate_review(self.forms, with_lines(rules, self.form.lines))

    @cached_property
    def effects(self) -> list[KindEffect]:
        changes = self.simulation.class_changes()
        return effects_of_changes(changes, ward=self.ward, reader=self.reader, on=clock.today())

    @property
    def subject(self) -> str:
        return words.describe_subject(self.form.shown_standard.code, self.forms.campaign)

    def notes(self) -> list[str]:
        return words.notes_of(self.forms, self.simulation, self.form.lines)

    def tables(self) -> list[words.CountTable]:
        at = words.ListAddress(self.form.asked)
        return words.tables_of(self.simulation, self.effects, at)


def _asked(request, view: str) -> AskedSimulation:
    ward = ward_of(request)
    reader = user_opening(request.user, view)
    standards = standards_with_rules()
    campaigns = list(recognised_reviews(ward, reader))
    form = None
    if standards and campaigns:
        shown = [standard for standard, _rules in standards]
        form = SimulationForm(request.GET, standards=shown, campaigns=campaigns)
    return AskedSimulation(ward, reader, form, {each.pk: rules for each, rules in standards})


@require_safe
def simulation(request):
    """Who would change class by another standard, and what would follow."""
    asked = _asked(request, PAGE)
    context = {"form": asked.found, "mark": words.MARK, "no_review": words.NO_REVIEW}
    if asked.found is not None:
        context["tabs"] = _tabs(asked)
    if asked.is_ready:
        context |= _shown(asked)
        context["may_export"] = may_open(request.user, FILE, area=asked.ward, writing=True)
    return render(request, "reports/simulation/simulation.html", context)


def _shown(asked: AskedSimulation) -> dict:
    if not asked.forms.reviews:
        return {"no_forms": words.NO_FORMS}
    return {
        "summary": words.describe_lines(str(asked.form.shown_standard), asked.form.lines),
        "check": words.describe_check(asked.official, differing(asked.official)),
        "differs": bool(differing(asked.official)),
        "notes": asked.notes(),
        "tables": asked.tables(),
        "file_url": reverse(FILE, query=asked.form.asked),
    }


def _tabs(asked: AskedSimulation) -> list[dict]:
    """The standards, each by its own lines, on the review that is shown."""
    form = asked.form
    return [
        {
            "label": str(standard),
            "url": reverse(
                PAGE, query={"standard": str(standard.pk), "campaign": form.data["campaign"]}
            ),
            "active": standard == form.shown_standard,
        }
        for standard in form.standards
    ]


def _page_of(asked: AskedSimulation) -> str:
    return reverse(PAGE, query=asked.form.asked if asked.found else None)


@require_safe
def simulation_list(request):
    """The households behind a number of the simulation."""
    asked = _asked(request, LIST)
    filters = SimulatedListForm(request.GET, ward=asked.ward, user=asked.reader)
    context = {
        "form": asked.found,
        "filters": filters,
        "back": _page_of(asked),
        "mark": words.MARK,
        "no_review": words.NO_REVIEW,
    }
    if asked.is_ready:
        wanted = filters.asked
        effects = asked.effects if wanted.kind or wanted.right else []
        found = words.households_asked_for(asked.simulation, effects, wanted)
        page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
        context |= {
            "page": page,
            "rows": words.rows_of(page),
            "summary": words.describe_asked(wanted),
            "subject": asked.subject,
            "kept": asked.form.asked,
        }
    return render(request, "reports/simulation/simulation_list.html", context)


@require_http_methods(["GET", "POST"])
def simulation_file(request):
    """Ask for the purpose; a post with one hands out the simulation."""
    asked = _asked(request, FILE)
    form = SimulationExportForm(request.POST if request.method == "POST" else None)
    problem, status = "", 200
    if request.method == "POST" and asked.is_ready and form.is_valid():
        try:
            if answer := _file(request, asked, form):
                return answer
        except PrintingUnavailable as refused:
            problem, status = str(refused), 503
    context = {
        "form": form,
        "asked": asked.found,
        "is_ready": asked.is_ready,
        "mark": words.MARK,
        "no_review": words.NO_REVIEW,
        "problem": problem,
        "back": _page_of(asked),
    }
    template = "reports/simulation/simulation_file.html"
    if problem:
        return render(request, template, context, status=status)
    return form_response(request, template, context)


def _file(request, asked: AskedSimulation, form: SimulationExportForm):
    """The file; None where nobody may write down that it leaves."""
    named = [
        each for each in asked.simulation.households if each.is_changed or each.outcome.missing
    ]
    content = write_simulation(
        ward=asked.ward,
        year=clock.today().year,
        subject=asked.subject,
        sentences=[
            words.describe_lines(str(asked.form.shown_standard), asked.form.lines),
            words.describe_check(asked.official, differing(asked.official)),
            *asked.notes(),
        ],
        tables=asked.tables(),
        rows=words.rows_of(named),
        ending=form.cleaned_data["format"],
    )
    logged = perform(
        form,
        access_log.record_access,
        by=request.user,
        ward=asked.ward,
        what=words.describe_export(asked.forms.campaign, len(named)),
        obj=asked.forms.campaign,
        purpose=form.get_purpose_display(),
    )
    if logged is None:
        return None
    stem = file_stem(f"{words.MARK} {asked.ward.name}")
    ending = form.cleaned_data["format"]
    return file_response(content, f"{stem}-{clock.today().isoformat()}.{ending}")
