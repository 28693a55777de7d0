"""Sentences that say what came of a year up to the day of the data (câu nêu kết quả).

Each topic gives whole sentences, or one that says that nothing is recorded: never half a clause.
Of movement, deprivations and money their table says below that there is nothing.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date

from households.choices import PovertyClass
from households.models import EscapePledge
from households.pledges.selectors import pledge_lines, totals_of_lines
from povertyplan.core.text import formatting
from projects.choices import BudgetSource
from projects.money.selectors import year_money
from projects.publicity.selectors.plan import plan_of_year, publication_rules
from projects.rules.budget import BudgetFigures, add_figures
from reports.choices import HeadlineTopic
from reports.figures import words
from reports.models import Block
from reports.printing import tree

from .document_data import DocumentData
from .target_results import NOT_OFFICIAL, is_official, promised_rows

NO_TARGETS = "Năm {year} chưa giao chỉ tiêu nào."
TARGETS = "Trong {total} chỉ tiêu của năm {year}: {standings}."
OF_YEAR = "Cuối năm {year} có "
OF_DAY = "Số sơ bộ theo sổ đến ngày {day}: "
CHANGED = "Trong năm {year}, danh sách hộ {which} "
MOST_DEPRIVED = "Hộ {which} thiếu hụt nhiều nhất: {indicators}."
NOT_DEPRIVED = "Không hộ {which} nào thiếu hụt chỉ số nào."
MONEY = "{source}: {parts}."
NO_SUPPORTS = "Đến ngày {day} chưa ghi lượt hỗ trợ nào đã giao trong năm {year}."
SUPPORTS = "Đến ngày {day} đã giao {supports} lượt hỗ trợ trong năm {year}{households}."
OF_HOUSEHOLDS = ", cho {households} hộ"
NO_NEEDS = "Đến ngày {day} chưa ghi nhu cầu hỗ trợ nào của năm {year}."
NEEDS = "Đến ngày {day} đáp ứng {served} trong {whole} nhu cầu hỗ trợ đã ghi ({rate}); {rest}."
NEEDS_OPEN = "còn {count} nhu cầu chưa đáp ứng"
NEEDS_MET = "không còn nhu cầu nào chưa đáp ứng"
NO_PUBLICITY = "Đến ngày {day} chưa có nội dung nào phải công khai của năm {year}."
PUBLICITY = "Đến ngày {day} có {due} nội dung đến hạn công khai của năm {year}: {parts}."
NO_PLEDGES = "Đến ngày {day} chưa ghi hộ nào đăng ký thoát nghèo, thoát cận nghèo năm {year}."
PLEDGES = "Đến ngày {day} có {pledged} hộ đăng ký thoát nghèo, thoát cận nghèo năm {year}: {parts}."
MOST_NAMED = 3
CLASS_WORDS = {"poor": "nghèo", "near_poor": "cận nghèo"}
MILLIONS = "{} triệu đồng"


def headlines(materials: DocumentData, block: Block, level: int) -> tree.Body:
    """The sentences of a topic, a dash each."""
    topic, year = HeadlineTopic(block.parameters["topic"]), block.parameters["year"]
    return tuple(tree.Dash(said) for said in TOPICS[topic](materials, year))


def _targets(materials: DocumentData, year: int) -> Iterator[tree.Text]:
    standings = Counter(
        (row.word.label if is_official(materials, row) else NOT_OFFICIAL).lower()
        for row in promised_rows(materials, year)
    )
    if not standings:
        yield NO_TARGETS.format(year=year)
        return
    standing_counts = "; ".join(f"{count} {said}" for said, count in standings.most_common())
    yield TARGETS.format(total=standings.total(), year=year, standings=standing_counts)


def _movement(materials: DocumentData, year: int) -> Iterator[tree.Text]:
    """The households of the year's end, or those of the day as preliminary; then the changes."""
    day = materials.document.data_on
    is_final = materials.book.knows(year)
    time = str(year) if is_final else day.isoformat()
    said: list[str | tree.DataValue] = []
    for name, which in CLASS_WORDS.items():
        if (count := _figure(materials, f"{name}_households", time)) is None:
            return
        said += [", " if said else "", count, f" hộ {which}"]
        if share := _figure(materials, f"{name}_percent", time):
            said += [" (", share, " tổng số hộ dân cư)"]
    lead = OF_YEAR.format(year=year) if is_final else OF_DAY.format(day=formatting.day(day))
    yield (lead, *said, ".")
    if is_final and materials.book.movements(year) is not None:
        for name, which in CLASS_WORDS.items():
            yield _change(materials, name, CHANGED.format(year=year, which=which), time)
        if crossed := materials.book.standards_apart(year):
            yield words.broken_movements(*crossed)


def _change(materials: DocumentData, name: str, lead: str, time: str) -> tree.Text:
    less, more = (
        materials.cite(materials.book.figure(f"{name}_{way}", time))
        for way in ("decrease", "increase")
    )
    return (lead, "giảm ", less, " hộ, tăng ", more, " hộ.")


def _figure(materials: DocumentData, name: str, time: str) -> tree.DataValue | None:
    figure = materials.book.figure(name, time)
    return None if figure.value is None else materials.cite(figure)


def _deprivations(materials: DocumentData, year: int) -> Iterator[tree.Text]:
    totals = materials.book.deprivations(year)
    if totals is None:
        return
    named = dict(materials.book.recognised[year].standard.indicators.values_list("number", "name"))
    for poverty_class in (PovertyClass.POOR, PovertyClass.NEAR_POOR):
        if totals.households_of(poverty_class):
            yield _most_deprived(totals.lacking(poverty_class), poverty_class, named)


