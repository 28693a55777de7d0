"""A plan or a report as an ordered tree of blocks around the parts the law prescribes."""

from django.db import models
from django.db.models import F, Q

from povertyplan.core.choices import Role
from povertyplan.core.models import Area, ScopedQuerySet, Unit, User
from povertyplan.core.models.plain_sql import PlainYear
from projects.models import ComponentProject
from reports.choices import (
    KEPT_BY_CLERK,
    AmendKind,
    BasisRole,
    DocumentEnd,
    DocumentKind,
    DocumentState,
)

DRAFT_READERS = frozenset({Role.COORDINATOR, Role.LEADER, Role.UNIT_REPORTER})


class DocumentQuerySet(ScopedQuerySet):
    village_path = None

    def _granted(self, grant):
        """Village heads and observers see what was issued; the others see drafts too."""
        inside = super()._granted(grant)
        if grant.role in DRAFT_READERS:
            return inside
        return inside & Q(state=DocumentState.ISSUED)

    def plans(self):
        return self.filter(kind=DocumentKind.PLAN)

    def reports(self):
        return self.filter(kind=DocumentKind.REPORT)


class Document(models.Model):
    """A plan or report of a ward in the form of Nghị định 30/2020/NĐ-CP.

    `subject` is the line under the type (trích yếu). Number and date stay empty until issue;
    numbers run anew each year, so its year stands beside the date. `number_repeats` marks a number
    that another document of the kind had before, taken over from the time when nothing refused it.
    `data_on` is the day whose statuses every figure of the document counts. `archive` is who keeps
    it, the last line under "Nơi nhận". `amends` is the earlier document that this one replaces,
    amends or stands beside. An issued document stays issued; `ended_as` says how it stopped to
    hold, and `ended_text` what abolished it.
    """

    ward = models.ForeignKey(Area, models.PROTECT, related_name="documents")
    kind = models.CharField("Loại", max_length=6, choices=DocumentKind)
    code = models.CharField("Mã", max_length=60)
    year_from = models.PositiveSmallIntegerField("Từ năm")
    year_to = models.PositiveSmallIntegerField("Đến năm")
    subject = models.CharField("Trích yếu", max_length=300)
    state = models.CharField(
        "Tình trạng", max_length=12, choices=DocumentState, default=DocumentState.DRAFT
    )
    number = models.PositiveIntegerField("Số", null=True, blank=True)
    symbol = models.CharField("Ký hiệu", max_length=30)
    number_repeats = models.BooleanField("Trùng số đã cấp trước", default=False)
    issued_on = models.DateField("Ngày ban hành", null=True, blank=True)
    issued_year = models.PositiveSmallIntegerField(null=True, blank=True)
    place_line = models.CharField("Địa danh", max_length=60)
    issuer = models.CharField("Cơ quan ban hành", max_length=160)
    addressee = models.CharField("Kính gửi", max_length=250, blank=True)
    data_on = models.DateField("Số liệu đến ngày")
    authority = models.CharField("Thẩm quyền ký", max_length=80, blank=True)
    signer_title = models.CharField("Chức vụ người ký", max_length=80)
    signer_name = models.CharField("Người ký", max_length=100, blank=True)
    archive = models.CharField("Lưu", max_length=200, default=KEPT_BY_CLERK)
    comment_until = models.DateField("Lấy ý kiến đến ngày", null=True, blank=True)
    submitted_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Người trình"
    )
    submitted_at = models.DateTimeField("Trình ký lúc", null=True, blank=True)
    return_reason = models.TextField("Lý do trả lại", blank=True)
    issued_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="Người xác nhận ban hành",
    )
    amends = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="amendments",
        verbose_name="Văn bản trước",
    )
    amend_kind = models.CharField(
        "Quan hệ với văn bản trước", max_length=8, choices=AmendKind, blank=True
    )
    amend_reason = models.TextField("Lý do lập văn bản này", blank=True)
    ended_as = models.CharField("Hết hiệu lực do", max_length=9, choices=DocumentEnd, blank=True)
    ended_on = models.DateField("Hết hiệu lực từ ngày", null=True, blank=True)
    ended_text = models.CharField("Văn bản bãi bỏ", max_length=250, blank=True)
    ended_reason = models.TextField("Lý do hết hiệu lực", blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = "văn bản"
        ordering = ["ward", "-year_from", "kind", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["ward", "code"], name="document_code_once"),
            models.CheckConstraint(
                condition=Q(
                    kind__in=DocumentKind.values,
                    state__in=DocumentState.values,
                    year_to__gte=F("year_from"),
                ),
                name="document_known_kind_state_years",
            ),
            models.CheckConstraint(
                condition=~Q(state=DocumentState.ISSUED)
                | Q(number__isnull=False, issued_on__isnull=False),
                name="document_issued_has_number_and_date",
            ),
            models.CheckConstraint(condition=~Q(archive=""), name="document_is_kept_somewhere"),
            models.CheckConstraint(
                condition=Q(issued_on=None, issued_year=None)
                | Q(issued_on__isnull=False, issued_year=PlainYear("issued_on")),
                name="document_year_of_its_date",
            ),
            models.UniqueConstraint(
                fields=["ward", "kind", "issued_year", "number"],
                condition=Q(number_repeats=False),
                name="document_number_once_a_year",
            ),
            models.CheckConstraint(
                condition=~Q(submitted_by=F("issued_by")),
                name="document_two_persons",
                violation_error_message="Người trình không được tự ký ban hành.",
            ),
            models.CheckConstraint(
                condition=Q(amends=None, amend_kind="")
                | (Q(amends__isnull=False, amend_kind__in=AmendKind.values) & ~Q(amends=F("id"))),
                name="document_amends_in_some_way",
            ),
            models.UniqueConstraint(
                fields=["amends"],
                condition=Q(amend_kind=AmendKind.REPLACES),
                name="document_replaced_once",
            ),
            models.CheckConstraint(
                condition=Q(ended_as="", ended_on=None, ended_text="", ended_reason="")
                | Q(
                    state=DocumentState.ISSUED,
                    ended_as__in=DocumentEnd.values,
                    ended_on__gte=F("issued_on"),
                ),
                name="document_ends_after_its_issue",
            ),
            models.CheckConstraint(
                condition=~Q(ended_as=DocumentEnd.ABOLISHED)
                | (~Q(ended_text="") & ~Q(ended_reason="")),
                name="document_abolished_by_something",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def is_issued(self) -> bool:
        return self.state == DocumentState.ISSUED

    @property
    def is_in_force(self) -> bool:
        """Issued, and neither replaced nor abolished since."""
        return self.is_issued and not self.ended_as

    @property
    def is_for_comment(self) -> bool:
        return self.state == DocumentState.FOR_COMMENT

    @property
    def is_submitted(self) -> bool:
        return self.state == DocumentState.SUBMITTED

    @property
    def title(self) -> str:
        """Type, subject and years in one line."""
        return f"{self.get_kind_display()} {self.subject}"


class PartQuerySet(ScopedQuerySet):
    ward_path = "document__ward"
    village_path = None


class DocumentBasis(models.Model):
    """A legal basis (căn cứ) in the order in which it is printed.

    `legal` is the act of the library that it was chosen from, whose days hold for it.
    """

    document = models.ForeignKey(Document, models.CASCADE, related_name="bases")
    order = models.PositiveSmallIntegerField()
    role = models.CharField("Vai trò", max_length=12, choices=BasisRole)
    kind = models.CharField("Loại văn bản", max_length=60)
    number = models.CharField("Số, ký hiệu", max_length=60, blank=True)
    dated_on = models.DateField("Ngày", null=True, blank=True)
    issuer = models.CharField("Cơ quan ban hành", max_length=120, blank=True)
    title = models.CharField("Trích yếu", max_length=300, blank=True)
    valid_to = models.DateField("Hết hiệu lực", null=True, blank=True)
    legal = models.ForeignKey(
        "LegalDocument",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="Văn bản trong thư viện",
    )

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = "căn cứ"
        ordering = ["document", "order"]
        constraints = [
            models.UniqueConstraint(fields=["document", "order"], name="basis_order_once")
        ]

    def __str__(self):
        return f"{self.kind} {self.number}".strip()


class DocumentDuty(models.Model):
    """The tasks a document gives to one unit (phân công nhiệm vụ)."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="duties")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    order = models.PositiveSmallIntegerField()

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = "phân công"
        ordering = ["document", "order"]
        constraints = [
            models.UniqueConstraint(fields=["document", "order"], name="duty_order_once"),
            models.UniqueConstraint(fields=["document", "unit"], name="duty_unit_once"),
        ]

    def __str__(self):
        return str(self.unit)


class DutyItem(models.Model):
    """One task of a unit; it names the component projects it is about, where it is about any."""

    duty = models.ForeignKey(DocumentDuty, models.CASCADE, related_name="items")
    order = models.PositiveSmallIntegerField()
    text = models.TextField("Nhiệm vụ")
    projects = models.ManyToManyField(ComponentProject, blank=True)

    class Meta:
        verbose_name = "nhiệm vụ"
        ordering = ["duty", "order"]
        constraints = [
            models.UniqueConstraint(fields=["duty", "order"], name="duty_item_order_once")
        ]

    def __str__(self):
        return self.text[:60]


class Recipient(models.Model):
    """A line under "Nơi nhận"; the last one, who keeps it, is the document's `archive`."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="recipients")
    order = models.PositiveSmallIntegerField()
    text = models.CharField("Nơi nhận", max_length=200)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = "nơi nhận"
        ordering = ["document", "order"]
        constraints = [
            models.UniqueConstraint(fields=["document", "order"], name="recipient_order_once")
        ]

    def __str__(self):
        return self.text
