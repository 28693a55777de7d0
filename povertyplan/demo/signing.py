"""The invented report of 2025, made of its units' reports, signed and frozen.

What it says is what the data said on its day; number and signer are invented.
"""

from datetime import date

from povertyplan.core import clock
from povertyplan.core.models import Area, User
from reports.choices import ReportPart, ReportPeriod
from reports.models import Document, ReportRequest
from reports.plans.services import print_and_issue, submit_document
from reports.progress.consolidation.services import begin_consolidation, take_in_part

YEAR = 2025
WRITTEN_ON, SIGNED_ON = date(2025, 11, 12), date(2025, 11, 14)
NUMBER = 96
AUTHORITY, SIGNER_TITLE = "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"
TAKEN_IN = (ReportPart.RESULTS, ReportPart.DIFFICULTIES, ReportPart.PROPOSALS)


def invent_signed_report(*, ward: Area, officer: User, leader: User) -> Document:
    """Consolidate the year, hand it in and sign it, each on its day by whoever does so."""
    asked = ReportRequest.objects.select_related("ward").get(
        ward=ward, year=YEAR, period=ReportPeriod.YEAR
    )
    with clock.set_to(WRITTEN_ON):
        by = User.objects.get(pk=officer.pk)  # whose roles are those of the day
        document = begin_consolidation(
            request=asked, version=asked.version, by=by, source="command"
        )
        asked.refresh_from_db()
        for part in TAKEN_IN:
            take_in_part(request=asked, part=part, by=by, source="command")
        document.refresh_from_db()
        submit_document(document=document, version=document.version, by=by, source="command")
    with clock.set_to(SIGNED_ON):
        document.refresh_from_db()
        return print_and_issue(
            document=document,
            number=NUMBER,
            issued_on=SIGNED_ON,
            authority=AUTHORITY,
            signer_title=SIGNER_TITLE,
            signer_name=leader.full_name,
            version=document.version,
            by=User.objects.get(pk=leader.pk),
        )
