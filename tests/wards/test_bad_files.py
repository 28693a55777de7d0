"""Every slip of a ward file is told at its line, all of them at once, and nothing is saved."""

import pytest

from povertyplan.core.models import Area
from povertyplan.core.platform.structured_file.places import FileError
from povertyplan.core.platform.structured_file.reading import read
from povertyplan.ward_file.loading import load_ward
from tests.factories.projects import ComponentProjectFactory

from .small import SMALL, changed

pytestmark = [pytest.mark.django_db, pytest.mark.alike]


@pytest.fixture(autouse=True)
def project():
    return ComponentProjectFactory(code="2")


def problems_of(text):
    with pytest.raises(FileError) as caught:
        load_ward(text=read(text), by=None, source="command")
    assert not Area.objects.exists()
    return [str(problem) for problem in caught.value.problems]


SLIPS = [
    (
        "unknown unit in a project",
        "lead: KT",
        "lead: Phòng X",
        "projects[0].lead",
        "không có đơn vị",
    ),
    ("unknown unit in a grant", "unit: KT, valid", "unit: Y, valid", "grants[0].unit", "“Y”"),
    ("unknown unit in a duty", "- unit: KT", "- unit: Y", "duties[0].unit", "không có đơn vị “Y”"),
    ("unknown owner", "owner: Phòng Kinh tế", "owner: Y", "indicators[0].owner", "“Y”"),
    ("duplicate village", "name: Thôn Hai", "name: TỔ dân phố 1", "villages[1].name", "đã có"),
    (
        "duplicate village code",
        "{code: 02,",
        "{code: 02, name: Thôn Ba, setting: rural}\n  - {code: 02,",
        "villages[2].code",
        "đã có ở trên",
    ),
    (
        "duplicate unit",
        "{kind: front,",
        "{kind: front, name: Phòng Kinh tế}\n  - {kind: front,",
        "units[1].name",
        "đã có",
    ),
    (
        "day that does not exist",
        "on: 2024-12-31, households: 1000",
        "on: 2024-02-30, households: 1000",
        "area_years[0].on",
        "không có ngày “2024-02-30”",
    ),
    ("day written day first", "as_of: 2025-12-31", "as_of: 31/12/2025", "as_of", "năm-tháng-ngày"),
    (
        "day as a count of seconds",
        "as_of: 2025-12-31",
        "as_of: 1700000000",
        "as_of",
        "năm-tháng-ngày",
    ),
    ("unknown village", 'village: "02", on', 'village: "09", on', "area_years[1].village", "“09”"),
    ("unknown project", '- code: "2"', '- code: "9"', "projects[0].code", "không có dự án mã “9”"),
    ("unknown project in a task", 'projects: ["2"]', 'projects: ["8"]', "projects[0]", "“8”"),
    (
        "unknown indicator in a road map",
        "indicators: [poor_households]",
        "indicators: [rich]",
        "roadmap.indicators[0]",
        "không có chỉ tiêu “rich”",
    ),
    ("unknown group", "dimensions: [Giảm nghèo]", "dimensions: [Khác]", "dimensions[0]", "“Khác”"),
    ("rate over 100", "rate: 0.15", "rate: 120", "targets[0].rate", "không được lớn hơn 100"),
    (
        "rate without operator",
        "rate_operator: level, rate",
        "rate",
        "targets[0]",
        "phải đi cùng nhau",
    ),
    (
        "range upside down",
        "low: 3, high: 5",
        "low: 6, high: 5",
        "targets[1]",
        "high không nhỏ hơn low",
    ),
    ("years upside down", "years: 2025-2027", "years: 2027-2025", "years", "đứng trước năm đầu"),
    ("year promised twice", "years: 2025-2027", "years: 2025-2028", "indicators[0]", "hai lần"),
    (
        "unknown block",
        "- closing: Trên",
        "- ending: Trên",
        "blocks[2].ending",
        "không có loại khối",
    ),
    (
        "two kinds in a block",
        "- duties: {}",
        "- {duties: {}, dash: A}",
        "children[1]",
        "đúng một loại",
    ),
    (
        "unknown data field",
        "{poor_households 2024}",
        "{poor 2024}",
        "dash",
        "không có số liệu “poor”",
    ),
    (
        "field about an unknown indicator",
        "{target poor_households 2025}",
        "{target rich 2025}",
        "children[0].dash",
        "không có chỉ tiêu “rich”",
    ),
    ("unknown query", "query: poor_households", "query: poor", "indicators[0].query", "“poor”"),
    (
        "unknown key",
        "full_name: Trần Thị Ngọc",
        "full_name: A\n    password: b",
        "users[0].password",
        "không có mục “password”",
    ),
    (
        "key twice",
        "setting: urban\n  place",
        "setting: urban\n  name: B\n  place",
        "ward.name",
        "dòng 4",
    ),
    ("unknown role", "role: coordinator", "role: boss", "grants[0].role", "phải là một trong"),
    (
        "reporter without unit",
        "role: coordinator, unit: KT",
        "role: unit_reporter",
        "grants[0]",
        "unit",
    ),
    ("more reached than there is", "numerator: 9", "numerator: 11", "actuals[0]", "lớn hơn mẫu số"),
    ("fewer persons than households", "persons: 4000", "persons: 10", "area_years[0]", "nhân khẩu"),
    (
        "issued without a number",
        "symbol: KH-UBND",
        "symbol: KH-UBND\n    state: issued",
        "documents[0]",
        "cần number và issued_on",
    ),
    ("formula as a village", "name: Thôn Hai", 'name: "=Hai()"', "villages[1].name", "công thức"),
    ("markup in a unit", "prefix: Đề nghị", "prefix: <b>", "units[1].prefix", "“<”"),
    (
        "foreign letter in a person",
        "Trần Thị Ngọc",
        "Trần \u0422hị Ngọc",
        "users[0].full_name",
        "chữ Kirin",
    ),
    ("appendix inside a section", "- components: {}", "- appendix: A", "blocks[1]", "ngoài cùng"),
]


@pytest.mark.parametrize(
    ("old", "new", "path", "words"),
    [pytest.param(*slip[1:], id=slip[0]) for slip in SLIPS],
)
def test_a_slip_is_told_at_its_place(old, new, path, words):
    (problem,) = problems_of(changed(old, new))

    where, _, sentence = problem.partition(": ")
    assert where.endswith(path)
    assert words in sentence


def test_a_slip_is_told_at_its_line():
    line = SMALL[: SMALL.index("lead: KT")].count("\n") + 1

    assert problems_of(changed("lead: KT", "lead: Phòng X")) == [
        f"dòng {line}, projects[0].lead: không có đơn vị “Phòng X” trong mục units."
    ]


def test_all_slips_are_told_at_once():
    text = changed("lead: KT", "lead: Phòng X")
    for old, new in (
        ("name: Thôn Hai", "name: Tổ dân phố 1"),
        ("as_of: 2025-12-31", "as_of: hôm nay"),
        ("rate: 0.15", "rate: 120"),
        ("- closing: Trên", "- ending: Trên"),
        ("{poor_households 2024}", "{poor 2024}"),
        ("  issuer: Ủy ban nhân dân phường Thử\n", ""),
    ):
        assert old in text
        text = text.replace(old, new)

    assert len(problems_of(text)) == 7


def test_an_error_in_a_unit_does_not_report_its_uses():
    (problem,) = problems_of(changed("kind: department", "kind: office"))

    assert "units[0].kind" in problem
