"""The report of a unit, or the part of a village, for a period: what was sent and sent back."""

from decimal import Decimal
from typing import cast

from django.db import models
from django.db.models import F, Q

from povertyplan.core.choices import Role
from povertyplan.core.models import Area, ScopedQuerySet, Unit, User
from reports.choices import FIGURE_PARTS, HANDED_IN, FigureAnswer, ReportPart, UnitReportState
from reports.models.report_period import WITHOUT_REPORTS, ReportRequest

# Units as they are printed, then the villages as people sort them; databases put nulls differently.
AUTHOR_ORDER = (
    F("unit__order").asc(nulls_last=True),
    F("unit").asc(nulls_last=True),
    F("village__order").asc(nulls_first=True),
    F("village__sort_key").asc(nulls_first=True),
    "pk",
)


class UnitReportQuerySet(ScopedQuerySet):
    """An officer of a unit sees the reports of the unit, a head of a village the village's parts.

    An observer sees those that were received.
    """

    closed_to = frozenset({Role.ADMINISTRATOR})

    def by_author(self):
        """The units in their order, then the villages in theirs."""
        return self.order_by(*AUTHOR_ORDER)

    def _granted(self, grant):
        inside = super()._granted(grant)
        if grant.role == Role.ENTRY_OFFICER:
            return inside & Q(village__isnull=False)
        if grant.role == Role.UNIT_REPORTER:
            return inside & Q(unit=grant.unit_id)
        if grant.role == Role.OBSERVER:
            return inside & Q(state=UnitReportState.RECEIVED)
        return inside


class UnitReport(models.Model):
    """What a unit reports for a period (báo cáo của đơn vị). Received, it never changes again.

    With a village in place of a unit it is the part that the village's head writes (phần của
    thôn, tổ dân phố): words alone. Where the coordinator wrote it down for the village, `told_by`
    is who of the village gave it, in place of `sent_by`.
    """

    ward = models.ForeignKey(Area, models.PROTECT, related_name="+")
    request = models.ForeignKey(ReportRequest, models.PROTECT, related_name="unit_reports")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="reports")
    village = models.ForeignKey(
        Area, models.PROTECT, null=True, blank=True, related_name="report_parts"
    )
    state = models.CharField(
        "Tình trạng", max_length=9, choices=UnitReportState, default=UnitReportState.NOT_BEGUN
    )
    results = models.TextField("Kết quả", blank=True)
    difficulties = models.TextField("Khó khăn, vướng mắc", blank=True)
    proposals = models.TextField("Đề xuất, kiến nghị", blank=True)
    sent_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    sent_at = models.DateTimeField("Gửi lúc", null=True, blank=True)
    told_by = models.CharField("Người của thôn cung cấp", max_length=120, blank=True)
    received_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    received_at = models.DateTimeField("Tiếp nhận lúc", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = UnitReportQuerySet.as_manager()

    class Meta:
        verbose_name = "báo cáo của đơn vị"
        ordering = ["request", *AUTHOR_ORDER]
        constraints = [
            models.UniqueConstraint(fields=["request", "unit"], name="unit_report_once"),
            models.UniqueConstraint(fields=["request", "village"], name="village_part_once"),
            models.CheckConstraint(
                condition=Q(unit=None, village__isnull=False) | Q(unit__isnull=False, village=None),
                name="unit_report_of_unit_or_village",
            ),
            models.CheckConstraint(
                condition=Q(state__in=UnitReportState.values), name="unit_report_known_state"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=HANDED_IN) | Q(sent_at__isnull=False),
                name="unit_report_sent_at_some_time",
            ),
            models.CheckConstraint(
                condition=Q(state=UnitReportState.RECEIVED, received_at__isnull=False)
                | ~Q(state=UnitReportState.RECEIVED) & Q(received_at=None),
                name="unit_report_received_at_some_time",
            ),
            models.CheckConstraint(
                condition=Q(told_by="") | Q(village__isnull=False, sent_by=None),
                name="unit_report_told_by_a_village",
            ),
            models.CheckConstraint(
                condition=~Q(sent_by=F("received_by")),
                name="unit_report_two_persons",
                violation_error_message="Người gửi không được tự tiếp nhận.",
            ),
        ]

    def __str__(self):
        return f"Báo cáo của {self.author}"

    @property
    def author(self) -> Unit | Area:
        """The unit or the village that writes it."""
        return cast(Unit | Area, self.unit or self.village)  # the database asks for one of both

    @property
    def asks_figures(self) -> bool:
        """Whether figures are filled in; a village writes words alone."""
        return self.request.asks_figures and self.unit_id is not None

    @property
    def is_begun(self) -> bool:
        return self.state != UnitReportState.NOT_BEGUN

    @property
    def is_sent(self) -> bool:
        """Whether it waits to be received."""
        return self.state == UnitReportState.SENT

    @property
    def is_received(self) -> bool:
        return self.state == UnitReportState.RECEIVED

    @property
    def is_open(self) -> bool:
        """Whether the unit may write it."""
        return self.state not in HANDED_IN


