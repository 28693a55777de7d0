"""Files into the register: every row accounted for, nothing twice, nothing newer overwritten."""

import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.core.exceptions import ValidationError

from households.choices import ImportDecision, ImportOutcome, ImportRowState, PovertyClass
from households.intake.corrections.services import decide_rows, fix_cell, fix_group
from households.intake.staging.selectors.problems import (
    outcome_counts,
    problem_groups,
    problems_of,
    state_counts,
)
from households.intake.staging.services import change_layouts, read_import, start_import
from households.intake.writing.marking import SUMMARY
from households.intake.writing.services.writing import commit_import
from households.intake.writing.workbooks import report_workbook
from households.models import Household, HouseholdStatus, ImportBatch, Membership, Person
from povertyplan.core import clock
from povertyplan.core.journal import verification
from povertyplan.core.models import Area, AuditEvent
from povertyplan.core.text.vietnamese import search_key
from tests.factories.households import HouseholdFactory, PersonFactory
from tests.households.batches import accounted, aged, edit, register_rows, with_modified
from tests.households.imports import imported, read_in, write
from tests.households.samples import VILLAGES, damage, official_sample, saved


def test_clean_list_is_written_whole(office):
    sample = official_sample(8)

    batch = imported(office, sample.content())

    people = batch.rows.count()
    assert outcome_counts(batch) == {
        "created": people, "updated": 0, "unchanged": 0, "refused": 0,
    }  # fmt: skip
    assert Household.objects.count() == 8
    assert Person.objects.count() == Membership.objects.count() == people
    assert set(HouseholdStatus.objects.values_list("poverty_class", flat=True)) == {
        PovertyClass.POOR
    }
    head = Membership.objects.filter(is_head=True).select_related("person").first()
    assert head.person.citizen_id == sample.cells["H8"]
    assert head.person.full_name == sample.cells["D8"]
    assert AuditEvent.objects.filter(act="commit_import", object_id=batch.pk).count() == 1
    assert verification.verify().faults == ()


def test_same_file_again_changes_nothing(office):
    content = official_sample(6).content()
    imported(office, content)
    before = register_rows()

    batch = imported(office, content)

    assert outcome_counts(batch)["unchanged"] == batch.rows.count()
    assert register_rows() == before


def test_same_batch_written_twice_writes_once(office):
    batch = read_in(office, official_sample(3).content())
    first = write(office, batch)
    before = register_rows()

    again = commit_import(batch=batch, version=batch.version, by=office)

    assert again.pk == first.pk
    assert register_rows() == before


def test_row_in_error_is_refused_with_its_household_and_a_reason(office):
    sample = official_sample(4)
    sample.cells["H8"] = "123"

    batch = imported(office, sample.content())

    refused = batch.rows.filter(outcome=ImportOutcome.REFUSED)
    assert {row.household_position for row in refused} == {0}
    assert all(row.reason for row in refused)
    assert refused.first().reason.startswith("Số định danh “123” có 3 chữ số")
    assert Household.objects.count() == 3
    assert accounted(batch) == batch.rows.count()


def test_damaged_lists_account_for_every_row(office):
    for seed in range(6):
        sample = official_sample(5, seed=seed)
        people = sum(1 for cell in sample.cells if cell[0] == "H" and cell[1:].isdigit())
        damage(sample, seed)

        batch = imported(office, sample.content())

        assert accounted(batch) == batch.rows.count() == people, f"seed {seed}"
        assert not batch.rows.filter(outcome=ImportOutcome.REFUSED, reason="").exists()


def test_changed_person_is_updated_and_only_in_what_changed(office):
    sample = official_sample(3)
    imported(office, sample.content())
    others = list(Person.objects.exclude(citizen_id=sample.cells["H8"]).order_by("pk").values())
    name = f"{sample.cells['D8']} Niê"
    sample.cells["D8"] = sample.cells["C8"] = name

    batch = imported(office, sample.content())

    assert outcome_counts(batch)["updated"] == 1
    person = Person.objects.get(citizen_id=sample.cells["H8"])
    assert (person.full_name, person.search_key) == (name, search_key(name))
    assert (
        list(Person.objects.exclude(citizen_id=sample.cells["H8"]).order_by("pk").values())
        == others
    )


def test_empty_cell_and_vaguer_date_take_nothing_away(office):
    sample = official_sample(2)
    imported(office, sample.content())
    before = register_rows()
    sample.cells["F8"] = sample.cells["F8"][-4:]
    sample.cells["O8"] = None

    batch = imported(office, sample.content())

    assert outcome_counts(batch)["unchanged"] == batch.rows.count()
    assert register_rows() == before


