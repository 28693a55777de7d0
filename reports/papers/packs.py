"""All papers of a village in one zip, or of every village, a folder each."""

import io
import zipfile
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter

from django.db.models import QuerySet

from households.models import CampaignVillage, ReviewCampaign
from povertyplan.core.models import User
from povertyplan.core.platform.jobs import ProgressSink, ignore_progress
from reports.models import PrintRun

from .forms_catalogue import (
    BLANKS_IN_PACK,
    PACK,
    PRINT_FORMS,
    VILLAGE_PACK,
    PrintForm,
    file_name,
    place_name,
    print_blank,
    print_filled,
)


def villages_of(user: User, campaign: ReviewCampaign) -> QuerySet[CampaignVillage]:
    """The villages of a review that a user may see, with what their papers are made of."""
    rows = CampaignVillage.objects.visible_to(user).filter(campaign=campaign)
    return rows.select_related(
        "village", "reviewer", "campaign__ward", "campaign__standard", "campaign__procedure"
    ).order_by("village__order", "village__sort_key")


def pack_of_village(row: CampaignVillage, endings: Collection[str]) -> bytes:
    """One zip with every paper of a village that has households for it, in each format asked."""
    return _zipped(("", paper) for paper in _papers(row, endings))


def pack_of_ward(
    rows: Sequence[CampaignVillage],
    endings: Collection[str],
    progress: ProgressSink = ignore_progress,
) -> bytes:
    """The zip of several villages, a folder each."""
    return _zipped(_in_folders(rows, endings, progress))


def last_print_of(paper: PrintForm, made: Mapping[str, PrintRun]) -> PrintRun | None:
    """The last print of a paper, alone or in a pack."""
    names = [paper.name, *([PACK] if paper.name in VILLAGE_PACK else [])]
    prints = [made[name] for name in names if name in made]
    return max(prints, key=attrgetter("made_at"), default=None)


def _in_folders(rows, endings, progress) -> Iterator[tuple[str, tuple[str, bytes]]]:
    for done, row in enumerate(rows):
        progress(f"Lập mẫu của {row.village}", done, len(rows))
        for paper in _papers(row, endings):
            yield f"{row.village.order:02}_{place_name(row.village)}/", paper


def _zipped(papers: Iterable[tuple[str, tuple[str, bytes]]]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as pack:
        for folder, (name, content) in papers:
            pack.writestr(folder + name, content)
    return stream.getvalue()


def _papers(row: CampaignVillage, endings: Collection[str]) -> Iterator[tuple[str, bytes]]:
    campaign = row.campaign
    for key in VILLAGE_PACK:
        paper = PRINT_FORMS[key]
        for ending in (each for each in paper.formats if each in endings):
            try:
                content = print_filled(paper, [row], campaign, ending)
            except LookupError:
                continue
            yield file_name(paper, campaign, row.village, ending), content
            if key in BLANKS_IN_PACK:
                name = file_name(paper, campaign, None, ending, blank=True)
                yield name, print_blank(paper, campaign, ending)
