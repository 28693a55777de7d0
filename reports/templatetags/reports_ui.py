"""How charts and the words of achievement look: `{% load reports_ui %}`."""

from django import template
from django.urls import reverse
from django.utils.html import format_html

from projects.choices import AchievementWord
from reports.dashboard import charts

register = template.Library()

TONES = {
    AchievementWord.EXCEEDED: "ok",
    AchievementWord.MET: "ok",
    AchievementWord.NEAR: "info",
    AchievementWord.BEHIND: "warn",
    AchievementWord.NOT_MET: "warn",
    AchievementWord.NO_DATA: "plain",
}

register.simple_tag(charts.roadmap, name="roadmap_chart")
register.simple_tag(charts.bullet, name="bullet_chart")
register.simple_tag(charts.dimensions, name="dimension_chart")


@register.simple_tag
def achievement_tag(word, text):
    """The standing of a target in its words, on the tint of the word."""
    return format_html('<span class="tag tag--{}">{}</span>', TONES[word], text)


@register.simple_tag
def paper_files(campaign, picked, paper):
    """Where a paper of the review is made for the picked village, or for all; one each format."""
    if paper.build is not None and picked is not None:
        view, keys = "reports:village_paper", [campaign.pk, picked.village_id]
    else:
        view, keys = "reports:campaign_paper", [campaign.pk]
    return _files(view, keys, paper)


@register.simple_tag
def blank_files(campaign, paper):
    """Where the empty paper is made, in each format; nothing where there is none."""
    if paper.blank is None:
        return []
    return _files("reports:blank_paper", [campaign.pk], paper)


def _files(view, keys, paper):
    return [
        {"label": each.label, "url": reverse(view, args=[*keys, paper.name, each.value])}
        for each in paper.formats
    ]
