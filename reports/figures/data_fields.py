"""Data fields: the named figures a text may hold, written `{poor_households 2024}`.

Pure: this module knows names and parameters, `reports.figures` knows the values. A text outside
braces is printed as it stands; there is no way to write a brace itself.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from households.choices import DEPRIVATION_FIELDS

from .times import MOMENT_SHAPE, SPAN_SHAPE, is_time

YEAR, INDICATOR, DEPRIVATION = "year", "indicator", "deprivation"

FIELDS: Mapping[str, tuple[str, ...]] = {
    "poor_households": (YEAR,),
    "near_poor_households": (YEAR,),
    "poor_percent": (YEAR,),
    "near_poor_percent": (YEAR,),
    "total_households": (YEAR,),
    "newly_escaped_households": (YEAR,),
    "poor_decrease": (YEAR,),
    "poor_increase": (YEAR,),
    "poor_reduction": (YEAR,),
    "near_poor_decrease": (YEAR,),
    "near_poor_increase": (YEAR,),
    "near_poor_reduction": (YEAR,),
    "village_count": (),
    "target": (INDICATOR, YEAR),
    "target_rate": (INDICATOR, YEAR),
    "target_reduction": (INDICATOR, YEAR),
    "actual": (INDICATOR, YEAR),
    "estimate": (INDICATOR, YEAR),
}
"""Name of each field and what its parameters are."""

WITHIN_YEAR: Mapping[str, re.Pattern[str]] = {
    **dict.fromkeys(
        (
            *("poor_households", "near_poor_households", "poor_percent", "near_poor_percent"),
            *("total_households", "newly_escaped_households", "actual"),
        ),
        MOMENT_SHAPE,
    ),
    **dict.fromkeys(
        (
            *("poor_decrease", "poor_increase", "poor_reduction", "estimate"),
            *("near_poor_decrease", "near_poor_increase", "near_poor_reduction"),
        ),
        SPAN_SHAPE,
    ),
}
"""Names whose year may also be a part of it, some of them a day: see `reports.figures.times`."""

QUERIES: Mapping[str, tuple[str, ...]] = {
    "poor_households": (),
    "near_poor_households": (),
    "poor_percent": (),
    "near_poor_percent": (),
    "newly_escaped_households": (),
    "not_deprived_percent": (DEPRIVATION,),
    "listed_households": (),
    "listed_percent": (),
    "poor_persons": (),
    "near_poor_persons": (),
    "listed_persons": (),
    "poor_persons_percent": (),
    "minority_poor_households": (),
    "minority_near_poor_households": (),
    "minority_poor_percent": (),
    "deprived_poor_households": (DEPRIVATION,),
    "deprived_near_poor_households": (DEPRIVATION,),
    "deprived_households": (DEPRIVATION,),
    "deprived_poor_percent": (DEPRIVATION,),
    "deprived_near_poor_percent": (DEPRIVATION,),
    "deprived_percent": (DEPRIVATION,),
    "open_needs": (),
    "needs_served_percent": (),
    "supports_given": (),
    "supported_households": (),
    "supported_listed_percent": (),
    "livelihoods_running": (),
    "livelihood_households": (),
    "low_income_workers": (),
    "supported_workers_percent": (),
    "insured_poor_percent": (),
    "insured_near_poor_percent": (),
    "insured_percent": (),
    "schooled_percent": (),
    "schooled_at_level_percent": (),
    "disbursed_millions": (),
    "disbursed_percent": (),
}
"""What may compute an indicator's actual; the year comes from the target."""

ANY_STANDARD = frozenset(
    {
        "open_needs",
        "needs_served_percent",
        "supports_given",
        "supported_households",
        "livelihoods_running",
        "livelihood_households",
        "low_income_workers",
        "supported_workers_percent",
        "disbursed_millions",
        "disbursed_percent",
    }
)
"""Queries that ask nobody's class: their figures go on where the poverty standard changes."""

