"""The plan and the report: previewed on the screen, downloaded and read as the paper they are."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import pypdfium2
from pypdfium2.raw import FPDF_PAGEOBJ_TEXT

from tests.journeys.windows import Window, words
from tests.reports.paper import POINTS_PER_MILLIMETRE, Page, read_pages

MARGIN = 20 * POINTS_PER_MILLIMETRE
INDENT = 40 * POINTS_PER_MILLIMETRE  # left margin 30 mm, first lines 10 to 12.7 mm further in
NUMERIC_TARGET = re.compile(r"\d%|\d (?:hộ|lao động)\b")
SECTION = re.compile(r"^([IVX]+)\. ")
CLAUSE = re.compile(r"^\d+\. ")
POINT = re.compile(r"^[a-zđ]\) ")
DASH = re.compile(r"^- ")


@dataclass(frozen=True)
class Row:
    """The runs of text on one baseline, joined; `left` in points."""

    text: str
    left: float


@dataclass(frozen=True)
class Paper:
    """A printed document and what can be counted in it."""

    pdf: bytes
    pages: list[Page]

    @property
    def text(self) -> str:
        return words(" ".join(row.text for row in self.rows()))

    def rows(self) -> Iterator[Row]:
        """The lines between the margins, from top to bottom."""
        for page in self.pages:
            inside = [line for line in page.lines if MARGIN < line.baseline < page.height - MARGIN]
            ordered = sorted(inside, key=lambda line: (-round(line.baseline), line.left))
            for _, runs in groupby(ordered, key=lambda line: round(line.baseline)):
                runs = list(runs)
                yield Row(words("".join(run.text for run in runs)), runs[0].left)

    def paragraphs(self) -> list[str]:
        """Indented first lines with the lines that follow them."""
        found: list[str] = []
        for row in self.rows():
            if row.left > INDENT or not found:
                found.append(row.text)
            else:
                found[-1] += f" {row.text}"
        return found

    def part(self, start: str, end: str) -> list[str]:
        """The paragraphs after the one that starts so, up to the one that starts otherwise."""
        paragraphs = self.paragraphs()
        first = next(i for i, text in enumerate(paragraphs) if text.startswith(start))
        last = next(i for i, text in enumerate(paragraphs) if i > first and text.startswith(end))
        return paragraphs[first + 1 : last]


def when_the_document_is_opened(window: Window, *, menu: str, title: str) -> None:
    window.page.click(f"#menu a:has-text('{menu}')")
    window.page.wait_for_load_state()
    window.look(f"list of {menu}")
    with window.page.expect_navigation():
        window.page.locator("main .row-link", has_text=title).click()


def then_the_preview_is_the_document(window: Window, *, kind: str) -> None:
    """The sheets in decree form, and figures that lead to what they count."""
    preview = window.page.get_by_role("region", name="Xem trước văn bản")
    sheets = words(preview.inner_text())
    for part in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", kind):
        assert part in sheets
    assert "Nơi nhận:" in sheets
    links = preview.locator("a[href^='/']").evaluate_all(
        "all => all.map(a => a.pathname + a.search)"
    )
    addresses = window.draw(sorted(set(links)))
    statuses = {
        address: window.page.request.get(window.server + address).status for address in addresses
    }
    assert statuses
    assert set(statuses.values()) == {200}
    window.look(f"preview of {kind}")


def when_the_document_is_downloaded(window: Window) -> Paper:
    address = window.page.get_by_role("link", name="Tải PDF").get_attribute("href")
    answer = window.page.request.get(window.server + address)
    assert answer.headers["content-type"] == "application/pdf"
    return Paper(answer.body(), read_pages(answer.body()))


def then_the_paper_is_in_decree_form(paper: Paper, *, kind: str, symbol: str) -> None:
    """Heading, kind and symbol, page numbers in the middle of the top margin, fonts embedded."""
    first = paper.pages[0].text
    for part in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "PHƯỜNG ĐĂK CẤM",
        f"/{symbol}",
        kind,
    ):
        assert part in first
    numbered = [page for page in paper.pages if page.number]
    assert [page.number.text.strip() for page in numbered] == [
        str(number) for number in range(2, len(numbered) + 2)
    ]
    assert not paper.pages[0].number
    assert all(abs(page.number.center - page.width / 2) < MARGIN for page in numbered)
    assert fonts_embedded(paper.pdf)
    assert paper.text == unicodedata.normalize("NFC", paper.text)
    assert "\ufffd" not in paper.text


def fonts_embedded(pdf: bytes) -> bool:
    document = pypdfium2.PdfDocument(pdf)
    try:
        runs = [run for page in document for run in page.get_objects([FPDF_PAGEOBJ_TEXT])]
        return bool(runs) and all(run.get_font().is_embedded for run in runs)
    finally:
        document.close()


def then_the_plan_holds_every_count(paper: Paper) -> None:
    """What the ward's real plan of 2025-2030 holds is all there, piece by piece."""
    goals = paper.part("II. ", "III. ")
    projects = paper.part("2. Các dự án thành phần", "IV. ")
    titles = matching(POINT, projects)
    duties = paper.part("VI. ", "Trên đây")
    assert {
        "sections": len(matching(SECTION, paper.paragraphs())),
        "legal bases": len(matching(re.compile(r"^(Căn cứ|Thực hiện) "), _opening(paper))),
        "purposes": len(matching(DASH, paper.part("1. Mục đích", "2. Yêu cầu"))),
        "requirements": len(matching(DASH, paper.part("2. Yêu cầu", "II. "))),
        "numeric targets": len(
            [text for text in matching(DASH, goals) if NUMERIC_TARGET.search(text)]
        ),
        "dimensions": len([text for text in matching(POINT, goals) if "cán bộ" not in text]),
        "common policies": len(matching(POINT, paper.part("1. Các chính sách", "2. Các dự án"))),
        "blocks": len(titles),
        "projects": len({re.search(r"Dự án (\d)", text)[1] for text in titles}),
        "sub-projects": len([text for text in titles if "Tiểu dự án" in text]),
        "block fields": [
            len([text for text in projects if text.startswith(f"- {label}:")])
            for label in ("Mục tiêu", "Đối tượng", "Đơn vị thực hiện", "Cơ quan phối hợp")
        ],
        "funding": len(matching(CLAUSE, paper.part("IV. ", "V. "))),
        "solution groups": len(matching(CLAUSE, paper.part("V. ", "VI. "))),
        "solutions": len(matching(DASH, paper.part("V. ", "VI. "))),
        "units": len(matching(CLAUSE, duties)),
        "duties": len(matching(DASH, duties)),
        "asked, not told": len([text for text in matching(CLAUSE, duties) if "Đề nghị" in text]),
        "recipients": len(recipients(paper)),
        "appendices": paper.text.count("(Kèm theo Kế hoạch số"),
    } == {
        "sections": 6,
        "legal bases": 5,
        "purposes": 1,
        "requirements": 4,
        "numeric targets": 13,
        "dimensions": 6,
        "common policies": 5,
        "blocks": 6,
        "projects": 4,
        "sub-projects": 5,
        "block fields": [6, 6, 6, 6],
        "funding": 3,
        "solution groups": 5,
        "solutions": 14,
        "units": 6,
        "duties": 21,
        "asked, not told": 1,
        "recipients": 7,
        "appendices": 1,
    }
    for figures in (
        "còn 21 hộ nghèo, chiếm 0,27% và 113 hộ cận nghèo, chiếm 1,44%",
        "số hộ nghèo còn 12 hộ, chiếm 0,15%",
        "số hộ cận nghèo còn 106 hộ, chiếm 1,27%",
        "tỷ lệ hộ cận nghèo còn dưới 0,2%",
    ):
        assert figures in paper.text
    assert "TM. ỦY BAN NHÂN DÂN" in paper.text


