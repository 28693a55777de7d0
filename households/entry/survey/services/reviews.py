"""Entering a survey form: the one door to a review's scores and class."""

from dataclasses import asdict, dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from households.choices import LISTED, PovertyClass, ReviewState
from households.entry.survey.selectors.reviews import with_head_name
from households.entry.survey.services.journal import (
    describe_change,
    describe_entry,
    describe_remark,
    describe_remark_changes,
)
from households.ledger.selectors.standards import Vocabulary, read_vocabulary
from households.locks import hold_village, village_lock
from households.models import DEPRIVATION_FIELDS, PovertyCause, Review
from households.rules.classification import (
    Classification,
    InvalidIncomeScore,
    ScoreRefused,
    UnknownIndicator,
    classify,
)
from households.rules.notes import LONGEST_NOTE, NOTE_TOO_LONG, ReviewNote
from povertyplan.core import clock
from povertyplan.core.journal import audit
from povertyplan.core.models import User
from povertyplan.core.platform import versions
from povertyplan.core.text import formatting
from povertyplan.core.text.reasons import reason_fault
from povertyplan.core.text.vietnamese import normalise_text

LARGEST_SCORE = 1000
NOT_A_SCORE = "Nhập số nguyên từ 0 trở lên."
REASON_MISSING = "Nhập lý do ghi nhận khác với kết quả tính."
FUTURE_VISIT = "Ngày đến hộ không được sau hôm nay."
UNCONFIRMED = {"warnings_confirmed_by": None, "warnings_confirmed_at": None}


@dataclass(frozen=True)
class ReviewAnswers:
    """What a survey form says: B1, the deprived indicators and the causes by their numbers.

    `recorded_class` is None where the computed class stands, `remark` where note and flag stay as
    they are. Sensitive: the scores.
    """

    income_score: int | None
    deprivations: frozenset[int]
    causes: frozenset[int] = field(default_factory=frozenset)
    visited_on: date | None = None
    recorded_class: str | None = None
    class_reason: str = ""
    remark: ReviewNote | None = None


@audit.business_act(label="Nhập phiếu rà soát")
def record_review(
    *,
    review: Review,
    answers: ReviewAnswers,
    version: int,
    by: User,
    vocabulary: Vocabulary | None = None,
) -> Review:
    """Save a household's answers with the class that follows from them, and its sentence.

    Refused once the village is finished or the campaign submitted. Raises StaleVersion when
    somebody saved the form after `version`; the same answers sent again by the same person
    are no conflict and change nothing. Causes stay with poor and near-poor households only.
    `vocabulary` is the one with which the form of these answers was checked.
    """
    current = _open_review(review)
    known = _vocabulary_of(current, vocabulary)
    result = _classified(current, answers, known)
    values = _values(answers, result)
    causes = _causes(answers, values["recorded_class"], known)
    before, remark_before = _state(current), remark_of(current)
    after = {**values, "causes": frozenset(causes)}
    remark = _kept(answers.remark, remark_before)
    is_same = (before, remark_before) == (after, remark)
    if _is_repeat(current, same=is_same, version=version, by=by):
        return current
    was_done = current.is_done
    versions.update(
        current,
        version=version,
        updated_by=by,
        updated_at=clock.now(),
        **values,
        **asdict(remark),
        **(UNCONFIRMED if before != after else {}),
    )
    _save_causes(current, causes, known)
    words = describe_remark_changes(remark_before, remark)
    audit.record(
        current,
        describe_change(current, before, after, by, words)
        if was_done
        else describe_entry(current, by, words),
        ward=current.campaign.ward,
        reason=current.class_reason,
    )
    return current


@audit.business_act(label="Ghi chú, đánh dấu phiếu rà soát")
def save_remark(*, review: Review, remark: ReviewNote, version: int, by: User) -> Review:
    """Save a form's note and flag, whether it is entered or not; its answers stay as they are.

    Refused and stale like `record_review`; what is unusual stays confirmed.
    """
    current = _open_review(review)
    if fault := _note_fault(remark):
        raise ValidationError({"note": fault})
    before = remark_of(current)
    after = _kept(remark, before)
    if _is_repeat(current, same=before == after, version=version, by=by):
        return current
    versions.update(
        current, version=version, updated_by=by, updated_at=clock.now(), **asdict(after)
    )
    audit.record(
        current,
        describe_remark(current, by, describe_remark_changes(before, after)),
        ward=current.campaign.ward,
    )
    return current


def remark_of(review: Review) -> ReviewNote:
    return ReviewNote(note=review.note, needs_check=review.needs_check)


def saved_answers(review: Review) -> ReviewAnswers | None:
    """What a review holds, as it was given; None while it is not entered."""
    if not review.is_done:
        return None
    differs = review.recorded_class != review.computed_class
    return ReviewAnswers(
        income_score=review.income_score,
        deprivations=review.deprivations,
        causes=review.cause_numbers,
        visited_on=review.visited_on,
        recorded_class=review.recorded_class if differs else None,
        class_reason=review.class_reason,
    )


def _open_review(review: Review) -> Review:
    """The form as it is now, its village locked against a finish meanwhile."""
    campaign_village = hold_village(campaign=review.campaign_id, village=review.village_id)
    current = with_head_name(
        Review.objects.select_related(
            "household",
            "village",
            "campaign__ward",
            "campaign__standard",
            "campaign__submitted_by",
            "campaign__procedure",
        )
    ).get(pk=review.pk)
    if reason := village_lock(current.campaign, campaign_village):
        raise ValidationError(reason, code="locked")
    return current


