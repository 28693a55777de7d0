"""The households of a village as a list on a phone, each with how far its form is."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from households.entry.phone import presenters as words
from households.entry.phone.selectors import gaps_of
from households.entry.survey.selectors.reviews import work_list
from households.locks import village_lock
from households.models import CampaignVillage, ReviewCampaign, ReviewDraft
from povertyplan.core.access.rules import may_open

LIST = "households:phone_list"
FIRST_STEP = 1


@require_safe
def phone_list(request, pk):
    campaigns = ReviewCampaign.objects.visible_to(request.user).select_related("submitted_by")
    campaign = get_object_or_404(campaigns, pk=pk)
    villages = [
        row
        for row in CampaignVillage.objects.visible_to(request.user)
        .filter(campaign=campaign)
        .select_related("village", "finished_by")
        .order_by("village__order", "village__sort_key")
        if may_open(request.user, LIST, area=row.village)
    ]
    if not villages:
        raise PermissionDenied(words.NO_VILLAGE)
    chosen = request.GET.get("village", "")
    row = next((row for row in villages if str(row.village_id) == chosen), villages[0])
    items = _items(request.user, campaign, row.village)
    shown = request.GET.get("state", "")
    context = {
        "campaign": campaign,
        "row": row,
        "villages": villages,
        "items": [item for item in items if shown not in words.STATES or item["state"] == shown],
        "tabs": [
            {
                "label": label,
                "url": f"?village={row.village_id}&state={key}",
                "active": key == shown,
                "count": sum(item["state"] == key for item in items),
            }
            for key, label in words.STATES.items()
        ],
        "lock": village_lock(campaign, row),
    }
    return render(request, "households/entry/phone_list.html", context)


def _items(user, campaign, village):
    """The lines of the list: each household, where its form goes on, and how far it is."""
    drafts = {
        draft.review_id: draft
        for draft in ReviewDraft.objects.open().filter(
            review__campaign=campaign, review__village=village, owner=user
        )
    }
    asked = set(campaign.standard.indicators.values_list("number", flat=True))
    return [
        _item(item, drafts.get(item.review.pk), asked)
        for item in work_list(campaign=campaign, village=village)
    ]


def _item(item, draft, asked):
    # A form that has a result counts as on the board, whoever entered it, and whatever is begun.
    state = "done" if item.review.is_done else "draft" if draft else "pending"
    gaps = gaps_of(draft, asked) if draft else None
    return {
        "item": item,
        "step": draft.step if draft else FIRST_STEP,
        "state": state,
        "state_label": words.state_label(state, gaps, is_done=item.review.is_done),
    }
