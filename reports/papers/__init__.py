"""The papers of a review: built from its rows, written in three formats, taken along as a pack."""

from .made import PACK_TITLE, Made, last_made, last_taken, made_of, told
from .packs import pack_of_village, pack_of_ward, villages_of
from .papers import PAPERS, Paper, file_name, place_name, print_blank, print_paper

__all__ = [
    "PACK_TITLE",
    "PAPERS",
    "Made",
    "Paper",
    "file_name",
    "last_made",
    "last_taken",
    "made_of",
    "pack_of_village",
    "pack_of_ward",
    "place_name",
    "print_blank",
    "print_paper",
    "told",
    "villages_of",
]
