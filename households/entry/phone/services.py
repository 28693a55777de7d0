"""Filling in a survey form on a phone: kept at each step, sent once."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from households.entry.phone.selectors import DraftGaps, gaps_of
from households.entry.survey.selectors.reviews import campaign_village_of
from households.entry.survey.selectors.rows import read_row
from households.entry.survey.services.confirmation import confirm_warnings
from households.entry.survey.services.reviews import ReviewAnswers, record_review, saved_answers
from households.ledger.selectors.standards import Vocabulary, read_vocabulary
from households.locks import village_lock
from households.models import Review, ReviewDraft
from households.rules.notes import ReviewNote
from povertyplan.core import clock, locks
from povertyplan.core.journal import audit
from povertyplan.core.models import User

OTHER_FORM = "Mã phiếu này thuộc về phiếu khác. Mở lại phiếu từ danh sách."
UNFINISHED = "Chưa gửi được phiếu: {what}."


@transaction.atomic
def save_draft(
    *, review: Review, client_id: UUID, step: int, by: User, **answers: Any
) -> ReviewDraft:
    """Keep what was answered on one screen over what is kept already; `step` comes next.

    A new `client_id` goes on with the draft the user has open for this form. Raises
    ValidationError when the id belongs to another form, or the village is closed.
    """
    _refuse_closed(review)
    draft = _draft_of(review, client_id, by)
    if draft.is_sent:
        return draft
    indicators = {**draft.answers.get("indicators", {}), **answers.pop("indicators", {})}
    draft.answers = {**draft.answers, **answers, "indicators": indicators}
    draft.step = step
    draft.updated_at = clock.now()
    draft.save(update_fields=["answers", "step", "updated_at"])
    return draft


@audit.business_act()
def send_draft(
    *, draft: ReviewDraft, version: int, by: User, is_confirmed: bool = False
) -> ReviewDraft:
    """Turn a complete draft into the review's answers, and give it its receipt number.

    `is_confirmed`: somebody was shown what is unusual in it, and said that it is so.
    Sent again, it keeps the receipt it has. Raises StaleVersion when somebody saved the form
    after `version`, and ValidationError for answers that are missing.
    """
    current = locks.hold(ReviewDraft.objects.all()).get(pk=draft.pk)
    if current.is_sent:
        return current
    review = Review.objects.select_related("campaign__standard", "household").get(
        pk=current.review_id
    )
    vocabulary = read_vocabulary(review)
    saved = record_review(
        review=review,
        answers=_answers(review, current, vocabulary),
        version=version,
        by=by,
        vocabulary=vocabulary,
        source="phone",
    )
    if is_confirmed and read_row(saved).has_open_warnings:
        confirm_warnings(review=saved, version=saved.version, by=by, source="phone")
    current.sent_at = clock.now()
    current.receipt = f"{review.campaign.year}-{review.household.code}-{saved.version}"
    current.save(update_fields=["sent_at", "receipt"])
    return current


def _draft_of(review: Review, client_id: UUID, by: User) -> ReviewDraft:
    """The user's open draft of the form, or a new one."""
    known = locks.hold(ReviewDraft.objects.filter(client_id=client_id)).first()
    if known and (known.review_id, known.owner_id) != (review.pk, by.pk):
        raise ValidationError(OTHER_FORM)
    if known:
        return known
    open_drafts = ReviewDraft.objects.open().filter(review=review, owner=by)
    if draft := open_drafts.first():
        return draft
    try:
        with transaction.atomic():
            return ReviewDraft.objects.create(
                ward_id=review.ward_id,
                review=review,
                owner=by,
                client_id=client_id,
                base_version=review.version,
                answers=_handed_in(review),
                updated_at=clock.now(),
            )
    except IntegrityError:  # the same screen was sent twice at once
        return open_drafts.get()


def _handed_in(review: Review) -> dict[str, Any]:
    """What the form says already, to be corrected; nothing of a form without a result."""
    said = saved_answers(review)
    if said is None:
        return {}
    asked = review.campaign.standard.indicators.values_list("number", flat=True)
    return {
        "score": said.income_score,
        "indicators": {str(number): number in said.deprivations for number in asked},
        "causes": sorted(said.causes),
    }


def _answers(review: Review, draft: ReviewDraft, vocabulary: Vocabulary) -> ReviewAnswers:
    """The draft's answers over what the form holds and the phone does not ask."""
    asked = {indicator.number for indicator in vocabulary.rules.indicators}
    review.cause_numbers = vocabulary.given
    given = draft.indicators
    if gaps := gaps_in_words(gaps_of(draft, asked)):
        raise ValidationError(UNFINISHED.format(what=gaps))
    if draft.score is None:
        raise ValidationError("Chưa nhập điểm B1.")
    kept = saved_answers(review) or ReviewAnswers(income_score=0, deprivations=frozenset())
    lacking = frozenset(number for number in asked if given[number])
    causes = kept.causes if draft.causes is None else frozenset(draft.causes)
    remark = ReviewNote(note=draft.note, needs_check=draft.needs_check)
    return replace(
        kept, income_score=draft.score, deprivations=lacking, causes=causes, remark=remark
    )


def _refuse_closed(review: Review) -> None:
    if reason := village_lock(review.campaign, campaign_village_of(review)):
        raise ValidationError(reason, code="locked")


def gaps_in_words(gaps: DraftGaps) -> str:
    """What a draft lacks; empty when all is known."""
    words = [
        f"còn {gaps.unanswered} chỉ số chưa trả lời" if gaps.unanswered else "",
        f"còn {gaps.unknown} chỉ số chưa rõ" if gaps.unknown else "",
    ]
    return ", ".join(part for part in words if part)
