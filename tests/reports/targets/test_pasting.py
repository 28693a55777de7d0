"""Targets pasted into the grid of a year: filled in to be looked at, saved by the same button."""

import pytest
from django.urls import reverse

from projects.models import Target
from reports.targets.forms.pasted_targets import NAMES
from tests.factories.projects import IndicatorFactory, TargetFactory
from tests.pages import nothing_written, text_of

YEAR = reverse("reports:target_year", args=[2026])
HEAD = "STT\tChỉ tiêu\tĐVT\tRàng buộc\tGiá trị\tTỷ lệ\tRàng buộc của tỷ lệ\n"


@pytest.fixture
def poor(ward):
    return IndicatorFactory(ward=ward, name="Số hộ nghèo", code="poor")


@pytest.fixture
def insured(ward):
    return IndicatorFactory(
        ward=ward, name="Người có thẻ bảo hiểm", measure="percent", measure_unit="%", direction="up"
    )


def grid(*indicators):
    names = ("seen", "operator", "low", "high", "rate_operator", "rate", "note")
    return {f"i{one.pk}-{name}": "" for one in indicators for name in names}


def fill(client, indicators, rows, **more):
    return client.post(YEAR, {**grid(*indicators), "rows": rows, "fill": "1", **more})


def test_a_list_fills_the_grid_and_is_saved_by_its_button(poor, insured, coordinator, client_of):
    client = client_of(coordinator)
    rows = HEAD + "1\tsố hộ nghèo\thộ\tCòn\t9\t0,11\t<\n2\tNgười có thẻ bảo hiểm\t%\t≥\t98\t\t"

    with nothing_written():
        page = fill(client, (poor, insured), rows)

    assert "Đã điền 2 dòng vào bảng, chưa lưu." in text_of(page)
    lines = page.context["form"].lines
    shown = {f"{each.prefix}-{name}": each[name].value() for each in lines for name in each.fields}
    client.post(YEAR, {name: value or "" for name, value in shown.items()})
    saved = {target.indicator_id: target for target in Target.objects.all()}
    low = saved[poor.pk]
    assert (low.operator, low.low, low.rate_operator, str(low.rate)) == (
        "level",
        9,
        "below",
        "0.11",
    )
    assert (saved[insured.pk].operator, saved[insured.pk].low) == ("at_least", 98)


def test_what_is_typed_and_not_pasted_stays(poor, insured, coordinator, client_of):
    typed = {f"i{insured.pk}-operator": "at_least", f"i{insured.pk}-low": "95"}

    page = fill(client_of(coordinator), (poor, insured), "poor\tcòn\t9", **typed)

    values = [
        (line["operator"].value(), line["low"].value()) for line in page.context["form"].lines
    ]
    assert values == [("level", "9"), ("at_least", "95")]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ("Số hộ giàu\tCòn\t9", "Dòng 1: không có chỉ tiêu “Số hộ giàu”."),
        ("Số hộ nghèo\tCòn\t9\nSố hộ nghèo\tCòn\t8", "Dòng 2: chỉ tiêu “Số hộ nghèo” đã có"),
        ("Số hộ nghèo\tGần bằng\t9", "Dòng 1: không hiểu ràng buộc “Gần bằng”. Dùng: Bằng, "),
        ("Người có thẻ bảo hiểm\tBằng\t9\t\tBằng\t5", "Chỉ tiêu này đã là tỷ lệ"),
        ("Số hộ nghèo\tCòn\tchín", "Nhập một số từ 0 trở lên"),
        ("Số hộ nghèo\tCòn\t-1", "Nhập một số từ 0 trở lên"),
        ("Người có thẻ bảo hiểm\tBằng\t101", "Tỷ lệ không được quá 100%."),
        ("Chỉ tiêu\tMàu\nSố hộ nghèo\tđỏ", "Không nhận ra cột “Màu”."),
        ("", "Dán danh sách vào ô này."),
    ],
)
def test_a_wrong_line_is_named_kept_and_nothing_is_saved(
    poor, insured, coordinator, client_of, rows, sentence
):
    with nothing_written():
        page = fill(client_of(coordinator), (poor, insured), rows)

    assert sentence in text_of(page)
    assert page.status_code == 422


def test_a_standing_target_is_revised_by_a_paste_with_its_reason(poor, coordinator, client_of):
    standing = TargetFactory(indicator=poor, year=2026, operator="level", low=12)
    client = client_of(coordinator)

    page = fill(client, [poor], "poor\tcòn\t9", **{f"i{poor.pk}-seen": standing.pk})

    [line] = page.context["form"].lines
    sent = {f"{line.prefix}-{name}": line[name].value() or "" for name in line.fields}
    assert "Nêu lý do" in text_of(client.post(YEAR, sent))
    client.post(YEAR, sent | {"reason": "Tỉnh giao lại"})
    assert Target.objects.in_force().get().low == 9


def test_every_operator_has_a_name_of_its_own():
    assert len(set(NAMES.values())) == 13
    assert NAMES["giam"] == "reduce_by"