def _vocabulary_of(current: Review, known: Vocabulary | None) -> Vocabulary:
    """What the form may say; the causes it names are set as they are now."""
    is_fresh = known and (known.review, known.version) == (current.pk, current.version)
    vocabulary = known if known and is_fresh else read_vocabulary(current)
    current.cause_numbers = vocabulary.given
    return vocabulary


def _save_causes(current: Review, causes: dict[int, PovertyCause], vocabulary: Vocabulary) -> None:
    """Write the causes that are new, take away those that are gone."""
    before = current.cause_numbers
    if gone := before - causes.keys():
        current.causes.remove(*(vocabulary.causes[number].pk for number in gone))
    if new := causes.keys() - before:
        current.causes.add(*(causes[number].pk for number in sorted(new)))
    current.cause_numbers = frozenset(causes)


def _kept(remark: ReviewNote | None, before: ReviewNote) -> ReviewNote:
    """The note and flag to store."""
    if remark is None:
        return before
    return ReviewNote(note=normalise_text(remark.note), needs_check=remark.needs_check)


def _note_fault(remark: ReviewNote | None) -> str:
    is_long = remark is not None and len(normalise_text(remark.note)) > LONGEST_NOTE
    return NOTE_TOO_LONG if is_long else ""


def _is_repeat(current: Review, *, same: bool, version: int, by: User) -> bool:
    """Whether the answers are already saved: nothing is new, or this person sent them twice."""
    try:
        versions.check(current, version)
    except versions.StaleVersion:
        if same and current.updated_by_id == by.pk:
            return True
        raise
    return same


def _classified(review: Review, answers: ReviewAnswers, vocabulary: Vocabulary) -> Classification:
    """The computed class; raises ValidationError with every refusal, keyed by field."""
    faults = _plain_faults(answers)
    result = None
    try:
        result = classify(
            vocabulary.rules,
            review.village.setting,
            answers.income_score,
            answers.deprivations,
        )
    except InvalidIncomeScore:
        faults["income_score"] = NOT_A_SCORE
    except UnknownIndicator as refused:
        faults["deprivations"] = str(refused)
    except ScoreRefused as refused:
        raise ValidationError(str(refused)) from refused
    if result and (fault := class_reason_fault(answers, result)):
        faults["class_reason"] = fault
    if faults or result is None:
        raise ValidationError(faults)
    return result


def _plain_faults(answers: ReviewAnswers) -> dict[str, str]:
    """Faults that need no standard to be seen."""
    faults = {}
    if isinstance(answers.income_score, int) and answers.income_score > LARGEST_SCORE:
        faults["income_score"] = f"Nhập số không lớn hơn {formatting.number(LARGEST_SCORE)}."
    if answers.recorded_class and answers.recorded_class not in PovertyClass.values:
        faults["recorded_class"] = "Chọn một phân loại trong danh sách."
    if answers.visited_on and answers.visited_on > clock.today():
        faults["visited_on"] = FUTURE_VISIT
    if fault := _note_fault(answers.remark):
        faults["note"] = fault
    return faults


def class_reason_fault(answers: ReviewAnswers, result: Classification | None) -> str:
    """Why another class than the computed one cannot be recorded so; empty where it can.

    Without a `result` any class is another one.
    """
    if not answers.recorded_class or (result and answers.recorded_class == result.poverty_class):
        return ""
    return reason_fault(answers.class_reason, REASON_MISSING)


def _causes(
    answers: ReviewAnswers, recorded: str, vocabulary: Vocabulary
) -> dict[int, PovertyCause]:
    """The causes to store by number: none for a household off the list."""
    causes = vocabulary.causes
    if unknown := sorted(answers.causes - causes.keys()):
        listed = ", ".join(str(number) for number in unknown)
        raise ValidationError({"causes": f"Không có nguyên nhân nghèo số {listed}."})
    return {number: causes[number] for number in answers.causes} if recorded in LISTED else {}


def _values(answers: ReviewAnswers, result: Classification) -> dict[str, Any]:
    """The columns of a review that hold these answers and their result."""
    recorded = PovertyClass(answers.recorded_class or result.poverty_class)
    differs = recorded != result.poverty_class
    return {
        "state": ReviewState.DONE,
        "income_score": answers.income_score,
        "deprivation_score": result.deprivation_score,
        **{
            name: number in answers.deprivations
            for number, name in enumerate(DEPRIVATION_FIELDS, start=1)
        },
        "computed_class": result.poverty_class,
        "recorded_class": recorded,
        "class_reason": normalise_text(answers.class_reason) if differs else "",
        "explanation": result.explanation,
        "visited_on": answers.visited_on,
    }


def _state(review: Review) -> dict[str, object]:
    """The same columns as they are now."""
    names = [
        "state",
        "income_score",
        "deprivation_score",
        *DEPRIVATION_FIELDS,
        "computed_class",
        "recorded_class",
        "class_reason",
        "explanation",
        "visited_on",
    ]
    causes = review.cause_numbers if review.is_done else None
    return {**{name: getattr(review, name) for name in names}, "causes": causes}
