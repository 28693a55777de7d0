"""Other words for a block, another basis: they wait until somebody takes or refuses them."""

from django.db import models
from django.db.models import Q

from povertyplan.core.models import ScopedQuerySet, Unit, User
from reports.choices import BasisRole, ProposalAct, ProposalOrigin, ProposalOutcome
from reports.models.block import Block
from reports.models.document import Document, DocumentBasis, PartQuerySet
from reports.models.word_upload import LONGEST_FILE_NAME


class ReturnedWord(models.Model):
    """A Word file of a draft that came back (tệp Word gửi lại). The file itself is not kept.

    `matched` counts its paragraphs that are a block of the draft. `unmatched` are those that are
    none, `figures` the numbers that it says otherwise than the data; `notes` tell what was left
    unread.
    """

    document = models.ForeignKey(Document, models.CASCADE, related_name="returned_words")
    file_name = models.CharField("Tên tệp", max_length=LONGEST_FILE_NAME)
    digest = models.CharField(max_length=64)
    matched = models.PositiveIntegerField("Số đoạn khớp")
    unmatched = models.JSONField(default=list, blank=True)
    figures = models.JSONField(default=list, blank=True)
    notes = models.JSONField(default=list, blank=True)
    sent_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="Người gửi")
    sent_at = models.DateTimeField("Gửi lúc")

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = "tệp Word gửi lại"
        ordering = ["document", "-pk"]

    def __str__(self):
        return self.file_name


class BlockProposalQuerySet(ScopedQuerySet):
    ward_path = "block__document__ward"
    village_path = None

    def waiting(self):
        """Neither settled, nor gone with the block they stand at."""
        return self.filter(outcome="", block__removed_at=None)


class BlockProposal(models.Model):
    """What somebody proposes for a block (đề nghị sửa): other words, a block more, none at all.

    It stays with its block and is hidden while that is removed. `seen_version` is the version of
    the block that it was written against. `unit` is the one its author speaks for; `word` the file
    that it was read from.
    """

    block = models.ForeignKey(Block, models.CASCADE, related_name="proposals")
    act = models.CharField("Việc", max_length=6, choices=ProposalAct, default=ProposalAct.CHANGE)
    origin = models.CharField("Từ", max_length=7, choices=ProposalOrigin)
    text = models.TextField("Lời đề nghị", blank=True)
    reason = models.TextField("Lý do", blank=True)
    remark = models.CharField("Lưu ý", max_length=200, blank=True)
    seen_version = models.PositiveIntegerField(default=1)
    author = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="Người đề nghị")
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Đơn vị"
    )
    word = models.ForeignKey(
        ReturnedWord, models.CASCADE, null=True, blank=True, related_name="proposals"
    )
    proposed_at = models.DateTimeField("Lúc")
    outcome = models.CharField("Kết quả", max_length=9, choices=ProposalOutcome, blank=True)
    settled_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="Người xử lý"
    )
    settled_at = models.DateTimeField("Xử lý lúc", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = BlockProposalQuerySet.as_manager()

    class Meta:
        verbose_name = "đề nghị sửa dự thảo"
        ordering = ["block", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(act=ProposalAct.REMOVE, text="")
                | (Q(act__in=(ProposalAct.CHANGE, ProposalAct.ADD)) & ~Q(text="")),
                name="proposal_says_something",
            ),
            models.CheckConstraint(
                condition=Q(origin__in=ProposalOrigin.values), name="proposal_known_origin"
            ),
            models.CheckConstraint(
                condition=Q(outcome="", settled_at=None, settled_by=None)
                | Q(
                    outcome__in=ProposalOutcome.values,
                    settled_at__isnull=False,
                    settled_by__isnull=False,
                ),
                name="proposal_settled_by_somebody",
            ),
        ]

    def __str__(self):
        return self.text[:60] or self.get_act_display()


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
