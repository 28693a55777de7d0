"""Money is entered once, reversed with a reason, and never changed."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from povertyplan.core.models import AuditEvent
from povertyplan.core.periods.services import lock_period
from povertyplan.core.registers.resources import ReadLine
from projects.models import BudgetEntry, SpendingPeriod
from projects.money.selectors import (
    ListedEntry,
    draft_warnings,
    may_write_money,
    money_projects,
    year_money,
)
from projects.money.services.entries import add_entry, reverse_entry
from projects.money.services.lists import import_entries
from projects.rules.budget import BudgetDraft, BudgetFigures
from tests.factories.projects import (
    BudgetEntryFactory,
    ComponentProjectFactory,
    ProgrammeFactory,
    ProjectUnitFactory,
    WardProjectFactory,
)

TODAY = date(2026, 11, 20)
DRAFT = BudgetDraft(
    act="allocated",
    source="provincial",
    kind="recurrent",
    year=2026,
    first_year=2026,
    amount=90_000_000,
    dated=date(2026, 3, 2),
    document_number="5/QĐ-UBND",
)


@pytest.fixture
def project(ward):
    return WardProjectFactory(ward=ward)


def add(project, by, **changes):
    return add_entry(ward_project=project, draft=replace(DRAFT, **changes), by=by)


def figures_of(ward, year=2026):
    return year_money(ward=ward, year=year, today=TODAY).figures


def test_an_entry_counts_and_is_written_down(project, coordinator):
    entry = add(project, coordinator)

    assert figures_of(project.ward) == BudgetFigures(allocated=90_000_000)
    event = AuditEvent.objects.get(act="add_entry")
    assert (event.actor, event.ward) == (coordinator, project.ward)
    assert "Phân bổ 90.000.000\u00a0đồng, Ngân sách tỉnh" in event.summary
    assert (entry.ward, entry.document_number) == (project.ward, "5/QĐ-UBND")


def test_a_form_sent_twice_makes_one_entry(project, coordinator):
    key = "5f0c4a1e-9a55-4b7e-9c51-0a4f6d8c1b11"
    sent = {"ward_project": project, "draft": DRAFT, "key": key, "by": coordinator}

    assert add_entry(**sent) == add_entry(**sent)
    assert BudgetEntry.objects.count() == 1


def test_faults_are_named_at_their_fields_and_nothing_is_saved(project, coordinator):
    with pytest.raises(ValidationError) as refused:
        add(project, coordinator, amount=0, dated=date(2027, 1, 1))

    assert set(refused.value.message_dict) == {"amount", "dated"}
    assert not BudgetEntry.objects.exists()


def test_reference_data_end_the_spending_of_2025_and_of_the_district(project, coordinator):
    call_command("load_reference", verbosity=0)
    spent = {"act": "disbursed", "first_year": 2025}
    add(project, coordinator, **spent)

    with pytest.raises(ValidationError, match="30/06/2025"):
        add(project, coordinator, **spent, source="district")
    SpendingPeriod.objects.filter(source="provincial").update(last_day=date(2026, 1, 31))
    with pytest.raises(ValidationError, match="31/01/2026"):
        add(project, coordinator, **spent)


@pytest.mark.parametrize(
    "changes", [{"source": "ward"}, {"source": "counterpart"}, {"kind": "capital"}]
)
def test_a_last_day_that_is_inferred_is_asked_about(project, coordinator, changes):
    call_command("load_reference", verbosity=0)
    SpendingPeriod.objects.exclude(source="district").update(last_day=date(2026, 1, 31))
    late = replace(DRAFT, act="carried_over", first_year=2025, **changes)

    (asked,) = draft_warnings(project, late)
    assert "31/01/2026" in asked
    assert "Chưa chắc chắn" in asked
    add_entry(ward_project=project, draft=late, by=coordinator)


def test_money_outside_programmes_has_no_such_last_day(ward, coordinator):
    call_command("load_reference", verbosity=0)
    SpendingPeriod.objects.update(last_day=date(2026, 1, 31))
    policies = ComponentProjectFactory(programme=ProgrammeFactory(code="CS", kind="policies"))
    project = WardProjectFactory(ward=ward, project=policies)

    entry = add(project, coordinator, act="carried_over", first_year=2025)

    assert entry.dated > date(2026, 1, 31)


def test_a_reversed_entry_leaves_the_figures_and_stays_in_sight(project, coordinator):
    entry = add(project, coordinator)

    reversal = reverse_entry(entry=entry, reason="Ghi nhầm dự án", by=coordinator)

    assert figures_of(project.ward).is_empty
    assert (reversal.amount, reversal.reverses, reversal.dated) == (-90_000_000, entry, TODAY)
    assert AuditEvent.objects.get(act="reverse_entry").reason == "Ghi nhầm dự án"
    assert BudgetEntry.objects.count() == 2


def test_reversing_needs_a_reason_happens_once_and_is_no_entry_to_reverse(project, coordinator):
    entry = add(project, coordinator)
    with pytest.raises(ValidationError) as refused:
        reverse_entry(entry=entry, reason=" ", by=coordinator)
    assert "reason" in refused.value.message_dict
    reversal = reverse_entry(entry=entry, reason="Ghi nhầm", by=coordinator)

    with pytest.raises(ValidationError, match="vừa được hủy"):
        reverse_entry(entry=entry, reason="Ghi nhầm", by=coordinator)
    with pytest.raises(ValidationError, match="bút toán hủy"):
        reverse_entry(entry=reversal, reason="Ghi nhầm", by=coordinator)


def test_a_locked_year_takes_no_entry_and_no_reversal(project, coordinator):
    entry = add(project, coordinator, year=2025, first_year=2025, dated=date(2025, 3, 1))
    lock_period(ward=project.ward, year=2025, reason="Đã báo cáo cấp trên", by=coordinator)

    with pytest.raises(ValidationError, match="đã khóa"):
        add(project, coordinator, year=2025, first_year=2025, dated=date(2025, 3, 1))
    with pytest.raises(ValidationError, match="đã khóa"):
        reverse_entry(entry=entry, reason="Ghi nhầm", by=coordinator)


def test_a_locked_quarter_takes_no_entry_of_its_days(project, coordinator):
    lock_period(
        ward=project.ward, year=2026, months=(1, 3), reason="Đã báo cáo quý", by=coordinator
    )

    with pytest.raises(ValidationError, match="Số liệu quý I/2026 đã khóa") as refused:
        add(project, coordinator, year=2026, first_year=2026, dated=date(2026, 3, 31))
    assert set(refused.value.error_dict) == {"dated"}
    assert add(project, coordinator, year=2026, first_year=2026, dated=date(2026, 4, 1))


def test_money_is_written_by_the_coordinator_and_the_unit_that_leads(
    project, coordinator, reporter, leader, observer
):
    other = WardProjectFactory(ward=project.ward)
    ProjectUnitFactory(
        ward_project=project, unit=reporter.grants.get().unit, year_from=2026, year_to=2026
    )

    assert money_projects(coordinator, project.ward, 2026) == {project.pk, other.pk}
    assert money_projects(reporter, project.ward, 2026) == {project.pk}
    assert not may_write_money(reporter, project, 2025)
    assert not money_projects(leader, project.ward, 2026)
    assert not money_projects(observer, project.ward, 2026)
    with pytest.raises(ValidationError, match="đơn vị chủ trì"):
        add(other, reporter)


@pytest.mark.parametrize(
    "change",
    [
        {"amount": 5},
        {"note": "khác"},
        {"dated": date(2026, 1, 1)},
    ],
)
def test_the_database_refuses_changes_and_removal(project, change):
    entry = BudgetEntryFactory(ward_project=project)
    rows = BudgetEntry.objects.filter(pk=entry.pk)

    with pytest.raises(DatabaseError), transaction.atomic():
        rows.update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        rows._raw_delete(rows.db)


@pytest.mark.parametrize(
    "change",
    [
        {"amount": 0},
        {"amount": -1},
        {"act": "given"},
        {"first_year": 2027},
        {"act": "carried_over"},
        {"reason": "không hủy gì"},
    ],
)
def test_the_database_refuses_nonsense(project, change):
    with pytest.raises(DatabaseError), transaction.atomic():
        BudgetEntryFactory(ward_project=project, **change)


def test_the_database_refuses_a_foreign_project_and_a_wrong_reversal(project):
    entry = BudgetEntryFactory(ward_project=project)
    opposite = {"ward_project": project, "amount": -entry.amount, "reason": "Ghi nhầm"}
    with pytest.raises(DatabaseError), transaction.atomic():
        BudgetEntryFactory(ward_project=WardProjectFactory(), ward=project.ward)
    with pytest.raises(DatabaseError), transaction.atomic():
        BudgetEntryFactory(**opposite | {"amount": -1}, reverses=entry)
    reversal = BudgetEntryFactory(**opposite, reverses=entry)
    with pytest.raises(DatabaseError), transaction.atomic():
        BudgetEntryFactory(**opposite, reverses=entry)
    with pytest.raises(DatabaseError), transaction.atomic():
        BudgetEntryFactory(**opposite | {"amount": entry.amount}, reverses=reversal)


def test_the_figures_of_a_year_stand_by_source_and_add_up(ward, project, coordinator):
    other = WardProjectFactory(ward=ward)
    BudgetEntryFactory(year=2026)  # of another ward
    add(project, coordinator)
    add(project, coordinator, act="carried_over", first_year=2025, amount=10)
    add(project, coordinator, source="central", act="disbursed", amount=7, document_number="")
    add(other, coordinator, act="need", amount=5)
    add(project, coordinator, year=2025, first_year=2025, dated=date(2025, 5, 1))

    money = year_money(ward=ward, year=2026, today=TODAY)

    assert [each.ward_project for each in money.projects] == [project, other]
    assert [each.source for each in money.projects[0].sources] == ["central", "provincial"]
    assert money.projects[0].undocumented == 1
    assert money.projects[0].sources[0].warnings == ["Đã giải ngân mà chưa ghi khoản phân bổ nào."]
    assert money.figures == BudgetFigures(
        need=5, allocated=90_000_000, carried_over=10, disbursed=7
    )


def test_the_rate_of_a_total_mixes_no_projects(ward, project, coordinator):
    other, third = (WardProjectFactory(ward=ward) for _ in range(2))
    add(project, coordinator, act="disbursed", amount=50)
    add(other, coordinator, amount=100)

    money = year_money(ward=ward, year=2026, today=TODAY)
    assert (money.figures.allocated, money.figures.disbursed, money.rate) == (100, 50, None)

    add(third, coordinator, amount=100)
    add(third, coordinator, act="disbursed", amount=20)
    money = year_money(ward=ward, year=2026, today=TODAY)
    assert money.rate == 20
    assert [each.ward_project for each in money.compared] == [third]


def test_the_rate_of_a_project_mixes_no_sources(ward, project, coordinator):
    add(project, coordinator, source="central", act="disbursed", amount=50)
    add(project, coordinator, amount=100)

    (money,) = year_money(ward=ward, year=2026, today=TODAY).projects

    assert money.rate is None


def test_money_of_an_earlier_year_hides_behind_no_other(ward, project, coordinator):
    add(project, coordinator, amount=1_000)
    add(project, coordinator, act="carried_over", first_year=2025, amount=10)
    over = replace(DRAFT, act="disbursed", first_year=2025, amount=30)
    told = "Vốn năm 2025: giải ngân vượt số được phân bổ 20\u00a0đồng."

    assert draft_warnings(project, over) == [told]
    add_entry(ward_project=project, draft=over, by=coordinator)

    (money,) = year_money(ward=ward, year=2026, today=TODAY).projects
    assert money.sources[0].warnings == [told]
    assert money.figures.available == 1_010


def test_the_figures_of_a_year_take_as_many_queries_for_one_project_as_for_three(ward, project):
    BudgetEntryFactory(ward_project=project)

    def count():
        with CaptureQueriesContext(connection) as asked:
            year_money(ward=ward, year=2026, today=TODAY)
        return len(asked)

    few = count()
    for _ in range(2):
        BudgetEntryFactory(ward_project=WardProjectFactory(ward=ward))

    assert count() == few == 2


def test_what_an_entry_would_upset_is_told_before_it_is_written(project, coordinator):
    add(project, coordinator)
    over = replace(DRAFT, act="disbursed", amount=90_000_001, document_number="")

    assert draft_warnings(project, replace(DRAFT, act="disbursed")) == []
    assert len(draft_warnings(project, over)) == 2
    assert draft_warnings(project, DRAFT) == [
        "Đã có một khoản cùng nguồn, nghiệp vụ, ngày và số tiền này."
    ]


def test_a_list_is_written_once_all_or_nothing(ward, project, coordinator):
    good, twice = (ReadLine(line, ListedEntry(project, DRAFT)) for line in (2, 3))
    amiss = replace(DRAFT, amount=-5, dated=date(2027, 1, 1))
    wrong = ReadLine(4, ListedEntry(project, amiss))
    foreign = ReadLine(5, ListedEntry(WardProjectFactory(), DRAFT))
    values = {"ward": ward, "by": coordinator}

    with pytest.raises(ValidationError) as refused:
        import_entries(lines=[good, wrong, foreign], **values)
    assert [each[:6] for each in refused.value.messages] == ["Dòng 4", "Dòng 4", "Dòng 5"]

    first = import_entries(lines=[good, twice], **values)
    again = import_entries(lines=[good, twice], **values)
    assert [each.is_same for each in (*first, *again)] == [False, False, True, True]
    assert BudgetEntry.objects.count() == 2
