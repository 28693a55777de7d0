"""The ward file of Đăk Cấm holds everything the ward's plan of 2025-2030 holds."""

from collections import Counter

import pytest
from django.conf import settings
from django.core.management import call_command

from households.models import AreaYear
from povertyplan.core.models import Area, User
from povertyplan.core.platform.structured_file.reading import read, read_file
from povertyplan.core.text import formatting
from povertyplan.ward_file.describing import dump_ward
from povertyplan.ward_file.loading import load_ward, read_ward_file
from projects.models import Target
from reports.figures.data_fields import parse
from reports.models import Block, Document

FILE = settings.BASE_DIR / "fixtures" / "wards" / "dak-cam-2025-2030.yaml"


def load_dak_cam():
    call_command("load_reference", verbosity=0)
    load_ward(text=read_file(FILE), by=None, source="command")


@pytest.fixture(scope="module")
def loaded(build_once):
    build_once(load_dak_cam)


@pytest.fixture
def ward(loaded, db):
    return Area.objects.get(code="23284")


@pytest.fixture
def plan(ward):
    return Document.objects.get(code="plan-2025-2030")


def children(block):
    return list(block.children.order_by("order"))


def sections(document):
    return list(document.blocks.filter(parent=None, kind="heading").order_by("order"))


def test_ward_loads_again_without_a_change_and_round_trips(ward):
    assert not load_ward(text=read_file(FILE), by=None, source="command")
    text = dump_ward(ward)

    assert not load_ward(text=read(text), by=None, source="command")
    assert dump_ward(ward) == text
    assert read_ward_file(read(text)).documents[0].blocks


def test_ward_has_its_villages_units_and_demo_users(ward):
    assert Area.objects.villages_of(ward).count() == 24
    assert ward.units.count() == 6
    assert set(User.objects.values_list("username", flat=True)) == {
        "quantri", "canbo", "truongthon", "phongkinhte", "phongvanhoa", "mattran", "vanphong",
        "lanhdao", "giamsat",
    }  # fmt: skip


@pytest.mark.parametrize("year", [2024, 2025])
def test_village_totals_add_up_to_the_ward(ward, year):
    rows = AreaYear.objects.filter(ward=ward, on__year=year)
    whole = rows.get(area=ward)
    parts = list(rows.exclude(area=ward))

    assert len(parts) == 24
    assert sum(part.households for part in parts) == whole.households
    assert sum(part.persons for part in parts) == whole.persons


def test_baseline_total_gives_both_published_rates(ward):
    total = AreaYear.objects.get(area=ward, on="2024-12-31").households

    assert formatting.percent(formatting.rate(21, total)) == "0,27%"
    assert formatting.percent(formatting.rate(113, total)) == "1,44%"


def test_road_map_starts_and_ends_as_assigned_and_never_rises(ward):
    poor = list(Target.objects.filter(indicator__code="poor_households").order_by("year"))
    near = list(Target.objects.filter(indicator__code="near_poor_households").order_by("year"))

    assert [target.year for target in poor] == [target.year for target in near]
    assert [int(target.low) for target in poor] == [12, 9, 6, 4, 2, 0]
    assert [str(target.rate) for target in near] == ["1.27", "1.11", "0.86", "0.60", "0.38", "0.20"]
    assert (near[-1].rate_operator, near[-1].low) == ("below", None)
    assert all(target.note for target in [*poor, *near] if 2026 <= target.year <= 2029)


def test_plan_has_the_bases_sections_and_recipients_of_the_source(plan):
    assert Counter(plan.bases.values_list("role", flat=True)) == {"basis": 4, "carries_out": 1}
    assert [section.text for section in sections(plan)] == [
        "Mục đích, yêu cầu",
        "Mục tiêu",
        "Nội dung thực hiện",
        "Kinh phí thực hiện",
        "Giải pháp",
        "Tổ chức thực hiện",
    ]
    assert plan.recipients.count() == 6
    assert plan.archive == "VT, KTHTĐT"
    assert plan.blocks.filter(kind="appendix").count() == 1


def test_plan_has_one_purpose_and_four_requirements(plan):
    purpose, requirements = children(sections(plan)[0])

    assert (len(children(purpose)), len(children(requirements))) == (1, 4)


def test_plan_has_thirteen_numeric_targets_in_six_dimensions_and_one_for_the_staff(plan):
    general, specific, staff = children(sections(plan)[1])
    promised = [block for block in children(general) if block.kind == "dash"]
    (by_dimension,), (of_staff,) = children(specific), children(staff)
    dimensions = by_dimension.parameters["dimensions"]
    targets = Target.objects.filter(
        year__in=by_dimension.parameters["years"],
        indicator__dimension__in=[*dimensions, *of_staff.parameters["dimensions"]],
    )

    assert len(promised) == 4
    assert all("{target" in block.text for block in promised)
    assert targets.exclude(operator="qualitative").count() == 9
    assert targets.filter(operator="qualitative").count() == 2
    assert len(dimensions) == 6


def test_plan_has_five_policies_and_six_component_blocks(plan):
    policies, components = children(sections(plan)[2])
    (block,) = children(components)

    assert len(children(policies)) == 5
    assert block.parameters["projects"] == ["2", "3.1", "3.2", "6.2", "7.1", "7.2"]


def test_plan_has_three_fundings_and_five_groups_of_solutions(plan):
    assert [block.kind for block in children(sections(plan)[3])] == ["numbered"] * 3
    groups = children(sections(plan)[4])
    assert [len(children(group)) for group in groups] == [3, 2, 4, 2, 3]


def test_plan_gives_twenty_one_tasks_to_six_units(plan):
    duties = list(plan.duties.order_by("order"))

    assert [duty.items.count() for duty in duties] == [5, 5, 2, 4, 1, 4]
    assert [duty.unit.prefix for duty in duties] == ["", "", "", "Đề nghị", "", ""]
    codes = {
        project.code
        for duty in duties
        for item in duty.items.all()
        for project in item.projects.all()
    }
    assert codes == {"2", "3.1", "3.2", "4", "6.2", "7.1", "7.2"}


def test_report_of_2025_has_the_tables_and_sections_of_a_report(ward):
    report = Document.objects.get(code="report-2025")
    kinds = Counter(report.blocks.values_list("kind", flat=True))

    for kind in ("target_results", "movement", "deprivations", "project_units", "villages"):
        assert kinds[kind] == 1, kind
    assert [section.text for section in sections(report)] == [
        "Công tác lãnh đạo, chỉ đạo",
        "Kết quả thực hiện",
        "Khó khăn, vướng mắc",
        "Phương hướng, nhiệm vụ năm 2026",
        "Đề xuất, kiến nghị",
    ]


def test_figures_in_the_prose_are_fields(ward):
    """Digits typed into a text are years, dates, numbers of documents and of projects."""
    for block in Block.objects.exclude(text=""):
        typed = "".join(part for part in parse(block.text) if isinstance(part, str))
        assert "%" not in typed, block.text