def _most_deprived(
    counts: Mapping[int, int], poverty_class: PovertyClass, named: dict[int, str]
) -> str:
    most = sorted((number for number in named if counts[number]), key=lambda n: (-counts[n], n))
    which = poverty_class.label.lower().removeprefix("hộ ")
    if not most:
        return NOT_DEPRIVED.format(which=which)
    indicators = "; ".join(
        f"{named[number]} ({formatting.number(counts[number])} hộ)" for number in most[:MOST_NAMED]
    )
    return MOST_DEPRIVED.format(which=which, indicators=indicators)


def _money(materials: DocumentData, year: int) -> Iterator[tree.Text]:
    """What each source gives and what of it is spent, all projects and kinds together."""
    day = materials.document.data_on
    money = year_money(ward=materials.ward, year=year, today=day, until=day)
    by_source: dict[BudgetSource, list[BudgetFigures]] = {}
    for each in (source for project in money.projects for source in project.sources):
        by_source.setdefault(each.source, []).append(each.figures)
    sums = {
        source: add_figures(by_source[source]) for source in BudgetSource if source in by_source
    }
    described = {source: ", ".join(_money_parts(figures)) for source, figures in sums.items()}
    for source, parts in described.items():
        if parts:
            yield MONEY.format(source=source.label, parts=parts)


def _money_parts(figures: BudgetFigures) -> Iterator[str]:
    if figures.available is not None:
        yield f"được sử dụng {_millions(figures.available)}"
    if figures.disbursed is not None:
        rate = f" ({formatting.percent(figures.rate, 1)})" if figures.rate is not None else ""
        yield f"đã giải ngân {_millions(figures.disbursed)}{rate}"
    elif figures.available is not None:
        yield "chưa ghi khoản giải ngân nào"


def _millions(amount: int) -> str:
    return MILLIONS.format(formatting.millions(amount))


def _supports(materials: DocumentData, year: int) -> Iterator[tree.Text]:
    day = formatting.day(materials.document.data_on)
    given = [row for row in materials.book.rows.supports if row[2].year == year]
    if not given:
        yield NO_SUPPORTS.format(day=day, year=year)
        return
    households = {household for _pk, household, _day in given} - {None}
    of = OF_HOUSEHOLDS.format(households=formatting.number(len(households))) if households else ""
    counted = formatting.number(len(given))
    yield SUPPORTS.format(day=day, supports=counted, year=year, households=of)


def _needs(materials: DocumentData, year: int) -> Iterator[tree.Text]:
    rows, on = materials.book.rows, materials.document.data_on
    served = sum(each.is_served(year, on) for each in rows.needs)
    standing = sum(each.stands(on) for each in rows.needs)
    whole = served + standing
    if not whole:
        yield NO_NEEDS.format(day=formatting.day(on), year=year)
        return
    yield NEEDS.format(
        day=formatting.day(on),
        served=formatting.number(served),
        whole=formatting.number(whole),
        rate=formatting.percent(formatting.rate(served, whole, 1), 1),
        rest=NEEDS_OPEN.format(count=formatting.number(standing)) if standing else NEEDS_MET,
    )


def _publicity(materials: DocumentData, year: int) -> Iterator[tree.Text]:
    """What had to be in public by the day, and what was, in time or late."""
    day = materials.document.data_on
    planned = plan_of_year(materials.ward, year, publication_rules())
    begun = [(each, _put_up(each, day)) for each in planned if each.due_on <= day]
    if not begun:
        yield NO_PUBLICITY.format(day=formatting.day(day), year=year)
        return
    counts = (
        ("đã công khai đúng hạn", sum(on is not None and on <= each.due_on for each, on in begun)),
        ("công khai chậm", sum(on is not None and on > each.due_on for each, on in begun)),
        ("chưa công khai", sum(on is None for _each, on in begun)),
    )
    described = "; ".join(f"{count} {said}" for said, count in counts if count)
    yield PUBLICITY.format(day=formatting.day(day), due=len(begun), year=year, parts=described)


def _put_up(planned, day: date) -> date | None:
    """The day on which something was first put up; None where that was not by the day."""
    days = [each.posted_from for each in planned.publications if each.posted_from <= day]
    return min(days, default=None)


def _pledges(materials: DocumentData, year: int) -> Iterator[tree.Text]:
    day = materials.document.data_on
    rows = EscapePledge.objects.filter(ward=materials.ward, year=year, pledged_on__lte=day)
    related = rows.select_related("household__village", "ward")
    totals = totals_of_lines(pledge_lines(related, known=materials.book.known, today=day))
    if not totals.pledged and not totals.withdrawn:
        yield NO_PLEDGES.format(day=formatting.day(day), year=year)
        return
    parts = (
        ("hộ đã thoát như đăng ký", totals.kept),
        ("hộ chưa thoát", totals.not_kept),
        ("hộ chờ kết quả rà soát", totals.waiting),
        ("hộ khác đã rút đăng ký", totals.withdrawn),
    )
    described = "; ".join(f"{count} {said}" for said, count in parts if count)
    pledged = formatting.number(totals.pledged)
    yield PLEDGES.format(day=formatting.day(day), pledged=pledged, year=year, parts=described)


TOPICS: dict[HeadlineTopic, Callable[[DocumentData, int], Iterator[tree.Text]]] = {
    HeadlineTopic.TARGETS: _targets,
    HeadlineTopic.MOVEMENT: _movement,
    HeadlineTopic.DEPRIVATIONS: _deprivations,
    HeadlineTopic.MONEY: _money,
    HeadlineTopic.SUPPORTS: _supports,
    HeadlineTopic.NEEDS: _needs,
    HeadlineTopic.PUBLICITY: _publicity,
    HeadlineTopic.PLEDGES: _pledges,
}
