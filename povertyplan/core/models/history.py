"""What happened to each row, written by triggers, and the chain that seals it."""

from django.db import models

from .user import User


class RowChange(models.Model):
    """One insert, update or delete of one row of a business table; written only by triggers.

    `token` joins the changes of one business act to its AuditEvent; it is empty, and `actor` is
    "sql", where somebody wrote around the services. `old` and `new` are whole rows by column.
    """

    at = models.DateTimeField("Thời điểm")
    token = models.CharField(max_length=32, blank=True, db_index=True)
    actor = models.CharField("Người thực hiện", max_length=150)
    act = models.CharField("Thao tác", max_length=60, blank=True)
    source = models.CharField("Nguồn", max_length=20, blank=True)
    table = models.CharField("Bảng", max_length=63)
    row_id = models.BigIntegerField("Dòng")
    operation = models.CharField("Loại", max_length=6)
    old = models.JSONField("Trước", null=True)
    new = models.JSONField("Sau", null=True)

    class Meta:
        verbose_name = "thay đổi của dòng"
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["table", "row_id"], name="row_change_row"),
            # Few rows: what was written around the services.
            models.Index(fields=["-id"], name="row_change_sql", condition=models.Q(actor="sql")),
        ]

    def __str__(self):
        return f"{self.operation} {self.table} {self.row_id}"


class UnsealedChange(models.Model):
    """A change that waits to be put in its chain; filled by the same triggers."""

    change_id = models.BigIntegerField(primary_key=True)
    chain = models.BigIntegerField(default=0)
    token = models.CharField(max_length=32, blank=True, db_index=True)

    class Meta:
        indexes = [models.Index(fields=["chain", "change_id"], name="unsealed_chain")]

    def __str__(self):
        return str(self.change_id)


class ChainLink(models.Model):
    """A link of a chain: `digest` covers the link before it and one change.

    Each ward has a chain, named by its id; what lies in no ward is in chain 0. `position` counts
    from 1 without a gap, so that a link taken out or cut off shows.
    """

    chain = models.BigIntegerField()
    position = models.BigIntegerField()
    change_id = models.BigIntegerField(unique=True)
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = "mắt xích"
        ordering = ["chain", "position"]
        constraints = [
            models.UniqueConstraint(fields=["chain", "position"], name="link_place_once_in_chain")
        ]

    def __str__(self):
        return f"{self.chain}/{self.position}: {self.digest[:12]}"


class ChainHead(models.Model):
    """How long a chain is and how it ends, so that a cut tail shows; one row for each chain.

    Chain -1 is the one over the heads (HeadRecord).
    """

    chain = models.BigIntegerField(unique=True, default=0)
    length = models.BigIntegerField()
    digest = models.CharField(max_length=64)

    def __str__(self):
        return f"{self.chain}/{self.length}: {self.digest[:12]}"


class HeadRecord(models.Model):
    """A link of the chain over the heads: how a chain ended at some moment.

    Written when a chain begins and whenever the chains were checked, so that a ward taken out
    whole shows, and one last link vouches for all chains. `head` is the digest that ended the
    chain, `digest` covers this record and the one before it.
    """

    position = models.BigIntegerField(primary_key=True)
    chain = models.BigIntegerField()
    length = models.BigIntegerField()
    head = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = "mắt xích của các chuỗi"
        ordering = ["position"]

    def __str__(self):
        return f"{self.position}: {self.chain}/{self.length}"


class WriteContext(models.Model):
    """Who is writing, for the triggers of SQLite: one row, empty between two acts.

    PostgreSQL keeps the same facts in settings local to the transaction.
    """

    actor = models.CharField(max_length=150, blank=True)
    act = models.CharField(max_length=60, blank=True)
    source = models.CharField(max_length=20, blank=True)
    token = models.CharField(max_length=32, blank=True)

    def __str__(self):
        return self.actor or "–"


class AccessEvent(models.Model):
    """Personal data that somebody was shown or took away (truy cập dữ liệu cá nhân).

    `what` says in Vietnamese which data of whom; `purpose` is the reader's own reason.
    """

    at = models.DateTimeField("Thời điểm")
    ward = models.ForeignKey("core.Area", models.PROTECT, related_name="access_events")
    actor = models.ForeignKey(User, models.PROTECT, related_name="access_events")
    what = models.TextField("Dữ liệu")
    object_type = models.CharField(max_length=60)
    object_id = models.BigIntegerField(null=True)
    purpose = models.CharField("Mục đích", max_length=200)

    class Meta:
        verbose_name = "lượt xem dữ liệu cá nhân"
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["ward", "-at"], name="access_ward_at")]

    def __str__(self):
        return self.what
