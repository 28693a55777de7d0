"""The papers by name: what builds each, and what its file is called."""

from collections.abc import Callable
from dataclasses import dataclass

from households.models import CampaignVillage, ReviewCampaign
from povertyplan.core.models import Area
from povertyplan.core.vietnamese import search_key
from reports import tree
from reports.pdf import render_set_pdf

from .decision import decision
from .lists import blank_visit_list, certificates, posting, visit_list
from .minutes import minutes
from .report import report

Builder = Callable[[CampaignVillage], list[tree.DocumentTree]]


@dataclass(frozen=True)
class Paper:
    """A paper of the review. `build` makes it for a village; `for_ward` for the whole ward."""

    name: str
    title: str
    group: str
    stem: str  # of the file name: "DS-niem-yet"
    legal: str = ""
    build: Builder | None = None
    for_ward: Callable[[ReviewCampaign], list[tree.DocumentTree]] | None = None
    is_large: bool = False
    is_posted: bool = False  # names every member of a household: written down when asked for


REVIEW, PUBLIC, REPORT, DECISION = "Rà soát", "Công khai", "Báo cáo cấp trên", "Quyết định"
LAW = "Quyết định số 24/2021/QĐ-TTg"
PAPERS = {
    paper.name: paper
    for paper in (
        Paper("visits", "Danh sách hộ cần rà soát", REVIEW, "DS-ra-soat", LAW, visit_list),
        Paper("blank", "Phiếu trống ghi hộ phát sinh", REVIEW, "Phieu-trong", "", blank_visit_list),
        Paper("minutes", "Biên bản họp dân", REVIEW, "BB-hop-dan", f"{LAW}, Điều 4", minutes),
        Paper(
            "posting",
            "Danh sách niêm yết",
            PUBLIC,
            "DS-niem-yet",
            f"{LAW}, Điều 4",
            posting,
            is_large=True,
        ),
        Paper(
            "report",
            "Báo cáo kết quả rà soát",
            REPORT,
            "BC-ket-qua-ra-soat",
            f"{LAW}, Điều 4",
            for_ward=report,
        ),
        Paper(
            "decision",
            "Quyết định công nhận và hai danh sách",
            DECISION,
            "QD-cong-nhan",
            f"{LAW}, Mẫu số 02",
            for_ward=decision,
        ),
        Paper(
            "certificates",
            "Giấy chứng nhận hộ nghèo, hộ cận nghèo",
            DECISION,
            "GCN",
            f"{LAW}, Mẫu số 03",
            certificates,
            is_posted=True,
        ),
    )
}
VILLAGE_PACK = ("visits", "blank", "minutes", "posting", "certificates")
SHORT_NAMES = (("tổ dân phố", "TDP"), ("thôn", "Thon"))


def file_name(paper: Paper, campaign: ReviewCampaign, village: Area | None, suffix: str) -> str:
    """The name of a file in plain letters: "DS-niem-yet_TDP-3_2026.pdf"."""
    place = place_name(village) if village else "toan-dia-ban"
    return f"{paper.stem}_{place}_{campaign.year}.{suffix}"


def place_name(village: Area) -> str:
    """A village in the letters of a file name: "TDP-3"."""
    words = search_key(village.name)
    for long, short in SHORT_NAMES:
        words = words.replace(search_key(long), short, 1)
    return "-".join(words.split())


def print_paper(paper: Paper, rows: list[CampaignVillage], campaign: ReviewCampaign) -> bytes:
    """The paper of some villages in one file, or of the ward. Raises PrintingUnavailable.

    Raises LookupError when no household of theirs gives it a page.
    """
    if paper.for_ward:
        documents = paper.for_ward(campaign)
    else:
        documents = [document for row in rows for document in paper.build(row)]
    if not documents:
        raise LookupError(f"{paper.title}: không có hộ nào.")
    title = f"{paper.title} – {campaign.name}"
    return render_set_pdf(documents, title=title, is_large=paper.is_large)
