"""The named queries of indicators: each finds the rows behind its number, then counts them."""
