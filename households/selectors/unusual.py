"""What somebody should look at before results are submitted or recognised."""

from dataclasses import dataclass

from households.choices import ComplaintOutcome, PovertyClass
from households.models import Complaint, ReviewCampaign
from households.selectors.explanations import unexplained
from households.selectors.outcomes import planned_changes
from households.selectors.reviews import class_label
from povertyplan.core import formatting

POOR, NOT_POOR = PovertyClass.POOR, PovertyClass.NOT_POOR
TWO_STEPS = frozenset({(POOR, NOT_POOR), (NOT_POOR, POOR)})


@dataclass(frozen=True)
class Remark:
    """One thing to look at; `household` is the household it is about, if it is about one."""

    text: str
    household: int | None = None
    code: str = ""


@dataclass(frozen=True)
class Unusual:
    """Things of one kind."""

    title: str
    remarks: list[Remark]

    @property
    def count(self) -> int:
        return len(self.remarks)


def unusual(campaign: ReviewCampaign) -> list[Unusual]:
    """Everything unusual of a campaign by kind, kinds without findings left out; ten queries."""
    kinds = (
        Unusual("Phân loại ghi nhận khác kết quả tính", _other_classes(campaign)),
        Unusual("Hộ chuyển hai bậc", _two_steps(campaign)),
        Unusual("Khiếu nại, phản ánh", _complaints(campaign)),
        Unusual("Hộ không còn trong sổ, không rà soát", _gone(campaign)),
        Unusual("Phiếu không khớp khi tính lại", _not_recomputed(campaign)),
    )
    return [kind for kind in kinds if kind.remarks]


def _other_classes(campaign: ReviewCampaign) -> list[Remark]:
    reviews = campaign.reviews.done().exclude(class_reason="").select_related("household")
    return [
        Remark(
            f"tính được {class_label(review.computed_class).lower()}, ghi nhận "
            f"{class_label(review.recorded_class).lower()}. Lý do: {review.class_reason}",
            review.household_id,
            review.household.code,
        )
        for review in reviews.order_by("household__code")
        if review.recorded_class != review.computed_class
    ]


def _two_steps(campaign: ReviewCampaign) -> list[Remark]:
    return [
        Remark(
            f"từ {class_label(change.class_before).lower()} sang "
            f"{class_label(change.class_after).lower()}",
            change.household.pk,
            change.household.code,
        )
        for change in planned_changes(campaign)
        if (change.class_before, change.class_after) in TWO_STEPS
    ]


def _complaints(campaign: ReviewCampaign) -> list[Remark]:
    """Those without an answer, and those that led to a second review."""
    found = Complaint.objects.filter(posting__campaign=campaign).select_related(
        "household", "village"
    )
    found = found.exclude(outcome=ComplaintOutcome.EXPLAINED)
    return [
        Remark(
            f"{complaint.village}, nhận ngày {formatting.day(complaint.received_on)}: "
            f"{complaint.get_outcome_display() or 'chưa giải quyết'}",
            complaint.household_id,
            complaint.household.code if complaint.household else "",
        )
        for complaint in found
    ]


def _gone(campaign: ReviewCampaign) -> list[Remark]:
    reviews = campaign.reviews.filter(household__closed_on__isnull=False)
    return [
        Remark(
            f"ra khỏi sổ ngày {formatting.day(review.household.closed_on)}: "
            f"{review.household.get_closing_reason_display().lower()}",
            review.household_id,
            review.household.code,
        )
        for review in reviews.select_related("household").order_by("household__code")
    ]


def _not_recomputed(campaign: ReviewCampaign) -> list[Remark]:
    return [
        Remark(
            f"tính lại: {found.computed}", found.review.household_id, found.review.household.code
        )
        for found in unexplained(campaign)
    ]
