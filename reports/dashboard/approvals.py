"""What waits for the viewer's word (chờ tôi duyệt), each with the page where it is given."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse

from povertyplan.core.text import formatting
from povertyplan.core.text.vietnamese import upper_first
from reports.plans.naming import name_document
from reports.plans.selectors import documents_to_sign

from .context import DashboardContext
from .review import RECOGNISE, ReviewStanding

CANCEL = "households:campaign_cancel_decide"
SIGN = "reports:document_issue"


@dataclass(frozen=True)
class ApprovalLine:
    """Something that waits, since when, and the link to where it is decided."""

    name: str
    note: str
    url: str
    action: str


def approvals(
    outlook: DashboardContext, review: ReviewStanding | None
) -> tuple[ApprovalLine, ...] | None:
    """None for a viewer who approves nothing."""
    if not any(map(outlook.opens, (RECOGNISE, CANCEL, SIGN))):
        return None
    return (*_of_review(outlook, review), *_of_documents(outlook))


def _of_review(outlook: DashboardContext, review: ReviewStanding | None) -> Iterator[ApprovalLine]:
    if review is None:
        return
    campaign, total = review.campaign, review.total
    if review.needs_approval:
        forms = f"{formatting.number(total.done)} phiếu, {total.villages} thôn, tổ dân phố"
        yield ApprovalLine(f"Kết quả {campaign.name}", forms, review.url, "Xem và duyệt")
    own = campaign.cancel_requested_by_id == outlook.viewer.pk
    if campaign.awaits_cancellation and not own and outlook.opens(CANCEL):
        yield ApprovalLine(
            f"Đề nghị hủy {campaign.name}",
            campaign.cancel_request_reason,
            reverse(CANCEL, args=[campaign.pk]),
            "Xem và quyết định",
        )


def _of_documents(outlook: DashboardContext) -> Iterator[ApprovalLine]:
    if not outlook.opens(SIGN):
        return
    for document in documents_to_sign(outlook.viewer, outlook.ward):
        moment = formatting.moment(document.submitted_at)
        yield ApprovalLine(
            upper_first(name_document(document)),
            f"{document.submitted_by} trình lúc {moment}",
            reverse(SIGN, args=[document.pk]),
            "Xem và ký",
        )
