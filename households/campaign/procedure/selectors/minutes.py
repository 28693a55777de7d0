"""What the minutes of a village's meeting say before anybody has met: the results."""

from collections import Counter

from households.models import CampaignVillage


def classes_found(campaign_village: CampaignVillage) -> Counter[str]:
    """The forms of a village by recorded class; one query."""
    found = campaign_village.campaign.reviews.done().filter(village=campaign_village.village_id)
    return Counter(found.order_by().values_list("recorded_class", flat=True))
