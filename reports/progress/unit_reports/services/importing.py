"""Answers to the figures of a report from a sheet, all of them or none."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from django.core.exceptions import ValidationError

from povertyplan.core import clock
from povertyplan.core.journal import audit
from povertyplan.core.models import Area, User
from povertyplan.core.platform import versions
from povertyplan.core.registers.resources import ReadLine
from povertyplan.core.registers.writing import FaultsOfLines, LineChange, RowOutcome
from reports.choices import UnitReportState
from reports.models import UnitReport, UnitReportFigure
from reports.progress.unit_reports.differences import (
    FigureReply,
    figure_words,
    may_estimate,
    reply_faults,
)
from reports.progress.unit_reports.services.writing import (
    NOT_BEGUN,
    answer_figure,
    hold_report,
    name_report,
    refuse_writing,
)

COLUMNS = {
    "key": "Mã dòng",
    "answer": "Trả lời",
    "own": "Sửa thành",
    "reason": "Lý do sửa",
    "estimate": "Ước cả kỳ",
}
UNKNOWN_LINE = "Báo cáo này không có dòng số liệu mang mã “{key}”. Tải lại tệp mẫu."
NAMED_TWICE = "Mã này đã có ở một dòng trên."


@dataclass(frozen=True)
class FigureLine:
    """A line of the sheet: which figure, and what the unit says to it; nothing where empty."""

    key: str
    reply: FigureReply


@audit.business_act(label="Nhập số liệu báo cáo của đơn vị từ Excel", source="import")
def import_figures(
    *, report: UnitReport, ward: Area, lines: Sequence[ReadLine[FigureLine]], by: User
) -> list[RowOutcome]:
    """Write what the lines say to the figures. A line without a reply leaves its figure as it is.

    Raises ValidationError for each fault, also of a report that the unit cannot write now.
    """
    current = hold_report(report)
    refuse_writing(current, by)
    if current.state == UnitReportState.NOT_BEGUN:
        raise ValidationError(NOT_BEGUN)
    figures = {figure.key: figure for figure in current.figures.all()}
    faults, outcomes = FaultsOfLines(COLUMNS), list[RowOutcome]()
    seen: set[str] = set()
    for each in lines:
        outcome = faults.attempt(each.line, partial(_answer, current, figures, seen, each))
        if outcome is not None:
            outcomes.append(outcome)
    faults.refuse()
    changed = [each for each in outcomes if not each.is_same]
    if changed:
        fields = ("answer", "own", "reason", "estimate")
        UnitReportFigure.objects.bulk_update(figures.values(), fields)
        versions.update(current, version=current.version, state=current.state)
        summary = f"{name_report(current)}: nhập {len(changed)} số liệu từ Excel."
        audit.record(current, summary, ward=ward)
    return outcomes


def _answer(
    report: UnitReport,
    figures: dict[str, UnitReportFigure],
    seen: set[str],
    each: ReadLine[FigureLine],
) -> RowOutcome:
    key, reply = each.subject.key, each.subject.reply
    if key not in figures:
        raise ValidationError({"key": UNKNOWN_LINE.format(key=key)})
    if key in seen:
        raise ValidationError({"key": NAMED_TWICE})
    seen.add(key)
    figure, asked = figures[key], report.request
    allowed = may_estimate(data_on=asked.data_on, last_day=asked.last_day, today=clock.today())
    is_kept = reply.estimate == figure.estimate
    if faults := reply_faults(reply, estimate_allowed=allowed or is_kept):
        raise ValidationError(faults)
    if reply == FigureReply() or not answer_figure(figure, reply):
        return RowOutcome(each.line, LineChange.SAME, figure.label)
    return RowOutcome(each.line, LineChange.CHANGED, figure.label, figure_words(figure))
