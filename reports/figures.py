"""Every figure by its name: one function a figure, for dashboard, plan, report and ward file.

`FigureBook(ward=…, until=…).figure("poor_households", "2025")` answers with the value, its print
and where it comes from. The names are those of `reports.data_fields`; a figure that cannot be
known has no value and says why. Figures of a year are those of 31 December; before that day
a year has figures only once its results are recognised.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, cached_property
from urllib.parse import parse_qs, urlsplit

from django.urls import reverse
from django.utils.http import urlencode

from households.access import Field
from households.choices import CampaignKind, CampaignStage, PovertyClass
from households.models import ReviewCampaign
from households.movement import MovementTable, MovementTables
from households.selectors.campaigns import (
    DeprivationTotals,
    deprivation_totals,
    deprived_of_any,
)
from households.selectors.movements import movement_tables
from households.selectors.statuses import (
    ClassCounts,
    NewlyEscaped,
    listed_counts_over_time,
    newly_escaped,
    populations,
)
from povertyplan.core import formatting
from povertyplan.core.models import Area
from projects.choices import Measure, TargetOperator
from projects.models import Indicator, Target
from projects.selectors.targets import Reached, reported_of, targets_of
from reports.data_fields import DataField, parse_query

HOUSEHOLDS = "hộ"
PERCENT = "%"
NO_RESULT = "Chưa có kết quả rà soát được công nhận của năm {}."
NO_POPULATION = "Chưa có tổng số hộ dân cư đến ngày {}."
NO_TARGET = "Chưa có chỉ tiêu {} của năm {}."
NO_ACTUAL = "Chưa có số liệu thực hiện {} của năm {}."

# What a reader of the register must see to narrow its list by a parameter.
FIELD_OF_FILTER = {"deprived": Field.DEPRIVATIONS, "window": Field.RECORD}

YEARS_BACK = 5  # how far to look for a list where no result was ever recognised

# The rate that stands beside a count.
RATE_OF = {"poor_households": "poor_percent", "near_poor_households": "near_poor_percent"}


@dataclass(frozen=True)
class Figure:
    """One figure: its value, how screens (`text`) and documents (`printed`) write it, its source.

    `name` repeats the parameters ("poor_households 2025"); `url` opens the list behind it.
    Without a value, `reason` says in a sentence what is missing.
    """

    name: str
    value: int | Decimal | None
    unit: str = ""
    as_of: date | None = None
    source: str = ""
    url: str = ""
    reason: str = ""

    @property
    def text(self) -> str:
        if self.unit == PERCENT:
            return formatting.percent(self.value, None)
        return formatting.number(self.value)

    @property
    def printed(self) -> str:
        """As a document of Nghị định 30/2020/NĐ-CP writes it: 05, 0,27%, and no unit but "%"."""
        return self.text if self.unit == PERCENT else formatting.two_digits(self.value)


def year_end(year: int) -> date:
    return date(year, 12, 31)


def household_list_url(**filters) -> str:
    """Address of the household list with these filters; the empty ones are left out."""
    query = urlencode({key: value for key, value in filters.items() if value})
    return f"{reverse('households:household_list')}?{query}"


def list_opens(url: str, fields: frozenset[Field]) -> bool:
    """Whether the list behind a figure is cut as the figure says for who sees these fields.

    A list ignores filters on what its reader may not see, and would show other households.
    """
    if not url.startswith(reverse("households:household_list")):
        return True
    asked = parse_qs(urlsplit(url).query)
    needed = {field for name, field in FIELD_OF_FILTER.items() if name in asked}
    return needed <= fields


class FigureBook:
    """The figures of one ward, read when asked for and only once.

    `until` is the last day that counts: a document's day of data, or today.
    """

    def __init__(self, *, ward: Area, until: date):
        self.ward = ward
        self.until = until
        self._counts: dict[date, dict[int, ClassCounts]] = {}
        self._populations: dict[date, object] = {}
        self.movements = cache(self._movements)
        self.escaped = cache(self._escaped)
        self.deprived_of_any = cache(self._deprived_of_any)

    def figure(self, name: str, *parameters: str) -> Figure:
        """The figure of a name. Raises KeyError for a name that does not exist."""
        field = DataField(name, tuple(str(parameter) for parameter in parameters))
        return FIGURES[name](self, str(field), *field.parameters)

    @cached_property
    def campaigns(self) -> dict[int, ReviewCampaign]:
        """The annual campaigns of the ward by year, with the decision of each."""
        campaigns = ReviewCampaign.objects.filter(ward=self.ward, kind=CampaignKind.ANNUAL)
        return {campaign.year: campaign for campaign in campaigns.with_decision()}

    @cached_property
    def recognised(self) -> dict[int, ReviewCampaign]:
        """Those whose results held by `until`."""
        return {
            year: campaign
            for year, campaign in self.campaigns.items()
            if campaign.stage == CampaignStage.RECOGNISED
            and campaign.decision.effective_from <= self.until
        }

    @cached_property
    def targets(self) -> dict[tuple[int, int], Target]:
        return targets_of(self.ward)

    @cached_property
    def reported(self) -> dict[tuple[int, int], Reached]:
        return reported_of(self.ward)

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        """Indicators that have a target, by code."""
        return {target.indicator.code: target.indicator for target in self.targets.values()}

    def target(self, code: str, year: int) -> Target | None:
        indicator = self.indicators.get(code)
        return self.targets.get((indicator.pk, year)) if indicator else None

    def day_of(self, year: int) -> date | None:
        """The day whose statuses are the figures of a year; None while they are not settled."""
        if self.until >= year_end(year):
            return year_end(year)
        if self.until.year == year and year in self.recognised:
            return self.until
        return None

    def latest_year(self, year: int) -> int | None:
        """The latest year up to `year` with a recognised result, or else with a list at its end."""
        recognised = [known for known in self.recognised if known <= year]
        if recognised:
            return max(recognised)
        past = [known for known in range(year - YEARS_BACK, year + 1) if self.day_of(known)]
        self.load(past)
        return max((known for known in past if self.counts(known).listed), default=None)

    def load(self, years: Iterable[int]) -> None:
        """Read the classes of several years at once, before their figures are asked for."""
        days = [day for day in map(self.day_of, years) if day and day not in self._counts]
        if days:
            self._counts |= listed_counts_over_time(ward=self.ward, days=days)
            self._populations |= populations(area=self.ward, days=days)

    def counts_by_village(self, year: int) -> dict[int, ClassCounts]:
        """Poor and near-poor households by village id; a village without any is left out."""
        day = self.day_of(year)
        self.load([year])
        return self._counts.get(day, {})

    def counts(self, year: int) -> ClassCounts | None:
        """Poor and near-poor households of the ward with the population they are a share of."""
        day = self.day_of(year)
        if day is None:
            return None
        villages = self.counts_by_village(year).values()
        population = self._populations[day]
        return ClassCounts(
            poor=sum(counts.poor for counts in villages),
            near_poor=sum(counts.near_poor for counts in villages),
            total_households=population.households if population else None,
            total_persons=population.persons if population else None,
        )

    def reached(self, indicator: Indicator, year: int) -> Reached | None:
        """What an indicator reached in a year: by its query, or as its unit reported."""
        if not indicator.query:
            return self.reported.get((indicator.pk, year))
        query = parse_query(indicator.query)
        return _as_reached(self.figure(query.name, *query.parameters, year))

    def reached_rate(self, indicator: Indicator, year: int) -> Reached | None:
        """The rate beside an indicator's count; None where it has none."""
        rate_name = RATE_OF.get(indicator.query)
        return _as_reached(self.figure(rate_name, year)) if rate_name else None

    def source(self, year: int) -> str:
        """What the figures of a year rest on, in words."""
        text = f"số liệu ngày {formatting.day(self.day_of(year))}"
        campaign = self.recognised.get(year)
        if campaign is None:
            return text
        decision = campaign.decision
        return f"{text}, công nhận theo Quyết định số {decision.number}"

    def _movements(self, year: int) -> MovementTables | None:
        day = self.day_of(year)
        if day is None:
            return None
        return movement_tables(area=self.ward, after=year_end(year - 1), until=day)

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
        day = self.day_of(year)
        return newly_escaped(ward=self.ward, on=day) if day else None