def test_older_file_over_newer_edit_is_a_conflict(office):
    sample = official_sample(2)
    imported(office, sample.content())
    person = Person.objects.get(citizen_id=sample.cells["H8"])
    edit(person, office, full_name="Y Đã Sửa", search_key="y da sua")

    batch = read_in(office, aged(sample, days=3))

    row = batch.rows.get(number=8)
    assert row.state == ImportRowState.CONFLICT
    assert outcome_counts(write(office, batch))["updated"] == 0
    person.refresh_from_db()
    assert person.full_name == "Y Đã Sửa"
    row.refresh_from_db()
    assert row.outcome == ImportOutcome.REFUSED
    assert "họ tên" in row.reason


def test_conflict_is_written_only_when_the_officer_says_so(office):
    sample = official_sample(2)
    imported(office, sample.content())
    person = Person.objects.get(citizen_id=sample.cells["H8"])
    edit(person, office, full_name="Y Đã Sửa", search_key="y da sua")
    batch = read_in(office, aged(sample, days=3))

    batch = decide_rows(
        batch=batch, positions=[0], decision=ImportDecision.FILE, version=batch.version, by=office
    )
    write(office, batch)

    person.refresh_from_db()
    assert person.full_name == sample.cells["D8"]


def test_newer_file_over_older_edit_is_an_update(office):
    sample = official_sample(2)
    imported(office, sample.content())
    person = Person.objects.get(citizen_id=sample.cells["H8"])
    name = f"{person.full_name} Niê"
    edit(person, office, full_name=name, search_key=search_key(name))
    content = with_modified(sample.content(), clock.real_now() + timedelta(seconds=5))

    assert outcome_counts(imported(office, content))["updated"] == 1


def test_file_saved_on_a_day_to_come_overrides_only_what_the_officer_says(office):
    sample = official_sample(2)
    imported(office, sample.content())
    person = Person.objects.get(citizen_id=sample.cells["H8"])
    name = f"{person.full_name} Niê"
    edit(person, office, full_name=name, search_key=search_key(name))
    content = with_modified(sample.content(), clock.real_now() + timedelta(days=2))

    batch = read_in(office, content)
    row = batch.rows.get(number=8)
    assert row.state == ImportRowState.CONFLICT
    assert "không biết tệp hay sổ mới hơn" in problems_of(row)[0].message
    write(office, batch)

    person.refresh_from_db()
    row.refresh_from_db()
    assert person.full_name == name
    assert row.reason.startswith("Tệp ghi ngày lưu ở tương lai nên không sửa họ tên của sổ")


def test_file_saved_at_an_hour_to_come_overrides_nothing_of_its_day(office):
    sample = official_sample(2)
    imported(office, sample.content())
    person = Person.objects.get(citizen_id=sample.cells["H8"])
    name = f"{person.full_name} Niê"
    edit(person, office, full_name=name, search_key=search_key(name))
    content = with_modified(sample.content(), clock.real_now() + timedelta(hours=3))

    batch = read_in(office, content)

    assert batch.rows.get(number=8).state == ImportRowState.CONFLICT


def test_file_saved_on_a_day_to_come_may_be_chosen_over_the_register(office):
    sample = official_sample(2)
    imported(office, sample.content())
    person = Person.objects.get(citizen_id=sample.cells["H8"])
    name = f"{person.full_name} Niê"
    edit(person, office, full_name=name, search_key=search_key(name))
    batch = read_in(office, with_modified(sample.content(), clock.real_now() + timedelta(days=2)))

    batch = decide_rows(
        batch=batch, positions=[0], decision=ImportDecision.FILE, version=batch.version, by=office
    )
    write(office, batch)

    person.refresh_from_db()
    assert person.full_name == sample.cells["D8"]


def test_class_of_a_known_household_is_never_changed_by_a_file(office):
    sample = official_sample(2)
    imported(office, sample.content())
    sample.cells["P8"] = "Hộ cận nghèo"

    batch = read_in(office, sample.content())

    row = batch.rows.get(number=8)
    assert [problem.code for problem in problems_of(row)] == ["class_differs"]
    assert outcome_counts(write(office, batch))["unchanged"] == batch.rows.count()


def test_number_of_somebody_outside_is_taken_without_saying_whose(office):
    sample = official_sample(2)
    PersonFactory(citizen_id=sample.cells["H8"], full_name="Người Nơi Khác")

    batch = imported(office, sample.content())

    row = batch.rows.get(number=8)
    assert row.outcome == ImportOutcome.CREATED
    assert "Người Nơi Khác" not in row.reason


def test_head_known_without_a_number_is_asked_about(office):
    sample = official_sample(1, seed=3)
    year = sample.cells["F8"][-4:]
    HouseholdFactory(
        village=Area.objects.get(name=VILLAGES[0]),
        head=sample.cells["D8"],
        head__birth_date=date(int(year), 1, 1),
    )

    batch = read_in(office, sample.content())

    assert batch.rows.get(number=8).state == ImportRowState.DUPLICATE
    batch = decide_rows(
        batch=batch, positions=[0], decision=ImportDecision.NEW, version=batch.version, by=office
    )
    assert outcome_counts(write(office, batch))["created"] == batch.rows.count()


