"""That the ward sent a report which it writes alone, and when."""

from django.db import models
from django.db.models import Q

from povertyplan.core.models import Area, ScopedQuerySet, User
from reports.models.report_period import WITHOUT_REPORTS, ReportingRule


class SentReportQuerySet(ScopedQuerySet):
    village_path = None
    closed_to = WITHOUT_REPORTS


class SentReport(models.Model):
    """A report that was sent for a period of a rule (báo cáo đã gửi), with its number if any."""

    ward = models.ForeignKey(Area, models.PROTECT, related_name="+")
    rule = models.ForeignKey(ReportingRule, models.PROTECT, related_name="sent_reports")
    year = models.PositiveSmallIntegerField("Năm")
    number = models.PositiveSmallIntegerField("Kỳ số")
    sent_on = models.DateField("Ngày gửi")
    document_number = models.CharField("Số văn bản", max_length=60, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("Ghi lúc")
    version = models.PositiveIntegerField(default=1)

    objects = SentReportQuerySet.as_manager()

    class Meta:
        verbose_name = "báo cáo đã gửi"
        ordering = ["ward", "year", "rule", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["ward", "rule", "year", "number"], name="sent_report_once"
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=12), name="sent_report_number_of_year"
            ),
        ]

    def __str__(self):
        return f"{self.rule} {self.number}/{self.year}"
