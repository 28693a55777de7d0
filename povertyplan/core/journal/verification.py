"""Walking the chains: every row change that was edited, removed, swapped or cut off is a fault."""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from django.db.models import Exists, Max, OuterRef

from povertyplan.core.journal import chains
from povertyplan.core.models import (
    Area,
    ChainHead,
    ChainLink,
    HeadRecord,
    RowChange,
    UnsealedChange,
)

BATCH = 1000
ANCHOR_UNREADABLE = "Tệp mắt xích không đọc được."
ANCHOR_SHORTER = (
    "Chuỗi của các chuỗi nay dài {length} mắt xích, nhưng tệp giữ mắt xích {position}: "
    "phần cuối bị cắt."
)
ANCHOR_OTHER = "Chuỗi của các chuỗi: mắt xích {position} khác với mắt xích giữ trong tệp."


@dataclass(frozen=True)
class Verdict:
    """The outcome of checking chains: how each of them ends, and what is wrong in words."""

    heads: tuple[ChainHead, ...]
    faults: tuple[str, ...]

    @property
    def length(self) -> int:
        return sum(head.length for head in self.heads)


def title_of(chain: int) -> str:
    """What an officer calls a chain."""
    if chain == chains.INSTALLATION:
        return "Chuỗi chung"
    area = Area.objects.filter(pk=chain).first()
    return area.name if area else f"Địa bàn số {chain}"


def verify(ward: int | None = None) -> Verdict:
    """Walk every chain from its first link, or that of one ward, and the chain over them.

    Acts may go on meanwhile: what they add after the heads were read is left for the next time.
    """
    faults, recorded = _walk_records()
    heads = {head.chain: head for head in ChainHead.objects.exclude(chain=chains.HEADS)}
    ends = _ends()
    known = heads.keys() | recorded.keys() | ends.keys()
    for chain in sorted(known if ward is None else known & {ward}):
        faults += [
            f"{title_of(chain)}: {fault}"
            for fault in _chain_faults(
                chain, heads.get(chain), recorded.get(chain, {}), ends.get(chain, 0)
            )
        ]
    if ward is None:
        faults += _stray_faults()
    shown = [head for chain, head in sorted(heads.items()) if ward in (None, chain)]
    return Verdict(heads=tuple(shown), faults=tuple(faults))


def record_unrecorded(verdict: Verdict) -> str:
    """Write down the heads that moved since they were last recorded; returns the last link."""
    last = {record.chain: record.length for record in HeadRecord.objects.order_by("position")}
    return chains.record_heads(
        [head for head in verdict.heads if last.get(head.chain) != head.length]
    )


def present_anchor() -> dict[str, object]:
    """The last link over all chains, to be kept elsewhere: it shows a cut tail."""
    over = ChainHead.objects.filter(chain=chains.HEADS).first()
    return {"position": over.length, "digest": over.digest} if over else {"position": 0}


def anchor_faults(file: Path) -> Iterator[str]:
    """What the chain says otherwise than a file that keeps an earlier `present_anchor`."""
    try:
        kept = json.loads(file.read_text("utf-8"))
        position, digest = int(kept["position"]), kept.get("digest")
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        yield ANCHOR_UNREADABLE
        return
    if not position:
        return
    record = HeadRecord.objects.filter(position=position).first()
    if record is None:
        yield ANCHOR_SHORTER.format(length=HeadRecord.objects.count(), position=position)
    elif record.digest != digest:
        yield ANCHOR_OTHER.format(position=position)


def _walk_records() -> tuple[list[str], dict[int, dict[int, str]]]:
    """What is wrong with the chain over the heads, and the ends it recorded for each chain."""
    faults: list[str] = []
    recorded: dict[int, dict[int, str]] = defaultdict(dict)
    over = ChainHead.objects.filter(chain=chains.HEADS).first()
    length = over.length if over else 0
    digest, position = chains.GENESIS, 0
    for record in HeadRecord.objects.order_by("position").iterator():
        position += 1
        if record.position != position:
            faults.append(f"Chuỗi của các chuỗi: thiếu mắt xích {position}.")
            position = record.position
        elif chains.link_heads(digest, record) != record.digest:
            faults.append(f"Chuỗi của các chuỗi: mắt xích {position} đã bị sửa.")
        digest = record.digest
        recorded[record.chain][record.length] = record.head
        if position == length and over and digest != over.digest:
            faults.append("Chuỗi của các chuỗi: dòng cuối đã bị sửa.")
    if position < length:
        faults.append(
            f"Chuỗi của các chuỗi dài {position} mắt xích, nhưng đã từng dài {length}: "
            "phần cuối bị cắt."
        )
    return faults + list(_over_faults(position)), recorded


