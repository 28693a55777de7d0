"""What many rows share is told once; the preview says from when; a correction shows its row."""

import io
import re
from datetime import date

import openpyxl
import pytest
from django.urls import reverse

from households.choices import PovertyClass
from households.ledger.selectors.classes import class_counts
from households.models import ImportBatch, ListedResult
from tests.factories.households import DecisionFactory
from tests.households.imports import read_in, write
from tests.households.samples import VILLAGES

pytestmark = pytest.mark.alike

HEADINGS = "STT hộ,Họ và tên,Quan hệ với chủ hộ,Ngày sinh,Giới tính,Thôn,Phân loại hộ,Số QĐ,Ngày QĐ"


def listed(*households: str) -> bytes:
    """Heads of household; each is what stands behind the name."""
    rows = [f"{at},Y {'ABCDEFGH'[at - 1]},Chủ hộ,{told}" for at, told in enumerate(households, 1)]
    return "\n".join([HEADINGS, *rows]).encode()


def plain(count: int, *, born="") -> bytes:
    return listed(*[f"{born},Nam,{VILLAGES[0]},,,"] * count)


def read_csv(office, content: bytes) -> ImportBatch:
    return read_in(office, content, name="ds.csv")


def step(name: str, batch: ImportBatch, query: str = "") -> str:
    return reverse(f"households:import_{name}", args=[batch.pk]) + query


def test_warning_of_every_row_is_told_once(client_of, office):
    batch = read_csv(office, plain(4))

    response = client_of(office).get(step("rows", batch, "?show=warning"))

    (kind,) = response.context["kinds"]
    assert (kind.sample.message, kind.count) == ("Không có ngày sinh, năm sinh.", 4)
    assert kind.first_numbers == "2, 3, 4, 5"
    assert response.context["lines"] == []
    assert response.content.decode().count("Không có ngày sinh, năm sinh.") == 1


def test_kind_opens_its_rows_and_lone_warnings_stay(client_of, office):
    households = [f",Nam,{VILLAGES[0]},,,"] * 2 + [f"31268,Nam,{VILLAGES[0]},,,"]
    batch = read_csv(office, listed(*households))
    client = client_of(office)

    alone = client.get(step("rows", batch, "?show=warning")).context["lines"]
    kind = "?show=warning&kind=birth_date.birth_date_missing"
    opened = client.get(step("rows", batch, kind)).context["lines"]

    assert [line.row.number for line in alone] == [4]
    assert [line.row.number for line in opened] == [2, 3]


@pytest.mark.parametrize("kind", ["x", "birth_date.", "%00", "a" * 5000])
def test_unknown_kind_shows_the_page(client_of, office, kind):
    batch = read_csv(office, plain(2))

    assert client_of(office).get(step("rows", batch, f"?show=warning&kind={kind}")).context["kinds"]


def test_preview_tells_the_kinds_too(client_of, office):
    page = client_of(office).get(step("preview", read_csv(office, plain(3))))

    assert [kind.count for kind in page.context["kinds"]] == [3]
    assert page.content.decode().count("Không có ngày sinh, năm sinh.") == 1


def test_preview_says_from_which_day_classes_hold(client_of, office):
    batch = read_csv(
        office,
        listed(
            f"1980,Nam,{VILLAGES[0]},Hộ nghèo,231,20/11/2025",
            f"1980,Nam,{VILLAGES[0]},Hộ nghèo,231,20/11/2025",
            f"1980,Nam,{VILLAGES[0]},Hộ cận nghèo,,18/11/2024",
            f"1980,Nam,{VILLAGES[0]},,,",
        ),
    )

    response = client_of(office).get(step("preview", batch))

    page = re.sub(r"\s+", " ", response.content.decode())
    assert "<strong>20/11/2025</strong>: 2 hộ, ngày của Quyết định số 231" in page
    assert "<strong>18/11/2024</strong>: 1 hộ, ngày quyết định ghi trong tệp, chưa có số" in page
    assert "1 hộ, ngày của tệp (không theo ngày quyết định)" in page
    promised = response.context["preview"].first_days
    write(office, batch)
    assert [class_counts(area=office.ward, on=each.day).poor for each in promised] == [0, 2, 2]


