"""Lists that leave the register and come back unchanged."""

import io
from datetime import date

import openpyxl
import pytest
from django.db.models import Value
from django.db.models.functions import Concat
from django.urls import reverse

from households.choices import BirthPrecision, MovementCause, PovertyClass, RelationToHead, Sex
from households.directory.selectors.exports import listed_households
from households.intake.staging.selectors.problems import outcome_counts
from households.intake.staging.services import read_import, start_import
from households.intake.writing.services.writing import write_import
from households.models import (
    EthnicGroup,
    Household,
    HouseholdStatus,
    ListedResult,
    Membership,
    Person,
)
from households.register.services.households import change_village
from households.register.services.villages import merge_villages
from povertyplan.core.choices import Role
from povertyplan.core.models import AccessEvent
from tests.factories.core import VillageFactory, WardFactory, user_with
from tests.factories.households import (
    HouseholdFactory,
    MembershipFactory,
    PersonFactory,
    StatusFactory,
)
from tests.pages import NO_RIGHT, heading_of, nothing_written

TABLES = (Household, Person, Membership, HouseholdStatus)
URL = reverse("households:household_export")
OFFICIAL = {"layout": "official", "purpose": "report"}
MEMBERS = {"layout": "members", "purpose": "checking"}


@pytest.fixture
def register(ward, village):
    """Three households: poor, near-poor, escaped; members of every relation and precision."""
    group = EthnicGroup.objects.create(code="14", name="Xơ-đăng")
    other = VillageFactory(parent=ward, name="Thôn Kon Rờ Bàng")
    made = []
    for number, (place, poverty_class, cause) in enumerate(
        (
            (village, PovertyClass.POOR, MovementCause.REGISTERED),
            (other, PovertyClass.NEAR_POOR, MovementCause.REGISTERED),
            (other, PovertyClass.NOT_POOR, MovementCause.ESCAPED_NEAR_POVERTY),
            (other, PovertyClass.NEAR_POOR, MovementCause.ESCAPED_TO_NEAR_POOR),
        )
    ):
        household = HouseholdFactory(
            village=place,
            head=f"Y Hữu {'Nam' * (number + 1)}",
            head__citizen_id=f"0620800000{number:02}",
            head__ethnic_group=group,
            head__has_merit=number == 0,
            no_labour_capacity=number == 1,
            address=f"{number + 1} Lê Lợi, hẻm 2" if number > 1 else "",
        )
        for relation, precision in zip(
            RelationToHead.values[1:], [*BirthPrecision.values, *["day"] * 4], strict=True
        ):
            MembershipFactory(
                household=household,
                relation=relation,
                person=PersonFactory(
                    ward=ward,
                    full_name=f"Đặng Thị {relation.capitalize()}",
                    sex=Sex.FEMALE,
                    birth_date=date(1990, 1, 1),
                    birth_precision=precision,
                ),
            )
        starts = date(2026, 1, 1)
        if cause != MovementCause.REGISTERED:
            StatusFactory(
                household=household, poverty_class=PovertyClass.POOR, ends_on=date(2025, 12, 31)
            )
        StatusFactory(
            household=household, poverty_class=poverty_class, cause=cause, starts_on=starts
        )
        made.append(household)
    return made


def register_rows() -> list:
    return [list(model.objects.order_by("pk").values()) for model in TABLES]


def come_back(user, content: bytes):
    batch = start_import(ward=user.ward, content=content, name="ds.xlsx", by=user)
    batch = read_import(batch=batch, version=batch.version, by=user)
    return write_import(batch=batch, version=batch.version, by=user)


@pytest.mark.parametrize("post", [OFFICIAL, MEMBERS], ids=["official", "members"])
def test_list_that_comes_back_changes_nothing(client_of, coordinator, register, post):
    content = client_of(coordinator).post(URL, post).content
    before = register_rows()

    batch = come_back(coordinator, content)

    problems = [(row.number, row.reason, row.plan.changes) for row in batch.rows.all()
                if row.outcome != "unchanged"]  # fmt: skip
    assert problems == []
    assert outcome_counts(batch)["unchanged"] == batch.rows.count() > 0
    assert register_rows() == before


