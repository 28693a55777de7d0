"""The board of a review as a workbook: one row a village."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from households.campaign.procedure.selectors.steps import VillageSteps
from households.campaign.progress import VillageProgress
from households.choices import CampaignStage
from households.models import ReviewCampaign
from povertyplan.core import clock
from povertyplan.core.platform.spreadsheets import Book, Column, Value
from povertyplan.core.text import formatting

HEADING, FIRST = 5, 6
COLUMNS = (
    Column("STT", 6),
    Column("Thôn, tổ dân phố", 26),
    Column("Tình trạng", 22),
    Column("Số hộ rà soát", 10),
    Column("Đã nhập", 10),
    Column("Còn lại", 10),
    Column("Cảnh báo chưa xác nhận", 12),
    Column("Rà soát viên", 24),
    Column("Nhập gần nhất", 20),
    Column("Hoàn thành lúc", 20),
    Column("Họp dân ngày", 14),
    Column("Niêm yết đến hết ngày", 14),
    Column("Khiếu nại chưa giải quyết", 12),
    Column("Còn vướng", 40),
)


class Line(Protocol):
    """What a row of the board knows; `warnings` is None where the reader sees no scores."""

    progress: VillageProgress
    steps: VillageSteps
    warnings: int | None


def board_workbook(campaign: ReviewCampaign, lines: Sequence[Line], *, condition: str) -> bytes:
    """The villages of `lines`; `condition` says what they were filtered by, if they were."""
    book = Book(title="Tiến độ rà soát", created=clock.now())
    told = [f"Lọc: {condition or 'tất cả thôn, tổ dân phố'}"]
    told.append(f"lập lúc {formatting.moment(clock.now())}")
    if campaign.stage != CampaignStage.RECOGNISED:
        told.append("số liệu chưa duyệt")
    book.sheet(
        "Tien do ra soat",
        lines=[
            f"TIẾN ĐỘ RÀ SOÁT – {campaign.name}",
            campaign.ward.name,
            f"{'; '.join(told)}.",
        ],
        columns=COLUMNS,
        rows=_rows(lines),
        heading_row=HEADING,
        first_row=FIRST,
    )
    return book.content()


def _rows(lines: Iterable[Line]) -> Iterator[tuple[Value, ...]]:
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
            steps.obstacle,
        )


def _moment(at) -> str:
    return formatting.moment(at) if at else ""
