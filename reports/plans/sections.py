"""Which unit writes which section of a draft, and so who may write a block.

A section is a block with all that stands below it. A unit's officers write the words of theirs and
place blocks within it; the block that opens it stays where it is.
"""

from dataclasses import dataclass

from povertyplan.core.models import Area, User
from projects.programme.selectors.rights import units_of, writes_all
from reports.models import Block
from reports.plans.outline import Outline

OTHERS = "Đoạn này do {} viết. Ghi ý kiến thay vì sửa."
COORDINATOR = "cán bộ giảm nghèo"
OWN_SECTION = "Chỉ thêm, chuyển, bỏ đoạn bên trong mục được giao."


@dataclass(frozen=True)
class DraftEditor:
    """Somebody at a draft: writes everything, or the sections of some units."""

    writes_all: bool
    units: frozenset[int] = frozenset()

    def may_write(self, outline: Outline, block: Block | None) -> bool:
        """Whether the words of a block are theirs; None is the document itself."""
        if self.writes_all or block is None:
            return self.writes_all
        return unit_writing(outline, block) in self.units

    def writing_fault(self, outline: Outline, block: Block) -> str:
        """Why a block is not theirs to write; empty where it is."""
        if self.may_write(outline, block):
            return ""
        owner = section_of(outline, block)
        return OTHERS.format(owner.unit if owner and owner.unit else COORDINATOR)

    def removing_fault(self, outline: Outline, block: Block) -> str:
        """Why a block cannot go with all that stands below it, where a part is another's."""
        going = (block, *outline.reading_order(block.pk))
        return next((fault for each in going if (fault := self.writing_fault(outline, each))), "")

    def placing_fault(self, outline: Outline, parent: Block | None) -> str:
        """Why nothing may be added, moved or removed directly below a block."""
        return "" if self.may_write(outline, parent) else OWN_SECTION


def editor_of(user: User, ward: Area) -> DraftEditor:
    """What a user writes of the drafts of a ward."""
    return DraftEditor(writes_all(user, ward), units_of(user, ward))


def section_of(outline: Outline, block: Block) -> Block | None:
    """The nearest block, itself or above, that was given to a unit."""
    above: Block | None = block
    while above is not None and above.unit_id is None:
        above = outline.parent_of(above)
    return above


def unit_writing(outline: Outline, block: Block) -> int | None:
    """The unit that writes a block; None for what the coordinator writes."""
    section = section_of(outline, block)
    return section.unit_id if section else None
