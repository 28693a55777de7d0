"""What became of the blocks of one text in another one: two versions, or two plans. Pure.

Moved, split, merged, renumbered and changed are told apart; a block may be several of them. What is
in one of the two only was added or removed.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from reports.choices import BlockChangeKind
from reports.plans.versions.block_pairs import BlockPairs, Blocks, VersionBlock, pair_blocks

# This share of a piece's words has to come from the block that it was cut from.
CUT_FROM = 0.8


@dataclass(frozen=True)
class BlockChange:
    """A block that is not as it was. `pieces` were cut from it, or put into it.

    `section` is the heading above it, where it stands now or stood.
    """

    kinds: frozenset[str]
    before: VersionBlock | None = None
    after: VersionBlock | None = None
    pieces: tuple[VersionBlock, ...] = ()
    section: str = ""

    @property
    def whole_before(self) -> str:
        """All words that were there, of the pieces too where they were put together."""
        return _joined(self.before, self.pieces if self._is(BlockChangeKind.MERGED) else ())

    @property
    def whole_after(self) -> str:
        return _joined(self.after, self.pieces if self._is(BlockChangeKind.SPLIT) else ())

    def _is(self, kind: BlockChangeKind) -> bool:
        return kind in self.kinds


def _joined(block: VersionBlock | None, pieces: Sequence[VersionBlock]) -> str:
    return " ".join(each.text for each in ((block,) if block else ()) + tuple(pieces))


@dataclass
class _Cuts:
    """The pieces that were cut from a block, by its place; and the places of all pieces."""

    pieces: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    taken: set[int] = field(default_factory=set)


def compare_blocks(before: Blocks, after: Blocks) -> list[BlockChange]:
    """Every block that is not as it was, in the order of the later text; what went at its place."""
    pairs = pair_blocks(before, after)
    split = _cuts(before, after, pairs.forward, pairs.come)
    merged = _cuts(after, before, pairs.backward, pairs.gone)
    moved = _moved(pairs)
    found: dict[int, list[BlockChange]] = defaultdict(list)
    for new, block in enumerate(after):
        if (old := pairs.backward.get(new)) is not None:
            found[new] += _changed(pairs, old, new, split, merged, moved)
        elif new not in split.taken:
            section = _section(after, new)
            found[new].append(BlockChange(_kinds(BlockChangeKind.ADDED), None, block, (), section))
    for old in pairs.gone:
        if old not in merged.taken:
            section = _section(before, old)
            change = BlockChange(_kinds(BlockChangeKind.REMOVED), before[old], None, (), section)
            found[_place_of_gone(pairs, old)].append(change)
    return [change for place in sorted(found) for change in found[place]]


def _kinds(*kinds: BlockChangeKind) -> frozenset[str]:
    return frozenset(kinds)


def _changed(
    pairs: BlockPairs, old: int, new: int, split: _Cuts, merged: _Cuts, moved: set[int]
) -> Iterator[BlockChange]:
    before, after = pairs.before[old], pairs.after[new]
    places = [*split.pieces.get(old, ()), *merged.pieces.get(new, ())]
    holder = pairs.after if old in split.pieces else pairs.before
    kinds: set[str] = set()
    if old in split.pieces:
        kinds.add(BlockChangeKind.SPLIT)
    if new in merged.pieces:
        kinds.add(BlockChangeKind.MERGED)
        if old in split.pieces:  # words went both ways: nothing simpler can be said of it
            kinds = {BlockChangeKind.CHANGED}
            places = []
    if new in moved:
        kinds.add(BlockChangeKind.MOVED)
    if before.label != after.label:
        kinds.add(BlockChangeKind.RENUMBERED)
    pieces = tuple(holder[place] for place in sorted(places))
    change = BlockChange(frozenset(kinds), before, after, pieces, _section(pairs.after, new))
    if before.kind != after.kind or _says_other(change):
        kinds.add(BlockChangeKind.CHANGED)
        change = BlockChange(frozenset(kinds), before, after, pieces, change.section)
    if kinds:
        yield change


def _says_other(change: BlockChange) -> bool:
    """Whether words went or came, besides those that only stand in another block now."""
    before, after = change.before, change.after
    if before is None or after is None:
        return False
    if not change.pieces:
        return before.words != after.words
    texts = VersionBlock("", change.whole_before), VersionBlock("", change.whole_after)
    return Counter(texts[0].words) != Counter(texts[1].words)


def _cuts(whole: Blocks, parts: Blocks, known: dict[int, int], left: Iterable[int]) -> _Cuts:
    """Blocks of `parts` without a like whose words a neighbour's earlier self has lost."""
    cuts, lost = _Cuts(), {}
    known_back = {new: old for old, new in known.items()}
    for place in left:
        piece = parts[place]
        if piece.family != "text" or not piece.words:
            continue
        for source in _neighbours(parts, place, known_back, cuts, known):
            if source not in lost:
                mine = Counter(parts[known[source]].words)
                lost[source] = Counter(whole[source].words) - mine
            taken = Counter(piece.words) & lost[source]
            if taken.total() >= CUT_FROM * len(piece.words):
                lost[source] -= taken
                cuts.pieces[source].append(place)
                cuts.taken.add(place)
                break
    return cuts


