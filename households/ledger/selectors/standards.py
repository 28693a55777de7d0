"""The poverty standard in force on a day, and a standard as rules and survey form need it."""

from collections.abc import Sequence
from datetime import date
from operator import attrgetter

from django.db.models import QuerySet, Subquery, prefetch_related_objects

from households.choices import Dimension
from households.models import DeprivationIndicator, PovertyStandard
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
    return StandardRules(
        code=standard.code,
        legal_reference=standard.legal_reference,
        poor_from_points=standard.poor_from_points,
        income_lines=tuple(
            ScoreLine(setting=Setting(line.setting), score_line=line.score_line)
            for line in sorted(standard.income_lines.all(), key=attrgetter("setting"))
        ),
        indicators=tuple(
            IndicatorRule(
                number=indicator.number,
                name=indicator.name,
                dimension=indicator.dimension,
                points=indicator.points,
            )
            for indicator in _indicators(standard)
        ),
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
