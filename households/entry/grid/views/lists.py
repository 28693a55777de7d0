"""Which households the bulk entry shows: a tab, a part of a name, and the villages beside it."""

from urllib.parse import urlencode

from households.entry.grid.presenters import LIST_LABELS
from households.models import CampaignVillage
from povertyplan.core.access.rules import may_open
from povertyplan.core.text.vietnamese import search_key

LISTS = {
    "": lambda row: True,
    "pending": lambda row: not row.review.is_done,
    "warned": lambda row: row.has_open_warnings,
    "flagged": lambda row: row.review.needs_check,
    "changed": lambda row: row.has_changed_class,
}


def list_of(query):
    """The tab that an address names; all households for any other word."""
    name = query.get("show", "")
    return name if name in LISTS else ""


def rows_shown(rows, query):
    """The rows of the chosen tab whose head's name has the typed part, with or without accents."""
    belongs = LISTS[list_of(query)]
    part = search_key(query.get("name", ""))
    return [row for row in rows if belongs(row) and part in search_key(row.head_name)]


def tabs_of(rows, query):
    """Every tab with its count, keeping the typed name."""
    name = query.get("name", "")
    kept = {"name": name} if name else {}
    return [
        {
            "label": LIST_LABELS[key],
            "url": "?" + urlencode({**({"show": key} if key else {}), **kept}),
            "active": key == list_of(query),
            "count": sum(belongs(row) for row in rows),
            "live": key or "all",
        }
        for key, belongs in LISTS.items()
    ]


def counts_elsewhere(rows, shown):
    """How many households of each tab are not on the page: its script counts the others."""
    return {
        key or "all": sum(map(belongs, rows)) - sum(map(belongs, shown))
        for key, belongs in LISTS.items()
    }


def villages_beside(user, row, view):
    """The village before and the one after, of those of the campaign that the user may open."""
    rows = CampaignVillage.objects.visible_to(user).filter(campaign=row.campaign_id)
    found = rows.select_related("village").order_by("village__order", "village__sort_key")
    villages = [one.village for one in found if may_open(user, view, area=one.village)]
    place = villages.index(row.village)
    return {
        "previous": villages[place - 1] if place else None,
        "next": villages[place + 1] if place + 1 < len(villages) else None,
    }
