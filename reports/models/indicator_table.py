"""Tables of indicators that a ward sets up for its supervision reports (Biểu 01 đến 15)."""

from django.db import models
from django.db.models import Q

from povertyplan.core.models import Area, ScopedQuerySet
from projects.models import Indicator
from reports.models.report_period import WITHOUT_REPORTS

MOST_TABLES = 15


class IndicatorTableQuerySet(ScopedQuerySet):
    village_path = None
    closed_to = WITHOUT_REPORTS


class IndicatorTable(models.Model):
    """One of the tables 01 to 15 of Thông tư 10/2022/TT-BLĐTBXH as a ward fills it (biểu).

    The text of the circular's columns is not at hand: `columns` and rows are the ward's choice.
    """

    ward = models.ForeignKey(Area, models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField("Biểu số")
    name = models.CharField("Tên biểu", max_length=250)
    columns = models.JSONField("Các cột", default=list)
    version = models.PositiveIntegerField(default=1)

    objects = IndicatorTableQuerySet.as_manager()

    class Meta:
        verbose_name = "biểu chỉ tiêu"
        ordering = ["ward", "number"]
        constraints = [
            models.UniqueConstraint(fields=["ward", "number"], name="indicator_table_once"),
            models.CheckConstraint(
                condition=Q(number__gte=1, number__lte=MOST_TABLES),
                name="indicator_table_is_one_of_them",
            ),
            models.CheckConstraint(condition=~Q(name=""), name="indicator_table_has_a_name"),
        ]

    def __str__(self):
        return f"Biểu {self.number:02}: {self.name}"


class IndicatorTableRow(models.Model):
    """An indicator in a table; it stands in the order of the ward's indicators."""

    table = models.ForeignKey(IndicatorTable, models.CASCADE, related_name="rows")
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "dòng của biểu chỉ tiêu"
        ordering = ["table", "indicator__order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["table", "indicator"], name="indicator_table_row_once")
        ]

    def __str__(self):
        return str(self.indicator)
