"""What is published as paper and workbook: the supports of a time by village, donated money, and
the quarterly list of what was published where."""

from collections.abc import Callable

from django.conf import settings

from povertyplan.core.models import Area, User
from povertyplan.core.text import formatting
from povertyplan.core.text.vietnamese import lower_first
from projects.models import DonationEntry, Publication
from projects.publicity.presenters import describe_period
from projects.publicity.selectors.donations import published_donations
from projects.publicity.selectors.plan import publications_begun
from projects.publicity.selectors.supports import KindTotal, VillageSupports, published_supports
from projects.rules.donations import FundMoney
from projects.rules.publicity import listed_days
from projects.support.selectors.ledger import LedgerLine
from reports.choices import FileFormat
from reports.papers.frame import made_on
from reports.printing import tree
from reports.printing.issuer import issuer_lines, issuer_of
from reports.printing.pdf import render_pdf
from reports.printing.xlsx import render_workbook

CENTER, RIGHT = tree.Align.CENTER, tree.Align.RIGHT
FORMATS = (FileFormat.PDF, FileFormat.EXCEL)
PURPOSE = "Niêm yết công khai"
SHEET_NAME = "Cong khai"
OF_GROUPS = "Nhóm hộ, tổ hợp tác"
SUPPORT_HEAD = ("TT", "Đối tượng nhận", "Loại hỗ trợ", "Ngày giao", "Số lượng", "Số tiền (đồng)")
ONLY_TOTALS = "Chỉ công khai tổng số"
FROM_MOBILISED = "Hỗ trợ đã giao từ nguồn huy động (ghi theo tên ở danh sách hỗ trợ theo thôn)"
ENTRY_HEAD = ("TT", "Ngày", "Thu, chi", "Người ủng hộ, nơi nhận", "Nội dung", "Số tiền (đồng)")
SUPPORT_WIDTHS = (6, 25, 28, 15, 11, 15)


def write_listing(document: tree.DocumentTree, ending: str) -> bytes:
    """The file of a listing. Raises PrintingUnavailable."""
    if ending == FileFormat.EXCEL:
        return render_workbook([(SHEET_NAME, document)], title=document.title)
    return render_pdf(document)


def supports_paper(ward: Area, year: int, number: int, reader: User) -> tree.DocumentTree:
    found = published_supports(ward, *listed_days(year, number), reader)
    count = (
        f"{formatting.number(found.delivered)} hỗ trợ đã giao: {formatting.number(found.named)} "
        f"ghi theo tên, {formatting.number(found.in_totals)} ghi theo tổng số"
    )
    return _paper(
        ward,
        kind="Danh sách công khai",
        subject=f"Kết quả hỗ trợ hộ gia đình, {_inside(year, number)}",
        year=year,
        body=(
            *(_village_table(each) for each in found.villages),
            *((_totals_table(found.totals, ONLY_TOTALS),) if found.totals else ()),
        ),
        closing=count,
    )


def publications_paper(ward: Area, year: int, number: int, reader: User) -> tree.DocumentTree:
    publications = list(publications_begun(reader, ward, *listed_days(year, number)))
    table = tree.Table(
        columns=(tree.TableColumn(6, CENTER), *map(tree.TableColumn, (36, 24, 17, 17))),
        head=(("TT", "Nội dung", "Nơi, hình thức", "Thời gian", "Địa điểm"),),
        rows=tuple(
            (
                str(row_number),
                each.occasion_label,
                each.rule.get_place_display(),
                _days(each),
                each.location,
            )
            for row_number, each in enumerate(publications, start=1)
        ),
    )
    return _paper(
        ward,
        kind="Danh mục",
        subject=f"Nội dung đã công khai, {_inside(year, number)}",
        year=year,
        body=(table,),
        closing=f"Danh mục có {formatting.two_digits(len(publications))} lần công khai",
    )


def donations_paper(ward: Area, year: int, number: int, reader: User) -> tree.DocumentTree:
    found = published_donations(ward, *listed_days(year, number), reader)
    return _paper(
        ward,
        kind="Danh sách công khai",
        subject=f"Tiền, hàng ủng hộ và việc phân bổ, {_inside(year, number)}",
        year=year,
        body=(
            *((_funds_table(found.funds),) if found.funds else ()),
            *((_entries_table(found.entries),) if found.entries else ()),
            *((_totals_table(found.mobilised, FROM_MOBILISED),) if found.mobilised else ()),
        ),
        closing=f"Danh sách có {formatting.two_digits(len(found.entries))} khoản thu, chi",
    )


