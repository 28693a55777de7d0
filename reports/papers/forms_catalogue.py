"""The papers by name: what builds each, and what its file is called."""

from collections.abc import Callable
from dataclasses import dataclass

from households.models import CampaignVillage, ReviewCampaign
from povertyplan.core.models import Area
from povertyplan.core.platform.jobs import ProgressSink, ignore_progress
from povertyplan.core.text.vietnamese import search_key
from reports.choices import FileFormat
from reports.printing import tree
from reports.printing.docx import render_set_docx
from reports.printing.pdf import render_set_pdf
from reports.printing.xlsx import render_workbook

from .certificates import blank_certificate, certificates
from .decision import blank_decision, decision
from .lists import (
    blank_list_of,
    blank_posting,
    blank_visit_list,
    escaped_list,
    near_poor_list,
    poor_list,
    posting,
    visit_list,
)
from .minutes import blank_minutes, minutes
from .report import report

Documents = list[tree.DocumentTree]
WARD_NAME = "toan-dia-ban"


@dataclass(frozen=True)
class PrintForm:
    """A paper of the review. `build` makes it for a village; `for_ward` for the whole ward.

    `blank` makes it empty, None where that says nothing; `is_list` says that it goes into a
    workbook too, `is_batch` that it has pages for each household: minutes of work for a ward.
    """

    name: str
    title: str
    group: str
    stem: str  # of the file name: "DS-niem-yet"
    blank: Callable[[ReviewCampaign], Documents] | None
    build: Callable[[CampaignVillage], Documents] | None = None
    for_ward: Callable[[ReviewCampaign], Documents] | None = None
    code: str = ""
    legal: str = ""
    is_list: bool = False
    is_large: bool = False
    is_batch: bool = False

    @property
    def waits_for_decision(self) -> bool:
        """Whether it says what only a decision makes so: a draft until then."""
        return self.group == DECISION

    @property
    def formats(self) -> tuple[FileFormat, ...]:
        """What it can be taken away as."""
        return tuple(FileFormat) if self.is_list else (FileFormat.PDF, FileFormat.WORD)


REVIEW, PUBLIC, REPORT, DECISION = "Rà soát", "Công khai", "Báo cáo cấp trên", "Quyết định"
LAW = "Quyết định số 24/2021/QĐ-TTg"
LISTS = (
    ("poor", "Hộ nghèo", "DS-ho-ngheo", poor_list),
    ("near-poor", "Hộ cận nghèo", "DS-ho-can-ngheo", near_poor_list),
    ("escaped", "Hộ thoát nghèo, hộ thoát cận nghèo", "DS-ho-thoat-ngheo", escaped_list),
)
PRINT_FORMS = {
    paper.name: paper
    for paper in (
        PrintForm(
            "visits",
            "Danh sách hộ cần rà soát",
            REVIEW,
            "DS-ra-soat",
            blank_visit_list,
            visit_list,
            legal=f"{LAW}, Điều 4",
            is_list=True,
        ),
        PrintForm(
            "minutes",
            "Biên bản họp dân",
            REVIEW,
            "BB-hop-dan",
            blank_minutes,
            minutes,
            legal=f"{LAW}, Điều 4",
        ),
        PrintForm(
            "posting",
            "Danh sách niêm yết",
            PUBLIC,
            "DS-niem-yet",
            blank_posting,
            posting,
            legal=f"{LAW}, Điều 4",
            is_list=True,
            is_large=True,
        ),
        PrintForm(
            "report",
            "Báo cáo kết quả rà soát",
            REPORT,
            "BC-ket-qua-ra-soat",
            None,
            for_ward=report,
            legal=f"{LAW}, Điều 4",
        ),
        *(
            PrintForm(
                name,
                f"Danh sách {who.lower()}",
                DECISION,
                stem,
                blank_list_of(who),
                build,
                is_list=True,
            )
            for name, who, stem, build in LISTS
        ),
        PrintForm(
            "decision",
            "Quyết định công nhận và hai danh sách",
            DECISION,
            "QD-cong-nhan",
            blank_decision,
            for_ward=decision,
            code="Mẫu số 02",
            legal=LAW,
            is_list=True,
        ),
        PrintForm(
            "certificates",
            "Giấy chứng nhận hộ nghèo, hộ cận nghèo",
            DECISION,
            "GCN",
            blank_certificate,
            certificates,
            code="Mẫu số 03",
            legal=LAW,
            is_batch=True,
        ),
    )
}
VILLAGE_PACK = tuple(name for name, paper in PRINT_FORMS.items() if paper.build is not None)
PACK, PACK_TITLE = "pack", "Bộ mẫu"  # all forms of a village printed at once
BLANKS_IN_PACK = ("visits",)  # households ask on the way
SHORT_NAMES = (("tổ dân phố", "TDP"), ("thôn", "Thon"))


def file_name(
    paper: PrintForm,
    campaign: ReviewCampaign,
    village: Area | None,
    ending: str,
    *,
    blank: bool = False,
) -> str:
    """The name of a file in plain letters: "DS-niem-yet_TDP-3_2026.pdf"."""
    stem = f"{paper.stem}_mau-trong" if blank else paper.stem
    place = [] if blank else [place_name(village) if village else WARD_NAME]
    return "_".join([stem, *place, f"{campaign.year}.{ending}"])


def place_name(village: Area) -> str:
    """A village in the letters of a file name: "TDP-3"."""
    words = search_key(village.name)
    for long, short in SHORT_NAMES:
        words = words.replace(search_key(long), short, 1)
    return "-".join(words.split())


def print_filled(
    paper: PrintForm,
    rows: list[CampaignVillage],
    campaign: ReviewCampaign,
    ending: str,
    progress: ProgressSink = ignore_progress,
) -> bytes:
    """The paper of some villages in one file, or of the ward. Raises PrintingUnavailable.

    Raises LookupError when no household of theirs gives it a page.
    """
    if paper.for_ward:
        documents = [(paper.title, document) for document in paper.for_ward(campaign)]
    elif paper.build:
        documents = []
        for done, row in enumerate(rows):
            progress(f"Lập mẫu của {row.village}", done, len(rows))
            documents += [(row.village.name, each) for each in paper.build(row)]
    else:
        documents = []
    if not documents:
        raise LookupError(f"{paper.title}: không có hộ nào.")
    progress(f"Ghi {len(documents)} văn bản vào tệp")
    return _written(paper, campaign, documents, ending)


def print_blank(paper: PrintForm, campaign: ReviewCampaign, ending: str) -> bytes:
    """The empty paper. Raises PrintingUnavailable, and LookupError where there is none."""
    if paper.blank is None:
        raise LookupError(f"{paper.title}: không có mẫu trống.")
    documents = [(paper.title, document) for document in paper.blank(campaign)]
    return _written(paper, campaign, documents, ending)


def _written(
    paper: PrintForm,
    campaign: ReviewCampaign,
    documents: list[tuple[str, tree.DocumentTree]],
    ending: str,
) -> bytes:
    title = f"{paper.title} – {campaign.name}"
    if ending == FileFormat.EXCEL:
        return render_workbook(documents, title=title)
    render = render_set_docx if ending == FileFormat.WORD else render_set_pdf
    return render([each for _name, each in documents], title=title, is_large=paper.is_large)
