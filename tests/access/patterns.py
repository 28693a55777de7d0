"""How each address of the site is reached in the world of canaries; a new one needs a line here.

A pattern says which methods its view takes, how far its rows reach, how its address is filled for
each target, and what a post that means it sends and is answered.
"""

import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain
from uuid import uuid4

from django.urls import URLPattern, URLResolver, get_resolver

from households.intake.writing.selectors.undoing import undo_effects
from households.models import (
    CampaignVillage,
    Complaint,
    EscapePledge,
    HelperVisit,
    Household,
    HouseholdHelper,
    ImportBatch,
    LowIncomeWorker,
    MeetingScan,
    NeedKind,
    PovertyStandard,
    Review,
    ReviewCampaign,
    ReviewRequest,
    SupportNeed,
)
from povertyplan.core import clock
from povertyplan.core.choices import Role
from povertyplan.core.models import User
from projects.models import (
    Activity,
    Handover,
    HandoverList,
    Indicator,
    Livelihood,
    LivelihoodMember,
    LivelihoodStep,
    Publication,
    Support,
    Target,
    UnitDuty,
    WardProject,
)
from reports.models import (
    BlockProposal,
    Document,
    IndicatorTable,
    ReportingRule,
    ReportRequest,
    SupervisionFinding,
    UnitReport,
)
from reports.plans.builder import build_with_links
from reports.plans.plan_facts import findings
from tests.access.world import Village, Ward, World
from tests.factories.core import PASSWORD

MISSING = 2**40
HUGE = 2**70
SAFE = frozenset({"GET", "HEAD"})
FORM = SAFE | {"POST"}
FORM_WITHOUT_HEAD = frozenset({"GET", "POST"})
POST_ALONE = frozenset({"POST"})

Address = dict[str, int]


@dataclass(frozen=True)
class Place:
    """A target: the village (or, for what belongs to a ward, the first village) of a ward."""

    ward: Ward
    village: Village


def views_of_part(part: int, parts: int) -> set[str]:
    """Every `parts`-th address; where ACCESS_VIEWS names some (app:view,…), only of those."""
    named = os.environ.get("ACCESS_VIEWS")
    chosen = set(named.split(",")) if named else set(PATTERNS)
    assert chosen <= set(PATTERNS), f"ACCESS_VIEWS: {sorted(chosen - set(PATTERNS))}"
    return chosen & set(sorted(PATTERNS)[part::parts])


def places(world: World) -> dict[str, Place]:
    return {
        "own": Place(world.a, world.a.villages[0]),
        "other village": Place(world.a, world.a.villages[1]),
        "other ward": Place(world.b, world.b.villages[0]),
    }


@dataclass(frozen=True)
class Pattern:
    """`reach` is "village", "ward" or "" where the address names no record.

    `status` is the answer to an allowed request, `posted` that to a post that means it. `shows`
    says that whoever may open the page sees a canary of the place; `is_invented` that its figures
    belong to nobody; `draft` leads to a document that only some roles see before its issue. `doers`
    are those whose post is taken where the form refuses others who open the page.
    """

    methods: frozenset[str] = SAFE
    reach: str = ""
    address: Callable[[Place], Address] = lambda place: {}
    payload: Callable[[Place], dict] = lambda place: {}
    posted: int = 302
    status: int = 200
    shows: bool = True
    is_slow: bool = False
    is_invented: bool = False
    draft: Callable[[Place], Address] | None = None
    doers: frozenset[str] = frozenset(Role)


def _campaign(name: str) -> Callable[[Place], Address]:
    return lambda place: {"pk": place.ward.campaigns[name].pk}


def _village(name: str) -> Callable[[Place], Address]:
    return lambda place: {
        "pk": place.ward.campaigns[name].pk,
        "village_pk": place.village.area.pk,
    }


def _document(name: str) -> Callable[[Place], Address]:
    return lambda place: {"pk": place.ward.documents[name].pk}


def _version_of(name: str, **more) -> Callable[[Place], dict]:
    """The version of a campaign as it stands now, so that only a missing right can refuse."""

    def payload(place: Place) -> dict:
        campaign = ReviewCampaign.objects.get(pk=place.ward.campaigns[name].pk)
        return {"version": campaign.version, **more}

    return payload


def _document_version(name: str, **more) -> Callable[[Place], dict]:
    def payload(place: Place) -> dict:
        document = Document.objects.get(pk=place.ward.documents[name].pk)
        return {"version": document.version, **more}

    return payload


def _passage(place: Place) -> dict:
    """The first paragraph of a Word file made another part; the others as they were shown."""
    sent: dict = {"act": "save"}
    for row in place.ward.word_upload.passages.order_by("order"):
        is_first = len(sent) == 1
        part = "dash" if is_first else row.part
        was = f"{row.part}:{row.level}:{row.version}"
        own = {"part": part, "level": str(row.level), "was": was}
        sent |= {f"p{row.order}-{name}": value for name, value in own.items()}
    return sent


def _passage_at(at: int) -> Callable[[Place], Address]:
    """A paragraph of a Word file by its place in it."""

    def address(place: Place) -> Address:
        rows = list(place.ward.word_upload.passages.order_by("order"))
        return {"pk": place.ward.word_upload.pk, "order": rows[at].order}

    return address


def _word_target(place: Place) -> dict:
    row = place.ward.word_upload.passages.order_by("order")[0]
    said = {"indicator": place.ward.indicator.pk, "year": "2031", "operator": "none_left"}
    return {"shown": row.version, **said}


def _word_project(place: Place) -> dict:
    row = place.ward.word_upload.passages.order_by("order")[1]
    own = place.ward.ward_project
    return {
        "shown": row.version,
        "project": own.project_id,
        "year": str(own.year_from),
        "leads": [place.ward.unit.pk],
    }


def _basis_proposal(place: Place) -> dict:
    """What a unit proposed for the bases of a draft, refused."""
    proposal = place.ward.documents["draft plan"].basis_proposals.get()
    return {"act_on": f"refuse:{proposal.pk}", "version": proposal.version}


def _block_words(place: Place) -> dict:
    """Other words for the first block of a draft."""
    block = place.ward.documents["draft plan"].blocks.earliest("order")
    prefix = f"b{block.key.hex}"
    version = {f"{prefix}-version": block.version, f"{prefix}-was": "khác"}
    return {**version, f"{prefix}-text": "Viết lại.", "act": "save"}


def _finding(place: Place) -> dict:
    """Why the first finding of a draft stands."""
    document = place.ward.documents["draft plan"]
    found = findings(document, build_with_links(document))
    return {"key": found[0].key, **REASON}


def _block_comment(place: Place) -> dict:
    """Something said about the first block of a draft."""
    block = place.ward.documents["draft plan"].blocks.earliest("order")
    return {"key": FORM_KEY, "text": "Ghi rõ nguồn.", "act": f"add:{block.key.hex}"}


def _proposal(place: Place) -> dict:
    """What a unit proposed for the first block of a draft, refused."""
    rows = BlockProposal.objects.filter(block__document=place.ward.documents["draft plan"])
    proposal = rows.get()
    return {"act": f"refuse:{proposal.pk}", "version": proposal.version}


def _document_duty(place: Place) -> dict:
    more = {"n0-unit": place.ward.unit.pk, "n0-tasks": "Chủ trì."}
    own = {f"d{place.ward.unit.pk}-gone": "on"}
    return _document_version("draft plan", **more, **own)(place)


def _unit(place: Place) -> Address:
    return {"pk": place.ward.unit.pk}


def _total_row(place: Place) -> Address:
    return {"pk": place.ward.total.pk}


def _total(place: Place) -> dict:
    return {"area": "", **FIGURES, **TOTAL}


def _village_alone(place: Place) -> Address:
    return {"pk": place.village.area.pk}


def _village_version(name: str, **more) -> Callable[[Place], dict]:
    def payload(place: Place) -> dict:
        row = CampaignVillage.objects.get(
            campaign=place.ward.campaigns[name], village=place.village.area
        )
        return {"version": row.version, **more}

    return payload


def _open_review(place: Place) -> Review:
    return Review.objects.get(campaign=place.ward.campaigns["open"], household=place.village.first)


def _review(place: Place) -> dict:
    review = _open_review(place)
    return {"version": review.version, "income_score": "110", "deprivations": ["1", "5", "9"]}


def _grid_line(place: Place) -> dict:
    pk = _open_review(place).pk
    return {f"v{pk}": _open_review(place).version, f"s{pk}": "110", f"q{pk}": "1 5 9", f"c{pk}": ""}


def _grid_message(place: Place) -> dict:
    review = _open_review(place)
    values = {"score": 110, "deprivations": [1, 5, 9], "causes": [], "note": "", "flag": False}
    message = {"review": review.pk, "version": review.version, "values": values}
    return {"message": json.dumps(message)}


def _actual(place: Place) -> dict:
    """A new figure over the one that stands."""
    version = place.ward.indicator.actuals.get(year=2025).version
    return {"version": version, "numerator": "7", "as_of": "30/11/2025"}


def _money_of_project(place: Place) -> Address:
    return {"pk": place.ward.entry.ward_project_id, "year": 2026}


def _entry(place: Place) -> dict:
    """Money of which nothing is to be asked."""
    chosen = {"act": "assigned", "source": "provincial", "kind": "recurrent", "key": FORM_KEY}
    typed = {"amount": "90.000.000", "dated": "02/03/2026", "first_year": "2026"}
    return chosen | typed | {"document_number": "5/QĐ-UBND"}


