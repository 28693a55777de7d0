"""The acts of a ward's library, and where each stands on a day."""

from datetime import date

from django.db.models import QuerySet

from povertyplan.core import clock
from povertyplan.core.models import Area, User
from reports.models import Document, LegalDocument
from reports.plans.library.standing import ActDays, ActStanding, act_standing


def acts_of_ward(ward: Area, user: User) -> QuerySet[LegalDocument]:
    acts = LegalDocument.objects.visible_to(user).filter(ward=ward)
    return acts.select_related("replaced_by").order_by("kind", "-dated_on", "number", "pk")


def document_day(document: Document) -> date:
    """The day on which the bases of a document have to hold: that of its issue, or today."""
    return document.issued_on or clock.today()


def standing_of(act: LegalDocument, on: date) -> ActStanding:
    heir = act.replaced_by
    days = ActDays(
        dated_on=act.dated_on,
        valid_from=act.valid_from,
        valid_to=act.valid_to,
        has_heir=heir is not None,
        heir_from=(heir.valid_from or heir.dated_on) if heir else None,
    )
    return act_standing(days, on)
