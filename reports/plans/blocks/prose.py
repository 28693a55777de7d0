"""Blocks that hold a text of their own."""

from reports.models import Block
from reports.printing import tree

from .document_data import DocumentData, place_of

DEEPEST_LEVEL = 3
"""Below I., 1. and a) an administrative document has no further numbers."""


def heading(materials: DocumentData, block: Block, level: int) -> tree.Body:
    title = tree.plain(materials.text(block.text, place_of(block)))
    return (tree.Heading(min(level, DEEPEST_LEVEL), title),)


def numbered(materials: DocumentData, block: Block, level: int) -> tree.Body:
    text = materials.text(block.text, place_of(block))
    return (tree.Numbered(text, level=min(max(level, 2), DEEPEST_LEVEL)),)


def paragraph(materials: DocumentData, block: Block, level: int) -> tree.Body:
    return (tree.Paragraph(materials.text(block.text, place_of(block))),)


def dash(materials: DocumentData, block: Block, level: int) -> tree.Body:
    return (tree.Dash(materials.text(block.text, place_of(block))),)


def plus(materials: DocumentData, block: Block, level: int) -> tree.Body:
    return (tree.Plus(materials.text(block.text, place_of(block))),)
