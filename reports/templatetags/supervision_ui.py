"""How findings of supervision look: `{% load supervision_ui %}`."""

from django import template

from povertyplan.core.templatetags.ui import tag
from reports.choices import FindingState

register = template.Library()

TONES = {
    FindingState.WAITING: "info",
    FindingState.LATE: "danger",
    FindingState.ANSWERED: "ok",
    FindingState.ANSWERED_LATE: "warn",
    FindingState.WITHDRAWN: "neutral",
}


@register.simple_tag
def finding_state(state):
    """Where a finding stands, as a word on a tint."""
    return tag(state.label, TONES[state])
