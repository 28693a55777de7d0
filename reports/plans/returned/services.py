"""A Word file of a draft that came back: what it changes becomes proposals, one for each block."""

from collections.abc import Iterator

from django.core.exceptions import ValidationError

from povertyplan.core import clock
from povertyplan.core.journal import audit
from povertyplan.core.models import User
from povertyplan.core.platform import submissions
from reports.choices import BlockKind, ProposalAct, ProposalOrigin
from reports.figures.data_fields import DataField, FieldError, parse
from reports.models import Block, BlockProposal, Document, ReturnedWord
from reports.plans.blocks import DocumentData, DocumentError
from reports.plans.builder import build_with_links
from reports.plans.naming import name_document
from reports.plans.outline import Outline
from reports.plans.proposing.stale import unit_of
from reports.plans.returned.fields import PrintedPiece, RestoredText, recase, restore_fields
from reports.plans.returned.matching import FileMatch, ReturnedChange, is_foreign, match_file
from reports.plans.services import lock_document, refuse_step
from reports.plans.versions.block_pairs import VersionBlock
from reports.plans.versions.contents import kinds_by_key, printed_content
from reports.plans.word.services import SentWord
from reports.plans.workflow import WorkflowStep
from reports.plans.writing.services.words import split_paragraphs, text_fault
from reports.printing import tree

MOST_LISTED = 300
TYPED_FIGURES = "Chấp nhận thì số này thành số nhập tay: {}."
NO_PLACE = "Đứng trước mọi đoạn của dự thảo: thêm ở trang viết dự thảo nếu cần."
OTHER_DOCUMENT = (
    "Tệp này tải từ một văn bản khác của phần mềm. Gửi tệp Word tải từ chính dự thảo này."
)
NOT_OURS = "Tệp này không có đoạn nào của dự thảo. Gửi tệp Word tải từ chính dự thảo này."


@audit.business_act(label="Nhận lại tệp Word của dự thảo")
def take_back_word(
    *, document: Document, file: SentWord, key: str | None = None, by: User
) -> ReturnedWord:
    """Keep what a file says otherwise as proposals; no block is written. `key` makes it once."""

    def create() -> ReturnedWord:
        current = lock_document(document)
        refuse_step(WorkflowStep.WRITE, current)
        draft = _DraftAsPrinted(current)
        if is_foreign(file.reading.passages, draft.rows):
            raise ValidationError({"file": OTHER_DOCUMENT}, code="foreign")
        match = match_file(draft.content, file.reading.passages, draft.sections)
        if not match.matched:
            raise ValidationError({"file": NOT_OURS}, code="foreign")
        written = _WrittenFile(draft, match, by)
        returned = ReturnedWord.objects.create(
            document=current,
            file_name=file.name,
            digest=file.digest,
            matched=match.matched,
            unmatched=written.listed,
            figures=written.figures,
            notes=list(file.reading.notes),
            sent_by=by,
            sent_at=clock.now(),
        )
        for proposal in written.proposals:
            proposal.word = returned
        BlockProposal.objects.bulk_create(written.proposals)
        summary = (
            f"{by} nhận lại tệp Word {file.name} của {name_document(current)}: "
            f"{len(written.proposals)} đề nghị sửa"
        )
        audit.record(current, summary, ward=current.ward)
        return returned

    return submissions.once(
        key=key,
        act="take_back_word",
        content={"document": document.pk, "digest": file.digest},
        model=ReturnedWord,
        create=create,
        by=by,
    )