def _over_faults(position: int) -> Iterator[str]:
    """What is wrong with the head of the chain over the heads, whose records end at a position."""
    if not position:
        return
    # Read after the records: an honest head is never behind them.
    over = ChainHead.objects.filter(chain=chains.HEADS).first()
    if over is None:
        yield "Chuỗi của các chuỗi: mất dòng cuối chuỗi."
    elif over.length < position:
        yield f"Chuỗi của các chuỗi: có mắt xích sau dòng cuối chuỗi, từ {over.length + 1}."


def _ends() -> dict[int, int]:
    ends = ChainLink.objects.order_by().values_list("chain").annotate(Max("position"))
    return dict(ends)


def _chain_faults(
    chain: int, head: ChainHead | None, recorded: Mapping[int, str], end: int
) -> Iterator[str]:
    if head is None:
        yield "mất dòng cuối chuỗi." if end else "mất cả chuỗi."
        return
    if not recorded:
        yield "chuỗi không có trong chuỗi của các chuỗi."
    digest, position = chains.genesis_of(chain), 0
    for batch in _batches(chain, until=head.length):
        rows = RowChange.objects.in_bulk([each.change_id for each in batch])
        for each in batch:
            if each.position != position + 1:
                yield f"thiếu mắt xích từ {position + 1} đến {each.position - 1}."
            yield from _link_faults(each, rows.get(each.change_id), digest)
            # Go on from what is stored, so that one fault is reported once.
            position, digest = each.position, each.digest
            if recorded.get(position, digest) != digest:
                yield f"mắt xích {position} khác với chuỗi của các chuỗi."
    yield from _end_faults(head, position, digest, max(recorded, default=0))


def _link_faults(each: ChainLink, change: RowChange | None, previous: str) -> Iterator[str]:
    if change is None:
        yield f"mắt xích {each.position}: thay đổi {each.change_id} đã bị xóa."
    elif chains.link(previous, change) != each.digest:
        yield f"mắt xích {each.position}: thay đổi {each.change_id} đã bị sửa."


def _end_faults(head: ChainHead, position: int, digest: str, recorded: int) -> Iterator[str]:
    was = max(head.length, recorded)
    if position < was:
        yield f"chuỗi dài {position} mắt xích, nhưng đã từng dài {was}: phần cuối bị cắt."
    elif digest != head.digest:
        yield "dòng cuối chuỗi đã bị sửa."
    beyond = ChainLink.objects.filter(chain=head.chain, position__gt=head.length)
    added = beyond.aggregate(Max("position"))["position__max"] or 0
    # Read after the links: an honest head is never behind them.
    if added and ChainHead.objects.get(chain=head.chain).length < added:
        yield f"có mắt xích sau dòng cuối chuỗi, từ {head.length + 1}."


def _batches(chain: int, *, until: int) -> Iterator[list[ChainLink]]:
    after = 0
    links = ChainLink.objects.filter(chain=chain, position__lte=until).order_by("position")
    while batch := list(links.filter(position__gt=after)[:BATCH]):
        yield batch
        after = batch[-1].position


def _stray_faults() -> Iterator[str]:
    """Changes that are neither sealed nor waiting were not written by a trigger."""
    known = Exists(ChainLink.objects.filter(change_id=OuterRef("pk"))) | Exists(
        UnsealedChange.objects.filter(pk=OuterRef("pk"))
    )
    if strays := RowChange.objects.exclude(known).count():
        yield f"Có {strays} thay đổi nằm ngoài chuỗi."
    present = Exists(RowChange.objects.filter(pk=OuterRef("pk")))
    if lost := UnsealedChange.objects.exclude(present).count():
        yield f"Có {lost} thay đổi đang chờ vào chuỗi đã bị xóa."
