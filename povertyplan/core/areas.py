"""Which ward a page is about."""

from django.http import Http404

from povertyplan.core.choices import AreaKind
from povertyplan.core.models import Area, User
from povertyplan.core.text.fields import LARGEST_KEY

# The word of the address that names the ward, and the cookie that keeps the last one named.
WARD = "ward"


class WardNotNamed(Exception):
    """Raised where a page is about one ward, its reader works in several and none is named."""

    def __init__(self, ward: Area):
        super().__init__(f"Name one of the wards, for instance {ward.pk}.")
        self.ward = ward


def ward_of(request) -> Area:
    """The ward of a page: where the user holds a role that opens it, one of them if several.

    Raises Http404 for a user who works in none, and WardNotNamed where the address has to name
    the ward, so that nothing is written in another one than the page showed.
    """
    wards = request.user.wards
    is_named = getattr(request, "ward_named", None) is not None
    if len(wards) == 1 and (is_named or not _reads_many(request.user)):
        return wards[0]
    last_named = request.COOKIES.get(WARD, "")
    named = (
        ward_among(request.user, last_named)
        or next(iter(wards), None)
        or _first_below(request.user)
    )
    if named is None:
        raise Http404("Tài khoản chưa được giao phường, xã nào.")
    raise WardNotNamed(named)


def _reads_many(user: User) -> bool:
    """Whether pages of other wards open to them, so that a form has to say which it was of."""
    return any(grant.area.is_region for grant in user.grants_today)


def ward_among(user: User, named: str) -> Area | None:
    """The ward of a key, where one of the grants in use is over it or inside it."""
    found = next((each for each in user.wards if str(each.pk) == named), None)
    if found or not user.regions or not _is_key(named):
        return found
    return Area.objects.wards_of(user.regions).filter(pk=named).first()


def _first_below(user: User) -> Area | None:
    regions = user.regions
    return Area.objects.wards_of(regions).in_order().first() if regions else None


def _is_key(text: str) -> bool:
    is_short = len(text) <= len(str(LARGEST_KEY))
    return is_short and text.isascii() and text.isdigit() and int(text) <= LARGEST_KEY


def may_create_first_ward(user: User) -> bool:
    """Whether a user made by a command may set up the ward: nobody has a role before it."""
    if Area.objects.filter(kind=AreaKind.WARD).exists():
        return False
    return user.is_active and not user.grants.exists()


def villages_of_viewer(viewer: User, ward: Area) -> frozenset[int] | None:
    """The villages a viewer is confined to; None for somebody who sees the whole ward."""
    areas = [grant.area for grant in viewer.grants_in_use]
    if any(ward.path.startswith(area.path) for area in areas):
        return None
    return frozenset(
        area.pk for area in areas if area.kind == AreaKind.VILLAGE and area.parent_id == ward.pk
    )
