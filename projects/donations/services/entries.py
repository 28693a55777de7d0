"""Entries of donated money: written, and reversed with a reason; never changed (khoản ủng hộ)."""

from collections.abc import Sequence
from dataclasses import asdict

from django.core.exceptions import PermissionDenied, ValidationError

from povertyplan.core import clock, locks
from povertyplan.core.journal import audit
from povertyplan.core.models import Area, User
from povertyplan.core.periods.locked import refuse_locked_day
from povertyplan.core.periods.years import FIRST_YEAR
from povertyplan.core.platform.submissions import once
from povertyplan.core.text import formatting
from povertyplan.core.text.reasons import stated_reason
from projects.choices import DonationFund, DonationWay
from projects.donations.selectors import Movement, may_write_donations, movements_of
from projects.models import DonationEntry
from projects.rules.donations import DonationDraft, draft_faults, overdrawn

NOT_KEEPER = "Sổ này do cán bộ giảm nghèo và đơn vị được giao giữ sổ ghi."
REASON_MISSING = "Nêu lý do hủy."
REVERSED_ALREADY = "Khoản này đã hủy."
IS_A_REVERSAL = "Khoản này là bút toán hủy, không hủy được nữa. Ghi lại khoản đúng."
KEPT = ("ward", "fund", "way", "dated", "party", "purpose", "goods", "document_number")


@audit.business_act(label="Ghi khoản ủng hộ")
def add_donation(
    *, ward: Area, draft: DonationDraft, key: str | None = None, by: User
) -> DonationEntry:
    """Write what came in or went out. Raises ValidationError by field, and PermissionDenied."""
    refuse_keeper(by, ward)

    def create() -> DonationEntry:
        hold_funds(ward)
        return write_donation(ward, draft)

    content = asdict(draft) | {"ward": ward.pk}
    return once(
        key=key, act="add_donation", content=content, model=DonationEntry, create=create, by=by
    )


@audit.business_act(label="Ghi hủy khoản ủng hộ")
def reverse_donation(*, entry: DonationEntry, reason: str, by: User) -> DonationEntry:
    """Take an entry out of the figures: it stays, with its opposite and the reason."""
    refuse_keeper(by, entry.ward)
    stated = stated_reason(reason, REASON_MISSING)
    hold_funds(entry.ward)
    current = DonationEntry.objects.select_related("ward").get(pk=entry.pk)
    if current.reverses_id is not None:
        raise ValidationError(IS_A_REVERSAL)
    if DonationEntry.objects.filter(reverses=current).exists():
        raise ValidationError(REVERSED_ALREADY)
    refuse_locked_day(current.ward, current.dated)
    if current.way == DonationWay.IN:
        fund = DonationFund(current.fund)
        movements = movements_of(ward=current.ward, fund=fund)
        if sentence := overdrawn(fund, current.amount, current.dated, movements):
            raise ValidationError(sentence)
    values = {name: getattr(current, name) for name in KEPT}
    reversal = DonationEntry.objects.create(
        **values, amount=-current.amount, reverses=current, reason=stated
    )
    summary = f"Hủy: {donation_text(current)}."
    audit.record(reversal, summary, ward=current.ward, reason=stated)
    return reversal


def refuse_keeper(by: User, ward: Area) -> None:
    """Raise PermissionDenied where somebody does not keep the book of a ward."""
    if not may_write_donations(by, ward):
        raise PermissionDenied(NOT_KEEPER)


def hold_funds(ward: Area) -> None:
    """One act at a time takes out of the funds of a ward."""
    locks.wait_turn("donation", ward.pk)


def write_donation(ward: Area, draft: DonationDraft) -> DonationEntry:
    """A checked entry with its line of the journal; the funds of the ward are held."""
    refuse_locked_day(ward, draft.dated)
    faults = draft_faults(draft, clock.today(), FIRST_YEAR)
    if draft.way == DonationWay.OUT and not faults:
        movements: Sequence[Movement] = movements_of(ward=ward, fund=draft.fund)
        if sentence := overdrawn(draft.fund, draft.amount, draft.dated, movements):
            faults["amount"] = sentence
    if faults:
        raise ValidationError(faults)
    entry = DonationEntry.objects.create(ward=ward, **asdict(draft))
    audit.record(entry, f"{donation_text(entry)}.", ward=ward)
    return entry


def donation_text(entry: DonationEntry) -> str:
    """An entry in one line: "Thu Quỹ “Vì người nghèo”: 5.000.000 đồng, Công ty A, ngày …"."""
    parts = [formatting.money(abs(entry.amount)), entry.party, entry.purpose]
    head = f"{entry.get_way_display()} {entry.get_fund_display()}"
    return f"{head}: {', '.join(parts)}, ngày {formatting.day(entry.dated)}"
