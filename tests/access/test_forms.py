"""Ids inside forms are confined to what the user may see, and nothing unasked is written."""

import importlib
import inspect
import pkgutil
from collections import Counter
from copy import deepcopy
from datetime import date
from functools import cache, lru_cache

import pytest
from django import forms
from django.db import models as fields
from django.db import transaction
from django.forms.formsets import BaseFormSet
from django.http import QueryDict

import households
import povertyplan
import projects
import reports
from households.campaign.holidays.selectors import ProposedDay
from households.campaign.procedure.selectors.steps import steps_of
from households.choices import CampaignKind, FactTopic, ImportStage
from households.field_access import Field
from households.ledger.known import KnownPeriods
from households.ledger.selectors.standards import standard_rules
from households.models import (
    CampaignVillage,
    Complaint,
    DeprivationIndicator,
    EscapePledge,
    EthnicGroup,
    HouseholdHelper,
    ImportBatch,
    Posting,
    PovertyCause,
    PovertyStandard,
    Review,
    ReviewProcedure,
    VillageMeeting,
)
from households.person_facts.selectors import lines_of_household
from povertyplan.core import clock
from povertyplan.core.models import Area, User
from projects.models import ComponentProject, Support, SupportKind
from projects.programme.selectors.matrix import assignment_matrix
from reports.models import LegalDocument
from reports.targets.proposals import VillageProposal
from tests.access import canaries
from tests.access.cells import Cell
from tests.access.driver import Driver, encode, models, stored
from tests.access.patterns import PATTERNS, places
from tests.access.patterns.pattern import HUGE
from tests.access.writers import OF_ONESELF, REGISTER_PAGES, WRITERS

pytestmark = pytest.mark.alike

PAIR_FLOOR = 500
# Foreign keys by name: a field of plain text or number that names a record would slip the walk.
ID_WORDS = ("_id", "_pk", "household", "person", "campaign", "document", "unit", "area", "ward")
NOT_IDS = {
    "BlockForm.unit": "looked up among the units of the ward by the button that reads it",
    "ReachingFilterForm.unit": "the name of a unit as the list names it",
    "SimulationForm.campaign": "one of the reviews that the reader sees, offered by key",
    "measure_unit": "what is counted, in a word",
    "quantity_unit": "the same",
    "citizen_id": "a number of twelve digits, no key of ours",
    "client_id": "a random name of a form, looked up among the user's own drafts",
    "document": "the words of a paper, no record of ours",
}


@cache
def form_classes() -> set[type]:
    """Every form and formset class that our packages define."""
    found = set()
    for package in (povertyplan, households, projects, reports):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if ".migrations" in module.name or module.name == "povertyplan.wsgi":
                continue
            for each in vars(importlib.import_module(module.name)).values():
                if inspect.isclass(each) and issubclass(each, forms.BaseForm | BaseFormSet):
                    found.add(each)
    roots = ("povertyplan.", "households.", "projects.", "reports.")
    return {each for each in found if each.__module__.startswith(roots)}


