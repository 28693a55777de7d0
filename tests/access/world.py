"""Two wards with two villages each, full of canaries, and somebody in every role."""

from dataclasses import dataclass, field
from datetime import date

from households.campaign.recognition.services.recognising import recognise_results
from households.choices import (
    CampaignKind,
    CampaignStage,
    ListReason,
    NeedOutcome,
    PovertyClass,
    ReviewState,
)
from households.models import (
    AreaYear,
    CampaignVillage,
    Certificate,
    Decision,
    EscapePledge,
    EthnicGroup,
    HelperVisit,
    Holiday,
    Household,
    HouseholdEvent,
    HouseholdHelper,
    ListedResult,
    LowIncomeWorker,
    NeedKind,
    Person,
    PersonFact,
    ReviewCampaign,
    ReviewOmission,
    SupportNeed,
)
from povertyplan.core import clock
from povertyplan.core.choices import Role
from povertyplan.core.journal import access_log, audit, history
from povertyplan.core.models import Area, AuditEvent, Job, JobFile, KeptForm, PeriodLock, Unit, User
from povertyplan.core.periods.services import lock_period, release_period
from projects.choices import Eligibility, SupportState, TargetOperator
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
    ProjectUnit,
    Publication,
    Support,
    SupportKind,
    Target,
    UnitDuty,
    WardProject,
)
from reports.choices import (
    BasisRole,
    BlockKind,
    DocumentKind,
    DocumentState,
    FileFormat,
    ProposalAct,
    ProposalOrigin,
    VersionOccasion,
    WordPart,
)
from reports.models import (
    AcceptedFinding,
    AssignedTarget,
    BasisProposal,
    Block,
    BlockComment,
    BlockProposal,
    Document,
    DocumentBasis,
    DocumentDuty,
    DraftVersion,
    DraftVersionContent,
    DutyItem,
    LegalDocument,
    PrintRun,
    Recipient,
    ReportingRule,
    ReportRequest,
    ReturnedWord,
    SentReport,
    StandardBaseline,
    SupervisionFinding,
    UnitReport,
    UnitReportFigure,
    UnitReportReturn,
    UnitReportSending,
    WordPassage,
    WordUpload,
)
from reports.plans.builder import build_with_links
from reports.plans.plan_facts import findings
from reports.plans.services import submit_document
from reports.plans.snapshots import keep_snapshot
from reports.plans.versions.contents import document_content, pack_content
from reports.progress.unit_reports.selectors.reports import ReportDesk
from tests.access import afterwards, canaries, paperwork
from tests.access.canaries import fill, number, text
from tests.factories.core import (
    GrantFactory,
    ProvinceFactory,
    UnitFactory,
    UserFactory,
    VillageFactory,
    WardFactory,
)
from tests.factories.households import (
    AreaYearFactory,
    CampaignFactory,
    CertificateFactory,
    DecisionFactory,
    HelperFactory,
    HouseholdEventFactory,
    HouseholdFactory,
    InquiryFactory,
    LowIncomeTermFactory,
    LowIncomeWorkerFactory,
    MembershipFactory,
    NeedFactory,
    NeedKindFactory,
    PersonFactFactory,
    PersonFactory,
    PledgeFactory,
    ReviewFactory,
    StandardFactory,
    StatusFactory,
    VisitFactory,
)
from tests.factories.projects import (
    ActivityFactory,
    ActualFactory,
    BudgetEntryFactory,
    ComponentProjectFactory,
    DonationFactory,
    IndicatorFactory,
    LivelihoodFactory,
    LivelihoodMemberFactory,
    LivelihoodProcedureFactory,
    LivelihoodStepFactory,
    ProjectUnitFactory,
    SupportFactory,
    SupportKindFactory,
    TargetFactory,
    UnitDutyFactory,
    WardProjectFactory,
)
from tests.factories.reports import (
    AssignedTargetFactory,
    BlockFactory,
    DocumentFactory,
    ReportingRuleFactory,
    ReportRequestFactory,
    StandardBaselineFactory,
    UnitReportFactory,
    UnitReportFigureFactory,
)
from tests.reports.documents import issue

SUBMITTED_ON = date(2026, 11, 16)
DECIDED_ON = date(2026, 11, 18)
LONG_AGO = date(2020, 1, 1)
PROVINCE = "p0"  # the side above both wards


