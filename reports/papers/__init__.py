"""The papers of a review: built from its rows, printed, taken along as one pack."""

from .packs import pack_of_village, pack_of_ward
from .papers import PAPERS, VILLAGE_PACK, Paper, file_name, print_paper

__all__ = [
    "PAPERS",
    "VILLAGE_PACK",
    "Paper",
    "file_name",
    "pack_of_village",
    "pack_of_ward",
    "print_paper",
]
