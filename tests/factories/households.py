"""Standards, households with a head, campaigns with reviews, statuses."""

from datetime import UTC, date, datetime

import factory
from factory.django import DjangoModelFactory

from households.choices import (
    CampaignKind,
    Dimension,
    EventKind,
    FactAnswer,
    FactSource,
    FactTopic,
    ListReason,
    MovementCause,
    NeedSource,
    PovertyClass,
    RelationToHead,
    RequestChannel,
    RequestKind,
    Sex,
)
from households.models import (
    AreaYear,
    CampaignVillage,
    Certificate,
    Decision,
    DeprivationIndicator,
    EscapePledge,
    HelperVisit,
    Household,
    HouseholdEvent,
    HouseholdHelper,
    HouseholdStatus,
    IncomeLine,
    LowIncomeTerm,
    LowIncomeWorker,
    Membership,
    NeedInquiry,
    NeedKind,
    Person,
    PersonFact,
    PovertyStandard,
    Review,
    ReviewCampaign,
    ReviewProcedure,
    ReviewRequest,
    SupportNeed,
)
from povertyplan.core.choices import Setting
from povertyplan.core.text.vietnamese import search_key, sort_key

from .core import LONG_AGO, UserFactory, VillageFactory

INDICATOR_NAMES = (
    "Việc làm",
    "Người phụ thuộc trong hộ gia đình",
    "Dinh dưỡng",
    "Bảo hiểm y tế",
    "Trình độ giáo dục của người lớn",
    "Tình trạng đi học của trẻ em",
    "Chất lượng nhà ở",
    "Diện tích nhà ở bình quân đầu người",
    "Nguồn nước sinh hoạt",
    "Nhà tiêu hợp vệ sinh",
    "Sử dụng dịch vụ viễn thông",
    "Phương tiện phục vụ tiếp cận thông tin",
)


