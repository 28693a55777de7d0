"""The plan linter finds the slips of real plans, and only those."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from povertyplan.core.text.formatting import rate
from reports.plans.checking.checked_facts import (
    BasisFact,
    DeadlineFact,
    DutyFact,
    HeadingFact,
    LintRule,
    PlanFacts,
    PlanFinding,
    ProjectFact,
    TargetFact,
    TextFact,
)
from reports.plans.plan_checks import TotalRange, check_plan, implied_total

NBSP = "\u00a0"
ECONOMY, CULTURE = "Phòng Kinh tế, Hạ tầng và Đô thị", "Phòng Văn hóa - Xã hội"


def household_target(name, count, percent, total="hộ dân cư"):
    return TargetFact(name, ECONOMY, total, count, Decimal(percent), "hộ")


SOUND = PlanFacts(
    first_day=date(2026, 1, 1),
    last_day=date(2026, 12, 31),
    targets=(
        household_target("Hộ nghèo", 21, "0.27"),
        household_target("Hộ cận nghèo", 113, "1.44"),
    ),
    projects=(
        ProjectFact("DA2", "Đa dạng hóa sinh kế", (ECONOMY,), (CULTURE,)),
        ProjectFact("6.2", "Truyền thông", (CULTURE,)),
    ),
    duties=(
        DutyFact(ECONOMY, "Chủ trì Dự án 2", ("DA2",)),
        DutyFact(CULTURE, "Chủ trì Tiểu dự án 2 thuộc Dự án 6", ("6.2",)),
    ),
    bases=(BasisFact("Luật Tổ chức chính quyền địa phương"),),
    units=(ECONOMY, CULTURE),
    deadlines=(DeadlineFact("Báo cáo năm", date(2026, 11, 10)),),
    headings=(
        HeadingFact("I", "MỤC TIÊU"),
        HeadingFact("1", "Mục tiêu chung", "I"),
        HeadingFact("II", "NỘI DUNG"),
        HeadingFact("1", "Các dự án", "II"),
    ),
    texts=(TextFact("I.1", "Giảm nghèo trên địa bàn phường Đăk Cấm."),),
    foreign_areas=("Phổ Minh", "Cẩm Châu"),
)


def findings(rule, **changes):
    found = check_plan(replace(SOUND, **changes))
    assert {finding.rule for finding in found} <= {rule}
    return [finding.message for finding in found]


def test_sound_plan_has_no_findings():
    assert check_plan(SOUND) == []


@pytest.mark.parametrize(
    ("count", "percent", "low", "high"),
    [
        pytest.param(12, "0.15", 7742, 8275, id="12 households"),
        pytest.param(106, "1.27", 8314, 8379, id="106 households"),
        pytest.param(21, "0.27", 7637, 7924, id="21 households"),
        pytest.param(113, "1.44", 7821, 7874, id="113 households"),
        pytest.param(5, "0.3", 1429, 2000, id="rate to one decimal"),
        pytest.param(5, "0.30", 1429, 2000, id="an idle zero says nothing"),
        pytest.param(1, "100", 1, 1, id="all of one"),
        pytest.param(0, "0", 1, None, id="none of any"),
        pytest.param(3, "0", 601, None, id="so few that the rate prints as zero"),
    ],
)
def test_implied_total(count, percent, low, high):
    assert implied_total(count, Decimal(percent)) == TotalRange(low, high)


@given(st.integers(1, 20000), st.data())
def test_implied_total_holds_the_total_a_rate_came_from(total, data):
    count = data.draw(st.integers(0, total))

    assert implied_total(count, rate(count, total)).holds(total)


@given(st.integers(1, 300), st.integers(1, 9000))
def test_implied_total_holds_nothing_else(count, hundredths):
    percent = Decimal(hundredths).scaleb(-2)
    implied = implied_total(count, percent)
    shown = max(-percent.normalize().as_tuple().exponent, 0)

    assert implied.is_empty or rate(count, implied.low, shown) == percent
    assert implied.is_empty or rate(count, implied.high, shown) == percent
    assert implied.low <= count or rate(count, implied.low - 1, shown) != percent
    assert rate(count, implied.high + 1, shown) != percent


def test_lint_finds_counts_and_rates_of_different_totals():
    targets = (
        household_target("Hộ nghèo", 12, "0.15"),
        household_target("Hộ cận nghèo", 106, "1.27"),
    )

    assert findings(LintRule.TOTALS_DISAGREE, targets=targets) == [
        f"12{NBSP}hộ (0,15%) và 106{NBSP}hộ (1,27%) không cùng một tổng số hộ dân cư: "
        "tổng số từ 7.742 đến 8.275 và tổng số từ 8.314 đến 8.379."
    ]


@pytest.mark.parametrize(
    "targets",
    [
        pytest.param(
            (
                household_target("Hộ nghèo", 12, "0.15", "hộ dân cư 2025"),
                household_target("Hộ cận nghèo", 106, "1.27", "hộ dân cư 2026"),
            ),
            id="two totals",
        ),
        pytest.param(
            (
                household_target("Hộ nghèo", 16, "1.11"),
                household_target("Hộ cận nghèo", 5, "0.3"),
            ),
            id="a consistent plan",
        ),
        pytest.param(
            (
                TargetFact("Hộ nghèo", ECONOMY, "hộ dân cư", 12),
                TargetFact("Hộ cận nghèo", ECONOMY, "hộ dân cư", None, Decimal("1.27")),
            ),
            id="a count here, a rate there",
        ),
    ],
)
def test_lint_accepts_totals_that_can_agree(targets):
    assert check_plan(replace(SOUND, targets=targets)) == []


def test_lint_finds_a_rate_no_total_gives():
    targets = (household_target("Hộ nghèo", 0, "0.15"), household_target("Khác", 3, "77"))

    assert findings(LintRule.RATE_IMPOSSIBLE, targets=targets) == [
        f"0{NBSP}hộ (0,15%) không đúng với bất kỳ tổng số hộ dân cư nào.",
        f"3{NBSP}hộ (77%) không đúng với bất kỳ tổng số hộ dân cư nào.",
    ]


@pytest.mark.parametrize(
    ("known", "disagrees"), [(7820, True), (7821, False), (7874, False), (7875, True)]
)
def test_lint_compares_with_the_total_on_record(known, disagrees):
    found = check_plan(replace(SOUND, known_totals={"hộ dân cư": known}))

    assert [finding.rule for finding in found] == [LintRule.KNOWN_TOTAL_DISAGREES] * disagrees


def test_lint_finds_figures_without_data_and_sections_without_content():
    unknown = findings(
        LintRule.UNKNOWN_FIGURE,
        unknown="(chưa có số liệu)",
        texts=(TextFact("II", "Còn (chưa có số liệu) hộ nghèo."), TextFact("III", "Còn 12 hộ.")),
    )
    empty = findings(LintRule.EMPTY_SECTION, empty_sections=("VI. Tổ chức thực hiện",))

    assert unknown == ["II: có con số chưa có số liệu, văn bản in “(chưa có số liệu)”."]
    assert empty == ["Mục “VI. Tổ chức thực hiện” chưa có nội dung bên dưới."]


def test_lint_finds_a_duty_about_a_project_the_plan_lacks():
    duties = (*SOUND.duties, DutyFact(CULTURE, "Chủ trì Dự án 4", ("DA4",)))

    assert check_plan(replace(SOUND, duties=duties)) == [
        PlanFinding(
            LintRule.DUTY_WITHOUT_PROJECT,
            CULTURE,
            "Nhiệm vụ của Phòng Văn hóa - Xã hội nói đến dự án DA4, kế hoạch không có dự án này.",
        )
    ]


@pytest.mark.parametrize(
    ("leads", "rule", "message"),
    [
        pytest.param((), LintRule.NO_LEAD, "Dự án 7.1 Nâng cao năng lực chưa có đơn vị chủ trì."),
        pytest.param(
            (ECONOMY, CULTURE),
            LintRule.TWO_LEADS,
            "Dự án 7.1 Nâng cao năng lực có 2 đơn vị chủ trì: "
            "Phòng Kinh tế, Hạ tầng và Đô thị, Phòng Văn hóa - Xã hội.",
        ),
    ],
    ids=["no lead", "two leads"],
)
def test_lint_wants_one_lead(leads, rule, message):
    projects = (*SOUND.projects, ProjectFact("7.1", "Nâng cao năng lực", leads))

    assert findings(rule, projects=projects) == [message]


@pytest.mark.parametrize(
    ("basis", "messages"),
    [
        pytest.param(
            BasisFact("Quyết định số 90/QĐ-TTg", date(2025, 12, 31)),
            [
                "Quyết định số 90/QĐ-TTg hết hiệu lực ngày 31/12/2025, trước kỳ kế hoạch.",
            ],
            id="ended the day before",
        ),
        pytest.param(
            BasisFact("Quyết định số 90/QĐ-TTg", date(2026, 1, 1)), [], id="ends on the first day"
        ),
        pytest.param(
            BasisFact("Thông tư 07/2021", None, "Thông tư 10/2026"),
            ["Thông tư 07/2021 đã được thay thế bằng Thông tư 10/2026."],
            id="replaced",
        ),
    ],
)
def test_lint_finds_an_expired_basis(basis, messages):
    assert findings(LintRule.EXPIRED_BASIS, bases=(basis,)) == messages


def test_lint_finds_units_without_a_duty():
    projects = (
        replace(SOUND.projects[0], coordinating=("Trạm Y tế", CULTURE)),
        SOUND.projects[1],
    )

    assert findings(
        LintRule.UNIT_WITHOUT_DUTY, projects=projects, units=(ECONOMY, "Đoàn Thanh niên")
    ) == [
        "Đoàn Thanh niên chưa được giao nhiệm vụ trong kế hoạch.",
        "Trạm Y tế chưa được giao nhiệm vụ trong kế hoạch.",
    ]


def test_lint_finds_a_target_without_an_owner():
    targets = (*SOUND.targets, TargetFact("Nước sạch"))

    assert findings(LintRule.TARGET_WITHOUT_OWNER, targets=targets) == [
        "Chỉ tiêu “Nước sạch” chưa có đơn vị theo dõi."
    ]


@pytest.mark.parametrize(
    ("due_on", "is_outside"),
    [
        (SOUND.first_day - timedelta(days=1), True),
        (SOUND.first_day, False),
        (SOUND.last_day, False),
        (SOUND.last_day + timedelta(days=1), True),
    ],
)
def test_lint_finds_a_deadline_outside_the_period(due_on, is_outside):
    found = check_plan(replace(SOUND, deadlines=(DeadlineFact("Báo cáo năm", due_on),)))

    assert [finding.rule for finding in found] == [LintRule.DEADLINE_OUTSIDE_PERIOD] * is_outside


def test_lint_names_the_deadline_and_the_period():
    deadlines = (DeadlineFact("Báo cáo năm", date(2027, 1, 5)),)

    assert findings(LintRule.DEADLINE_OUTSIDE_PERIOD, deadlines=deadlines) == [
        "Thời hạn 05/01/2027 của “Báo cáo năm” nằm ngoài kỳ kế hoạch 01/01/2026 - 31/12/2026."
    ]


def test_lint_finds_a_heading_number_twice():
    headings = (*SOUND.headings, HeadingFact("II", "GIẢI PHÁP"), HeadingFact("", "Không đánh số"))

    assert findings(LintRule.HEADING_NUMBER_TWICE, headings=headings) == [
        "Số thứ tự II dùng 2 lần: “NỘI DUNG”, “GIẢI PHÁP”."
    ]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        pytest.param("trên địa bàn phường Phổ Minh.", ["Phổ Minh"], id="in the text"),
        pytest.param("ỦY BAN NHÂN DÂN XÃ CẨM CHÂU", ["Cẩm Châu"], id="in capitals"),
        pytest.param("phường Pho\u0302\u0309 Minh", ["Phổ Minh"], id="in decomposed letters"),
        pytest.param("bà Phổ Minhh", [], id="part of another word"),
        pytest.param("phường Đăk Cấm", [], id="our own area"),
        pytest.param("Phổ Minh và Cẩm Châu", ["Phổ Minh", "Cẩm Châu"], id="two of them"),
    ],
)
def test_lint_finds_another_areas_name(text, named):
    found = check_plan(replace(SOUND, texts=(TextFact("VI.2", text),)))

    assert found == [
        PlanFinding(
            LintRule.OTHER_AREA_NAMED,
            "VI.2",
            f"Nội dung nhắc đến {name}, là tên của địa bàn khác.",
        )
        for name in named
    ]
