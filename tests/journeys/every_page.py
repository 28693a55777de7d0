"""An address for every page of the access table on the loaded demonstration."""

from collections.abc import Callable, Iterator
from contextlib import suppress

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import Count, Model, QuerySet
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.module_loading import import_string

from households.choices import CampaignStage
from households.models import AreaYear as Total
from households.models import (
    CampaignVillage,
    Decision,
    EscapePledge,
    HelperVisit,
    Holiday,
    Household,
    HouseholdEvent,
    HouseholdHelper,
    HouseholdStatus,
    LowIncomeWorker,
    Membership,
    NeedKind,
    Review,
    ReviewCampaign,
    ReviewRequest,
    SupportNeed,
)
from povertyplan.core.access.rules import AccessScope
from povertyplan.core.choices import AreaKind
from povertyplan.core.models import Area, AuditEvent, PeriodLock, RoleGrant, Unit, User
from projects.choices import LivelihoodStage, PublicationTrigger, UnitRole
from projects.models import (
    Activity,
    Actual,
    BudgetEntry,
    ComponentProject,
    DonationEntry,
    HandoverList,
    Indicator,
    Livelihood,
    LivelihoodMember,
    LivelihoodProcedure,
    LivelihoodStep,
    Programme,
    Publication,
    PublicationRule,
    Support,
    SupportKind,
    Target,
    UnitDuty,
    WardProject,
)
from reports.choices import DocumentKind
from reports.models import (
    Document,
    LegalDocument,
    ReportingRule,
    ReportRequest,
    SupervisionFinding,
    UnitReport,
)
from tests.access.patterns import PATTERNS

# Files and pieces of pages, the way in, and what the demonstration has none of: an import that is
# being read, scans, complaints, work in the background; and several wards together, for who works
# in a province. The gallery has a test of its own.
NO_PAGES = (
    *("core:healthz", "core:home", "core:login", "core:kept_form", "core:job_", "core:styleguide"),
    *("core:ward_new", "households:import_", "households:scan_", "households:complaint_"),
    *("households:review_grid_details", "households:campaign_overview_excel"),
    *("households:need_export", "households:pledge_export", "households:certificate_export"),
    *("households:worker_export", "households:worker_register_", "households:need_register_"),
    *("households:fact_export", "households:fact_register_", "reports:target_register_"),
    "reports:actual_register_",
    *("projects:activity_list_", "projects:ward_project_list_", "projects:assignment_list_"),
    *("projects:programme_list_", "projects:part_list_", "projects:support_register_"),
    *("projects:support_kind_list_", "projects:money_export", "projects:money_template"),
    "projects:donation_register_",
    *("projects:handover_file", "projects:publicity_file"),
    *("reports:blank_", "reports:table_excel", "reports:table_pdf", "reports:table_docx"),
    *("reports:plan_pdf", "reports:plan_docx", "reports:plan_word_", "reports:word_"),
    *("reports:report_pdf", "reports:report_docx", "reports:report_xlsx", "reports:person_table_"),
    "reports:unit_report_template",
    *("reports:plan_result_file", "reports:finding_file", "reports:pledge_paper"),
    *("reports:indicator_table_file", "reports:indicator_table_detail"),
    *("reports:simulation_file", "reports:recognition_rehearsal_file"),
    *("reports:reaching_file", "reports:target_file", "reports:region_"),
)
# Views for which the demonstration has no record, whoever looks.
WITHOUT_RECORD = {
    "households:holiday_remove",
    "households:event_correct",
    "core:period_release",
    "reports:rule_edit",
    "reports:legal_edit",
}


def first(model: type[Model], user: User, **conditions) -> Model:
    """The first record of its kind that the user sees."""
    rows = model._default_manager.all()
    if hasattr(rows, "visible_to"):
        rows = rows.visible_to(user)
    return rows.filter(**conditions).earliest("pk")


def open_campaign(user: User) -> ReviewCampaign:
    return first(ReviewCampaign, user, stage=CampaignStage.OPEN)


def largest_village(user: User) -> CampaignVillage:
    """The village with the most households of those still entered."""
    rows = CampaignVillage.objects.visible_to(user).filter(campaign=open_campaign(user))
    rows = rows.filter(finished_at=None).annotate(forms=Count("village__households"))
    return rows.latest("forms", "pk")


