"""Household lists on their way into the register: the file, its rows, what is to be done."""

from datetime import timedelta

from django.db import models
from django.db.models import Q

from households.choices import ImportDecision, ImportOutcome, ImportRowState, ImportStage
from households.rules.import_rows import ChangePart, Issue, RowPlan, StagedCell
from households.rules.import_sheets import ChosenSheet, LeftOutRow, UnusedColumn
from povertyplan.core import clock
from povertyplan.core.models import Area, JSONDataField, ScopedQuerySet, User
from povertyplan.core.text import formatting

from .household import Household, Person, RegisterQuerySet

# How long an import may be taken up again before it is discarded with its file.
RESUMABLE_DAYS = 30
UNFINISHED = (ImportStage.CHOSEN, ImportStage.READ)


class ImportBatchQuerySet(RegisterQuerySet):
    village_path = None

    def abandoned(self):
        """Begun and not written within the days in which an import may be taken up again."""
        since = clock.now() - timedelta(days=RESUMABLE_DAYS)
        return self.filter(stage__in=UNFINISHED, created_at__lt=since)

    def kept(self):
        """All but those that are abandoned, whether they are discarded already or not."""
        return self.exclude(pk__in=self.model.objects.abandoned().values("pk"))


class ImportBatch(models.Model):
    """One file sent for import (lần nhập từ tệp), from its choice to its writing or undoing.

    `as_of` is the moment whose state the file shows: what the register changed later is not
    overwritten. `layouts` says which sheets are read and how, `left_out` which rows are no people,
    `token` joins the batch to the changes of rows that its writing made. Personal data is in its
    rows and file only.
    """

    ward = models.ForeignKey(Area, models.PROTECT, related_name="import_batches")
    file_name = models.CharField("Tên tệp", max_length=200)
    digest = models.CharField(max_length=64)
    as_of = models.DateTimeField("Số liệu của tệp đến lúc", null=True, blank=True)
    stage = models.CharField(
        "Tình trạng", max_length=8, choices=ImportStage, default=ImportStage.CHOSEN
    )
    layouts = JSONDataField(of=ChosenSheet, many=list, default=list)
    left_out = JSONDataField(of=LeftOutRow, many=list, default=list)
    created_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name="Người nhập"
    )
    created_at = models.DateTimeField("Gửi tệp lúc")
    written_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    written_at = models.DateTimeField("Ghi lúc", null=True, blank=True)
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    undone_at = models.DateTimeField("Hoàn tác lúc", null=True, blank=True)
    token = models.CharField(max_length=32, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        verbose_name = "lần nhập từ tệp"
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["ward", "-created_at"], name="import_batch_ward")]
        constraints = [
            models.CheckConstraint(
                condition=Q(stage__in=ImportStage.values), name="import_batch_known_stage"
            ),
        ]

    def __str__(self):
        return self.file_name


class ColumnMapping(models.Model):
    """Which column of a list holds what, as a ward confirmed it last (cách ghép cột đã lưu).

    A list is known again by the fingerprint of its headings (`sheets.layouts.fingerprint`);
    `columns` are positions by column name, `set_aside` those of which somebody said that they are
    not used. Holds no personal data.
    """

    ward = models.ForeignKey(Area, models.PROTECT, related_name="column_mappings")
    fingerprint = models.CharField(max_length=64)
    columns = models.JSONField(default=dict)
    set_aside = models.JSONField(default=list, blank=True)
    confirmed_on = models.DateField("Dùng lần cuối ngày")
    confirmed_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        verbose_name = "cách ghép cột đã lưu"
        constraints = [
            models.UniqueConstraint(fields=["ward", "fingerprint"], name="column_mapping_once"),
        ]

    def __str__(self):
        return f"Cách ghép cột dùng ngày {formatting.day(self.confirmed_on)}"


class ImportFile(models.Model):
    """The bytes of a batch's file, kept apart so that lists of batches stay light.

    `unused` are the columns with content that it is read without. Sensitive: their samples, and
    the file.
    """

    batch = models.OneToOneField(ImportBatch, models.CASCADE, related_name="file")
    content = models.BinaryField()
    unused = JSONDataField(of=UnusedColumn, many=list, default=list)

    def __str__(self):
        return str(self.batch)


class ImportRowQuerySet(ScopedQuerySet):
    village_path = None


class ImportRow(models.Model):
    """One row of a file that is a person, before and after it is written.

    `cells` holds by column what stood there and how it was read; `issues` what is wrong in
    comparison; `plan` what writing would do. `household_position` numbers the households of the
    file. Sensitive: everything the list says about people.
    """

    ward = models.ForeignKey(Area, models.PROTECT, related_name="+")
    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField()
    household_position = models.PositiveIntegerField()
    sheet = models.CharField("Trang tính", max_length=60)
    number = models.PositiveIntegerField("Dòng")
    cells = JSONDataField(of=StagedCell, many=dict, default=dict)
    issues = JSONDataField(of=Issue, many=list, default=list)
    plan = JSONDataField(of=RowPlan, default=dict)
    state = models.CharField("Tình trạng", max_length=9, choices=ImportRowState)
    decision = models.CharField("Cách xử lý", max_length=4, choices=ImportDecision, blank=True)
    outcome = models.CharField("Kết quả", max_length=9, choices=ImportOutcome, blank=True)
    reason = models.TextField("Lý do", blank=True)
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="+")
    household = models.ForeignKey(
        Household, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        verbose_name = "dòng nhập từ tệp"
        ordering = ["batch", "position"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "position"], name="import_row_position_once"),
            models.CheckConstraint(
                condition=Q(state__in=ImportRowState.values), name="import_row_known_state"
            ),
        ]

    def __str__(self):
        return f"{self.sheet}, dòng {self.number}"

    def value(self, column: str):
        """What the row says in a column; None where it says nothing or nothing readable."""
        cell = self.cells.get(column)
        return cell.value if cell else None


class ImportChangeQuerySet(ScopedQuerySet):
    village_path = None

    def standing(self):
        """Those that were not taken back, the latest first."""
        return self.filter(undone_at=None).order_by("-number")


class ImportChange(models.Model):
    """One act of correcting or deciding on the rows of a file, for taking it back (thay đổi).

    `parts` holds what it changed in which row. Goes with the batch, and when the file is read
    anew. Sensitive: what the list says about people.
    """

    ward = models.ForeignKey(Area, models.PROTECT, related_name="+")
    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="changes")
    number = models.PositiveIntegerField("Số")
    summary = models.TextField("Thay đổi")
    parts = JSONDataField(of=ChangePart, many=list, default=list)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="Người sửa")
    made_at = models.DateTimeField("Lúc")
    undone_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    undone_at = models.DateTimeField("Hoàn tác lúc", null=True, blank=True)

    objects = ImportChangeQuerySet.as_manager()

    class Meta:
        verbose_name = "thay đổi khi nhập từ tệp"
        ordering = ["batch", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="import_change_number_once"),
            models.CheckConstraint(
                condition=Q(undone_by=None, undone_at=None)
                | Q(undone_by__isnull=False, undone_at__isnull=False),
                name="import_change_undone_by_somebody",
            ),
        ]

    def __str__(self):
        return self.summary

    @property
    def places(self) -> set[tuple[int, str]]:
        """The cells and decisions that it changed."""
        return {part.place for part in self.parts}
