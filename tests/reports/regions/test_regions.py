"""A province sees its wards together: the sums are those of the wards' own pages, and open them."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from django.urls import reverse

from households.choices import CampaignStage, PovertyClass
from households.models import Household, Review
from povertyplan.core import clock
from povertyplan.core.choices import Role
from povertyplan.core.models import Area
from projects.choices import Direction, TargetOperator
from reports.choices import ReportPeriod
from reports.dashboard.board import build_dashboard
from reports.regions.facts import RegionFacts
from reports.regions.tables import build_region_table
from reports.regions.targets import target_groups
from reports.tables.catalogue import TABLES
from reports.tables.facts import TableFacts
from tests.factories.core import (
    ProvinceFactory,
    UserFactory,
    VillageFactory,
    WardFactory,
    user_with,
)
from tests.factories.households import (
    AreaYearFactory,
    CampaignFactory,
    DecisionFactory,
    HouseholdFactory,
    MembershipFactory,
    StandardFactory,
    StatusFactory,
)
from tests.factories.projects import IndicatorFactory, TargetFactory
from tests.factories.reports import (
    DocumentFactory,
    ReportingRuleFactory,
    ReportRequestFactory,
)
from tests.pages import NOT_FOUND, heading_of, words_of
from tests.queries import questions, repeated
from tests.reports.documents import issue
from tests.reports.histories import listed
from tests.reports.histories import recognised as with_forms

TODAY = date(2026, 11, 20)
POOR, NEAR = PovertyClass.POOR, PovertyClass.NEAR_POOR


@pytest.fixture(autouse=True)
def _today():
    with clock.set_to(TODAY):
        yield


@pytest.fixture
def province(db):
    return ProvinceFactory(name="Tỉnh Mẫu")


@pytest.fixture
def officer(province):
    return user_with(Role.OBSERVER, province)


def known_ward(
    province: Area, called: str, *, poor=1, near=0, households=100, year=2025, **standard
) -> Area:
    """A ward with a recognised review; its lists began before, with one household less."""
    ward = WardFactory(name=called, parent=province)
    village = VillageFactory(parent=ward)
    recognised(ward, year, StandardFactory(**standard))
    for poverty_class in [POOR] * poor + [NEAR] * near:
        StatusFactory(household=HouseholdFactory(village=village), poverty_class=poverty_class)
    if households:
        AreaYearFactory(area=ward, on=date(year, 12, 31), households=households, persons=400)
    return ward


def recognised(ward: Area, year: int, standard=None) -> None:
    """A yearly review of the ward whose results hold."""
    campaign = CampaignFactory(
        ward=ward,
        year=year,
        stage=CampaignStage.RECOGNISED,
        submitted_by=UserFactory(),
        submitted_at=clock.now(),
        standard=standard or StandardFactory(),
    )
    DecisionFactory(ward=ward, campaign=campaign, decided_on=date(year, 12, 15))


def region(province: Area) -> RegionFacts:
    return RegionFacts(regions=[province], today=TODAY)


def test_the_sum_is_of_known_wards_alone_and_says_of_how_many(client_of, province, officer):
    known_ward(province, "Xã Một", poor=3, near=1, households=100)
    known_ward(province, "Xã Hai", poor=1, near=2, households=300)
    WardFactory(name="Xã Chưa", parent=province)
    known_ward(ProvinceFactory(), "Xã Tỉnh Khác", poor=50)

    page = words_of(client_of(officer).get(reverse("reports:region_board", query={"year": 2025})))

    assert "4 hộ nghèo (1,00%)" in page
    assert "3 hộ cận nghèo" in page
    assert "2/3 phường, xã có số liệu năm 2025" in page
    assert "Xã Chưa Chưa có số liệu" in page
    assert "Xã Tỉnh Khác" not in page


def test_a_rate_is_of_the_wards_whose_households_are_known(province):
    known_ward(province, "Xã Một", poor=2, households=100)
    known_ward(province, "Xã Hai", poor=7, households=None)

    total = region(province).total(2025)

    assert total is not None
    assert (total.poor, total.rated, total.poor_percent) == (9, 1, 2)


def test_wards_of_another_standard_are_named_and_not_added(client_of, province, officer):
    known_ward(province, "Xã Một", poor=1)
    known_ward(province, "Xã Hai", poor=2)
    known_ward(province, "Xã Chuẩn Khác", poor=40, code="2027-2030", name="Chuẩn mới")

    page = words_of(client_of(officer).get(reverse("reports:region_board", query={"year": 2025})))

    assert "3 hộ nghèo" in page
    assert "không cộng Xã Chuẩn Khác vì kết quả theo chuẩn nghèo khác" in page


def test_years_of_two_standards_are_not_compared(client_of, province, officer):
    ward = known_ward(province, "Xã Một", poor=3)
    older = StandardFactory(code="2016", name="Chuẩn cũ", valid_from=date(2016, 1, 1))
    recognised(ward, 2024, older)

    page = words_of(client_of(officer).get(reverse("reports:region_board", query={"year": 2025})))

    assert "theo Chuẩn cũ: không so sánh hai năm" in page
    assert "đổi chuẩn nghèo" in page
    assert "so với năm trước;" not in page


def test_the_number_of_a_ward_is_that_of_its_own_board_and_opens_it(client_of, province, officer):
    ward = known_ward(province, "Xã Một", poor=3, near=1)
    page = client_of(officer).get(reverse("reports:region_board", query={"year": 2025}))
    url = reverse("reports:dashboard", query={"ward": ward.pk, "year": 2025})
    assert url.replace("&", "&amp;") in page.content.decode()

    own = words_of(client_of(officer).get(url))

    assert "Còn 3 hộ nghèo (3,00%)" in own
    board = build_dashboard(ward=ward, year=2025, today=TODAY, viewer=officer)
    assert [tile.value for tile in board.tiles[:2]] == ["3", "1"]


def test_a_ward_of_another_province_does_not_open(client_of, province, officer):
    known_ward(province, "Xã Một")
    foreign = known_ward(ProvinceFactory(), "Xã Tỉnh Khác")

    for view in ("reports:dashboard", "reports:target_list", "reports:report_calendar"):
        answer = client_of(officer).get(reverse(view, query={"ward": foreign.pk}))
        assert answer.status_code == 404
        assert "Xã Tỉnh Khác" not in answer.content.decode()


def test_a_page_of_one_ward_opens_on_the_last_that_was_named(client_of, province, officer):
    known_ward(province, "Xã Một")
    second = known_ward(province, "Xã Hai", poor=5)
    client = client_of(officer)
    client.get(reverse("reports:dashboard", query={"ward": second.pk}))

    page = client.get(reverse("reports:dashboard"), follow=True)

    assert page.redirect_chain == [(f"/dashboard/?ward={second.pk}", 302)]
    assert "Xã Hai" in words_of(page)


def test_within_a_ward_a_province_sees_that_ward_alone(client_of, province):
    """A role over a province is one of the ward that a page names, and of no other for it."""
    leader = user_with(Role.LEADER, province)
    ward, other = known_ward(province, "Xã Một"), known_ward(province, "Xã Hai")
    code = Household.objects.get(ward=other).code

    page = client_of(leader).get(reverse("households:household_list", query={"ward": ward.pk}))

    assert Household.objects.get(ward=ward).code in page.content.decode()
    assert code not in page.content.decode()


def test_who_works_in_a_ward_finds_no_region(client_of, leader):
    client = client_of(leader)

    for view in ("reports:region_board", "reports:region_targets", "reports:region_reports"):
        assert client.get(reverse(view)).status_code == 404
    assert "Nhiều phường, xã" not in client.get(reverse("reports:dashboard")).content.decode()


def test_a_province_begins_with_its_wards(client_of, province, officer):
    known_ward(province, "Xã Một")
    page = client_of(officer).get(reverse("core:home"), follow=True)

    assert page.redirect_chain[-1][0] == reverse("reports:region_board")
    assert "1/1 phường, xã có số liệu năm 2025" in words_of(page)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_table_is_the_sum_of_the_tables_of_its_wards(province, number):
    wards = [known_ward(province, "Xã Hai", poor=3, near=1), known_ward(province, "Xã Một", near=2)]
    for ward in wards:
        recognised(ward, 2024)
        AreaYearFactory(area=ward, on=date(2024, 12, 31))

    table = build_region_table(region(province), number, 2025)

    own = [_own_table(ward, number) for ward in wards]
    totals = [[row.cells for row in each.totals] for each in own]
    per_ward = [tuple(cell.value for cell in row.cells) for row in table.parts]
    assert per_ward == [tuple(cell.value for cell in cells) for each in totals for cells in each]
    for line, summed in enumerate(table.totals):
        counts = [
            sum(each[line][place].value for each in totals)
            for place in range(len(summed.cells))
            if isinstance(summed.cells[place].value, int)
        ]
        assert [c.value for c in summed.cells if isinstance(c.value, int)] == counts
        assert any(counts)


@pytest.mark.parametrize("number", [4, 5, 6, 7, 8, 9, 10, 11, 12, 13])
def test_what_forms_and_lists_say_is_added_over_the_wards(province, number):
    wards = [reviewed_ward(province, "Xã Một", 3), reviewed_ward(province, "Xã Hai", 2)]
    known_ward(province, "Xã Danh sách", poor=1)
    WardFactory(parent=province, name="Xã Chưa")

    table = build_region_table(region(province), number, 2025)

    own = [_own_table(ward, number).totals for ward in sorted(wards, key=lambda one: one.name)]
    lines = {name: [row for row in table.parts if name in row.leads] for name in NAMES}
    for name, totals in zip(sorted(NAMES[:2]), own, strict=True):
        assert [c.value for c in lines[name][0].cells] == [c.value for c in totals[0].cells]
    assert all(cell.value is None for cell in lines["Xã Chưa"][0].cells)
    assert "Xã Chưa" in " ".join(table.problems)
    summed = table.totals[0].cells
    added = [
        [line[place].value for each in lines.values() for row in each[:1] for line in [row.cells]]
        for place in range(len(summed))
    ]
    for cell, parts in zip(summed, added, strict=True):
        if isinstance(cell.value, int):
            assert cell.value == sum(part for part in parts if part is not None)
    assert any(isinstance(cell.value, int) and cell.value for cell in summed)
    if number in (5, 7):  # of summed counts, not a mean of rates
        poor = [each.deprivations for each in forms_of(wards, POOR if number == 5 else NEAR)]
        share = Decimal(100 * sum(1 in lacks for lacks in poor)) / len(poor)
        assert abs(summed[1].value - share) <= Decimal("0.005")


@pytest.mark.parametrize("number", [4, 10, 11])
def test_a_ward_whose_results_came_by_list_is_named_and_not_added(province, number):
    reviewed_ward(province, "Xã Một", 2)
    by_list = WardFactory(parent=province, name="Xã Danh sách")
    household = listed(VillageFactory(parent=by_list), POOR, date(2025, 12, 15))
    MembershipFactory(household=household, person__birth_date=date(2020, 1, 1))

    table = build_region_table(region(province), number, 2025)

    row = next(row for row in table.parts if "Xã Danh sách" in row.leads)
    other = next(row for row in table.parts if "Xã Một" in row.leads)
    assert all(cell.value is None for cell in row.cells)
    assert [c.value for c in table.totals[0].cells] == [c.value for c in other.cells]
    assert any("Xã Danh sách: kết quả năm 2025 nhập từ danh sách" in one for one in table.problems)


NAMES = ("Xã Một", "Xã Hai", "Xã Danh sách", "Xã Chưa")


def reviewed_ward(province, name, households):
    """A ward whose review has forms: poor and near-poor, lacking more and more."""
    ward = WardFactory(parent=province, name=name)
    village = VillageFactory(parent=ward)
    forms = [
        (village, poverty_class, set(range(1, number + 2)))
        for number in range(households)
        for poverty_class in (POOR, NEAR)
    ]
    campaign = with_forms(ward, 2025, *forms)
    for review in campaign.reviews.all():
        StatusFactory(household=review.household, poverty_class=review.recorded_class)
        MembershipFactory(household=review.household, person__birth_date=date(2020, 1, 1))
    return ward


def forms_of(wards, poverty_class):
    return Review.objects.filter(ward__in=wards, recorded_class=poverty_class)


def _own_table(ward, number):
    facts = TableFacts(ward=ward, after=date(2024, 12, 31), until=date(2025, 12, 31))
    return TABLES[number].build(facts)


def test_the_population_of_a_ward_without_results_is_shown_and_not_added(province):
    known_ward(province, "Xã Một", poor=3, households=100)
    AreaYearFactory(area=WardFactory(parent=province, name="Xã Chưa"), households=620)

    table = build_region_table(region(province), 1, 2025)

    shown = {row.leads[1]: [cell.value for cell in row.cells[:3]] for row in table.rows}
    assert shown["Xã Chưa"] == [620, 29_000, None]
    assert shown["Tổng cộng"] == [100, 400, 3]
    assert len(table.problems) == 1
    assert "Chưa có số liệu ngày 31/12/2025 của Xã Chưa" in table.problems[0]


def test_a_table_as_a_workbook_has_the_wards_and_their_sum(client_of, province, officer):
    known_ward(province, "Xã Một", poor=3)
    known_ward(province, "Xã Hai", poor=2)
    url = reverse("reports:region_table_file", args=[1, "xlsx"], query={"year": 2025})

    answer = client_of(officer).get(url)

    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    cells = [[cell for cell in row if cell is not None] for row in sheet.values]
    lines = [row for row in cells if {"Xã Một", "Xã Hai", "Tổng cộng"} & set(row)]
    assert [[cell for cell in row if isinstance(cell, int)][:3] for row in lines] == [
        [100, 400, 2], [100, 400, 3], [200, 800, 5],
    ]  # fmt: skip


def test_targets_alike_are_added_where_both_figures_are_known(province):
    for name, poor, low in (("Xã Một", 3, 2), ("Xã Hai", 1, 4)):
        _promise(known_ward(province, name, poor=poor), low)
    _promise(WardFactory(name="Xã Chưa", parent=province), 9)

    (group,) = target_groups(region(province), 2025)

    assert (len(group.wards), len(group.known)) == (3, 2)
    assert (group.planned, group.reached) == (6, 4)
    assert [(word.label, count) for word, count in group.words] == [
        ("Vượt", 1), ("Chưa đạt", 1), ("Chưa có số liệu", 1),
    ]  # fmt: skip


def _promise(ward, low):
    indicator = IndicatorFactory(
        ward=ward, name="Số hộ nghèo", query="poor_households", direction=Direction.DOWN
    )
    TargetFactory(indicator=indicator, year=2025, operator=TargetOperator.LEVEL, low=low)


def test_targets_open_ward_by_ward(client_of, province, officer):
    ward = known_ward(province, "Xã Một", poor=3)
    _promise(ward, 2)
    client = client_of(officer)

    listed = words_of(client.get(reverse("reports:region_targets", query={"year": 2025})))
    query = {"year": 2025, "of": "poor_households"}
    opened = client.get(reverse("reports:region_targets", query=query))

    assert "1 chưa đạt" in listed
    assert "Xã Một còn 02 hộ 3 Chưa đạt" in words_of(opened)
    own = reverse("reports:target_list", query={"ward": ward.pk, "year": 2025})
    assert own.replace("&", "&amp;") in opened.content.decode()
    assert client.get(reverse("reports:region_targets", query={"of": "x"})).status_code == 404


def test_reports_are_received_late_or_missing(client_of, province, officer):
    rule = ReportingRuleFactory(
        ward=None, period=ReportPeriod.NINE_MONTHS, due_day=10, due_month=10
    )
    for name, issued in (("Xã Sớm", date(2026, 10, 9)), ("Xã Trễ", date(2026, 10, 12))):
        ward = WardFactory(name=name, parent=province)
        document = issue(DocumentFactory(ward=ward), issued_on=issued)
        ReportRequestFactory(
            ward=ward, rule=rule, period=rule.period, year=2026, number=1, document=document
        )
    WardFactory(name="Xã Thiếu", parent=province)
    client = client_of(officer)
    key = f"{ReportPeriod.NINE_MONTHS}-1"

    summed = words_of(client.get(reverse("reports:region_reports", query={"year": 2026})))
    query = {"year": 2026, "due": key, "state": "late"}
    late = words_of(client.get(reverse("reports:region_reports", query=query)))

    assert "09/10/2026 1 1 0 1 0 0" in summed
    assert "Xã Trễ Đã có, trễ hạn trễ 3 ngày" in late
    assert "Xã Sớm" not in late
    assert client.get(reverse("reports:region_reports", query={"due": "x"})).status_code == 404


def test_a_report_without_a_day_is_neither_late_nor_missing(client_of, province, officer):
    ReportingRuleFactory(ward=None, period=ReportPeriod.YEAR, due_day=None, due_month=None)
    ward = WardFactory(name="Xã Có", parent=province)
    document = issue(DocumentFactory(ward=ward), issued_on=date(2026, 3, 1))
    ReportRequestFactory(
        ward=ward,
        period=ReportPeriod.YEAR,
        year=2025,
        document=document,
        first_day=date(2025, 1, 1),
        last_day=date(2025, 12, 31),
        data_on=date(2025, 12, 31),
    )
    WardFactory(name="Xã Không", parent=province)

    page = words_of(client_of(officer).get(reverse("reports:region_reports", query={"year": 2025})))

    assert "Năm 2025 chưa quy định 0 0 1 0 0 1" in page
    ward_by_ward = {"year": 2025, "due": "year-1"}
    page = words_of(client_of(officer).get(reverse("reports:region_reports", query=ward_by_ward)))
    assert "Đã có Số" in page
    assert "đúng hạn" not in page


@pytest.mark.parametrize(
    "view", ["reports:region_board", "reports:region_targets", "reports:region_reports"]
)
@pytest.mark.parametrize("wards", [1, 3])
def test_more_wards_ask_no_more_questions(client_of, province, officer, view, wards):
    for number in range(wards):
        _promise(known_ward(province, f"Xã {number}"), 2)
    ReportingRuleFactory(ward=None, period=ReportPeriod.YEAR, due_day=10, due_month=11)
    client = client_of(officer)

    answer, asked = questions(lambda: client.get(reverse(view, query={"year": 2025})))

    assert "Tỉnh Mẫu · năm 2025" in words_of(answer)
    assert not repeated(asked)
    assert asked.total() <= 20


@pytest.mark.parametrize("page", ["regions/tables/14/", "regions/tables/1/docx/"])
def test_no_other_table_is_added(client_of, province, officer, page):
    known_ward(province, "Xã Một")

    answer = client_of(officer).get(f"/{page}?year=2025")

    assert heading_of(answer) == NOT_FOUND
    assert "Xã Một" not in answer.content.decode()