def largest_household(user: User) -> Household:
    """The one with the most members, in that village."""
    rows = Household.objects.filter(village=largest_village(user).village_id, closed_on=None)
    return rows.annotate(members=Count("memberships")).latest("members", "pk")


def _member(user: User) -> dict[str, int]:
    household = largest_household(user)
    child = household.memberships.filter(left_on=None, relation="child").earliest("pk")
    return {"pk": household.pk, "membership_pk": child.pk}


def _person(user: User) -> dict[str, int]:
    household = largest_household(user)
    return {"pk": household.pk, "person_pk": household.memberships.earliest("pk").person_id}


def _numbered(user: User) -> dict[str, int]:
    rows = Membership.objects.visible_to(user).filter(left_on=None)
    return {"pk": rows.exclude(person__citizen_id="").earliest("pk").pk}


def _event(user: User) -> dict[str, int]:
    event = first(HouseholdEvent, user)
    return {"pk": event.household_id, "event_pk": event.pk}


def _village(user: User) -> dict[str, int]:
    row = largest_village(user)
    return {"pk": row.campaign_id, "village_pk": row.village_id}


def _form(user: User) -> dict[str, int]:
    row = largest_village(user)
    review = first(Review, user, campaign=row.campaign_id, village=row.village_id)
    return {"pk": row.campaign_id, "household_pk": review.household_id}


def _actual(user: User) -> dict[str, int]:
    """A figure that people type, of the user's own unit where they have one."""
    unit = user.grants.earliest("pk").unit_id
    own = {"indicator__owner": unit} if unit else {}
    return {"pk": first(Actual, user, indicator__query="", **own).indicator_id, "year": 2026}


def _carried_out(user: User) -> dict[str, int]:
    """A project of this year, in which the user's unit has a part where they have one."""
    unit = user.grants.earliest("pk").unit_id
    own = {"units__unit": unit} if unit else {}
    years = {"year_from__lte": 2026, "year_to__gte": 2026}
    return {"pk": first(WardProject, user, **years, **own).pk}


def _own_livelihoods(user: User) -> QuerySet[Livelihood]:
    """Those that have not stopped, of projects that the user's unit leads where they have one."""
    unit = user.grants.earliest("pk").unit_id
    own = {"units__unit": unit, "units__role": UnitRole.LEAD} if unit else {}
    led = WardProject.objects.filter(**own)
    rows = Livelihood.objects.visible_to(user).filter(stopped_on=None)
    return rows.filter(ward_project__in=led.values("pk"))


def _own_livelihood(user: User) -> dict[str, int]:
    """One that is not finished."""
    finished = LivelihoodStep.objects.standing().filter(stage=LivelihoodStage.FINISHED)
    rows = _own_livelihoods(user).exclude(pk__in=finished.values("livelihood"))
    return {"pk": rows.earliest("pk").pk}


def _of_own_livelihood(model: type[Model], **conditions) -> Callable[[User], dict[str, int]]:
    return lambda user: {
        "pk": first(
            model, user, livelihood__in=_own_livelihoods(user).values("pk"), **conditions
        ).pk
    }


def _not_carried_out() -> ComponentProject:
    return ComponentProject.objects.filter(ward_projects=None).earliest("pk")


def _planned_publication(user: User) -> dict[str, int | str]:
    """What is to be published of the last decision."""
    decision = Decision.objects.in_force().filter(ward=user.ward).latest("decided_on")
    rule = PublicationRule.objects.filter(trigger=PublicationTrigger.DECISION).earliest("order")
    year = decision.decided_on.year
    return {"year": year, "pk": rule.pk, "occasion": f"decision-{decision.pk}"}


def _shared_target(user: User) -> dict[str, int]:
    target = first(Target, user, indicator__query="poor_households", area__kind=AreaKind.WARD)
    return {"pk": target.indicator_id, "year": target.year}


def _own_need_kind(user: User) -> dict[str, int]:
    return {"pk": NeedKind.objects.filter(ward__in=user.wards).earliest("pk").pk}


def _pk(model: type[Model], **conditions) -> Callable[[User], dict[str, int]]:
    return lambda user: {"pk": first(model, user, **conditions).pk}


def _somebody(user: User) -> dict[str, int]:
    """Another user, whom an administrator looks after."""
    return {"pk": User.objects.exclude(pk=user.pk).filter(grants__isnull=False).earliest("pk").pk}


