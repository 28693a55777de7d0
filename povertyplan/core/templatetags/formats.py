"""Template filters over ``povertyplan.core.text.formatting``: ``{% load formats %}``."""

from django import template

from povertyplan.core.text import formatting, vietnamese

register = template.Library()

register.filter("number", formatting.number)
register.filter("percent", formatting.percent)
register.filter("money", formatting.money)
register.filter("millions", formatting.millions)
register.filter("two_digits", formatting.two_digits)
register.filter("paper_number", formatting.paper_number)
register.filter("day", formatting.day)
register.filter("short_day", formatting.short_day)
register.filter("long_day", formatting.long_day)
register.filter("month", formatting.month)
register.filter("moment", formatting.moment)
register.filter("birth", formatting.birth)
register.filter("point_letter", vietnamese.point_letter)


@register.filter
def masked_id(citizen_id: str | None) -> str:
    """Print a personal number with its middle hidden; an unknown one as a dash."""
    return vietnamese.mask_citizen_id(citizen_id) if citizen_id else formatting.MISSING
