"""The shell around every page, the gallery, the error pages and the way in."""

from urllib.parse import unquote

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.views import defaults

from tests.factories.core import PASSWORD
from tests.pages import NOT_FOUND, heading_of


@pytest.fixture
def demo(settings):
    settings.DEMO = True


def text_of(response):
    return response.content.decode()


def test_styleguide_shows_components_to_a_signed_in_user(demo, client_of, coordinator):
    html = text_of(client_of(coordinator).get("/styleguide/"))

    assert html.count("<h1>") == 1
    assert "Có 2 lỗi cần sửa" in html
    assert "Nguyễn Hoàng Thị Phương Khánh Quỳnh Hương" in html
    assert "48 hộ · trang 2/12" in html


def test_styleguide_with_bad_page_number_shows_the_last_page(demo, client_of, coordinator):
    html = text_of(client_of(coordinator).get("/styleguide/?page=99"))

    assert "trang 12/12" in html


def test_styleguide_outside_demo_is_not_found(client_of, coordinator, settings):
    settings.DEMO = settings.DEBUG = False

    assert heading_of(client_of(coordinator).get("/styleguide/")) == NOT_FOUND


def test_styleguide_sends_a_stranger_to_the_log_in(demo, client):
    assert unquote(client.get("/styleguide/").url) == "/login/?next=/styleguide/"


def test_shell_names_ward_user_and_demo_day(demo, client_of, coordinator):
    html = text_of(client_of(coordinator).get("/styleguide/"))

    assert '<span class="topbar__ward">Phường Đăk Cấm</span>' in html
    assert str(coordinator) in html
    assert "DỮ LIỆU MẪU – không dùng cho văn bản chính thức" in html
    assert '<form method="post" action="/logout/">' in html


def test_shell_outside_demo_has_no_banner(client_of, coordinator, settings):
    settings.DEMO, settings.DEBUG = False, True

    assert "DỮ LIỆU MẪU" not in text_of(client_of(coordinator).get("/styleguide/"))


def test_shell_takes_the_theme_from_the_cookie(demo, client_of, coordinator):
    client = client_of(coordinator)
    client.cookies["theme"] = "dark"

    assert '<html lang="vi" data-theme="dark">' in text_of(client.get("/styleguide/"))


def test_shell_has_no_inline_style_script_or_handler(demo, client_of, coordinator):
    html = text_of(client_of(coordinator).get("/styleguide/"))

    assert " style=" not in html
    assert "<style" not in html
    assert " onclick=" not in html
    assert "<script>" not in html


def test_log_in_with_wrong_password_says_what_to_check(client, coordinator):
    response = client.post("/login/", {"username": coordinator.username, "password": "sai"})

    html = text_of(response)
    assert "Có 1 lỗi cần sửa" in html
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng" in html
    assert "_auth_user_id" not in client.session


def test_log_in_with_nothing_names_both_fields(client, db):
    html = text_of(client.post("/login/", {}))

    assert "Có 2 lỗi cần sửa" in html
    assert 'href="#id_username"' in html
    assert 'href="#id_password"' in html


def test_log_in_opens_the_way_home(client, coordinator):
    response = client.post("/login/", {"username": coordinator.username, "password": PASSWORD})

    assert response.url == "/"


def test_unknown_address_says_what_to_do(client_of, coordinator):
    response = client_of(coordinator).get("/khong-co/")

    assert response.status_code == 404
    assert "Không tìm thấy trang này" in text_of(response)
    assert "<code>/khong-co/</code>" in text_of(response)


def test_refused_page_says_why(rf, coordinator):
    request = rf.get("/households/")
    request.user = coordinator

    response = defaults.permission_denied(request, PermissionDenied("Chưa được phân quyền."))

    assert response.status_code == 403
    assert "Bạn không có quyền mở màn hình này" in text_of(response)
    assert "Chưa được phân quyền." in text_of(response)


def test_failed_page_needs_no_context(rf):
    response = defaults.server_error(rf.get("/"))

    assert response.status_code == 500
    assert "Hệ thống gặp lỗi, thao tác vừa rồi chưa được lưu" in text_of(response)


def test_form_without_token_says_nothing_was_saved(db):
    response = Client(enforce_csrf_checks=True).post("/login/", {"username": "a"})

    assert response.status_code == 403
    assert "Biểu mẫu đã quá hạn, dữ liệu chưa được lưu" in text_of(response)


def test_search_stands_only_where_its_list_opens(client_of, coordinator, administrator):
    assert 'id="site-search"' in text_of(client_of(coordinator).get("/", follow=True))
    html = text_of(client_of(administrator).get("/", follow=True))

    assert 'id="site-search"' not in html
