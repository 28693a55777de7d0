"""The cells of the board: how far a village is with its meeting and its posting."""

from django import template
from django.urls import reverse
from django.utils.html import format_html

from households.campaign.procedure.selectors.steps import StepObstacle
from households.campaign.procedure.services.obstacles import obstacle_sentence
from povertyplan.core.text import formatting

register = template.Library()

NOTHING = "–"


@register.simple_tag
def meeting_cell(steps, opens):
    """The day of the meeting that stands, or why there is none yet."""
    if steps.meeting:
        text = f"✓ {formatting.day(steps.meeting.held_on)}"
        return _linked("households:village_meeting", steps, text, opens)
    if not steps.has_households:
        return NOTHING
    if steps.meeting_lock:
        return _disagreed(steps, opens) or _waiting(steps, steps.meeting_lock)
    text = "Họp lại" if steps.failed_meeting else "Ghi họp dân"
    return _linked("households:village_meeting", steps, text, opens, is_act=True)


@register.simple_tag
def posting_cell(steps, opens):
    """The last day of the posting that stands, the complaints, or why there is none yet."""
    if steps.posting:
        mark = "✓" if steps.is_posted_out else "đến"
        text = f"{mark} {formatting.day(steps.posting.until)}"
        link = _linked("households:village_posting", steps, text, opens)
        return format_html("{}{}", link, _complaints(steps, opens))
    if not steps.has_households:
        return NOTHING
    if steps.posting_lock:
        return _waiting(steps, steps.posting_lock)
    return _linked("households:village_posting", steps, "Ghi niêm yết", opens, is_act=True)


def _disagreed(steps, opens):
    """Why the village is being reviewed again, where its last meeting did not agree."""
    meeting = steps.failed_meeting
    if meeting is None:
        return ""
    text = f"✗ {formatting.day(meeting.held_on)}"
    link = _linked("households:village_meeting", steps, text, opens)
    votes = f"{meeting.agreeing}/{meeting.attendance} đồng ý, không đạt"
    return format_html('{}<br><span class="hint">{}</span>', link, votes)


def _waiting(steps, lock):
    """Why the step cannot be taken; what the column of the state says already is only read out."""
    is_known = lock == StepObstacle.NOT_FINISHED
    look = "visually-hidden" if is_known else "hint"
    dash = NOTHING if is_known else ""
    return format_html('{}<span class="{}">{}</span>', dash, look, obstacle_sentence(steps, lock))


def _complaints(steps, opens):
    if not steps.open_complaints:
        return ""
    text = f"{steps.open_complaints} khiếu nại"
    return format_html(" · {}", _linked("households:village_complaints", steps, text, opens))


def _linked(view, steps, text, opens, *, is_act=False):
    """A fact or, for `is_act`, something to do: only for who may, and not on paper."""
    look = "nowrap no-print" if is_act else "nowrap"
    if not opens:
        return NOTHING if is_act else format_html('<span class="nowrap">{}</span>', text)
    url = reverse(view, args=[steps.campaign.pk, steps.village.pk])
    return format_html(
        '<a class="{}" href="{}">{}<span class="visually-hidden"> {}</span></a>',
        look,
        url,
        text,
        steps.village.name,
    )