def test_cell_fixed_in_place_is_written(office):
    sample = official_sample(2)
    right = sample.cells["H8"]
    sample.cells["H8"] = int(right)
    batch = read_in(office, sample.content())
    row = batch.rows.get(number=8)
    assert problems_of(row)[0].suggestion == right

    batch = fix_cell(
        batch=batch, row=row, column="citizen_id", text=right, version=batch.version, by=office
    )

    assert state_counts(batch)["error"] == 0
    write(office, batch)
    assert Person.objects.filter(citizen_id=right).exists()


def test_equal_problems_are_fixed_together(office):
    sample = official_sample(4)
    for cell in [cell for cell in sample.cells if cell[0] == "O" and cell[1:].isdigit()]:
        sample.cells[cell] = "Xơ Đanh"
    batch = read_in(office, sample.content())
    groups = problem_groups(batch.rows.all())
    assert [(group.raw, group.count) for group in groups] == [("Xơ Đanh", batch.rows.count())]

    batch = fix_group(
        batch=batch, column="ethnic_group", code="unknown_name", raw="Xơ Đanh", text="Xơ-đăng",
        version=batch.version, by=office,
    )  # fmt: skip

    assert problem_groups(batch.rows.all()) == []


def test_old_fonts_are_converted_together_when_accepted(office):
    sample = official_sample(2)
    sample.cells |= {"D8": "NguyÔn V¨n A", "C8": "NguyÔn V¨n A"}
    batch = read_in(office, sample.content())
    assert batch.rows.get(number=8).state == ImportRowState.ERROR

    for column in ("member_name", "head_name"):
        batch = fix_group(
            batch=batch, column=column, code="legacy_font", raw="", text="",
            version=batch.version, by=office,
        )  # fmt: skip

    assert batch.rows.get(number=8).value("member_name") == "Nguyễn Văn A"


def test_stale_version_is_refused(office):
    batch = read_in(office, official_sample(1).content())
    row = batch.rows.first()

    with pytest.raises(ValidationError, match="vừa được sửa ở nơi khác"):
        fix_cell(
            batch=batch, row=row, column="sex", text="Nam", version=batch.version - 1, by=office
        )


def test_written_batch_is_not_changed_again(office):
    batch = imported(office, official_sample(1).content())

    with pytest.raises(ValidationError, match="đã ghi vào sổ"):
        read_import(batch=batch, version=batch.version, by=office)


def test_columns_chosen_by_hand_are_read(office):
    book = openpyxl.Workbook()
    book.active.append(["Cột 1", "Họ và tên", "Cột 3", "Giới tính", "Khu"])
    book.active.append(["", "Y Hữu Nam", 1980, "Nam", "TDP 3"])
    batch = start_import(ward=office.ward, content=saved(book), name="a.xlsx", by=office)

    batch = change_layouts(
        batch=batch,
        used={},
        heading_rows={},
        columns={"Sheet": {"head_name": 2, "birth_date": 3, "sex": 4, "village": 5}},
        version=batch.version,
        by=office,
    )
    batch = read_import(batch=batch, version=batch.version, by=office)

    assert outcome_counts(write(office, batch))["created"] == 1
    assert Person.objects.get().birth_precision == "year"


def test_report_marks_the_officers_own_workbook(office):
    sample = official_sample(2)
    sample.cells["H8"] = "123"
    sample.cells["D9"] = "=1+1"
    batch = imported(office, sample.content())

    book = openpyxl.load_workbook(io.BytesIO(report_workbook(batch)))

    assert book.sheetnames == [SUMMARY, sample.title]
    sheet = book[sample.title]
    assert sheet["H8"].value == "123"
    assert "3 chữ số" in sheet["H8"].comment.text
    assert sheet["H8"].fill.start_color.rgb.endswith("F8CBAD")
    assert sheet["C8"].comment is None
    results = {sheet.cell(row, sheet.max_column - 1).value for row in range(8, 10)}
    assert results <= {"Thêm mới", "Không ghi"}
    told = [[cell.value for cell in row] for row in book[SUMMARY].iter_rows()]
    assert ["Số dòng trong tệp", batch.rows.count()] == told[3][:2]


def test_refused_file_says_why(office):
    with pytest.raises(ValidationError, match="không phải là tệp Excel"):
        start_import(ward=office.ward, content=b"<html>", name="a.xlsx", by=office)

    assert not ImportBatch.objects.exists()


def test_file_without_a_list_says_so(office):
    book = openpyxl.Workbook()
    book.active["A1"] = "Mục lục"

    with pytest.raises(ValidationError, match="Không tìm thấy danh sách"):
        start_import(ward=office.ward, content=saved(book), name="a.xlsx", by=office)
