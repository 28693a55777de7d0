"""Taking back that a household left the register: it was a mistake, it never left."""

from households.choices import ClosingReason, EventKind
from households.models import Decision, Household, Membership
from households.services.events import Paper, Writer, locked_faults, record_event, refuse
from households.services.ledger import reopen_ledger
from povertyplan.core import audit, formatting, versions
from povertyplan.core.models import User
from povertyplan.core.vietnamese import normalise_text

# Of a household that was merged or whose last member died the members are elsewhere.
REOPENABLE = (ClosingReason.MOVED_OUT, ClosingReason.DISSOLVED, ClosingReason.DUPLICATE)
LEFT_BY_THEMSELVES = (EventKind.MEMBER_LEFT, EventKind.DEATH, EventKind.MEMBER_MOVED)


# The triggers of the ledger let a spell run on in an act of exactly this name.
@audit.business_act
def reopen_household(
    *,
    household: Household,
    reason: str,
    document: str = "",
    version: int | None,
    by: User,
    source: str = "web",
) -> Household:
    """Put a household back as it was before it was closed, for a reason that stays in its event.

    Its last class runs on and its members are counted again from the day it was closed, so that
    must not be in a locked year, nor before a result that was recognised since.
    """
    reason = normalise_text(reason)
    if not reason:
        refuse("Nhập lý do đưa hộ trở lại sổ.", "reason")
    closed_on = household.closed_on
    if closed_on is None:
        refuse("Hộ đang ở trong sổ.")
    _refuse_obstacles(household)
    versions.update(household, version=version)
    members = _members_of_that_day(household)
    for member in members:
        if member.person.memberships.filter(left_on=None).exists():
            refuse(f"{member.person} đang là thành viên của một hộ khác.")
    reopen_ledger(household=household)
    household.closed_on, household.closing_reason = None, ""
    household.save(update_fields=["closed_on", "closing_reason"])
    Membership.objects.filter(pk__in=[member.pk for member in members]).update(left_on=None)
    record_event(
        act="reopen_household",
        kind=EventKind.REOPENED,
        household=household,
        on=closed_on,
        summary=f"Đưa hộ {household.code} trở lại sổ vì đã ghi ra khỏi sổ nhầm: {reason}.",
        writer=Writer(by, source),
        paper=Paper(document=document, note=reason),
    )
    return household


def _refuse_obstacles(household: Household) -> None:
    closed_on = household.closed_on
    if household.closing_reason not in REOPENABLE:
        reason = household.get_closing_reason_display().lower()
        refuse(f"Hộ ra khỏi sổ vì {reason}, không đưa trở lại được.")
    if household.village.valid_to is not None:
        refuse(f"{household.village} đã nhập vào thôn khác. Ghi hộ vào sổ như hộ mới.")
    for fault in locked_faults(household.ward_id, closed_on):
        refuse(fault)
    recognised = Decision.objects.in_force().filter(
        ward=household.ward_id, effective_from__gte=closed_on
    )
    if decision := recognised.order_by("effective_from").first():
        refuse(
            f"Quyết định số {decision.number} đã công nhận kết quả từ ngày "
            f"{formatting.day(decision.effective_from)}, sau khi hộ ra khỏi sổ. Ghi hộ vào sổ "
            "như hộ mới."
        )


def _members_of_that_day(household: Household) -> list[Membership]:
    """Who left because the household did: not those who left, died or moved on the same day."""
    closed_on = household.closed_on
    own = household.events.filter(happened_on=closed_on, kind__in=LEFT_BY_THEMSELVES)
    rows = household.memberships.filter(left_on=closed_on).exclude(person__in=own.values("person"))
    # A relation that changed that day left a row behind; the later one is in force.
    latest = {row.person_id: row for row in rows.select_related("person").order_by("pk")}
    return list(latest.values())