@dataclass
class Village:
    """One village with its households: `first` to be reviewed, `second` reviewed."""

    side: str
    area: Area
    first: Household
    second: Household
    member: Person
    report_part: UnitReport | None = None


@dataclass
class Ward:
    """One ward with everything a screen can show of it."""

    side: str
    area: Area
    unit: Unit
    officer: User
    villages: list[Village] = field(default_factory=list)
    campaigns: dict[str, ReviewCampaign] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)
    events: dict[str, AuditEvent] = field(default_factory=dict)
    lock: PeriodLock | None = None
    total: AreaYear | None = None
    holiday: Holiday | None = None
    indicator: Indicator | None = None
    ward_project: WardProject | None = None
    idle_project: ComponentProject | None = None
    activity: Activity | None = None
    entry: BudgetEntry | None = None
    livelihood: Livelihood | None = None
    donation: DonationEntry | None = None
    duty: UnitDuty | None = None
    procedure: LivelihoodProcedure | None = None
    support_kind: SupportKind | None = None
    waiting_list: HandoverList | None = None
    sent_list: HandoverList | None = None
    publication: Publication | None = None
    need_kind: NeedKind | None = None
    reporting_rule: ReportingRule | None = None
    period: ReportRequest | None = None
    word_upload: WordUpload | None = None
    legal_document: LegalDocument | None = None
    finding: SupervisionFinding | None = None
    unit_reports: dict[str, UnitReport] = field(default_factory=dict)
    own_rule: ReportingRule | None = None


@dataclass(eq=False)
class World:
    """Both wards, the users by name, and the grants each holds as (role, side)."""

    a: Ward
    b: Ward
    project: ComponentProject
    users: dict[str, User]
    grants: dict[str, tuple[tuple[Role, str], ...]]


GRANTS: dict[str, tuple[tuple[Role, str], ...]] = {
    "village head": ((Role.ENTRY_OFFICER, "a1"),),
    "head of another village": ((Role.ENTRY_OFFICER, "a2"),),
    "unit reporter": ((Role.UNIT_REPORTER, "a0"),),
    "coordinator": ((Role.COORDINATOR, "a0"),),
    "leader": ((Role.LEADER, "a0"),),
    "observer": ((Role.OBSERVER, "a0"),),
    "administrator": ((Role.ADMINISTRATOR, "a0"),),
    "coordinator of another ward": ((Role.COORDINATOR, "b0"),),
    "administrator of another ward": ((Role.ADMINISTRATOR, "b0"),),
    "unit reporter of another ward": ((Role.UNIT_REPORTER, "b0"),),
    "leader of another ward": ((Role.LEADER, "b0"),),
    "village head of another ward": ((Role.ENTRY_OFFICER, "b1"),),
    "leader there, observer here": ((Role.LEADER, "b0"), (Role.OBSERVER, "a0")),
    "coordinator of the province": ((Role.COORDINATOR, PROVINCE),),
    "leader of the province": ((Role.LEADER, PROVINCE),),
    "observer of the province": ((Role.OBSERVER, PROVINCE),),
    "administrator of the province": ((Role.ADMINISTRATOR, PROVINCE),),
    "coordinator here, leader of the province": (
        (Role.COORDINATOR, "a0"),
        (Role.LEADER, PROVINCE),
    ),
    "disabled": (),
    "expired": (),
}


def build() -> World:
    province = ProvinceFactory(name="Tỉnh của hai phường")
    standard = StandardFactory()
    project = ComponentProjectFactory()
    ethnic_groups = {
        side: EthnicGroup.objects.create(code=f"9{place}", name=text(side, canaries.ETHNICITY))
        for place, side in enumerate(canaries.SIDES)
    }
    wards = [_ward(letter, province, ethnic_groups, standard, project) for letter in "ab"]
    users = _users(*wards)
    return World(*wards, project=project, users=users, grants=GRANTS)


def _ward(letter, province, ethnic_groups, standard, project) -> Ward:
    side = f"{letter}0"
    area = WardFactory(parent=province, **_area(side))
    officer, chief = (UserFactory(**_user(side)) for _ in range(2))
    world = Ward(side, area, UnitFactory(ward=area, **fill(Unit, side)), officer)
    GrantFactory(user=officer, role=Role.COORDINATOR, area=area)
    for place in "12":
        world.villages.append(_village(f"{letter}{place}", area, ethnic_groups))
    world.total = AreaYearFactory(area=area, on=date(2025, 12, 31), **_population(side))
    AreaYearFactory(area=area, on=date(2024, 12, 31), **_population(side))
    _campaigns(world, standard, officer, chief)
    _targets(world, project)
    _documents(world, project)
    _unit_reports(world)
    paperwork.add(world, officer)
    afterwards.add(world, officer)
    _prints(world, officer)
    _journals(world, officer)
    return world