def test_list_brought_to_an_empty_ward_is_the_same_list(client_of, coordinator, register):
    content = client_of(coordinator).post(URL, MEMBERS).content
    told = sheet_rows(content, 0)[4:]
    elsewhere = WardFactory(name="Phường Đăk Cấm")
    for village in {household.village.name for household in register}:
        VillageFactory(parent=elsewhere, name=village)
    # One number belongs to one person: the copy is of people without one.
    stripped = without_column(content, "CCCD")

    officer = user_with(Role.COORDINATOR, elsewhere)
    batch = come_back(officer, stripped)
    again = client_of(officer).post(URL, MEMBERS).content

    assert outcome_counts(batch)["created"] == batch.rows.count()
    copied = sheet_rows(again, 0)[4:]
    assert sorted(without_number(copied), key=str) == sorted(without_number(told), key=str)


def sheet_rows(content: bytes, position: int) -> list[list]:
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[position]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def without_column(content: bytes, heading: str) -> bytes:
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book.worksheets[0]
    position = next(cell.column for cell in sheet[5] if cell.value == heading)
    for row in sheet.iter_rows(min_row=6):
        row[position - 1].value = None
    for row in sheet.iter_rows(min_row=6):
        for cell in row:
            if isinstance(cell.value, str):
                cell.data_type = "s"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def without_number(rows: list[list]) -> list[list]:
    return [[*row[:5], *row[6:]] for row in rows]


def test_official_list_has_its_three_sheets_and_first_rows(client_of, coordinator, register):
    # Written before such names were refused: a workbook shows it as text.
    heads = Person.objects.filter(full_name__startswith="Y Hữu")
    heads.update(full_name=Concat(Value("="), "full_name"))

    content = client_of(coordinator).post(URL, OFFICIAL).content

    poor = sheet_rows(content, 0)
    assert poor[4][1:8] == [
        "STT hộ", "Họ tên chủ hộ", "Họ tên thành viên", "Quan hệ với chủ hộ", "Ngày sinh",
        "Giới tính", "CCCD",
    ]  # fmt: skip
    assert poor[7][1:8] == [
        1, "=Y Hữu Nam", "=Y Hữu Nam", "Chủ hộ", "17/05/1980", "Nam", "062080000000",
    ]  # fmt: skip
    escaped, escaped_near = sheet_rows(content, 1), sheet_rows(content, 2)
    assert escaped[9][2] == "=Y Hữu NamNamNamNam"
    assert escaped[9][8] == "4 Lê Lợi, hẻm 2, Thôn Kon Rờ Bàng, Phường Đăk Cấm"
    assert escaped_near[9][2] == "=Y Hữu NamNamNam"


def test_export_follows_the_filters_and_says_so(client_of, coordinator, register, village):
    response = client_of(coordinator).post(f"{URL}?village={village.pk}", MEMBERS)

    rows = sheet_rows(response.content, 0)
    assert {row[7] for row in rows[5:]} == {village.name}
    assert rows[2][0].startswith(f"Lọc: {village.name}; lập lúc ")


def test_export_is_written_down_with_its_purpose(client_of, coordinator, register):
    response = client_of(coordinator).post(URL, OFFICIAL)

    event = AccessEvent.objects.get()
    assert (event.actor, event.purpose) == (coordinator, "Báo cáo cấp trên theo mẫu")
    assert "4 hộ" in event.what
    assert "Y Hữu" not in event.what
    assert response["Content-Disposition"] == (
        'attachment; filename="danh-sach-ho-ngheo-can-ngheo-phuong-dak-cam-2026-11-20.xlsx"'
    )


def test_export_without_a_purpose_gives_nothing(client_of, coordinator, register):
    response = client_of(coordinator).post(URL, {"layout": "members"})

    assert response.status_code == 422
    assert "Chọn mục đích tải danh sách." in response.content.decode()
    assert not AccessEvent.objects.exists()


def test_what_is_missing_is_named_in_the_order_of_the_page(client_of, coordinator, register):
    answer = client_of(coordinator).post(URL, {"layout": ""})

    said = [error["message"] for error in _errors_of(answer.context["form"])]
    assert said == ["Chọn mẫu danh sách.", "Chọn mục đích tải danh sách."]
    page = answer.content.decode()
    assert page.index(said[0]) < page.index(said[1])


def _errors_of(form):
    return [error for errors in form.errors.get_json_data().values() for error in errors]


def test_asking_for_the_form_writes_nothing(client_of, leader, register):
    response = client_of(leader).get(URL)

    assert response.status_code == 200
    assert not AccessEvent.objects.exists()


