"""How a sentence says where an act stands."""

from datetime import date

from povertyplan.core.text import formatting
from reports.models import LegalDocument
from reports.plans.library.selectors import standing_of
from reports.plans.library.standing import ActStanding

NOT_YET = "chưa có hiệu lực ngày {}"
ENDED = "hết hiệu lực sau ngày {}"
REPLACED = "đã được thay thế bằng {}"


def standing_words(act: LegalDocument, on: date) -> str:
    """Why an act is no basis on a day; empty where it holds."""
    standing = standing_of(act, on)
    if standing == ActStanding.NOT_YET:
        return NOT_YET.format(formatting.day(on))
    if standing == ActStanding.ENDED:
        return ENDED.format(formatting.day(act.valid_to))
    return REPLACED.format(act.replaced_by) if standing == ActStanding.REPLACED else ""