def _area(side):
    return fill(Area, side)


def _user(side):
    return fill(User, side)


def _low(side):
    return number(side) // 100 * 100


def _high(side):
    return _low(side) + 99


def _population(side):
    low, high = _low(side), _high(side)
    parts = {"minority_households": low, "minority_persons": high}
    return fill(AreaYear, side, households=low, persons=high, **parts)


def _village(side, ward, ethnic_groups) -> Village:
    # Names of villages are known in the whole ward.
    area = VillageFactory(parent=ward, **_area(f"{side[0]}0"))
    homes = [_household(side, area, ethnic_groups[side]) for _ in range(2)]
    member = MembershipFactory(household=homes[0], person=_person(side, ward, ethnic_groups[side]))
    StatusFactory(household=homes[0], poverty_class=PovertyClass.POOR)
    listed = StatusFactory(household=homes[1], poverty_class=PovertyClass.NEAR_POOR)
    scores = {name: number(side, 32) for name in ("income_score", "deprivation_score")}
    ListedResult.objects.create(status=listed, **fill(ListedResult, side, **scores))
    HouseholdEventFactory(household=homes[0], person=member.person, **fill(HouseholdEvent, side))
    return Village(side, area, *homes, member=member.person)


def _household(side, area, ethnic_group) -> Household:
    person = _personal(side, ethnic_group)
    name = person.pop("full_name")
    return HouseholdFactory(
        village=area,
        head=name,
        **{f"head__{key}": value for key, value in person.items()},
        **fill(Household, side),
    )


def _personal(side, ethnic_group):
    values = fill(Person, side, citizen_id=canaries.citizen_id(side))
    del values["search_key"]
    return values | {"ethnic_group": ethnic_group, "has_disability": True, "has_merit": True}


def _person(side, ward, ethnic_group) -> Person:
    return PersonFactory(ward=ward, **_personal(side, ethnic_group))


def _campaigns(world, standard, officer, chief):
    """One campaign for each act: entering, finishing, submitting or reopening a village, approving,
    and taking an approval back."""
    days = {
        "open": date(2026, 9, 1),
        "ready": date(2026, 9, 10),
        "finished": date(2026, 9, 20),
        "submitted": date(2026, 10, 1),
        "recognised": date(2026, 10, 10),
    }
    for name, opens_on in days.items():
        campaign = CampaignFactory(
            ward=world.area,
            kind=CampaignKind.ANNUAL if name == "open" else CampaignKind.REGULAR,
            opens_on=opens_on,
            standard=standard,
            **fill(ReviewCampaign, world.side, cancel_request_reason=""),
        )
        world.campaigns[name] = campaign
        for village in world.villages:
            _reviews(name, campaign, village, officer)
    ReviewCampaign.objects.filter(pk=world.campaigns["open"].pk).update(
        cancel_requested_by=officer,
        cancel_requested_at=clock.now(),
        cancel_request_reason=text(world.side),
    )
    world.campaigns["open"].refresh_from_db()
    submitted = {"submitted_by": officer, "submitted_at": clock.end_of(SUBMITTED_ON)}
    for name in ("submitted", "recognised"):
        campaign = world.campaigns[name]
        ReviewCampaign.objects.filter(pk=campaign.pk).update(
            stage=CampaignStage.SUBMITTED, **submitted
        )
        campaign.refresh_from_db()
    recognise_results(
        campaign=world.campaigns["recognised"],
        number=text(world.side),
        decided_on=DECIDED_ON,
        version=world.campaigns["recognised"].version,
        by=chief,
    )
    world.campaigns["recognised"].refresh_from_db()
    DecisionFactory(
        ward=world.area,
        campaign=world.campaigns["open"],
        prepared_by=officer,
        approved_by=chief,
        withdrawn_at=clock.now(),
        withdrawn_by=chief,
        **(fill(Decision, world.side) | {"number": f"{text(world.side)}/QĐ-UBND"}),
    )


