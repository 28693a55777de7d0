"""Donated money from a file: what is not written yet is written, all or none."""

from collections import Counter
from collections.abc import Sequence
from functools import partial

from povertyplan.core import locks
from povertyplan.core.journal import audit
from povertyplan.core.models import Area, User
from povertyplan.core.registers.resources import ReadLine
from povertyplan.core.registers.writing import FaultsOfLines, LineChange, RowOutcome
from projects.choices import DonationWay
from projects.donations.services.entries import (
    donation_text,
    hold_funds,
    refuse_keeper,
    write_donation,
)
from projects.models import DonationEntry
from projects.rules.donations import DonationDraft

# What makes two entries the same one: everything but the words about them.
IDENTITY = ("fund", "way", "amount", "dated", "party", "document_number")
COLUMNS = {
    "fund": "Quỹ, nguồn",
    "way": "Thu, chi",
    "amount": "Số tiền (đồng)",
    "dated": "Ngày",
    "party": "Người ủng hộ, nơi nhận",
    "purpose": "Mục đích, nội dung",
}


@audit.business_act(label="Nhập khoản ủng hộ từ Excel", source="import")
def import_donations(
    *, ward: Area, lines: Sequence[ReadLine[DonationDraft]], by: User
) -> list[RowOutcome]:
    """Write the entries of a file that are not there yet; what came in before what went out.

    An entry that a file names twice is written twice; one that was reversed since is not written
    again. Raises ValidationError for each fault.
    """
    refuse_keeper(by, ward)
    locks.wait_turn("import", f"donations {ward.pk}")
    hold_funds(ward)
    written = Counter(DonationEntry.objects.originals().filter(ward=ward).values_list(*IDENTITY))
    faults, outcomes = FaultsOfLines(COLUMNS), []
    for each in sorted(lines, key=lambda one: (one.subject.way != DonationWay.IN, one.line)):
        identity = tuple(getattr(each.subject, name) for name in IDENTITY)
        if written[identity]:
            written[identity] -= 1
            outcomes.append(RowOutcome(each.line, LineChange.SAME, each.subject.party))
            continue
        outcome = faults.attempt(each.line, partial(_write, each, ward))
        if outcome is not None:
            outcomes.append(outcome)
    faults.refuse()
    return sorted(outcomes, key=lambda one: one.line)


def _write(each: ReadLine[DonationDraft], ward: Area) -> RowOutcome:
    entry = write_donation(ward, each.subject)
    return RowOutcome(each.line, LineChange.ADDED, donation_text(entry))
