"""Workbooks that leave the register: lists, and officers' own files with their mistakes marked."""
