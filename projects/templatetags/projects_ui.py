"""How what projects know looks: a state's tone."""

from django import template

from projects.choices import ActivityState

register = template.Library()

TONES = {
    ActivityState.OVERDUE: "danger",
    ActivityState.DUE_SOON: "warn",
    ActivityState.PARTLY_DONE: "warn",
    ActivityState.DONE_LATE: "warn",
    ActivityState.DONE: "ok",
}


@register.filter
def activity_tone(state: ActivityState) -> str:
    return TONES.get(state, "plain")
