"""Which block of one text is which of another one: by its key, by its words, by most of them. Pure.

Keys are those of one document. A copy has keys of its own, and a file from elsewhere has none:
there the words decide, and where these stand more than once, their order.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from reports.choices import TEXT_BLOCKS
from reports.plans.versions.word_changes import words_of

# Of two texts this share of the words has to be in both, to be one text that was rewritten; or
# nearly all of the shorter one has to be in the longer one.
ALIKE, CONTAINED = 0.5, 0.8
FEWEST_CONTAINED = 4
# A pair of words that stands in more blocks than this tells nothing.
MOST_BLOCKS_OF_PAIR = 25
# More pairs of words than this of one block are not looked up.
MOST_PAIRS_LOOKED_UP = 400


@dataclass(frozen=True)
class VersionBlock:
    """A block as it reads: `parent` is the place of the one it stands below in its list.

    `label` is the number it is printed with. A block without `key` is known by its words alone.
    """

    kind: str
    text: str
    label: str = ""
    key: str = ""
    parent: int | None = None

    @cached_property
    def words(self) -> list[str]:
        return words_of(self.text)

    @property
    def family(self) -> str:
        """Texts may become one another; anything else stays what it is."""
        return "text" if self.kind in TEXT_BLOCKS else self.kind


Blocks = Sequence[VersionBlock]
Sign = Callable[[VersionBlock], Hashable]


@dataclass
class BlockPairs:
    """The pairs of two lists by their places, found step by step."""

    before: Blocks
    after: Blocks
    forward: dict[int, int] = field(default_factory=dict)
    backward: dict[int, int] = field(default_factory=dict)

    def add(self, old: int, new: int) -> None:
        self.forward[old] = new
        self.backward[new] = old

    @property
    def gone(self) -> list[int]:
        return [place for place in range(len(self.before)) if place not in self.forward]

    @property
    def come(self) -> list[int]:
        return [place for place in range(len(self.after)) if place not in self.backward]


def pair_blocks(before: Blocks, after: Blocks) -> BlockPairs:
    """Pair the blocks of two texts; what is left over on a side has no like on the other one."""
    pairs = BlockPairs(before, after)
    _pair_keys(pairs)
    _pair_signs(pairs, lambda block: (block.family, tuple(block.words)))
    _pair_signs(pairs, _without_numbers)
    _pair_only_ones(pairs)
    _pair_alike(pairs)
    return pairs


def _pair_keys(pairs: BlockPairs) -> None:
    """A key that stands twice on a side says nothing."""
    places = [_once(pairs.before), _once(pairs.after)]
    for key, old in places[0].items():
        if key in places[1] and pairs.before[old].family == pairs.after[places[1][key]].family:
            pairs.add(old, places[1][key])


def _once(blocks: Blocks) -> dict[str, int]:
    counts = Counter(block.key for block in blocks)
    return {each.key: at for at, each in enumerate(blocks) if each.key and counts[each.key] == 1}


def _without_numbers(block: VersionBlock) -> Hashable:
    words = tuple("#" if word[:1].isdigit() else word for word in block.words)
    # A line of figures only, or a word or two, is like too many others.
    return (block.family, words) if len(words) > 2 and set(words) != {"#"} else None


def _pair_signs(pairs: BlockPairs, sign: Sign) -> None:
    """Pair what has one sign: those with paired neighbours first, then in their order."""
    old, new = _by_sign(pairs.before, pairs.gone, sign), _by_sign(pairs.after, pairs.come, sign)
    for name, olds in old.items():
        news = new.get(name, [])
        if len(olds) == len(news) == 1:
            pairs.add(olds[0], news[0])
    for name, olds in old.items():
        left = [each for each in new.get(name, []) if each not in pairs.backward]
        for place in olds:
            beside = [each for each in left if _beside(pairs, place, each)]
            if beside and place not in pairs.forward:
                pairs.add(place, beside[0])
                left.remove(beside[0])
        still = [each for each in olds if each not in pairs.forward]
        for place, other in zip(still, left, strict=False):
            pairs.add(place, other)


def _by_sign(blocks: Blocks, places: Iterable[int], sign: Sign) -> dict[Hashable, list[int]]:
    found: dict[Hashable, list[int]] = defaultdict(list)
    for place in places:
        if (name := sign(blocks[place])) is not None:
            found[name].append(place)
    return found


def _beside(pairs: BlockPairs, old: int, new: int) -> bool:
    """Whether the blocks around are a pair as well, before or behind."""
    return pairs.forward.get(old - 1) == new - 1 >= 0 or pairs.forward.get(old + 1) == new + 1


def _pair_only_ones(pairs: BlockPairs) -> None:
    """What is written from data is there once mostly: the one of its kind is that one."""

    def kind_of(block: VersionBlock) -> Hashable:
        return block.kind if block.family != "text" else None

    old, new = (
        _by_sign(pairs.before, pairs.gone, kind_of),
        _by_sign(pairs.after, pairs.come, kind_of),
    )
    for kind, olds in old.items():
        news = new.get(kind, [])
        if len(olds) == len(news) == 1:
            pairs.add(olds[0], news[0])


def _pair_alike(pairs: BlockPairs) -> None:
    """Pair the rest where most of the words are the same, the most alike first."""
    new_pairs = {place: _word_pairs(pairs.after[place]) for place in pairs.come}
    holders: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, own in new_pairs.items():
        for each in own:
            holders[each].append(place)
    found = []
    for old in pairs.gone:
        own = _word_pairs(pairs.before[old])
        for new, shared in _sharing(own, holders).most_common(5):
            if pairs.before[old].family == pairs.after[new].family:
                found += _scored(old, new, shared, len(own), len(new_pairs[new]))
    for _, old, new in sorted(found, key=lambda each: (-each[0], abs(each[1] - each[2]), each)):
        if old not in pairs.forward and new not in pairs.backward:
            pairs.add(old, new)


def _sharing(
    own: Iterable[tuple[str, str]], holders: dict[tuple[str, str], list[int]]
) -> Counter[int]:
    """How many pairs of words each block shares, those apart that stand everywhere."""
    shared: Counter[int] = Counter()
    for each in list(own)[:MOST_PAIRS_LOOKED_UP]:
        if len(among := holders.get(each, ())) <= MOST_BLOCKS_OF_PAIR:
            shared.update(among)
    return shared


def _scored(
    old: int, new: int, shared: int, old_count: int, new_count: int
) -> list[tuple[float, int, int]]:
    alike = 2 * shared / (old_count + new_count)
    shorter = min(old_count, new_count)
    is_part = shorter >= FEWEST_CONTAINED and shared / shorter >= CONTAINED
    return [(alike, old, new)] if alike >= ALIKE or is_part else []


def _word_pairs(block: VersionBlock) -> dict[tuple[str, str], None]:
    """Neighbouring words, each pair once, in their order; a single word with nothing before it."""
    words = ["", *(word.lower() for word in block.words)]
    return dict.fromkeys(pairwise(words))
