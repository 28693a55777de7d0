"""Closed until a rule opens it."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils.module_loading import import_string

from povertyplan.core.access.rules import AccessScope
from povertyplan.core.text.fields import LARGEST_KEY

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class AccessMiddleware:
    """Refuse every view that the rule table does not open for the user's roles of today."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        rule = import_string(settings.ACCESS_TABLE).get(request.resolver_match.view_name)
        if rule is None:
            raise PermissionDenied("Màn hình này chưa được phân quyền.")
        if rule.scope == AccessScope.PUBLIC:
            return
        if not request.user.is_authenticated or not _opens(rule, request):
            raise PermissionDenied("Tài khoản của bạn không có quyền mở màn hình này.")
        if any(isinstance(key, int) and key > LARGEST_KEY for key in view_kwargs.values()):
            raise Http404("Không có bản ghi này.")


def _opens(rule, request) -> bool:
    """Whether the rule opens the view; one's own account also without any role."""
    writing = request.method not in SAFE_METHODS
    return rule.scope == AccessScope.SELF or rule.allows(request.user.roles, writing=writing)