def _reviews(name, campaign, village, officer):
    listed = {
        "open": (village.first, village.second),
        "recognised": (village.first,),
    }.get(name, (village.second,))
    for home in listed:
        pending = name == "open" and home == village.first
        scores = {} if pending else _entered(village.side, officer)
        note = text(village.side, canaries.SCORE)
        ReviewFactory(
            campaign=campaign,
            household=home,
            list_reason=ListReason.ON_LIST,
            note=note,
            needs_check=True,
            added_by=officer,
            added_at=clock.now(),
            added_reason=text(village.side),
            **scores,
        )
    if name == "submitted":
        ReviewOmission.objects.create(
            ward=campaign.ward,
            campaign=campaign,
            household=village.first,
            reason=f"Lý do {text(village.side)}",
            recorded_by=officer,
            recorded_at=clock.now(),
        )
    values = {"version": number(village.side)}
    if name not in ("open", "ready"):
        values |= {"finished_at": clock.end_of(SUBMITTED_ON), "finished_by": officer}
    rows = CampaignVillage.objects.filter(campaign=campaign, village=village.area)
    rows.update(**values)


def _entered(side, officer):
    return {
        "state": ReviewState.DONE,
        "income_score": number(side, 32),
        "deprivation_score": number(side, 32),
        "computed_class": PovertyClass.POOR,
        "recorded_class": PovertyClass.NEAR_POOR,
        "class_reason": text(side),
        "explanation": text(side, canaries.SCORE),
        "deprived_03": True,
        "updated_by": officer,
        "updated_at": clock.now(),
        "version": number(side),
    }


def _idle_project() -> ComponentProject:
    """One that no ward carries out."""
    found = ComponentProject.objects.filter(code="90").first()
    return found or ComponentProjectFactory(code="90")


def _targets(world, project):
    side, area = world.side, world.area
    ward_project = WardProjectFactory(ward=area, project=project, **fill(WardProject, side))
    world.ward_project = ward_project
    world.idle_project = _idle_project()
    world.activity = ActivityFactory(
        ward_project=ward_project,
        owner=world.unit,
        done_on=date(2026, 1, 5),
        **fill(Activity, side),
    )
    ProjectUnitFactory(ward_project=ward_project, unit=world.unit, **fill(ProjectUnit, side))
    world.entry = BudgetEntryFactory(ward_project=ward_project, **fill(BudgetEntry, side))
    world.donation = DonationFactory(ward=area, **fill(DonationEntry, side, reason=""))
    world.duty = UnitDutyFactory(
        unit=world.unit, duty="donations", **fill(UnitDuty, side, end_reason="")
    )
    _livelihoods(world)
    _workers(world)
    _person_facts(world)
    _needs(world)
    _certificates(world)
    _pledges(world)
    _supports(world)
    indicator = IndicatorFactory(ward=area, owner=world.unit, **fill(Indicator, side))
    world.indicator = indicator
    for year in (2025, 2026):
        TargetFactory(
            indicator=indicator,
            year=year,
            operator=TargetOperator.RANGE,
            **fill(Target, side, low=_low(side), high=_high(side)),
        )
    AssignedTargetFactory(
        indicator=indicator,
        operator=TargetOperator.RANGE,
        **fill(AssignedTarget, side, low=_low(side), high=_high(side)),
    )
    world.counted = IndicatorFactory(
        ward=area, **fill(Indicator, side, query="poor_households", owner=world.unit)
    )
    StandardBaselineFactory(
        indicator=world.counted, **fill(StandardBaseline, side, value=_low(side))
    )
    TargetFactory(
        indicator=world.counted,
        year=2026,
        operator=TargetOperator.LEVEL,
        **fill(Target, side, high=None),
    )
    ActualFactory(
        indicator=indicator,
        **fill(Actual, side, numerator=_low(side), denominator=_high(side)),
    )


def _livelihoods(world):
    """One that was announced, with a household of each village and somebody else."""
    side, standing = world.side, {"withdrawal_reason": ""}
    world.procedure = LivelihoodProcedure.objects.first() or LivelihoodProcedureFactory(
        public_days=None, posting_days=None
    )
    world.livelihood = LivelihoodFactory(
        ward_project=world.ward_project,
        owner=world.unit,
        **fill(Livelihood, side, year_from=2026, year_to=2026, stop_reason=""),
    )
    LivelihoodStepFactory(livelihood=world.livelihood, **fill(LivelihoodStep, side, **standing))
    members = [(village.first, village.side, {"name": ""}) for village in world.villages]
    for household, of, named in [*members, (None, side, {})]:
        LivelihoodMemberFactory(
            livelihood=world.livelihood,
            household=household,
            **fill(LivelihoodMember, of, leave_reason="", **named),
        )


