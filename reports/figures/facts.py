"""What the figures of a ward are made of: results, statuses, populations, targets."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache, cached_property

from households.choices import CampaignKind, CampaignStage
from households.ledger.known import KnownPeriods, year_end
from households.ledger.selectors.classes import (
    ClassCounts,
    NewlyEscaped,
    VillageCounts,
    add_up_counts,
    class_counts_by_village,
    listed_counts_over_time,
    newly_escaped,
    population_by,
)
from households.ledger.selectors.decided import decided_counts
from households.ledger.selectors.deprivations import (
    DeprivationTotals,
    deprivation_totals,
    deprived_of_any,
)
from households.ledger.selectors.known import known_periods
from households.ledger.selectors.listed_households import (
    ListedHousehold,
    ReviewedHousehold,
    listed_households,
    reviewed_households,
)
from households.ledger.selectors.standards import standard_on, standards_latest_first
from households.ledger.selectors.transition_tables import movement_tables
from households.models import AreaYear, PovertyCause, PovertyStandard, ReviewCampaign
from households.rules.transitions import MovementTables
from povertyplan.core.choices import AreaKind
from povertyplan.core.models import Area
from povertyplan.core.text import formatting
from projects.models import Actual, Indicator, Target
from projects.targets.selectors import Reached, actuals_of, reported_of, targets_of
from reports.choices import ReportPart, UnitReportState
from reports.figures import words
from reports.figures.queries.rows import CountedRows
from reports.models import StandardBaseline, UnitReportFigure


class WardFacts:
    """What the database says of one ward, read when asked for and only once.

    `until` is the last day that counts: a document's day of data, or today.
    """

    def __init__(self, *, ward: Area, until: date):
        self.ward = ward
        self.until = until
        self.rows = CountedRows(self)
        self._counts: dict[date, dict[int, ClassCounts]] = {}
        self.village_counts = cache(self._village_counts)
        self.movements = cache(self._movements)
        self.escaped = cache(self._escaped)
        self.movements_between = cache(self._movements_between)
        self.escaped_on = cache(self._escaped_on)
        self.deprived_of_any = cache(self._deprived_of_any)

    @cached_property
    def campaigns(self) -> dict[int, ReviewCampaign]:
        """The annual campaigns of the ward by year, with the decision of each."""
        campaigns = ReviewCampaign.objects.standing().filter(
            ward=self.ward, kind=CampaignKind.ANNUAL
        )
        rows = campaigns.with_decision().select_related("standard")
        return {campaign.year: campaign for campaign in rows}

    @cached_property
    def recognised(self) -> dict[int, ReviewCampaign]:
        """Those whose results held by `until`."""
        return {
            year: campaign
            for year, campaign in self.campaigns.items()
            if campaign.stage == CampaignStage.RECOGNISED
            and campaign.decision is not None
            and campaign.decision.effective_from <= self.until
        }

    @cached_property
    def review(self) -> ReviewCampaign | None:
        """The latest review whose results held by `until`."""
        return self.recognised[max(self.recognised)] if self.recognised else None

    @cached_property
    def _standards(self) -> list[PovertyStandard]:
        return standards_latest_first()

    def standard_of(self, year: int) -> PovertyStandard | None:
        """The standard by which a year's results are found: its review's, else that in force."""
        campaign = self.recognised.get(year) or self.campaigns.get(year)
        return campaign.standard if campaign else standard_on(self._standards, year_end(year))

    def standard_breaks(self, years: Iterable[int]) -> dict[int, str]:
        """The years that are found by another standard than the year before, with its name."""
        crossed = {year: self.standards_apart(year) for year in sorted(years)[1:]}
        return {year: pair[1] for year, pair in crossed.items() if pair}

    def standards_apart(self, year: int) -> tuple[str, str] | None:
        """The standards of the year before and of a year, where they are two."""
        before, now = self.standard_of(year - 1), self.standard_of(year)
        return (str(before), str(now)) if before and now and before != now else None

    def standard_on(self, day: date) -> PovertyStandard | None:
        """The standard of the classes that hold on a day: of the latest results until then."""
        if day == year_end(day.year):
            return self.standard_of(day.year)
        held = [
            one
            for one in self.recognised.values()
            if one.decision and one.decision.effective_from <= day
        ]
        latest = max(held, key=lambda one: one.year, default=None)
        return latest.standard if latest else self.standard_of(day.year - 1)

    @cached_property
    def standard_baselines(self) -> dict[tuple[int, int], StandardBaseline]:
        """From where indicators start under a standard, by both; one query."""
        rows = StandardBaseline.objects.filter(ward=self.ward).select_related("standard")
        return {(row.indicator_id, row.standard_id): row for row in rows}

    @cached_property
    def review_indicators(self) -> tuple[tuple[int, str], ...]:
        """Number and name of each deprivation indicator of that review."""
        if self.review is None:
            return ()
        indicators = self.review.standard.indicators.order_by("number")
        return tuple(indicators.values_list("number", "name"))

    @cached_property
    def causes(self) -> tuple[tuple[int, str], ...]:
        """Number and name of each cause of poverty."""
        return tuple(PovertyCause.objects.order_by("number").values_list("number", "name"))

    @cached_property
    def reviewed(self) -> tuple[ReviewedHousehold, ...]:
        """The households that review found poor or near-poor, those registered on `until`."""
        if self.review is None:
            return ()
        return tuple(reviewed_households(campaign=self.review, on=self.until))

    @cached_property
    def listed(self) -> tuple[ListedHousehold, ...]:
        """The poor and near-poor households of `until` with their members."""
        return tuple(listed_households(area=self.ward, on=self.until))

    @cached_property
    def targets(self) -> dict[tuple[int, int], Target]:
        return targets_of(self.ward)

    @cached_property
    def reported(self) -> dict[tuple[int, int], Reached]:
        return reported_of(self.ward)

    @cached_property
    def actuals(self) -> dict[tuple[int, int], list[Actual]]:
        return actuals_of(self.ward)

    @cached_property
    def reported_within(self) -> list[UnitReportFigure]:
        """What units said of their indicators in reports that were received, the latest first."""
        rows = UnitReportFigure.objects.filter(
            report__ward=self.ward,
            report__state=UnitReportState.RECEIVED,
            part=ReportPart.INDICATORS,
            report__request__data_on__lte=self.until,
        )
        related = rows.select_related("report__request", "report__unit")
        return list(related.order_by("-report__request__data_on", "-pk"))

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        """Indicators that have a target, by code."""
        return {target.indicator.code: target.indicator for target in self.targets.values()}

    @cached_property
    def _populations(self) -> dict[int, list[AreaYear]]:
        """Every population that was given of the ward and its villages, the latest first."""
        given: dict[int, list[AreaYear]] = defaultdict(list)
        for row in AreaYear.objects.filter(ward=self.ward).order_by("-on"):
            given[row.area_id].append(row)
        return given

    @cached_property
    def village_count(self) -> int:
        """The villages that there were on `until`."""
        villages = Area.objects.filter(parent=self.ward, kind=AreaKind.VILLAGE)
        return villages.exclude(valid_from__gt=self.until).exclude(valid_to__lt=self.until).count()

    def target(self, code: str, year: int) -> Target | None:
        indicator = self.indicators.get(code)
        return self.targets.get((indicator.pk, year)) if indicator else None

    @cached_property
    def known(self) -> KnownPeriods:
        return known_periods(self.ward)

    def knows(self, year: int, village: int | None = None) -> bool:
        """Whether a year's result is known, of a village or of the whole ward."""
        return self.known.knows_year(year, self.until, village)

    def day_of(self, year: int) -> date | None:
        """The day whose statuses are the figures of a year; None where the ward has none."""
        return self.closing_day(year) if self.knows(year) else None

    def closing_day(self, year: int) -> date | None:
        """The same where the result of one village at least is known."""
        return self.known.closing_day(year, self.until)

    def latest_year(self, year: int) -> int | None:
        """The latest year up to `year` whose result is known, or else known of a village."""
        return self.known.latest_year(year, self.until, [None])

    def load(self, years: Iterable[int]) -> None:
        """Read the classes of several years at once, before their figures are asked for."""
        days = [day for day in map(self.closing_day, years) if day and day not in self._counts]
        if days:
            self._counts |= listed_counts_over_time(ward=self.ward, days=days)

    def _village_counts(self, day: date) -> list[VillageCounts]:
        """Households of all classes, persons and population of each village on a day."""
        return class_counts_by_village(ward=self.ward, on=day)

    def population(self, day: date, village: int | None = None) -> AreaYear | None:
        """Households and persons of the ward or a village known on a day; None where not given."""
        return population_by(self._populations.get(village or self.ward.pk, ()), day)

    @cached_property
    def _decided(self) -> dict[int, dict[int, ClassCounts]]:
        """By year what its decision says of each village, where it says anything."""
        decisions = {year: one.decision for year, one in self.recognised.items() if one.decision}
        counted = decided_counts(decisions.values()) if decisions else {}
        return {year: counted[one.pk] for year, one in decisions.items() if one.pk in counted}

    def counts_by_village(self, year: int) -> dict[int, ClassCounts]:
        """Poor and near-poor households by village id, of known villages and of others.

        Where a decision recognised them it is what the decision says, not what the register made of
        it since.
        """
        if year in self._decided:
            return self._decided[year]
        return self.registered_by_village(year)

    def changed_since(self, year: int) -> ClassCounts | None:
        """What the register counts, where that is no longer what the year's decision says."""
        if year not in self._decided:
            return None
        decided = add_up_counts(self._decided[year].values())
        registered = add_up_counts(self.registered_by_village(year).values())
        return None if registered == decided else registered

    def list_filters(self, year: int) -> dict[str, str]:
        """What narrows the household list to the households that a year counts."""
        day, campaign = self.closing_day(year), self.recognised.get(year)
        if campaign and campaign.decision and self.changed_since(year):
            on = campaign.decision.effective_from.isoformat()
            return {"reviewed": "1", "year": str(year), "on": on}
        return {"on": day.isoformat()} if day else {}

    def registered_by_village(self, year: int) -> dict[int, ClassCounts]:
        """The same of the register on the closing day of the year."""
        day = self.closing_day(year)
        self.load([year])
        return self._counts.get(day, {}) if day else {}

    def counts(self, year: int) -> ClassCounts | None:
        """Poor and near-poor households of the ward with the population they are a share of."""
        day = self.day_of(year)
        if day is None:
            return None
        return add_up_counts(self.counts_by_village(year).values(), self.population(day))

    def counts_on(self, day: date) -> ClassCounts | None:
        """What the register counts on a day within a year; None where that is not known."""
        if day > self.until or not self.known.knows_day(day):
            return None
        if day not in self._counts:
            self._counts |= listed_counts_over_time(ward=self.ward, days=[day])
        return add_up_counts(self._counts[day].values(), self.population(day))

    def _movements_between(self, after: date, until: date) -> MovementTables:
        return movement_tables(area=self.ward, after=after, until=until)

    def _escaped_on(self, day: date) -> list[NewlyEscaped] | None:
        """None where a first list tells of nobody: who escaped before it is not known."""
        found = newly_escaped(ward=self.ward, on=day)
        return found if found or self.known.looks_back(day) else None

    def day_before(self, first: date) -> date | None:
        """The day from which moves of a time are counted; that of a year's results at its end."""
        before = first - timedelta(days=1)
        if before == year_end(before.year):
            return self.day_of(before.year)
        return before if self.known.knows_day(before) else None

    def source(self, year: int) -> str:
        """What the figures of a year rest on, in words."""
        text = f"số liệu ngày {formatting.day(self.closing_day(year))}"
        campaign = self.recognised.get(year)
        decision = campaign.decision if campaign else None
        if decision is None:
            return text
        recognised = f"kết quả rà soát công nhận theo Quyết định số {decision.number}"
        since = self.changed_since(year)
        # The register says more than the decision: it stands beside, not instead.
        beside = f"; sổ cùng ngày có {words.both_counts(since)}" if since else ""
        return f"{text}; {recognised}{beside}"

    def _movements(self, year: int) -> MovementTables | None:
        """None unless both ends of the year are known."""
        before, day = self.day_of(year - 1), self.day_of(year)
        if before is None or day is None:
            return None
        return movement_tables(area=self.ward, after=before, until=day)

    def deprivations(self, year: int) -> DeprivationTotals | None:
        """What the recognised review of a year found; None without one."""
        campaign = self.recognised.get(year)
        return self._deprivations[campaign.pk] if campaign else None

    @cached_property
    def _deprivations(self) -> dict[int, DeprivationTotals]:
        return deprivation_totals(list(self.recognised.values()))

    def _deprived_of_any(self, numbers: tuple[int, ...]) -> dict[int, int]:
        """Households lacking at least one of some indicators, by campaign id."""
        return deprived_of_any(list(self.recognised.values()), numbers)

    def _escaped(self, year: int) -> list[NewlyEscaped] | None:
        day = self.closing_day(year)
        return self.escaped_on(day) if day else None