def test_day_is_that_of_the_file_once_a_later_decision_is_made(office, client_of):
    DecisionFactory(ward=office.ward, decided_on=date(2025, 12, 1))
    batch = read_csv(office, listed(f"1980,Nam,{VILLAGES[0]},Hộ nghèo,231,20/11/2025"))

    (day,) = client_of(office).get(step("preview", batch)).context["preview"].first_days

    assert (day.is_decided, day.decision, day.count) == (False, "", 1)


@pytest.mark.parametrize("count", [1, 3])
def test_preview_costs_the_same_for_any_number(client_of, office, count, django_assert_num_queries):
    batch, client = read_csv(office, plain(count)), client_of(office)
    client.get(step("preview", batch))

    with django_assert_num_queries(12):
        client.get(step("preview", batch))


def test_template_brings_a_first_list_with_its_baseline(client_of, office):
    client = client_of(office)
    book = openpyxl.load_workbook(
        io.BytesIO(client.get(reverse("households:import_template")).content)
    )
    sheet = book.active
    headings = {cell.value: cell.column for cell in sheet[5]}
    told = {
        "Họ và tên": "Y Thơm", "Quan hệ với chủ hộ": "Chủ hộ", "Ngày sinh": "1980",
        "Giới tính": "Nữ", "Thôn, tổ dân phố": VILLAGES[0], "Phân loại hộ": "Hộ nghèo",
        "Số QĐ công nhận": "231/QĐ-UBND", "Ngày ban hành QĐ": "20/11/2025", "B1": 110, "B2": 40,
        "Nguyên nhân nghèo": "1, 3",
    }  # fmt: skip
    for heading, value in told.items():
        sheet.cell(6, headings[heading]).value = value
    stream = io.BytesIO()
    book.save(stream)

    batch = read_in(office, stream.getvalue())
    write(office, batch)

    result = ListedResult.objects.get()
    assert (result.number, str(result.decided_on)) == ("231/QĐ-UBND", "2025-11-20")
    assert (result.income_score, result.deprivation_score, result.causes) == (110, 40, [1, 3])
    assert str(result.status.starts_on) == "2025-11-20"
    assert result.status.poverty_class == PovertyClass.POOR


def test_correction_shows_the_whole_row_and_picks_sex_and_village(client_of, office):
    batch = read_csv(
        office, listed(f"1980,Nam?,{VILLAGES[0]},,,", "1981,Nữ,Tổ dân phố 33,Hộ nghèo,231,")
    )

    page = client_of(office).get(step("rows", batch)).content.decode()

    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))
    assert (
        "Họ tên thành viên: Y A · Quan hệ với chủ hộ: Chủ hộ · Ngày sinh: 1980 · Giới tính: Nam?"
        in text
    )
    assert "Phân loại hộ: Hộ nghèo · Số QĐ công nhận: 231" in text
    sex, village = re.findall(r"<select id=\"row-\d\".*?</select>", page, re.DOTALL)
    assert re.findall(r"<option[^>]*>([^<]*)", sex) == ["Nam?", "Nam", "Nữ", "(để trống)"]
    assert set(VILLAGES) <= set(re.findall(r"<option[^>]*>([^<]*)", village))


def test_other_cell_of_the_row_is_corrected(client_of, office):
    content = listed(f"1980,Nam,{VILLAGES[0]},,,") + (
        f"\n,Y B,Vợ,1982,Nam,{VILLAGES[0]},,,".encode()
    )
    batch, client = read_csv(office, content), client_of(office)
    assert batch.rows.get(position=1).state == "error"

    client.post(
        step("rows", batch),
        {"act": "cell", "version": batch.version, "row": 1, "column": "sex", "text": "Nữ"},
    )  # fmt: skip

    assert batch.rows.get(position=1).state == "ready"
