"""The blocks of a file into those of a document: what says the same stays the block it is."""

from bisect import bisect_right, insort
from collections import defaultdict
from collections.abc import Sequence

from povertyplan.core import clock
from povertyplan.core.models import User
from reports.models import Block, Document
from reports.plans.outline import GAP, order_between

from .document_parts import BlockRow, written_blocks

Below = dict[int | None, list]


def put_blocks(document: Document, rows: Sequence[BlockRow], by: User | None) -> None:
    """Write the blocks of a file in place.

    Below one parent a block is found by its kind and words; what is left on both sides is paired
    kind by kind, as the same block with other words. The others are added, or removed.
    """
    stored: Below = defaultdict(list)
    for block in written_blocks(document):
        stored[block.parent_id].append(block)
    wanted: Below = defaultdict(list)
    for place, row in enumerate(rows):
        wanted[row.parent].append((place, row))
    _put_below(document, None, stored, (None, wanted), by)


def _put_below(
    document: Document,
    parent: Block | None,
    stored: Below,
    asked: tuple[int | None, Below],
    by: User | None,
) -> None:
    place, wanted = asked
    rows = wanted[place]
    blocks = stored[parent.pk if parent else None]
    pairs = _paired([row for _, row in rows], blocks)
    kept = {block.pk for block in pairs if block}
    for block in blocks:
        if block.pk not in kept:
            _change(block, removed_at=clock.now(), removed_by=by)
    orders = _orders(document, parent, pairs)
    for (own_place, row), block, order in zip(rows, pairs, orders, strict=True):
        said = {"kind": row.kind, "text": row.text, "parameters": row.parameters, "order": order}
        if block is None:
            block = Block.objects.create(document=document, parent=parent, **said)
        else:
            _change(block, **said)
        _put_below(document, block, stored, (own_place, wanted), by)


def _paired(rows: Sequence[BlockRow], blocks: Sequence[Block]) -> list[Block | None]:
    """For each row the block that it is; None where there is none yet."""
    left = list(blocks)
    found: list[Block | None] = [None] * len(rows)

    def pair(same) -> None:
        for place, row in enumerate(rows):
            match = next((each for each in left if same(each, row)), None)
            if found[place] is None and match is not None:
                found[place] = match
                left.remove(match)

    pair(lambda block, row: _content(block) == _content(row))
    pair(lambda block, row: block.kind == row.kind)
    return found


def _content(part: Block | BlockRow) -> tuple:
    return part.kind, part.text, part.parameters


def _orders(document: Document, parent: Block | None, pairs: Sequence[Block | None]) -> list[int]:
    """An order for each place: that of its block where it still fits, else one in between."""
    taken = sorted(document.blocks.filter(parent=parent).values_list("order", flat=True))
    orders: list[int] = []
    for block in pairs:
        last = orders[-1] if orders else None
        if block is not None and (last is None or block.order > last):
            orders.append(block.order)
            continue
        behind = taken[bisect_right(taken, last) :] if last is not None else taken
        order = order_between(last, behind[0] if behind else None)
        if order is None:
            return [taken[-1] + place * GAP for place in range(1, len(pairs) + 1)]
        insort(taken, order)
        orders.append(order)
    return orders


def _change(block: Block, **values: object) -> None:
    """Write what differs, as one more version of the block."""
    changed = [name for name, value in values.items() if getattr(block, name) != value]
    if not changed:
        return
    for name in changed:
        setattr(block, name, values[name])
    block.version += 1
    block.save(update_fields=[*changed, "version"])