class StandardFactory(DjangoModelFactory):
    """The standard of 2022 to 2026 with its two income lines and twelve indicators."""

    class Meta:
        model = PovertyStandard
        django_get_or_create = ("code",)
        skip_postgeneration_save = True

    code = "2022-2026"
    name = "Chuẩn nghèo đa chiều 2022-2026"
    legal_reference = "Nghị định số 07/2021/NĐ-CP"
    valid_from = date(2022, 1, 1)
    valid_to = date(2026, 12, 31)
    poor_from_points = 30

    @factory.post_generation
    def _lines(self, create, extracted, **kwargs):
        if self.income_lines.exists():
            return
        for setting, income, line in (
            (Setting.RURAL, 1_500_000, 140),
            (Setting.URBAN, 2_000_000, 175),
        ):
            IncomeLine.objects.create(
                standard=self, setting=setting, income=income, score_line=line
            )
        for number, name in enumerate(INDICATOR_NAMES, start=1):
            DeprivationIndicator.objects.create(
                standard=self,
                number=number,
                dimension=list(Dimension)[(number - 1) // 2],
                name=name,
                definition="Hộ chưa được tiếp cận.",
                points=10,
            )


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = Person

    ward = factory.SubFactory("tests.factories.core.WardFactory")
    full_name = factory.Sequence(lambda n: f"Nguyễn Văn Số {n}")
    search_key = factory.LazyAttribute(lambda person: search_key(person.full_name))
    sort_key = factory.LazyAttribute(lambda person: sort_key(person.full_name))
    sex = Sex.MALE
    birth_date = date(1980, 5, 17)


class HouseholdFactory(DjangoModelFactory):
    """A household with a head named `head`, since `opened_on`; no status yet."""

    class Meta:
        model = Household
        skip_postgeneration_save = True

    village = factory.SubFactory(VillageFactory)
    ward = factory.SelfAttribute("village.parent")
    code = factory.Sequence(lambda n: f"H{n:05}")
    opened_on = LONG_AGO

    @factory.post_generation
    def head(self, create, extracted, **kwargs):
        """Make the head; `head="Đặng Thị Ủy"` names it, `head__sex=…` sets a field."""
        if extracted:
            kwargs["full_name"] = extracted
        MembershipFactory(
            household=self,
            person=PersonFactory(ward=self.ward, **kwargs),
            relation=RelationToHead.HEAD,
            is_head=True,
        )


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    household = factory.SubFactory(HouseholdFactory)
    ward = factory.SelfAttribute("household.ward")
    person = factory.SubFactory(PersonFactory, ward=factory.SelfAttribute("..ward"))
    relation = RelationToHead.CHILD
    joined_on = LONG_AGO


class StatusFactory(DjangoModelFactory):
    class Meta:
        model = HouseholdStatus

    household = factory.SubFactory(HouseholdFactory)
    ward = factory.SelfAttribute("household.ward")
    poverty_class = PovertyClass.POOR
    starts_on = LONG_AGO
    cause = MovementCause.REGISTERED


class AreaYearFactory(DjangoModelFactory):
    class Meta:
        model = AreaYear

    area = factory.SubFactory("tests.factories.core.WardFactory")
    ward = factory.SelfAttribute("area")
    on = date(2024, 12, 31)
    households = 7847
    persons = 29_000
    source = "Số liệu thử"


class ProcedureFactory(DjangoModelFactory):
    """The procedure of 2021: half of those present, three working days."""

    class Meta:
        model = ReviewProcedure
        django_get_or_create = ("code",)

    code = "QD-24-2021"
    name = "Quy trình rà soát"
    legal_reference = "Quyết định số 24/2021/QĐ-TTg"
    valid_from = date(2021, 9, 1)
    agreeing_percent = 50
    posting_days = 3
    opens_on_day = 901
    closes_on_day = 1214
    regular_days = 15


class CampaignFactory(DjangoModelFactory):
    """The open annual review of 2026."""

    class Meta:
        model = ReviewCampaign

    ward = factory.SubFactory("tests.factories.core.WardFactory")
    year = 2026
    kind = CampaignKind.ANNUAL
    name = factory.LazyAttribute(lambda campaign: f"Rà soát định kỳ năm {campaign.year}")
    standard = factory.SubFactory(StandardFactory)
    opens_on = factory.LazyAttribute(lambda campaign: date(campaign.year, 9, 1))
    closes_on = factory.LazyAttribute(lambda campaign: date(campaign.year, 12, 14))


class CampaignVillageFactory(DjangoModelFactory):
    class Meta:
        model = CampaignVillage
        django_get_or_create = ("campaign", "village")

    campaign = factory.SubFactory(CampaignFactory)
    ward = factory.SelfAttribute("campaign.ward")
    village = factory.SubFactory(VillageFactory, parent=factory.SelfAttribute("..ward"))


class ReviewFactory(DjangoModelFactory):
    """A pending review of a new household, in a village of the campaign."""

    class Meta:
        model = Review
        skip_postgeneration_save = True

    campaign = factory.SubFactory(CampaignFactory)
    ward = factory.SelfAttribute("campaign.ward")
    household = factory.SubFactory(
        HouseholdFactory,
        village=factory.SubFactory(VillageFactory, parent=factory.SelfAttribute("...ward")),
    )
    village = factory.SelfAttribute("household.village")
    list_reason = ListReason.ON_LIST

    @factory.post_generation
    def _campaign_village(self, create, extracted, **kwargs):
        CampaignVillageFactory(campaign=self.campaign, village=self.village)


class DecisionFactory(DjangoModelFactory):
    class Meta:
        model = Decision

    ward = factory.SubFactory("tests.factories.core.WardFactory")
    number = factory.Sequence(lambda n: f"{n}/QĐ-UBND")
    decided_on = date(2025, 12, 15)
    year = factory.SelfAttribute("decided_on.year")
    effective_from = factory.SelfAttribute("decided_on")
    prepared_by = factory.SubFactory(UserFactory)
    approved_by = factory.SubFactory(UserFactory)


class CertificateFactory(DjangoModelFactory):
    class Meta:
        model = Certificate

    household = factory.SubFactory(HouseholdFactory)
    ward = factory.SelfAttribute("household.ward")
    decision = factory.SubFactory(DecisionFactory, ward=factory.SelfAttribute("..ward"))
    number = factory.Sequence(lambda n: n + 1)
    issued_on = date(2026, 11, 20)
    year = factory.SelfAttribute("issued_on.year")
    poverty_class = PovertyClass.POOR
    head_name = "Đặng Thị Ủy"
    search_key = factory.LazyAttribute(lambda row: search_key(row.head_name))
    issued_by = factory.SubFactory(UserFactory)
    issued_at = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)


