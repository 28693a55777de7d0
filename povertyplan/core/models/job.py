"""Long work that goes on while nobody watches it."""

from django.db import models
from django.db.models import Q

from povertyplan.core.choices import JobState

from .area import Area
from .user import User

OPEN_STATES = (JobState.WAITING, JobState.RUNNING)


class JobQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A job belongs to the one who began it."""
        return self.filter(owner=user)

    def open(self):
        return self.filter(state__in=OPEN_STATES)


class Job(models.Model):
    """One piece of long work (việc chạy nền): who began it, how far it is, how it ended.

    `arguments` are ids and versions; `subject` names what is worked on ("import:12"), and only one
    open job may work on it. `view` is the view that began it: its rule must still open to the owner
    when the work begins; whoever runs it again after its process died is the owner from then on.
    `next_path` leads to the outcome, empty where that is a file; `back_path`
    to where one tries again.
    Kept for thirty days; not business data, so no history.
    """

    kind = models.CharField(max_length=40)
    arguments = models.JSONField(default=dict)
    subject = models.CharField(max_length=80)
    title = models.CharField("Việc", max_length=250)
    view = models.CharField(max_length=60)
    next_path = models.CharField(max_length=250, blank=True)
    back_path = models.CharField(max_length=250)
    owner = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="Người chạy")
    ward = models.ForeignKey(Area, models.PROTECT, related_name="+")
    state = models.CharField("Tình trạng", max_length=7, choices=JobState, default=JobState.WAITING)
    step = models.CharField("Đang làm", max_length=80, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    error = models.TextField("Lý do không xong", blank=True)
    created_at = models.DateTimeField("Bắt đầu lúc")
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField("Xong lúc", null=True, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = "việc chạy nền"
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=JobState.values), name="job_known_state"),
            models.UniqueConstraint(
                fields=["subject"],
                condition=Q(state__in=["waiting", "running"]),
                name="job_one_open_for_a_subject",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether it waits or runs."""
        return self.state in OPEN_STATES


class JobFile(models.Model):
    """What a job made to be taken away; kept for a day. Sensitive: content."""

    job = models.OneToOneField(Job, models.CASCADE, related_name="file")
    name = models.CharField("Tên tệp", max_length=150)
    size = models.PositiveIntegerField("Dung lượng")
    content = models.BinaryField()

    class Meta:
        verbose_name = "tệp của việc chạy nền"

    def __str__(self):
        return self.name
