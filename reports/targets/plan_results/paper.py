"""What became of a plan as paper and workbook (bảng theo dõi thực hiện kế hoạch)."""

from collections.abc import Iterator

from django.conf import settings

from povertyplan.core.text import formatting
from reports.choices import FileFormat
from reports.papers.frame import made_on
from reports.printing import tree
from reports.printing.docx import render_docx
from reports.printing.issuer import issuer_lines, issuer_of
from reports.printing.pdf import render_pdf
from reports.printing.xlsx import render_workbook
from reports.progress.calendar.services.periods import name_request
from reports.targets.plan_results import presenters as words
from reports.targets.plan_results.selectors import PlanResults

CENTER = tree.Align.CENTER
SHEET_NAME = "Thuc hien ke hoach"
TARGET_HEAD = (
    "TT",
    "Chỉ tiêu",
    "Đơn vị tính",
    "In trong kế hoạch",
    "Điều chỉnh",
    "Thực hiện",
    "Tiến độ so với gốc",
    "Đánh giá",
    "Đơn vị theo dõi",
    "Báo cáo tới sẽ ghi",
)
TARGET_WIDTHS = (4, 18, 7, 14, 10, 8, 9, 10, 9, 11)
TASK_HEAD = ("TT", "Đơn vị", "Nhiệm vụ trong kế hoạch", "Hoạt động trong năm")
DEADLINE_HEAD = ("TT", "Hạn", "Nội dung", "Đơn vị", "Tình trạng")
NARRATIVE_HEAD = ("TT", "Đơn vị", "Kỳ báo cáo", "Kết quả đơn vị viết")


def write_results(results: PlanResults, ending: str) -> bytes:
    """The file of a plan's year. Raises KeyError for another ending, PrintingUnavailable."""
    return WRITERS[FileFormat(ending)](results_paper(results))


def results_paper(results: PlanResults) -> tree.DocumentTree:
    issuer = issuer_of(results.ward)
    tables = (_targets(results), _narratives(results), _tasks(results), _deadlines(results))
    next_report = words.name_next(results.next_report)
    none_next = words.NO_NEXT_REPORT.format(year=results.year)
    return tree.DocumentTree(
        kind="Bảng theo dõi",
        subject=f"Thực hiện {results.plan.get_kind_display().lower()} "
        f"{results.plan.subject}, năm {results.year}",
        symbol="UBND",
        issuer=issuer,
        issuer_lines=issuer_lines(issuer, results.ward.name),
        place=results.ward.place_line or results.ward.name,
        year=results.today.year,
        body=(
            tree.Paragraph(f"{words.describe_plan(results.plan)}."),
            *(table for table in tables if table.rows),
            tree.Paragraph(f"Báo cáo tới: {next_report}." if next_report else none_next),
        ),
        closing=words.summary(results.targets) or f"Năm {results.year} chưa có chỉ tiêu",
        signature=tree.Signature(("Người lập bảng",)),
        recipients=(),
        archive="VT",
        by_hand=True,
        landscape=True,
        demo=settings.DEMO,
        source=made_on(),
    )


WRITERS = {
    FileFormat.PDF: render_pdf,
    FileFormat.WORD: render_docx,
    FileFormat.EXCEL: lambda paper: render_workbook([(SHEET_NAME, paper)], title=paper.title),
}


def _targets(results: PlanResults) -> tree.Table:
    lines = [line for group in words.target_groups(results.targets) for line in group.lines]
    rows, number = [], 0
    for each in lines:
        row = each.line.row
        number += not row.is_rate_of_count
        changes = "; ".join(f"{version.text} ({version.reason})" for version in each.later)
        rows.append(
            (
                "" if row.is_rate_of_count else str(number),
                row.name,
                row.unit,
                each.target.printed or words.NOT_PRINTED,
                changes,
                row.judged.actual_text,
                each.progress,
                each.line.standing,
                row.indicator.owner.name if row.indicator.owner else "",
                each.said,
            )
        )
    return _table("Chỉ tiêu", TARGET_HEAD, TARGET_WIDTHS, rows)


def _narratives(results: PlanResults) -> tree.Table:
    found = {each.narrative.pk: each.narrative for each in results.targets if each.narrative}
    rows = [
        (str(number), report.author.name, name_request(report.request), report.results)
        for number, report in enumerate(found.values(), start=1)
    ]
    return _table("Lời văn gần nhất của đơn vị", NARRATIVE_HEAD, (5, 22, 15, 58), rows)


def _tasks(results: PlanResults) -> tree.Table:
    rows = [
        (str(number), task.unit.name, task.text, words.task_standing(task))
        for number, task in enumerate(results.tasks, start=1)
    ]
    return _table("Nhiệm vụ giao cho đơn vị", TASK_HEAD, (5, 22, 48, 25), rows)


def _deadlines(results: PlanResults) -> tree.Table:
    rows = [(str(number), *cells) for number, cells in enumerate(sorted(_dated(results)), start=1)]
    shown = [(number, formatting.day(day), *more) for number, day, *more in rows]
    return _table("Thời hạn", DEADLINE_HEAD, (5, 12, 43, 20, 20), shown)


def _dated(results: PlanResults) -> Iterator[tuple]:
    for each in results.activities:
        if each.activity.due_on:
            owner = each.activity.owner.name if each.activity.owner else ""
            yield each.activity.due_on, each.activity.name, owner, str(each.state.label)
    for deadline in results.reports:
        if deadline.due_on:
            unit = deadline.line.rule.recipient
            yield deadline.due_on, words.name_deadline(deadline), unit, str(deadline.state.label)


def _table(title: str, head, widths, rows) -> tree.Table:
    first, *others = widths
    return tree.Table(
        columns=(
            tree.TableColumn(first, CENTER, numeric=True),
            *map(tree.TableColumn, others),
        ),
        head=(head,),
        rows=tuple(rows),
        title=title,
    )