# Registers, each with how its list is exported; that of supports has a page for it.
REGISTERS: dict[str, Pattern | None] = {
    "activity_list": Pattern(),
    "donation_register": Pattern(),
    "ward_project_list": Pattern(),
    "assignment_list": Pattern(),
    "programme_list": Pattern(shows=False),
    "part_list": Pattern(address=lambda place: _programme(place), shows=False),
    "support_register": None,
    "support_kind_list": Pattern(shows=False),
}


def _register_patterns(export: Pattern | None) -> Iterator[tuple[str, Pattern]]:
    """A file that is missing, and a preview that nobody made, are told whoever may post."""
    if export is not None:
        yield "export", export
    yield "template", Pattern(shows=False)
    yield (
        "import",
        Pattern(methods=FORM, payload=lambda place: {"file": ""}, posted=422, shows=False),
    )
    yield (
        "import_save",
        Pattern(methods=POST_ALONE, payload=lambda place: {"table": "x"}, posted=422, shows=False),
    )


def _supervision(place: Place) -> Address:
    return {"pk": place.ward.finding.pk}


def _version_now(place: Place) -> int:
    return SupervisionFinding.objects.get(pk=place.ward.finding.pk).version


def _unit_report(name: str) -> Callable[[Place], Address]:
    return lambda place: {"pk": place.ward.unit_reports[name].pk}


def _unit_report_version(name: str, **more) -> Callable[[Place], dict]:
    def payload(place: Place) -> dict:
        report = UnitReport.objects.get(pk=place.ward.unit_reports[name].pk)
        return {"version": report.version, **more}

    return payload


def _village_part(place: Place) -> dict:
    report = UnitReport.objects.get(pk=place.village.report_part.pk)
    return {"version": report.version, "results": "Đã họp thôn."}


def _period(name: str) -> Callable[[Place], Address]:
    return lambda place: {"pk": place.ward.unit_reports[name].request_id}


def _period_version(place: Place) -> dict:
    found = ReportRequest.objects.get(pk=place.ward.unit_reports["received"].request_id)
    return {"version": found.version}


def _rule(place: Place) -> dict:
    rule = ReportingRule.objects.get(pk=place.ward.reporting_rule.pk)
    return {"version": rule.version, **REPORTING_RULE}


def _indicator(place: Place) -> dict:
    """Another name for the indicator, which is measured already."""
    indicator = Indicator.objects.get(pk=place.ward.indicator.pk)
    return {"version": indicator.version, "name": "Số hộ nghèo đa chiều", "owner": ""}


def _project(place: Place) -> dict:
    return {"pk": place.ward.ward_project.project_id}


def _activity(place: Place) -> dict:
    return {"pk": place.ward.activity.pk}


def _activity_version(place: Place) -> dict:
    found = Activity.objects.filter(pk=place.ward.activity.pk).first()
    return {"version": found.version if found else 1}


PROCEDURE = {
    "kind": "community",
    "valid_from": "01/07/2026",
    "assessor": "Tổ đánh giá",
    "public_days": "5",
    "legal_reference": "Văn bản thử",
    "confidence": "low",
}


def _livelihood(place: Place) -> Address:
    return {"pk": place.ward.livelihood.pk}


def _livelihood_version(**more) -> Callable[[Place], dict]:
    def payload(place: Place) -> dict:
        return {"version": Livelihood.objects.get(pk=place.ward.livelihood.pk).version, **more}

    return payload


def _livelihood_step(place: Place) -> LivelihoodStep:
    return place.ward.livelihood.steps.earliest("pk")


def _livelihood_member(place: Place) -> LivelihoodMember:
    """The household that takes part."""
    return place.ward.livelihood.members.get(household=place.village.first)


def _support_kind(place: Place) -> Address:
    return {"pk": place.ward.support_kind.pk}


def _programme(place: Place) -> dict:
    return {"pk": place.ward.ward_project.project.programme_id}


SUPPORT_KIND = {
    "name": "Dê giống",
    "recipient": "household",
    "window": "programme",
    "recurrence": "once",
    "legal_reference": "Văn bản thử",
    "confidence": "high",
}
LIVELIHOOD = {"kind": "community", "name": "Nuôi dê", "year_from": "2026", "year_to": "2026"}
REPORTING_RULE = {
    "name": "Báo cáo quý",
    "period": "quarter",
    "due_day": "5",
    "months_after": "1",
    "recipient": "Tỉnh",
    "legal_reference": "Kế hoạch số 5",
    "confidence": "high",
}
PROGRAMME = {
    "kind": "national",
    "name": "Chương trình mới",
    "code": "GNBV-2021-2025",
    "levels": "Dự án\nTiểu dự án",
    "valid_from": "01/01/2021",
}
PART = {"code": "95", "official_name": "Dự án mới", "for_wards": "on"}


def _ward_project_key(place: Place) -> dict:
    return {"pk": place.ward.ward_project.pk}


def _ward_project(place: Place) -> dict:
    return {"version": WardProject.objects.get(pk=place.ward.ward_project.pk).version}


def _assignments(place: Place) -> dict:
    """A project that the ward takes on."""
    line = f"p{place.ward.idle_project.pk}"
    return {"reach": "only", f"{line}-seen": 0, f"{line}-is_taken_on": "on"}


def _village_targets(place: Place) -> dict:
    """One household left in each village, of which none had a target."""
    return {f"v{each.area.pk}-left": "1" for each in place.ward.villages}


def _targets(place: Place) -> dict:
    """Another figure for the year that has one."""
    indicator = place.ward.indicator
    standing = Target.objects.in_force().get(indicator=indicator, area=place.ward.area, year=2025)
    line = {"seen": standing.pk, "operator": "at_most", "low": "3", "note": standing.note}
    return {"reason": "Giao lại"} | {f"i{indicator.pk}-{k}": value for k, value in line.items()}


def _assigned(place: Place) -> dict:
    """What the superior asks of a year that has nothing of it yet."""
    line = {"seen": "", "operator": "at_most", "low": "3", "note": ""}
    document = {"issuer": "UBND tỉnh", "document": "QĐ 15", "issued_on": "05/01/2026"}
    return document | {f"i{place.ward.indicator.pk}-{k}": value for k, value in line.items()}


def _baseline(place: Place) -> dict:
    """Of an indicator that has none yet."""
    standard = PovertyStandard.objects.latest("valid_from")
    told = {"value": "3", "as_of": "19/11/2026", "reason": "Rà soát lại theo chuẩn mới"}
    return {"standard": standard.pk, "version": ""} | told


def _support_row(place: Place) -> Support:
    return Support.objects.filter(household=place.village.first).earliest("pk")


def _waiting_list(place: Place) -> Address:
    return {"pk": place.ward.waiting_list.pk}


def _list_version(name: str, **more) -> Callable[[Place], dict]:
    def payload(place: Place) -> dict:
        found = HandoverList.objects.get(pk=getattr(place.ward, name).pk)
        return {"version": found.version, **more}

    return payload


def _seen_lists(place: Place) -> dict:
    """The lists that a page of this moment shows last."""
    return {"seen": Handover.objects.filter(ward=place.ward.area).latest("pk").pk}


def _planned_publication(place: Place) -> dict:
    found = place.ward.publication
    return {"year": 2026, "pk": found.rule_id, "occasion": found.occasion}


def _publication_version(place: Place) -> dict:
    return {"version": Publication.objects.get(pk=place.ward.publication.pk).version}


def _support(place: Place) -> Address:
    return {"pk": _support_row(place).pk}


def single_gift(place: Place) -> dict:
    """One more of what the household has already, which takes both reasons."""
    return {
        "key": FORM_KEY,
        "kind_choice": place.ward.support_kind.pk,
        "ward_project": place.ward.ward_project.pk,
        "state": "delivered",
        "on": "19/11/2026",
        "quantity": "3",
        "confirmation": "Biên bản họp xét",
        "repeat_reason": "Đợt hai",
    }


def _need(place: Place) -> SupportNeed:
    return SupportNeed.objects.get(household=place.village.first)


def _pledge(place: Place) -> EscapePledge:
    return EscapePledge.objects.get(household=place.village.first)


def _helper(place: Place) -> HouseholdHelper:
    return _pledge(place).helpers.earliest("pk")


def _visit(place: Place) -> HelperVisit:
    return _pledge(place).visits.earliest("pk")


def _worker(place: Place) -> LowIncomeWorker:
    return LowIncomeWorker.objects.get(household=place.village.first)


def _needs(place: Place) -> dict:
    """A need that the household had before, and that has ended."""
    day = {"asked_on": "19/11/2026", "source": "officer"}
    return {"key": FORM_KEY, "chosen": [place.ward.need_kind.pk], **day}


def _insured(place: Place) -> dict:
    line = {f"p{place.village.member.pk}-insurance": "yes"}
    return {"as_of": "19/11/2026", "source": "household"} | line


def _household(place: Place) -> Address:
    return {"pk": place.village.first.pk}


def _member(place: Place) -> Address:
    return _household(place) | {"membership_pk": place.village.member.memberships.earliest("pk").pk}


def _import(place: Place) -> Address:
    """The list that is being read."""
    return {"pk": _list_being_read(place).pk}


def _import_version(place: Place) -> dict:
    return {"version": _list_being_read(place).version}


def _import_decision(place: Place) -> dict:
    return _import_version(place) | {"act": "decide", "row": 0, "decision": "skip"}


def _list_being_read(place: Place) -> ImportBatch:
    return ImportBatch.objects.get(ward=place.ward.area, file_name__endswith=".csv")


