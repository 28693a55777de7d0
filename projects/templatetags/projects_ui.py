"""How what projects know looks: a state's tone."""

from django import template

from projects.choices import ActivityState, LivelihoodState, PublicationState

register = template.Library()

TONES = {
    ActivityState.OVERDUE: "danger",
    ActivityState.DUE_SOON: "warn",
    ActivityState.PARTLY_DONE: "warn",
    ActivityState.DONE_LATE: "warn",
    ActivityState.DONE: "ok",
}
PUBLICATION_TONES = {
    PublicationState.MISSED: "danger",
    PublicationState.LATE: "warn",
    PublicationState.TOO_SHORT: "warn",
    PublicationState.RUNNING: "info",
    PublicationState.DONE: "ok",
}

LIVELIHOOD_TONES = {
    LivelihoodState.IN_PUBLIC: "info",
    LivelihoodState.AWAITED: "warn",
    LivelihoodState.RUNNING: "ok",
    LivelihoodState.STOPPED: "danger",
}


@register.filter
def activity_tone(state: ActivityState) -> str:
    return TONES.get(state, "plain")


@register.filter
def publication_tone(state: PublicationState) -> str:
    return PUBLICATION_TONES.get(state, "plain")


@register.filter
def livelihood_tone(state: LivelihoodState) -> str:
    return LIVELIHOOD_TONES.get(state, "plain")
