"""Registers as workbooks, in and out, through django-import-export (ADR 21).

A noun's `resources.py` says which columns its register has; its services write. The file is opened
by a reader that the noun passes in, so that nothing here opens what a stranger made.
"""