def _workers(world):
    """In each village a member who is listed as a low-income worker."""
    LowIncomeTermFactory()
    for village in world.villages:
        LowIncomeWorkerFactory(
            household=village.first,
            person=village.member,
            **fill(LowIncomeWorker, village.side, end_reason=""),
        )


def _person_facts(world):
    """In each village a member whose insurance is known."""
    for village in world.villages:
        PersonFactFactory(
            household=village.first, person=village.member, **fill(PersonFact, village.side)
        )


def _needs(world):
    """In each village one that is open and one that ended; a kind of the ward's own."""
    own = {"ward": world.area, "code": ""}
    world.need_kind = NeedKindFactory(**fill(NeedKind, world.side, **own))
    for village in world.villages:
        for household, ended in ((village.first, None), (village.second, date(2026, 6, 1))):
            InquiryFactory(household=household, has_needs=True)
            end = {} if ended else {"end_reason": ""}
            NeedFactory(
                household=household,
                kind=world.need_kind,
                outcome=NeedOutcome.SERVED if ended else "",
                ended_on=ended,
                **fill(SupportNeed, village.side, **end),
            )


def _certificates(world):
    """In each village the one of its poor household."""
    for village in world.villages:
        CertificateFactory(
            household=village.first,
            decision=world.campaigns["recognised"].decision,
            issued_by=world.officer,
            **fill(Certificate, village.side),
        )


def _pledges(world):
    """In each village one that stands, with helpers and visits, and one that was withdrawn."""
    for village in world.villages:
        side = village.side
        standing = {"withdrawal_reason": ""}
        pledge = PledgeFactory(
            household=village.first, **fill(EscapePledge, side, year=2026, **standing)
        )
        PledgeFactory(
            household=village.second,
            withdrawn_on=date(2026, 6, 1),
            **fill(EscapePledge, side, year=2026),
        )
        HelperFactory(pledge=pledge, **fill(HouseholdHelper, side, end_reason=""))
        HelperFactory(pledge=pledge, ended_on=date(2026, 6, 1), **fill(HouseholdHelper, side))
        for values in (standing, {}):
            VisitFactory(
                pledge=pledge, recorded_by=world.officer, **fill(HelperVisit, side, **values)
            )


def _supports(world):
    """In each village one delivered, one promised, one withdrawn; a group of the ward's."""
    world.support_kind = SupportKind.objects.first() or SupportKindFactory(name="Gà giống")
    for village in world.villages:
        promised = {"promised_on": date(2026, 3, 1), "delivered_on": None}
        withdrawn = {"withdrawn_at": clock.now(), "withdrawn_by": world.officer}
        _support(world, village.side, village.first)
        _support(world, village.side, village.second, state=SupportState.PROMISED, **promised)
        _support(world, village.side, village.second, text(village.side), **withdrawn)
    _support(world, world.side, None, group_name=text(world.side), ward=world.area)


def _support(world, side, household, withdrawal_reason="", **more):
    given = {"group_name": "", "withdrawal_reason": withdrawal_reason, **more}
    SupportFactory(
        household=household,
        kind=world.support_kind,
        ward_project=world.ward_project,
        verdict=Eligibility.NO,
        **fill(Support, side, **given),
    )


def _documents(world, project):
    for name, kind, state in (
        ("plan", DocumentKind.PLAN, DocumentState.ISSUED),
        ("draft plan", DocumentKind.PLAN, DocumentState.DRAFT),
        ("submitted plan", DocumentKind.PLAN, DocumentState.SUBMITTED),
        ("report", DocumentKind.REPORT, DocumentState.ISSUED),
        ("draft report", DocumentKind.REPORT, DocumentState.DRAFT),
    ):
        world.documents[name] = _document(world, kind, state)
    world.word_upload = _word_upload(world)
    world.legal_document = LegalDocument.objects.create(
        ward=world.area, **fill(LegalDocument, world.side)
    )


