"""Files that people write by hand: YAML read as text, checked whole, every error with its line.

YAML would turn `01` into 1, `no` into False and crash on 2024-02-30. Here every scalar stays the
text that was typed (nothing typed is None), and a pydantic model says what it means. All errors
of a file are reported together, each with its line and path.
"""
