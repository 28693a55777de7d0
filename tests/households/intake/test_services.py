"""Files into the register: every row accounted for, nothing twice, nothing newer overwritten."""

import io
import re
import zipfile
from datetime import UTC, date, datetime, timedelta

import openpyxl
import pytest
from django.core.exceptions import ValidationError

from households.choices import (
    ImportDecision,
    ImportOutcome,
    ImportRowState,
    ImportStage,
    MovementCause,
    PovertyClass,
    ReviewState,
)
from households.intake.corrections.services import decide_rows, fix_cell, fix_group
from households.intake.staging.selectors.problems import (
    outcome_counts,
    problem_groups,
    problems_of,
    state_counts,
)
from households.intake.staging.services import change_layouts, read_import, start_import
from households.intake.writing.selectors.preview import preview_of
from households.intake.writing.services.undo import undo_import
from households.intake.writing.services.writing import commit_import
from households.intake.writing.workbooks import SUMMARY, report_workbook
from households.ledger.selectors.classes import class_counts
from households.models import (
    Household,
    HouseholdEvent,
    HouseholdStatus,
    ImportBatch,
    ListedResult,
    Membership,
    Person,
    PovertyCause,
    Review,
)
from households.rules.import_sheets import ChosenSheet
from povertyplan.core import clock
from povertyplan.core.choices import Role
from povertyplan.core.journal import history
from povertyplan.core.models import Area, AuditEvent
from povertyplan.core.periods.services import lock_period
from tests.factories.core import WardFactory, user_with
from tests.factories.households import (
    CampaignFactory,
    DecisionFactory,
    HouseholdFactory,
    PersonFactory,
    ReviewFactory,
)
from tests.households.imports import imported, read_in, write
from tests.households.samples import VILLAGES, damage, official_sample, saved
from tests.households.spells import change_status

TABLES = (Household, Person, Membership, HouseholdStatus)


def register_rows() -> list:
    """Everything in the register, for comparing before and after."""
    return [list(model.objects.order_by("pk").values()) for model in TABLES]


def edit(person: Person, by, **values) -> None:
    with history.writing(by=by, act="edit_person", source="web"):
        for name, value in values.items():
            setattr(person, name, value)
        person.save()


def aged(sample, days: int) -> bytes:
    """The sample as a file that was last saved some days ago."""
    book = openpyxl.load_workbook(io.BytesIO(sample.content()))
    content = io.BytesIO()
    book.save(content)
    return _with_modified(content.getvalue(), clock.real_now() - timedelta(days=days))


def _with_modified(content: bytes, moment: datetime) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w") as new:
        for part in old.infolist():
            data = old.read(part)
            if part.filename == "docProps/core.xml":
                stamp = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
                data = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, data)
            new.writestr(part, data)
    return stream.getvalue()


def accounted(batch: ImportBatch) -> int:
    return sum(outcome_counts(batch).values())


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
    assert history.verify().faults == ()


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
    sample.cells["D8"] = sample.cells["C8"] = "Y Tên Mới"

    batch = imported(office, sample.content())

    assert outcome_counts(batch)["updated"] == 1
    person = Person.objects.get(citizen_id=sample.cells["H8"])
    assert (person.full_name, person.search_key) == ("Y Tên Mới", "y ten moi")
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
    edit(person, office, full_name="Y Đã Sửa", search_key="y da sua")
    content = _with_modified(sample.content(), clock.real_now() + timedelta(seconds=5))

    assert outcome_counts(imported(office, content))["updated"] == 1


def test_class_of_a_known_household_is_never_changed_by_a_file(office):
    sample = official_sample(2)
    imported(office, sample.content())
    sample.cells["P8"] = "Hộ cận nghèo"

    batch = read_in(office, sample.content())

    row = batch.rows.get(number=8)
    assert [problem.code for problem in problems_of(row)] == ["class_differs"]
    assert outcome_counts(write(office, batch))["unchanged"] == batch.rows.count()


def test_number_of_somebody_outside_is_refused_without_saying_whose(office):
    sample = official_sample(2)
    PersonFactory(citizen_id=sample.cells["H8"], full_name="Người Nơi Khác")

    batch = imported(office, sample.content())

    row = batch.rows.get(number=8)
    assert row.outcome == ImportOutcome.REFUSED
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


