"""The board of a review as a workbook: one row a village."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from households.campaign.procedure.selectors.steps import VillageSteps
from households.campaign.procedure.services.obstacles import obstacle_sentence
from households.campaign.progress import VillageProgress
from households.choices import CampaignStage
from households.models import ReviewCampaign
from povertyplan.core import clock
from povertyplan.core.platform.spreadsheets import Book, Value, WorkbookColumn
from povertyplan.core.text import formatting

HEADING, FIRST = 5, 6
COLUMNS = (
    WorkbookColumn("STT", 6),
    WorkbookColumn("Thôn, tổ dân phố", 26),
    WorkbookColumn("Tình trạng", 22),
    WorkbookColumn("Số hộ rà soát", 10),
    WorkbookColumn("Đã nhập", 10),
    WorkbookColumn("Còn lại", 10),
    WorkbookColumn("Cảnh báo chưa xác nhận", 12),
    WorkbookColumn("Rà soát viên", 24),
    WorkbookColumn("Nhập gần nhất", 20),
    WorkbookColumn("Hoàn thành lúc", 20),
    WorkbookColumn("Họp dân ngày", 14),
    WorkbookColumn("Niêm yết đến hết ngày", 14),
    WorkbookColumn("Khiếu nại chưa giải quyết", 12),
    WorkbookColumn("Còn vướng", 40),
)


class OverviewLine(Protocol):
    """What a row of the board knows; `warnings` is None where the reader sees no scores."""

    progress: VillageProgress
    steps: VillageSteps
    warnings: int | None


def board_workbook(
    campaign: ReviewCampaign, lines: Sequence[OverviewLine], *, condition: str
) -> bytes:
    """The villages of `lines`; `condition` says what they were filtered by, if they were."""
    book = Book(title="Tiến độ rà soát", created=clock.now())
    caption = [f"Lọc: {condition or 'tất cả thôn, tổ dân phố'}"]
    caption.append(f"lập lúc {formatting.moment(clock.now())}")
    if campaign.stage != CampaignStage.RECOGNISED:
        caption.append("số liệu chưa duyệt")
    book.sheet(
        "Tien do ra soat",
        lines=[
            f"TIẾN ĐỘ RÀ SOÁT – {campaign.name}",
            campaign.ward.name,
            f"{'; '.join(caption)}.",
        ],
        columns=COLUMNS,
        rows=_rows(lines),
        heading_row=HEADING,
        first_row=FIRST,
    )
    return book.content()


def _rows(lines: Iterable[OverviewLine]) -> Iterator[tuple[Value, ...]]:
    for number, line in enumerate(lines, start=1):
        progress, steps = line.progress, line.steps
        row = progress.campaign_village
        yield (
            number,
            progress.village.name,
            progress.state.label,
            progress.total,
            progress.done,
            progress.pending,
            line.warnings,
            str(row.reviewer or ""),
            _moment(progress.last_entry_at),
            _moment(row.finished_at),
            steps.meeting.held_on if steps.meeting else None,
            steps.posting.until if steps.posting else None,
            steps.open_complaints,
            obstacle_sentence(steps, steps.obstacle),
        )


def _moment(at) -> str:
    return formatting.moment(at) if at else ""
