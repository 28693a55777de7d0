"""A legal basis that somebody proposes to add, to word otherwise or to leave out of a draft."""

from django.db import models
from django.db.models import Q

from povertyplan.core.models import Unit, User
from reports.choices import BasisRole, ProposalAct, ProposalOutcome
from reports.models.document import Document, DocumentBasis, PartQuerySet


class BasisProposal(models.Model):
    """What somebody proposes for the bases of a draft (đề nghị về căn cứ).

    `basis` is the one that it changes or leaves out, and `was` what that said when it was proposed.
    `unit` is the one its author speaks for.
    """

    document = models.ForeignKey(Document, models.CASCADE, related_name="basis_proposals")
    act = models.CharField("Việc", max_length=6, choices=ProposalAct)
    basis = models.ForeignKey(
        DocumentBasis, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    was = models.CharField("Căn cứ hiện có", max_length=700, blank=True)
    role = models.CharField("Vai trò", max_length=12, choices=BasisRole, blank=True)
    kind = models.CharField("Loại văn bản", max_length=60, blank=True)
    number = models.CharField("Số, ký hiệu", max_length=60, blank=True)
    dated_on = models.DateField("Ngày", null=True, blank=True)
    issuer = models.CharField("Cơ quan ban hành", max_length=120, blank=True)
    title = models.CharField("Trích yếu", max_length=300, blank=True)
    reason = models.TextField("Lý do", blank=True)
    author = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="Người đề nghị")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Đơn vị"
    )
    proposed_at = models.DateTimeField("Lúc")
    outcome = models.CharField("Kết quả", max_length=9, choices=ProposalOutcome, blank=True)
    settled_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Người xử lý"
    )
    settled_at = models.DateTimeField("Xử lý lúc", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = "đề nghị về căn cứ"
        ordering = ["document", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(act=ProposalAct.REMOVE)
                | (Q(act__in=(ProposalAct.CHANGE, ProposalAct.ADD)) & ~Q(kind="")),
                name="basis_proposal_names_an_act",
            ),
            models.CheckConstraint(
                condition=Q(act=ProposalAct.ADD) | ~Q(was=""), name="basis_proposal_was_something"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", settled_at=None, settled_by=None)
                | Q(
                    outcome__in=ProposalOutcome.values,
                    settled_at__isnull=False,
                    settled_by__isnull=False,
                ),
                name="basis_proposal_settled_by_somebody",
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.number}".strip() or self.was[:60]