def _as_reached(figure: Figure) -> Reached | None:
    if figure.value is None:
        return None
    return Reached(
        value=Decimal(figure.value), as_of=figure.as_of, source=figure.source, url=figure.url
    )


# Classes -----------------------------------------------------------------------------------


def _class_households(poverty_class: PovertyClass):
    def households_of(book: FigureBook, name: str, year: str) -> Figure:
        counts, day = book.counts(int(year)), book.day_of(int(year))
        if counts is None:
            return Figure(name, None, HOUSEHOLDS, reason=NO_RESULT.format(year))
        return Figure(
            name,
            getattr(counts, poverty_class),
            HOUSEHOLDS,
            as_of=day,
            source=f"Danh sách {poverty_class.label.lower()}, {book.source(int(year))}",
            url=_list_url(poverty_class, day),
        )

    return households_of


def _class_percent(poverty_class: PovertyClass):
    def percent_of(book: FigureBook, name: str, year: str) -> Figure:
        counts, day = book.counts(int(year)), book.day_of(int(year))
        if counts is None:
            return Figure(name, None, PERCENT, reason=NO_RESULT.format(year))
        if not counts.total_households:
            reason = NO_POPULATION.format(formatting.day(day))
            return Figure(name, None, PERCENT, as_of=day, reason=reason)
        share = f"{getattr(counts, poverty_class)}/{formatting.number(counts.total_households)}"
        return Figure(
            name,
            getattr(counts, f"{poverty_class}_percent"),
            PERCENT,
            as_of=day,
            source=f"{share} hộ dân cư, {book.source(int(year))}",
            url=_list_url(poverty_class, day),
        )

    return percent_of