# A form writes into what it is given, so each is given a copy.
@lru_cache(maxsize=4)
def known_arguments(world, user) -> dict:
    """All that forms need to be made for a user, looked up once."""
    review = Review.objects.filter(campaign=world.a.campaigns["open"]).first()
    return {
        "user": user,
        "fields": frozenset(Field),
        "campaign": world.a.campaigns["submitted"],
        "rules": standard_rules(review.campaign.standard),
        "setting": review.village.setting,
        "years": [2025, 2024],
        "known": KnownPeriods(),
        "ward": world.a.area,
        "unit": world.a.unit,
        "owner": world.a.unit,
        "village": world.a.villages[0].area,
        "household": world.a.villages[0].first,
        "members": [],
        "membership": world.a.villages[0].member.memberships.get(),
        "households": [(world.a.villages[0].first.pk, "Hộ")],
        "choices": [],
        "cause": None,
        "campaign_village": CampaignVillage.objects.filter(
            campaign=world.a.campaigns["submitted"]
        ).earliest("pk"),
        "steps": steps_of(
            CampaignVillage.objects.filter(campaign=world.a.campaigns["submitted"]).earliest("pk")
        ),
        "posting": Posting.objects.filter(ward=world.a.area).earliest("pk"),
        "complaint": Complaint.objects.filter(ward=world.a.area).earliest("pk"),
        "villages": Area.objects.filter(pk=world.a.villages[0].area.pk),
        "meetings": VillageMeeting.objects.filter(village=world.a.villages[0].area),
        "kind": CampaignKind.ANNUAL,
        "standards": list(PovertyStandard.objects.all()),
        "campaigns": [world.a.campaigns["recognised"]],
        "year": 2025,
        "columns": [],
        "kinds": [],
        "listed": [],
        "lines": [],
        "days": [ProposedDay(date(2026, 2, 17), "Tết")],
        "indicators": [],
        "units": [world.a.unit],
        "purposes": [],
        "today": clock.today(),
        "pledge": EscapePledge.objects.filter(ward=world.a.area).earliest("pk"),
        "support_kind": world.a.support_kind,
        "support": Support.objects.filter(ward=world.a.area).earliest("pk"),
        "supports": [],
        "candidates": [],
        "proposals": [],
        "proposal": VillageProposal(world.a.villages[0].area, 1, 1, None),
        "on": clock.today(),
        "requests": {},
        "chosen": {},
        "prefix": "x",
        "indicator": world.a.indicator,
        "standing": {},
        "document": world.a.documents["submitted plan"],
        "block": world.a.documents["draft plan"].blocks.earliest("order"),
        "act": world.a.legal_document,
        "acts": LegalDocument.objects.filter(ward=world.a.area),
        "labels": [],
        "sides": [],
        "passage": world.a.word_upload.passages.earliest("order"),
        "report": world.a.unit_reports["own"],
        "sent": None,
        "removes": False,
        "sends": False,
        "figures": [],
        "estimates": False,
        "parts": {},
        "projects": [world.project],
        "line": lines_of_household(world.a.villages[0].first, clock.today())[0],
        "topics": set(FactTopic),
        "shown": lines_of_household(world.a.villages[0].first, clock.today()),
    }


def arguments(world, user, form_class) -> dict:
    """What a form needs to be made for a user; most need nothing."""
    known = known_arguments(world, user)
    wanted = inspect.signature(form_class.__init__).parameters
    if {"matrix", "row"} & set(wanted):
        matrix = assignment_matrix(ward=world.a.area, programme=world.project.programme, year=2026)
        known = known | {"matrix": matrix, "row": matrix.rows[0]}
    return {
        name: deepcopy(known[name])
        for name, each in wanted.items()
        if name in known or (each.default is each.empty and name not in OWN_PARAMETERS)
    }


# Of Django's own constructors.
OWN_PARAMETERS = {"self", "args", "kwargs", "data", "files", "request"}


def made(world, user, form_class, data=None):
    values = arguments(world, user, form_class)
    takes_data = "data" in inspect.signature(form_class.__init__).parameters
    if takes_data or data is not None:
        values["data"] = data
    return form_class(**values)


# Reference data that is the same for every ward.
SHARED = (
    EthnicGroup,
    ImportBatch,
    PovertyCause,
    PovertyStandard,
    DeprivationIndicator,
    ReviewProcedure,
    ComponentProject,
    SupportKind,
)


def model_fields(form) -> dict[str, forms.ModelChoiceField]:
    """The fields of a form that choose a record of some ward."""
    return {
        name: each
        for name, each in getattr(form, "fields", {}).items()
        if isinstance(each, forms.ModelChoiceField) and not issubclass(each.queryset.model, SHARED)
    }


def test_every_form_can_be_walked(world):
    """A form that needs something unknown is named here instead of being passed over."""
    classes = form_classes()
    assert len(classes) >= 12
    for form_class in classes:
        made(world, world.users["coordinator"], form_class)


def test_every_choice_of_a_record_is_confined(world):
    """What a village head and a coordinator are offered holds nothing of others."""
    walked = 0
    for form_class in form_classes():
        for role in ("village head", "coordinator"):
            form = made(world, world.users[role], form_class)
            sides = {"a0", "a1"} if role == "village head" else {"a0", "a1", "a2"}
            for name, field in model_fields(form).items():
                walked += 1
                offered = " ".join(f"{row} {row.pk}" for row in field.queryset)
                seen = {side.lower() for _kind, side in canaries.TEXT.findall(offered)}
                assert seen <= sides, (form_class, name)
                assert field.queryset.count() < field.queryset.model.objects.count(), name
            # Names of ethnic groups are reference data.
            shown = {side.lower() for kind, side in canaries.TEXT.findall(str(form)) if kind != "e"}
            assert shown <= sides, form_class
    assert walked >= 4


