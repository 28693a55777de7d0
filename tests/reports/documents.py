"""Documents of a few blocks, built and read."""

from reports.plans.builder import build_document
from reports.printing import tree
from tests.factories.reports import BlockFactory


def block(document, kind, text="", parent=None, **parameters):
    return BlockFactory(
        document=document, kind=kind, text=text, parent=parent, parameters=parameters
    )


def only_table(document):
    return next(part for part in build_document(document).body if isinstance(part, tree.Table))


def printed(row):
    cells = [cell.text if isinstance(cell, tree.Cell) else cell for cell in row]
    return [tree.plain(cell) for cell in cells]
