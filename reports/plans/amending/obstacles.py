"""Why a draft can neither replace nor amend its earlier document any more."""

from datetime import date

from povertyplan.core.text import formatting
from reports.choices import AmendKind
from reports.models import Document
from reports.plans.naming import name_document

ENDED = "Văn bản được {verb} không còn hiệu lực: {named}. Không ban hành được dự thảo này."
EARLIER = "Văn bản được {verb} ban hành ngày {day}."
_VERBS: dict[str, str] = {AmendKind.REPLACES: "thay thế", AmendKind.AMENDS: "sửa đổi"}


def amended_fault(document: Document, issued_on: date | None = None) -> str:
    """Why it cannot be issued, on a day where one is given; empty where it can."""
    earlier, verb = document.amends, _VERBS.get(document.amend_kind)
    if earlier is None or verb is None or document.is_issued:
        return ""
    if not earlier.is_in_force:
        return ENDED.format(verb=verb, named=name_document(earlier))
    if issued_on and earlier.issued_on and issued_on < earlier.issued_on:
        return EARLIER.format(verb=verb, day=formatting.day(earlier.issued_on))
    return ""