def _written_import(place: Place) -> Address:
    return {"pk": ImportBatch.objects.filter(ward=place.ward.area).earliest("pk").pk}


def _undo(place: Place) -> dict:
    batch = ImportBatch.objects.get(pk=_written_import(place)["pk"])
    return {"version": batch.version, "token": undo_effects(batch).token}


def _complaint(place: Place) -> Address:
    complaint = Complaint.objects.filter(village=place.village.area).earliest("pk")
    return _village("submitted")(place) | {"complaint_pk": complaint.pk}


def _scan(place: Place) -> Address:
    scan = MeetingScan.objects.filter(village=place.village.area).earliest("pk")
    return _village("submitted")(place) | {"scan_pk": scan.pk}


def _request_row(place: Place) -> ReviewRequest:
    return ReviewRequest.objects.filter(village=place.village.area).earliest("pk")


def _request(place: Place) -> Address:
    return {"pk": _request_row(place).pk}


def _user(place: Place) -> Address:
    return {"pk": place.ward.officer.pk}


def _grant(place: Place) -> Address:
    return _user(place) | {"grant_pk": place.ward.officer.grants.earliest("pk").pk}


def _user_version(**more) -> Callable[[Place], dict]:
    return lambda place: {"version": User.objects.get(pk=place.ward.officer.pk).version, **more}


def _role(**more) -> Callable[[Place], dict]:
    """An observer's role in the place's ward, and the version of the user it may be given to."""

    def payload(place: Place) -> dict:
        given = {"role": "observer", "area": place.ward.area.pk, "valid_from": "20/11/2026"}
        return given | {"key": FORM_KEY} | more

    return payload


def _act(**more) -> Callable[[Place], dict]:
    """The version of the household as it stands now, and a key of a form of its own."""

    def payload(place: Place) -> dict:
        household = Household.objects.get(pk=place.village.first.pk)
        shown = {"version": household.version, "key": FORM_KEY, "on": "19/11/2026"}
        return shown | more

    return payload


def _relations(place: Place, *, member: str, head: str = "") -> dict:
    rows = place.village.first.memberships.all()
    chosen = {row.pk: head if row.is_head else member for row in rows}
    return {f"relation_{pk}": relation for pk, relation in chosen.items() if relation}


def _new_head(place: Place) -> dict:
    confirmed = _act(unusual_reason="Đã đối chiếu giấy tờ.")(place)
    return confirmed | _relations(place, member="head", head="parent")


def _split(place: Place) -> dict:
    new = {"code": "HN-999", "village": place.village.area.pk}
    return _act(**new)(place) | _relations(place, member="head")


def _without_village(place: Place) -> dict:
    entry = {"kind": "registered", "code": "HN-998", "opened_on": "19/11/2026"}
    return PERSON | entry | {"key": FORM_KEY}


# Every answer is undone, so one key serves every form.
FORM_KEY = "6f3c1a52-3f0e-4b8f-9d59-0a1f6f2f7c11"
PERSON = {"full_name": "Người Mới", "relation": "child", "birth": "19/11/2026", "sex": "male"}

FIGURES = {"households": "7000", "persons": "29000", "origin": "Công an phường"}
TOTAL = {"on": "30/06/2026", "origin": "Công an phường", "key": FORM_KEY}
WARD = {
    "province_code": "51",
    "province_name": "Tỉnh Mới",
    "code": "23284",
    "name": "Phường Mới",
    "setting": "urban",
}

ENDED_TODAY = {"on": "19/11/2026", "reason": "Thử lại"}
PLEDGED = {"year": "2026", "pledged_on": "19/11/2026", "commitment": "Nuôi bò"}
REASON = {"reason": "Đính chính theo biên bản họp thôn"}

