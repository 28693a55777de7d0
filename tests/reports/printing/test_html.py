import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from django.conf import settings

from reports.printing.html import render_html, render_sheets
from reports.printing.tree import Cell, Dash, Heading, Paragraph, Table, TableColumn
from tests.reports.samples import POOR_2024, sample_draft, sample_plan

pytestmark = pytest.mark.alike

PAYLOAD = "<script>alert(1)</script> & <img src=x>"


class _Reader(HTMLParser):
    """Collects the words of a page and its tags with their attributes."""

    def __init__(self):
        super().__init__()
        self.words = []
        self.tags = []
        self._hidden = False

    def handle_starttag(self, tag, attrs):
        self._hidden = tag == "style"
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        if not self._hidden:
            self.words.append(data)

    @property
    def text(self):
        return " ".join("".join(self.words).split())


def read(html):
    reader = _Reader()
    reader.feed(html)
    return reader


def test_render_html_carries_each_part_in_order():
    text = read(render_html(sample_plan())).text

    parts = [
        "ỦY BAN NHÂN DÂNPHƯỜNG ĐĂK CẤM",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 05/KH-UBND",
        "Đăk Cấm, ngày 05 tháng 01 năm 2026",
        "KẾ HOẠCH",
        "Công tác giảm nghèo bền vững",
        "Căn cứ Nghị quyết số 24/2021/QH15 ngày 28 tháng 7 năm 2021 của Quốc hội;",
        "Căn cứ Thông tư số 55/2023/TT-BTC ngày 15 tháng 8 năm 2023 của Bộ Tài chính;",
        "Thực hiện Kế hoạch số 14/KH-UBND ngày 09 tháng 8 năm 2025 của UBND phường.",
        "I. MỤC ĐÍCH, YÊU CẦU",
        "1. Mục đích",
        "II. MỤC TIÊU",
        "còn 21 hộ nghèo (chiếm 0,27% tổng số hộ)",
        "a) Chiều thiếu hụt về việc làm",
        "+ Mỗi hộ có ít nhất 01 lao động",
        "III. NỘI DUNG THỰC HIỆN",
        "1. Dự án 2: Đa dạng hóa sinh kế",
        "- Mục tiêu: Tăng thu nhập",
        "- Nội dung: + Hỗ trợ cây giống",
        "- Đơn vị thực hiện: Phòng Kinh tế, Hạ tầng và Đô thị.",
        "- Cơ quan phối hợp: Ủy ban MTTQ",
        "IV. KINH PHÍ THỰC HIỆN",
        "3. Nguồn huy động xã hội hóa",
        "V. TỔ CHỨC THỰC HIỆN",
        "3. Đề nghị Ủy ban MTTQ Việt Nam phường",
        "tổ chức thực hiện./.",
        "Nơi nhận: - Thường trực Đảng ủy phường;",
        "- Lưu: VT, KTHTĐT.",
        "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH Đặng Thị Ngọc Ủy",
        "Phụ lục I LỘ TRÌNH GIẢM NGHÈO HẰNG NĂM (Kèm theo Kế hoạch số 05/KH-UBND "
        "ngày 05 tháng 01 năm 2026 của Ủy ban nhân dân phường Đăk Cấm)",
        "Đơn vị tính: hộ, %",
        "Phụ lục II",
    ]
    places = [text.find(part) for part in parts]
    assert -1 not in places, [part for part in parts if part not in text]
    assert places == sorted(places)


def test_render_html_of_a_draft_leaves_number_and_date_open():
    text = read(render_html(sample_draft())).text

    assert "Số: /KH-UBND" in text
    assert "Đăk Cấm, ngày tháng năm 2025" in text
    assert "(Kèm theo Kế hoạch số /KH-UBND ngày tháng năm 2025 của" in text
    assert "DỰ THẢO" in text


def test_render_html_of_a_signed_document_bears_no_mark():
    text = read(render_html(sample_plan())).text

    assert "DỰ THẢO" not in text
    assert "DỮ LIỆU MẪU" not in text


def test_render_html_of_sample_data_says_so():
    assert "DỮ LIỆU MẪU" in read(render_html(sample_plan(demo=True))).text


