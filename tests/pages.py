"""What an answer says to its reader, and whether it changed anything stored."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.http import HttpResponse

from povertyplan.core.models import RowChange

# The headings of the pages that refuse, and of the one that asks who is there.
NO_RIGHT = "Bạn không có quyền mở màn hình này"
NOT_FOUND = "Không tìm thấy trang này"
SIGN_IN = "Đăng nhập"
TRIES_USED_UP = "Tạm khóa đăng nhập tài khoản này"

HEADING = re.compile(r"<h1[^>]*>(.*?)</h1>", re.DOTALL)


def text_of(response: HttpResponse) -> str:
    """The answer with each run of white space as one space, as a browser draws it."""
    return re.sub(r"[ \n]+", " ", response.content.decode())


def words_of(response: HttpResponse) -> str:
    """What the answer says without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", text_of(response)).split())


def heading_of(response: HttpResponse) -> str:
    """The words of the page's one heading; empty for an answer that is no page."""
    found = HEADING.search(response.content.decode(errors="replace"))
    return " ".join(re.sub(r"<[^>]+>", " ", found[1]).split()) if found else ""


def row_landed_on(response: HttpResponse) -> str:
    """The row at which the page at the end of a redirect opens; empty where it has no such row."""
    _page, _hash, anchor = response.redirect_chain[-1][0].partition("#")
    row = f'id="{anchor}" tabindex="-1" aria-describedby="messages"'
    return anchor if anchor and row in text_of(response) else ""


@contextmanager
def nothing_written() -> Iterator[None]:
    """Fail when a row of ours is written inside: the journal records each of them."""
    before = RowChange.objects.count()
    yield
    assert RowChange.objects.count() == before
