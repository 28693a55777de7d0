"""Which ward a page is about."""

from django.http import Http404

from povertyplan.core.choices import AreaKind
from povertyplan.core.models import Area, User


def ward_of(request) -> Area:
    """The ward of the user's grants. Raises Http404 for a user who works in none."""
    if request.user.ward is None:
        raise Http404("Tài khoản chưa được giao phường, xã nào.")
    return request.user.ward


def villages_of_viewer(viewer: User, ward: Area) -> frozenset[int] | None:
    """The villages a viewer is confined to; None for somebody who sees the whole ward."""
    areas = [grant.area for grant in viewer.grants_today]
    if any(ward.path.startswith(area.path) for area in areas):
        return None
    return frozenset(
        area.pk for area in areas if area.kind == AreaKind.VILLAGE and area.parent_id == ward.pk
    )
