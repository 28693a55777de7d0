"""Every stage of a campaign × every act × every role: only what the table allows happens."""

from django.db import transaction
from django.test import Client
from django.urls import reverse

from households.models import CampaignVillage, Review, ReviewCampaign
from povertyplan.core.models import RowChange

# Everything any of the acts asks for; each takes its own part.
FORM = {
    "signer_title": "Chủ tịch",
    "signer_name": "Y Ký",
    "reason": "Đính chính theo biên bản họp thôn",
    "number": "300/QĐ-UBND",
    "decided_on": "19/11/2026",
    "income_score": "110",
    "deprivations": ["1", "5", "9"],
}
STAGES = ("open", "ready", "finished", "submitted", "recognised")
HEAD, OFFICER, LEADER = "village head", "coordinator", "leader"

# (stage, act) → who may. Whatever is not here changes nothing.
ALLOWED = {
    ("open", "review_edit"): {HEAD, OFFICER},
    ("ready", "review_edit"): {HEAD, OFFICER},
    ("ready", "village_finish"): {HEAD, OFFICER},
    ("finished", "village_reopen"): {OFFICER},
    ("finished", "campaign_submit"): {OFFICER},
    ("submitted", "campaign_recognise"): {LEADER},
    ("submitted", "campaign_return"): {LEADER},
    ("recognised", "campaign_reopen"): {LEADER},
    ("ready", "campaign_cancel"): {OFFICER, LEADER},
    ("finished", "campaign_cancel"): {OFFICER, LEADER},
    ("submitted", "campaign_cancel"): {OFFICER, LEADER},
}
ACTS = (
    "review_edit",
    "village_finish",
    "village_reopen",
    "campaign_submit",
    "campaign_recognise",
    "campaign_return",
    "campaign_reopen",
    "campaign_cancel",
)


def target(world, stage, act) -> tuple[str, int]:
    """The address of an act on the first ward's campaign in a stage, and the version it needs."""
    campaign = ReviewCampaign.objects.get(pk=world.a.campaigns[stage].pk)
    village = world.a.villages[0].area
    if act.startswith("campaign"):
        record, key = campaign, {}
    elif act == "review_edit":
        record = Review.objects.filter(campaign=campaign, village=village).order_by("pk").first()
        key = {"household_pk": record.household_id}
    else:
        record = CampaignVillage.objects.get(campaign=campaign, village=village)
        key = {"village_pk": village.pk}
    return reverse(f"households:{act}", kwargs={"pk": campaign.pk, **key}), record.version


# Who reads a province too writes here what the role here writes.
ALSO_ABOVE = {"coordinator here, leader of the province": "coordinator"}


def changes_of(client, address, version) -> bool:
    """Whether a post that means it changes anything; it is undone."""
    last = RowChange.objects.order_by("-pk").values_list("pk", flat=True).first()
    try:
        with transaction.atomic():
            client.post(address, {**FORM, "version": version})
            changed = RowChange.objects.filter(pk__gt=last).exists()
            raise _Undo
    except _Undo:
        return changed


class _Undo(Exception):
    pass


def test_only_the_allowed_acts_change_anything(world, share):
    happened, tried = {}, 0
    # Who may do something is tried in every run, who may do nothing by turns.
    doers = {HEAD, OFFICER, LEADER, *ALSO_ABOVE}
    others = [role for role in (None, *world.users) if role not in doers]
    for role in (*doers, *share(others, one_of=3)):
        client = Client(raise_request_exception=False)
        if role:
            client.force_login(world.users[role])
        for stage in STAGES:
            for act in ACTS:
                tried += 1
                address, version = target(world, stage, act)
                if changes_of(client, address, version):
                    happened.setdefault((stage, act), set()).add(role)

    print(f"\nstages: {tried} of stage × act × role")  # noqa: T201
    assert tried >= 40 * 8
    assert {who: acts_of(happened, who) for who in ALSO_ABOVE} == {
        who: acts_of(happened, here) for who, here in ALSO_ABOVE.items()
    }
    assert {act: who - set(ALSO_ABOVE) for act, who in happened.items()} == ALLOWED


def acts_of(happened, who) -> set:
    return {act for act, roles in happened.items() if who in roles}