def test_undo_puts_everything_back(office):
    sample = official_sample(3)
    imported(office, sample.content())
    before = register_rows()
    sample.cells["D8"] = sample.cells["C8"] = "Y Tên Mới"
    bigger = official_sample(5)
    bigger.cells["D8"] = bigger.cells["C8"] = "Y Tên Mới"
    batch = imported(office, bigger.content())
    assert register_rows() != before

    batch = undo_import(batch=batch, by=office)

    assert batch.stage == ImportStage.UNDONE
    assert register_rows() == before


def test_undo_refused_after_an_edit_and_nothing_changes(office):
    sample = official_sample(2)
    batch = imported(office, sample.content())
    edit(Person.objects.get(citizen_id=sample.cells["H8"]), office, has_merit=True)
    before = register_rows()

    with pytest.raises(ValidationError, match="đã được sửa sau đó"):
        undo_import(batch=batch, by=office)

    assert register_rows() == before


def test_undo_refused_after_seven_days(office):
    batch = imported(office, official_sample(1).content())
    ImportBatch.objects.filter(pk=batch.pk).update(
        written_at=clock.now() - timedelta(days=7, minutes=1)
    )

    with pytest.raises(ValidationError, match="7 ngày"):
        undo_import(batch=batch, by=office)


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


ODD_HEADINGS = ("Người đứng tên", "Sinh", "Nơi sống", "Ghi chú")


def odd_list(titles: int = 1, headings=ODD_HEADINGS) -> bytes:
    """A list of households whose headings say nothing to the program, below some titles."""
    book = openpyxl.Workbook()
    for _ in range(titles):
        book.active.append(["DANH SÁCH"])
    book.active.append(["Họ tên", "Giới tính", *headings])
    book.active.append(["Y Hữu Nam", "Nam", "Y Hữu Nam", "1980", VILLAGES[0], ""])
    return saved(book)


def confirmed(office, content: bytes) -> ImportBatch:
    """The list with the columns that its officer chose by hand."""
    batch = start_import(ward=office.ward, content=content, name="ds.xlsx", by=office)
    columns = {"head_name": 3, "sex": 2, "birth_date": 4, "village": 5}
    return change_layouts(
        batch=batch,
        used={},
        heading_rows={},
        columns={batch.layouts[0].sheet: columns},
        version=batch.version,
        by=office,
    )


def next_layout(office, content: bytes) -> ChosenSheet:
    """How the next list is taken in."""
    return start_import(ward=office.ward, content=content, name="ds2.xlsx", by=office).layouts[0]


def test_confirmed_columns_are_offered_for_the_next_list(office):
    confirmed(office, odd_list())

    layout = next_layout(office, odd_list(titles=4))

    assert layout.columns == {"head_name": 3, "sex": 2, "birth_date": 4, "village": 5}
    assert layout.heading_row == 5
    assert layout.confirmed_on == clock.today()


def test_confirmed_columns_say_nothing_of_other_headings(office):
    confirmed(office, odd_list())

    layout = next_layout(office, odd_list(headings=("Người đứng tên", "Nơi sống", "Sinh", "")))

    assert layout.columns == {"head_name": 1, "sex": 2}
    assert layout.confirmed_on is None


def test_confirmed_columns_stay_in_their_ward(office):
    confirmed(office, odd_list())
    stranger = user_with(Role.COORDINATOR, WardFactory())

    assert next_layout(stranger, odd_list()).confirmed_on is None


def test_columns_confirmed_again_replace_the_first_choice(office):
    batch = confirmed(office, odd_list())
    change_layouts(
        batch=batch,
        used={},
        heading_rows={},
        columns={batch.layouts[0].sheet: {"head_name": 3, "village": 5}},
        version=batch.version,
        by=office,
    )

    assert next_layout(office, odd_list()).columns == {"head_name": 3, "village": 5}


def test_columns_that_were_only_recognised_are_not_kept(office):
    start_import(ward=office.ward, content=odd_list(), name="ds.xlsx", by=office)

    assert next_layout(office, odd_list()).confirmed_on is None


