"""Documents: what a plan or report is made of, what was signed of it; which forms were made.

Progress reports: when they are due, what each unit reports. Findings of supervision.
"""

from .accepted_finding import AcceptedFinding
from .assigned_target import AssignedTarget
from .block import Block
from .comment import BlockComment
from .document import Document, DocumentBasis, DocumentDuty, DutyItem, Recipient
from .draft_version import DraftVersion, DraftVersionContent
from .indicator_table import IndicatorTable, IndicatorTableRow
from .legal_document import LegalDocument
from .print_run import PrintRun
from .proposal import BasisProposal, BlockProposal, ReturnedWord
from .report_period import ReportingRule, ReportRequest
from .sent_report import SentReport
from .snapshot import FigureCheck, Snapshot, SnapshotContent
from .standard_baseline import StandardBaseline
from .supervision import SupervisionFinding
from .unit_report import UnitReport, UnitReportFigure, UnitReportReturn, UnitReportSending
from .word_upload import WordPassage, WordUpload

__all__ = [
    "AcceptedFinding",
    "AssignedTarget",
    "BasisProposal",
    "Block",
    "BlockComment",
    "BlockProposal",
    "Document",
    "DocumentBasis",
    "DocumentDuty",
    "DraftVersion",
    "DraftVersionContent",
    "DutyItem",
    "FigureCheck",
    "IndicatorTable",
    "IndicatorTableRow",
    "LegalDocument",
    "PrintRun",
    "Recipient",
    "ReportRequest",
    "ReportingRule",
    "ReturnedWord",
    "SentReport",
    "Snapshot",
    "SnapshotContent",
    "StandardBaseline",
    "SupervisionFinding",
    "UnitReport",
    "UnitReportFigure",
    "UnitReportReturn",
    "UnitReportSending",
    "WordPassage",
    "WordUpload",
]