def _word_upload(world) -> WordUpload:
    side = world.side
    upload = WordUpload.objects.create(
        ward=world.area, sent_by=world.officer, sent_at=clock.now(), **fill(WordUpload, side)
    )
    first = WordPassage.objects.create(
        upload=upload, **fill(WordPassage, side, part=WordPart.PARAGRAPH, level=1, order=1)
    )
    block = (
        (WordPart.HEADING, 1, f"Dự án 1: {text(side)}"),
        (WordPart.DASH, 2, f"Đơn vị thực hiện: {text(side)}"),
    )
    for order, (part, level, said) in enumerate(block, start=first.order + 1):
        given = {"order": order, "part": part, "level": level, "text": said}
        WordPassage.objects.create(upload=upload, **fill(WordPassage, side, **given))
    return upload


def _document(world, kind, state) -> Document:
    side = world.side
    document = DocumentFactory(
        ward=world.area,
        kind=kind,
        **fill(Document, side),
    )
    DocumentBasis.objects.create(
        document=document, role=BasisRole.BASIS, **fill(DocumentBasis, side)
    )
    kinds = (BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.VILLAGES, BlockKind.DUTIES)
    for place, block in enumerate(kinds):
        BlockFactory(
            document=document,
            kind=block,
            **fill(Block, side, order=_low(side) + place),
            parameters={"year": 2025} if block == BlockKind.VILLAGES else {},
        )
    if state != DocumentState.ISSUED:
        # Nothing stands below it: a finding that no other row takes away.
        BlockFactory(document=document, kind=BlockKind.HEADING, order=2**40, text="Mục trống")
        finding = findings(document, build_with_links(document))[0]
        AcceptedFinding.objects.create(
            document=document,
            accepted_by=world.officer,
            accepted_at=clock.now(),
            **fill(AcceptedFinding, side, key=finding.key),
        )
        kept = DraftVersion.objects.create(
            document=document,
            kept_by=world.officer,
            kept_at=clock.now(),
            occasion=VersionOccasion.BY_HAND,
            **fill(DraftVersion, side, number=1, digest="0" * 64),
        )
        content = pack_content(document_content(document))
        DraftVersionContent.objects.create(kept=kept, blocks=content)
        word = ReturnedWord.objects.create(
            document=document,
            sent_by=world.officer,
            sent_at=clock.now(),
            unmatched=[{"text": text(side), "reason": text(side)}],
            figures=[{"text": text(side), "printed": "1", "found": "2"}],
            **fill(ReturnedWord, side, matched=1),
        )
        BlockProposal.objects.create(
            block=document.blocks.earliest("order"),
            origin=ProposalOrigin.WORD,
            author=world.officer,
            unit=world.unit,
            word=word,
            proposed_at=clock.now(),
            **fill(BlockProposal, side, seen_version=1),
        )
        BasisProposal.objects.create(
            document=document,
            act=ProposalAct.CHANGE,
            basis=document.bases.get(),
            author=world.officer,
            unit=world.unit,
            proposed_at=clock.now(),
            **fill(BasisProposal, side),
        )
        BlockComment.objects.create(
            block=document.blocks.earliest("order"),
            author=world.officer,
            unit=world.unit,
            written_at=clock.now(),
            answered_by=world.officer,
            answered_at=clock.now(),
            **fill(BlockComment, side),
        )
    duty = DocumentDuty.objects.create(
        document=document, unit=world.unit, **fill(DocumentDuty, side)
    )
    DutyItem.objects.create(duty=duty, **fill(DutyItem, side))
    Recipient.objects.create(document=document, **fill(Recipient, side))
    if state == DocumentState.ISSUED:
        issue(document, number=document.number, keep=keep_snapshot)
    if state == DocumentState.SUBMITTED:
        submit_document(document=document, version=document.version, by=world.officer)
    return document


