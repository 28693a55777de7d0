"""Files as answers of the site."""

import re

from django.http import HttpResponse

from povertyplan.core import clock
from povertyplan.core.models import Area
from povertyplan.core.text.vietnamese import search_key

CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")


def file_response(content: bytes, name: str) -> HttpResponse:
    """A file to be saved under a name in plain letters; its ending says what it is."""
    response = HttpResponse(content, content_type=CONTENT_TYPES[name.rpartition(".")[2]])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def list_name(title: str, ward: Area) -> str:
    """A file name in plain letters, with the day."""
    return f"{file_stem(f'{title} {ward.name}')}-{clock.today().isoformat()}.xlsx"


def file_stem(text: str) -> str:
    """Text as the name of a file: plain letters, hyphens.

    >>> file_stem("Danh sách hộ nghèo – Phường Đăk Cấm")
    'danh-sach-ho-ngheo-phuong-dak-cam'
    """
    return _NOT_PLAIN.sub("-", search_key(text)).strip("-")[:80]
