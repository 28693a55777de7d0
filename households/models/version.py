"""What each recognition decided, kept as it was."""

import hashlib
import json

from django.db import models

from povertyplan.core.models import Area

from .campaign import ReviewCampaign
from .household import RegisterQuerySet
from .status import Decision


def digest_of(content: list[dict]) -> str:
    """SHA-256 of a version's content in canonical JSON, as 64 hexadecimal digits."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


class VersionQuerySet(RegisterQuerySet):
    village_path = None


class RecognisedVersion(models.Model):
    """The results of a campaign as one decision recognised them (bản công nhận).

    Rows are only ever added: when a campaign is reopened and recognised anew, the first version
    stays readable. `content` lists the households with class, cause and scores, and with what the
    lists of the decision print of them; other names stay in the register. `digest` is the SHA-256
    of the content in canonical JSON.
    """

    ward = models.ForeignKey(Area, models.PROTECT, related_name="+")
    campaign = models.ForeignKey(ReviewCampaign, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField("Lần công nhận")
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="version")
    recognised_at = models.DateTimeField("Công nhận lúc")
    content = models.JSONField()
    digest = models.CharField(max_length=64)

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name = "bản công nhận"
        ordering = ["campaign", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "number"], name="recognised_version_number_once"
            )
        ]

    def __str__(self):
        return f"{self.campaign}, công nhận lần {self.number}"

    @property
    def is_intact(self) -> bool:
        return digest_of(self.content) == self.digest
