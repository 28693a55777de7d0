"""The acts by which the blocks of a draft are written, placed, shaped and removed."""