PATTERNS: dict[str, Pattern] = {
    "core:home": Pattern(status=302, shows=False),
    "core:login": Pattern(
        methods=frozenset({"GET", "HEAD", "POST", "PUT", "OPTIONS"}), shows=False
    ),
    "core:login_code": Pattern(methods=FORM_WITHOUT_HEAD, status=302, shows=False),
    "core:logout": Pattern(methods=frozenset({"POST", "OPTIONS"}), shows=False),
    # A key of nobody: whose form comes back to whom is tested with the sessions.
    "core:kept_form": Pattern(
        methods=FORM, address=lambda place: {"key": uuid4()}, status=404, posted=404, shows=False
    ),
    # A job of nobody: who sees whose work is tested with the jobs.
    "core:job_detail": Pattern(address=lambda place: {"pk": MISSING}, status=404, shows=False),
    "core:job_file": Pattern(address=lambda place: {"pk": MISSING}, status=404, shows=False),
    "core:job_restart": Pattern(
        methods=POST_ALONE, address=lambda place: {"pk": MISSING}, posted=404, shows=False
    ),
    "core:password_change": Pattern(methods=FORM_WITHOUT_HEAD, posted=200, shows=False),
    "core:second_factor": Pattern(methods=FORM_WITHOUT_HEAD, posted=200, shows=False),
    "core:healthz": Pattern(shows=False),
    "core:styleguide": Pattern(shows=False, is_invented=True),
    "core:audit_list": Pattern(),
    "core:audit_detail": Pattern(
        reach="ward", address=lambda place: {"pk": place.ward.events["plain"].pk}
    ),
    "core:access_list": Pattern(),
    "core:settings_list": Pattern(shows=False),
    # Wards exist: nobody of this world may set up the first one.
    "core:ward_new": Pattern(
        methods=FORM,
        payload=lambda place: WARD | {"key": FORM_KEY},
        status=403,
        posted=422,
        shows=False,
    ),
    "core:ward_detail": Pattern(),
    # The reason is missing, which each keeper of a ward is told.
    "core:ward_edit": Pattern(methods=FORM, payload=lambda place: WARD, posted=422),
    "core:period_list": Pattern(),
    "core:period_lock": Pattern(
        methods=FORM, payload=lambda place: {"period": "2022", "reason": "Đã báo cáo"}
    ),
    "core:period_release": Pattern(
        methods=FORM,
        reach="ward",
        address=lambda place: {"pk": place.ward.lock.pk},
        payload=lambda place: REASON,
    ),
    "core:unit_list": Pattern(),
    "core:unit_detail": Pattern(reach="ward", address=_unit),
    "core:unit_new": Pattern(
        methods=FORM,
        payload=lambda place: {"name": "Phòng Mới", "kind": "department", "key": FORM_KEY},
    ),
    "core:unit_paste": Pattern(
        methods=FORM,
        payload=lambda place: {"rows": "Phòng Mới", "kind": "department", "key": FORM_KEY},
        shows=False,
    ),
    "core:unit_edit": Pattern(
        methods=FORM,
        reach="ward",
        address=_unit,
        payload=lambda place: {
            "version": place.ward.unit.version,
            "name": "Phòng Mới",
            "kind": "department",
            **REASON,
        },
    ),
    "core:unit_end": Pattern(
        # It leads projects and nothing takes over: the form is answered with that sentence.
        methods=FORM,
        reach="ward",
        address=_unit,
        payload=lambda place: {
            "version": place.ward.unit.version,
            "last_day": "19/11/2026",
            **REASON,
        },
        posted=422,
    ),
    "core:user_list": Pattern(),
    "core:user_detail": Pattern(reach="ward", address=_user),
    # The area is one of the first ward: to the administrator of another it is none of theirs.
    "core:user_new": Pattern(
        methods=FORM,
        payload=_role(full_name="Người Mới", username="nguoi.moi", area=""),
        posted=422,
    ),
    "core:role_grant": Pattern(
        methods=FORM,
        reach="ward",
        address=_user,
        payload=lambda place: _user_version()(place) | _role()(place),
    ),
    "core:role_end": Pattern(
        methods=FORM, reach="ward", address=_grant, payload=_user_version(last_day="30/11/2026")
    ),
    "core:password_issue": Pattern(
        methods=FORM, reach="ward", address=_user, payload=_user_version(), posted=200
    ),
    # The officer has no second factor and is not disabled: the form is answered with that.
    "core:device_remove": Pattern(
        methods=FORM,
        reach="ward",
        address=_user,
        payload=_user_version(**REASON, own_password=PASSWORD),
        posted=422,
    ),
    "core:user_disable": Pattern(
        methods=FORM, reach="ward", address=_user, payload=_user_version(**REASON)
    ),
    "core:user_enable": Pattern(
        methods=FORM, reach="ward", address=_user, payload=_user_version(), posted=422
    ),
    "households:household_list": Pattern(),
    "households:household_detail": Pattern(
        reach="village", address=lambda place: {"pk": place.village.first.pk}
    ),
    "households:reveal_citizen_id": Pattern(
        methods=FORM_WITHOUT_HEAD,
        reach="village",
        address=lambda place: {
            "pk": place.village.first.pk,
            "person_pk": place.village.member.pk,
        },
        payload=lambda place: {"purpose": "review"},
        posted=200,
    ),
    # The village is one of the first ward: to a coordinator of another it is none of theirs.
    "households:household_new": Pattern(methods=FORM, payload=_without_village, posted=422),
    "households:household_edit": Pattern(
        methods=FORM, reach="village", address=_household, payload=_act(code="HN-997")
    ),
    "households:household_events": Pattern(reach="village", address=_household),
    "households:event_correct": Pattern(
        methods=FORM,
        reach="village",
        address=lambda place: {
            "pk": place.village.first.pk,
            "event_pk": place.village.first.events.earliest("pk").pk,
        },
        payload=_act(
            decision="correct", on="17/05/2026", document="Giấy số 9", reason="Nhầm giấy tờ."
        ),
    ),
    "households:household_split": Pattern(
        methods=FORM, reach="village", address=_household, payload=_split
    ),
    "households:household_merge": Pattern(
        # The household that is merged in is chosen by the address; here none is.
        methods=FORM,
        reach="village",
        address=_household,
        payload=_act(),
        posted=200,
    ),
    "households:household_close": Pattern(
        methods=FORM, reach="village", address=_household, payload=_act(reason="moved_out")
    ),
    "households:household_reopen": Pattern(
        # The households of the world are in the register: there is nothing to take back.
        methods=FORM,
        reach="village",
        address=_household,
        payload=_act(reason="Ghi nhầm"),
        posted=422,
    ),
    "households:household_village": Pattern(
        methods=FORM,
        reach="village",
        address=_household,
        payload=lambda place: _act(
            village=next(
                village.area.pk for village in place.ward.villages if village != place.village
            )
        )(place),
    ),
    "households:head_change": Pattern(
        methods=FORM, reach="village", address=_household, payload=_new_head
    ),
    "households:member_add": Pattern(
        methods=FORM, reach="village", address=_household, payload=_act(**PERSON)
    ),
    "households:birth_add": Pattern(
        methods=FORM, reach="village", address=_household, payload=_act(**PERSON)
    ),
    "households:member_edit": Pattern(
        methods=FORM,
        reach="village",
        address=_member,
        # The invented number says something else than this person, which would be asked about.
        payload=_act(**(PERSON | {"birth": "01/01/2000"}), forgets_number="on"),
    ),
    "households:number_list": Pattern(shows=False),
    "households:number_settle": Pattern(
        methods=FORM,
        reach="village",
        address=lambda place: {"pk": _member(place)["membership_pk"]},
        payload=lambda place: {
            "version": _act()(place)["version"],
            "outcome": "wrong",
            "document": "Thẻ căn cước",
        },
    ),
    "households:member_move": Pattern(
        methods=FORM,
        reach="village",
        address=_member,
        payload=lambda place: _act(target=place.village.second.code, relation="child")(place),
    ),
    "households:member_leave": Pattern(
        methods=FORM, reach="village", address=_member, payload=_act(kind="death")
    ),
    "households:village_list": Pattern(),
    "households:holiday_list": Pattern(),
    "households:holiday_new": Pattern(
        methods=FORM,
        payload=lambda place: {"kind": "off", "name": "Nghỉ bù", "first": "23/11/2026"},
        shows=False,
    ),
    "households:holiday_proposals": Pattern(
        methods=FORM,
        payload=lambda place: {
            "take_2026-02-16": "on",
            "name_2026-02-16": "Tết Nguyên đán",
            "legal_reference": "Thông báo 1/TB-UBND",
        },
        shows=False,
    ),
    "households:holiday_remove": Pattern(
        methods=FORM,
        reach="ward",
        address=lambda place: {"pk": place.ward.holiday.pk},
    ),
    "households:population_list": Pattern(),
    "households:population_area": Pattern(
        reach="ward", address=lambda place: {"pk": place.ward.area.pk}
    ),
    # The area is one of the first ward: to a keeper of another it is none of theirs.
    "households:population_new": Pattern(methods=FORM, payload=_total, posted=422),
    "households:population_paste": Pattern(
        methods=FORM,
        payload=lambda place: {"rows": "Tổng cộng\t7000\t29000", **TOTAL},
        shows=False,
    ),
    "households:population_edit": Pattern(
        methods=FORM,
        reach="ward",
        address=_total_row,
        payload=lambda place: {"version": place.ward.total.version, **FIGURES, **REASON},
    ),
    "households:population_remove": Pattern(
        methods=FORM,
        reach="ward",
        address=_total_row,
        payload=lambda place: {"version": place.ward.total.version, **REASON},
    ),
    "households:village_detail": Pattern(reach="ward", address=_village_alone),
    "households:village_new": Pattern(
        methods=FORM,
        payload=lambda place: {"name": "Thôn Mới", "setting": "urban", "key": FORM_KEY},
        shows=False,
    ),
    "households:village_paste": Pattern(
        methods=FORM,
        payload=lambda place: {"rows": "Thôn Mới", "setting": "urban", "key": FORM_KEY},
        shows=False,
    ),
    "households:village_edit": Pattern(
        methods=FORM,
        reach="ward",
        address=_village_alone,
        payload=lambda place: {
            "version": place.village.area.version,
            "code": "999",
            "setting": place.village.area.setting,
            "order": "7",
            **REASON,
        },
    ),
    "households:village_rename": Pattern(
        methods=FORM,
        reach="ward",
        address=_village_alone,
        payload=lambda place: {
            "name": "Thôn Mới",
            "seen_name": place.village.area.name,
            "on": "19/11/2026",
            **REASON,
        },
    ),
    "households:village_split": Pattern(
        # The village is under review: the form is answered with that sentence.
        methods=FORM,
        reach="ward",
        address=_village_alone,
        payload=lambda place: {
            "version": place.village.area.version,
            "first_name": "Thôn Trên",
            "first_setting": "rural",
            "second_name": "Thôn Dưới",
            "second_setting": "rural",
            "on": "19/11/2026",
            **REASON,
        },
        posted=422,
    ),
    "households:village_end": Pattern(
        # There are households in it: the form is answered with that sentence.
        methods=FORM,
        reach="ward",
        address=_village_alone,
        payload=lambda place: {
            "version": place.village.area.version,
            "last_day": "19/11/2026",
            **REASON,
        },
        posted=422,
    ),
    "households:village_merge": Pattern(
        # The villages are under review: the form is answered with that sentence.
        methods=FORM,
        payload=lambda place: {
            "villages": [village.area.pk for village in place.ward.villages],
            "name": "Thôn Mới",
            "setting": "urban",
            "on": "19/11/2026",
        },
        posted=422,
    ),
    "households:window_list": Pattern(),
    "households:window_anchor": Pattern(
        methods=FORM_WITHOUT_HEAD,
        reach="village",
        address=lambda place: {"pk": place.village.second.statuses.get().pk},
        # The first spell of a household opens no window: the service says so in the form.
        payload=lambda place: {"anchor_on": "01/01/2025", **REASON},
        posted=422,
    ),
    "households:window_export": Pattern(
        methods=FORM_WITHOUT_HEAD,
        payload=lambda place: {"purpose": "report"},
        posted=200,
        shows=False,
    ),
    "households:fact_list": Pattern(),
    "households:fact_household": Pattern(
        methods=FORM,
        reach="village",
        address=lambda place: {"pk": place.village.first.pk},
        payload=_insured,
    ),
    # The village of the address; nothing is said of anybody.
    "households:fact_village": Pattern(
        methods=FORM,
        reach="village",
        address=lambda place: {"pk": place.village.area.pk},
        payload=lambda place: {"as_of": "19/11/2026", "source": "household"},
        posted=422,
    ),
    "households:fact_export": Pattern(
        methods=FORM_WITHOUT_HEAD,
        payload=lambda place: {"purpose": "report"},
        posted=200,
        shows=False,
    ),
    "households:need_list": Pattern(),
    "households:need_household": Pattern(
        methods=FORM,
        reach="village",
        address=lambda place: {"pk": place.village.second.pk},
        payload=_needs,
    ),
    # The village of the address; nothing is ticked.
    "households:need_village": Pattern(
        methods=FORM,
        reach="village",
        address=lambda place: {"pk": place.village.area.pk},
        payload=lambda place: {"key": FORM_KEY, "asked_on": "19/11/2026", "source": "officer"},
        posted=422,
    ),
    "households:need_end": Pattern(
        methods=FORM,
        reach="village",
        address=lambda place: {"pk": _need(place).pk},
        payload=lambda place: (
            {
                "version": _need(place).version,
                "outcome": "served",
                "on": "19/11/2026",
            }
            | REASON
        ),
    ),
    "households:need_export": Pattern(
        methods=FORM_WITHOUT_HEAD,
        payload=lambda place: {"purpose": "report"},
        posted=200,
        shows=False,
    ),
    "households:need_kind_list": Pattern(),
    "households:need_kind_new": Pattern(
        methods=FORM, payload=lambda place: {"name": "Nuôi ong"}, shows=False
    ),
    "households:need_kind_edit": Pattern(
        methods=FORM,
        reach="ward",
        address=lambda place: {"pk": place.ward.need_kind.pk},
        payload=lambda place: {
            "name": "Nuôi ong",
            "version": NeedKind.objects.get(pk=place.ward.need_kind.pk).version,
        },
    ),
    "households:worker_list": Pattern(),
    # Somebody listed already, which is told whoever may post.
    "households:worker_new": Pattern(
        methods=FORM,
        reach="village",
        address=_household,
        payload=lambda place: {
            "key": FORM_KEY,
            "person": place.village.member.memberships.earliest("pk").pk,
            "recognised_on": "19/11/2026",
            "document": "Danh sách",
        },
        posted=422,
    ),
    "households:worker_end": Pattern(
        methods=FORM,
        reach="village",
        address=lambda place: {"pk": _worker(place).pk},
        payload=lambda place: ENDED_TODAY | {"version": _worker(place).version},
    ),
    "households:worker_export": Pattern(
        methods=FORM_WITHOUT_HEAD,
        payload=lambda place: {"purpose": "report"},
        posted=200,
        shows=False,
    ),
    **{
        f"households:{register}_{view}": pattern
        for register in ("worker_register", "need_register", "fact_register")
        for view, pattern in _register_patterns(None)
    },
    "households:pledge_list": Pattern(),
    "households:pledge_detail": Pattern(
        reach="village", address=lambda place: {"pk": _pledge(place).pk}
    ),
    "households:pledge_new": Pattern(
        methods=FORM,
        reach="village",
        address=lambda place: {"pk": place.village.second.pk},
        payload=lambda place: PLEDGED | {"key": FORM_KEY},
    ),
    "households:pledge_edit": Pattern(
        methods=FORM,
        reach="village",
        address=lambda place: {"pk": _pledge(place).pk},
        payload=lambda place: (
            PLEDGED
            | {"pledged_on": "02/03/2026", "version": _pledge(place).version, "key": FORM_KEY}
        ),
    ),
    "households:pledge_withdraw": Pattern(
        methods=FORM,
        reach="village",
        address=lambda place: {"pk": _pledge(place).pk},
        payload=lambda place: ENDED_TODAY | {"version": _pledge(place).version},
    ),
    "households:helper_new": Pattern(
        methods=FORM,
        reach="village",
        address=lambda place: {"pk": _pledge(place).pk},
        payload=lambda place: {
            "key": FORM_KEY,
            "name": "Lê Thị Hoa",
            "unit": place.ward.unit.pk,
            "task": "Hướng dẫn chăn nuôi",
            "from_on": "19/11/2026",
        },
    ),
    "households:helper_end": Pattern(
        methods=FORM,
        reach="village",
        address=lambda place: {"pk": _helper(place).pk},
        payload=lambda place: ENDED_TODAY | {"version": _helper(place).version},
    ),
    "households:visit_new": Pattern(
        methods=FORM,
        reach="village",
        address=lambda place: {"pk": _pledge(place).pk},
        payload=lambda place: {
            "key": FORM_KEY,
            "visited_on": "19/11/2026",
            "note": "Bò khỏe",
        },
    ),
    "households:visit_withdraw": Pattern(
        methods=FORM,
        reach="village",
        address=lambda place: {"pk": _visit(place).pk},
        payload=lambda place: {"version": _visit(place).version} | REASON,
    ),
    "households:pledge_export": Pattern(
        methods=FORM_WITHOUT_HEAD,
        payload=lambda place: {"purpose": "report"},
        posted=200,
        shows=False,
    ),
    "households:quality": Pattern(shows=False),
    "households:household_export": Pattern(
        methods=FORM,
        payload=lambda place: {"layout": "members", "purpose": "report"},
        posted=200,
    ),
    "households:import_list": Pattern(methods=FORM, posted=422),
    "households:import_template": Pattern(shows=False),
    "households:import_sheets": Pattern(
        methods=FORM, reach="ward", address=_import, payload=_import_version, posted=422
    ),
    "households:import_columns": Pattern(
        methods=FORM, reach="ward", address=_import, payload=_import_version, posted=422
    ),
    "households:import_rows": Pattern(
        methods=FORM, reach="ward", address=_import, payload=_import_decision
    ),
    "households:import_preview": Pattern(
        methods=FORM, reach="ward", address=_import, payload=_import_version
    ),
    "households:import_result": Pattern(reach="ward", address=_written_import),
    "households:import_undo": Pattern(
        # It was written too long ago: the page says so, and a post is told so.
        methods=FORM,
        reach="ward",
        address=_written_import,
        payload=_undo,
        posted=422,
    ),
    "households:import_report": Pattern(
        methods=POST_ALONE, reach="ward", address=_import, posted=200
    ),
    "households:campaign_open": Pattern(methods=FORM, posted=422, shows=False),
    # The campaigns follow no procedure that asks for these steps: a post is told so.
    "households:village_meeting": Pattern(
        methods=FORM, reach="village", address=_village("submitted"), posted=422
    ),
    "households:request_list": Pattern(),
    # The village is one of the first ward: to somebody of another it is none of theirs.
    "households:request_new": Pattern(
        methods=FORM, payload=lambda place: {"kind": "review"}, posted=422, shows=False
    ),
    "households:request_link": Pattern(
        methods=FORM,
        reach="village",
        address=_request,
        payload=lambda place: {
            "version": _request_row(place).version,
            "household_code": place.village.second.code,
        },
    ),
    "households:request_close": Pattern(
        methods=FORM,
        reach="village",
        address=_request,
        payload=lambda place: {"version": _request_row(place).version} | REASON,
    ),
    # No file comes along: a post is told so.
    "households:village_scans": Pattern(
        methods=FORM, reach="village", address=_village("submitted"), posted=422
    ),
    "households:scan_file": Pattern(reach="village", address=_scan),
    # The results are handed in, and nothing is taken away any more.
    "households:scan_remove": Pattern(
        methods=FORM, reach="village", address=_scan, payload=lambda place: REASON, posted=422
    ),
    "households:village_posting": Pattern(
        methods=FORM,
        reach="village",
        address=_village("submitted"),
        payload=lambda place: {"version": 1},
        posted=422,
    ),
    "households:village_complaints": Pattern(
        methods=FORM,
        reach="village",
        address=_village("submitted"),
        payload=lambda place: {"version": 1},
        posted=422,
    ),
    "households:complaint_answer": Pattern(
        methods=FORM,
        reach="village",
        address=_complaint,
        payload=lambda place: {"version": 1},
        posted=422,
    ),
    "households:campaign_list": Pattern(),
    "households:campaign_overview": Pattern(reach="ward", address=_campaign("open")),
    "households:campaign_overview_excel": Pattern(reach="ward", address=_campaign("open")),
    "households:campaign_submit": Pattern(
        methods=FORM,
        reach="ward",
        address=_campaign("finished"),
        payload=_version_of("finished"),
    ),
    "households:campaign_recognise": Pattern(
        methods=FORM,
        reach="ward",
        address=_campaign("submitted"),
        payload=_version_of(
            "submitted",
            number="300/QĐ-UBND",
            decided_on="19/11/2026",
            signer_title="Chủ tịch",
            signer_name="Y Ký",
        ),
    ),
    # Every household of the world has its form already, so that nothing is left to decide.
    "households:campaign_unlisted": Pattern(
        methods=FORM,
        reach="ward",
        address=_campaign("open"),
        payload=lambda place: {
            "other": place.village.first.code,
            "decision": "leave_out",
            "reason": "Chỉ tạm trú.",
        },
        posted=422,
        shows=False,
    ),
    "households:campaign_return": Pattern(
        methods=FORM,
        reach="ward",
        address=_campaign("submitted"),
        payload=_version_of("submitted", **REASON),
    ),
    "households:campaign_cancel": Pattern(
        methods=FORM,
        reach="ward",
        address=_campaign("finished"),
        payload=_version_of("finished", **REASON),
    ),
    "households:campaign_cancel_decide": Pattern(
        methods=FORM,
        reach="ward",
        address=_campaign("open"),
        payload=_version_of("open", decision="decline", **REASON),
    ),
    "households:campaign_reopen": Pattern(
        methods=FORM,
        reach="ward",
        address=_campaign("recognised"),
        payload=_version_of("recognised", **REASON),
    ),
    "households:campaign_version": Pattern(
        reach="ward",
        address=lambda place: {"pk": place.ward.campaigns["recognised"].pk, "number": 1},
    ),
    "households:village_reviews": Pattern(reach="village", address=_village("open")),
    "households:review_grid": Pattern(
        methods=FORM, reach="village", address=_village("open"), payload=_grid_line
    ),
    "households:review_grid_save": Pattern(
        methods=frozenset({"POST"}),
        reach="village",
        address=_village("open"),
        payload=_grid_message,
        posted=200,
        shows=False,
    ),
    "households:review_grid_details": Pattern(
        reach="village",
        address=lambda place: _village("open")(place) | {"review_pk": _open_review(place).pk},
    ),
    "households:review_grid_print": Pattern(reach="village", address=_village("open")),
    "households:phone_list": Pattern(reach="ward", address=_campaign("open")),
    "households:phone_step": Pattern(
        methods=FORM,
        reach="village",
        address=lambda place: {
            "pk": place.ward.campaigns["open"].pk,
            "household_pk": place.village.first.pk,
            "step": 1,
        },
        payload=lambda place: {"client_id": str(uuid4())},
    ),
    "households:village_finish": Pattern(
        methods=FORM, reach="village", address=_village("ready"), payload=_village_version("ready")
    ),
    "households:village_reviewer": Pattern(
        methods=FORM, reach="village", address=_village("ready"), payload=_village_version("ready")
    ),
    "households:village_reopen": Pattern(
        methods=FORM,
        reach="village",
        address=_village("finished"),
        payload=_village_version("finished", **REASON),
    ),
    "households:review_edit": Pattern(
        methods=FORM,
        reach="village",
        address=lambda place: {
            "pk": place.ward.campaigns["open"].pk,
            "household_pk": place.village.first.pk,
        },
        payload=_review,
    ),
    "projects:project_list": Pattern(),
    "projects:project_detail": Pattern(address=_project),
    "projects:project_new": Pattern(
        methods=FORM,
        address=lambda place: {"pk": place.ward.idle_project.pk, "year": 2026},
        payload=lambda place: {"year_from": "2026", "year_to": "2026"},
        shows=False,
    ),
    "projects:project_edit": Pattern(
        methods=FORM,
        reach="ward",
        address=_ward_project_key,
        payload=lambda place: _ward_project(place) | {"year_from": "2025", "year_to": "2029"},
    ),
    "projects:project_leave": Pattern(
        methods=FORM,
        reach="ward",
        # The last year of its term, in which nothing was planned, paid or given.
        address=lambda place: _ward_project_key(place) | {"year": 2030},
        payload=_ward_project,
    ),
    "projects:unit_work": Pattern(),
    "projects:activity_new": Pattern(
        methods=FORM,
        reach="ward",
        address=lambda place: _ward_project_key(place) | {"year": 2026},
        payload=lambda place: {"key": FORM_KEY, "name": "Tập huấn"},
        shows=False,
    ),
    "projects:activity_edit": Pattern(
        methods=FORM,
        reach="ward",
        address=_activity,
        payload=lambda place: _activity_version(place) | {"name": "Tập huấn"},
    ),
    "projects:activity_report": Pattern(
        methods=FORM,
        reach="ward",
        address=_activity,
        payload=lambda place: _activity_version(place) | {"done_on": "02/01/2026"},
    ),
    "projects:activity_remove": Pattern(
        methods=FORM,
        reach="ward",
        address=_activity,
        payload=lambda place: _activity_version(place) | {"reason": "Không làm nữa"},
    ),
    "projects:programme_list": Pattern(shows=False),
    "projects:programme_detail": Pattern(address=_programme, shows=False),
    # The world has a second ward, whose administrator has to agree.
    "projects:programme_new": Pattern(
        methods=FORM, payload=lambda place: PROGRAMME | {"code": "MOI"}, posted=422, shows=False
    ),
    "projects:programme_edit": Pattern(
        methods=FORM,
        address=_programme,
        payload=lambda place: PROGRAMME | {"version": 1},
        posted=422,
        shows=False,
    ),
    "projects:part_new": Pattern(
        methods=FORM, address=_programme, payload=lambda place: PART, posted=422, shows=False
    ),
    "projects:part_below": Pattern(
        methods=FORM, address=_project, payload=lambda place: PART, posted=422, shows=False
    ),
    "projects:part_edit": Pattern(
        methods=FORM,
        address=_project,
        payload=lambda place: PART | {"version": 1},
        posted=422,
        shows=False,
    ),
    "projects:assignment_year": Pattern(
        methods=FORM, address=lambda place: {"year": 2026}, payload=_assignments
    ),
    "projects:assignment_copy": Pattern(
        methods=POST_ALONE, address=lambda place: {"year": 2031}, shows=False
    ),
    **{
        f"projects:{register}_{view}": pattern
        for register, export in REGISTERS.items()
        for view, pattern in _register_patterns(export)
    },
    "projects:duty_list": Pattern(),
    "projects:duty_new": Pattern(
        methods=FORM,
        payload=lambda place: {
            "key": FORM_KEY,
            "duty": "money",
            "unit": place.ward.unit.pk,
            "valid_from": "19/11/2026",
        },
    ),
    "projects:duty_end": Pattern(
        methods=FORM,
        reach="ward",
        address=lambda place: {"pk": place.ward.duty.pk},
        payload=lambda place: {
            "version": UnitDuty.objects.get(pk=place.ward.duty.pk).version,
            "last_day": "19/11/2026",
            **REASON,
        },
    ),
    "projects:donation_list": Pattern(),
    "projects:donation_new": Pattern(
        methods=FORM,
        payload=lambda place: {
            "key": FORM_KEY,
            "way": "in",
            "fund": "for_the_poor",
            "amount": "5.000.000",
            "dated": "19/11/2026",
            "party": "Công ty B",
            "purpose": "Ủng hộ",
        },
        shows=False,
    ),
    "projects:donation_reverse": Pattern(
        methods=FORM,
        reach="ward",
        address=lambda place: {"pk": place.ward.donation.pk},
        payload=lambda place: REASON,
    ),
    "projects:livelihood_procedure_list": Pattern(shows=False),
    "projects:livelihood_procedure_new": Pattern(
        methods=FORM, payload=lambda place: PROCEDURE, posted=422, shows=False
    ),
    "projects:livelihood_procedure_edit": Pattern(
        methods=FORM,
        address=lambda place: {"pk": place.ward.procedure.pk},
        payload=lambda place: PROCEDURE | {"version": 1},
        posted=422,
        shows=False,
    ),
    "projects:livelihood_list": Pattern(),
    "projects:livelihood_detail": Pattern(reach="ward", address=_livelihood),
    "projects:livelihood_new": Pattern(
        methods=FORM,
        reach="ward",
        address=lambda place: _ward_project_key(place) | {"year": 2026},
        payload=lambda place: LIVELIHOOD | {"key": FORM_KEY},
        shows=False,
    ),
    "projects:livelihood_edit": Pattern(
        methods=FORM,
        reach="ward",
        address=_livelihood,
        payload=_livelihood_version(**LIVELIHOOD),
    ),
    "projects:livelihood_stop": Pattern(
        methods=FORM,
        reach="ward",
        address=_livelihood,
        payload=_livelihood_version(on="19/11/2026", reason="Dịch bệnh"),
    ),
    "projects:livelihood_step": Pattern(
        methods=FORM,
        reach="ward",
        address=_livelihood,
        payload=lambda place: {
            "key": FORM_KEY,
            "stage": "meeting",
            "on": "19/11/2026",
            "document": "Biên bản",
        },
    ),
    "projects:livelihood_step_withdraw": Pattern(
        methods=FORM,
        reach="ward",
        address=lambda place: {"pk": _livelihood_step(place).pk},
        payload=lambda place: {"version": _livelihood_step(place).version} | REASON,
    ),
    "projects:livelihood_member_new": Pattern(
        methods=FORM,
        reach="ward",
        address=_livelihood,
        payload=lambda place: {
            "key": FORM_KEY,
            "name": "Hợp tác xã",
            "joined_on": "19/11/2026",
        },
    ),
    "projects:livelihood_member_end": Pattern(
        methods=FORM,
        reach="village",
        address=lambda place: {"pk": _livelihood_member(place).pk},
        payload=lambda place: ENDED_TODAY | {"version": _livelihood_member(place).version},
    ),
    "projects:money_year": Pattern(),
    "projects:money_project": Pattern(reach="ward", address=_money_of_project),
    "projects:entry_new": Pattern(
        methods=FORM, reach="ward", address=_money_of_project, payload=_entry
    ),
    "projects:money_export": Pattern(),
    "projects:money_template": Pattern(shows=False),
    # The file is missing, which is told whoever may post.
    "projects:money_import": Pattern(
        methods=FORM, payload=lambda place: {"file": ""}, posted=422, shows=False
    ),
    # A preview that nobody made is told whoever may post.
    "projects:money_import_save": Pattern(
        methods=POST_ALONE, payload=lambda place: {"table": "x"}, posted=422, shows=False
    ),
    "projects:entry_reverse": Pattern(
        methods=FORM,
        reach="ward",
        address=lambda place: {"pk": place.ward.entry.pk},
        payload=lambda place: REASON,
    ),
    "projects:handover_list": Pattern(),
    "projects:handover_detail": Pattern(reach="ward", address=_waiting_list),
    "projects:handover_make": Pattern(methods=POST_ALONE, payload=_seen_lists, shows=False),
    "projects:handover_send": Pattern(
        methods=FORM,
        reach="ward",
        address=_waiting_list,
        payload=_list_version("waiting_list", sent_on="20/11/2026", sent_to="Bảo hiểm xã hội"),
    ),
    "projects:handover_answer": Pattern(
        methods=FORM,
        reach="ward",
        address=lambda place: {"pk": place.ward.sent_list.pk},
        payload=_list_version("sent_list", answered_on="20/11/2026", answer="Đã cấp"),
    ),
    "projects:publicity_plan": Pattern(),
    "projects:publication_list": Pattern(),
    "projects:publicity_supports": Pattern(),
    "projects:publication_new": Pattern(
        methods=FORM,
        reach="ward",
        address=_planned_publication,
        payload=lambda place: {
            "key": FORM_KEY,
            "posted_from": "20/11/2026",
            "evidence": "Biên bản niêm yết",
        },
    ),
    "projects:publication_withdraw": Pattern(
        methods=FORM,
        reach="ward",
        address=lambda place: {"pk": place.ward.publication.pk},
        payload=lambda place: _publication_version(place) | REASON,
    ),
    "reports:publicity_file": Pattern(
        methods=POST_ALONE,
        address=lambda place: {
            "listing": "publications",
            "year": 2026,
            "quarter": 4,
            "ending": "xlsx",
        },
        posted=200,
    ),
    "reports:pledge_paper": Pattern(
        methods=POST_ALONE,
        reach="village",
        address=lambda place: {"pk": _pledge(place).pk, "ending": "docx"},
        posted=200,
    ),
    "reports:receipt_sheet": Pattern(shows=False),
    # Nothing is left out of the ward's supports of the year, of which there is one.
    "reports:receipt_file": Pattern(
        methods=POST_ALONE, address=lambda place: {"ending": "xlsx"}, posted=200
    ),
    "reports:handover_file": Pattern(
        methods=POST_ALONE,
        reach="ward",
        address=lambda place: _waiting_list(place) | {"ending": "xlsx"},
        posted=200,
    ),
    "projects:support_list": Pattern(),
    "projects:need_gap": Pattern(shows=False),
    # Nothing is ticked.
    "projects:need_met": Pattern(methods=FORM, posted=422, shows=False),
    "projects:support_kinds": Pattern(shows=False),
    "projects:support_kind_detail": Pattern(address=_support_kind, shows=False),
    # The world has a second ward, whose administrator has to agree.
    "projects:support_kind_new": Pattern(
        methods=FORM,
        payload=lambda place: SUPPORT_KIND | {"code": "de-giong"},
        posted=422,
        shows=False,
    ),
    "projects:support_kind_edit": Pattern(
        methods=FORM,
        address=_support_kind,
        payload=lambda place: SUPPORT_KIND | {"version": 1},
        posted=422,
        shows=False,
    ),
    "projects:support_detail": Pattern(reach="village", address=_support),
    "projects:support_export": Pattern(
        methods=FORM_WITHOUT_HEAD,
        payload=lambda place: {"purpose": "report"},
        posted=200,
        shows=False,
    ),
    # The kind is missing, which is told whoever may post.
    "projects:support_new": Pattern(
        methods=FORM, payload=lambda place: {"key": FORM_KEY}, posted=422
    ),
    "projects:support_household": Pattern(
        methods=FORM, reach="village", address=_household, payload=single_gift
    ),
    # The address says for what and for when the list is; here it says nothing.
    "projects:support_batch": Pattern(methods=FORM, posted=200, shows=False),
    # Nothing is ticked.
    "projects:support_deliver": Pattern(
        methods=FORM, payload=lambda place: {"on": "19/11/2026"}, posted=422
    ),
    "projects:support_acknowledge": Pattern(
        methods=FORM, payload=lambda place: {"on": "19/11/2026"}, posted=422
    ),
    "projects:support_withdraw": Pattern(
        methods=FORM,
        reach="village",
        address=_support,
        payload=lambda place: {"version": _support_row(place).version} | REASON,
    ),
    "reports:todo": Pattern(shows=False),
    # A key of no line: which lines are put away is tested with the list.
    "reports:todo_finish": Pattern(
        methods=POST_ALONE, payload=lambda place: {"key": "x"}, shows=False
    ),
    "reports:todo_restore": Pattern(methods=POST_ALONE, shows=False),
    "reports:form_list": Pattern(shows=False),
    "reports:matrix": Pattern(shows=False),
    "reports:table_detail": Pattern(address=lambda place: {"number": 1}),
    "reports:table_excel": Pattern(address=lambda place: {"number": 1}),
    "reports:blank_table": Pattern(address=lambda place: {"number": 15, "ending": "docx"}),
    "reports:table_docx": Pattern(address=lambda place: {"number": 1}),
    "reports:table_pdf": Pattern(address=lambda place: {"number": 1}, is_slow=True, shows=False),
    "reports:person_table": Pattern(address=lambda place: {"number": 15}),
    "reports:person_table_excel": Pattern(
        methods=POST_ALONE,
        address=lambda place: {"number": 15},
        payload=lambda place: {"purpose": "report"},
        posted=200,
    ),
    "reports:person_table_pdf": Pattern(
        methods=POST_ALONE,
        address=lambda place: {"number": 15},
        payload=lambda place: {"purpose": "report"},
        posted=200,
        is_slow=True,
        shows=False,
    ),
    "reports:person_table_docx": Pattern(
        methods=POST_ALONE,
        address=lambda place: {"number": 15},
        payload=lambda place: {"purpose": "report"},
        posted=200,
    ),
    "reports:review_papers": Pattern(reach="ward", address=_campaign("open")),
    "reports:village_paper": Pattern(
        methods=POST_ALONE,
        reach="village",
        address=lambda place: {"paper": "visits", "ending": "docx"} | _village("open")(place),
        posted=200,
    ),
    "reports:village_pack": Pattern(
        methods=POST_ALONE,
        reach="village",
        address=_village("open"),
        payload=lambda place: {"ending": ["docx", "xlsx"]},
        posted=200,
    ),
    "reports:campaign_paper": Pattern(
        methods=POST_ALONE,
        reach="ward",
        address=lambda place: {"paper": "visits", "ending": "xlsx"} | _campaign("open")(place),
        posted=200,
    ),
    "reports:blank_paper": Pattern(
        reach="ward",
        address=lambda place: {"paper": "visits", "ending": "docx"} | _campaign("open")(place),
    ),
    "reports:campaign_pack": Pattern(
        methods=POST_ALONE,
        reach="ward",
        address=_campaign("open"),
        payload=lambda place: {"ending": ["xlsx"]},
        shows=False,
    ),
    "reports:dashboard": Pattern(),
    "reports:region_board": Pattern(),
    "reports:region_targets": Pattern(),
    "reports:region_reports": Pattern(shows=False),
    "reports:region_table": Pattern(address=lambda place: {"number": 1}),
    "reports:region_table_file": Pattern(address=lambda place: {"number": 1, "ending": "xlsx"}),
    "reports:dimension_board": Pattern(),
    "reports:simulation": Pattern(),
    "reports:simulation_list": Pattern(),
    "reports:simulation_file": Pattern(
        methods=FORM_WITHOUT_HEAD,
        payload=lambda place: {"purpose": "report", "format": "xlsx"},
        posted=200,
        shows=False,
    ),
    "reports:recognition_rehearsal": Pattern(
        methods=FORM, reach="ward", address=_campaign("submitted"), posted=200
    ),
    "reports:reaching": Pattern(),
    "reports:reaching_file": Pattern(
        methods=FORM_WITHOUT_HEAD,
        payload=lambda place: {"purpose": "report", "format": "xlsx"},
        posted=200,
        shows=False,
    ),
    "reports:target_list": Pattern(),
    "reports:target_file": Pattern(address=lambda place: {"ending": "xlsx"}),
    "reports:village_targets": Pattern(
        methods=FORM,
        reach="ward",
        address=lambda place: {"pk": place.ward.counted.pk, "year": 2026},
        payload=_village_targets,
    ),
    "reports:target_year": Pattern(
        methods=FORM, address=lambda place: {"year": 2025}, payload=_targets
    ),
    "reports:indicator_baseline": Pattern(
        methods=FORM,
        reach="ward",
        address=lambda place: {"pk": place.ward.indicator.pk},
        payload=_baseline,
    ),
    "reports:assigned_year": Pattern(
        methods=FORM, address=lambda place: {"year": 2025}, payload=_assigned
    ),
    **{
        f"reports:{register}_{view}": pattern
        for register in ("target_register", "actual_register")
        for view, pattern in _register_patterns(Pattern())
    },
    "reports:indicator_new": Pattern(
        methods=FORM,
        payload=lambda place: {
            "key": FORM_KEY,
            "name": "Số hộ tái nghèo",
            "measure": "count",
            "measure_unit": "hộ",
            "direction": "down",
            "source": "reported",
        },
        shows=False,
    ),
    "reports:indicator_detail": Pattern(
        reach="ward", address=lambda place: {"pk": place.ward.indicator.pk}
    ),
    "reports:indicator_edit": Pattern(
        methods=FORM,
        reach="ward",
        address=lambda place: {"pk": place.ward.indicator.pk},
        payload=_indicator,
    ),
    "reports:actual_edit": Pattern(
        methods=FORM,
        reach="ward",
        address=lambda place: {"pk": place.ward.indicator.pk, "year": 2025},
        payload=_actual,
    ),
    "reports:plan_result_list": Pattern(),
    "reports:plan_result_detail": Pattern(reach="ward", address=_document("plan")),
    "reports:plan_result_file": Pattern(
        reach="ward",
        address=lambda place: {
            "pk": place.ward.documents["plan"].pk,
            "year": place.ward.documents["plan"].year_from,
            "ending": "xlsx",
        },
    ),
    "reports:plan_list": Pattern(),
    "reports:plan_new": Pattern(
        methods=FORM,
        payload=lambda place: {
            "key": FORM_KEY,
            "start": "yearly",
            "year_from": "2027",
            "year_to": "2027",
        },
        shows=False,
    ),
    "reports:plan_word": Pattern(methods=FORM, payload=lambda place: {"key": FORM_KEY}, posted=422),
    "reports:plan_word_review": Pattern(
        methods=FORM,
        reach="ward",
        address=lambda place: {"pk": place.ward.word_upload.pk},
        payload=_passage,
    ),
    "reports:word_target": Pattern(
        methods=FORM, reach="ward", address=_passage_at(0), payload=_word_target
    ),
    "reports:word_project": Pattern(
        methods=FORM, reach="ward", address=_passage_at(1), payload=_word_project
    ),
    "reports:plan_word_discard": Pattern(
        methods=FORM,
        reach="ward",
        address=lambda place: {"pk": place.ward.word_upload.pk},
        payload=lambda place: {"version": place.ward.word_upload.version},
    ),
    "reports:plan_detail": Pattern(
        reach="ward", address=_document("plan"), draft=_document("draft plan")
    ),
    "reports:plan_pdf": Pattern(
        reach="ward", address=_document("plan"), draft=_document("draft plan"), is_slow=True
    ),
    "reports:plan_docx": Pattern(
        reach="ward", address=_document("plan"), draft=_document("draft plan")
    ),
    "reports:document_text": Pattern(
        methods=FORM,
        reach="ward",
        address=_document("draft plan"),
        payload=_block_words,
    ),
    "reports:document_heading": Pattern(
        methods=FORM,
        reach="ward",
        address=_document("draft plan"),
        payload=_document_version("draft plan", subject="giảm nghèo năm 2027"),
    ),
    "reports:document_bases": Pattern(
        methods=FORM,
        reach="ward",
        address=_document("draft plan"),
        payload=_document_version("draft plan", **{"n0-kind": "Luật", "n0-role": "basis"}),
    ),
    "reports:document_duties": Pattern(
        methods=FORM,
        reach="ward",
        address=_document("draft plan"),
        payload=_document_duty,
    ),
    "reports:document_recipients": Pattern(
        methods=FORM,
        reach="ward",
        address=_document("draft plan"),
        payload=_document_version("draft plan", recipients="Như trên"),
    ),
    "reports:document_submit": Pattern(
        methods=FORM,
        reach="ward",
        address=_document("draft plan"),
        payload=_document_version("draft plan"),
    ),
    "reports:document_issue": Pattern(
        methods=FORM,
        reach="ward",
        address=_document("submitted plan"),
        payload=_document_version(
            "submitted plan",
            number="7",
            issued_on="19/11/2026",
            signer_title="CHỦ TỊCH",
            signer_name="Y Ký",
        ),
    ),
    "reports:document_findings": Pattern(
        methods=FORM,
        reach="ward",
        address=_document("draft plan"),
        payload=_finding,
    ),
    "reports:document_ask": Pattern(
        methods=FORM,
        reach="ward",
        address=_document("draft plan"),
        payload=_document_version("draft plan", until="20/11/2099"),
    ),
    "reports:document_comments": Pattern(
        methods=FORM,
        reach="ward",
        address=_document("draft plan"),
        payload=_block_comment,
    ),
    "reports:legal_list": Pattern(),
    "reports:legal_new": Pattern(
        methods=FORM, payload=lambda place: {"key": FORM_KEY, "kind": "Luật", "number": "1/QH"}
    ),
    "reports:legal_edit": Pattern(
        methods=FORM,
        reach="ward",
        address=lambda place: {"pk": place.ward.legal_document.pk},
        payload=lambda place: {
            "version": place.ward.legal_document.version,
            "kind": "Luật",
            "number": "2/QH",
        },
    ),
    "reports:document_library": Pattern(
        methods=FORM,
        reach="ward",
        address=_document("draft plan"),
        payload=lambda place: {"role": "basis", "acts": [place.ward.legal_document.pk]},
    ),
    "reports:document_proposals": Pattern(
        methods=FORM,
        reach="ward",
        address=_document("draft plan"),
        payload=_proposal,
        doers=frozenset({Role.COORDINATOR}),
    ),
    "reports:document_basis_proposals": Pattern(
        methods=FORM,
        reach="ward",
        address=_document("draft plan"),
        payload=_basis_proposal,
        doers=frozenset({Role.COORDINATOR}),
    ),
    "reports:document_preview": Pattern(reach="ward", address=_document("draft plan")),
    "reports:document_word": Pattern(
        methods=FORM,
        reach="ward",
        address=_document("draft plan"),
        payload=lambda place: {"key": FORM_KEY},
        posted=422,
    ),
    "reports:document_versions": Pattern(
        methods=FORM,
        reach="ward",
        address=_document("draft plan"),
        payload=lambda place: {"key": FORM_KEY, "note": "Trước cuộc họp"},
    ),
    "reports:document_compare": Pattern(reach="ward", address=_document("draft plan")),
    "reports:document_amend": Pattern(
        methods=FORM,
        reach="ward",
        address=_document("plan"),
        payload=lambda place: {"key": FORM_KEY, "kind": "amends", **REASON},
    ),
    "reports:document_abolish": Pattern(
        methods=FORM,
        reach="ward",
        address=_document("plan"),
        payload=_document_version(
            "plan", ended_text="Quyết định số 9", ended_on="17/05/2026", **REASON
        ),
    ),
    "reports:document_return": Pattern(
        methods=FORM,
        reach="ward",
        address=_document("submitted plan"),
        payload=_document_version("submitted plan", **REASON),
    ),
    "reports:finding_list": Pattern(),
    "reports:finding_file": Pattern(address=lambda place: {"year": 2026, "ending": "xlsx"}),
    "reports:finding_detail": Pattern(reach="ward", address=_supervision),
    "reports:finding_new": Pattern(
        methods=FORM,
        payload=lambda place: {
            "key": FORM_KEY,
            "indicator": place.ward.indicator.pk,
            "year": "2026",
            "found_on": "20/11/2026",
            "text": "Chưa khớp sổ",
            "unit": place.ward.unit.pk,
            "reply_by": f"{clock.today() + timedelta(days=9):%d/%m/%Y}",
        },
    ),
    "reports:finding_answer": Pattern(
        methods=FORM,
        reach="ward",
        address=_supervision,
        payload=lambda place: {"version": _version_now(place), "answer": "Đã sửa sổ"},
    ),
    "reports:finding_withdraw": Pattern(
        methods=FORM,
        reach="ward",
        address=_supervision,
        payload=lambda place: {"version": _version_now(place), **REASON},
    ),
    "reports:report_calendar": Pattern(),
    "reports:indicator_table_list": Pattern(),
    "reports:indicator_table_detail": Pattern(address=lambda place: {"number": 1}),
    "reports:indicator_table_file": Pattern(
        address=lambda place: {"number": 1, "time": "2026-9m", "ending": "xlsx"}
    ),
    "reports:indicator_table_edit": Pattern(
        methods=FORM,
        address=lambda place: {"number": 1},
        payload=lambda place: {
            "version": IndicatorTable.objects.get(ward=place.ward.area).version,
            "name": "Biểu khác",
            "columns": ["actual"],
            "indicators": [place.ward.indicator.pk],
        },
    ),
    "reports:rule_list": Pattern(),
    "reports:rule_new": Pattern(
        methods=FORM,
        payload=lambda place: {"key": FORM_KEY, **REPORTING_RULE},
        shows=False,
    ),
    "reports:rule_edit": Pattern(
        methods=FORM,
        reach="ward",
        address=lambda place: {"pk": place.ward.reporting_rule.pk},
        payload=_rule,
    ),
    "reports:due_sent": Pattern(
        methods=FORM,
        reach="ward",
        address=lambda place: {"pk": place.ward.own_rule.pk, "year": 2026, "number": 1},
        payload=lambda place: {"version": 0, "sent_on": "03/04/2026"},
    ),
    "reports:village_part_list": Pattern(),
    "reports:village_part": Pattern(
        methods=FORM,
        reach="village",
        address=lambda place: {"pk": place.village.report_part.pk},
        payload=_village_part,
    ),
    "reports:period_new": Pattern(
        methods=FORM,
        address=lambda place: {"year": 2026},
        payload=lambda place: {
            "key": FORM_KEY,
            "period": "nine_months-1",
            "data_on": "30/09/2026",
            "due_on": "05/10/2026",
            "units": [place.ward.unit.pk],
        },
    ),
    "reports:period_detail": Pattern(reach="ward", address=_period("received")),
    "reports:period_units": Pattern(
        methods=FORM,
        reach="ward",
        address=lambda place: {"pk": place.ward.period.pk},
        payload=lambda place: {"units": [place.ward.unit.pk]},
    ),
    "reports:period_consolidate": Pattern(
        methods=FORM, reach="ward", address=_period("received"), payload=_period_version
    ),
    "reports:report_take_in": Pattern(
        methods=POST_ALONE,
        reach="ward",
        address=_unit_report("taken in"),
        payload=lambda place: {"part": "results"},
        shows=False,
    ),
    "reports:unit_report_detail": Pattern(
        reach="ward", address=_unit_report("received"), draft=_unit_report("own")
    ),
    "reports:unit_report_fill": Pattern(
        methods=POST_ALONE,
        reach="ward",
        address=_unit_report("own"),
        payload=_unit_report_version("own"),
        shows=False,
    ),
    "reports:unit_report_write": Pattern(
        methods=FORM,
        reach="ward",
        address=_unit_report("own"),
        payload=_unit_report_version("own", results="Đã làm."),
    ),
    "reports:unit_report_template": Pattern(reach="ward", address=_unit_report("own")),
    "reports:unit_report_import": Pattern(
        methods=FORM,
        reach="ward",
        address=_unit_report("own"),
        payload=lambda place: {"pasted": ""},
        posted=422,
        shows=False,
    ),
    "reports:unit_report_import_save": Pattern(
        methods=POST_ALONE,
        reach="ward",
        address=_unit_report("own"),
        payload=lambda place: {"table": "x"},
        posted=422,
        shows=False,
    ),
    "reports:unit_report_check": Pattern(
        methods=FORM,
        reach="ward",
        address=_unit_report("own"),
        payload=_unit_report_version("own"),
    ),
    "reports:unit_report_receive": Pattern(
        methods=POST_ALONE,
        reach="ward",
        address=_unit_report("sent"),
        payload=_unit_report_version("sent"),
        shows=False,
    ),
    "reports:unit_report_return": Pattern(
        methods=FORM,
        reach="ward",
        address=_unit_report("sent"),
        payload=_unit_report_version("sent", results="Viết lại."),
    ),
    "reports:report_list": Pattern(),
    "reports:report_detail": Pattern(
        reach="ward", address=_document("report"), draft=_document("draft report")
    ),
    "reports:report_pdf": Pattern(
        reach="ward", address=_document("report"), draft=_document("draft report"), is_slow=True
    ),
    # The world's reports have no table, so there is no annex of them.
    "reports:report_xlsx": Pattern(
        reach="ward",
        address=_document("report"),
        draft=_document("draft report"),
        status=404,
        shows=False,
    ),
    "reports:report_docx": Pattern(
        reach="ward", address=_document("report"), draft=_document("draft report")
    ),
}


def resolved() -> Iterator[str]:
    """The full name of every address the resolver knows."""
    return chain.from_iterable(_names(each, "") for each in get_resolver().url_patterns)


def _names(each: URLPattern | URLResolver, namespace: str) -> Iterator[str]:
    if isinstance(each, URLPattern):
        yield f"{namespace}{each.name}"
        return
    inner = f"{namespace}{each.namespace}:" if each.namespace else namespace
    for below in each.url_patterns:
        yield from _names(below, inner)
