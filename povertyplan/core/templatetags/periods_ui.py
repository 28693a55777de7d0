"""That figures are locked, beside them: `{% load periods_ui %}`."""

from django import template

from povertyplan.core.access.rules import may_open_inside
from povertyplan.core.periods.locked import lock_of_days
from povertyplan.core.periods.selectors import locks_in_year

register = template.Library()
NOTICE = "core/periods/_period_locks.html"


@register.inclusion_tag(NOTICE, takes_context=True)
def year_lock(context, year):
    """Who locked the year of the page's ward or a part of it, when, why; else nothing."""
    ward = context.get("ward")
    locks = locks_in_year(ward, year) if ward is not None else []
    return _notice(context, ward, locks)


@register.inclusion_tag(NOTICE, takes_context=True)
def shown_locks(context, locks):
    """The same of locks that the view asked for, because it closes a form with them."""
    return _notice(context, context.get("ward"), locks)


@register.inclusion_tag(NOTICE, takes_context=True)
def days_lock(context, ward, first, last):
    """Who locked the figures of all days that a report tells of; else nothing."""
    lock = lock_of_days(ward, first, last)
    return _notice(context, ward, [lock] if lock else [])


def _notice(context, ward, locks):
    user = context["request"].user
    return {"locks": locks, "may_see": locks and may_open_inside(user, "core:period_list", ward)}
