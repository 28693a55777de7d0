"""The papers of a review: built from its rows, written in three formats, taken along as a pack."""
