"""Findings as a page shows them: where each leads, and whether it was accepted."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from reports.models import AcceptedFinding, Document
from reports.plans.checking.checked_facts import LintRule, PlanFinding

ACCEPTED = "Đã ghi lý do chấp nhận."
# Where what a rule doubts is written, when it is no block.
PLACES = {
    LintRule.EXPIRED_BASIS: "reports:document_bases",
    LintRule.DUTY_WITHOUT_PROJECT: "reports:document_duties",
    LintRule.UNIT_WITHOUT_DUTY: "reports:document_duties",
    LintRule.DEADLINE_OUTSIDE_PERIOD: "reports:document_duties",
    LintRule.YEAR_OUTSIDE_PERIOD: "reports:document_duties",
    LintRule.PRINTED_TWICE: "reports:document_duties",
}
OF_TARGETS = frozenset(
    {
        LintRule.RATE_IMPOSSIBLE,
        LintRule.TOTALS_DISAGREE,
        LintRule.KNOWN_TOTAL_DISAGREES,
        LintRule.TARGET_WITHOUT_OWNER,
    }
)


@dataclass(frozen=True)
class ShownFinding:
    """A finding with the page on which it is mended, and the reason for which it stands."""

    message: str
    key: str
    url: str
    accepted: AcceptedFinding | None = None


def shown_findings(document: Document, found: Iterable[PlanFinding]) -> list[ShownFinding]:
    """The findings of a document, those that nobody accepted first."""
    accepted = {each.key: each for each in document.accepted_findings.select_related("accepted_by")}
    shown = [
        ShownFinding(each.message, each.key, finding_url(document, each), accepted.get(each.key))
        for each in found
    ]
    return sorted(shown, key=lambda each: each.accepted is not None)


def finding_url(document: Document, finding: PlanFinding) -> str:
    """Where a finding is mended."""
    text = reverse("reports:document_text", args=[document.pk])
    if finding.anchor:
        return f"{text}#block-{finding.anchor}"
    if finding.rule in OF_TARGETS:
        return f"{reverse('reports:target_list')}?year={document.year_from}"
    view = PLACES.get(finding.rule)
    return reverse(view, args=[document.pk]) if view else text
