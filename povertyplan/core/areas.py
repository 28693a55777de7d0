"""Which ward a page is about."""

from django.http import Http404

from povertyplan.core.models import Area


def ward_of(request) -> Area:
    """The ward of the user's grants. Raises Http404 for a user who works in none."""
    if request.user.ward is None:
        raise Http404("Tài khoản chưa được giao phường, xã nào.")
    return request.user.ward
