"""A recognised review read again by another standard; the same queries for any number of forms."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from django.db.models import Case, QuerySet, When

from households.choices import CampaignKind, CampaignStage, ReviewState
from households.ledger.simulation import (
    EnteredForm,
    SimulatedOutcome,
    answered_by,
    reviewed_setting,
    simulate_class,
    unasked_indicators,
)
from households.models import Household, PovertyStandard, Review, ReviewCampaign
from households.rules.classification import IndicatorRule, ScoreLine, StandardRules
from povertyplan.core.choices import Setting
from povertyplan.core.models import Area, User
from projects.support.selectors.reclassified import ClassChange

Move = tuple[str, str]


@dataclass(frozen=True)
class SimulatedLine:
    """The income line of a setting as it was typed; None where nothing was."""

    setting: Setting
    income: int | None
    score: int | None


@dataclass(frozen=True)
class SimulatedHousehold:
    """A household of the review with its recognised class and the simulated one. Sensitive."""

    household: Household
    village: Area
    setting: str
    form: EnteredForm
    outcome: SimulatedOutcome

    @property
    def pk(self) -> int:
        return self.household.pk

    @property
    def head_name(self) -> str:
        head = getattr(self.household, "head_membership", None)
        return head.person.full_name if head else ""

    @property
    def before(self) -> str:
        return self.form.recorded_class

    @property
    def after(self) -> str:
        return self.outcome.value

    @property
    def is_changed(self) -> bool:
        return self.outcome.is_class and self.after != self.before

    @property
    def order(self) -> tuple:
        return (self.village.order, self.village.sort_key, self.household.code)


@dataclass(frozen=True)
class Simulation:
    """What a review comes to under a standard; `unasked` are its indicators nobody was asked of."""

    rules: StandardRules
    households: tuple[SimulatedHousehold, ...]
    unasked: tuple[IndicatorRule, ...] = ()

    @cached_property
    def before(self) -> Counter[str]:
        return Counter(each.before for each in self.households)

    @cached_property
    def after(self) -> Counter[str]:
        return Counter(each.after for each in self.households)

    @cached_property
    def moves(self) -> Counter[Move]:
        """How many households there are of each class before and outcome after."""
        return Counter((each.before, each.after) for each in self.households)

    @cached_property
    def changed(self) -> list[SimulatedHousehold]:
        return [each for each in self.households if each.is_changed]

    @cached_property
    def lacking(self) -> Counter[int]:
        """By number of an indicator the households whose class depends on the answer."""
        return Counter(rule.number for each in self.households for rule in each.outcome.missing)

    @property
    def kept_reasons(self) -> int:
        """Households recorded otherwise for a reason, which the simulation left as recorded."""
        return sum(
            each.before == each.after and each.before != each.form.computed_class
            for each in self.households
        )

    @property
    def left_register(self) -> int:
        return sum(each.household.closed_on is not None for each in self.changed)

    def class_changes(self) -> list[ClassChange]:
        """The changes of those that are still in the register."""
        return [
            ClassChange(each.pk, each.before, each.after)
            for each in self.changed
            if each.household.closed_on is None
        ]

    def by_village(self) -> list[tuple[Area, list[SimulatedHousehold]]]:
        found: dict[Area, list[SimulatedHousehold]] = {}
        for each in self.households:
            found.setdefault(each.village, []).append(each)
        return list(found.items())


@dataclass(frozen=True)
class ReviewForms:
    """The forms of a recognised review, as far as the reader sees them, with its standard."""

    campaign: ReviewCampaign
    rules: StandardRules
    reviews: tuple[Review, ...]
    households: Mapping[int, Household]

    @cached_property
    def settings(self) -> dict[int, str]:
        """The setting in which each village was reviewed."""
        forms: dict[Area, list[EnteredForm]] = {}
        for review in self.reviews:
            forms.setdefault(review.village, []).append(entered_form(review))
        return {
            village.pk: reviewed_setting(entered, self.rules, village.setting)
            for village, entered in forms.items()
        }

    @property
    def villages_listed_otherwise(self) -> list[Area]:
        """Villages that are of another setting today than when they were reviewed."""
        found = {
            review.village
            for review in self.reviews
            if self.settings[review.village_id] != review.village.setting
        }
        return sorted(found, key=lambda each: (each.order, each.sort_key))


def recognised_reviews(ward: Area, reader: User) -> QuerySet[ReviewCampaign]:
    """The reviews of a ward that have a result: yearly ones first, of each kind the last one."""
    rows = ReviewCampaign.objects.visible_to(reader).filter(
        ward=ward, stage=CampaignStage.RECOGNISED
    )
    yearly = Case(When(kind=CampaignKind.ANNUAL, then=0), default=1)
    return rows.order_by(yearly, "-year", "-pk")


def review_forms(campaign: ReviewCampaign, rules: StandardRules, reader: User) -> ReviewForms:
    """The entered forms of a review; `rules` are those of its standard. Two queries."""
    entered = Review.objects.visible_to(reader).done().filter(campaign=campaign)
    heads = Household.objects.visible_to(reader).filter(
        reviews__campaign=campaign, reviews__state=ReviewState.DONE
    )
    return ReviewForms(
        campaign=campaign,
        rules=rules,
        reviews=tuple(entered.select_related("village")),
        households={each.pk: each for each in heads.with_head()},
    )


def simulate_review(forms: ReviewForms, simulated: StandardRules) -> Simulation:
    """What the forms come to by a standard."""
    answers = answered_by(forms.rules, simulated)
    found = [
        SimulatedHousehold(
            household=forms.households[review.household_id],
            village=review.village,
            setting=(setting := forms.settings[review.village_id]),
            form=(form := entered_form(review)),
            outcome=simulate_class(form, simulated, setting, answers),
        )
        for review in forms.reviews
        if review.household_id in forms.households
    ]
    return Simulation(
        rules=simulated,
        households=tuple(sorted(found, key=lambda each: each.order)),
        unasked=tuple(unasked_indicators(simulated, answers)),
    )


def with_lines(standard: StandardRules, lines: Iterable[SimulatedLine]) -> StandardRules:
    """A standard with the score lines that were typed in place of its own."""
    typed = tuple(ScoreLine(each.setting, each.score) for each in lines)
    return replace(standard, income_lines=typed)


def lines_of(standard: PovertyStandard) -> list[SimulatedLine]:
    """The lines of a standard by setting, whether it has them or not; none for one read."""
    known = {line.setting: line for line in standard.income_lines.all()}
    return [
        SimulatedLine(
            setting,
            known[setting].income if setting in known else None,
            known[setting].score_line if setting in known else None,
        )
        for setting in Setting
    ]


def entered_form(review: Review) -> EnteredForm:
    # A done form has its score: the database refuses another one.
    score = review.income_score or 0
    return EnteredForm(score, review.deprivations, review.computed_class, review.recorded_class)


def differing(official: Simulation) -> Sequence[SimulatedHousehold]:
    """Households that the review's own standard does not lead to their recognised class."""
    return [each for each in official.households if each.after != each.before]
