"""A new ward without the demonstration: from an empty database to a plan draft, on screen alone."""

import re
from io import StringIO

import pytest
from django.core.management import call_command

from povertyplan.core.models import Unit
from tests.factories.core import PASSWORD
from tests.journeys.steps.signing_in import when_the_phone_is_taken
from tests.journeys.windows import Window, words

pytestmark = [
    pytest.mark.browser(on_each_database=True, only="production"),
    pytest.mark.drawn(one_of=3, family="long stories"),
]

VILLAGES = (
    "Tên thôn\tKhu vực\n"
    "Tổ dân phố 1\tthành thị\nTổ dân phố 2\tthành thị\nThôn Kon Rờ Bàng\tnông thôn"
)
UNITS = (
    "Phòng Kinh tế, Hạ tầng và Đô thị\tP. KTHTĐT\tPhòng\n"
    "Ủy ban Mặt trận Tổ quốc phường\tUBMT\tMặt trận Tổ quốc, đoàn thể\tĐề nghị"
)
TOTALS = (
    "Tổ dân phố 1\t410\t1.640\nTổ dân phố 2\t380\t1.530\nThôn Kon Rờ Bàng\t\t\n"
    "Tổng cộng\t1.010\t4.100"
)
HEADINGS = (
    *("Mã hộ", "Họ tên chủ hộ", "Ngày sinh", "Giới tính", "Thôn", "Dân tộc", "Phân loại hộ"),
    *("B1", "B2", "Số QĐ công nhận", "Ngày ban hành QĐ"),
)
DECISION = ("208/QĐ-UBND", "20/11/2025")
HOUSEHOLDS = (
    ("HN-01", "Đặng Thị Ủy", "17/05/1980", "Nữ", "Tổ dân phố 1", "Kinh", "Hộ nghèo", "110", "40"),
    ("HN-02", "A Blong", "1975", "Nam", "Thôn Kon Rờ Bàng", "Xơ Đăng", "Hộ nghèo", "105", "30"),
    ("HN-03", "Y Thoa", "09/09/1990", "Nữ", "Tổ dân phố 2", "Kinh", "Hộ cận nghèo", "130", "20"),
)
FIRST_LIST = "\n".join(
    "\t".join(cells) for cells in (HEADINGS, *((*line, *DECISION) for line in HOUSEHOLDS))
)


def test_a_new_ward_is_set_up_on_screen(transactional_db, window_of):
    administrator = window_of("quantri")

    sign_in_first(administrator, made_by_command())
    set_up_the_ward(administrator)
    take_the_phone(administrator)
    list_the_villages(administrator)
    list_the_units(administrator)
    give_the_totals(administrator)
    officer = add_the_officer(administrator, window_of)
    bring_in_the_first_list(officer)
    look_at_what_is_there(officer)
    begin_the_plan(officer)
    see_no_household(administrator)


def made_by_command() -> str:
    """The one-time password that the command prints."""
    out = StringIO()
    call_command(
        "create_administrator", "quantri", "--full-name", "Y Thoa", "--one-time", stdout=out
    )
    return re.search(r"đổi khi đăng nhập: (\S+)", out.getvalue())[1]


def sign_in_first(window: Window, password: str) -> None:
    """Sign in with a password that was handed out, and put one's own in its place."""
    window.open("/")
    fill(window, username=window.name, password=password)
    window.press("Đăng nhập")
    assert window.heading == "Đổi mật khẩu"
    fill(window, old_password=password, new_password1=PASSWORD, new_password2=PASSWORD)
    window.press("Đổi mật khẩu")


def set_up_the_ward(window: Window) -> None:
    window.open("/")
    assert window.heading == "Lập phường, xã"
    window.press("Lập phường, xã", status=422)
    assert "Chọn khu vực." in window.text
    window.look("ward form with errors")
    fill(
        window,
        province_name="Tỉnh Quảng Ngãi",
        province_code="51",
        name="Phường Đăk Cấm",
        code="23284",
        place_line="Đăk Cấm",
    )
    window.page.check("[name=setting][value=urban]")
    window.press("Lập phường, xã")


def take_the_phone(window: Window) -> None:
    """An administrator needs the second factor before anything else opens."""
    assert "Đã lập Phường Đăk Cấm." in window.text
    when_the_phone_is_taken(window)
    window.open("/settings/")
    assert window.heading == "Thiết lập"
    window.look("settings of a new ward")