def _place(user: User) -> dict[str, int]:
    """A village, also of an administrator, who sees nothing of its households."""
    with suppress(ObjectDoesNotExist):
        return {"pk": largest_village(user).village_id}
    return {"pk": Area.objects.villages_of(user.ward).earliest("pk").pk}


def _role_of_somebody(user: User) -> dict[str, int]:
    other = _somebody(user)
    return other | {"grant_pk": RoleGrant.objects.filter(user=other["pk"]).earliest("pk").pk}


# By the beginning of a view's name, the longest first; each finds what its address needs.
ADDRESSES: dict[str, Callable[[User], dict[str, int]]] = {
    "core:audit_detail": lambda user: {"pk": AuditEvent.objects.latest("pk").pk},
    "core:period_release": _pk(PeriodLock),
    "core:unit_": _pk(Unit),
    "core:user_": _somebody,
    "core:role_": _somebody,
    "core:role_end": _role_of_somebody,
    "core:password_issue": _somebody,
    "core:device_remove": _somebody,
    "households:campaign_": lambda user: {"pk": open_campaign(user).pk},
    "households:campaign_version": lambda user: {"pk": first(ReviewCampaign, user).pk, "number": 1},
    "households:event_": _event,
    "households:holiday_": _pk(Holiday, ward__isnull=False),
    "households:member_": _member,
    "households:member_add": lambda user: {"pk": largest_household(user).pk},
    "households:need_end": _pk(SupportNeed, ended_on=None),
    "households:need_kind_edit": _own_need_kind,
    "households:fact_village": lambda user: {"pk": largest_village(user).village_id},
    "households:fact_household": lambda user: {"pk": largest_household(user).pk},
    "households:need_village": lambda user: {"pk": largest_village(user).village_id},
    "households:helper_end": _pk(HouseholdHelper, ended_on=None),
    "households:number_settle": _numbered,
    "households:helper_new": _pk(EscapePledge, withdrawn_on=None),
    "households:pledge_": _pk(EscapePledge, withdrawn_on=None),
    "households:pledge_new": lambda user: {"pk": largest_household(user).pk},
    "households:worker_end": _pk(LowIncomeWorker, ended_on=None),
    "households:worker_new": lambda user: {"pk": largest_household(user).pk},
    "households:visit_new": _pk(EscapePledge, withdrawn_on=None),
    "households:visit_withdraw": _pk(HelperVisit, withdrawal_reason=""),
    "households:phone_list": lambda user: {"pk": open_campaign(user).pk},
    "households:phone_step": lambda user: _form(user) | {"step": 1},
    "households:population_": _pk(Total),
    "households:population_area": lambda user: {"pk": first(Total, user).area_id},
    "households:request_": _pk(ReviewRequest),
    "households:reveal_": _person,
    "households:review_edit": _form,
    "households:review_grid": _village,
    "households:village_": _village,
    "households:window_": _pk(HouseholdStatus),
    "households:": lambda user: {"pk": largest_household(user).pk},
    "projects:activity_": _pk(Activity),
    "projects:activity_new": lambda user: _carried_out(user) | {"year": 2026},
    "projects:assignment_": lambda user: {"year": 2026},
    "projects:donation_reverse": _pk(DonationEntry, reverses=None, reversed_by=None),
    "projects:livelihood_": _own_livelihood,
    "projects:livelihood_procedure_": _pk(LivelihoodProcedure),
    "projects:duty_": _pk(UnitDuty),
    "projects:livelihood_new": lambda user: _carried_out(user) | {"year": 2026},
    "projects:livelihood_step_withdraw": _of_own_livelihood(LivelihoodStep, withdrawal_reason=""),
    "projects:livelihood_member_end": _of_own_livelihood(LivelihoodMember, left_on=None),
    "projects:entry_reverse": _pk(BudgetEntry, reverses=None, reversed_by=None),
    "projects:entry_new": lambda user: _carried_out(user) | {"year": 2026},
    "projects:money_project": lambda user: _carried_out(user) | {"year": 2026},
    "projects:handover_": _pk(HandoverList, change_count__gt=0, sent_on__isnull=False),
    "projects:handover_send": _pk(HandoverList, change_count__gt=0, sent_on=None, replaced_by=None),
    "projects:publication_new": _planned_publication,
    "projects:publication_withdraw": _pk(Publication, withdrawn_at=None),
    "projects:support_": _pk(Support, withdrawn_at=None),
    "projects:support_kind_": _pk(SupportKind),
    "projects:support_household": lambda user: {"pk": largest_household(user).pk},
    "projects:part_": lambda user: {"pk": ComponentProject.objects.earliest("pk").pk},
    "projects:part_new": _pk(Programme),
    "projects:programme_": _pk(Programme),
    "projects:project_": lambda user: {"pk": ComponentProject.objects.earliest("pk").pk},
    "projects:project_edit": _carried_out,
    "projects:project_leave": lambda user: _carried_out(user) | {"year": 2026},
    "projects:project_new": lambda user: {"pk": _not_carried_out().pk, "year": 2026},
    "reports:actual_": _actual,
    "reports:document_": _pk(Document, kind=DocumentKind.PLAN),
    "reports:indicator_": _pk(Indicator),
    "reports:legal_": _pk(LegalDocument),
    "reports:village_targets": _shared_target,
    "reports:person_table": lambda user: {"number": 15},
    "reports:period_": _pk(ReportRequest),
    "reports:period_new": lambda user: {"year": 2026},
    "reports:plan_": _pk(Document, kind=DocumentKind.PLAN),
    "reports:indicator_table_": lambda user: {"number": 1},
    "reports:indicator_table_list": lambda user: {},
    "reports:finding_": _pk(SupervisionFinding),
    "reports:finding_new": lambda user: {},
    "reports:finding_answer": _pk(SupervisionFinding, answered_at=None),
    "reports:plan_result_detail": _pk(Document, kind=DocumentKind.PLAN, state="issued"),
    "reports:report_": _pk(Document, kind=DocumentKind.REPORT),
    "reports:rule_": _pk(ReportingRule, ward__isnull=False),
    "reports:review_papers": lambda user: {"pk": open_campaign(user).pk},
    "reports:recognition_rehearsal": lambda user: {"pk": open_campaign(user).pk},
    "reports:table_": lambda user: {"number": 1},
    "reports:unit_report_": _pk(UnitReport, state="drafting"),
    "reports:unit_report_detail": _pk(UnitReport, state="received"),
    "reports:unit_report_return": _pk(UnitReport, state="sent"),
    "reports:target_year": lambda user: {"year": 2026},
    "reports:assigned_year": lambda user: {"year": 2026},
    "reports:due_sent": lambda user: (
        _pk(ReportingRule, of_units=False, period="month")(user) | {"year": 2026, "number": 8}
    ),
    "reports:village_part": _pk(UnitReport, village__isnull=False),
    "reports:village_part_record": _pk(UnitReport, village__isnull=False, state="not_begun"),
    "reports:village_part_list": lambda user: {},
}


