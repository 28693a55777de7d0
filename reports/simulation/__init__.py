"""A recognised review under another standard: who would change class, and what would follow.

A simulation: nothing here is a result, and nothing of it is kept.
"""
