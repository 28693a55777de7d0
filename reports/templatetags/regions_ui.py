"""Where the numbers of a region lead, and how they look: `{% load regions_ui %}`."""

from django import template
from django.utils.html import format_html
from django.utils.http import urlencode

from povertyplan.core.text import formatting
from reports.plans import naming
from reports.regions import presenters

register = template.Library()

register.simple_tag(presenters.rate_note, name="rate_note")
register.filter("number_in_words", naming.number_in_words)


@register.simple_tag
def ward_link(view, ward, year, *args):
    return presenters.ward_url(view, ward, year, *args)


@register.simple_tag
def ward_figure(view, ward, year, value, what):
    """A number that opens the page of its ward; a dash where it is not known."""
    if value in (None, ""):
        return formatting.MISSING
    return format_html(
        '<a href="{}">{}<span class="visually-hidden"> {} của {}</span></a>',
        presenters.ward_url(view, ward, year),
        formatting.number(value),
        what,
        ward.name,
    )


@register.simple_tag
def group_query(group, year):
    return urlencode({"year": year, "of": group.key})