def views() -> dict[str, URLPattern]:
    return dict(_named(get_resolver()))


def _named(resolver: URLResolver, space: str = "") -> Iterator[tuple[str, URLPattern]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from _named(pattern, f"{pattern.namespace}:" if pattern.namespace else space)
        elif pattern.name:
            yield space + pattern.name, pattern


def address_of(view: str, pattern: URLPattern, user: User) -> str:
    """The view's address; empty where the demonstration has no record for it."""
    try:
        return reverse(view, kwargs=_asked_by(view, set(pattern.pattern.converters), user))
    except ObjectDoesNotExist:
        return ""


def _asked_by(view: str, names: set[str], user: User) -> dict[str, int]:
    if not names:
        return {}
    if view.startswith("households:village_") and names == {"pk"}:
        return _place(user)
    fill = max((name for name in ADDRESSES if view.startswith(name)), key=len)
    return ADDRESSES[fill](user)


def pages_for(user: User) -> dict[str, str]:
    """The address of each page that the user's role opens by GET, by its view."""
    rules, roles = import_string(settings.ACCESS_TABLE), {each.role for each in user.grants.all()}
    found = {}
    for view, pattern in views().items():
        rule = rules.get(view)
        if rule is None or rule.scope == AccessScope.PUBLIC or view.startswith(NO_PAGES):
            continue
        if "GET" not in PATTERNS[view].methods:
            continue
        if rule.allows(frozenset(roles), writing=False):
            found[view] = address_of(view, pattern, user)
    return found