class _DraftAsPrinted:
    """A draft as its Word file prints it, with the block behind each part."""

    def __init__(self, document: Document):
        self.document = document
        self.outline = Outline(document.blocks.select_related("unit"))
        self.rows = {block.key.hex: block for block in self.outline.reading_order()}
        self.sections = [
            key for key, block in self.rows.items() if self.outline.living_below(block.pk)
        ]
        try:
            built = build_with_links(document)
        except DocumentError as problem:
            raise ValidationError(str(problem), code="unreadable") from problem
        self.materials: DocumentData = built.materials
        self.content = list(self._content(built.tree))

    def _content(self, printed: tree.DocumentTree) -> Iterator[VersionBlock]:
        """The printed blocks; closing and appendices with the key of their block."""
        kinds = (BlockKind.CLOSING, BlockKind.APPENDIX)
        tops: dict[str, list[str]] = {kind: [] for kind in kinds}
        for key, row in self.rows.items():
            if row.kind in tops and row.text:
                tops[row.kind].append(key)
        for block in printed_content(printed, kinds_by_key(self.document)):
            own = tops[block.kind].pop(0) if tops.get(block.kind) else block.key
            yield VersionBlock(block.kind, block.text, block.label, own, block.parent)

    def restored(self, block: Block, written: str) -> RestoredText:
        """Words of a file for a block, its figures named again."""
        pieces = list(_pieces(block, self.materials))
        printed = "".join(piece.printed for piece in pieces)
        if block.kind in (BlockKind.HEADING, BlockKind.APPENDIX):
            written = recase(printed, written)
        return restore_fields(pieces, written)


def _pieces(block: Block, materials: DocumentData) -> Iterator[PrintedPiece]:
    try:
        parts = parse(block.text)
    except FieldError:
        parts = (block.text,)
    for part in parts:
        if isinstance(part, DataField):
            figure = materials.cite(materials.book.figure(part.name, *part.parameters))
            yield PrintedPiece(figure.printed, f"{{{part}}}")
        else:
            yield PrintedPiece(part)


class _WrittenFile:
    """The rows that a matched file becomes: proposals, figures, what is only listed."""

    def __init__(self, draft: _DraftAsPrinted, match: FileMatch, by: User):
        self.draft, self.by = draft, by
        self.unit = unit_of(by, draft.document)
        self.waiting = _waiting(draft.document)
        self.proposals: list[BlockProposal] = []
        self.figures: list[dict[str, str]] = []
        self.listed = [{"text": text, "reason": reason} for text, reason in match.unmatched]
        for change in match.changed:
            self._change(change)
        for change in match.added:
            self._add(change)
        for change in match.removed:
            self._propose(change, ProposalAct.REMOVE, "", change.remark)
        self.listed = self.listed[:MOST_LISTED]

    def _change(self, change: ReturnedChange) -> None:
        block = self.draft.rows[change.key]
        restored = self.draft.restored(block, change.text)
        said = "; ".join(f"{each.printed} → {each.found or '…'}" for each in restored.others)
        for each in restored.others:
            figure = {"printed": each.printed, "found": each.found, "code": each.code}
            self.figures.append({"text": each.context, **figure})
        remarks = (change.remark, TYPED_FIGURES.format(said) if said else "")
        self._propose(change, ProposalAct.CHANGE, restored.text, " ".join(filter(None, remarks)))

    def _add(self, change: ReturnedChange) -> None:
        if change.key:
            self._propose(change, ProposalAct.ADD, change.text, change.remark)
        else:
            self.listed.append({"text": change.text, "reason": NO_PLACE})

    def _propose(self, change: ReturnedChange, act: ProposalAct, written: str, remark: str) -> None:
        block, text = self.draft.rows[change.key], "\n\n".join(split_paragraphs(written))
        if act == ProposalAct.CHANGE and text == block.text:
            return
        if act != ProposalAct.REMOVE and (fault := text_fault(text)):
            self.listed.append({"text": text, "reason": fault})
            return
        if (block.pk, act, text) in self.waiting:
            return
        self.waiting.add((block.pk, act, text))
        proposal = BlockProposal(
            block=block,
            act=act,
            origin=ProposalOrigin.WORD,
            text=text,
            remark=remark[:200],
            seen_version=block.version,
            author=self.by,
            unit=self.unit,
            proposed_at=clock.now(),
        )
        self.proposals.append(proposal)


def _waiting(document: Document) -> set[tuple[int, str, str]]:
    """What waits already: the same file sent again proposes nothing twice."""
    rows = BlockProposal.objects.waiting().filter(block__document=document)
    return set(rows.values_list("block", "act", "text"))
