"""One builder per kind of block: a stored block and the document's data in, tree blocks out.

A builder takes the document's `Materials`, the block, and the level a heading would have where
the block stands. It returns blocks of the printed tree; what cannot be known is said in words.
"""

from collections.abc import Callable

from reports.choices import BlockKind
from reports.models import Block
from reports.printing.tree import Body

from .components import component_blocks, duty_lists, project_units_table
from .deprivations import deprivations_table
from .document_data import DocumentData, DocumentError
from .goals import goal_list
from .headlines import headlines
from .money import money_table
from .movements import movement_pair
from .prose import dash, heading, numbered, paragraph, plus
from .roadmap import roadmap_table
from .target_results import target_results_table
from .unit_reports import reporting_units
from .villages import villages_table

Builder = Callable[[DocumentData, Block, int], Body]

BUILDERS: dict[str, Builder] = {
    BlockKind.HEADING: heading,
    BlockKind.PARAGRAPH: paragraph,
    BlockKind.DASH: dash,
    BlockKind.PLUS: plus,
    BlockKind.NUMBERED: numbered,
    BlockKind.TARGETS: goal_list,
    BlockKind.ROADMAP: roadmap_table,
    BlockKind.COMPONENTS: component_blocks,
    BlockKind.DUTIES: duty_lists,
    BlockKind.TARGET_RESULTS: target_results_table,
    BlockKind.MOVEMENT: movement_pair,
    BlockKind.DEPRIVATIONS: deprivations_table,
    BlockKind.VILLAGES: villages_table,
    BlockKind.PROJECT_UNITS: project_units_table,
    BlockKind.MONEY: money_table,
    BlockKind.UNIT_REPORTS: reporting_units,
    BlockKind.HEADLINES: headlines,
}
"""Appendix and closing are parts around the body: `reports.plans.builder` places them."""

__all__ = ["BUILDERS", "Builder", "DocumentData", "DocumentError"]
