"""Expressions for constraints that SQLite understands without the functions Django gives it.

A file whose constraints ask for them can be neither checked nor loaded by `sqlite3` itself.
"""

from typing import Any

from django.db.models import CharField, F, Func, Q, Value
from django.db.models.functions import ExtractYear, Length, StrIndex, Substr
from django.db.models.lookups import Exact, GreaterThan

DIGITS = "0123456789"


class PlainYear(ExtractYear):
    """The year of a date."""

    def as_sqlite(self, compiler: Any, connection: Any, **kwargs: Any) -> tuple[str, Any]:
        sql, parameters = compiler.compile(self.lhs)
        return f"CAST(SUBSTR({sql}, 1, 4) AS INTEGER)", parameters


def has_digits_only(field: str, count: int) -> Q:
    """The condition that a text is so many digits."""
    left = Func(F(field), Value(DIGITS), function="LTRIM", output_field=CharField())
    return Q(Exact(Length(field), count), Exact(left, Value("")))


def has_part_after_slash(field: str) -> Q:
    """The condition that a text has something before its first slash, and after it."""
    slash = StrIndex(field, Value("/"))
    after = Substr(field, slash + 1, 1)
    return Q(GreaterThan(slash, 1)) & ~Q(Exact(after, Value(""))) & ~Q(Exact(after, Value("/")))