def test_village_that_a_list_changes_keeps_where_the_household_lived(office):
    """The figures of earlier days stay; taking the import back leaves them as well."""
    sample = official_sample(1)
    sample.cells["N8"] = VILLAGES[0]
    imported(office, aged(sample, days=60))
    household = Household.objects.get()
    old, new = Area.objects.get(name=VILLAGES[0]), Area.objects.get(name=VILLAGES[1])
    for row in range(8, 8 + Person.objects.count()):
        sample.cells[f"N{row}"] = VILLAGES[1]

    batch = imported(office, sample.content())

    earlier, today = household.opened_on, clock.today()
    event = HouseholdEvent.objects.get()
    assert (event.household, event.from_village, event.happened_on) == (household, old, today)
    assert [class_counts(area=old, on=day).poor for day in (earlier, today)] == [1, 0]
    assert [class_counts(area=new, on=day).poor for day in (earlier, today)] == [0, 1]

    undo_import(batch=batch, by=office)

    assert Household.objects.get().village == old
    assert [class_counts(area=old, on=day).poor for day in (earlier, today)] == [1, 1]
    assert [event.from_village for event in HouseholdEvent.objects.order_by("pk")] == [old, new]


@pytest.fixture
def with_result(office):
    """A listed household whose decision and form are in the register, and its list again."""
    sample = official_sample(1)
    imported(office, sample.content())
    household = Household.objects.get()
    campaign = CampaignFactory(ward=office.ward)
    review = ReviewFactory(
        campaign=campaign,
        household=household,
        state=ReviewState.DONE,
        income_score=110,
        deprivation_score=40,
        computed_class=PovertyClass.POOR,
        recorded_class=PovertyClass.POOR,
    )
    review.causes.add(PovertyCause.objects.get(number=2))
    decision = DecisionFactory(
        ward=office.ward, campaign=campaign, number="15/QĐ-UBND", decided_on=clock.today()
    )
    change_status(
        household=household,
        poverty_class=PovertyClass.POOR,
        starts_on=clock.today() + timedelta(days=1),
        decision=decision,
        cause=MovementCause.UNCHANGED,
    )
    sample.cells |= {"Q8": "15/QĐ-UBND", "R8": clock.today().strftime("%d/%m/%Y"), "X8": "2"}
    return sample


def told_of(batch: ImportBatch) -> list[str]:
    return [problem.code for problem in problems_of(batch.rows.get(number=8))]


def test_list_that_agrees_with_the_review_says_nothing(office, with_result):
    assert told_of(read_in(office, with_result.content())) == []


@pytest.mark.parametrize(
    ("cells", "codes"),
    [
        pytest.param({"S8": 120}, ["income_score_differs"], id="B1"),
        pytest.param({"T8": 30}, ["deprivation_score_differs"], id="B2"),
        pytest.param({"X8": "2, 5"}, ["causes_differs"], id="causes"),
        pytest.param({"R8": "01/02/2024"}, ["decided_on_differs"], id="day"),
        pytest.param({"Q8": "9/QĐ-UBND", "S8": 120}, ["decision_differs"], id="another decision"),
        pytest.param({"Q8": "", "R8": "", "S8": "", "T8": "", "X8": ""}, [], id="says nothing"),
    ],
)
def test_result_that_a_list_tells_otherwise_is_named_and_not_written(
    office, with_result, cells, codes
):
    with_result.cells |= cells
    before = [list(model.objects.order_by("pk").values()) for model in (Review, HouseholdStatus)]

    batch = read_in(office, with_result.content())

    assert told_of(batch) == codes
    assert len(preview_of(batch).differing) == len(codes)
    assert outcome_counts(write(office, batch))["unchanged"] == batch.rows.count()
    after = [list(model.objects.order_by("pk").values()) for model in (Review, HouseholdStatus)]
    assert after == before


def test_sheet_without_a_row_is_read_as_nothing(office):
    """The second and third sheet of the official form are empty where nobody escaped."""
    book = openpyxl.load_workbook(io.BytesIO(official_sample(2).content()))
    empty = book.copy_worksheet(book.active)
    empty.delete_rows(8, 100)

    batch = imported(office, saved(book))

    assert [layout.used for layout in batch.layouts] == [True, True]
    assert Household.objects.count() == 2


@pytest.fixture
def with_decisions():
    """A list whose first household names the decision that recognised it."""
    sample = official_sample(3)
    sample.cells |= {"Q8": "208/QĐ-UBND", "R8": "15/12/2025", "X8": "1, 2"}
    return sample


