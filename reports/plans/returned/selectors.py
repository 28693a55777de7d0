"""Word files of a draft that came back."""

from django.db.models import Count, QuerySet

from reports.models import Document, ReturnedWord

MOST_SHOWN = 20


def returned_words(document: Document) -> QuerySet[ReturnedWord]:
    """The files that came back, the last first, each with how many proposals it made."""
    files = document.returned_words.select_related("sent_by")
    return files.annotate(proposed=Count("proposals")).order_by("-pk")[:MOST_SHOWN]
