"""What Mặt trận or an inspector found, and what the unit answered."""

from datetime import date

from django.db import models
from django.db.models import F, Q

from households.models import Household, Posting
from povertyplan.core.choices import Role
from povertyplan.core.models import Area, ScopedQuerySet, Unit, User
from projects.models import Indicator, WardProject
from reports.choices import FindingState, FindingSubject


class SupervisionFindingQuerySet(ScopedQuerySet):
    """A unit's officers see what was pinned for their unit; heads of villages see none."""

    village_path = None
    closed_to = frozenset({Role.ENTRY_OFFICER, Role.ADMINISTRATOR})

    def _granted(self, grant):
        inside = super()._granted(grant)
        if grant.role == Role.UNIT_REPORTER:
            return inside & Q(unit=grant.unit_id)
        return inside

    def standing(self):
        return self.filter(withdrawn_at=None)

    def open(self):
        """What still waits for its answer."""
        return self.standing().filter(answered_at=None)


def _of(subject: FindingSubject, column: str) -> Q:
    """The one column of a subject is filled, the others are not."""
    columns = ("household", "indicator", "posting", "ward_project")
    filled = {f"{each}__isnull": each != column for each in columns}
    return Q(subject=subject, **filled)


class SupervisionFinding(models.Model):
    """A finding with a day for its answer (kiến nghị giám sát), on one thing of the ward.

    What was found never changes, the answer is given once, and a finding is never deleted: one
    that was recorded wrongly is withdrawn by a second act with its reason, and stays. `year` is
    that of a figure, and of the annex otherwise. Sensitive: what was found and answered may tell of
    a household.
    """

    ward = models.ForeignKey(Area, models.PROTECT, related_name="+")
    subject = models.CharField("Đối tượng", max_length=9, choices=FindingSubject)
    household = models.ForeignKey(
        Household, models.PROTECT, null=True, blank=True, related_name="findings"
    )
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, null=True, blank=True, related_name="+"
    )
    posting = models.ForeignKey(Posting, models.PROTECT, null=True, blank=True, related_name="+")
    ward_project = models.ForeignKey(
        WardProject, models.PROTECT, null=True, blank=True, related_name="+"
    )
    year = models.PositiveSmallIntegerField("Năm")
    found_on = models.DateField("Ngày giám sát")
    text = models.TextField("Nội dung phát hiện, kiến nghị")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="Đơn vị trả lời")
    reply_by = models.DateField("Hạn trả lời")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("Ghi lúc")
    answer = models.TextField("Trả lời", blank=True)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField("Trả lời lúc", null=True, blank=True)
    answered_on = models.DateField("Ngày trả lời", null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField("Rút lúc", null=True, blank=True)
    withdrawal_reason = models.TextField("Lý do rút", blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = SupervisionFindingQuerySet.as_manager()

    class Meta:
        verbose_name = "kiến nghị giám sát"
        ordering = ["ward", "-found_on", "-pk"]
        indexes = [models.Index(fields=["ward", "found_on"], name="finding_ward_day")]
        constraints = [
            models.CheckConstraint(
                condition=_of(FindingSubject.HOUSEHOLD, "household")
                | _of(FindingSubject.FIGURE, "indicator")
                | _of(FindingSubject.POSTING, "posting")
                | _of(FindingSubject.PROJECT, "ward_project"),
                name="supervision_on_one_thing",
            ),
            models.CheckConstraint(condition=~Q(text=""), name="supervision_says_something"),
            models.CheckConstraint(
                condition=Q(reply_by__gte=F("found_on")), name="supervision_reply_after_finding"
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_by=None, answered_at=None, answered_on=None)
                | Q(
                    answered_by__isnull=False,
                    answered_at__isnull=False,
                    answered_on__gte=F("found_on"),
                )
                & ~Q(answer=""),
                name="supervision_answered_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(recorded_by=F("answered_by")),
                name="supervision_two_persons",
                violation_error_message="Người ghi kiến nghị không được tự trả lời.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_by=None, withdrawn_at=None, withdrawal_reason="")
                | Q(withdrawn_by__isnull=False, withdrawn_at__isnull=False)
                & ~Q(withdrawal_reason=""),
                name="supervision_withdrawn_with_reason",
            ),
        ]

    def __str__(self):
        return f"{self.get_subject_display()}, {self.found_on}"

    @property
    def is_open(self) -> bool:
        return self.answered_at is None and self.withdrawn_at is None

    def state_on(self, day: date) -> FindingState:
        """Where it stands; the last day to answer is itself in time."""
        if self.withdrawn_at is not None:
            return FindingState.WITHDRAWN
        if self.answered_on is not None:
            late = self.answered_on > self.reply_by
            return FindingState.ANSWERED_LATE if late else FindingState.ANSWERED
        return FindingState.LATE if self.reply_by < day else FindingState.WAITING