def test_first_list_brings_the_result_that_was_recognised_before(office, with_decisions):
    batch = imported(office, with_decisions.content())

    household = batch.rows.get(number=8).household
    spell = household.statuses.get()
    assert household.opened_on == spell.starts_on == date(2025, 12, 15)
    told = spell.listed
    assert (told.number, told.decided_on) == ("208/QĐ-UBND", date(2025, 12, 15))
    assert (told.income_score, told.deprivation_score, told.causes) == (110, 40, [1, 2])
    assert class_counts(area=office.ward, on=date(2025, 12, 31)).poor == 1
    for membership in household.memberships.all():
        assert membership.joined_on == max(date(2025, 12, 15), membership.person.birth_date)


def test_first_list_again_changes_nothing_and_agrees(office, with_decisions):
    imported(office, with_decisions.content())
    before = register_rows()

    again = imported(office, with_decisions.content())

    assert outcome_counts(again)["unchanged"] == again.rows.count()
    assert told_of(again) == []
    assert register_rows() == before


def test_first_list_that_writes_the_number_in_other_words_agrees(office, with_decisions):
    imported(office, with_decisions.content())
    with_decisions.cells |= {"Q8": "208"}

    assert told_of(read_in(office, with_decisions.content())) == []


def test_first_list_that_says_otherwise_later_is_named(office, with_decisions):
    imported(office, with_decisions.content())
    with_decisions.cells |= {"S8": 120, "X8": "3"}

    assert told_of(read_in(office, with_decisions.content())) == [
        "income_score_differs",
        "causes_differs",
    ]


def test_undo_takes_the_result_back_too(office, with_decisions):
    batch = imported(office, with_decisions.content())

    undo_import(batch=batch, by=office)

    assert not ListedResult.objects.exists()
    assert not Household.objects.exists()


@pytest.fixture
def decision(office):
    """A decision that this register knows."""
    return DecisionFactory(
        ward=office.ward, number="300/QĐ-UBND", decided_on=date(2026, 3, 1), year=2026
    )


def test_household_recognised_before_a_decision_made_here_starts_with_the_file(
    office, with_decisions, decision
):
    with_decisions.cells |= {
        cell.replace("P", column): value
        for cell in list(with_decisions.cells)
        if cell.startswith("P") and cell != "P8"
        for column, value in (("Q", "208/QĐ-UBND"), ("R", "15/12/2025"))
    }
    batch = imported(office, with_decisions.content())

    row = batch.rows.get(number=8)
    assert "decision_before_register" in told_of(batch)
    assert row.household.opened_on > decision.decided_on
    assert row.household.statuses.get().listed.decided_on == date(2025, 12, 15)


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        pytest.param({"Q8": "", "R8": ""}, "decision_missing", id="no decision"),
        pytest.param({"R8": ""}, "decision_missing", id="no day"),
        pytest.param({"Q8": "300", "R8": "01/03/2026"}, "decision_without", id="one made here"),
        pytest.param(
            {"Q8": "Số 0300/QĐ-UBND", "R8": "01/03/2026"}, "decision_without", id="in other words"
        ),
    ],
)
def test_new_poor_household_without_a_decision_is_refused_once_decisions_are_made_here(
    office, with_decisions, decision, cells, code
):
    with_decisions.cells |= cells

    batch = imported(office, with_decisions.content())

    row = batch.rows.get(number=8)
    assert code in told_of(batch)
    assert (row.outcome, row.household) == ("refused", None)


def test_locked_year_takes_no_household_from_a_list(office, with_decisions):
    lock_period(ward=office.ward, year=2025, by=office)

    batch = imported(office, with_decisions.content())

    assert batch.rows.get(number=8).household.opened_on.year == 2026


def test_village_renamed_since_the_list_was_read_is_named_and_nothing_written(office):
    batch = read_in(office, official_sample(3).content())
    village = Area.objects.get(name=batch.rows.first().value("village"))
    Area.objects.filter(pk=village.pk).update(name="Tổ dân phố Mới")

    with pytest.raises(ValidationError, match=f"{village.name} vừa được đổi tên"):
        write(office, batch)
    assert not Household.objects.exists()
