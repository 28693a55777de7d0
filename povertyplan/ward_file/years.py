"""The years something holds for, written `2025` or `2025-2030`."""

import re
from collections.abc import Iterator
from typing import Annotated

from pydantic import BeforeValidator, PlainSerializer

from povertyplan.core.platform.structured_file.checking import refuse


def _span(value: object) -> tuple[int, int]:
    match = re.fullmatch(r"(20\d\d)(?:-(20\d\d))?", value) if isinstance(value, str) else None
    if match is None:
        raise refuse("năm phải viết 2025 hoặc 2025-2030.")
    first, last = int(match.group(1)), int(match.group(2) or match.group(1))
    if last < first:
        raise refuse(f"năm cuối {last} đứng trước năm đầu {first}.")
    return first, last


def _written(span: tuple[int, int] | None) -> str | int | None:
    if span is None:
        return None
    return span[0] if span[0] == span[1] else f"{span[0]}-{span[1]}"


def each(span: tuple[int, int]) -> Iterator[int]:
    return iter(range(span[0], span[1] + 1))


Years = Annotated[tuple[int, int], BeforeValidator(_span), PlainSerializer(_written)]
"""First and last year, both included."""
