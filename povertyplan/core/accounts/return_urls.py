"""Where a page of signing in leads afterwards: to a path of this site, whatever was asked."""

import unicodedata

from django.http import HttpRequest
from django.utils.encoding import iri_to_uri
from django.utils.http import url_has_allowed_host_and_scheme

LONGEST = 2_000  # a longer address is none of ours, and browsers cut it


def read(request: HttpRequest, *, none: str) -> str:
    """What `next` says, where it is a path of this site; otherwise `none`."""
    url = request.POST.get("next") or request.GET.get("next") or ""
    return url if is_path_here(url) else none


def is_path_here(url: str) -> bool:
    if not url.startswith("/") or any(unicodedata.category(sign)[0] == "C" for sign in url):
        return False
    return len(iri_to_uri(url)) <= LONGEST and url_has_allowed_host_and_scheme(url, None)