def then_the_report_balances(paper: Paper) -> None:
    """Opening, minus those who left, plus those who came, is closing; for both lists."""
    rows = [row.text for row in paper.rows()]
    tables = [
        [int(number) for number in text.split()[1:]]
        for text in rows
        if re.fullmatch(r"Hộ( \d+){9}", text)
    ]
    assert [(table[0], table[-1]) for table in tables] == [(21, 14), (113, 104)]
    for opening, *changes, closing in tables:
        left, came = changes[:3], changes[3:]
        assert opening - sum(left) + sum(came) == closing
    for part in ("Chiều y tế", "Bảo hiểm y tế", "KHÓ KHĂN, VƯỚNG MẮC", "ĐỀ XUẤT, KIẾN NGHỊ"):
        assert part in paper.text
    assert len(recipients(paper)) == 7


def recipients(paper: Paper) -> list[str]:
    """The lines under "Nơi nhận:"."""
    rows = list(paper.rows())
    start = next(i for i, row in enumerate(rows) if row.text.startswith("Nơi nhận:"))
    return [row.text for row in rows[start:] if row.text.startswith("- ") and row.left < INDENT]


def matching(pattern: re.Pattern, paragraphs: list[str]) -> list[str]:
    return [text for text in paragraphs if pattern.search(text)]


def _opening(paper: Paper) -> list[str]:
    paragraphs = paper.paragraphs()
    return paragraphs[: next(i for i, text in enumerate(paragraphs) if text.startswith("I. "))]
