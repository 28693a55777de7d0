"""The money of a ward's projects: the figures of a year, the entries of a project, who writes."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q, Sum

from povertyplan.core.models import Area, User
from projects.choices import BudgetKind, BudgetSource, ProgrammeKind, UnitDutyKind
from projects.models import BudgetEntry, SpendingPeriod, WardProject
from projects.programme.selectors.rights import has_duty, leading_parts, writes_all
from projects.rules import budget as rules
from projects.rules.budget import BudgetDraft, BudgetFigures, SpendingTerm

# What makes two entries the same one: everything but the words.
IDENTITY = (
    "ward_project", "year", "first_year", "act", "source", "kind", "amount", "dated",
    "document_number",
)  # fmt: skip


@dataclass(frozen=True)
class SourceMoney:
    """The money of a project from one source for one kind in a year.

    `by_first_year` keeps apart what was given for each year, so that money of one year that is
    overspent does not hide behind that of another; `warnings` are sentences.
    """

    source: BudgetSource
    kind: BudgetKind
    year: int
    by_first_year: Mapping[int, BudgetFigures]
    undocumented: int = 0

    @property
    def figures(self) -> BudgetFigures:
        return rules.add_figures(list(self.by_first_year.values()))

    @property
    def rate(self) -> Decimal | None:
        return self.figures.rate

    @property
    def warnings(self) -> list[str]:
        return [
            sentence
            for first_year, figures in sorted(self.by_first_year.items(), reverse=True)
            for sentence in rules.year_warnings(figures, first_year=first_year, year=self.year)
        ]


@dataclass(frozen=True)
class ProjectMoney:
    """The money of a project in a year, source by source."""

    ward_project: WardProject
    sources: tuple[SourceMoney, ...] = ()

    @property
    def figures(self) -> BudgetFigures:
        return rules.add_figures([each.figures for each in self.sources])

    @property
    def spendable(self) -> BudgetFigures:
        """The sources of which it is known what may be spent."""
        return rules.add_spendable(each.figures for each in self.sources)

    @property
    def unallocated(self) -> int | None:
        """What was disbursed of the other sources; it is in no rate."""
        others = [each.figures for each in self.sources if each.figures.available is None]
        return rules.add_figures(others).disbursed

    @property
    def rate(self) -> Decimal | None:
        return self.spendable.rate

    @property
    def undocumented(self) -> int:
        return sum(each.undocumented for each in self.sources)


@dataclass(frozen=True)
class YearMoney:
    """The money of a ward in a year, and how much of the year is over, in percent."""

    year: int
    elapsed: Decimal
    projects: tuple[ProjectMoney, ...] = field(default=())

    @property
    def figures(self) -> BudgetFigures:
        return rules.add_figures([each.figures for each in self.projects])

    @property
    def compared(self) -> list[ProjectMoney]:
        """The projects of which it is known what may be spent and what is disbursed."""
        return [each for each in self.projects if each.rate is not None]

    @property
    def rate(self) -> Decimal | None:
        return rules.add_figures([each.spendable for each in self.compared]).rate

    @property
    def without_figures(self) -> int:
        return sum(each.figures.is_empty for each in self.projects)


def year_money(*, ward: Area, year: int, today: date, until: date | None = None) -> YearMoney:
    """The figures of every project that a ward carries out in a year, or up to a day of it.

    Two queries.
    """
    return year_money_of_wards(wards=[ward.pk], year=year, today=today, until=until)[ward.pk]


def year_money_of_wards(
    *, wards: Sequence[int], year: int, today: date, until: date | None = None
) -> dict[int, YearMoney]:
    """The same of several wards at once, by their keys; as many queries."""
    entries = BudgetEntry.objects.filter(ward__in=wards, year=year)
    sources = _sources_of(entries.filter(dated__lte=until) if until else entries, year)
    carried_out = Q(year_from__lte=year, year_to__gte=year) | Q(pk__in=list(sources))
    found = WardProject.objects.filter(carried_out, ward__in=wards)
    projects: dict[int, list[ProjectMoney]] = defaultdict(list)
    for row in found.select_related("project__parent").order_by(
        "project__programme", "project__order", "year_from"
    ):
        projects[row.ward_id].append(ProjectMoney(row, tuple(sources.get(row.pk, ()))))
    elapsed = rules.elapsed_percent(year, today)
    return {ward: YearMoney(year, elapsed, tuple(projects[ward])) for ward in wards}


def project_money(*, ward_project: WardProject, year: int) -> ProjectMoney:
    entries = BudgetEntry.objects.filter(ward_project=ward_project, year=year)
    return ProjectMoney(ward_project, tuple(_sources_of(entries, year).get(ward_project.pk, ())))


def _sources_of(entries, year: int) -> dict[int, list[SourceMoney]]:
    """Figures by project, each with its sources in their order; what was reversed is left out."""
    sums = (
        entries.standing()
        .order_by()
        .values_list("ward_project", "source", "kind", "first_year", "act")
        .annotate(total=Sum("amount"), bare=Count("pk", filter=Q(document_number="")))
    )
    acts: dict[tuple[int, str, str], dict[int, dict[str, int]]] = defaultdict(dict)
    bare: Counter[tuple[int, str, str]] = Counter()
    for project, source, kind, first_year, act, total, undocumented in sums:
        of_year = acts[project, source, kind].setdefault(first_year, {})
        of_year[act] = int(total)  # PostgreSQL sums to a numeric
        bare[project, source, kind] += undocumented
    found = defaultdict(list)
    order = [(source.value, kind.value) for source in BudgetSource for kind in BudgetKind]
    for key in sorted(acts, key=lambda key: order.index((key[1], key[2]))):
        figures = {first_year: BudgetFigures(**held) for first_year, held in acts[key].items()}
        source, kind = BudgetSource(key[1]), BudgetKind(key[2])
        found[key[0]].append(SourceMoney(source, kind, year, figures, bare[key]))
    return found


def entries_of(*, ward_project: WardProject, year: int) -> list[BudgetEntry]:
    """Every entry of a year, also those reversed and their reversals, by day."""
    rows = BudgetEntry.objects.filter(ward_project=ward_project, year=year)
    return list(rows.select_related("reversed_by", "reverses").order_by("dated", "pk"))


def document_lines(*, ward_project: WardProject, year: int) -> list[BudgetEntry]:
    """For each document that standing entries of a year name, the first of them; by day."""
    rows = BudgetEntry.objects.standing().filter(ward_project=ward_project, year=year)
    found: dict[str, BudgetEntry] = {}
    for entry in rows.exclude(document_number="").order_by("dated", "pk"):
        found.setdefault(entry.document_number, entry)
    return list(found.values())


def standing_entries(*, ward: Area, year: int | None = None) -> Iterable[BudgetEntry]:
    """The entries that count, as a workbook lists them."""
    rows = BudgetEntry.objects.standing().filter(ward=ward)
    if year is not None:
        rows = rows.filter(year=year)
    related = rows.select_related("ward_project__project__programme")
    return related.order_by("year", "ward_project__project__order", "dated", "pk")


@dataclass(frozen=True)
class ListedEntry:
    """An entry as a list names it: its project and what it says."""

    ward_project: WardProject
    draft: BudgetDraft

    @property
    def identity(self) -> tuple:
        draft = self.draft
        return (self.ward_project.pk, *(getattr(draft, name) for name in IDENTITY[1:]))


def written_entries(ward: Area, years: Collection[int]) -> Counter:
    """How often each entry of some years was written, those reversed since among them."""
    rows = BudgetEntry.objects.originals().filter(ward=ward, year__in=years)
    return Counter(rows.values_list(*IDENTITY))


def spending_terms() -> list[SpendingTerm]:
    """Until when each source may be spent."""
    names = SpendingTerm.__dataclass_fields__
    return [SpendingTerm(**row) for row in SpendingPeriod.objects.values(*names)]


def term_of(
    terms: Sequence[SpendingTerm], ward_project: WardProject, draft: BudgetDraft
) -> SpendingTerm | None:
    """Until when the money of an entry of a project may be spent."""
    kind = ward_project.project.programme.kind
    return rules.find_term(terms, draft, is_of_programme=kind == ProgrammeKind.NATIONAL)


def draft_warnings(ward_project: WardProject, draft: BudgetDraft) -> list[str]:
    """What should be looked at before an entry is written: nothing of it is refused."""
    rows = BudgetEntry.objects.filter(ward_project=ward_project, year=draft.year).standing()
    same = rows.filter(source=draft.source, kind=draft.kind)
    before = _figures(same.filter(first_year=draft.first_year))
    after = rules.add_figures([before, BudgetFigures(**{draft.act: draft.amount})])
    years = {"first_year": draft.first_year, "year": draft.year}
    known = rules.year_warnings(before, **years)
    found = [each for each in rules.year_warnings(after, **years) if each not in known]
    found += rules.term_warnings(draft, term_of(spending_terms(), ward_project, draft))
    if not draft.document_number:
        found.append(rules.NO_DOCUMENT)
    kept = {name: asdict(draft)[name] for name in ("act", "amount", "dated", "first_year")}
    if same.filter(**kept).exists():
        found.append(rules.SAME_ENTRY)
    return found


def _figures(entries) -> BudgetFigures:
    sums = entries.order_by().values_list("act").annotate(total=Sum("amount"))
    return BudgetFigures(**{act: int(total) for act, total in sums})


def may_write_money(user: User, ward_project: WardProject, year: int) -> bool:
    """Whether a user enters money of a project: see `money_projects`."""
    return ward_project.pk in money_projects(user, ward_project.ward, year)


def money_projects(user: User, ward: Area, year: int) -> frozenset[int]:
    """The ward's projects of which a user enters the money of a year, also after they ended.

    The coordinator and a unit with that duty enter all, another unit those that it leads.
    """
    rows = WardProject.objects.filter(ward=ward)
    if not writes_all(user, ward) and not has_duty(user, ward, UnitDutyKind.MONEY):
        rows = rows.filter(pk__in=leading_parts(user, ward).in_year(year).values("ward_project"))
    return frozenset(rows.values_list("pk", flat=True))
