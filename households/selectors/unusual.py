"""What somebody should look at: on the board, and before results are submitted or recognised."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from households.choices import ComplaintOutcome, PovertyClass
from households.models import Complaint, Review, ReviewCampaign
from households.plausibility import is_just_above, is_uniform
from households.selectors.explanations import unexplained
from households.selectors.outcomes import planned_changes
from households.selectors.reviews import class_label
from povertyplan.core import formatting

POOR, NOT_POOR = PovertyClass.POOR, PovertyClass.NOT_POOR
TWO_STEPS = frozenset({(POOR, NOT_POOR), (NOT_POOR, POOR)})


@dataclass(frozen=True)
class Remark:
    """One thing to look at, in a village; `household` is the one it is about, if it is one."""

    text: str
    village: int
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


def unusual(campaign: ReviewCampaign, *, villages: Collection[int] | None = None) -> list[Unusual]:
    """Everything unusual of a campaign by kind, kinds without findings left out; twelve queries.

    `villages` are the ids of those whose forms the reader may see; without them it is all.
    """
    reviews = list(
        campaign.reviews.done().select_related("household", "village").order_by("household__code")
    )
    kinds = (
        ("Phân loại ghi nhận khác kết quả tính", _other_classes(reviews)),
        ("Hộ chuyển hai bậc", _two_steps(campaign)),
        ("Điểm B1 vừa quá mức chuẩn", _just_above(campaign, reviews)),
        ("Mọi hộ của thôn cùng điểm B2", _uniform(reviews)),
        ("Khiếu nại, phản ánh", _complaints(campaign)),
        ("Hộ không còn trong sổ, không rà soát", _gone(campaign)),
        ("Phiếu không khớp khi tính lại", _not_recomputed(campaign)),
    )
    found = [
        Unusual(title, [one for one in remarks if villages is None or one.village in villages])
        for title, remarks in kinds
    ]
    return [kind for kind in found if kind.remarks]


def _other_classes(reviews: list[Review]) -> list[Remark]:
    return [
        _about(
            review,
            f"tính được {class_label(review.computed_class).lower()}, ghi nhận "
            f"{class_label(review.recorded_class).lower()}. Lý do: {review.class_reason}",
        )
        for review in reviews
        if review.class_reason and review.recorded_class != review.computed_class
    ]


def _two_steps(campaign: ReviewCampaign) -> list[Remark]:
    return [
        Remark(
            f"từ {class_label(change.class_before).lower()} sang "
            f"{class_label(change.class_after).lower()}",
            change.household.village_id,
            change.household.pk,
            change.household.code,
        )
        for change in planned_changes(campaign)
        if (change.class_before, change.class_after) in TWO_STEPS
    ]


def _just_above(campaign: ReviewCampaign, reviews: list[Review]) -> list[Remark]:
    lines = dict(campaign.standard.income_lines.values_list("setting", "score_line"))
    return [
        _about(review, f"{review.income_score} điểm, mức {lines[review.village.setting]} điểm")
        for review in reviews
        if is_just_above(review.income_score, lines.get(review.village.setting))
    ]


def _uniform(reviews: list[Review]) -> list[Remark]:
    scores = defaultdict(list)
    for review in reviews:
        scores[review.village].append(review.deprivation_score)
    return [
        Remark(f"{village}: {len(found)} phiếu đều {found[0]} điểm", village.pk)
        for village, found in scores.items()
        if is_uniform(found)
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
            complaint.village_id,
            complaint.household_id,
            complaint.household.code if complaint.household else "",
        )
        for complaint in found
    ]


def _gone(campaign: ReviewCampaign) -> list[Remark]:
    reviews = campaign.reviews.filter(household__closed_on__isnull=False)
    return [
        _about(
            review,
            f"ra khỏi sổ ngày {formatting.day(review.household.closed_on)}: "
            f"{review.household.get_closing_reason_display().lower()}",
        )
        for review in reviews.select_related("household").order_by("household__code")
    ]


def _not_recomputed(campaign: ReviewCampaign) -> list[Remark]:
    return [_about(found.review, f"tính lại: {found.computed}") for found in unexplained(campaign)]


def _about(review: Review, text: str) -> Remark:
    return Remark(text, review.village_id, review.household_id, review.household.code)
