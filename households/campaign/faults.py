"""What the refusals of a review share."""

from django.core.exceptions import ValidationError

from povertyplan.core.text.vietnamese import normalise_text

NAMES_SHOWN = 5


def stated_reason(reason: str, missing: str) -> str:
    stated = normalise_text(reason)
    if not stated:
        raise ValidationError({"reason": missing})
    return stated


def some_names(names: list[str], noun: str) -> str:
    """The first few names, and how many more there are."""
    more = len(names) - NAMES_SHOWN
    listed = ", ".join(names[:NAMES_SHOWN])
    return f"{listed} và {more} {noun} khác" if more > 0 else listed
