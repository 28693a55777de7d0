"""Who may review a village (rà soát viên)."""

from django.db.models import Q, QuerySet

from households.choices import WITHOUT_RESULT, CampaignKind
from households.models import (
    ReviewCampaign,
)
from povertyplan.core import clock
from povertyplan.core.choices import Role
from povertyplan.core.models import Area, RoleGrant, User
from povertyplan.core.models.user import RoleGrantQuerySet

REVIEWER_ROLES = (Role.ENTRY_OFFICER, Role.COORDINATOR)


def reviewers_in(ward: Area) -> QuerySet[User]:
    """Users who may enter forms today somewhere in a ward."""
    return _holding(RoleGrant.objects.filter(area__path__startswith=ward.path))


def reviewers_for(village: Area) -> QuerySet[User]:
    """Users who may enter the forms of a village today: by a grant for it or for its ward."""
    return _holding(RoleGrant.objects.filter(Q(area=village) | Q(area=village.parent_id)))


def _holding(grants: RoleGrantQuerySet) -> QuerySet[User]:
    in_force = grants.in_force(clock.today()).filter(role__in=REVIEWER_ROLES)
    return User.objects.filter(grants__in=in_force, is_active=True).distinct()


def running_annual(ward: Area) -> QuerySet[ReviewCampaign]:
    """The annual reviews of a ward without results yet."""
    return ReviewCampaign.objects.filter(
        ward=ward, kind=CampaignKind.ANNUAL, stage__in=WITHOUT_RESULT
    )