LISTINGS: dict[str, Callable[[Area, int, int, User], tree.DocumentTree]] = {
    "supports": supports_paper,
    "donations": donations_paper,
    "publications": publications_paper,
}


def _paper(ward: Area, **own) -> tree.DocumentTree:
    issuer = issuer_of(ward)
    values = {
        "symbol": "DS-UBND",
        "issuer": issuer,
        "issuer_lines": issuer_lines(issuer, ward.name),
        "place": ward.place_line or ward.name,
        "signature": tree.Signature(("Chủ tịch",)),
        "recipients": ("Niêm yết công khai",),
        "archive": "VT",
        "by_hand": True,
        "demo": settings.DEMO,
        "source": made_on(),
        **own,
    }
    return tree.DocumentTree(**values)


def _inside(year: int, number: int) -> str:
    return lower_first(describe_period(year, number))


def _village_table(each: VillageSupports) -> tree.Table:
    first, name, kind, day, quantity, amount = SUPPORT_WIDTHS
    return tree.Table(
        columns=(
            tree.TableColumn(first, CENTER, numeric=True),
            tree.TableColumn(name),
            tree.TableColumn(kind),
            tree.TableColumn(day, CENTER),
            tree.TableColumn(quantity, RIGHT),
            tree.TableColumn(amount, RIGHT, numeric=True),
        ),
        head=(SUPPORT_HEAD,),
        rows=tuple(
            _support_row(row_number, line) for row_number, line in enumerate(each.lines, start=1)
        ),
        title=each.village.name if each.village else OF_GROUPS,
    )


def _support_row(row_number: int, line: LedgerLine) -> tree.Row:
    support = line.support
    name = line.head_name or support.group_name
    quantity = ""
    if support.quantity is not None:
        quantity = f"{formatting.number(support.quantity)} {support.kind.quantity_unit}".strip()
    return (
        str(row_number),
        f"{name} ({line.person_name})" if line.person_name else name,
        support.kind.name,
        formatting.day(support.delivered_on),
        quantity,
        formatting.number(support.amount) if support.amount is not None else "",
    )


def _funds_table(funds: tuple[FundMoney, ...]) -> tree.Table:
    amount = tree.TableColumn(17, RIGHT, numeric=True)
    return tree.Table(
        columns=(tree.TableColumn(32), amount, amount, amount, amount),
        head=(("Quỹ, nguồn", "Kỳ trước chuyển sang", "Thu", "Chi", "Còn lại"),),
        rows=tuple(
            (
                each.fund.label,
                *map(formatting.number, (each.before, each.came_in, each.went_out, each.left)),
            )
            for each in funds
        ),
        measure_unit="đồng; hiện vật tính theo giá trị quy ra tiền",
    )


def _entries_table(entries: tuple[DonationEntry, ...]) -> tree.Table:
    return tree.Table(
        columns=(
            tree.TableColumn(6, CENTER, numeric=True),
            tree.TableColumn(15, CENTER),
            tree.TableColumn(15),
            tree.TableColumn(22),
            tree.TableColumn(26),
            tree.TableColumn(16, RIGHT, numeric=True),
        ),
        head=(ENTRY_HEAD,),
        rows=tuple(
            _entry_row(row_number, each) for row_number, each in enumerate(entries, start=1)
        ),
        title="Các khoản thu, chi",
    )


def _entry_row(row_number: int, entry: DonationEntry) -> tree.Row:
    return (
        str(row_number),
        formatting.day(entry.dated),
        f"{entry.get_way_display()} {entry.get_fund_display()}",
        entry.party,
        f"{entry.purpose}; hiện vật: {entry.goods}" if entry.goods else entry.purpose,
        formatting.number(entry.amount),
    )


def _totals_table(totals: tuple[KindTotal, ...], title: str) -> tree.Table:
    return tree.Table(
        columns=(
            tree.TableColumn(6, CENTER, numeric=True),
            tree.TableColumn(58),
            tree.TableColumn(16, RIGHT, numeric=True),
            tree.TableColumn(20, RIGHT, numeric=True),
        ),
        head=(("TT", "Loại hỗ trợ", "Số hỗ trợ", "Số tiền (đồng)"),),
        rows=tuple(
            (
                str(row_number),
                total.kind.name,
                formatting.number(total.supports),
                formatting.number(total.amount) if total.amount is not None else "",
            )
            for row_number, total in enumerate(totals, start=1)
        ),
        title=title,
    )


def _days(publication: Publication) -> str:
    begun = f"từ {formatting.day(publication.posted_from)}"
    if publication.posted_to is None:
        return begun
    return f"{begun} đến hết {formatting.day(publication.posted_to)}"