@pytest.mark.parametrize(
    ("addressees", "expected"),
    [
        pytest.param(
            ("Ủy ban nhân dân tỉnh",), "Kính gửi: Ủy ban nhân dân tỉnh Căn cứ", id="one addressee"
        ),
        pytest.param(
            ("Ủy ban nhân dân tỉnh", "Sở Nông nghiệp và Môi trường"),
            "Kính gửi: - Ủy ban nhân dân tỉnh; - Sở Nông nghiệp và Môi trường.",
            id="two addressees",
        ),
    ],
)
def test_render_html_addresses_a_report(addressees, expected):
    text = read(render_html(sample_plan(kind="Báo cáo", addressees=addressees))).text

    assert expected in text
    assert "BÁO CÁO" in text


def test_render_html_escapes_every_text():
    table = Table((TableColumn(100),), ((PAYLOAD,),), ((PAYLOAD,),), title=PAYLOAD, note=PAYLOAD)
    body = (Heading(1, PAYLOAD), Paragraph((PAYLOAD, POOR_2024)), Dash(PAYLOAD), table)

    html = render_html(sample_plan(subject=PAYLOAD, body=body, closing=PAYLOAD, issuer=PAYLOAD))

    tags = {tag for tag, _ in read(html).tags}
    assert tags.isdisjoint({"script", "img"})


def test_render_html_asks_for_nothing_from_outside():
    reader = read(render_html(sample_plan()))

    addresses = [
        value
        for _, attrs in reader.tags
        for name, value in attrs.items()
        if name in {"src", "href", "style"}
    ]
    assert addresses == []


def test_render_sheets_links_the_figures_it_knows():
    html = render_sheets(
        sample_plan(), {"poor_households:2024": "/households/?class=poor&on=2024-12-31"}
    )

    links = [attrs for tag, attrs in read(html).tags if tag == "a"]
    assert (
        links
        == [
            {
                "class": "figure",
                "href": "/households/?class=poor&on=2024-12-31",
                "title": "Danh sách hộ nghèo, ngày 31/12/2024",
            }
        ]
        * 2
    )  # in the text and in the appendix


def test_render_sheets_holds_no_inline_style():
    """The page it stands in forbids inline style and script (Content-Security-Policy)."""
    reader = read(render_sheets(sample_draft(demo=True)))

    assert not [attrs for tag, attrs in reader.tags if "style" in attrs or tag == "style"]


def test_table_cell_follows_its_column_behind_a_span():
    table = sample_plan().appendices[0].body[0]
    body = (Table(table.columns, table.head, ((Cell("Cộng", colspan=2), "134"),)),)

    cells = [
        attrs
        for tag, attrs in read(render_html(sample_plan(body=body, appendices=()))).tags
        if tag == "td"
    ]

    assert cells == [{"class": "is-center", "colspan": "2"}, {"class": "is-right"}]


def test_line_that_announces_stays_with_what_it_announces():
    body = (Paragraph("Kết quả như sau:"), Dash("Một."), Paragraph("Hai."))

    html = render_html(sample_plan(body=body))

    assert '<p class="document-paragraph document-lead">Kết quả như sau:</p>' in html
    assert '<p class="document-paragraph">- Một.</p>' in html


def test_draft_without_a_year_leaves_three_blanks():
    html = render_html(sample_draft(year=None))

    assert re.search(r"năm\s*<span class=\"document-blank\"></span>", html)


def test_the_sheet_of_a_set_dresses_nothing_that_a_single_paper_has():
    path = settings.BASE_DIR / "static" / "css" / "document-set.css"

    classes = set(re.findall(r"\.([a-z][\w-]+)", path.read_text(encoding="utf-8")))

    assert classes <= {"document-sheet", "document-appendix", "document-table", "is-large"}


def test_a_citizens_paper_has_its_heading_in_the_middle():
    paper = replace(sample_plan(), issuer="", issuer_lines=(), superior_lines=())

    (header,) = (attrs for tag, attrs in read(render_html(paper)).tags if tag == "header")

    assert header["class"].split() == ["document-head", "document-head-whole"]
