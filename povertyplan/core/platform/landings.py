"""Where a page opens after saving: at the row saved, under the message that says so."""

from django.db.models import Model
from django.http import HttpResponseRedirect
from django.urls import reverse


def anchor_of(row: Model) -> str:
    """The id of a record's row in the lists it stands in."""
    return f"{row._meta.model_name}-{row.pk}"


def redirect_to_row(
    row: Model | str | None, view: str, /, *args: object, **kwargs: object
) -> HttpResponseRedirect:
    """Go to a page, and in it to the row (or the id) where there is one."""
    address = reverse(view, args=args, kwargs=kwargs)
    anchor = anchor_of(row) if isinstance(row, Model) else row
    return HttpResponseRedirect(f"{address}#{anchor}" if anchor else address)