def _list_url(poverty_class: PovertyClass, day: date) -> str:
    return household_list_url(**{"class": poverty_class, "on": day.isoformat()})


def _total_households(book: FigureBook, name: str, year: str) -> Figure:
    """The population is known or not, whether the year's results are recognised or not."""
    day = min(year_end(int(year)), book.until)
    population = populations(area=book.ward, days=[day])[day]
    if population is None:
        return Figure(name, None, HOUSEHOLDS, reason=NO_POPULATION.format(formatting.day(day)))
    return Figure(
        name, population.households, HOUSEHOLDS, as_of=population.on, source=population.source
    )


def _newly_escaped_households(book: FigureBook, name: str, year: str) -> Figure:
    escaped, day = book.escaped(int(year)), book.day_of(int(year))
    if escaped is None:
        return Figure(name, None, HOUSEHOLDS, reason=NO_RESULT.format(year))
    return Figure(
        name,
        len(escaped),
        HOUSEHOLDS,
        as_of=day,
        source=f"Hộ trong vòng 36 tháng kể từ khi thoát nghèo, {book.source(int(year))}",
        url=household_list_url(window=1, on=day.isoformat()),
    )


def _not_deprived_percent(book: FigureBook, name: str, *parameters: str) -> Figure:
    """Households that lack none of the given indicators; the last parameter is the year."""
    *numbers, year = parameters
    totals = book.deprivations(int(year))
    if totals is None:
        return Figure(name, None, PERCENT, reason=NO_RESULT.format(year))
    kept = totals.households - _deprived(book, totals, numbers, int(year))
    return Figure(
        name,
        formatting.rate(kept, totals.households),
        PERCENT,
        as_of=book.day_of(int(year)),
        source=f"{kept}/{totals.households} hộ nghèo, cận nghèo không thiếu hụt "
        f"chỉ số {' và '.join(numbers)}, {book.source(int(year))}",
        # The list can be narrowed to those lacking one indicator, not to those lacking any of two.
        url=household_list_url(deprived=numbers[0], year=year) if len(numbers) == 1 else "",
        reason="" if totals.households else NO_RESULT.format(year),
    )


def _deprived(
    book: FigureBook, totals: DeprivationTotals, numbers: Sequence[str], year: int
) -> int:
    if len(numbers) == 1:
        return totals.deprived(int(numbers[0]))
    return book.deprived_of_any(tuple(map(int, numbers))).get(book.recognised[year].pk, 0)


# Movements ---------------------------------------------------------------------------------


def _movement(table_name: str, sum_of: Callable[[MovementTable], int], words: str):
    def moved(book: FigureBook, name: str, year: str) -> Figure:
        tables = book.movements(int(year))
        if tables is None:
            return Figure(name, None, HOUSEHOLDS, reason=NO_RESULT.format(year))
        return Figure(
            name,
            sum_of(getattr(tables, table_name)),
            HOUSEHOLDS,
            as_of=book.day_of(int(year)),
            source=f"{words} trong năm {year}, theo bảng diễn biến; {book.source(int(year))}",
        )

    return moved


def _decrease(table: MovementTable) -> int:
    return table.to_other_list + table.above_both_lines + table.other_decrease


def _increase(table: MovementTable) -> int:
    return table.from_other_list + table.fell_back + table.newly + table.other_increase


