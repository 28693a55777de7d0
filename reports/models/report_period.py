"""When progress reports are due, and the periods for which a ward asks its units."""

from django.db import models
from django.db.models import F, Q

from povertyplan.core.choices import Role
from povertyplan.core.models import Area, ScopedQuerySet, User
from projects.choices import Confidence
from reports.choices import ReportPeriod
from reports.models.document import Document

# Administrators have no part in progress reports; heads of villages see their own part alone.
WITHOUT_REPORTS = frozenset({Role.ENTRY_OFFICER, Role.ADMINISTRATOR})


class ReportingRule(models.Model):
    """A report that is due at some day of each of its periods (chế độ báo cáo).

    Without a ward it is of every ward. Without `due_day` nobody has said when. Those of a month or
    a quarter are due `months_after` its last month, the others in `due_month`; `is_before`: the
    day itself is too late. `first_number` and `last_number` leave out periods of a year. Units
    write those that are `of_units`; the others are the ward's alone.
    """

    ward = models.ForeignKey(Area, models.PROTECT, null=True, blank=True, related_name="+")
    code = models.CharField("Mã", max_length=40)
    name = models.CharField("Báo cáo", max_length=200)
    period = models.CharField("Kỳ báo cáo", max_length=12, choices=ReportPeriod)
    due_day = models.PositiveSmallIntegerField("Hạn, ngày", null=True, blank=True)
    due_month = models.PositiveSmallIntegerField("Hạn, tháng", null=True, blank=True)
    months_after = models.PositiveSmallIntegerField("Số tháng sau kỳ", default=0)
    is_before = models.BooleanField("Trước ngày này", default=False)
    first_number = models.PositiveSmallIntegerField("Từ kỳ", default=1)
    last_number = models.PositiveSmallIntegerField("Đến kỳ", default=12)
    year_from = models.PositiveSmallIntegerField("Từ năm", null=True, blank=True)
    year_to = models.PositiveSmallIntegerField("Đến năm", null=True, blank=True)
    of_units = models.BooleanField("Đơn vị gửi báo cáo", default=True)
    via = models.CharField("Qua đơn vị", max_length=200, blank=True)
    recipient = models.CharField("Nơi nhận", max_length=200)
    legal_reference = models.CharField("Căn cứ pháp lý", max_length=250)
    confidence = models.CharField(
        "Mức tin cậy", max_length=6, choices=Confidence, default=Confidence.HIGH
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = "chế độ báo cáo"
        ordering = ["ward", "code"]
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=Q(ward=None), name="reporting_rule_code_once"
            ),
            models.UniqueConstraint(
                fields=["ward", "code"], name="reporting_rule_code_once_in_ward"
            ),
            models.CheckConstraint(
                condition=Q(period__in=ReportPeriod.values, confidence__in=Confidence.values),
                name="reporting_rule_known_period",
            ),
            models.CheckConstraint(
                condition=(Q(due_day=None) | Q(due_day__gte=1, due_day__lte=31))
                & (Q(due_month=None) | Q(due_month__gte=1, due_month__lte=12)),
                name="reporting_rule_due_is_a_day",
            ),
            models.CheckConstraint(
                condition=Q(year_from=None) | Q(year_to=None) | Q(year_to__gte=F("year_from")),
                name="reporting_rule_years_in_order",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def is_checked(self) -> bool:
        """Whether its days were compared with the law."""
        return self.confidence == Confidence.HIGH


class ReportRequestQuerySet(ScopedQuerySet):
    village_path = None
    closed_to = WITHOUT_REPORTS


class ReportRequest(models.Model):
    """A period for which a ward asks units to report (yêu cầu báo cáo).

    `number` is which month or quarter of the year it is, or which request. Figures count up to
    `data_on`; where that comes before `last_day`, units may add what they expect of the whole
    period. Without `asks_figures` they write words alone. `document` is the report of the ward that
    was made of them.
    """

    ward = models.ForeignKey(Area, models.PROTECT, related_name="report_requests")
    rule = models.ForeignKey(
        ReportingRule, models.PROTECT, null=True, blank=True, related_name="requests"
    )
    period = models.CharField("Kỳ báo cáo", max_length=12, choices=ReportPeriod)
    year = models.PositiveSmallIntegerField("Năm")
    number = models.PositiveSmallIntegerField("Kỳ số", default=1)
    subject = models.CharField("Nội dung yêu cầu", max_length=200, blank=True)
    first_day = models.DateField("Từ ngày")
    last_day = models.DateField("Đến ngày")
    data_on = models.DateField("Số liệu đến ngày")
    due_on = models.DateField("Hạn đơn vị gửi")
    asks_figures = models.BooleanField("Hỏi số liệu của đơn vị", default=True)
    note = models.CharField("Ghi chú cho đơn vị", max_length=500, blank=True)
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField("Mở lúc")
    document = models.OneToOneField(
        Document, models.PROTECT, null=True, blank=True, related_name="report_request"
    )
    version = models.PositiveIntegerField(default=1)

    objects = ReportRequestQuerySet.as_manager()

    class Meta:
        verbose_name = "yêu cầu báo cáo"
        ordering = ["ward", "-year", "due_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["ward", "period", "year", "number"], name="report_request_once"
            ),
            models.CheckConstraint(
                condition=Q(period__in=ReportPeriod.values), name="report_request_known_period"
            ),
            models.CheckConstraint(
                condition=Q(first_day__lte=F("data_on"), data_on__lte=F("last_day")),
                name="report_request_data_within_period",
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=F("data_on")), name="report_request_due_after_data"
            ),
            models.CheckConstraint(
                condition=~Q(period=ReportPeriod.ON_REQUEST) | ~Q(subject=""),
                name="report_request_names_its_subject",
            ),
        ]

    def __str__(self):
        return f"{self.get_period_display()} {self.number}/{self.year}"

    @property
    def takes_estimates(self) -> bool:
        """Whether the figures are counted before the period is over."""
        return self.data_on < self.last_day
