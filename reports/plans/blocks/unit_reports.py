"""Which units' reports a report rests on, whose are missing, and the figures they gave."""

from reports.choices import UnitReportState
from reports.models import Block, UnitReport
from reports.printing import tree

from .document_data import DocumentData
from .reported_figures import is_known, reported_table

NONE_ASKED = "Báo cáo này không tổng hợp từ báo cáo của các đơn vị."
RECEIVED = "Báo cáo này tổng hợp từ báo cáo của: {units}."
MISSING = "Chưa có báo cáo được tiếp nhận của: {units}."


def reporting_units(materials: DocumentData, block: Block, level: int) -> tree.Body:
    """The units whose reports were received and what they say; by name those of the others."""
    rows = UnitReport.objects.filter(request__document=materials.document)
    reports = list(rows.select_related("unit", "village").by_author())
    received = [row for row in reports if row.state == UnitReportState.RECEIVED]
    missing = [row for row in reports if row.state != UnitReportState.RECEIVED]
    said = [
        sentence.format(units="; ".join(row.author.name for row in found))
        for sentence, found in ((RECEIVED, received), (MISSING, missing))
        if found
    ]
    sentences = tuple(tree.Paragraph(sentence) for sentence in said or [NONE_ASKED])
    if materials.request is None:
        return sentences
    for figure in materials.reported:
        if not is_known(figure):
            place = f"Báo cáo của {figure.report.author.name}"
            materials.unknown_rows[place].append(figure.label)
    return (*sentences, *reported_table(materials.reported, materials.request))
