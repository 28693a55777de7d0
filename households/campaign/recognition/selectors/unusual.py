"""What somebody should look at: on the board, and before results are submitted or recognised."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef

from households.campaign.progress import STILL_TO_REVIEW
from households.campaign.recognition.selectors.outcomes import PlannedChange, planned_changes
from households.choices import LISTED, ComplaintOutcome, MovementCause, PovertyClass
from households.entry.survey.selectors.explanations import find_unexplained
from households.entry.survey.selectors.reviews import class_label, reviews_without_causes
from households.models import (
    Complaint,
    MeetingVote,
    Membership,
    Posting,
    Review,
    ReviewCampaign,
    VillageMeeting,
)
from households.rules.plausibility import (
    is_crowded,
    is_just_above,
    is_time_to_visit,
    is_uniform,
    is_unusual_share,
)
from povertyplan.core import clock
from povertyplan.core.models import Area
from povertyplan.core.text import formatting

ESCAPES = frozenset(
    {
        MovementCause.ESCAPED_TO_NEAR_POOR,
        MovementCause.ESCAPED_POVERTY,
        MovementCause.ESCAPED_NEAR_POVERTY,
    }
)
POOR, NOT_POOR = PovertyClass.POOR, PovertyClass.NOT_POOR
TWO_STEPS = frozenset({(POOR, NOT_POOR), (NOT_POOR, POOR)})


@dataclass(frozen=True)
class UnusualReview:
    """One thing to look at, in a village; `household` is the one it is about, if it is one."""

    text: str
    village: int
    household: int | None = None
    code: str = ""


@dataclass(frozen=True)
class Unusual:
    """Things of one kind."""

    title: str
    remarks: list[UnusualReview]

    @property
    def count(self) -> int:
        return len(self.remarks)


def find_unusual(
    campaign: ReviewCampaign,
    *,
    changes: Sequence[PlannedChange] | None = None,
    villages: Collection[int] | None = None,
) -> list[Unusual]:
    """Everything unusual of a campaign by kind, kinds without findings left out; 20 queries.

    `changes` are the planned ones where they are known. `villages` are the ids of those whose
    forms the reader may see; without them it is all.
    """
    reviews = list(
        campaign.reviews.done().select_related("household", "village").order_by("household__code")
    )
    changes = planned_changes(campaign) if changes is None else changes
    above = _just_above(campaign, reviews)
    kinds = (
        ("Hộ được đánh dấu cần kiểm tra", _flagged(campaign)),
        ("Phân loại ghi nhận khác kết quả tính", _other_classes(reviews)),
        ("Thôn có tỷ lệ thoát nghèo, thoát cận nghèo cao khác thường", _escapes(reviews, changes)),
        ("Hộ chuyển hai bậc", _two_steps(changes)),
        ("Thôn có nhiều phiếu B1 vừa quá mức chuẩn", _crowded(reviews, above)),
        ("Điểm B1 vừa quá mức chuẩn", above),
        ("Mọi hộ của thôn cùng điểm B2", _uniform(reviews)),
        ("Hộ trong danh sách chưa được rà soát khi sắp hết hạn", _not_visited(campaign)),
        ("Họp dân, niêm yết khác thường đã xác nhận", _unusual_steps(campaign)),
        ("Hộ không được họp dân đồng ý", _voted_down(campaign)),
        ("Hộ nghèo, hộ cận nghèo chưa ghi nguyên nhân nghèo", _without_causes(campaign)),
        ("Hộ chuyển sang thôn khác trong đợt rà soát", _moved(campaign)),
        ("Thành viên có thể bị ghi trùng", _twice(campaign)),
        ("Khiếu nại, phản ánh", _complaints(campaign)),
        ("Hộ không còn trong sổ, không rà soát", _gone(campaign)),
        ("Phiếu không khớp khi tính lại", _not_recomputed(campaign, reviews)),
    )
    found = [
        Unusual(title, [one for one in remarks if villages is None or one.village in villages])
        for title, remarks in kinds
    ]
    return [kind for kind in found if kind.remarks]


def _flagged(campaign: ReviewCampaign) -> list[UnusualReview]:
    """Forms that somebody marked, entered or not."""
    reviews = campaign.reviews.flagged().select_related("household", "village")
    return [
        _about(review, f"{review.village}" + (f": {review.note}" if review.note else ""))
        for review in reviews.order_by("household__code")
    ]


def _other_classes(reviews: list[Review]) -> list[UnusualReview]:
    return [
        _about(
            review,
            f"tính được {class_label(review.computed_class).lower()}, ghi nhận "
            f"{class_label(review.recorded_class).lower()}. Lý do: {review.class_reason}",
        )
        for review in reviews
        if review.class_reason and review.recorded_class != review.computed_class
    ]


def _escapes(reviews: list[Review], changes: Sequence[PlannedChange]) -> list[UnusualReview]:
    """Villages where far more listed households leave the list than elsewhere."""
    village_of = {review.household_id: review.village for review in reviews}
    listed: Counter[Area] = Counter()
    left: Counter[Area] = Counter()
    for change in changes:
        if change.class_before in LISTED:
            village = village_of[change.household.pk]
            listed[village] += 1
            left[village] += change.cause in ESCAPES
    all_listed, all_left = listed.total(), left.total()
    return [
        UnusualReview(
            f"{village}: {left[village]}/{count} hộ, các thôn khác "
            f"{all_left - left[village]}/{all_listed - count} hộ",
            village.pk,
        )
        for village, count in listed.items()
        if is_unusual_share(
            left=left[village],
            listed=count,
            left_elsewhere=all_left - left[village],
            listed_elsewhere=all_listed - count,
        )
    ]


def _two_steps(changes: Sequence[PlannedChange]) -> list[UnusualReview]:
    return [
        UnusualReview(
            f"từ {class_label(change.class_before).lower()} sang "
            f"{class_label(change.class_after).lower()}",
            change.household.village_id,
            change.household.pk,
            change.household.code,
        )
        for change in changes
        if (change.class_before, change.class_after) in TWO_STEPS
    ]


def _just_above(campaign: ReviewCampaign, reviews: list[Review]) -> list[UnusualReview]:
    lines = dict(campaign.standard.income_lines.values_list("setting", "score_line"))
    return [
        _about(review, f"{review.income_score} điểm, mức {lines[review.village.setting]} điểm")
        for review in reviews
        if review.income_score is not None
        and is_just_above(review.income_score, lines.get(review.village.setting))
    ]


def _uniform(reviews: list[Review]) -> list[UnusualReview]:
    scores = defaultdict(list)
    for review in reviews:
        if review.deprivation_score is not None:
            scores[review.village].append(review.deprivation_score)
    return [
        UnusualReview(f"{village}: {len(found)} phiếu đều {found[0]} điểm", village.pk)
        for village, found in scores.items()
        if is_uniform(found)
    ]


def _crowded(reviews: list[Review], above: list[UnusualReview]) -> list[UnusualReview]:
    forms = Counter(review.village for review in reviews)
    near = Counter(remark.village for remark in above)
    return [
        UnusualReview(f"{village}: {near[village.pk]}/{count} phiếu", village.pk)
        for village, count in forms.items()
        if is_crowded(near[village.pk], count)
    ]


def _not_visited(campaign: ReviewCampaign) -> list[UnusualReview]:
    """Villages with households nobody has entered when the review is about to close."""
    if not is_time_to_visit(campaign.closes_on, clock.today()):
        return []
    waiting = campaign.reviews.filter(STILL_TO_REVIEW).order_by("village__order", "village")
    counted = waiting.values("village", "village__name").annotate(count=Count("pk"))
    due = formatting.day(campaign.closes_on)
    return [
        UnusualReview(f"{row['village__name']}: {row['count']} hộ, hạn {due}", row["village"])
        for row in counted
    ]


def _twice(campaign: ReviewCampaign) -> list[UnusualReview]:
    """Members of listed households who have a double in another household of the ward.

    No number (CCCD) can be recorded for two persons, so doubles show by name and day of birth.
    """
    present = Membership.objects.present(on=clock.today())
    double = present.filter(
        household__ward=campaign.ward_id,
        person__ward=campaign.ward_id,
        person__search_key=OuterRef("person__search_key"),
        person__birth_date=OuterRef("person__birth_date"),
    ).exclude(household=OuterRef("household"))
    found = present.filter(
        Exists(double),
        person__birth_date__isnull=False,
        household__closed_on=None,
        household__reviews__campaign=campaign,
    ).order_by("household__code", "pk")
    rows = found.annotate(listed_in=F("household__reviews__village")).values_list(
        "person__full_name", "listed_in", "household", "household__code"
    )
    return [
        UnusualReview(
            f"{name}: cùng họ tên, ngày sinh với người ở hộ khác", village, household, code
        )
        for name, village, household, code in rows
    ]


def _unusual_steps(campaign: ReviewCampaign) -> list[UnusualReview]:
    """What stands although it was unusual when it was recorded, with the reason given."""
    steps = [
        step
        for model in (VillageMeeting, Posting)
        for step in model.objects.standing()
        .filter(campaign=campaign)
        .exclude(unusual="")
        .select_related("village")
    ]
    return [
        UnusualReview(
            f"{step.village}: {step.unusual} Lý do: {step.unusual_reason}", step.village_id
        )
        for step in sorted(steps, key=lambda step: (step.village.order, step.village.name))
    ]


def _voted_down(campaign: ReviewCampaign) -> list[UnusualReview]:
    """Households that fewer of those present agreed on than a meeting needs."""
    votes = MeetingVote.objects.filter(meeting__campaign=campaign, meeting__stands=True)
    votes = votes.select_related("meeting", "review__household")
    return [
        _about(
            vote.review,
            f"{vote.votes_for} đồng ý, {vote.votes_against} không đồng ý trong "
            f"{vote.meeting.attendance} người dự họp",
        )
        for vote in votes.order_by("review__household__code")
        if not vote.is_agreed
    ]


def _without_causes(campaign: ReviewCampaign) -> list[UnusualReview]:
    """The official table of causes counts each poor and near-poor household."""
    return [
        _about(review, class_label(review.recorded_class).lower())
        for review in reviews_without_causes(campaign)
    ]


def _moved(campaign: ReviewCampaign) -> list[UnusualReview]:
    moved = campaign.reviews.exclude(village=F("household__village")).filter(
        household__closed_on=None
    )
    rows = moved.select_related("household__village", "village").order_by("household__code")
    return [
        _about(review, f"từ {review.village} sang {review.household.village}") for review in rows
    ]


def _complaints(campaign: ReviewCampaign) -> list[UnusualReview]:
    """Those without an answer, and those that led to a second review."""
    found = Complaint.objects.filter(posting__campaign=campaign).select_related(
        "household", "village"
    )
    found = found.exclude(outcome=ComplaintOutcome.EXPLAINED)
    return [
        UnusualReview(
            f"{complaint.village}, nhận ngày {formatting.day(complaint.received_on)}: "
            f"{complaint.get_outcome_display() or 'chưa giải quyết'}",
            complaint.village_id,
            complaint.household_id,
            complaint.household.code if complaint.household else "",
        )
        for complaint in found
    ]


def _gone(campaign: ReviewCampaign) -> list[UnusualReview]:
    reviews = campaign.reviews.filter(household__closed_on__isnull=False)
    return [
        _about(
            review,
            f"ra khỏi sổ ngày {formatting.day(review.household.closed_on)}: "
            f"{review.household.get_closing_reason_display().lower()}",
        )
        for review in reviews.select_related("household").order_by("household__code")
    ]


def _not_recomputed(campaign: ReviewCampaign, reviews: list[Review]) -> list[UnusualReview]:
    return [
        _about(found.review, f"tính lại: {found.computed}")
        for found in find_unexplained(campaign, reviews)
    ]


def _about(review: Review, text: str) -> UnusualReview:
    return UnusualReview(text, review.village_id, review.household_id, review.household.code)
