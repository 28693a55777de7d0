"""Files as answers of the site."""

from django.http import HttpResponse

from povertyplan.core import clock
from povertyplan.core.models import Area
from povertyplan.core.platform.spreadsheets import file_stem

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def workbook_response(content: bytes, name: str) -> HttpResponse:
    """A workbook to be saved under a name of plain letters."""
    response = HttpResponse(content, content_type=WORKBOOK)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "no-store"
    return response


def list_name(title: str, ward: Area) -> str:
    """A file name in plain letters, with the day."""
    return f"{file_stem(f'{title} {ward.name}')}-{clock.today().isoformat()}.xlsx"
