"""Households counted together with the persons in them; what a decision counts. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from households.choices import PovertyClass

POOR, NEAR_POOR = PovertyClass.POOR, PovertyClass.NEAR_POOR


class HasPersons(Protocol):
    """A household of which it is known how many persons live in it."""

    @property
    def persons(self) -> int: ...


class HasChange(HasPersons, Protocol):
    """One whose class before and after a decision is known; "" where it had none."""

    @property
    def before(self) -> str: ...

    @property
    def after(self) -> str: ...


@dataclass(frozen=True)
class Tally:
    """Households and the persons in them."""

    households: int
    persons: int


def tally_of(households: Iterable[HasPersons]) -> Tally:
    persons = [each.persons for each in households]
    return Tally(len(persons), sum(persons))


@dataclass(frozen=True)
class DecisionTotals:
    """What a decision counts. Each list of escapes is the sum of its three ways out."""

    poor: Tally
    near_poor: Tally
    poor_to_near_poor: Tally
    poor_to_above: Tally
    poor_struck_off: Tally
    near_poor_to_poor: Tally
    near_poor_to_above: Tally
    near_poor_struck_off: Tally

    @property
    def escaped_poverty(self) -> Tally:
        return _sum(self.poor_to_near_poor, self.poor_to_above, self.poor_struck_off)

    @property
    def escaped_near_poverty(self) -> Tally:
        return _sum(self.near_poor_to_poor, self.near_poor_to_above, self.near_poor_struck_off)


def decision_totals(results: Iterable[HasChange]) -> DecisionTotals:
    """The counts a decision prints, from its households."""
    results = list(results)
    return DecisionTotals(
        poor=_changed(results, after=(POOR,)),
        near_poor=_changed(results, after=(NEAR_POOR,)),
        poor_to_near_poor=_changed(results, before=POOR, after=(NEAR_POOR,)),
        poor_to_above=_above(results, before=POOR),
        poor_struck_off=_changed(results, before=POOR, after=("",)),
        near_poor_to_poor=_changed(results, before=NEAR_POOR, after=(POOR,)),
        near_poor_to_above=_above(results, before=NEAR_POOR),
        near_poor_struck_off=_changed(results, before=NEAR_POOR, after=("",)),
    )


def _above(results: Sequence[HasChange], *, before: str) -> Tally:
    above = [each for each in PovertyClass if each not in (POOR, NEAR_POOR)]
    return _changed(results, before=before, after=above)


def _changed(
    results: Sequence[HasChange], *, after: Sequence[str], before: str | None = None
) -> Tally:
    return tally_of(
        each for each in results if each.after in after and before in (None, each.before)
    )


def _sum(*tallies: Tally) -> Tally:
    return Tally(sum(each.households for each in tallies), sum(each.persons for each in tallies))