def _neighbours(
    parts: Blocks, place: int, known_back: dict[int, int], cuts: _Cuts, known: dict[int, int]
) -> Iterator[int]:
    """The texts whose later selves stand next to a piece below the same block, before and behind.

    Other pieces may stand between.
    """
    for step in (-1, 1):
        at = place + step
        while 0 <= at < len(parts):
            if parts[at].parent == parts[place].parent and parts[at].family == "text":
                if at in known_back:
                    yield known_back[at]
                    break
                if step < 0 and at not in cuts.taken:
                    break
            at += step


def _moved(pairs: BlockPairs) -> set[int]:
    """The places, in the later text, of blocks that stand below another one or in another order.

    What stands below a block that moved did not move itself.
    """
    moved: set[int] = set()
    brothers: dict[int | None, list[int]] = defaultdict(list)
    for new, old in pairs.backward.items():
        if _same_parent(pairs, old, new):
            brothers[pairs.after[new].parent].append(new)
        else:
            moved.add(new)
    for places in brothers.values():
        places.sort()
        olds = [pairs.backward[place] for place in places]
        stayed = _longest_rising(olds)
        moved |= {place for at, place in enumerate(places) if at not in stayed}
    return moved


def _same_parent(pairs: BlockPairs, old: int, new: int) -> bool:
    above, now = pairs.before[old].parent, pairs.after[new].parent
    if above is None or now is None:
        return above is now
    if above in pairs.forward:
        return pairs.forward[above] == now
    return now not in pairs.backward  # the heading itself was written anew


def _longest_rising(values: Sequence[int]) -> set[int]:
    """The places of the longest rising row among values that are all different.

    >>> sorted(_longest_rising([3, 0, 1, 2]))
    [1, 2, 3]
    """
    ends: list[int] = []
    places: list[int] = []
    before: list[int | None] = []
    for at, value in enumerate(values):
        length = bisect_left(ends, value)
        before.append(places[length - 1] if length else None)
        ends[length : length + 1] = [value]
        places[length : length + 1] = [at]
    row: set[int] = set()
    last = places[-1] if places else None
    while last is not None:
        row.add(last)
        last = before[last]
    return row


def _place_of_gone(pairs: BlockPairs, old: int) -> int:
    """The place, in the later text, behind which something stood that is gone; -1 at the start."""
    for at in range(old - 1, -1, -1):
        if at in pairs.forward:
            return pairs.forward[at]
    return -1


def _section(blocks: Blocks, place: int) -> str:
    """The nearest titled block above one, with its number."""
    above = blocks[place].parent
    if above is None:
        return ""
    return f"{blocks[above].label} {blocks[above].text}".strip()