class HouseholdEventFactory(DjangoModelFactory):
    """A birth in a new household; another kind needs what its kind needs."""

    class Meta:
        model = HouseholdEvent

    household = factory.SubFactory(HouseholdFactory)
    ward = factory.SelfAttribute("household.ward")
    kind = EventKind.BIRTH
    person = factory.SubFactory(PersonFactory, ward=factory.SelfAttribute("..ward"))
    happened_on = date(2026, 5, 17)
    recorded_at = datetime(2026, 5, 18, 2, 0, tzinfo=UTC)


class ReviewRequestFactory(DjangoModelFactory):
    """A request that waits, of somebody who is not in the register."""

    class Meta:
        model = ReviewRequest

    village = factory.SubFactory(VillageFactory)
    ward = factory.SelfAttribute("village.parent")
    applicant = factory.Sequence(lambda n: f"Y Đề Nghị {n}")
    kind = RequestKind.REVIEW
    channel = RequestChannel.IN_PERSON
    received_on = date(2026, 11, 5)
    received_by = factory.SubFactory(UserFactory)
    recorded_at = datetime(2026, 11, 5, 2, 0, tzinfo=UTC)


class NeedKindFactory(DjangoModelFactory):
    """A kind that every ward shares."""

    class Meta:
        model = NeedKind

    code = factory.Sequence(lambda n: f"nhu-cau-{n}")
    name = factory.Sequence(lambda n: f"Nhu cầu {n}")
    order = factory.Sequence(lambda n: n)


class NeedFactory(DjangoModelFactory):
    """What a household said on a day that it needs."""

    class Meta:
        model = SupportNeed

    household = factory.SubFactory(HouseholdFactory)
    ward = factory.SelfAttribute("household.ward")
    kind = factory.SubFactory(NeedKindFactory)
    asked_on = date(2026, 3, 2)
    source = NeedSource.OFFICER


class InquiryFactory(DjangoModelFactory):
    class Meta:
        model = NeedInquiry

    household = factory.SubFactory(HouseholdFactory)
    ward = factory.SelfAttribute("household.ward")
    asked_on = date(2026, 3, 2)
    source = NeedSource.OFFICER
    has_needs = False


class LowIncomeTermFactory(DjangoModelFactory):
    class Meta:
        model = LowIncomeTerm
        django_get_or_create = ("valid_from",)

    valid_from = date(2025, 2, 24)
    valid_to = date(2026, 12, 31)
    rural_line = 2_250_000
    urban_line = 3_000_000
    legal_reference = "Văn bản thử"
    confidence = "Chưa kiểm chứng"


class LowIncomeWorkerFactory(DjangoModelFactory):
    class Meta:
        model = LowIncomeWorker

    household = factory.SubFactory(HouseholdFactory)
    ward = factory.SelfAttribute("household.ward")
    person = factory.LazyAttribute(lambda each: each.household.memberships.get(is_head=True).person)
    recognised_on = date(2026, 3, 2)
    document = "12/BC-UBND"


class PledgeFactory(DjangoModelFactory):
    """A poor household that registered to escape in the year."""

    class Meta:
        model = EscapePledge

    household = factory.SubFactory(HouseholdFactory)
    ward = factory.SelfAttribute("household.ward")
    year = 2026
    pledged_on = date(2026, 3, 2)
    from_class = PovertyClass.POOR
    commitment = "Nuôi thêm hai con bò"


class HelperFactory(DjangoModelFactory):
    class Meta:
        model = HouseholdHelper

    pledge = factory.SubFactory(PledgeFactory)
    ward = factory.SelfAttribute("pledge.ward")
    name = factory.Sequence(lambda n: f"Lê Thị Hoa {n}")
    organisation = "Hội Nông dân"
    task = "Hướng dẫn chăn nuôi"
    from_on = date(2026, 3, 2)


class VisitFactory(DjangoModelFactory):
    class Meta:
        model = HelperVisit

    pledge = factory.SubFactory(PledgeFactory)
    ward = factory.SelfAttribute("pledge.ward")
    visited_on = date(2026, 9, 1)
    note = "Bò khỏe, chuồng đã sửa"
    recorded_by = factory.SubFactory(UserFactory)


class PersonFactFactory(DjangoModelFactory):
    """Said of the head of a household, or of `person`, on a day."""

    class Meta:
        model = PersonFact

    household = factory.SubFactory(HouseholdFactory)
    ward = factory.SelfAttribute("household.ward")
    person = factory.LazyAttribute(lambda fact: fact.household.memberships.earliest("pk").person)
    topic = FactTopic.INSURANCE
    answer = FactAnswer.YES
    as_of = date(2026, 3, 1)
    source = FactSource.HOUSEHOLD
