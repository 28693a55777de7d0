"""Writes about programmes, component projects, indicators and targets."""