class ReportPiecesQuerySet(ScopedQuerySet):
    """What belongs to reports of units; read through the report it belongs to."""

    ward_path = "report__ward"
    village_path = None
    closed_to = WITHOUT_REPORTS | {Role.UNIT_REPORTER, Role.OBSERVER}


class UnitReportFigure(models.Model):
    """A figure of a unit's report as it was filled in from data, and what the unit says to it.

    `computed` is what the data said on the day of the report, None where they said nothing;
    `source` and `as_of` say where it comes from. `own` replaces it, with a reason. `estimate` is
    what the unit expects of the whole period.
    """

    report = models.ForeignKey(UnitReport, models.CASCADE, related_name="figures")
    part = models.CharField("Phần", max_length=12, choices=ReportPart)
    key = models.CharField("Mã", max_length=40)
    order = models.PositiveSmallIntegerField()
    label = models.CharField("Nội dung", max_length=400)
    measure_unit = models.CharField("Đơn vị tính", max_length=40, blank=True)
    target = models.CharField("Kế hoạch", max_length=200, blank=True)
    computed = models.DecimalField(
        "Số liệu", max_digits=18, decimal_places=2, null=True, blank=True
    )
    source = models.CharField("Nguồn", max_length=400, blank=True)
    as_of = models.DateField("Đến ngày", null=True, blank=True)
    answer = models.CharField("Trả lời", max_length=6, choices=FigureAnswer, blank=True)
    own = models.DecimalField("Sửa thành", max_digits=18, decimal_places=2, null=True, blank=True)
    reason = models.CharField("Lý do sửa", max_length=500, blank=True)
    estimate = models.DecimalField(
        "Ước cả kỳ", max_digits=18, decimal_places=2, null=True, blank=True
    )

    objects = ReportPiecesQuerySet.as_manager()

    class Meta:
        verbose_name = "số liệu báo cáo của đơn vị"
        ordering = ["report", "order"]
        constraints = [
            models.UniqueConstraint(fields=["report", "key"], name="unit_figure_once"),
            models.CheckConstraint(
                condition=Q(part__in=FIGURE_PARTS, answer__in=["", *FigureAnswer.values]),
                name="unit_figure_known_part_and_answer",
            ),
            models.CheckConstraint(
                condition=Q(answer=FigureAnswer.OWN, own__isnull=False) & ~Q(reason="")
                | ~Q(answer=FigureAnswer.OWN) & Q(own=None, reason=""),
                name="unit_figure_changed_with_reason",
            ),
            models.CheckConstraint(
                condition=(Q(own=None) | Q(own__gte=0)) & (Q(estimate=None) | Q(estimate__gte=0)),
                name="unit_figure_not_negative",
            ),
        ]

    def __str__(self):
        return self.label

    @property
    def value(self) -> Decimal | None:
        """What the unit reports; None where it is not known."""
        return self.own if self.answer == FigureAnswer.OWN else self.computed


class UnitReportSending(models.Model):
    """What a unit sent, as it was sent (lần gửi)."""

    report = models.ForeignKey(UnitReport, models.PROTECT, related_name="sendings")
    number = models.PositiveSmallIntegerField("Lần")
    sent_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField("Gửi lúc")
    content = models.JSONField()

    objects = ReportPiecesQuerySet.as_manager()

    class Meta:
        verbose_name = "lần gửi báo cáo"
        ordering = ["report", "number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="unit_sending_once")
        ]

    def __str__(self):
        return f"{self.report}, lần {self.number}"


class UnitReportReturn(models.Model):
    """Why a part of what was sent came back (lý do trả lại)."""

    report = models.ForeignKey(UnitReport, models.PROTECT, related_name="returns")
    sending = models.ForeignKey(UnitReportSending, models.PROTECT, related_name="returns")
    part = models.CharField("Phần", max_length=12, choices=ReportPart)
    reason = models.CharField("Lý do", max_length=1000)
    returned_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    returned_at = models.DateTimeField("Trả lại lúc")

    objects = ReportPiecesQuerySet.as_manager()

    class Meta:
        verbose_name = "lý do trả lại báo cáo"
        ordering = ["report", "sending", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["sending", "part"], name="unit_return_part_once"),
            models.CheckConstraint(
                condition=Q(part__in=ReportPart.values) & ~Q(reason=""),
                name="unit_return_says_why",
            ),
        ]

    def __str__(self):
        return f"{self.get_part_display()}: {self.reason}"
