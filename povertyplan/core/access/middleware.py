"""Closed until a rule opens it."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect

from povertyplan.core.access.rules import AccessScope, only_reads, rule_of, user_opening
from povertyplan.core.areas import WARD, WardNotNamed, ward_among
from povertyplan.core.models import Area, User
from povertyplan.core.text.fields import LARGEST_KEY

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class AccessMiddleware:
    """Refuse every view that the rule table does not open for the user's roles of today.

    The grants that open it are those in use until the answer is written: `visible_to`, the ward
    of a page and the masks of its fields ask no others. `?ward=` narrows them to one ward.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if named := getattr(request, "ward_named", None):
            response.set_cookie(
                WARD,
                str(named.pk),
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response

    def process_view(self, request, view_func, view_args, view_kwargs):
        view = request.resolver_match.view_name
        rule = rule_of(view)
        if rule is None:
            raise PermissionDenied("Màn hình này chưa được phân quyền.")
        if rule.scope == AccessScope.PUBLIC:
            return
        if not request.user.is_authenticated:
            raise PermissionDenied(NOT_YOURS)
        # One's own account opens also without any role.
        if rule.scope != AccessScope.SELF:
            _use_opening_grants(request, view)
        if any(isinstance(key, int) and key > LARGEST_KEY for key in view_kwargs.values()):
            raise Http404("Không có bản ghi này.")

    def process_exception(self, request, exception):
        if not isinstance(exception, WardNotNamed):
            return None
        if request.method not in SAFE_METHODS:
            raise PermissionDenied(NAME_A_WARD)
        asked = request.GET.copy()
        asked[WARD] = exception.ward.pk
        return redirect(f"{request.path}?{asked.urlencode()}")


NOT_YOURS = "Tài khoản của bạn không có quyền mở màn hình này."
ONLY_READS = (
    "Vai trò ở cấp tỉnh, cấp huyện chỉ xem được số liệu của phường, xã. Việc nhập, sửa, duyệt, ký "
    "do người được giao vai trò tại phường, xã đó làm."
)
NAME_A_WARD = "Bạn có vai trò ở nhiều phường, xã. Mở lại màn hình và chọn phường, xã trước khi gửi."


def _use_opening_grants(request, view: str) -> None:
    opening = user_opening(request.user, view, writing=request.method not in SAFE_METHODS)
    if not opening.grants_in_use:
        raise PermissionDenied(ONLY_READS if only_reads(request.user, view) else NOT_YOURS)
    if WARD in request.GET:
        request.ward_choices = opening.wards
        request.ward_named = _ward_named(opening, request.GET[WARD])
        opening = opening.narrowed_to(opening.grants_around(request.ward_named))
    request.user.grants_in_use = opening.grants_in_use
    request.only_reads = ONLY_READS if only_reads(opening, view) else ""


def _ward_named(opening: User, named: str) -> Area:
    found = ward_among(opening, named)
    if found is None:
        raise Http404("Bạn không có vai trò nào mở màn hình này ở phường, xã đó.")
    return found
