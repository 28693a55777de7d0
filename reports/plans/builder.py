"""From a stored document to the tree that is printed. A plan and a report are built alike.

The number of queries depends on the kinds of blocks and on the years they speak of, never on
how many blocks, units or households there are.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings

from povertyplan.core import clock
from povertyplan.core.text import formatting
from reports.choices import OUTERMOST, TEXT_BLOCKS, BlockKind
from reports.models import BasisProposal, Block, Document, DocumentBasis
from reports.plans.blocks import BUILDERS, DocumentData, DocumentError
from reports.plans.blocks.document_data import place_of
from reports.plans.word.marks import block_mark
from reports.printing import tree
from reports.printing.issuer import issuer_lines

KeyedBlock = tuple[tree.Block, str]
USUAL_CLOSING = "Trên đây là {} {}"


@dataclass(frozen=True)
class BuiltDocument:
    """The tree, the data it was written from, and the list behind each figure in it."""

    tree: tree.DocumentTree
    materials: DocumentData

    @property
    def figure_links(self) -> Mapping[str, str]:
        """Address of the list behind each figure, by the figure's name."""
        return self.materials.links


def build_document(document: Document) -> tree.DocumentTree:
    """The tree of a document. Raises DocumentError where a block cannot be read."""
    return build_with_links(document).tree


def build_with_links(document: Document) -> BuiltDocument:
    """The tree of a document with its links, for a preview."""
    materials = DocumentData(document)
    materials.load_years()
    children = _children(materials.blocks)
    tops = children[None]
    inner = [top for top in tops if top.kind not in OUTERMOST]
    body, keys = _keyed(_body(materials, inner, children, 1))
    built = tree.DocumentTree(
        kind=document.get_kind_display(),
        symbol=document.symbol,
        subject=document.subject,
        issuer=document.issuer,
        issuer_lines=issuer_lines(document.issuer, document.ward.name),
        place=document.place_line,
        year=_open_year(document),
        number=document.number,
        signed_on=document.issued_on,
        addressees=tuple(part.strip() for part in document.addressee.split(";") if part.strip()),
        bases=tuple(_basis(row) for row in materials.bases),
        body=body,
        keys=keys,
        closing=_closing(materials, tops),
        signature=_signature(document),
        recipients=tuple(document.recipients.order_by("order").values_list("text", flat=True)),
        archive=document.archive,
        appendices=tuple(
            _appendix(materials, top, children) for top in tops if top.kind == BlockKind.APPENDIX
        ),
        demo=settings.DEMO,
        provisional=not document.is_issued,
    )
    return BuiltDocument(built, materials)


def _open_year(document: Document) -> int | None:
    """The year in the open date of a draft: the current one, whatever year it is about.

    None, a blank, once its year of data has passed.
    """
    year = clock.today().year
    return None if document.data_on.year < year else year


def basis_text(basis: DocumentBasis | BasisProposal) -> str:
    """The act as a basis names it: type, number, day, issuing body, title; any may be missing."""
    parts = [basis.kind]
    if basis.number:
        parts.append(f"số {basis.number}")
    if basis.dated_on:
        parts.append(formatting.long_day(basis.dated_on))
    if basis.issuer:
        parts.append(f"của {basis.issuer}")
    return " ".join([*parts, basis.title]).strip()


def _basis(row: DocumentBasis) -> tree.Basis:
    return tree.Basis(row.get_role_display(), basis_text(row))


def _children(blocks: list[Block]) -> dict[int | None, list[Block]]:
    children = defaultdict(list)
    for block in blocks:
        children[block.parent_id].append(block)
    return children


def _appendix(materials: DocumentData, top: Block, children) -> tree.Appendix:
    body, keys = _keyed(_body(materials, children[top.pk], children, 1))
    return tree.Appendix(
        title=tree.plain(materials.text(top.text, place_of(top))),
        body=body,
        landscape=bool(top.parameters.get("landscape")),
        keys=keys,
    )


def _keyed(body: list[KeyedBlock]) -> tuple[tree.Body, tuple[str, ...]]:
    return tuple(block for block, _ in body), tuple(key for _, key in body)


def _body(materials: DocumentData, blocks: list[Block], children, level: int) -> list[KeyedBlock]:
    """Blocks of one level, each followed by what stands below it; one without words yet is none."""
    body: list[KeyedBlock] = []
    for block in blocks:
        if block.kind in TEXT_BLOCKS and not block.text:
            continue
        if block.kind not in BUILDERS:
            raise DocumentError(f"{place_of(block)}: chỉ đứng ở cấp ngoài cùng.")
        written = BUILDERS[block.kind](materials, block, level)
        if not written and block.kind not in TEXT_BLOCKS and len(blocks) > 1:
            materials.unfilled.append(block)
        key = block_mark(level, block.kind, block.key)
        body += ((each, key) for each in written)
        body += _body(materials, children[block.pk], children, level + 1)
    return body


def _closing(materials: DocumentData, tops: list[Block]) -> tree.Text:
    for top in tops:
        if top.kind == BlockKind.CLOSING and top.text:
            return materials.text(top.text, place_of(top))
    document = materials.document
    return USUAL_CLOSING.format(document.get_kind_display(), document.subject)


def _signature(document: Document) -> tree.Signature:
    lines = [*document.authority.splitlines(), *document.signer_title.splitlines()]
    return tree.Signature(tuple(lines), document.signer_name)