def _reduction(poverty_class: PovertyClass):
    def reduced(book: FigureBook, name: str, year: str) -> Figure:
        book.load([int(year) - 1, int(year)])
        before, now = book.counts(int(year) - 1), book.counts(int(year))
        if before is None or now is None:
            return Figure(name, None, HOUSEHOLDS, reason=NO_RESULT.format(year))
        was, still = getattr(before, poverty_class), getattr(now, poverty_class)
        return Figure(
            name,
            was - still,
            HOUSEHOLDS,
            as_of=book.day_of(int(year)),
            source=f"{was} hộ cuối năm {int(year) - 1} trừ {still} hộ, {book.source(int(year))}",
        )

    return reduced


# Areas and targets -------------------------------------------------------------------------


def _village_count(book: FigureBook, name: str) -> Figure:
    count = Area.objects.villages_of(book.ward).count()
    return Figure(name, count, "thôn, tổ dân phố", source=f"Danh mục địa bàn của {book.ward}")


def _target_unit(indicator: Indicator) -> str:
    return PERCENT if indicator.measure == Measure.PERCENT else indicator.measure_unit


def _target(book: FigureBook, name: str, code: str, year: str) -> Figure:
    target = book.target(code, int(year))
    low = _target_value(target)
    if low is None:
        return Figure(name, None, reason=NO_TARGET.format(code, year))
    return Figure(name, low, _target_unit(target.indicator), **_target_origin(target))


def _target_rate(book: FigureBook, name: str, code: str, year: str) -> Figure:
    target = book.target(code, int(year))
    if target is None or target.rate is None:
        return Figure(name, None, PERCENT, reason=NO_TARGET.format(code, year))
    return Figure(name, target.rate, PERCENT, **_target_origin(target))


def _target_reduction(book: FigureBook, name: str, code: str, year: str) -> Figure:
    """What the year before reached less what the target leaves."""
    target = book.target(code, int(year))
    low = _target_value(target)
    if low is None:
        return Figure(name, None, reason=NO_TARGET.format(code, year))
    before = book.reached(target.indicator, int(year) - 1)
    unit = _target_unit(target.indicator)
    if before is None:
        return Figure(name, None, unit, reason=NO_ACTUAL.format(code, int(year) - 1))
    return Figure(name, _whole(before.value - low), unit, **_target_origin(target))


def _target_value(target: Target | None) -> int | Decimal | None:
    if target is None:
        return None
    return 0 if target.operator == TargetOperator.NONE_LEFT else _whole(target.low)


def _target_origin(target: Target) -> dict:
    by = f", {target.assigned_by} giao" if target.assigned_by else ""
    return {
        "source": f"Chỉ tiêu “{target.indicator.name}” năm {target.year}{by}",
        "url": f"{reverse('reports:target_list')}?{urlencode({'year': target.year})}",
    }


def _actual(book: FigureBook, name: str, code: str, year: str) -> Figure:
    indicator = book.indicators.get(code)
    reached = book.reached(indicator, int(year)) if indicator else None
    if reached is None:
        return Figure(name, None, reason=NO_ACTUAL.format(code, year))
    return Figure(
        name,
        _whole(reached.value),
        _target_unit(indicator),
        as_of=reached.as_of,
        source=reached.source,
        url=reached.url,
    )


def _whole(value: Decimal | None) -> int | Decimal | None:
    """An int where nothing is lost, so that a count prints as a count."""
    if value is not None and value == value.to_integral_value():
        return int(value)
    return value


POOR, NEAR_POOR = PovertyClass.POOR, PovertyClass.NEAR_POOR

FIGURES: dict[str, Callable[..., Figure]] = {
    "poor_households": _class_households(POOR),
    "near_poor_households": _class_households(NEAR_POOR),
    "poor_percent": _class_percent(POOR),
    "near_poor_percent": _class_percent(NEAR_POOR),
    "total_households": _total_households,
    "newly_escaped_households": _newly_escaped_households,
    "not_deprived_percent": _not_deprived_percent,
    "poor_decrease": _movement("poor_households", _decrease, "Hộ nghèo giảm"),
    "poor_increase": _movement("poor_households", _increase, "Hộ nghèo tăng"),
    "poor_reduction": _reduction(POOR),
    "near_poor_decrease": _movement("near_poor_households", _decrease, "Hộ cận nghèo giảm"),
    "near_poor_increase": _movement("near_poor_households", _increase, "Hộ cận nghèo tăng"),
    "near_poor_reduction": _reduction(NEAR_POOR),
    "village_count": _village_count,
    "target": _target,
    "target_rate": _target_rate,
    "target_reduction": _target_reduction,
    "actual": _actual,
}
"""Name → function(book, name with parameters, parameters…) of every figure."""
