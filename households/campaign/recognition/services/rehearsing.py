"""Recognising rehearsed: everything a decision would write, read, and rolled back."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction

from households.campaign.additions.services import unlisted_obstacle
from households.campaign.recognition.selectors.outcomes import PlannedChange
from households.campaign.recognition.services.recognising import BY_HAND, write_recognition
from households.campaign.recognition.services.submission import submission_obstacles
from households.choices import CampaignStage
from households.locks import lock_campaign
from households.models import CampaignVillage, Decision, ReviewCampaign
from povertyplan.core import clock
from povertyplan.core.models import User
from povertyplan.core.platform import versions

Result = TypeVar("Result")

REHEARSED = "TÍNH THỬ/QĐ-UBND"
NOT_SUBMITTED = "Kết quả chưa được trình; tính theo các phiếu đã nhập đến nay."
OVER = "Đợt rà soát này đã được công nhận hoặc đã hủy: không còn gì để tính thử."
NO_FORMS = "Đợt rà soát chưa có phiếu nào đã nhập: chưa có gì để tính thử."
OWN_SUBMISSION = "Bạn là người trình kết quả này nên người khác phải duyệt."
CANCELLATION = "Có đề nghị hủy đợt rà soát này chưa được quyết định."
ONE_PERSON = "Chưa có người thứ hai trong phường, xã: người trình không được tự phê duyệt."


def rehearse_recognition(
    *,
    campaign: ReviewCampaign,
    by: User,
    on: date,
    read: Callable[[Decision, list[PlannedChange]], Result],
) -> Result:
    """What `read` finds once the entered forms are recognised on a day; nothing of it stays.

    The forms that are entered count, whether the results were submitted or not: what stands in the
    way of signing is told by `signing_obstacles`. `read` returns values, no rows to be read later.
    """
    with transaction.atomic():
        current = lock_campaign(campaign)
        if current.stage not in (CampaignStage.OPEN, CampaignStage.SUBMITTED):
            raise ValidationError(OVER, code="locked")
        if not current.reviews.done().exists():
            raise ValidationError(NO_FORMS, code="empty")
        prepared_by = current.submitted_by or by
        approver = by if by != prepared_by else _second_person(current, prepared_by)
        if current.stage == CampaignStage.OPEN:
            versions.update(
                current,
                version=current.version,
                stage=CampaignStage.SUBMITTED,
                submitted_by=prepared_by,
                submitted_at=clock.now(),
            )
        decision, changes = write_recognition(
            current,
            number=REHEARSED,
            decided_on=on,
            effective_from=on,
            signer=BY_HAND,
            version=current.version,
            by=approver,
        )
        result = read(decision, changes)
        transaction.set_rollback(True)
    return result


def signing_obstacles(campaign: ReviewCampaign, by: User) -> list[str]:
    """Everything that stands in the way of recognising results today."""
    if campaign.stage == CampaignStage.OPEN:
        villages = list(CampaignVillage.objects.filter(campaign=campaign).select_related("village"))
        obstacles = [sentence for _code, sentence in submission_obstacles(campaign, villages)]
        return [NOT_SUBMITTED, *obstacles]
    found = [unlisted_obstacle(campaign)]
    found += [OWN_SUBMISSION] if campaign.submitted_by_id == by.pk else []
    found += [CANCELLATION] if campaign.awaits_cancellation else []
    return [sentence for sentence in found if sentence]


def _second_person(campaign: ReviewCampaign, first: User) -> User:
    """Somebody else of the ward: a decision is prepared by one person and approved by another."""
    others = User.objects.filter(grants__area=campaign.ward).exclude(pk=first.pk)
    found = others.order_by("pk").first()
    if found is None:
        raise ValidationError(ONE_PERSON, code="two_persons")
    return found
