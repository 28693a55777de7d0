"""Kinds of support from and to Excel, by who keeps what every ward reads."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from households.models import NeedKind
from projects.models import SupportKind
from tests.factories.projects import ComponentProjectFactory, SupportFactory, SupportKindFactory
from tests.pages import text_of
from tests.projects.registers import workbook

NAME = "projects:support_kind_list_{}"
LINE = {
    "Mã": "ga-giong",
    "Tên": "Gà giống",
    "Căn cứ pháp lý": "Văn bản thử",
    "Độ tin cậy": "Chưa kiểm chứng",
    "Từ ngày": "01/01/2026",
    "Đối tượng nhận": "Hộ",
    "Hộ nghèo": "Có",
    "Chu kỳ": "Một lần",
    "Chương trình": "GNBV-2021-2025",
    "Mã dự án": "2; 3.1",
    "Nhu cầu đáp ứng": "Con giống",
    "Nhóm nội dung": "",
    "Mức tối đa (đồng)": "",
}


@pytest.fixture
def keeping(administrator, client_of):
    for code in ("2", "3.1"):
        ComponentProjectFactory(code=code)
    NeedKind.objects.get_or_create(
        ward=None, code="con-giong-thu", defaults={"name": "Con giống", "order": 900}
    )
    return client_of(administrator)


def send(client, *rows, content=None):
    file = SimpleUploadedFile("so.xlsx", content or workbook(*rows))
    return client.post(reverse(NAME.format("import")), {"file": file})


def confirm(client, page):
    form = page.context["confirm"]
    values = {name: form[name].value() for name in ("table", "seen")}
    return client.post(reverse(NAME.format("import_save")), values)


def test_kinds_are_added_changed_and_known(keeping):
    confirm(keeping, send(keeping, LINE))
    kind = SupportKind.objects.get(code="ga-giong")
    assert {each.code for each in kind.projects.all()} == {"2", "3.1"}
    assert [each.name for each in kind.needs.all()] == ["Con giống"]
    assert (kind.for_poor, kind.for_near_poor, kind.is_kept_here) == (True, False, True)

    exported = keeping.get(reverse(NAME.format("export"))).content
    assert "Không có gì thay đổi" in text_of(send(keeping, content=exported))
    page = send(keeping, LINE | {"Mức tối đa (đồng)": 5_000_000})
    assert "Sửa 1 loại hỗ trợ" in text_of(page)
    confirm(keeping, page)

    kind.refresh_from_db()
    assert kind.ceiling == 5_000_000
    fewer = text_of(send(keeping, LINE | {"Mã dự án": "3.1"}))
    parts = {each.code: each for each in kind.projects.all()}
    assert f"Dự án: {parts['2']}, {parts['3.1']} → {parts['3.1']}" in fewer
    assert "Ghi mã chương trình" in text_of(send(keeping, LINE | {"Chương trình": ""}))


def test_every_wrong_kind_is_named(keeping, ward):
    used = SupportKindFactory(code="bo", valid_from=None)
    SupportFactory(kind=used, delivered_on=date(2026, 3, 10), household__village__parent=ward)

    cells = send(
        keeping,
        LINE | {"Mã": "Gà giống", "Độ tin cậy": "Rất tin", "Mã dự án": "9"},
        LINE | {"Nhu cầu đáp ứng": "Vàng", "Mức tối đa (đồng)": "1,5"},
    )
    rules = send(
        keeping,
        LINE | {"Mã": "bo", "Từ ngày": "01/05/2026", "Đối tượng nhận": "Người"},
        LINE,
        LINE,
    )

    for told in (
        "Dòng 2, cột “Mã”",
        "Dòng 2, cột “Độ tin cậy”",
        "Dòng 2, cột “Mã dự án”: Chương trình “GNBV-2021-2025” không có dự án mã “9”.",
        "Dòng 3, cột “Nhu cầu đáp ứng”: Không có loại nhu cầu “Vàng”.",
        "Dòng 3, cột “Mức tối đa (đồng)”",
    ):
        assert told in text_of(cells)
    for told in (
        "Dòng 2, cột “Đối tượng nhận”: Loại hỗ trợ này đã được ghi",
        "Dòng 2, cột “Từ ngày”: Đã ghi hỗ trợ loại này ngày 10/03/2026",
        "Dòng 4, cột “Mã”: Mã này đã có ở dòng 3.",
    ):
        assert told in text_of(rules)
    assert not SupportKind.objects.filter(code="ga-giong").exists()
