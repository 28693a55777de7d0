"""What was done: needs served, supports handed over, models carried out, money disbursed."""

from decimal import Decimal
from typing import TYPE_CHECKING

from django.urls import reverse

from households.choices import NeedState
from povertyplan.core.text import formatting
from reports.figures.figure import NO_RESULT

from .counted import CountedSet, NotCounted

if TYPE_CHECKING:
    from reports.figures.facts import WardFacts

YEAR_TO_COME = "Năm {} chưa đến."
NO_NEEDS = "Chưa ghi nhu cầu hỗ trợ nào đến hết năm {}."
NO_SUPPORTS = "Chưa ghi hỗ trợ nào đã giao trong năm {}."
NO_LIVELIHOODS = "Chưa ghi mô hình nào được phê duyệt đến hết năm {}."
NO_WORKERS = "Danh sách lao động có thu nhập thấp chưa có ai đến ngày {}."
NO_MONEY = "Chưa ghi khoản giải ngân nào của năm {}."
NO_RATE = "Chưa đủ số phân bổ và giải ngân của năm {}."
MILLION = 10**6


def open_needs(facts: "WardFacts", year: int) -> CountedSet | NotCounted:
    """Needs that stand at the end of a year, or today."""
    day = facts.rows.last_day(year)
    if day is None:
        return NotCounted(YEAR_TO_COME.format(year))
    if not any(each.asked_on <= day for each in facts.rows.needs):
        return NotCounted(NO_NEEDS.format(year))
    return CountedSet(
        frozenset(each.pk for each in facts.rows.needs if each.stands(day)),
        day,
        "nhu cầu đã ghi, chưa kết thúc",
        url=_needs_url(facts, year, state=NeedState.OPEN),
    )


def needs_served(facts: "WardFacts", year: int) -> CountedSet | NotCounted:
    """Needs served in a year, among those and what still stands; withdrawn ones are neither."""
    day = facts.rows.last_day(year)
    if day is None:
        return NotCounted(YEAR_TO_COME.format(year))
    served = frozenset(each.pk for each in facts.rows.needs if each.is_served(year, day))
    whole = served | {each.pk for each in facts.rows.needs if each.stands(day)}
    if not whole:
        return NotCounted(NO_NEEDS.format(year))
    return CountedSet(
        served, day, "nhu cầu được đáp ứng trong năm", whole=whole, url=_needs_url(facts, year)
    )


def supports_given(facts: "WardFacts", year: int) -> CountedSet | NotCounted:
    """Supports handed over in a year."""
    return _given(facts, year, lambda pk, _household: pk, "lượt hỗ trợ đã giao trong năm")


def supported_households(facts: "WardFacts", year: int) -> CountedSet | NotCounted:
    """Households to which something was handed over in a year."""
    return _given(facts, year, lambda _pk, household: household, "hộ đã nhận hỗ trợ trong năm")


def supported_listed(facts: "WardFacts", year: int) -> CountedSet | NotCounted:
    """Those of them among the poor and near-poor households of the year before."""
    found = supported_households(facts, year)
    if isinstance(found, NotCounted):
        return found
    if facts.day_of(year - 1) is None:
        return NotCounted(NO_RESULT.format(year - 1))
    whole = frozenset(each.pk for each in facts.rows.listed(year - 1))
    words = f"hộ nghèo, cận nghèo cuối năm {year - 1} được hỗ trợ trong năm {year}"
    return CountedSet(found.counted & whole, found.as_of, words, whole=whole, url=found.url)


def livelihoods_running(facts: "WardFacts", year: int) -> CountedSet | NotCounted:
    """Livelihood projects that were carried out in a year: approved, not ended before it."""
    return _producing(
        facts, year, lambda one, _day: {one.pk}, "mô hình đã phê duyệt, thực hiện trong năm"
    )


