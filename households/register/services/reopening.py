"""Taking back that a household left the register: it was a mistake, it never left."""

from datetime import date

from households.choices import ClosingReason, EventKind
from households.ledger.services.spells import reopen_ledger
from households.models import Decision, Household, HouseholdEvent, Membership
from households.register.services.events import (
    SupportingDocument,
    locked_faults,
    record_event,
    refuse_value,
)
from povertyplan.core.journal import audit
from povertyplan.core.models import User
from povertyplan.core.platform import versions
from povertyplan.core.text import formatting
from povertyplan.core.text.reasons import stated_reason

LEFT_BY_THEMSELVES = (EventKind.MEMBER_LEFT, EventKind.DEATH, EventKind.MEMBER_MOVED)


# The triggers of the ledger let a spell run on in this act alone.
@audit.business_act(label="Đưa hộ trở lại sổ")
def reopen_household(
    *,
    household: Household,
    reason: str,
    document: str = "",
    version: int | None,
    by: User,
) -> Household:
    """Put a household back as it was before it was closed, for a reason that stays in its event.

    Also one that was merged, while its members are still where the merge put them, and one whose
    last member was recorded as dead. Its last class runs on and its members are counted again from
    the day it was closed, so that must not be in a locked year, nor before a result that was
    recognised since.
    """
    reason = stated_reason(reason, "Nhập lý do đưa hộ trở lại sổ.")
    closed_on = household.closed_on
    if closed_on is None:
        refuse_value("Hộ đang ở trong sổ.")
    _refuse_obstacles(household, closed_on)
    versions.update(household, version=version)
    members = _members_of_that_day(household, closed_on)
    if household.closing_reason == ClosingReason.MERGED:
        _take_back_merge(household, closed_on, members, reason)
    for member in members:
        if member.person.memberships.filter(left_on=None).exists():
            refuse_value(f"{member.person} đang là thành viên của một hộ khác.")
    reopen_ledger(household=household)
    household.closed_on, household.closing_reason = None, ""
    household.save(update_fields=["closed_on", "closing_reason"])
    Membership.objects.filter(pk__in=[member.pk for member in members]).update(left_on=None)
    record_event(
        household,
        EventKind.REOPENED,
        on=closed_on,
        summary=f"Đưa hộ {household.code} trở lại sổ vì đã ghi ra khỏi sổ nhầm: {reason}.",
        paper=SupportingDocument(document=document, note=reason),
    )
    return household


def _refuse_obstacles(household: Household, closed_on: date) -> None:
    if household.village.valid_to is not None:
        refuse_value(f"{household.village} đã nhập vào thôn khác. Ghi hộ vào sổ như hộ mới.")
    for fault in locked_faults(household.ward_id, closed_on):
        refuse_value(fault)
    recognised = Decision.objects.in_force().filter(
        ward=household.ward_id, effective_from__gte=closed_on
    )
    if decision := recognised.order_by("effective_from").first():
        refuse_value(
            f"Quyết định số {decision.number} đã công nhận kết quả từ ngày "
            f"{formatting.day(decision.effective_from)}, sau khi hộ ra khỏi sổ. Ghi hộ vào sổ "
            "như hộ mới."
        )


def _take_back_merge(
    household: Household, closed_on: date, members: list[Membership], reason: str
) -> None:
    """Let the members leave the household they were merged into, as if they never came."""
    merge = HouseholdEvent.objects.filter(
        kind=EventKind.MERGED, other_household=household, happened_on=closed_on
    )
    target = merge.latest("pk").household
    if target.closed_on is not None:
        refuse_value(f"Hộ {target.code} đã ra khỏi sổ, không tách hộ này ra lại được.")
    joined = target.memberships.filter(left_on=None, joined_on=closed_on, is_head=False)
    came = {row.person_id: row for row in joined}
    for member in members:
        if member.person_id not in came:
            refuse_value(f"{member.person} đã có biến động khác sau khi nhập hộ. Ghi tách hộ.")
    versions.update(target, version=target.version)
    pks = [came[member.person_id].pk for member in members]
    # Ended on the day it began, a membership was never in force.
    Membership.objects.filter(pk__in=pks).update(left_on=closed_on)
    record_event(
        target,
        EventKind.CORRECTED,
        on=closed_on,
        summary=f"Hộ {household.code} đã nhập nhầm vào hộ {target.code}, được đưa trở lại sổ.",
        paper=SupportingDocument(
            note=f"Hộ {household.code} nhập nhầm, đã đưa trở lại sổ: {reason}"[:500]
        ),
    )


def _members_of_that_day(household: Household, closed_on: date) -> list[Membership]:
    """Who left because the household did: not those who left, died or moved on the same day."""
    own = household.events.standing().filter(happened_on=closed_on, kind__in=LEFT_BY_THEMSELVES)
    if household.closing_reason == ClosingReason.DIED:
        # The last death is the one that closed the household.
        own = own.exclude(pk=own.filter(kind=EventKind.DEATH).latest("pk").pk)
    rows = household.memberships.filter(left_on=closed_on).exclude(person__in=own.values("person"))
    # A relation that changed that day left a row behind; the later one is in force.
    latest = {row.person_id: row for row in rows.select_related("person").order_by("pk")}
    return list(latest.values())
