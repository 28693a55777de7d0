"""Recording what one or many receive (ghi hỗ trợ): all of it or nothing."""

from collections.abc import Sequence
from dataclasses import asdict

from povertyplan.core import locks
from povertyplan.core.journal import audit
from povertyplan.core.models import Area, User
from povertyplan.core.platform.submissions import once
from povertyplan.core.text import formatting
from povertyplan.core.text.vietnamese import normalise_text
from projects.choices import SupportState
from projects.models import Support
from projects.support.selectors.rights import names_health
from projects.support.services.checks import (
    CheckedReceiver,
    check_receivers,
    refuse_gift,
    refuse_giver,
    refuse_missing_reasons,
)
from projects.support.services.gifts import SupportGift, SupportReasons, SupportReceiver


@audit.business_act(label="Ghi hỗ trợ")
def give_support(
    *,
    ward: Area,
    gift: SupportGift,
    receivers: Sequence[SupportReceiver],
    reasons: SupportReasons | None = None,
    key: str | None = None,
    by: User | None,
) -> Support:
    """Record the same gift for one or many, and return the first; all or none.

    Raises ValidationError keyed by the fields of the gift, with a sentence for each receiver that
    cannot have it. `confirmation` and `repeat_reason` name those for whom a reason is missing.
    Raises PermissionDenied where somebody else writes it.
    """
    refuse_giver(by, ward, gift)
    reasons = (reasons or SupportReasons()).tidy()
    # Somebody ticked twice receives once.
    each_once = list({receiver.keys: receiver for receiver in receivers}.values())

    def create() -> Support:
        return write_gift(ward=ward, gift=gift, receivers=each_once, reasons=reasons, by=by)[0]

    content = gift.content() | asdict(reasons) | {"receivers": [each.keys for each in each_once]}
    return once(key=key, act="give_support", content=content, model=Support, create=create, by=by)


def write_gift(
    *,
    ward: Area,
    gift: SupportGift,
    receivers: Sequence[SupportReceiver],
    reasons: SupportReasons,
    by: User | None,
) -> list[Support]:
    """Check a gift and write it for each receiver, inside an act. Raises as `give_support`."""
    locks.wait_turn("support", ward.pk)
    refuse_gift(ward, gift)
    checked = check_receivers(ward, gift, receivers)
    refuse_missing_reasons(checked, reasons, names_health=names_health(by, ward))
    return [_write(ward, gift, each, reasons) for each in checked]


def _write(
    ward: Area, gift: SupportGift, each: CheckedReceiver, reasons: SupportReasons
) -> Support:
    receiver = each.receiver
    state = SupportState.DELIVERED if gift.is_delivered else SupportState.PROMISED
    support = Support.objects.create(
        ward=ward,
        kind=gift.kind,
        ward_project=gift.ward_project,
        household=receiver.household,
        person=receiver.person,
        group_name=normalise_text(receiver.group_name),
        quantity=gift.quantity,
        amount=gift.amount,
        source=gift.source,
        document=normalise_text(gift.document),
        year=gift.day.year,
        state=state,
        promised_on=None if gift.is_delivered else gift.day,
        delivered_on=gift.day if gift.is_delivered else None,
        verdict=each.judgement.verdict,
        verdict_reason=each.judgement.reason,
        confirmation="" if each.judgement.is_yes else reasons.confirmation,
        repeat_reason=reasons.repeat if each.repeated else "",
    )
    reason = support.repeat_reason or support.confirmation
    audit.record(support, f"{state.label}: {support_text(support)}.", ward=ward, reason=reason)
    return support


def support_text(support: Support) -> str:
    """A support in the journal: the household by its code, no kind that tells of health."""
    kind = "hỗ trợ" if support.kind.tells_of_health else str(support.kind)
    recipient = str(support.household or support.group_name)
    return f"{kind}, {recipient}, ngày {formatting.day(support.day)}"
