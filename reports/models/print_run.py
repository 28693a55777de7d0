"""Which form left as a file, when and for which place."""

from django.db import models
from django.db.models import Q

from households.models import ReviewCampaign
from povertyplan.core.models import Area, ScopedQuerySet, User
from reports.choices import FileFormat


class PrintRunQuerySet(ScopedQuerySet):
    """A village's users see the prints of their village, never those of the whole ward."""


class PrintRun(models.Model):
    """A form that names households, made as a file in one format (lượt lập mẫu).

    `form` is the key of a print form of the review, of a pack, or of a table of persons. Without
    a village it was made for the whole ward. Who took which data for what purpose is said by
    `AccessEvent`; this row answers when a form was made last.
    """

    ward = models.ForeignKey(Area, models.PROTECT, related_name="print_runs")
    village = models.ForeignKey(Area, models.PROTECT, null=True, related_name="+")
    campaign = models.ForeignKey(ReviewCampaign, models.PROTECT, null=True, related_name="+")
    form = models.CharField("Mẫu", max_length=40)
    format = models.CharField("Dạng tệp", max_length=4, choices=FileFormat)
    made_at = models.DateTimeField("Lúc")
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="Người lập")

    objects = PrintRunQuerySet.as_manager()

    class Meta:
        verbose_name = "lượt lập mẫu"
        ordering = ["-made_at", "-pk"]
        indexes = [
            models.Index(fields=["ward", "campaign", "form"], name="print_run_ward_campaign"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(format__in=FileFormat.values), name="print_run_known_format"
            ),
            models.CheckConstraint(condition=~Q(form=""), name="print_run_names_its_form"),
            models.CheckConstraint(
                condition=Q(village=None) | Q(campaign__isnull=False),
                name="print_run_of_village_has_campaign",
            ),
        ]

    def __str__(self):
        return f"{self.form}, {self.get_format_display()}"

    @property
    def place(self) -> Area:
        return self.village or self.ward
