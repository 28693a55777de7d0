"""What the refusals of a review share."""

NAMES_SHOWN = 5


def some_names(names: list[str], noun: str) -> str:
    """The first few names, and how many more there are."""
    more = len(names) - NAMES_SHOWN
    listed = ", ".join(names[:NAMES_SHOWN])
    return f"{listed} và {more} {noun} khác" if more > 0 else listed
