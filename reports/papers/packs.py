"""All papers of a village in one zip; of every village, written while it is sent."""

import io
import zipfile
from collections.abc import Collection, Iterable, Iterator

from households.models import CampaignVillage

from .papers import (
    BLANKS_IN_PACK,
    PAPERS,
    VILLAGE_PACK,
    file_name,
    place_name,
    print_blank,
    print_paper,
)


class _Outlet(io.RawIOBase):
    """A file that only grows: what was written since the last look is taken away."""

    def __init__(self):
        self.taken = 0
        self.waiting = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data) -> int:
        self.waiting += data
        return len(data)

    def tell(self) -> int:
        return self.taken + len(self.waiting)

    def take(self) -> bytes:
        data = bytes(self.waiting)
        self.taken += len(data)
        self.waiting.clear()
        return data


def pack_of_village(row: CampaignVillage, endings: Collection[str]) -> bytes:
    """One zip with every paper of a village that has households for it, in each format asked."""
    return b"".join(pack_of_ward([row], endings, in_folders=False))


def pack_of_ward(
    rows: Iterable[CampaignVillage], endings: Collection[str], *, in_folders: bool = True
) -> Iterator[bytes]:
    """The zip of several villages, a folder each, in pieces as the papers are printed."""
    outlet = _Outlet()
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_STORED) as pack:
        for row in rows:
            folder = f"{row.village.order:02}_{place_name(row.village)}/" if in_folders else ""
            for name, content in _papers(row, endings):
                pack.writestr(folder + name, content)
                yield outlet.take()
    yield outlet.take()


def _papers(row: CampaignVillage, endings: Collection[str]) -> Iterator[tuple[str, bytes]]:
    campaign = row.campaign
    for key in VILLAGE_PACK:
        paper = PAPERS[key]
        for ending in (each for each in paper.formats if each in endings):
            try:
                content = print_paper(paper, [row], campaign, ending)
            except LookupError:
                continue
            yield file_name(paper, campaign, row.village, ending), content
            if key in BLANKS_IN_PACK:
                name = file_name(paper, campaign, None, ending, blank=True)
                yield name, print_blank(paper, campaign, ending)
