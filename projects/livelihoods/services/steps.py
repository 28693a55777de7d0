"""Steps of a livelihood project: written one after the other, taken back with a reason."""

from dataclasses import asdict

from django.core.exceptions import ValidationError

from povertyplan.core import clock
from povertyplan.core.journal import audit
from povertyplan.core.models import User
from povertyplan.core.platform import versions
from povertyplan.core.platform.submissions import once
from povertyplan.core.text import formatting
from povertyplan.core.text.reasons import stated_reason
from projects.choices import LivelihoodStage
from projects.livelihoods.selectors import facts_of
from projects.livelihoods.services.livelihoods import (
    REASON_MISSING,
    hold_livelihoods,
    refuse_counted,
    refuse_stopped,
    refuse_writer,
)
from projects.models import Livelihood, LivelihoodMember, LivelihoodStep
from projects.rules.livelihoods import StepDraft, step_faults

NOT_LAST = "Chỉ bỏ được bước ghi sau cùng: bỏ bước “{stage}” trước."
WITHDRAWN = "Bước này đã bỏ."


@audit.business_act(label="Ghi bước của mô hình sinh kế")
def record_step(
    *, livelihood: Livelihood, draft: StepDraft, key: str | None = None, by: User
) -> LivelihoodStep:
    """Write that a step was taken. Raises ValidationError keyed by field, and PermissionDenied."""
    refuse_writer(by, livelihood)

    def create() -> LivelihoodStep:
        hold_livelihoods(livelihood.ward)
        current = Livelihood.objects.select_related("ward").get(pk=livelihood.pk)
        refuse_stopped(current)
        facts = facts_of([current])[current.pk]
        faults = step_faults(
            draft,
            done=facts.done,
            procedure=facts.procedure,
            calendar=facts.calendar,
            members=LivelihoodMember.objects.filter(livelihood=current, left_on=None).count(),
            first_year=current.year_from,
            today=clock.today(),
        )
        if faults:
            raise ValidationError(faults)
        refuse_counted(current, draft.on, is_approval=draft.stage == LivelihoodStage.APPROVED)
        step = LivelihoodStep.objects.create(ward=current.ward, livelihood=current, **asdict(draft))
        day = formatting.day(step.on)
        summary = f"{current}: {step.get_stage_display()} ngày {day}. {step.document}".strip()
        audit.record(current, summary, ward=current.ward)
        return step

    content = asdict(draft) | {"livelihood": livelihood.pk}
    return once(
        key=key, act="record_step", content=content, model=LivelihoodStep, create=create, by=by
    )


@audit.business_act(label="Bỏ bước ghi sai của mô hình sinh kế")
def withdraw_step(
    *, step: LivelihoodStep, reason: str, version: int | None, by: User
) -> LivelihoodStep:
    """Take the last step back; it stays with the reason and counts no more."""
    livelihood = step.livelihood
    refuse_writer(by, livelihood)
    stated = stated_reason(reason, REASON_MISSING)
    hold_livelihoods(livelihood.ward)
    current = LivelihoodStep.objects.get(pk=step.pk)
    versions.check(current, version)
    if current.withdrawal_reason:
        raise ValidationError(WITHDRAWN)
    refuse_stopped(livelihood)
    refuse_counted(livelihood, current.on)
    last = LivelihoodStep.objects.standing().filter(livelihood=livelihood).latest("pk")
    if last.pk != current.pk:
        raise ValidationError(NOT_LAST.format(stage=last.get_stage_display()))
    versions.update(current, version=version, withdrawal_reason=stated)
    summary = f"{livelihood}: bỏ bước {current.get_stage_display()} ghi sai."
    audit.record(livelihood, summary, ward=livelihood.ward, reason=stated)
    return current
