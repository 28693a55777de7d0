"""What an entered form would come to under another standard (mô phỏng). Pure; never a result.

An indicator of which nobody was asked is not known, and is never taken for "not deprived". The B1
points of a line are typed: nothing scales them from an income.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from households.choices import NoClass, PovertyClass
from households.rules.classification import IndicatorRule, ScoreRefused, StandardRules, classify
from povertyplan.core.choices import Setting
from povertyplan.core.text.vietnamese import search_key


@dataclass(frozen=True)
class EnteredForm:
    """A form as it was entered, with the class it was computed to and the one recorded."""

    income_score: int
    deprivations: frozenset[int]
    computed_class: str
    recorded_class: str


@dataclass(frozen=True)
class SimulatedOutcome:
    """A class, or why there is none; `missing` are the answers on which the class depends."""

    value: str
    missing: tuple[IndicatorRule, ...] = ()

    @property
    def is_class(self) -> bool:
        return self.value in PovertyClass.values


def answered_by(asked: StandardRules, simulated: StandardRules) -> dict[int, int | None]:
    """For each indicator of a standard the number under which a form of another one asked it.

    It is the same indicator where dimension and name are the same; None where nobody was asked.
    """
    numbers = {_meaning(each): each.number for each in asked.indicators}
    return {each.number: numbers.get(_meaning(each)) for each in simulated.indicators}


def unasked_indicators(
    simulated: StandardRules, answers: Mapping[int, int | None]
) -> list[IndicatorRule]:
    return [each for each in simulated.indicators if answers[each.number] is None]


def simulate_class(
    form: EnteredForm,
    simulated: StandardRules,
    setting: str,
    answers: Mapping[int, int | None],
) -> SimulatedOutcome:
    """The class of a form under a standard, where its answers decide it.

    Where the class is the same whatever the missing answers are, it is known. A form whose class
    was recorded otherwise for a reason keeps that as long as it is computed to the same class.
    """
    try:
        line = simulated.score_line(setting)
    except ScoreRefused:
        return SimulatedOutcome(NoClass.NO_LINE)
    if form.income_score > line:
        return SimulatedOutcome(_recorded(form, PovertyClass.NOT_POOR))
    known = sum(
        each.points for each in simulated.indicators if answers[each.number] in form.deprivations
    )
    unasked = unasked_indicators(simulated, answers)
    if known >= simulated.poor_from_points:
        return SimulatedOutcome(_recorded(form, PovertyClass.POOR))
    if known + sum(each.points for each in unasked) < simulated.poor_from_points:
        return SimulatedOutcome(_recorded(form, PovertyClass.NEAR_POOR))
    return SimulatedOutcome(NoClass.MISSING, tuple(unasked))


def reviewed_setting(forms: Iterable[EnteredForm], standard: StandardRules, today: str) -> str:
    """The setting in which a village was reviewed: that of today, unless another one explains it.

    A village may be listed otherwise since; then only the other setting leads to the classes that
    its forms were computed to.
    """
    entered = list(forms)
    settings = [today, *(each.value for each in Setting if each.value != today)]
    return next((each for each in settings if _explains(entered, standard, each)), today)


def _explains(forms: Sequence[EnteredForm], standard: StandardRules, setting: str) -> bool:
    return all(computed_alike(form, standard, setting) for form in forms)


def computed_alike(form: EnteredForm, standard: StandardRules, setting: str) -> bool:
    """Whether a standard leads a form in a setting to the class it was computed to."""
    try:
        found = classify(standard, setting, form.income_score, form.deprivations)
    except ScoreRefused:
        return False
    return found.poverty_class == form.computed_class


def _recorded(form: EnteredForm, computed: PovertyClass) -> str:
    return form.recorded_class if computed == form.computed_class else computed


def _meaning(indicator: IndicatorRule) -> tuple[str, str]:
    return str(indicator.dimension), search_key(indicator.name)
