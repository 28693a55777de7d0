"""All papers of a village in one zip; of every village, written while it is sent."""

import io
import zipfile
from collections.abc import Iterable, Iterator

from households.models import CampaignVillage

from .papers import PAPERS, VILLAGE_PACK, file_name, place_name, print_paper


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


def pack_of_village(row: CampaignVillage) -> bytes:
    """One zip with every paper of a village that has households for it."""
    return b"".join(pack_of_ward([row], in_folders=False))


def pack_of_ward(rows: Iterable[CampaignVillage], *, in_folders: bool = True) -> Iterator[bytes]:
    """The zip of several villages, a folder each, in pieces as the papers are printed."""
    outlet = _Outlet()
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_STORED) as pack:
        for row in rows:
            folder = f"{row.village.order:02}_{place_name(row.village)}/" if in_folders else ""
            for name, content in _papers(row):
                pack.writestr(folder + name, content)
                yield outlet.take()
    yield outlet.take()


def _papers(row: CampaignVillage) -> Iterator[tuple[str, bytes]]:
    for key in VILLAGE_PACK:
        paper = PAPERS[key]
        try:
            content = print_paper(paper, [row], row.campaign)
        except LookupError:
            continue
        yield file_name(paper, row.campaign, row.village, "pdf"), content
