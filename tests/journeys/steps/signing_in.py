"""Signing in, the home page of each role, and doors that stay closed."""

import base64

from tests.core.phones import code_of
from tests.factories.core import PASSWORD
from tests.journeys.windows import Window, words

# The entries of this journey, in the order of the menu. Other entries may stand among them.
ALL_ENTRIES = [
    "Việc cần làm",
    "Hộ gia đình",
    "Rà soát hằng năm",
    "Dự án, chính sách",
    "Chỉ tiêu",
    "Kế hoạch",
    "Báo cáo",
    "Bảng điều hành",
]
VILLAGE_ENTRIES = [entry for entry in ALL_ENTRIES if entry not in ("Chỉ tiêu", "Báo cáo")]

SECOND_FACTOR = "Xác thực hai lớp"

# Demo user → heading of the home page, which of these entries the menu has.
HOMES = {
    "canbo": ("Việc cần làm", ALL_ENTRIES),
    "truongthon": ("Việc cần làm", VILLAGE_ENTRIES),
    "phongkinhte": ("Việc cần làm", ALL_ENTRIES),
    "phongvanhoa": ("Việc cần làm", ALL_ENTRIES),
    "lanhdao": ("Bảng điều hành", ALL_ENTRIES),
    "giamsat": ("Việc cần làm", ALL_ENTRIES),
    "quantri": ("Việc cần làm", ["Việc cần làm", "Bảng điều hành"]),
}


def given_signed_in(window: Window) -> Window:
    window.open("/")
    assert window.path.startswith("/login/")
    window.page.fill("[name=username]", window.name)
    window.page.fill("[name=password]", PASSWORD)
    window.press("Đăng nhập")
    if window.heading == SECOND_FACTOR:
        when_the_phone_is_taken(window)
        window.open("/")
    return window


def when_the_phone_is_taken(window: Window) -> None:
    """Leaders and administrators turn on the second factor before anything else opens."""
    assert window.heading == SECOND_FACTOR
    key = base64.b32decode(window.page.inner_text("main code").replace(" ", ""))
    window.page.fill("[name=code]", code_of(key.hex()))
    window.page.fill("[name=own_password]", PASSWORD)
    window.press("Bật xác thực hai lớp")


def then_a_wrong_password_is_refused(window: Window) -> None:
    window.open("/login/")
    window.page.fill("[name=username]", window.name)
    window.page.fill("[name=password]", "sai-mat-khau")
    window.press("Đăng nhập")

    assert window.page.locator(".error-summary").is_visible()
    assert window.page.input_value("[name=username]") == window.name
    window.look("login")


def then_home_and_menu_fit_the_role(window: Window) -> None:
    heading, entries = HOMES[window.name]
    own = [entry for entry in menu_of(window) if entry in ALL_ENTRIES]
    assert (window.heading, own) == (heading, entries)
    window.look(f"home of {window.name}")


def then_exactly_the_menu_opens(windows: list[Window]) -> None:
    """Each person's menu entries open, and those that only somebody else has are refused."""
    menus = {window.name: menu_of(window) for window in windows}
    every = {entry: address for menu in menus.values() for entry, address in menu.items()}
    for window in windows:
        answers = {
            entry: window.page.request.get(window.server + address).status
            for entry, address in every.items()
        }
        own = menus[window.name]
        assert answers == {entry: 200 if entry in own else 403 for entry in every}, window.name


def menu_of(window: Window) -> dict[str, str]:
    """Entry → address."""
    links = window.page.locator("#menu a[href^='/']").all()
    return {words(link.inner_text()): link.get_attribute("href") for link in links}


def then_a_closed_page_says_so(window: Window, address: str) -> None:
    window.open(address, status=403)
    assert window.heading == "Bạn không có quyền mở màn hình này"
    window.look("refused page")


def then_a_page_outside_is_not_there(window: Window, address: str) -> None:
    window.open(address, status=404)
    assert window.heading == "Không tìm thấy trang này"
    window.look("missing page")
