"""How charts and the words of achievement look: `{% load reports_ui %}`."""

from django import template
from django.urls import reverse
from django.utils.html import format_html

from projects.choices import AchievementWord
from reports import charts

register = template.Library()

TONES = {
    AchievementWord.EXCEEDED: "ok",
    AchievementWord.MET: "ok",
    AchievementWord.NEAR: "info",
    AchievementWord.BEHIND: "warn",
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
def paper_link(campaign, picked, paper):
    """Where a paper of the review is printed for the picked village or for all; and how asked."""
    if paper.build is not None and picked is not None:
        keys = [campaign.pk, picked.village_id, paper.name]
        return {"url": reverse("reports:village_paper", args=keys), "is_posted": paper.is_posted}
    url = reverse("reports:campaign_paper", args=[campaign.pk, paper.name])
    return {"url": url, "is_posted": paper.is_posted}