def livelihood_households(facts: "WardFacts", year: int) -> CountedSet | NotCounted:
    """Households of the register that took part in them."""
    words = "hộ tham gia mô hình đã phê duyệt, thực hiện trong năm"
    return _producing(facts, year, lambda one, day: one.households_in(year, day), words)


def low_income_workers(facts: "WardFacts", year: int) -> CountedSet | NotCounted:
    """Who stands on the list of low-income workers at the end of a year, or today."""
    day = facts.rows.last_day(year)
    if day is None:
        return NotCounted(YEAR_TO_COME.format(year))
    workers = facts.rows.workers(year)
    if not workers:
        return NotCounted(NO_WORKERS.format(formatting.day(day)))
    url = reverse("households:worker_list") if year == facts.until.year else ""
    words = "người trong danh sách lao động có thu nhập thấp"
    return CountedSet(frozenset(workers), day, words, url=url)


def supported_workers(facts: "WardFacts", year: int) -> CountedSet | NotCounted:
    """Those of them to whom something was handed over in the year."""
    found = low_income_workers(facts, year)
    if isinstance(found, NotCounted):
        return found
    counted = found.counted & facts.rows.supported_persons(year)
    words = "lao động có thu nhập thấp được hỗ trợ trong năm"
    return CountedSet(counted, found.as_of, words, whole=found.counted, url=found.url)


def disbursed(facts: "WardFacts", year: int) -> CountedSet | NotCounted:
    """What was disbursed in a year, in millions of đồng."""
    day, money = facts.rows.last_day(year), facts.rows.money(year)
    spent = money.figures.disbursed
    if day is None or spent is None:
        return NotCounted((NO_MONEY if day else YEAR_TO_COME).format(year))
    return CountedSet(
        facts.rows.spent(year),
        day,
        "kinh phí giải ngân của mọi dự án, mọi nguồn",
        value=Decimal(spent) / MILLION,
        url=_money_url(year),
    )


def disbursed_share(facts: "WardFacts", year: int) -> CountedSet | NotCounted:
    """The same as a share of what may be spent, of the projects where both are known."""
    day, money = facts.rows.last_day(year), facts.rows.money(year)
    if day is None or money.rate is None:
        return NotCounted((NO_RATE if day else YEAR_TO_COME).format(year))
    words = f"giải ngân trên kinh phí được dùng của {len(money.compared)} dự án"
    return CountedSet(facts.rows.spent(year), day, words, value=money.rate, url=_money_url(year))


def _given(facts: "WardFacts", year: int, key, words: str) -> CountedSet | NotCounted:
    day = facts.rows.last_day(year)
    if day is None:
        return NotCounted(YEAR_TO_COME.format(year))
    given = [row for row in facts.rows.supports if row[2].year == year]
    if not given:
        return NotCounted(NO_SUPPORTS.format(year))
    keys = {key(pk, household) for pk, household, _day in given} - {None}
    url = reverse("projects:support_list", query={"year": year})
    return CountedSet(frozenset(keys), day, words, url=url)


def _producing(facts: "WardFacts", year: int, keys, words: str) -> CountedSet | NotCounted:
    day = facts.rows.last_day(year)
    if day is None:
        return NotCounted(YEAR_TO_COME.format(year))
    if not any(each.approved_on <= day for each in facts.rows.livelihoods):
        return NotCounted(NO_LIVELIHOODS.format(year))
    running = [each for each in facts.rows.livelihoods if each.counts_in(year, day)]
    url = reverse("projects:livelihood_list", query={"year": year})
    counted = frozenset(key for each in running for key in keys(each, day))
    return CountedSet(counted, day, words, url=url)


def _needs_url(facts: "WardFacts", year: int, **filters: str) -> str:
    """The list tells of today: an earlier year has none."""
    if year != facts.until.year:
        return ""
    return reverse("households:need_list", query=filters)


def _money_url(year: int) -> str:
    return reverse("projects:money_year", query={"year": year})
