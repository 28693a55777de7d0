"""A programme with one project, indicators with targets, kinds of support and supports."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from povertyplan.core import clock
from projects.choices import (
    BudgetAct,
    BudgetKind,
    BudgetSource,
    Confidence,
    Direction,
    DonationFund,
    DonationWay,
    Eligibility,
    LivelihoodKind,
    LivelihoodStage,
    Measure,
    PublicationPlace,
    PublicationTrigger,
    Recurrence,
    SupportRecipient,
    SupportState,
    TargetOperator,
    UnitDutyKind,
    UnitRole,
)
from projects.models import (
    Activity,
    Actual,
    BudgetEntry,
    ComponentProject,
    DonationEntry,
    Handover,
    HandoverKind,
    HandoverList,
    Indicator,
    Livelihood,
    LivelihoodMember,
    LivelihoodProcedure,
    LivelihoodStep,
    Programme,
    ProjectUnit,
    Publication,
    PublicationRule,
    Support,
    SupportKind,
    Target,
    UnitDuty,
    WardProject,
)


class ProgrammeFactory(DjangoModelFactory):
    class Meta:
        model = Programme
        django_get_or_create = ("code",)

    code = "GNBV-2021-2025"
    name = "Chương trình mục tiêu quốc gia giảm nghèo bền vững giai đoạn 2021-2025"
    legal_reference = "Quyết định số 90/QĐ-TTg"
    valid_from = date(2021, 1, 1)
    valid_to = date(2025, 12, 31)


class ComponentProjectFactory(DjangoModelFactory):
    class Meta:
        model = ComponentProject

    programme = factory.SubFactory(ProgrammeFactory)
    code = factory.Sequence(lambda n: str(20 + n))  # beyond those that tests write themselves
    label = factory.LazyAttribute(lambda project: "Tiểu dự án" if project.parent else "Dự án")
    parent = None
    official_name = factory.Sequence(lambda n: f"Dự án thử số {n}")
    order = factory.Sequence(lambda n: n)


class WardProjectFactory(DjangoModelFactory):
    class Meta:
        model = WardProject

    ward = factory.SubFactory("tests.factories.core.WardFactory")
    project = factory.SubFactory(ComponentProjectFactory)
    year_from = 2025
    year_to = 2030


class ProjectUnitFactory(DjangoModelFactory):
    class Meta:
        model = ProjectUnit

    ward_project = factory.SubFactory(WardProjectFactory)
    unit = factory.SubFactory(
        "tests.factories.core.UnitFactory", ward=factory.SelfAttribute("..ward_project.ward")
    )
    role = UnitRole.LEAD
    year_from = 2025
    year_to = 2030


class ActivityFactory(DjangoModelFactory):
    class Meta:
        model = Activity

    ward_project = factory.SubFactory(WardProjectFactory)
    ward = factory.SelfAttribute("ward_project.ward")
    year = 2026
    name = factory.Sequence(lambda n: f"Hoạt động số {n}")


class DonationFactory(DjangoModelFactory):
    """Ten million that came in."""

    class Meta:
        model = DonationEntry

    ward = factory.SubFactory("tests.factories.core.WardFactory")
    fund = DonationFund.FOR_THE_POOR
    way = DonationWay.IN
    amount = 10_000_000
    dated = date(2026, 3, 2)
    party = "Công ty A"
    purpose = "Ủng hộ người nghèo"
    document_number = "PT 01"


class UnitDutyFactory(DjangoModelFactory):
    """The book of donations, kept by a unit."""

    class Meta:
        model = UnitDuty

    unit = factory.SubFactory("tests.factories.core.UnitFactory")
    ward = factory.SelfAttribute("unit.ward")
    duty = UnitDutyKind.DONATIONS
    valid_from = date(2026, 1, 1)


class LivelihoodProcedureFactory(DjangoModelFactory):
    """A meeting, five working days in public, at least half of the members beneficiaries."""

    class Meta:
        model = LivelihoodProcedure

    kind = LivelihoodKind.COMMUNITY
    valid_from = date(2021, 1, 1)
    asks_meeting = True
    assessor = "Tổ đánh giá"
    posting_days = 5
    public_days = 5
    least_beneficiaries = 50
    legal_reference = "Văn bản thử"
    confidence = Confidence.MEDIUM


class LivelihoodFactory(DjangoModelFactory):
    class Meta:
        model = Livelihood

    ward_project = factory.SubFactory(WardProjectFactory)
    ward = factory.SelfAttribute("ward_project.ward")
    kind = LivelihoodKind.COMMUNITY
    name = factory.Sequence(lambda n: f"Nuôi bò sinh sản {n}")
    year_from = 2026
    year_to = 2027


class LivelihoodStepFactory(DjangoModelFactory):
    class Meta:
        model = LivelihoodStep

    livelihood = factory.SubFactory(LivelihoodFactory)
    ward = factory.SelfAttribute("livelihood.ward")
    stage = LivelihoodStage.ANNOUNCED
    on = date(2026, 3, 2)


class LivelihoodMemberFactory(DjangoModelFactory):
    class Meta:
        model = LivelihoodMember

    livelihood = factory.SubFactory(LivelihoodFactory)
    ward = factory.SelfAttribute("livelihood.ward")
    joined_on = date(2026, 3, 2)


class IndicatorFactory(DjangoModelFactory):
    class Meta:
        model = Indicator

    ward = factory.SubFactory("tests.factories.core.WardFactory")
    code = factory.Sequence(lambda n: f"indicator-{n}")
    name = factory.Sequence(lambda n: f"Chỉ tiêu số {n}")
    measure = Measure.COUNT
    measure_unit = "hộ"
    direction = Direction.DOWN


class TargetFactory(DjangoModelFactory):
    class Meta:
        model = Target

    indicator = factory.SubFactory(IndicatorFactory)
    ward = factory.SelfAttribute("indicator.ward")
    area = factory.SelfAttribute("ward")
    year = 2025
    operator = TargetOperator.EQUAL
    low = 12


class ActualFactory(DjangoModelFactory):
    class Meta:
        model = Actual

    indicator = factory.SubFactory(IndicatorFactory)
    ward = factory.SelfAttribute("indicator.ward")
    area = factory.SelfAttribute("ward")
    year = 2025
    numerator = 14
    as_of = date(2025, 12, 31)


class BudgetEntryFactory(DjangoModelFactory):
    class Meta:
        model = BudgetEntry

    ward_project = factory.SubFactory(WardProjectFactory)
    ward = factory.SelfAttribute("ward_project.ward")
    year = 2026
    first_year = factory.SelfAttribute("year")
    source = BudgetSource.CENTRAL
    kind = BudgetKind.RECURRENT
    act = BudgetAct.ALLOCATED
    amount = 31_000_000
    dated = date(2026, 2, 10)
    document_number = "12/QĐ-UBND"


class SupportKindFactory(DjangoModelFactory):
    """Breeding hens for poor and near-poor households, once."""

    class Meta:
        model = SupportKind

    code = factory.Sequence(lambda n: f"loai-{n}")
    name = factory.Sequence(lambda n: f"Loại hỗ trợ {n}")
    legal_reference = "Văn bản thử"
    confidence = Confidence.HIGH
    valid_from = date(2022, 1, 1)
    recipient = SupportRecipient.HOUSEHOLD
    for_poor = True
    for_near_poor = True
    recurrence = Recurrence.ONCE
    quantity_unit = "con"
    order = factory.Sequence(lambda n: n)


class HandoverKindFactory(DjangoModelFactory):
    """Persons of poor and near-poor households, for the health insurance."""

    class Meta:
        model = HandoverKind

    code = factory.Sequence(lambda n: f"chuyen-{n}")
    name = factory.Sequence(lambda n: f"Danh sách thử {n}")
    receiver = "Bảo hiểm xã hội cơ sở"
    subject = SupportRecipient.PERSON
    for_poor = True
    for_near_poor = True
    columns = ("name", "citizen_id", "head", "code", "village")
    legal_reference = "Văn bản thử"
    confidence = Confidence.MEDIUM
    order = factory.Sequence(lambda n: n)


class HandoverFactory(DjangoModelFactory):
    class Meta:
        model = Handover

    decision = factory.SubFactory("tests.factories.households.DecisionFactory")
    ward = factory.SelfAttribute("decision.ward")
    as_of = factory.SelfAttribute("decision.effective_from")
    made_at = factory.LazyFunction(clock.now)
    made_by = factory.SubFactory("tests.factories.core.UserFactory")


class HandoverListFactory(DjangoModelFactory):
    """A list with one change, not sent yet."""

    class Meta:
        model = HandoverList

    handover = factory.SubFactory(HandoverFactory)
    ward = factory.SelfAttribute("handover.ward")
    kind = factory.SubFactory(HandoverKindFactory)
    receiver = factory.SelfAttribute("kind.receiver")
    change_count = 1
    digest = "0" * 64


class PublicationRuleFactory(DjangoModelFactory):
    """Recognised results at the office: within five working days, for thirty days."""

    class Meta:
        model = PublicationRule

    code = factory.Sequence(lambda n: f"cong-khai-{n}")
    name = factory.Sequence(lambda n: f"Nội dung thử {n}")
    trigger = PublicationTrigger.DECISION
    place = PublicationPlace.OFFICE
    due_days = 5
    min_days = 30
    legal_reference = "Văn bản thử"
    confidence = Confidence.HIGH
    order = factory.Sequence(lambda n: n)


class PublicationFactory(DjangoModelFactory):
    class Meta:
        model = Publication

    ward = factory.SubFactory("tests.factories.core.WardFactory")
    rule = factory.SubFactory(PublicationRuleFactory)
    occasion = "quarter-2026-1"
    occasion_label = "Quý I/2026"
    happened_on = date(2026, 3, 31)
    posted_from = date(2026, 4, 2)
    evidence = "Biên bản niêm yết"


class SupportFactory(DjangoModelFactory):
    """Twenty hens that a household received."""

    class Meta:
        model = Support

    household = factory.SubFactory("tests.factories.households.HouseholdFactory")
    ward = factory.SelfAttribute("household.ward")
    kind = factory.SubFactory(SupportKindFactory)
    quantity = 20
    amount = 2_000_000
    state = SupportState.DELIVERED
    delivered_on = date(2026, 3, 10)
    year = factory.LazyAttribute(lambda each: (each.delivered_on or each.promised_on).year)
    verdict = Eligibility.YES
