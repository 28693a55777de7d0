"""The way from the needs of households to what they received."""

from django.urls import reverse

from households.needs.related_pages import RelatedPage, register_related_page
from povertyplan.core.access.rules import may_open_inside
from povertyplan.core.models import Area, User
from projects.gaps.presenters import TITLE

GAP = "projects:need_gap"


def gap_beside_needs(user: User, ward: Area, village: Area | None) -> RelatedPage | None:
    if not may_open_inside(user, GAP, ward):
        return None
    query = f"?village={village.pk}" if village else ""
    return RelatedPage(TITLE, f"{reverse(GAP)}{query}")


register_related_page("gap", gap_beside_needs)
