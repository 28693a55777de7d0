"""Reading household lists kept in workbooks: opening, recognising, judging every cell.

Nothing here knows the database. A workbook is opened in a child process with limits
(`workbook`), its columns are recognised (`layouts`), its cells are read (`values`) and its rows
are joined into households (`grouping`). What is doubtful is flagged, never guessed in silence.
"""
