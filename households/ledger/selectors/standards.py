"""The poverty standard in force on a day, and a standard as rules and survey form need it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter

from django.db.models import Exists, OuterRef, QuerySet, Subquery, Value, prefetch_related_objects

from households.choices import Dimension
from households.models import (
    DeprivationIndicator,
    IncomeLine,
    PovertyCause,
    PovertyStandard,
    Review,
)
from households.rules.classification import IndicatorRule, ScoreLine, StandardRules
from povertyplan.core.choices import Setting


def standard_in_force(on: date) -> PovertyStandard | None:
    """The standard that holds on a day, the later of two side by side; one query."""
    return PovertyStandard.objects.in_force(on=on).first()


def standard_on(standards: Sequence[PovertyStandard], on: date) -> PovertyStandard | None:
    """The same among standards that were read, the latest first."""
    held = (one for one in standards if one.valid_from <= on)
    return next((one for one in held if one.valid_to is None or one.valid_to >= on), None)


def standards_latest_first() -> list[PovertyStandard]:
    """Every standard that there was; one query."""
    return list(PovertyStandard.objects.order_by("-valid_from", "-pk"))


def indicators_in_force(on: date) -> QuerySet[DeprivationIndicator]:
    """The indicators of the standard in force on a day, by number."""
    standard = PovertyStandard.objects.in_force(on=on).values("pk")[:1]
    return DeprivationIndicator.objects.filter(standard=Subquery(standard)).order_by("number")


def standard_rules(standard: PovertyStandard) -> StandardRules:
    """The standard as a value that `classify` takes; two queries, none for one read already."""
    prefetch_related_objects([standard], "income_lines")
    lines = ((line.setting, line.score_line) for line in standard.income_lines.all())
    indicators = (
        IndicatorRule(
            number=indicator.number,
            name=indicator.name,
            dimension=indicator.dimension,
            points=indicator.points,
        )
        for indicator in _indicators(standard)
    )
    return _rules_of(standard, lines, indicators)


@dataclass(frozen=True)
class Vocabulary:
    """What a survey form may say: the standard as `classify` takes it, and the causes by number.

    `given` are the causes that it named in `version`: each save counts the version up, so they
    still hold while it stands.
    """

    review: int
    version: int
    rules: StandardRules
    causes: dict[int, PovertyCause]
    given: frozenset[int]


def read_vocabulary(review: Review) -> Vocabulary:
    """Lines, indicators and causes for one form, which each save asks for: one query."""
    standard = review.campaign.standard
    named = Review.causes.through.objects.filter(review=review.pk, povertycause=OuterRef("pk"))
    # Columns: kind, number, text, dimension, points or key, whether the form names it.
    lines = IncomeLine.objects.filter(standard=standard).values_list(
        Value("line"), "score_line", "setting", Value(""), Value(0), Value(value=False)
    )
    indicators = DeprivationIndicator.objects.filter(standard=standard).values_list(
        Value("indicator"), "number", "name", "dimension", "points", Value(value=False)
    )
    causes = PovertyCause.objects.values_list(
        Value("cause"), "number", "name", Value(""), "pk", Exists(named)
    )
    asked = [each.order_by() for each in (lines, indicators, causes)]
    found = defaultdict(list)
    for kind, *columns in asked[0].union(*asked[1:], all=True):
        found[kind].append(columns)
    by_number = sorted(found["cause"])
    return Vocabulary(
        review=review.pk,
        version=review.version,
        rules=_rules_of(
            standard,
            ((setting, score_line) for score_line, setting, *_rest in found["line"]),
            (IndicatorRule(*columns[:4]) for columns in sorted(found["indicator"])),
        ),
        causes={
            number: PovertyCause(pk=pk, number=number, name=name)
            for number, name, _dimension, pk, _is_named in by_number
        },
        given=frozenset(number for number, *_rest, is_named in by_number if is_named),
    )


def _rules_of(
    standard: PovertyStandard,
    lines: Iterable[tuple[str, int | None]],
    indicators: Iterable[IndicatorRule],
) -> StandardRules:
    return StandardRules(
        code=standard.code,
        legal_reference=standard.legal_reference,
        poor_from_points=standard.poor_from_points,
        income_lines=tuple(
            ScoreLine(setting=Setting(setting), score_line=score_line)
            for setting, score_line in sorted(lines)
        ),
        indicators=tuple(indicators),
    )


def standards_with_rules() -> tuple[tuple[PovertyStandard, StandardRules], ...]:
    """Every standard with its rules, to ask which are in force on a day; three queries."""
    standards = PovertyStandard.objects.prefetch_related("income_lines", "indicators")
    return tuple((standard, standard_rules(standard)) for standard in standards)


def indicators_by_dimension(
    standard: PovertyStandard,
) -> list[tuple[Dimension, list[DeprivationIndicator]]]:
    """The indicators of the survey form in its order, under the dimension each belongs to."""
    groups: dict[str, list[DeprivationIndicator]] = {}
    for each in _indicators(standard):
        groups.setdefault(each.dimension, []).append(each)
    return [(Dimension(dimension), members) for dimension, members in groups.items()]


def _indicators(standard: PovertyStandard) -> list[DeprivationIndicator]:
    """In the order of the form. Kept on the object: rules and form of a request share one read."""
    prefetch_related_objects([standard], "indicators")
    return sorted(standard.indicators.all(), key=attrgetter("number"))
