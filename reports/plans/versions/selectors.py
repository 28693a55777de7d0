"""What a draft can be compared with, and what each of them says."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from povertyplan.core.models import User
from reports.models import Document, DraftVersion, DraftVersionContent
from reports.plans.versions.block_pairs import VersionBlock
from reports.plans.versions.contents import document_content, unpack_content

NOW = "now"
MOST_OTHERS = 30


@dataclass(frozen=True)
class ComparedSide:
    """One side of a comparison by the name under which a page asks for it."""

    name: str
    version: DraftVersion | None = None
    document: Document | None = None


def versions_of(document: Document) -> QuerySet[DraftVersion]:
    """The versions of a document, the last first."""
    return document.kept_versions.select_related("kept_by").order_by("-number")


def other_documents(document: Document, user: User) -> list[Document]:
    """The other documents of the kind in the ward, the latest years first."""
    others = Document.objects.visible_to(user).filter(ward=document.ward_id, kind=document.kind)
    others = others.exclude(pk=document.pk).select_related("ward")
    return list(others.order_by("-year_from", "-year_to", "-pk")[:MOST_OTHERS])


def compared_sides(document: Document, user: User) -> dict[str, ComparedSide]:
    """Everything a document can be compared with, by its name: now, versions, other documents."""
    sides = [ComparedSide(NOW, document=document)]
    sides += [ComparedSide(f"v{each.number}", version=each) for each in versions_of(document)]
    others = other_documents(document, user)
    sides += [ComparedSide(f"d{each.pk}", document=each) for each in others]
    return {side.name: side for side in sides}


def content_of(side: ComparedSide) -> list[VersionBlock]:
    """The blocks of one side."""
    if side.version is not None:
        return unpack_content(DraftVersionContent.objects.get(kept=side.version).blocks)
    return document_content(side.document) if side.document else []


def usual_side(document: Document, sides: Sequence[ComparedSide]) -> str:
    """What a draft is compared with where nobody says so.

    Its last version; without one, the document it stands to, or that of the years before.
    """
    version = next((side.name for side in sides if side.version), "")
    others = [side.document for side in sides if side.document and side.name != NOW]
    earlier = [each for each in others if each.year_from < document.year_from]
    amended = [each for each in others if each.pk == document.amends_id]
    other = next(iter([*amended, *earlier]), None)
    return version or (f"d{other.pk}" if other else "")
