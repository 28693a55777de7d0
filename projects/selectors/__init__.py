"""Reads: component projects with their units, targets with what was reached."""
