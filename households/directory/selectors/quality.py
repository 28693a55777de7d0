"""What an inspector would find in the register: each check with its findings."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, TruncDate

from households.choices import CampaignKind, PovertyClass
from households.directory.selectors.findings import (
    ClassFault,
    Contradictions,
    Facts,
    JoinedUnborn,
    LackingBasis,
    LastForm,
    Missing,
    QualityFinding,
    SameName,
    ScoreFault,
    UnequalTotals,
    VillagesWithoutTotals,
)
from households.ledger.selectors.classes import LISTED
from households.ledger.selectors.members import heads_of_row, memberships_on
from households.ledger.selectors.standards import standard_rules
from households.models import (
    AreaYear,
    Household,
    HouseholdStatus,
    Membership,
    Review,
)
from households.models.household import HouseholdQuerySet
from households.rules.classification import ScoreRefused, StandardRules, classify
from households.rules.people.citizen_ids import PLACES, find_contradictions
from households.rules.windows import add_months
from povertyplan.core.choices import AreaKind
from povertyplan.core.models import Area
from povertyplan.core.models.scope import about_any_of, same_ward

UNSEEN_MONTHS = 12
# Reviews looked at: those of this year and of the year before.
REVIEW_YEARS_BACK = 1


@dataclass(frozen=True)
class QualityScope:
    """What a viewer sees of the register, and the day it is looked at."""

    households: HouseholdQuerySet
    area_years: QuerySet[AreaYear]
    on: date

    @property
    def registered(self) -> QuerySet[Household]:
        return self.households.registered(on=self.on)

    @cached_property
    def forms(self) -> list[Review]:
        return _forms(self)

    @cached_property
    def rules(self) -> "_Rules":
        return _Rules()

    @cached_property
    def members(self) -> list[Any]:
        """Present members of registered households, read once for all that looks at each."""
        return list(_people(memberships_on(self.registered, self.on)))


@dataclass(frozen=True)
class CheckResult:
    key: str
    count: int


def run_checks(scope: QualityScope) -> list[CheckResult]:
    """How many findings each check has; at most 20 queries, whatever the size of the register."""
    return [CheckResult(key, len(find(scope))) for key, find in CHECKS.items()]


def without_head(scope: QualityScope) -> list[QualityFinding]:
    """Registered households of which no present member is the head."""
    rows = scope.registered.filter(~Exists(heads_of_row(scope.on))).order_by("code")
    return [
        QualityFinding(Missing(), pk, code, village)
        for pk, code, village in rows.values_list("pk", "code", "village__name")
    ]


def without_citizen_id(scope: QualityScope) -> list[QualityFinding]:
    """Members whose personal number is not recorded. A small child may have none yet."""
    return [
        _of_member(row, Missing(), "citizen_id")
        for row in scope.members
        if not row["person__citizen_id"]
    ]


def contradicted_citizen_id(scope: QualityScope) -> list[QualityFinding]:
    """Members whose number tells another sex or another year of birth."""
    return [
        _of_member(row, Contradictions(contradictions), "citizen_id")
        for row in scope.members
        if row["person__citizen_id"] and (contradictions := _contradicted(row))
    ]


def _contradicted(row: dict) -> list[str]:
    """What the number says otherwise; an unknown province is no fault, it may be a country."""
    number = row["person__citizen_id"]
    contradictions = find_contradictions(
        number, sex=row["person__sex"], born=row["person__birth_date"]
    )
    return contradictions if number[:3] in PLACES else contradictions[1:]


def duplicate_persons(scope: QualityScope) -> list[QualityFinding]:
    """Members of one name and one date of birth."""
    known = [row for row in scope.members if row["person__birth_date"]]
    same = itemgetter("person__search_key", "person__birth_date")
    found = []
    for _key, group in groupby(sorted(known, key=same), key=same):
        people = list(group)
        if len(people) > 1:
            found += [_of_member(row, _others(row, people), "full_name") for row in people]
    return found


def impossible_dates(scope: QualityScope) -> list[QualityFinding]:
    """Members who joined their household, or left one, before they were born; also who left."""
    rows = Membership.objects.filter(about_any_of(scope.households)).filter(
        same_ward(person__ward=F("ward")),
        Q(person__birth_date__gt=F("joined_on")) | Q(person__birth_date__gt=F("left_on")),
    )
    return [
        _of_member(
            row,
            JoinedUnborn(
                row["person__birth_date"], row["person__birth_precision"], row["joined_on"]
            ),
            "birth",
        )
        for row in _people(rows)
    ]


def _others(row: dict, people: list[dict]) -> SameName:
    return SameName(sorted({each["household__code"] for each in people if each is not row}))


def _people(rows: QuerySet[Membership]) -> Iterable[Any]:
    here = rows.filter(same_ward(household__ward=F("ward")))
    return here.order_by("household__code", "pk").values(
        "pk",
        "household",
        "household__code",
        "household__village__name",
        "person__full_name",
        "person__search_key",
        "person__citizen_id",
        "person__sex",
        "person__birth_date",
        "person__birth_precision",
        "joined_on",
        "left_on",
    )


def _of_member(row: dict, facts: Facts, to_correct: str) -> QualityFinding:
    return QualityFinding(
        facts,
        household=row["household"],
        code=row["household__code"],
        village=row["household__village__name"],
        person=row["person__full_name"],
        membership=None if row["left_on"] else row["pk"],
        field=to_correct,
    )


def wrong_class(scope: QualityScope) -> list[QualityFinding]:
    """Forms whose class is not the one their scores lead to."""
    return [
        _of_form(review, fault)
        for review in scope.forms
        if (fault := _class_fault(review, scope.rules.of(review)))
    ]


def wrong_deprivation_score(scope: QualityScope) -> list[QualityFinding]:
    """Forms whose B2 is not ten points (or the standard's own) for each deprivation."""
    found = []
    for review in scope.forms:
        points = {rule.number: rule.points for rule in scope.rules.of(review).indicators}
        expected = sum(points.get(number, 0) for number in review.deprivations)
        if review.deprivation_score != expected:
            fault = ScoreFault(review.deprivation_score, expected, len(review.deprivations))
            found.append(_of_form(review, fault))
    return found


class _Rules:
    """Each standard is read once, however many forms follow it."""

    def __init__(self) -> None:
        self._known: dict[int, StandardRules] = {}

    def of(self, review: Review) -> StandardRules:
        standard = review.campaign.standard
        if standard.pk not in self._known:
            self._known[standard.pk] = standard_rules(standard)
        return self._known[standard.pk]


def _class_fault(review: Review, rules: StandardRules) -> ClassFault | None:
    recorded = PovertyClass(review.recorded_class)
    try:
        classified = classify(
            rules, review.village.setting, review.income_score, review.deprivations
        )
    except ScoreRefused as refused:
        return ClassFault(recorded, None, refusal=str(refused))
    # The average standard of living is told among the not poor, by their income.
    among = PovertyClass.NOT_POOR if recorded == PovertyClass.AVERAGE_LIVING else recorded
    if among == classified.poverty_class:
        return None
    return ClassFault(recorded, classified.poverty_class, reason=review.class_reason)


def _forms(scope: QualityScope) -> list[Review]:
    return list(
        Review.objects.done()
        .filter(
            about_any_of(scope.households),
            same_ward(campaign__ward=F("ward"), household__ward=F("ward")),
            campaign__kind=CampaignKind.ANNUAL,
            campaign__year__gte=scope.on.year - REVIEW_YEARS_BACK,
        )
        .select_related("campaign__standard", "household", "village")
        .order_by("-campaign__year", "household__code")
    )


def _of_form(review: Review, facts: Facts) -> QualityFinding:
    return QualityFinding(
        facts,
        household=review.household_id,
        code=review.household.code,
        village=review.village.name,
        campaign=review.campaign_id,
        year=review.campaign.year,
    )


def unseen_for_a_year(scope: QualityScope) -> list[QualityFinding]:
    """Poor and near-poor households that no form of the last twelve months speaks of."""
    listed = HouseholdStatus.objects.in_force(on=scope.on).filter(
        same_ward(ward=OuterRef("ward")), household=OuterRef("pk"), poverty_class__in=LISTED
    )
    oldest = add_months(scope.on, -UNSEEN_MONTHS)
    seen = Review.objects.done().annotate(seen_on=Coalesce("visited_on", TruncDate("updated_at")))
    recent = seen.filter(
        same_ward(ward=OuterRef("ward")), household=OuterRef("pk"), seen_on__gte=oldest
    )
    rows = scope.registered.filter(Exists(listed)).filter(~Exists(recent))
    last = _last_seen(list(rows.order_by().values_list("pk", flat=True)))
    return [_of_household(row, LastForm(last.get(row["pk"]))) for row in _with_heads(rows, scope)]


def without_basis(scope: QualityScope) -> list[QualityFinding]:
    """Poor and near-poor households whose class rests on no decision, or on no scores."""
    spells = HouseholdStatus.objects.in_force(on=scope.on).filter(
        same_ward(ward=OuterRef("ward")), household=OuterRef("pk"), poverty_class__in=LISTED
    )
    there = same_ward(ward=OuterRef("ward"))
    forms = Review.objects.done().filter(there, household=OuterRef("pk"))
    rows = scope.registered.filter(Exists(spells)).annotate(
        is_decided=Exists(spells.exclude(decision=None)), is_scored=Exists(forms)
    )
    lacking = rows.filter(Q(is_decided=False) | Q(is_scored=False))
    return [
        _of_household(row, LackingBasis(row["is_decided"], row["is_scored"]))
        for row in _with_heads(lacking, scope, "is_decided", "is_scored")
    ]


def _with_heads(rows: QuerySet[Household], scope: QualityScope, *more: str) -> Iterable[dict]:
    names = heads_of_row(scope.on).values("person__full_name")
    named = rows.annotate(head_name=Subquery(names[:1]))
    return named.order_by("code").values("pk", "code", "village__name", "head_name", *more)


def _of_household(row: dict, facts: Facts) -> QualityFinding:
    return QualityFinding(
        facts, row["pk"], row["code"], row["village__name"], row["head_name"] or ""
    )


def _last_seen(households: list[int]) -> dict[int, date]:
    seen = (
        Review.objects.done()
        .filter(household__in=households)
        .order_by()
        .values("household")
        .annotate(last=Max(Coalesce("visited_on", TruncDate("updated_at"))))
    )
    return dict(seen.values_list("household", "last"))


def unequal_totals(scope: QualityScope) -> list[QualityFinding]:
    """Days on which the totals of the villages do not add up to those of their ward."""
    by_day: dict[date, list[AreaYear]] = defaultdict(list)
    for row in scope.area_years.select_related("area").order_by("on"):
        by_day[row.on].append(row)
    villages = set(
        Area.objects.filter(
            kind=AreaKind.VILLAGE, parent__in=scope.area_years.values("ward"), valid_to=None
        ).values_list("pk", flat=True)
    )
    return [finding for on, rows in by_day.items() for finding in _unequal(on, rows, villages)]


def _unequal(on: date, rows: list[AreaYear], villages: set[int]) -> Iterator[QualityFinding]:
    whole = next((row for row in rows if row.area_id == row.ward_id), None)
    parts = [row for row in rows if row.area_id != row.ward_id]
    if whole is None or not parts:
        return
    if missing := villages - {row.area_id for row in parts}:
        yield QualityFinding(VillagesWithoutTotals(on, len(missing)))
        return
    for counted in ("households", "persons", "minority_households", "minority_persons"):
        figures = [getattr(row, counted) for row in (whole, *parts)]
        if None in figures or figures[0] == sum(figures[1:]):
            continue
        yield QualityFinding(
            UnequalTotals(on, counted, sum(figures[1:]), figures[0], whole.area.name)
        )


CHECKS: dict[str, Callable[[QualityScope], list[QualityFinding]]] = {
    "head": without_head,
    "no-id": without_citizen_id,
    "id": contradicted_citizen_id,
    "dates": impossible_dates,
    "duplicates": duplicate_persons,
    "class": wrong_class,
    "b2": wrong_deprivation_score,
    "unseen": unseen_for_a_year,
    "basis": without_basis,
    "totals": unequal_totals,
}