def _unit_reports(world):
    """The unit's report of one period received, of one sent, of one that it writes."""
    side, unit_officer = world.side, UserFactory(**_user(world.side))
    world.reporting_rule = ReportingRuleFactory(
        ward=world.area,
        **fill(
            ReportingRule, side, due_day=10, due_month=11, months_after=0, first_number=1,
            last_number=12,
        ),
    )  # fmt: skip
    world.own_rule = ReportingRuleFactory(
        ward=world.area,
        **fill(
            ReportingRule, side, period="quarter", due_day=5, due_month=None, months_after=1,
            first_number=1, last_number=4, of_units=False,
        ),
    )  # fmt: skip
    SentReport.objects.create(
        ward=world.area,
        rule=world.own_rule,
        sent_on=clock.today(),
        recorded_by=world.officer,
        recorded_at=clock.now(),
        **fill(SentReport, side, year=2024, number=1),
    )
    states = {"received": "received", "taken in": "received", "sent": "sent", "own": "drafting"}
    for place, (name, state) in enumerate(states.items(), start=1):
        report = UnitReportFactory(
            request=_period(world, "quarter", place), unit=world.unit, **fill(UnitReport, side)
        )
        figure = {"part": "indicators", "answer": "own", "order": place}
        UnitReportFigureFactory(report=report, **fill(UnitReportFigure, side, **figure))
        if state != "drafting":
            _send(report, unit_officer, side)
        received = {"received_at": clock.now(), "received_by": world.officer}
        UnitReport.objects.filter(pk=report.pk).update(
            state=state, **(received if state == "received" else {})
        )
        world.unit_reports[name] = report
    world.period = _period(world, "half_year", 1)
    for village in world.villages:
        village.report_part = UnitReportFactory(
            request=world.period, unit=None, village=village.area, **fill(UnitReport, side)
        )
    taken = world.unit_reports["taken in"].request
    taken.document = world.documents["draft report"]
    taken.save()


def _period(world, period, place):
    told = fill(ReportRequest, world.side, number=place)
    return ReportRequestFactory(ward=world.area, period=period, opened_by=world.officer, **told)


def _send(report, by, side):
    """Sent twice with other words, and sent back in between."""
    for turn in (1, 2):
        content = ReportDesk(report).content
        content["texts"]["results"] = text(side)
        UnitReportSending.objects.create(
            report=report, number=turn, sent_by=by, sent_at=clock.now(), content=content
        )
    UnitReportReturn.objects.create(
        report=report,
        sending=report.sendings.first(),
        part="results",
        returned_by=report.request.opened_by,
        returned_at=clock.now(),
        **fill(UnitReportReturn, side),
    )
    UnitReport.objects.filter(pk=report.pk).update(sent_by=by, sent_at=clock.now())


def _prints(world, officer):
    for village in (None, *(each.area for each in world.villages)):
        PrintRun.objects.create(
            ward=world.area,
            village=village,
            campaign=world.campaigns["open"],
            form="posting" if village else "decision",
            format=FileFormat.PDF,
            made_at=clock.now(),
            made_by=officer,
        )


def _journals(world, officer):
    KeptForm.objects.create(
        user=officer,
        values=[["note", text(world.side)]],
        at=clock.real_now(),
        **fill(KeptForm, world.side),
    )
    job = Job.objects.create(
        owner=officer, ward=world.area, created_at=clock.real_now(), **fill(Job, world.side)
    )
    JobFile.objects.create(job=job, content=b"", **fill(JobFile, world.side))
    reason = f"Lý do {text(world.side)}"
    world.lock = lock_period(ward=world.area, year=2024, reason=reason, by=officer)
    earlier = lock_period(ward=world.area, year=2023, reason=reason, by=officer)
    release_period(lock=earlier, reason=reason, by=officer)
    with history.writing(by=officer, act="lock_period", source="web"):
        world.events["plain"] = audit.record(
            world.lock, text(world.side), ward=world.area, reason=reason
        )
    for village in world.villages:
        with history.writing(by=officer, act="register_household", source="web"):
            world.events[village.side] = audit.record(
                village.first,
                text(village.side),
                ward=world.area,
                reason=f"Lý do {text(village.side)}",
            )
        access_log.record_access(
            by=officer,
            ward=world.area,
            what=text(village.side),
            obj=village.first,
            purpose=text(village.side),
        )


def _users(a: Ward, b: Ward) -> dict[str, User]:
    areas = {"a0": a.area, "b0": b.area, PROVINCE: a.area.parent}
    for ward in (a, b):
        areas |= {village.side: village.area for village in ward.villages}
    units = {"a0": a.unit, "b0": b.unit}
    users = {}
    for name, grants in GRANTS.items():
        first = f"{grants[0][1][0]}0" if grants else "a0"
        users[name] = UserFactory(**({} if first == PROVINCE else _user(first)))
        for role, side in grants:
            GrantFactory(user=users[name], role=role, area=areas[side], unit=units.get(side))
    User.objects.filter(pk=users["disabled"].pk).update(is_active=False)
    GrantFactory(user=users["disabled"], role=Role.COORDINATOR, area=a.area)
    GrantFactory(
        user=users["expired"],
        role=Role.COORDINATOR,
        area=a.area,
        valid_to=date(2026, 11, 19),
    )
    return users
