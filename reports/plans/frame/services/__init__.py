"""The acts by which the parts around the text of a draft are written."""
