"""What a reason is: words that another person can judge. One rule for every field that asks why."""

import re

from django.core.exceptions import ValidationError

from povertyplan.core.text.vietnamese import normalise_text

TOO_LITTLE = "Lý do chưa rõ: viết thành câu, ít nhất hai từ."
FEWEST_WORDS, FEWEST_LETTERS, FEWEST_SIGNS = 2, 2, 4

_WORDS = re.compile(r"[^\W_]+")


def reason_fault(reason: str, missing: str = "") -> str:
    """Why what somebody gave is no reason; empty where it is one, `missing` where it is nothing.

    >>> given = ("Ghi nhầm", "QĐ 231", "x", "a b", "aa aa", "12 34")
    >>> [each for each in given if reason_fault(each)]
    ['x', 'a b', 'aa aa', '12 34']
    """
    stated = normalise_text(reason)
    if not stated:
        return missing
    words = {word.casefold() for word in _WORDS.findall(stated)}
    signs = "".join(_WORDS.findall(stated))
    says_why = (
        len(words) >= FEWEST_WORDS
        and len(signs) >= FEWEST_SIGNS
        and sum(sign.isalpha() for sign in signs) >= FEWEST_LETTERS
    )
    return "" if says_why else TOO_LITTLE


def stated_reason(reason: str, missing: str, field: str = "reason") -> str:
    """A reason without spare spaces. Raises ValidationError at `field` where it is none."""
    if fault := reason_fault(reason, missing):
        raise ValidationError({field: fault})
    return normalise_text(reason)


def check_reason(reason: str) -> None:
    """The same for a field of a form, which asks by itself whether there must be one."""
    if fault := reason_fault(reason):
        raise ValidationError(fault, code="reason")