def test_no_field_names_a_record_without_being_a_choice(world):
    """An id typed into a text or number field would not be confined by its class."""
    for form_class in form_classes():
        form = made(world, world.users["coordinator"], form_class)
        for name, field in getattr(form, "fields", {}).items():
            if {name, f"{form_class.__name__}.{name}"} & set(NOT_IDS) or isinstance(
                field, forms.ModelChoiceField
            ):
                continue
            assert not name.endswith(ID_WORDS), (form_class, name)


# The others are tried in the long run.
OFTEN = {"of another ward", "a list of own and foreign"}
FOREIGN = {
    "of another ward": lambda world, name: foreign(world, name).pk,
    "deleted": lambda world, name: deleted(name),
    "huge": lambda world, name: HUGE,
    "negative": lambda world, name: -1,
    "text": lambda world, name: "1 OR 1=1",
    "a list of own and foreign": lambda world, name: [own(world, name).pk, foreign(world, name).pk],
}


def posted(values: dict) -> QueryDict:
    """Values as a browser sends them."""
    data = QueryDict(mutable=True)
    for name, value in values.items():
        data.setlist(name, [str(each) for each in (value if isinstance(value, list) else [value])])
    return data


def own(world, name):
    village = world.a.villages[0]
    return {
        "village": village.area,
        "villages": village.area,
        "area": village.area,
        "unit": world.a.unit,
        "units": world.a.unit,
        "rule": world.a.reporting_rule,
        "owner": world.a.unit,
        "predecessor": world.a.unit,
        "successor": world.a.unit,
        "moving": village.first,
        "first_staying": world.users["village head"],
        "second_staying": world.users["village head"],
        "chosen": village.first,
        "who": world.users["leader"],
        "reviewer": world.users["coordinator"],
        "staying": world.users["village head"],
        "meeting": meeting_of(world.a),
        "imported": written_import_of(world.a),
        "ward_project": world.a.ward_project,
        "kind": world.a.need_kind,
        "needs": world.a.need_kind,
        "helper": helper_of(world.a),
        "posting": posting_of(world.a),
        "indicators": world.a.indicator,
        "indicator": world.a.indicator,
        "replaced_by": world.a.legal_document,
        "acts": world.a.legal_document,
        "basis": world.a.documents["submitted plan"].bases.get(),
        "leads": world.a.unit,
        "coordinating": world.a.unit,
        "project": world.project,
        "person": world.a.villages[0].member.memberships.get(),
    }[name]


def foreign(world, name):
    return {
        "village": world.b.villages[0].area,
        "villages": world.b.villages[0].area,
        "area": world.b.area,
        "unit": world.b.unit,
        "units": world.b.unit,
        "rule": world.b.reporting_rule,
        "owner": world.b.unit,
        "predecessor": world.b.unit,
        "successor": world.b.unit,
        "moving": world.b.villages[0].first,
        "first_staying": world.users["village head of another ward"],
        "second_staying": world.users["village head of another ward"],
        "chosen": world.b.villages[0].first,
        "who": world.users["coordinator of another ward"],
        "reviewer": world.users["coordinator of another ward"],
        "staying": world.users["village head of another ward"],
        "meeting": meeting_of(world.b),
        "imported": written_import_of(world.b),
        "ward_project": world.b.ward_project,
        "kind": world.b.need_kind,
        "needs": world.b.need_kind,
        "helper": helper_of(world.b),
        "posting": posting_of(world.b),
        "indicators": world.b.indicator,
        "indicator": world.b.indicator,
        "replaced_by": world.b.legal_document,
        "acts": world.b.legal_document,
        "basis": world.b.documents["submitted plan"].bases.get(),
        "leads": world.b.unit,
        "coordinating": world.b.unit,
        "project": world.a.idle_project,
        "person": world.b.villages[0].member.memberships.get(),
    }[name]


def meeting_of(ward):
    return VillageMeeting.objects.filter(village=ward.villages[0].area).earliest("pk")


def posting_of(ward):
    return Posting.objects.filter(ward=ward.area).earliest("pk")


