"""What somebody should look at: on the board, and before results are submitted or recognised."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F

from households.campaign.progress import STILL_TO_REVIEW
from households.campaign.recognition.selectors.outcomes import PlannedChange, planned_changes
from households.choices import LISTED, ComplaintOutcome, MovementCause, PovertyClass
from households.entry.survey.selectors.explanations import find_unexplained
from households.entry.survey.selectors.reviews import reviews_without_causes
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
    """One thing to look at, in a village; `household` is the one it is about, if it is one.

    `facts` is the row it was seen in, or what was counted.
    """

    facts: Any
    village: int
    household: int | None = None
    code: str = ""


@dataclass(frozen=True)
class Unusual:
    """Things of one kind."""

    kind: str
    remarks: list[UnusualReview]


@dataclass(frozen=True)
class VillageShare:
    """Listed households of a village that leave the list, beside those of the other villages."""

    village: Area
    left: int
    listed: int
    left_elsewhere: int
    listed_elsewhere: int


@dataclass(frozen=True)
class ScoreAbove:
    score: int
    line: int


@dataclass(frozen=True)
class SameScores:
    village: Area
    forms: int
    score: int


@dataclass(frozen=True)
class CrowdedVillage:
    village: Area
    near: int
    forms: int


@dataclass(frozen=True)
class NotVisited:
    village: str
    households: int
    due: date


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
        ("flagged", _flagged(campaign)),
        ("other_class", _other_classes(reviews)),
        ("escapes", _escapes(reviews, changes)),
        ("two_steps", _two_steps(changes)),
        ("crowded", _crowded(reviews, above)),
        ("just_above", above),
        ("uniform", _uniform(reviews)),
        ("not_visited", _not_visited(campaign)),
        ("confirmed_steps", _unusual_steps(campaign)),
        ("voted_down", _voted_down(campaign)),
        ("without_causes", _without_causes(campaign)),
        ("moved", _moved(campaign)),
        ("twice", _twice(campaign)),
        ("complaints", _complaints(campaign)),
        ("gone", _gone(campaign)),
        ("not_recomputed", _not_recomputed(campaign, reviews)),
    )
    found = [
        Unusual(kind, [one for one in remarks if villages is None or one.village in villages])
        for kind, remarks in kinds
    ]
    return [kind for kind in found if kind.remarks]


def _flagged(campaign: ReviewCampaign) -> list[UnusualReview]:
    """Forms that somebody marked, entered or not."""
    reviews = campaign.reviews.flagged().select_related("household", "village")
    return [_about(review, review) for review in reviews.order_by("household__code")]


def _other_classes(reviews: list[Review]) -> list[UnusualReview]:
    return [
        _about(review, review)
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
    shares = [
        VillageShare(village, left[village], count, all_left - left[village], all_listed - count)
        for village, count in listed.items()
    ]
    return [
        UnusualReview(share, share.village.pk)
        for share in shares
        if is_unusual_share(
            left=share.left,
            listed=share.listed,
            left_elsewhere=share.left_elsewhere,
            listed_elsewhere=share.listed_elsewhere,
        )
    ]


def _two_steps(changes: Sequence[PlannedChange]) -> list[UnusualReview]:
    return [
        UnusualReview(
            change,
            change.household.village_id,
            change.household.pk,
            change.household.code,
        )
        for change in changes
        if (change.class_before, change.class_after) in TWO_STEPS
    ]


def _just_above(campaign: ReviewCampaign, reviews: list[Review]) -> list[UnusualReview]:
    lines = dict(campaign.standard.income_lines.values_list("setting", "score_line"))
    found = []
    for review in reviews:
        score, line = review.income_score, lines.get(review.village.setting)
        if score is not None and line is not None and is_just_above(score, line):
            found.append(_about(review, ScoreAbove(score, line)))
    return found


def _uniform(reviews: list[Review]) -> list[UnusualReview]:
    scores = defaultdict(list)
    for review in reviews:
        if review.deprivation_score is not None:
            scores[review.village].append(review.deprivation_score)
    return [
        UnusualReview(SameScores(village, len(found), found[0]), village.pk)
        for village, found in scores.items()
        if is_uniform(found)
    ]


def _crowded(reviews: list[Review], above: list[UnusualReview]) -> list[UnusualReview]:
    forms = Counter(review.village for review in reviews)
    near = Counter(remark.village for remark in above)
    return [
        UnusualReview(CrowdedVillage(village, near[village.pk], count), village.pk)
        for village, count in forms.items()
        if is_crowded(near[village.pk], count)
    ]


def _not_visited(campaign: ReviewCampaign) -> list[UnusualReview]:
    """Villages with households nobody has entered when the review is about to close."""
    if not is_time_to_visit(campaign.closes_on, clock.today()):
        return []
    waiting = campaign.reviews.filter(STILL_TO_REVIEW).order_by(
        "village__order", "village__sort_key", "village_id"
    )
    counted = waiting.values("village", "village__name").annotate(count=Count("pk"))
    due = campaign.closes_on
    return [
        UnusualReview(NotVisited(row["village__name"], row["count"], due), row["village"])
        for row in counted
    ]


def _twice(campaign: ReviewCampaign) -> list[UnusualReview]:
    """Members of listed households who have a double in another household of the ward.

    No number (CCCD) can be recorded for two persons, so doubles show by name and day of birth.
    They are counted in one pass: who is compared with whom is left to no plan of the database.
    """
    present = Membership.objects.present(on=clock.today()).filter(
        ward=campaign.ward_id,
        household__ward=campaign.ward_id,
        person__ward=campaign.ward_id,
        person__birth_date__isnull=False,
    )
    homes = present.order_by().values_list("person__search_key", "person__birth_date")
    homes = homes.annotate(homes=Count("household", distinct=True)).filter(homes__gt=1)
    doubles = {(key, born) for key, born, _count in homes}
    if not doubles:
        return []
    listed = present.filter(
        person__search_key__in={key for key, _born in doubles},
        household__closed_on=None,
        household__reviews__campaign=campaign,
    ).order_by("household__code", "pk")
    rows = listed.annotate(listed_in=F("household__reviews__village")).values_list(
        "person__search_key", "person__birth_date",
        "person__full_name", "listed_in", "household", "household__code",
    )  # fmt: skip
    return [UnusualReview(*row) for key, born, *row in rows if (key, born) in doubles]


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
        UnusualReview(step, step.village_id)
        for step in sorted(steps, key=lambda step: (step.village.order, step.village.sort_key))
    ]


def _voted_down(campaign: ReviewCampaign) -> list[UnusualReview]:
    """Households that fewer of those present agreed on than a meeting needs."""
    votes = MeetingVote.objects.filter(meeting__campaign=campaign, meeting__stands=True)
    votes = votes.select_related("meeting", "review__household")
    return [
        _about(vote.review, vote)
        for vote in votes.order_by("review__household__code")
        if not vote.is_agreed
    ]


def _without_causes(campaign: ReviewCampaign) -> list[UnusualReview]:
    """The official table of causes counts each poor and near-poor household."""
    return [_about(review, review) for review in reviews_without_causes(campaign)]


def _moved(campaign: ReviewCampaign) -> list[UnusualReview]:
    moved = campaign.reviews.exclude(village=F("household__village")).filter(
        household__closed_on=None
    )
    rows = moved.select_related("household__village", "village").order_by("household__code")
    return [_about(review, review) for review in rows]


def _complaints(campaign: ReviewCampaign) -> list[UnusualReview]:
    """Those without an answer, and those that led to a second review."""
    found = Complaint.objects.filter(posting__campaign=campaign).select_related(
        "household", "village"
    )
    found = found.exclude(outcome=ComplaintOutcome.EXPLAINED)
    return [
        UnusualReview(
            complaint,
            complaint.village_id,
            complaint.household_id,
            complaint.household.code if complaint.household else "",
        )
        for complaint in found
    ]


def _gone(campaign: ReviewCampaign) -> list[UnusualReview]:
    reviews = campaign.reviews.filter(household__closed_on__isnull=False)
    return [
        _about(review, review)
        for review in reviews.select_related("household").order_by("household__code")
    ]


def _not_recomputed(campaign: ReviewCampaign, reviews: list[Review]) -> list[UnusualReview]:
    return [_about(found.review, found) for found in find_unexplained(campaign, reviews)]


def _about(review: Review, facts: Any) -> UnusualReview:
    return UnusualReview(facts, review.village_id, review.household_id, review.household.code)
