"""Documents without content; periods of progress reports with reports of units."""

from datetime import date, timedelta

import factory
from factory.django import DjangoModelFactory

from povertyplan.core import clock
from reports.choices import BlockKind, DocumentKind, FindingSubject, ReportPart, ReportPeriod
from reports.models import (
    AssignedTarget,
    Block,
    Document,
    ReportingRule,
    ReportRequest,
    StandardBaseline,
    SupervisionFinding,
    UnitReport,
    UnitReportFigure,
)


class DocumentFactory(DjangoModelFactory):
    class Meta:
        model = Document

    ward = factory.SubFactory("tests.factories.core.WardFactory")
    kind = DocumentKind.PLAN
    code = factory.Sequence(lambda n: f"document-{n}")
    year_from = 2025
    year_to = 2030
    subject = "giảm nghèo bền vững"
    symbol = "KH-UBND"
    place_line = "Đăk Cấm"
    issuer = "ỦY BAN NHÂN DÂN\nPHƯỜNG ĐĂK CẤM"
    data_on = date(2025, 12, 31)
    issued_year = factory.LazyAttribute(
        lambda made: getattr(made, "issued_on", None) and made.issued_on.year
    )
    authority = "TM. ỦY BAN NHÂN DÂN"
    signer_title = "CHỦ TỊCH"


class BlockFactory(DjangoModelFactory):
    class Meta:
        model = Block

    document = factory.SubFactory(DocumentFactory)
    order = factory.Sequence(lambda n: n)
    kind = BlockKind.PARAGRAPH
    text = "Nội dung thử."


class ReportingRuleFactory(DjangoModelFactory):
    class Meta:
        model = ReportingRule

    ward = None
    code = factory.Sequence(lambda n: f"che-do-{n}")
    name = "Báo cáo tiến độ"
    period = ReportPeriod.YEAR
    due_day = 10
    due_month = 11
    is_before = True
    recipient = "Ủy ban nhân dân phường"
    legal_reference = "Kế hoạch của phường"


class ReportRequestFactory(DjangoModelFactory):
    """The first nine months of 2026, counted up to their end."""

    class Meta:
        model = ReportRequest

    ward = factory.SubFactory("tests.factories.core.WardFactory")
    period = ReportPeriod.NINE_MONTHS
    year = 2026
    number = 1
    first_day = date(2026, 1, 1)
    last_day = date(2026, 9, 30)
    data_on = date(2026, 9, 30)
    due_on = date(2026, 10, 5)
    opened_by = factory.SubFactory("tests.factories.core.UserFactory")
    opened_at = factory.LazyFunction(clock.now)


class UnitReportFactory(DjangoModelFactory):
    class Meta:
        model = UnitReport

    request = factory.SubFactory(ReportRequestFactory)
    ward = factory.SelfAttribute("request.ward")
    unit = factory.SubFactory(
        "tests.factories.core.UnitFactory", ward=factory.SelfAttribute("..ward")
    )


class UnitReportFigureFactory(DjangoModelFactory):
    class Meta:
        model = UnitReportFigure

    report = factory.SubFactory(UnitReportFactory)
    part = ReportPart.INDICATORS
    key = factory.Sequence(lambda n: f"indicator-{n}")
    order = factory.Sequence(lambda n: n)
    label = factory.Sequence(lambda n: f"Chỉ tiêu số {n}")
    measure_unit = "hộ"
    computed = 95
    source = "Sổ hộ nghèo"
    as_of = date(2026, 9, 30)


class SupervisionFindingFactory(DjangoModelFactory):
    """A finding on a figure, which waits for its answer."""

    class Meta:
        model = SupervisionFinding

    ward = factory.SubFactory("tests.factories.core.WardFactory")
    subject = FindingSubject.FIGURE
    indicator = factory.SubFactory(
        "tests.factories.projects.IndicatorFactory", ward=factory.SelfAttribute("..ward")
    )
    year = 2026
    found_on = factory.LazyFunction(clock.today)
    text = "Số liệu chưa khớp với sổ của thôn."
    unit = factory.SubFactory(
        "tests.factories.core.UnitFactory", ward=factory.SelfAttribute("..ward")
    )
    reply_by = factory.LazyFunction(lambda: clock.today() + timedelta(days=10))
    recorded_by = factory.SubFactory("tests.factories.core.UserFactory")
    recorded_at = factory.LazyFunction(clock.now)


class AssignedTargetFactory(DjangoModelFactory):
    class Meta:
        model = AssignedTarget

    indicator = factory.SubFactory("tests.factories.projects.IndicatorFactory")
    ward = factory.SelfAttribute("indicator.ward")
    year = 2026
    operator = "level"
    low = 12
    issuer = "Ủy ban nhân dân tỉnh"
    document = "Quyết định số 15/QĐ-UBND"
    issued_on = date(2026, 1, 5)


class StandardBaselineFactory(DjangoModelFactory):
    class Meta:
        model = StandardBaseline

    indicator = factory.SubFactory("tests.factories.projects.IndicatorFactory")
    ward = factory.SelfAttribute("indicator.ward")
    standard = factory.SubFactory("tests.factories.households.StandardFactory")
    value = 45
    as_of = date(2026, 11, 1)
    reason = "Rà soát lại theo chuẩn mới"
