"""The register: finding a household, and everything about one."""

from dataclasses import replace

from django.core.paginator import Page, Paginator
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from households.choices import PovertyClass, WindowRule
from households.directory.filters import HouseholdFilterForm, list_address
from households.directory.fragments import HouseholdPage, fragments_of
from households.directory.presenters.pages import BOOK_LABELS, VIEW_LABELS, form_years
from households.directory.selectors.events import EventLine, events_of
from households.directory.selectors.history import (
    deprivation_matrix,
    former_members_of,
    initial_statuses,
    journal_of,
    ledger_of,
    open_review_of,
    status_by_year,
)
from households.directory.selectors.rows import HouseholdRow, class_run, household_rows, open_window
from households.directory.selectors.search import find_households, persons_behind, view_counts
from households.entry.survey.selectors.reviews import campaign_village_of
from households.field_access import Field, fields_in, sights_of, user_seeing
from households.ledger.selectors.known import known_periods
from households.ledger.selectors.members import members_of
from households.locks import village_lock
from households.models import Household, Review
from households.rules.windows import Window
from povertyplan.core import clock
from povertyplan.core.access.rules import may_open
from povertyplan.core.text.vietnamese import place_sort_key

PAGE_SIZE = 50
MOST_PRINTED = 2000  # rows on one page that is opened for printing
YEARS_SHOWN = 6

# Saved views: key of label and count, address, what must be seen to use it.
SAVED_VIEWS: tuple[tuple[str, dict[str, str], Field | None], ...] = (
    ("registered", {}, None),
    ("poor", {"poverty_class": PovertyClass.POOR.value}, None),
    ("near_poor", {"poverty_class": PovertyClass.NEAR_POOR.value}, None),
    ("newly_escaped", {"newly_escaped": "1"}, Field.RECORD),
    ("pending", {"pending": "1"}, Field.RECORD),
)

# Where and when: a saved view asks its question of the same place and day.
KEPT_BY_VIEWS = ("village", "year", "on")

NEW = "households:household_new"


@require_safe
@vary_on_headers("HX-Request")
def household_list(request):
    user = request.user
    sights = {
        fields: Household.objects.visible_to(seeing) for fields, seeing in sights_of(user).items()
    }
    fields = frozenset().union(*sights)
    form = HouseholdFilterForm(request.GET, user=user, fields=fields)
    query = form.query()
    visible = Household.objects.visible_to(user_seeing(user, form.fields_needed()))
    persons = persons_behind(visible, query)
    ids = find_households(visible, query, fields, persons=persons, sights=sights)
    page = _page_of(ids, request.GET)
    context = {
        "form": form,
        "query": query,
        "page": page,
        "persons": persons,
        "persons_total": sum(persons.values()) if persons else 0,
        "rows": [_row_seen(user, row) for row in household_rows(page.object_list, query)],
        "chips": form.chips(),
        "tabs": _tabs(user, query, form.active(), fields) + _books(user),
        "sees": _sees(fields),
        "has_short_rows": any(Field.RECORD not in each for each in sights),
        "place": _place(request.user),
        "may_import": may_open(request.user, "households:import_list", writing=True),
        "may_export": may_open(request.user, "households:household_export", writing=True),
        "export_address": list_address(form.active()),
        "may_print_whole": page.has_other_pages() and page.paginator.count <= MOST_PRINTED,
        "print_address": list_address(form.active() | {"all": "1"}),
        "may_add": any(may_open(user, NEW, area=ward, writing=True) for ward in user.wards),
    }
    template = "households/directory/household_list.html"
    if not request.htmx:
        return render(request, template, context)
    response = render(request, f"{template}#results", context)
    response["HX-Push-Url"] = request.path + list_address(form.active())
    return response


