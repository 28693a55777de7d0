"""A ward as one file: what a ward is set up with, read from YAML and written back to it.

`schema` says what the file may hold, `loading` brings the database in line with it, `describing`
makes the same sections of what the database holds. The format is told in `docs/ward-file.md`.
"""
