"""A survey form on its way, as somebody fills it in on a phone."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from povertyplan.core.models import Area, User

from .household import RegisterQuerySet
from .review import Review


class DraftQuerySet(RegisterQuerySet):
    village_path = "review__village"

    def open(self):
        return self.filter(sent_at=None)


class ReviewDraft(models.Model):
    """What somebody has answered so far on a phone, and the receipt once it is sent.

    `client_id` is made with the form, on the phone's side: the same form sent twice is one form.
    `answers` holds {"score": int, "indicators": {"5": true}, "causes": [2], "note": "…",
    "needs_check": true}; an indicator that is missing is not answered, one that is null was said
    to be unknown. `base_version` is the review's version that the answers were given
    over. Sensitive: answers.
    """

    ward = models.ForeignKey(Area, models.PROTECT, related_name="+")
    review = models.ForeignKey(Review, models.PROTECT, related_name="drafts")
    owner = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="Người nhập")
    client_id = models.UUIDField(default=uuid4, unique=True)
    answers = models.JSONField(default=dict)
    step = models.PositiveSmallIntegerField("Bước", default=1)
    base_version = models.PositiveIntegerField()
    updated_at = models.DateTimeField("Lưu lúc")
    sent_at = models.DateTimeField("Gửi lúc", null=True, blank=True)
    receipt = models.CharField("Số biên nhận", max_length=60, blank=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = "phiếu nhập trên điện thoại"
        ordering = ["-updated_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["review", "owner"],
                condition=Q(sent_at=None),
                name="draft_one_open_per_review_and_owner",
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None, receipt="") | Q(sent_at__isnull=False) & ~Q(receipt=""),
                name="draft_sent_with_receipt",
            ),
        ]

    def __str__(self):
        return f"{self.review}, {self.owner}"

    @property
    def is_sent(self) -> bool:
        return self.sent_at is not None

    @property
    def score(self) -> int | None:
        return self.answers.get("score")

    @property
    def causes(self) -> list[int] | None:
        """Numbers of the causes; None while nobody was asked."""
        return self.answers.get("causes")

    @property
    def indicators(self) -> dict[int, bool]:
        """What is known: indicator number, and whether the household is deprived."""
        return {number: value for number, value in self._said.items() if value is not None}

    @property
    def unknown(self) -> frozenset[int]:
        """Numbers of the indicators that somebody said they do not know."""
        return frozenset(number for number, value in self._said.items() if value is None)

    @property
    def _said(self) -> dict[int, bool | None]:
        return {int(key): value for key, value in self.answers.get("indicators", {}).items()}

    @property
    def note(self) -> str:
        """The note typed on the phone; until then the one the form has."""
        return self.answers.get("note", self.review.note)

    @property
    def needs_check(self) -> bool:
        return self.answers.get("needs_check", self.review.needs_check)
