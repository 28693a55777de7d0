"""Who did what to one survey form."""

from dataclasses import dataclass
from datetime import datetime

from households.models import (
    Review,
)
from povertyplan.core.models import AuditEvent

FORM_JOURNAL_LENGTH = 10


@dataclass(frozen=True)
class JournalEntry:
    at: datetime
    who: str
    text: str
    reason: str


def journal_of_review(review: Review) -> list[JournalEntry]:
    """The latest acts on one survey form, newest first; one query."""
    events = AuditEvent.objects.filter(
        object_type=Review._meta.label_lower, object_id=review.pk
    ).select_related("actor")
    return [
        JournalEntry(event.at, str(event.actor or ""), event.summary, event.reason)
        for event in events[:FORM_JOURNAL_LENGTH]
    ]