def helper_of(ward):
    helpers = HouseholdHelper.objects.filter(ended_on=None)
    return helpers.get(pledge__household=ward.villages[0].first)


def written_import_of(ward):
    return ImportBatch.objects.get(ward=ward.area, stage=ImportStage.WRITTEN)


def deleted(name):
    if name not in ("who", "reviewer", "staying"):
        return 2**31
    gone = User.objects.create(username="ra-di")
    pk = gone.pk
    User.objects.filter(pk=pk).delete()
    return pk


@pytest.mark.parametrize(
    "value",
    [
        pytest.param(value, id=name, marks=() if name in OFTEN else pytest.mark.long)
        for name, value in FOREIGN.items()
    ],
)
def test_a_foreign_id_in_a_form_is_refused(world, value):
    tried = set()
    for form_class in form_classes():
        unbound = made(world, world.users["coordinator"], form_class)
        names = model_fields(unbound)
        for name in names:
            sent = value(world, name)
            data = posted({unbound.add_prefix(name): sent})
            form = made(world, world.users["coordinator"], form_class, data)
            form.is_valid()
            assert name in form.errors, (form_class, name)
            assert name not in form.cleaned_data
            tried.add((form_class, name))
    assert len(tried) >= 4


def hostile(world) -> dict[str, object]:
    """A value for every field of every model, by its name: what no form should take."""
    values = {}
    for model in models():
        for field in model._meta.local_concrete_fields:
            values.setdefault(field.name, _hostile(world, field))
    return values


def _hostile(world, field):
    if field.is_relation:
        return str(world.b.area.pk)
    if isinstance(field, fields.BooleanField):
        return "on"
    if isinstance(field, fields.DateField):
        return "2021-01-01"
    if isinstance(field, fields.IntegerField | fields.DecimalField):
        return "7"
    if field.choices:
        return str(field.choices[-1][0])
    return "khác"


def after(driver, known, before, view, role, more) -> list:
    """What a post that means it changes of all business rows; then it is undone."""
    cell = Cell(view, role, "own", "POST", "plain")
    values = PATTERNS[view].payload(places(driver.world)["own"])
    extra = {name: value for name, value in more.items() if name not in values}
    driver.sign_in(role)
    content, kind = encode({"csrfmiddlewaretoken": "x", **extra, **values})
    state = []
    try:
        with transaction.atomic():
            driver.post(cell, content, kind)
            state = changes(known, before)
            raise _Undo
    except _Undo:
        return state


class _Undo(Exception):
    pass


# Moments and random numbers differ between two runs of one post; journals say the same in words.
VOLATILE = (fields.DateTimeField, fields.AutoField, fields.JSONField, fields.UUIDField)
JOURNALS = frozenset({"core.RowChange", "core.User"})
# A Word file tells the second in which it was made.
UNLIKE = frozenset({"token", "object_id", "digest", "docx", "docx_digest"})


def keys() -> dict[type, set[int]]:
    """The rows there are, by model."""
    return {model: set(model._base_manager.values_list("pk", flat=True)) for model in models()}


def compared_rows() -> dict[str, tuple[list, Counter]]:
    """Every business row as it is stored, by model, with the fields that are compared."""
    found = {}
    for model in models():
        if model._meta.label in JOURNALS:
            continue
        compared = [
            field
            for field in model._meta.local_concrete_fields
            if not isinstance(field, VOLATILE) and field.name not in UNLIKE
        ]
        stored_rows = stored(model, tuple(field.name for field in compared))
        found[model._meta.label] = compared, Counter(map(tuple, stored_rows))
    return found


def changes(known: dict[type, set[int]], before: dict[str, tuple[list, Counter]]) -> list:
    """Which rows went, and which came, in words; what refers to a row not `known` says "new"."""
    state = []
    for label, (compared, rows) in compared_rows().items():
        earlier = before[label][1]
        came = sorted(
            tuple(_words(known, *pair) for pair in zip(compared, row, strict=True))
            for row in (rows - earlier).elements()
        )
        state.append((label, earlier - rows, came))
    return state


def _words(known, field, value) -> str:
    """A sequence of keys goes on after an undone post, so a new key is never the same twice."""
    if field.is_relation:
        is_new = value is not None and value not in known.get(field.related_model, ())
    else:
        is_path = field.model is Area and field.name == "path"
        is_new = is_path and _own_key(value) not in known.get(Area, ())
    return "new" if is_new else str(value)


