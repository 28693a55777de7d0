"""Where the parts of a document differ from the file, and who wrote them."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from difflib import SequenceMatcher

from povertyplan.core.journal import history
from povertyplan.core.journal.selectors import last_change_of
from povertyplan.core.models import RowChange, Unit
from povertyplan.core.platform.structured_file.places import YamlPath
from povertyplan.core.text.formatting import MISSING, day
from reports.choices import BasisRole, BlockKind
from reports.models import Document, DutyItem

from .differences import FileDifference, author_of, is_of_a_load, shorten
from .document_parts import BlockRow, Parts, parts_of_document
from .document_schema import BlockSection, DocumentSection
from .reconciling import Reconciliation

KINDS = {
    "bases": "căn cứ",
    "blocks": "khối",
    "duties": "phân công",
    "recipients": "nơi nhận",
}
# What the parameters of a block say of it, by the keys of the file.
PARAMETERS = {
    "year": "năm",
    "years": "năm",
    "first": "từ năm",
    "last": "đến năm",
    "dimensions": "nhóm",
    "indicators": "chỉ tiêu",
    "projects": "dự án thành phần",
    "landscape": "khổ ngang",
}


def part_differences(
    document: Document, parts: Parts, section: DocumentSection, place: YamlPath
) -> Iterator[FileDifference]:
    """Each basis, block, duty and recipient that differs, beside what the document has there."""
    stored = parts_of_document(document)
    author = author_of(_last_change_of_parts(document))
    for key, kind in KINDS.items():
        old, new = getattr(stored, key), getattr(parts, key)
        places = (
            list(_block_places(section.blocks, (*place, key)))
            if key == "blocks"
            else [(*place, key, position) for position in range(len(new))]
        )
        for at, before, after in _unequal(old, new):
            yield FileDifference(
                place=places[at] if at < len(places) else (*place, key),
                what=f"{document._meta.verbose_name} {document}, {kind}",
                in_file=MISSING if after is None else _in_words(after),
                in_system=MISSING if before is None else _in_words(before),
                author=author,
            )


def take_parts(
    document: Document, differences: Sequence[FileDifference], changes: Reconciliation
) -> bool:
    """Whether the parts may be written anew; what was said of each goes into the journal."""
    is_foreign = not is_of_a_load(_last_change_of_parts(document), history.current_writer().act)
    if is_foreign:
        allowed = [changes.may_write(each) for each in differences]
        if not all(allowed):
            return False
    for each in differences:
        line = f"Tệp cấu hình đổi {each.what}: {each.in_system} → {each.in_file}"
        changes.add_line(document, line, each if is_foreign else None)
    return True


def _last_change_of_parts(document: Document) -> RowChange | None:
    """The newest change of a part by somebody else than a load; else that of the document."""
    act = history.current_writer().act
    items = DutyItem.objects.filter(duty__document=document)
    rows = (document.bases, document.blocks, document.duties, document.recipients, items)
    found = []
    for part in rows:
        ids = list(part.values_list("pk", flat=True))
        changes = RowChange.objects.filter(table=part.model._meta.db_table, row_id__in=ids)
        found.append(changes.exclude(act=act).order_by("-pk").first())
    newest = max((change for change in found if change), key=lambda each: each.pk, default=None)
    return newest or last_change_of(document, ["version"])


def _unequal(old: Sequence, new: Sequence) -> Iterator[tuple[int, object, object]]:
    """Elements that differ: the place in the new list, what stood there, what stands there."""
    # The matcher wants what can be hashed: equal elements become one number.
    known = [*old, *new]
    matcher = SequenceMatcher(
        a=[known.index(each) for each in old],
        b=[known.index(each) for each in new],
        autojunk=False,
    )
    for tag, first, last, new_first, new_last in matcher.get_opcodes():
        if tag == "equal":
            continue
        for step in range(max(last - first, new_last - new_first)):
            before = old[first + step] if first + step < last else None
            after = new[new_first + step] if new_first + step < new_last else None
            yield new_first + step, before, after


def _block_places(sections: Iterable[BlockSection], place: YamlPath) -> Iterator[YamlPath]:
    """The place of each block, in reading order."""
    for position, section in enumerate(sections):
        yield (*place, position)
        yield from _block_places(section.children, (*place, position, "children"))


def _in_words(part: object) -> str:
    if isinstance(part, BlockRow):
        return shorten(_block_in_words(part))
    if not isinstance(part, tuple):
        return shorten(str(part))
    if isinstance(part[1], list):
        unit = Unit.objects.get(pk=part[0])
        return shorten(f"{unit}: {'; '.join(text for text, _projects in part[1])}")
    role, *rest = part
    words = [day(each) if isinstance(each, date) else each for each in rest if each]
    return shorten(f"{BasisRole(role).label}: {', '.join(words)}")


def _block_in_words(block: BlockRow) -> str:
    """Its kind as officers know it, with its text or what its table shows."""
    words = [block.text] if block.text else []
    for name, value in block.parameters.items():
        label = PARAMETERS[name]
        if isinstance(value, bool):
            words += [label] if value else []
            continue
        values = value if isinstance(value, list) else [value]
        words.append(f"{label} {', '.join(map(str, values))}")
    kind = BlockKind(block.kind).label
    return f"{kind}: {', '.join(words)}" if words else kind
