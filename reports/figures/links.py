"""The list of households behind a figure: its address, and who may follow it."""

from urllib.parse import parse_qs, urlsplit

from django.urls import resolve, reverse
from django.utils.http import urlencode

from households.directory.filters import TRAIT_NEEDS
from households.field_access import Field
from povertyplan.core.access.rules import may_open
from povertyplan.core.models import Area, User

# What a reader of the register must see to narrow its list by a parameter.
FIELD_OF_FILTER = {"deprived": Field.DEPRIVATIONS, "window": Field.RECORD}


def household_list_url(**filters) -> str:
    """Address of the household list with these filters; the empty ones are left out."""
    query = urlencode({key: value for key, value in filters.items() if value})
    return f"{reverse('households:household_list')}?{query}"


def list_opens(url: str, fields: frozenset[Field]) -> bool:
    """Whether the list behind a figure is cut as the figure says for who sees these fields.

    A list ignores filters on what its reader may not see, and would show other households.
    """
    if not url.startswith(reverse("households:household_list")):
        return True
    asked = parse_qs(urlsplit(url).query)
    needed = {field for name, field in FIELD_OF_FILTER.items() if name in asked}
    needed |= {field for trait in asked.get("trait", ()) for field in TRAIT_NEEDS.get(trait, ())}
    return needed <= fields


def may_follow(user: User, url: str, ward: Area) -> bool:
    """Whether the page behind a figure opens for a user in a ward."""
    if not url:
        return False
    return may_open(user, resolve(urlsplit(url).path).view_name, area=ward)