@require_safe
def household_detail(request, pk):
    household = get_object_or_404(
        Household.objects.visible_to(request.user).select_related("village__parent", "ward"), pk=pk
    )
    fields = fields_in(request.user, household.village)
    today = clock.today()
    last_day = household.last_day(today)
    members = members_of(household, last_day)
    spells = ledger_of(household)
    run = class_run(spells, last_day)
    review = _review_to_enter(request.user, household)
    matrix = deprivation_matrix(household) if Field.DEPRIVATIONS in fields else None
    context = {
        "household": household,
        "head": next((member.person for member in members if member.is_head), None),
        "poverty_class": run[-1].poverty_class if run else "",
        "since": run[0].starts_on if run else None,
        **_windows(household, spells, today),
        "basis": run[-1].basis if run else None,
        "years": status_by_year(
            spells,
            range(today.year - YEARS_SHOWN + 1, today.year + 1),
            today,
            known_periods(household.ward),
            household.village_id,
        ),
        "sees": _sees(fields),
        "listed": initial_statuses(spells),
        "members": members if Field.MEMBERS in fields else [],
        "former_members": former_members_of(household, members) if Field.MEMBERS in fields else [],
        "matrix": matrix,
        "form_years": form_years(matrix.reviews) if matrix else [],
        "journal": journal_of(household) if Field.JOURNAL in fields else [],
        "review": review,
        "review_is_closed": bool(review) and _is_closed(review),
        "fragments": fragments_of(HouseholdPage(household, request.user, members)),
        "events": _events(request.user, household) if Field.JOURNAL in fields else [],
        "may_reopen": household.closed_on is not None
        and may_open(
            request.user, "households:household_reopen", area=household.village, writing=True
        ),
        "may_write": household.closed_on is None
        and may_open(
            request.user, "households:household_edit", area=household.village, writing=True
        ),
    }
    return render(request, "households/directory/household_detail.html", context)


def _windows(household: Household, spells, today) -> dict[str, Window | None]:
    """The 36 months a household is in; none once it left the register."""
    left = household.left_register_on(today)
    return {
        f"{rule}_window": None if left else open_window(spells, today, rule) for rule in WindowRule
    }


def _sees(fields: frozenset[Field]) -> dict[str, bool]:
    """The visible parts by name, for templates."""
    return {field.value: field in fields for field in Field}


def _page_of(ids, asked) -> Page:
    """The page asked for; with `?all` everything, unless it is too long to print."""
    found = Paginator(ids, PAGE_SIZE)
    if "all" in asked and found.count <= MOST_PRINTED:
        count, found = found.count, Paginator(found.object_list, MOST_PRINTED)
        found.count = count
    return found.get_page(asked.get("page"))


def _row_seen(user, row: HouseholdRow) -> HouseholdRow:
    return replace(row, sees=_sees(fields_in(user, row.household.village)))


def _tabs(user, query, active: dict[str, str], fields: frozenset[Field]) -> list[dict]:
    visible = Household.objects.visible_to(user)
    recorded = Household.objects.visible_to(user_seeing(user, {Field.RECORD}))
    counts = view_counts(visible, query, recorded=recorded)
    kept = {name: value for name, value in active.items() if name in KEPT_BY_VIEWS}
    narrowed = {name: value for name, value in active.items() if name not in {"q", *kept}}
    return [
        {
            "label": VIEW_LABELS[key],
            "url": list_address(kept | values),
            # An empty register counts nothing: not known is not 0.
            "count": counts[key] if counts["registered"] else None,
            "active": narrowed == values,
        }
        for key, values, needs in SAVED_VIEWS
        if needs is None or needs in fields
    ]


def _books(user) -> list[dict]:
    """Other pages about the register, for those who may open them."""
    return [
        {"label": label, "url": reverse(view), "active": False}
        for view, label in BOOK_LABELS.items()
        if may_open(user, view)
    ]


def _place(user) -> str:
    """The villages a user's list is confined to, in words; nothing when it is a whole ward."""
    areas = [grant.area for grant in user.grants_in_use]
    if any(area.ward_id_of() in (None, area.pk) for area in areas):
        return ""
    return ", ".join(sorted({area.name for area in areas}, key=place_sort_key))


def _events(user, household: Household) -> list[EventLine]:
    seeing = user_seeing(user, {Field.JOURNAL})
    return events_of(household, Household.objects.visible_to(seeing))


def _is_closed(review: Review) -> bool:
    return bool(village_lock(review.campaign, campaign_village_of(review)))


def _review_to_enter(user, household: Household) -> Review | None:
    """The household's form in an open campaign, for those who may write it."""
    may_enter = may_open(user, "households:review_edit", area=household.village, writing=True)
    return open_review_of(household) if may_enter else None