def _own_key(path: str) -> int:
    """The key of the area at the end of its path, "/1/5/23/"."""
    return int(path.strip("/").split("/")[-1])


# What the pages of a household and of a member take between them.
OF_A_HOUSEHOLD = frozenset(
    {"code", "address", "no_labour_capacity", "village", "on", "kind", "reason", "document"}
    | {"note", "key", "full_name", "sort_name", "relation", "sex", "citizen_id"}
    | {"ethnic_group", "has_disability", "has_merit"}
)
OF_AN_ACT = {"dated_on", "issuer", "title", "valid_from", "valid_to", "replaced_by"}
OF_AN_ACTIVITY = {"name", "quantity", "quantity_unit", "owner", "due_on"}
OF_A_PROCEDURE = {"asks_meeting", "posting_days", "public_days", "least_beneficiaries"}
OF_A_LIVELIHOOD = {"kind", "name", "year_from", "year_to", "place", "content", "owner"}
OF_A_REPORTING_RULE = {
    *("name", "period", "due_day", "due_month", "months_after", "is_before", "of_units", "via"),
    *("recipient", "legal_reference", "confidence", "year_from", "year_to"),
}
OF_AN_INDICATOR = {"dimension", "owner", "query", "ward_project", "period", "accumulation"} | {
    *("baseline", "has_no_baseline", "whole_query", "lacking"),
}
OF_A_PROJECT = {"local_name", "objective", "beneficiaries", "contents", "year_from", "year_to"}
OFFERED = {
    **{f"households:{page}": OF_A_HOUSEHOLD for page in REGISTER_PAGES},
    "households:village_new": {"code", "order", "valid_from"},
    "households:village_paste": {"rows", "valid_from"},
    "households:village_edit": {"order"},
    "households:population_edit": {"minority_households", "minority_persons"},
    "households:population_new": {"minority_households", "minority_persons"},
    "households:village_rename": {"name", "on"},
    "core:ward_edit": {"issuer", "place_line"},
    "core:unit_new": {"short_name", "prefix", "order", "valid_from", "predecessor"},
    "core:unit_paste": {"rows"},
    "core:unit_edit": {"short_name", "prefix", "order", "valid_from", "predecessor"},
    "core:user_new": {"job_title", "unit", "valid_to"},
    "core:role_grant": {"unit", "valid_to"},
    "households:village_merge": {"name", "code", "setting", "on"},
    "households:village_reviewer": {"reviewer"},
    "households:holiday_new": {"name", "legal_reference"},
    "households:holiday_proposals": {"legal_reference"},
    "households:request_new": {"village", "applicant", "kind", "received_on", "channel", "note"},
    "reports:plan_new": {"subject", "start", "year_from", "year_to"},
    **{f"reports:{page}": OF_AN_ACT for page in ("legal_new", "legal_edit")},
    "reports:plan_word_review": {"subject", "year_from", "year_to"},
    "reports:word_target": {"seen", "low", "high", "rate_operator", "rate", "note"}
    | {"assigned_by", "reason"},
    "reports:word_project": {"is_to_end", "coordinating", "wording", "objective"}
    | {"beneficiaries", "contents"},
    "reports:finding_new": {"year", "found_on", "text", "reply_by", "posting"}
    | {"indicator", "unit", "ward_project"},
    "reports:finding_answer": {"answer"},
    "reports:indicator_table_edit": {"name", "columns"},
    "reports:rule_new": OF_A_REPORTING_RULE,
    "reports:rule_edit": OF_A_REPORTING_RULE,
    "reports:due_sent": {"sent_on", "document_number"},
    "reports:village_part_record": {"told_by", "results", "difficulties", "proposals"},
    "reports:village_part": {"results", "difficulties", "proposals"},
    "reports:period_units": {"all_villages"},
    "reports:period_new": {"period", "subject", "asks_figures", "all_villages"}
    | {"data_on", "due_on", "note", "rule"},
    "reports:unit_report_write": {"results", "difficulties", "proposals"},
    "reports:unit_report_return": {"results", "difficulties", "proposals"},
    "reports:period_consolidate": {"part"},
    "reports:report_take_in": {"part"},
    **{
        f"projects:{page}": {"levels", "legal_reference", "valid_to", "funds_until"}
        | {"funds_reference", "kind", "name", "code", "valid_from"}
        for page in ("programme_new", "programme_edit")
    },
    **{
        f"projects:{page}": {"code", "official_name", "for_wards"}
        for page in ("part_new", "part_below", "part_edit")
    },
    "projects:activity_new": OF_AN_ACTIVITY,
    "projects:activity_edit": OF_AN_ACTIVITY,
    "projects:activity_report": {"done_on", "done_quantity", "evidence"},
    "projects:donation_new": {"goods", "document_number", "note"},
    "projects:livelihood_procedure_new": OF_A_PROCEDURE,
    "projects:livelihood_procedure_edit": OF_A_PROCEDURE,
    "projects:livelihood_new": OF_A_LIVELIHOOD,
    "projects:livelihood_edit": OF_A_LIVELIHOOD,
    "projects:livelihood_step": {"note"},
    "projects:livelihood_member_new": {"code", "part"},
    "projects:project_new": OF_A_PROJECT,
    "projects:project_edit": OF_A_PROJECT,
    "reports:target_year": {"assigned_by"},
    "reports:village_targets": {"reason"},
    "projects:entry_new": {"document_date", "document_subject", "note"},
    "projects:publication_new": {"location", "posted_to"},
    "reports:indicator_new": OF_AN_INDICATOR,
    "reports:indicator_edit": OF_AN_INDICATOR,
    "households:need_household": {"note"},
    "households:fact_household": {"document"},
    "households:fact_village": {"document"},
    "reports:indicator_baseline": {"rate"},
    "reports:assigned_year": {"issuer", "document", "issued_on", "reason"},
    "households:certificate_issue": {"village", "first_number"},
    "households:pledge_new": {"request"},
    "households:pledge_edit": {"request"},
    "households:helper_new": {"organisation"},
    "households:visit_new": {"helper"},
    "households:need_kind_new": {"for_persons"},
    "households:need_kind_edit": {"for_persons", "is_offered"},
    "projects:support_household": {"source", "document", "amount", "person"},
    "reports:actual_edit": {"numerator", "denominator", "as_of", "is_estimate", "note"}
    | {"evidence", "ledger_reason"},
    "reports:document_issue": {"authority"},
    "reports:document_heading": {
        *("subject", "symbol", "place_line", "issuer", "addressee", "authority"),
        *("signer_title", "signer_name"),
    },
    "reports:document_recipients": {"archive"},
    # Fields that a form does take, under the name they have in a model.
    "households:review_edit": {
        *("income_score", "visited_on", "recorded_class", "class_reason", "causes"),
        *("note", "needs_check"),
    },
    "households:campaign_recognise": {
        *("effective_from", "decided_on", "number", "signer_title", "signer_name"),
    },
}


