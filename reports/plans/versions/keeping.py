"""A version of a draft kept as a part of the act that moves it on."""

from povertyplan.core import clock
from povertyplan.core.models import User
from reports.choices import VersionOccasion
from reports.models import Document, DraftVersion, DraftVersionContent
from reports.plans.versions.contents import digest_of, document_content, pack_content
from reports.printing.tree import DocumentTree


def keep_version(
    document: Document,
    occasion: VersionOccasion,
    by: User,
    *,
    note: str = "",
    printed: DocumentTree | None = None,
) -> DraftVersion:
    """Keep how a document that is held reads now; `printed` spares building it once more."""
    packed = pack_content(document_content(document, printed))
    last = document.kept_versions.order_by("-number").first()
    kept = DraftVersion.objects.create(
        document=document,
        number=last.number + 1 if last else 1,
        occasion=occasion,
        note=note,
        digest=digest_of(packed),
        kept_by=by,
        kept_at=clock.now(),
    )
    DraftVersionContent.objects.create(kept=kept, blocks=packed)
    return kept