def list_the_villages(window: Window) -> None:
    window.open("/settings/villages/")
    window.look("no villages")
    window.press("Dán danh sách thôn")
    fill(window, rows="Tên thôn\tTrưởng thôn\nTổ dân phố 1\tA Blong")
    window.press("Thêm các thôn này", status=422)
    assert "Không nhận ra cột “Trưởng thôn”." in window.text
    window.look("villages with an error")
    fill(window, rows=VILLAGES)
    window.press("Thêm các thôn này")
    assert "Đã thêm 3 thôn, tổ dân phố." in window.text
    window.look("villages")
    window.page.click("text=Thôn Kon Rờ Bàng")
    window.look("a village")


def list_the_units(window: Window) -> None:
    window.open("/settings/units/")
    window.look("no units")
    window.press("Dán danh sách đơn vị")
    fill(window, rows=UNITS)
    window.press("Thêm các đơn vị này")
    assert "Đã thêm 2 đơn vị." in window.text
    window.look("units")


def give_the_totals(window: Window) -> None:
    window.open("/settings/populations/")
    window.press("Dán từ Excel")
    fill(window, on="31/12/2025", origin="Công an phường", rows=TOTALS)
    window.look("pasted totals")
    window.press("Ghi các tổng số này")
    assert "Chưa có số liệu: Thôn Kon Rờ Bàng." in window.text
    window.look("totals")


def add_the_officer(window: Window, window_of) -> Window:
    """A coordinator and a unit's officer; the first gets a password and signs in."""
    unit = Unit.objects.get(short_name="P. KTHTĐT")
    for username, name, role, of in (
        ("canbodonvi", "A Thơm", "unit_reporter", str(unit.pk)),
        ("canbo", "Trần Thị Bích Ngọc", "coordinator", ""),
    ):
        window.open("/settings/users/new/")
        fill(window, username=username, full_name=name)
        window.page.select_option("[name=role]", role)
        window.page.select_option("[name=area]", label="Phường Đăk Cấm, Tỉnh Quảng Ngãi")
        window.page.select_option("[name=unit]", of)
        window.press("Thêm người dùng")
        assert f"Đã thêm {name}." in window.text
    window.press("Cấp mật khẩu dùng một lần")
    window.press("Cấp mật khẩu")
    password = window.page.inner_text("main code")
    officer = window_of("canbo")
    sign_in_first(officer, password)
    return officer


def bring_in_the_first_list(window: Window) -> None:
    window.open("/households/")
    window.look("empty register")
    window.open("/households/import/")
    fill(window, pasted=FIRST_LIST)
    window.press("Tiếp: chọn trang tính")
    for label in ("Tiếp: ghép cột", "Tiếp: đọc và kiểm tra", "Tiếp: xem trước", "Ghi vào sổ"):
        window.press(label)
    assert "Thêm mới 3 dòng" in window.text


def look_at_what_is_there(window: Window) -> None:
    """The register, and the rates over the total that was given."""
    window.open("/households/")
    assert window.page.locator("main tbody tr").count() == len(HOUSEHOLDS)
    window.look("first register")
    window.open("/dashboard/")
    assert "2 hộ nghèo (0,20%)" in window.text
    window.look("first dashboard")


def begin_the_plan(window: Window) -> None:
    """From a template: its first figures are those of the list that was just brought in."""
    window.open("/plans/")
    window.look("no plan yet")
    window.press("Lập kế hoạch")
    window.page.select_option("[name=start]", label="Mẫu kế hoạch hằng năm")
    fill(window, year_from="2026", year_to="2026")
    window.press("Lập dự thảo")
    window.look("first plan draft")
    preview = window.page.get_by_role("region", name="Xem trước văn bản")
    sheets = words(preview.inner_text())
    assert "Phường Đăk Cấm".upper() in sheets
    assert "Đến ngày 31 tháng 12 năm 2025 có 02 hộ nghèo, chiếm 0,20%" in sheets


def see_no_household(window: Window) -> None:
    """What is set up opens no person to who set it up."""
    window.open("/households/", status=403)
    assert "A Blong" not in window.text


def fill(window: Window, **values: str) -> None:
    for name, value in values.items():
        window.page.fill(f"[name={name}]", value)
