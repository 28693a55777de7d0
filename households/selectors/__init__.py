"""Reads: what the screens and papers ask of the register, the review and the ledger."""

from .movements import movement_tables
from .statuses import (
    ClassCounts,
    NewlyEscaped,
    VillageCounts,
    class_counts,
    class_counts_by_village,
    newly_escaped,
)

__all__ = [
    "ClassCounts",
    "NewlyEscaped",
    "VillageCounts",
    "class_counts",
    "class_counts_by_village",
    "movement_tables",
    "newly_escaped",
]