def test_every_writing_address_is_tried():
    posting = {view for view, pattern in PATTERNS.items() if "POST" in pattern.methods}
    assert posting - OF_ONESELF == set(WRITERS)


# Every form is tried within four commits: what none may write is the database's to refuse, and the
# matrix and the foreign ids above say of each run who may write at all.
def test_nothing_unasked_is_written(world, share):
    more, known, before, driver = hostile(world), keys(), compared_rows(), Driver(world)
    pairs, writers = 0, share(list(WRITERS.items()), one_of=4)
    for view, role in writers:
        extra = {name: each for name, each in more.items() if name not in OFFERED.get(view, ())}
        pairs += len(extra)
        # What is written may tell the minute, so both posts are of the same.
        with clock.set_to(clock.today()):
            with_more, without = (
                after(driver, known, before, view, role, each) for each in (extra, {})
            )
            assert with_more == without, view
    print(f"\nmass assignment: {pairs} pairs of form and field")  # noqa: T201
    assert pairs >= PAIR_FLOOR


def test_a_form_of_all_fields_is_caught(world):
    """The control: a ModelForm with `__all__` does take what is not on the page."""
    village = world.a.villages[0].area
    careless = forms.modelform_factory(type(village), fields="__all__")
    own = forms.model_to_dict(village)

    form = careless(own | {"parent": world.b.area.pk, "predecessors": []}, instance=village)

    assert form.is_valid(), form.errors
    assert form.save(commit=False).parent == world.b.area
