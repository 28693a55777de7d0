"""The duty to publish: its rules, and what was published where from when to when."""

from django.db import models
from django.db.models import F, Q

from povertyplan.core.choices import Role
from povertyplan.core.models import Area, ScopedQuerySet, User
from povertyplan.core.text.vietnamese import lower_first
from projects.choices import Confidence, PublicationPlace, PublicationTrigger


class PublicationRule(models.Model):
    """One thing to publish in one place (quy định công khai), dated, with the law it rests on.

    `due_days` are working days after what triggers it; `min_days` the days without a break that it
    stays, 0 where no text says so. `support_kinds` are codes of kinds, for rules about some alone.
    Where a special rule has other days it is that one that holds, and says so in `note`.
    """

    code = models.CharField("Mã", max_length=40, unique=True)
    name = models.CharField("Nội dung", max_length=200)
    trigger = models.CharField("Khi nào", max_length=12, choices=PublicationTrigger)
    place = models.CharField("Nơi công khai", max_length=11, choices=PublicationPlace)
    due_days = models.PositiveSmallIntegerField("Chậm nhất sau (ngày làm việc)")
    min_days = models.PositiveSmallIntegerField("Ít nhất (ngày liên tục)", default=0)
    support_kinds = models.JSONField("Loại hỗ trợ", default=list, blank=True)
    legal_reference = models.CharField("Căn cứ pháp lý", max_length=250)
    confidence = models.CharField("Độ tin cậy", max_length=6, choices=Confidence)
    valid_from = models.DateField("Từ ngày", null=True, blank=True)
    valid_to = models.DateField("Đến ngày", null=True, blank=True)
    note = models.CharField("Ghi chú", max_length=300, blank=True)
    order = models.PositiveSmallIntegerField("Thứ tự")

    class Meta:
        verbose_name = "quy định công khai"
        ordering = ["order"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    trigger__in=PublicationTrigger.values,
                    place__in=PublicationPlace.values,
                    confidence__in=Confidence.values,
                ),
                name="publication_rule_known_values",
            ),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="publication_rule_days_in_order",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def is_checked(self) -> bool:
        """Whether it was compared with the law."""
        return self.confidence == Confidence.HIGH

    def holds_on(self, day) -> bool:
        is_begun = self.valid_from is None or self.valid_from <= day
        return is_begun and (self.valid_to is None or day <= self.valid_to)


class PublicationQuerySet(ScopedQuerySet):
    village_path = None
    closed_to = frozenset({Role.ADMINISTRATOR})

    def standing(self):
        """Publications that were not withdrawn as recorded wrongly."""
        return self.filter(withdrawn_at=None)


class Publication(models.Model):
    """That something was published (lần công khai): where, from when to when, and the evidence.

    `occasion` names what the rule asks it for, `happened_on` its day. Without an end it still goes
    on. One recorded wrongly is withdrawn with a reason and stays.
    """

    ward = models.ForeignKey(Area, models.PROTECT, related_name="+")
    rule = models.ForeignKey(PublicationRule, models.PROTECT, related_name="publications")
    occasion = models.CharField("Việc công khai", max_length=40)
    occasion_label = models.CharField("Nội dung công khai", max_length=250)
    happened_on = models.DateField("Ngày phát sinh")
    posted_from = models.DateField("Từ ngày")
    posted_to = models.DateField("Đến hết ngày", null=True, blank=True)
    location = models.CharField("Địa điểm", max_length=250, blank=True)
    evidence = models.TextField("Minh chứng")
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField("Bỏ lúc", null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawal_reason = models.TextField("Lý do bỏ", blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = "lần công khai"
        ordering = ["ward", "-posted_from", "-pk"]
        indexes = [
            models.Index(fields=["ward", "happened_on"], name="publication_ward_happened"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(posted_to=None) | Q(posted_to__gte=F("posted_from")),
                name="publication_days_in_order",
            ),
            models.CheckConstraint(condition=~Q(evidence=""), name="publication_has_evidence"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawal_reason="")
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                & ~Q(withdrawal_reason=""),
                name="publication_withdrawn_with_reason",
            ),
        ]

    def __str__(self):
        return f"{self.occasion_label}, {lower_first(self.rule.get_place_display())}"
