"""Documents by what somebody has to do with them."""

from django.db.models import QuerySet

from povertyplan.core.models import Area, User
from reports.choices import DocumentState
from reports.models import Document


def documents_to_sign(user: User, ward: Area) -> QuerySet[Document]:
    """What others submitted, until it is issued or returned."""
    submitted = Document.objects.visible_to(user).filter(ward=ward, state=DocumentState.SUBMITTED)
    return submitted.exclude(submitted_by=user).select_related("submitted_by")