@pytest.mark.parametrize("role", [Role.ENTRY_OFFICER, Role.OBSERVER, Role.ADMINISTRATOR])
def test_export_is_refused_to_other_roles(client_of, ward, register, role):
    client = client_of(user_with(role, ward))

    with nothing_written():
        assert heading_of(client.post(URL, MEMBERS)) == NO_RIGHT


def test_export_of_a_stranger_has_nothing_of_this_ward(client_of, stranger, register):
    content = client_of(stranger).post(URL, MEMBERS).content

    assert len(sheet_rows(content, 0)) == 5


@pytest.fixture
def moved(register, ward, village, coordinator):
    """The first household moved to the second village on 1/6, which was merged on 1/9."""
    other = register[1].village
    change_village(
        household=register[0], village=other, address="Số 9", on=date(2026, 6, 1), version=1,
        by=coordinator,
    )  # fmt: skip
    third = VillageFactory(parent=ward, name="Thôn 3")
    merge_villages(
        ward=ward, villages=[other, third], name="Thôn Hợp Nhất", setting="rural",
        on=date(2026, 9, 1), by=coordinator,
    )  # fmt: skip
    return register


@pytest.mark.parametrize(
    ("day", "of_mover", "of_neighbour"),
    [
        ("2026-05-31", "Tổ dân phố 1", "Thôn Kon Rờ Bàng"),
        ("2026-06-01", "Thôn Kon Rờ Bàng", "Thôn Kon Rờ Bàng"),
        ("2026-08-31", "Thôn Kon Rờ Bàng", "Thôn Kon Rờ Bàng"),
        ("2026-09-01", "Thôn Hợp Nhất", "Thôn Hợp Nhất"),
    ],
    ids=["before both", "moved", "last day before the merger", "merged"],
)
def test_list_of_an_earlier_day_names_the_village_of_that_day(
    client_of, coordinator, moved, day, of_mover, of_neighbour
):
    client = client_of(coordinator)
    codes = moved[0].code, moved[1].code

    members = sheet_rows(client.post(f"{URL}?on={day}", MEMBERS).content, 0)
    official = sheet_rows(client.post(f"{URL}?on={day}", OFFICIAL).content, 0)

    by_code = {row[0]: row[7] for row in members[5:]}
    assert [by_code[code] for code in codes] == [of_mover, of_neighbour]
    by_code = {row[27]: row[13] for row in official[7:]}
    assert [by_code[code] for code in codes] == [of_mover, of_neighbour]


def test_list_of_an_earlier_day_has_no_address_of_a_later_village(client_of, coordinator, moved):
    client = client_of(coordinator)

    then = sheet_rows(client.post(f"{URL}?on=2026-05-31", MEMBERS).content, 0)
    now = sheet_rows(client.post(URL, MEMBERS).content, 0)

    code = moved[0].code
    assert {row[8] for row in then[5:] if row[0] == code} == {None}
    assert "Số 9" in {row[8] for row in now[5:] if row[0] == code}


def test_list_of_an_earlier_day_moves_nobody_back(client_of, coordinator, moved):
    content = client_of(coordinator).post(f"{URL}?on=2026-05-31", MEMBERS).content
    before = register_rows()

    batch = come_back(coordinator, content)

    assert register_rows() == before
    refused = batch.rows.filter(outcome="refused")
    assert {row.value("household_code") for row in refused} == {each.code for each in moved}


def test_listing_a_day_before_moves_costs_one_query_more(moved, django_assert_num_queries):
    with django_assert_num_queries(5):
        listed_households([each.pk for each in moved], date(2025, 11, 20))


@pytest.mark.parametrize("count", [1, 3])
def test_listing_costs_the_same_for_any_number(ward, village, count, django_assert_num_queries):
    ids = [StatusFactory(household__village=village).household_id for _ in range(count)]

    with django_assert_num_queries(4):
        assert len(listed_households(ids, date(2026, 11, 20))) == count


def test_what_a_list_told_of_a_result_comes_out_again(client_of, coordinator, ward, village):
    spell = StatusFactory(household__village=village, poverty_class=PovertyClass.POOR)
    ListedResult.objects.create(
        status=spell,
        number="208/QĐ-UBND",
        decided_on=date(2025, 12, 15),
        income_score=110,
        deprivation_score=40,
        causes=[1, 2],
    )

    content = client_of(coordinator).post(URL, OFFICIAL).content

    cells = {str(cell) for row in sheet_rows(content, 0) for cell in row}
    assert {"208/QĐ-UBND", "110", "40", "1, 2"} <= cells
