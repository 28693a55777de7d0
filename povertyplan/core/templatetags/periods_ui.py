"""That the figures of a year are locked, beside them: `{% load periods_ui %}`."""

from django import template

from povertyplan.core.access.rules import may_open_inside
from povertyplan.core.periods.selectors import lock_of

register = template.Library()


@register.inclusion_tag("core/periods/_year_lock.html", takes_context=True)
def year_lock(context, year):
    """Who locked the year of the page's ward, when, and where it is opened; else nothing."""
    ward, user = context.get("ward"), context["request"].user
    if ward is None:
        return {"lock": None}
    lock = lock_of(ward, year)
    return {"lock": lock, "may_see": lock and may_open_inside(user, "core:period_list", ward)}
