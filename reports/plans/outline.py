"""The blocks of a document as a tree: what is read, in which order, and where another one fits."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from reports.models import Block

# Room between two neighbours: 32 times a block goes into the middle of what is left.
GAP = 2**32


def order_between(before: int | None, after: int | None) -> int | None:
    """An order between two neighbours, None where there is no neighbour; None if there is no room.

    >>> order_between(None, None), order_between(1, 9), order_between(4, 5)
    (0, 5, None)
    >>> order_between(GAP, None) == 2 * GAP, order_between(None, 0) == -GAP
    (True, True)
    """
    if before is None:
        return 0 if after is None else after - GAP
    if after is None:
        return before + GAP
    middle = (before + after) // 2
    return None if middle == before else middle


class Outline:
    """Every block of one document, those that were removed among them."""

    def __init__(self, blocks: Iterable[Block]):
        self.rows: dict[int, Block] = {}
        self._rows_below: dict[int | None, list[Block]] = defaultdict(list)
        for block in sorted(blocks, key=lambda each: each.order):
            self.rows[block.pk] = block
            self._rows_below[block.parent_id].append(block)

    def add(self, block: Block) -> None:
        """Take in a block that was written just now."""
        self.rows[block.pk] = block
        self._rows_below[block.parent_id].append(block)
        self._rows_below[block.parent_id].sort(key=lambda each: each.order)

    def parent_of(self, block: Block) -> Block | None:
        return self.rows[block.parent_id] if block.parent_id else None

    def rows_below(self, parent: int | None) -> list[Block]:
        """The blocks directly below one, or the outermost; the removed ones keep their place."""
        return self._rows_below[parent]

    def living_below(self, parent: int | None) -> list[Block]:
        """The same without what was removed."""
        return [block for block in self._rows_below[parent] if block.removed_at is None]

    def reading_order(self, parent: int | None = None) -> Iterator[Block]:
        """What the document says, from its first block to its last."""
        for block in self.living_below(parent):
            yield block
            yield from self.reading_order(block.pk)

    def is_living(self, block: Block) -> bool:
        """Whether neither the block nor one it stands below was removed."""
        above: Block | None = block
        while above is not None and above.removed_at is None:
            above = self.parent_of(above)
        return above is None

    def removed(self) -> list[Block]:
        """What can be brought back, last removed first."""
        gone = [(each.removed_at, each) for each in self.rows.values() if each.removed_at]
        return [each for _, each in sorted(gone, key=lambda pair: pair[0], reverse=True)]

    def depth(self, block: Block) -> int:
        """How many blocks it stands below."""
        above = self.parent_of(block)
        return 0 if above is None else 1 + self.depth(above)

    def neighbour(self, block: Block, step: int) -> Block | None:
        """The living block just before (-1) or after (+1) one, below the same parent."""
        among = self.living_below(block.parent_id)
        at = among.index(block) + step
        return among[at] if 0 <= at < len(among) else None

    def order_beside(self, block: Block, *, after: bool) -> int | None:
        """An order right before or after a block; None if there is no room."""
        among = self.rows_below(block.parent_id)
        at = among.index(block) + after
        before = among[at - 1].order if at else None
        return order_between(before, among[at].order if at < len(among) else None)

    def order_at_end(self, parent: int | None) -> int:
        """An order behind all that stands below a parent."""
        among = self.rows_below(parent)
        return among[-1].order + GAP if among else 0


def reading_order(blocks: Iterable[Block]) -> list[Block]:
    """The living blocks of one document, as they are read."""
    return list(Outline(blocks).reading_order())
