"""What a household answers at the door: its form, and what it needs."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from households.asking.selectors import answers_in
from households.asking.services import NeedAnswer, NeedNamed, record_needs
from households.choices import NeedSource
from households.entry.survey.services.reviews import record_review
from households.models import NeedKind, Review
from povertyplan.core import clock
from povertyplan.core.models import User


@transaction.atomic
def record_review_and_needs(
    *, review: Review, needs: Sequence[NeedKind], by: User, **said: Any
) -> Review:
    """Save a form and the needs named beside it, both or neither; no kind is "no need".

    Needs that stand already are not recorded again. Raises as `record_review` and `record_needs`.
    """
    saved = record_review(review=review, by=by, **said)
    known = answers_in(needs, [review.household_id]).get(review.household_id)
    new = tuple(NeedNamed(kind) for kind in needs if kind.pk not in (known or ()))
    is_none = not needs
    if new or (is_none and known != []):
        answer = NeedAnswer(
            household=review.household,
            asked_on=clock.today(),
            source=NeedSource.REVIEW,
            named=new,
            is_none=is_none,
        )
        record_needs(ward=review.household.ward, answers=[answer], by=by)
    return saved
