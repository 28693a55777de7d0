"""A version of a draft kept because somebody asked for it."""

from django.core.exceptions import ValidationError

from povertyplan.core.journal import audit
from povertyplan.core.models import User
from povertyplan.core.platform import submissions
from povertyplan.core.text.vietnamese import normalise_text
from reports.choices import VersionOccasion
from reports.models import Document, DraftVersion
from reports.models.draft_version import LONGEST_NOTE
from reports.plans.naming import name_document
from reports.plans.services import lock_document, refuse_step
from reports.plans.versions.keeping import keep_version
from reports.plans.workflow import WorkflowStep

NOTHING_NEW = "Dự thảo không khác phiên bản {}."
NOTE_TOO_LONG = f"Ghi chú dài nhất {LONGEST_NOTE} ký tự."


@audit.business_act(label="Lưu phiên bản dự thảo")
def keep_by_hand(
    *, document: Document, note: str = "", key: str | None = None, by: User
) -> DraftVersion:
    """Keep how a draft reads now. Refused where the last version reads the same."""
    stated = normalise_text(note)

    def create() -> DraftVersion:
        current = lock_document(document)
        refuse_step(WorkflowStep.WRITE, current)
        if len(stated) > LONGEST_NOTE:
            raise ValidationError({"note": NOTE_TOO_LONG})
        last = current.kept_versions.order_by("-number").first()
        kept = keep_version(current, VersionOccasion.BY_HAND, by, note=stated)
        if last is not None and last.digest == kept.digest:
            raise ValidationError(NOTHING_NEW.format(last.number), code="same")
        summary = f"{by} lưu phiên bản {kept.number} của {name_document(current)}"
        audit.record(current, summary, ward=current.ward)
        return kept

    return submissions.once(
        key=key,
        act="keep_by_hand",
        content={"document": document.pk, "note": stated},
        model=DraftVersion,
        create=create,
        by=by,
    )
