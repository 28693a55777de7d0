"""Corrections of a file that was read: each is kept, shown, and taken back by itself."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from households.choices import ImportDecision, ImportRowState
from households.intake.corrections.services import decide_rows, fix_cell, fix_group, undo_change
from households.intake.staging.selectors.problems import problems_of
from households.intake.staging.services import read_import
from households.models import EthnicGroup, ImportBatch, ImportChange, Person
from povertyplan.core.models import Area
from tests.factories.households import HouseholdFactory, MembershipFactory, PersonFactory
from tests.households.imports import read_in, write
from tests.households.samples import VILLAGES, official_sample

pytestmark = pytest.mark.alike


def state_of(batch: ImportBatch) -> list:
    """Everything that a batch holds of its rows."""
    return list(
        batch.rows.order_by("position").values("cells", "issues", "plan", "state", "decision")
    )


def fix(office, batch, text, *, number=8, column="citizen_id"):
    return fix_cell(
        batch=batch, row=batch.rows.get(number=number), column=column, text=text,
        version=batch.version, by=office,
    )  # fmt: skip


def decide(office, batch, decision, positions=(0,)):
    return decide_rows(
        batch=batch, positions=positions, decision=decision, version=batch.version, by=office
    )


def undo(office, batch, number):
    return undo_change(batch=batch, number=number, version=batch.version, by=office)


@pytest.fixture
def read(office):
    """A list with a wrong personal number in row 8 and an unknown group in every row."""
    sample = official_sample(3)
    sample.cells["H8"] = "123"
    for cell in [cell for cell in sample.cells if cell[0] == "O" and cell[1:].isdigit()]:
        sample.cells[cell] = "Xơ Đanh"
    return read_in(office, sample.content())


def fix_all_groups(office, batch):
    return fix_group(
        batch=batch, column="ethnic_group", code="unknown_name", raw="Xơ Đanh", text="Xơ-đăng",
        version=batch.version, by=office,
    )  # fmt: skip


ACTS = {
    "a cell": lambda office, batch: fix(office, batch, "062080000008"),
    "a cell wrong again": lambda office, batch: fix(office, batch, "1234"),
    "a cell the file does not have": lambda office, batch: fix(
        office, batch, "Số 9", column="address"
    ),
    "a group": fix_all_groups,
    "a decision": lambda office, batch: decide(office, batch, ImportDecision.SKIP),
}


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_undo_change_puts_back_exactly_what_an_act_changed(office, read, act):
    before = state_of(read)

    batch = act(office, read)
    assert state_of(batch) != before
    batch = undo(office, batch, 1)

    assert state_of(batch) == before
    change = ImportChange.objects.get()
    assert (change.undone_by, change.undone_at is None) == (office, False)


def test_changes_are_told_in_words(office, read):
    batch = fix(office, read, "062080000008")
    batch = fix_all_groups(office, batch)
    batch = decide(office, batch, ImportDecision.SKIP)
    decide(office, batch, "")

    people, first = read.rows.count(), read.rows.filter(household_position=0).count()
    assert list(read.changes.order_by("number").values_list("number", "summary")) == [
        (1, "Dòng 8, Số định danh (CCCD): “123” → “062080000008”"),
        (2, f"Dân tộc: “Xơ Đanh” → “Xơ-đăng”, {people} dòng"),
        (3, "Dòng 8: chọn “Bỏ qua”"),
        (4, "Dòng 8: bỏ lựa chọn"),
    ]
    assert len(read.changes.get(number=3).parts) == first
    assert {change.made_by for change in read.changes.all()} == {office}


def test_earlier_change_is_undone_by_itself(office, read):
    batch = fix(office, read, "062080000008")
    fixed = state_of(batch)
    batch = fix_all_groups(office, batch)
    batch = decide(office, batch, ImportDecision.SKIP)

    batch = undo(office, batch, 2)
    batch = undo(office, batch, 3)

    assert state_of(batch) == fixed


def test_change_under_a_later_one_is_refused_until_that_is_undone(office, read):
    batch = fix(office, read, "1234")
    batch = fix(office, batch, "062080000008")
    before = state_of(batch)

    with pytest.raises(ValidationError, match=r"“1234” → “062080000008”” \(số 2\)"):
        undo(office, batch, 1)

    assert state_of(batch) == before
    batch.refresh_from_db()
    batch = undo(office, undo(office, batch, 2), 1)
    assert batch.rows.get(number=8).cells["citizen_id"].raw == "123"
    assert batch.rows.get(number=8).cells["citizen_id"].typed is None


def test_undo_is_refused_twice_stale_and_for_what_never_was(office, read):
    batch = fix(office, read, "062080000008")
    before = state_of(batch)

    with pytest.raises(ValidationError, match="vừa được sửa ở nơi khác"):
        undo_change(batch=batch, number=1, version=batch.version - 1, by=office)
    with pytest.raises(ValidationError, match="Không có thay đổi này"):
        undo(office, batch, 2)
    assert state_of(batch) == before
    batch = ImportBatch.objects.get(pk=batch.pk)
    batch = undo(office, batch, 1)
    with pytest.raises(ValidationError, match="đã được hoàn tác rồi"):
        undo(office, batch, 1)


def test_change_of_a_written_list_is_not_undone(office, read):
    batch = write(office, fix(office, read, "062080000008"))

    with pytest.raises(ValidationError, match="đã ghi vào sổ"):
        undo(office, batch, 1)


def test_undone_correction_is_not_written(office, read):
    batch = fix_all_groups(office, read)
    batch = fix(office, batch, "062080000008")
    batch = undo(office, batch, 2)

    write(office, batch)

    assert not Person.objects.filter(citizen_id="062080000008").exists()


def test_act_that_changes_nothing_is_not_kept(office, read):
    batch = fix(office, read, "1234")
    batch = fix(office, batch, "1234")
    decide(office, batch, "")

    assert read.changes.count() == 1


def test_reading_the_file_anew_forgets_the_changes(office, read):
    batch = fix(office, read, "062080000008")

    read_import(batch=batch, version=batch.version, by=office)

    assert not ImportChange.objects.exists()


def test_changes_go_with_their_import(office, read):
    fix(office, read, "062080000008").delete()

    assert not ImportChange.objects.exists()


def test_changes_are_seen_in_their_ward_alone(office, read, stranger):
    fix(office, read, "062080000008")

    assert ImportChange.objects.visible_to(office).count() == 1
    assert not ImportChange.objects.visible_to(stranger).exists()


def test_database_refuses_an_undoing_by_nobody(office, read):
    fix(office, read, "062080000008")
    change = ImportChange.objects.get()

    with pytest.raises(IntegrityError), transaction.atomic():
        ImportChange.objects.filter(pk=change.pk).update(undone_at=change.made_at)


def url(batch: ImportBatch, query: str = "") -> str:
    return reverse("households:import_rows", args=[batch.pk]) + query


def post_cell(client, batch, text, **changes):
    row = batch.rows.get(number=8)
    values = {"act": "cell", "version": batch.version, "row": row.position, "column": "citizen_id"}
    return client.post(url(batch), {**values, "text": text, **changes})


def test_page_shows_the_last_change_and_undoes_it(client_of, office, read):
    client, before = client_of(office), state_of(read)
    post_cell(client, read, "062080000008")
    read.refresh_from_db()

    page = client.get(url(read)).content.decode()
    assert "Thay đổi gần nhất: Dòng 8, Số định danh (CCCD): “123” → “062080000008”." in page
    response = client.post(url(read), {"act": "undo", "version": read.version, "number": 1})

    assert response.status_code == 302
    assert state_of(read) == before
    assert "Thay đổi gần nhất" not in client.get(url(read)).content.decode()


def test_page_lists_every_change_with_who_undid_it(client_of, office, read):
    client = client_of(office)
    undo(office, fix(office, read, "062080000008"), 1)

    response = client.get(url(read, "?show=changes"))

    assert [change.number for change in response.context["changes"]] == [1]
    assert f"{office} hoàn tác lúc" in response.content.decode()


def test_undo_in_the_way_of_a_later_change_is_told(client_of, office, read):
    batch = fix(office, fix(office, read, "1234"), "12345")

    response = client_of(office).post(
        url(batch), {"act": "undo", "version": batch.version, "number": 1}
    )

    assert response.status_code == 422
    assert "Chỗ này được sửa tiếp sau đó" in response.content.decode()


def test_saved_cell_leads_to_the_next_row_that_needs_something(client_of, office, read):
    batch = fix_all_groups(office, read)
    batch = fix(office, batch, "12", number=10)
    position = batch.rows.get(number=8).position

    response = post_cell(client_of(office), batch, "1234")
    assert response.url.endswith(f"#row-{position}")
    batch.refresh_from_db()
    response = post_cell(client_of(office), batch, "062080000008")

    assert response.url.endswith(f"#row-{batch.rows.get(number=10).position}")


def test_suggestion_waits_in_its_field_and_what_was_typed_stays(client_of, office):
    sample = official_sample(1)
    right = sample.cells["H8"]
    sample.cells["H8"] = int(right)
    batch, client = read_in(office, sample.content()), client_of(office)

    assert f'name="text" value="{right}"' in client.get(url(batch)).content.decode()
    post_cell(client, batch, "12")

    assert 'name="text" value="12"' in client.get(url(batch)).content.decode()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"text": "9" * 201}, "Nội dung dài 201 ký tự, tối đa 200."),
        ({"version": 1}, "Lần nhập này vừa được sửa ở nơi khác."),
        ({"version": ""}, "Chưa sửa được: nội dung gửi lên không đúng."),
    ],
    ids=["too long", "stale", "without version"],
)
def test_refused_text_stays_in_its_cell(client_of, office, read, changes, sentence):
    before = state_of(read)
    values = {"text": "06208000", **changes}

    response = post_cell(client_of(office), read, **values)

    assert response.status_code == 422
    page = response.content.decode()
    assert sentence in page
    assert f'name="text" value="{values["text"]}"' in page
    assert state_of(read) == before


@pytest.fixture
def doubtful(office):
    """A list of one household whose head the register knows without a number."""
    sample = official_sample(1, seed=3)
    elsewhere = next(name for name in VILLAGES if name != sample.cells["N8"])
    household = HouseholdFactory(
        village=Area.objects.get(name=elsewhere),
        code="HN-77",
        address="Số 9",
        head=sample.cells["D8"],
        head__birth_date=date(int(sample.cells["F8"][-4:]), 1, 1),
        head__birth_precision="year",
        head__sex={"Nam": "male", "Nữ": "female"}[sample.cells["G8"]],
        head__ethnic_group=EthnicGroup.objects.get(name="Kinh"),
    )
    MembershipFactory(
        household=household, relation="spouse", person=PersonFactory(
            ward=office.ward, full_name="Y Thơm", birth_date=date(1985, 3, 2)
        ),
    )  # fmt: skip
    return sample, read_in(office, sample.content())


def test_duplicate_stands_beside_the_household_of_the_register(client_of, office, doubtful):
    sample, batch = doubtful

    response = client_of(office).get(url(batch))

    (line,) = [line for line in response.context["lines"] if line.comparison]
    told = {
        each.field.label: (each.file, each.register, each.differs) for each in line.comparison.lines
    }
    name, born, number = sample.cells["D8"], sample.cells["F8"], sample.cells["H8"]
    assert told["Mã hộ"] == ("–", "HN-77", False)
    assert told["Chủ hộ"] == (name, name, False)
    assert told["Ngày sinh chủ hộ"] == (born, born[-4:], False)
    assert told["Số định danh chủ hộ"] == (f"{number[:4]}****{number[-4:]}", "–", False)
    assert told["Dân tộc chủ hộ"] == ("Xơ-đăng", "Kinh", True)
    assert told["Thôn, tổ dân phố"][0] == sample.cells["N8"] != told["Thôn, tổ dân phố"][1]
    assert told["Số nhân khẩu"] == (str(batch.rows.count()), "2", batch.rows.count() != 2)
    assert told["Thành viên khác"][1] == "Y Thơm vợ, chồng 1985"
    labels = [decision.label for decision in line.decisions]
    assert labels == ["Cập nhật theo tệp", "Tạo mới", "Bỏ qua"]


@pytest.mark.parametrize("decision", ["file", "new", "skip"])
def test_decision_holds_for_all_rows_in_doubt(client_of, office, decision):
    sample = official_sample(4, seed=3)
    heads = [cell for cell in sample.cells if cell[0] == "B" and cell[1:].isdigit()]
    for number in (cell[1:] for cell in heads):
        HouseholdFactory(
            village=Area.objects.get(name=VILLAGES[0]),
            head=sample.cells[f"D{number}"],
            head__birth_date=date(int(sample.cells[f"F{number}"][-4:]), 1, 1),
        )
    batch = read_in(office, sample.content())
    doubtful = batch.rows.filter(state=ImportRowState.DUPLICATE)
    assert doubtful.count() == len(heads) == 4

    client_of(office).post(
        url(batch),
        {"act": "decide", "version": batch.version, "row": doubtful.first().position,
         "decision": decision, "everywhere": "1"},
    )  # fmt: skip

    assert not doubtful.all().exists()
    assert batch.changes.get().summary.endswith(" dòng: chọn “{}”".format(
        {"file": "Cập nhật theo tệp", "new": "Tạo mới", "skip": "Bỏ qua"}[decision]
    ))  # fmt: skip


@pytest.mark.parametrize("count", [1, 3])
def test_rows_page_costs_the_same_for_any_number_in_doubt(
    client_of, office, count, django_assert_num_queries
):
    sample = official_sample(count, seed=3)
    for cell in [cell for cell in sample.cells if cell[0] == "B" and cell[1:].isdigit()]:
        HouseholdFactory(
            village=Area.objects.get(name=VILLAGES[0]),
            head=sample.cells[f"D{cell[1:]}"],
            head__birth_date=date(int(sample.cells[f"F{cell[1:]}"][-4:]), 1, 1),
        )
    batch, client = read_in(office, sample.content()), client_of(office)
    client.get(url(batch))

    with django_assert_num_queries(17):
        assert len([x for x in client.get(url(batch)).context["lines"] if x.comparison]) == count


def test_repair_of_a_number_is_offered_while_the_row_confirms_it(office):
    sample = official_sample(1)
    right = sample.cells["H8"]
    sample.cells["H8"] = int(right)
    sex = sample.cells["G8"]
    batch = read_in(office, sample.content())

    offered = [offer_of(batch)]
    batch = fix(office, batch, "Nam" if sex == "Nữ" else "Nữ", column="sex")
    offered.append(offer_of(batch))
    batch = fix(office, batch, sex, column="sex")
    offered.append(offer_of(batch))

    assert offered == [right, "", right]


def offer_of(batch) -> str:
    (problem,) = [
        each for each in problems_of(batch.rows.get(number=8)) if each.column == "citizen_id"
    ]
    return problem.suggestion


def test_repairs_in_bulk_leave_numbers_that_do_not_confirm_theirs(office):
    sample = official_sample(4)
    rows = [cell[1:] for cell in sample.cells if cell[0] == "H" and cell[1:].isdigit()][:3]
    right = [sample.cells[f"H{row}"] for row in rows]
    for row, number in zip(rows, right, strict=True):
        sample.cells[f"H{row}"] = int(number)
    sample.cells[f"F{rows[1]}"] = "1901"
    sample.cells[f"H{rows[2]}"] = f"0{int(right[2]) // 10}"
    batch = read_in(office, sample.content())

    batch = fix_group(
        batch=batch, column="citizen_id", code="citizen_id_length", raw="", text="",
        version=batch.version, by=office,
    )  # fmt: skip

    numbers = [batch.rows.get(number=row).value("citizen_id") for row in rows]
    assert numbers == [right[0], None, None]
