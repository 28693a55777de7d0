"""Personal numbers that two wards hold at once, until papers say whose they are."""