NUMBERED = frozenset(name for name, kinds in QUERIES.items() if DEPRIVATION in kinds)
"""Queries that are told which deprivations they are about."""

SEVERAL = frozenset({"not_deprived_percent"})
"""Names whose last parameter may be given several times."""

_PIECES = re.compile(r"(\{[^{}]*\})|([{}])")
_SHAPES = {
    YEAR: (re.compile(r"20\d\d"), "một năm, ví dụ 2025"),
    INDICATOR: (re.compile(r"[a-z][a-z0-9_]*"), "mã một chỉ tiêu"),
    DEPRIVATION: (
        re.compile("|".join(str(number) for number in range(1, len(DEPRIVATION_FIELDS) + 1))),
        f"số của chỉ số thiếu hụt, từ 1 đến {len(DEPRIVATION_FIELDS)}",
    ),
}


_MEANINGS = {
    SPAN_SHAPE: "một năm hay kỳ, ví dụ 2025, 2025-q2, 2025-h1 (6 tháng), 2025-9m",
    MOMENT_SHAPE: "một năm, kỳ hay ngày, ví dụ 2025, 2025-q2, 2025-h1, 2025-9m, 2025-06-30",
}


class FieldError(ValueError):
    """A text whose fields cannot be read, in a Vietnamese sentence."""


@dataclass(frozen=True)
class DataField:
    """One field of a text."""

    name: str
    parameters: tuple[str, ...] = ()

    def __str__(self) -> str:
        return " ".join((self.name, *self.parameters))

    @property
    def indicator(self) -> str | None:
        """The code of the indicator it is about, where it is about one."""
        kinds = FIELDS.get(self.name, ())
        return self.parameters[kinds.index(INDICATOR)] if INDICATOR in kinds else None


def parse(text: str) -> tuple[str | DataField, ...]:
    """The parts of a text in reading order. Raises FieldError for a field that does not exist.

    >>> parse("Còn {poor_households 2024} hộ.")
    ('Còn ', DataField(name='poor_households', parameters=('2024',)), ' hộ.')
    """
    parts: list[str | DataField] = []
    end = 0
    for match in _PIECES.finditer(text):
        if match.group(2):
            raise FieldError("dấu { hoặc } không thành cặp.")
        parts += [text[end : match.start()], _field(match.group(1)[1:-1], FIELDS)]
        end = match.end()
    return tuple(part for part in (*parts, text[end:]) if part)


def parse_query(text: str) -> DataField:
    """The query of an indicator. Raises FieldError for a query that does not exist.

    >>> parse_query("not_deprived_percent 11 12").parameters
    ('11', '12')
    >>> parse_query("not_deprived_percent 9").parameters
    ('9',)
    """
    return _field(text, QUERIES)


def _field(text: str, known: Mapping[str, tuple[str, ...]]) -> DataField:
    name, *parameters = text.split() or [""]
    if name not in known:
        raise FieldError(f"không có số liệu “{name}”; các số liệu: {', '.join(known)}.")
    kinds = known[name]
    if name in SEVERAL:
        kinds += kinds[-1:] * (len(parameters) - len(kinds))
    if len(parameters) != len(kinds):
        needed = ", ".join(_SHAPES[kind][1] for kind in kinds) or "không có tham số nào"
        raise FieldError(f"số liệu “{name}” cần: {needed}.")
    for kind, value in zip(kinds, parameters, strict=True):
        shape, meaning = _SHAPES[kind]
        if kind == YEAR and name in WITHIN_YEAR:
            shape, meaning = WITHIN_YEAR[name], _MEANINGS[WITHIN_YEAR[name]]
        if not shape.fullmatch(value) or (kind == YEAR and not is_time(value)):
            raise FieldError(f"số liệu “{name}”: “{value}” không phải {meaning}.")
    return DataField(name, tuple(parameters))
