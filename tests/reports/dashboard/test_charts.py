"""Charts: valid SVG with its words, places that follow the values, nothing unescaped."""

from decimal import Decimal
from xml.etree import ElementTree

import pytest

from reports.dashboard import charts

SVG = "{http://www.w3.org/2000/svg}"


def parse(markup):
    """The chart as a tree; an inline style or script would be blocked by the site's policy."""
    assert "style=" not in markup
    assert "<script" not in markup
    return ElementTree.fromstring(markup.replace("<svg ", f'<svg xmlns="{SVG[1:-1]}" ', 1))  # noqa: S314 - our own markup


def texts(tree):
    return [element.text for element in tree.iter(f"{SVG}text")]


def roadmap(*points, title="Hộ nghèo"):
    return charts.RoadmapChart(
        name="poor",
        title=title,
        description="Thực hiện và kế hoạch.",
        points=tuple(charts.RoadmapPoint(*point) for point in points),
    )


PLAN = ((2024, 21, None), (2025, 14, 12), (2026, None, 9), (2030, None, 0))


def test_roadmap_names_itself_for_whoever_hears_it():
    tree = parse(charts.roadmap(roadmap(*PLAN)))

    assert tree.get("role") == "img"
    assert tree.get("aria-labelledby") == "poor-title poor-desc"
    assert tree.find(f"{SVG}title").text == "Hộ nghèo"
    assert tree.find(f"{SVG}desc").text == "Thực hiện và kế hoạch."
    assert tree.get("font-family")


def test_roadmap_draws_actual_solid_and_plan_dashed_from_the_baseline():
    tree = parse(charts.roadmap(roadmap(*PLAN)))

    plan, actual = tree.iter(f"{SVG}polyline")
    assert plan.get("stroke-dasharray") == "5 4"
    assert actual.get("stroke-dasharray") == "none"
    assert plan.get("points").split()[0] == actual.get("points").split()[0]
    assert [len(line.get("points").split()) for line in (plan, actual)] == [4, 2]


def test_roadmap_labels_both_ends_and_the_axis():
    words = texts(parse(charts.roadmap(roadmap(*PLAN))))

    assert "Thực hiện 14" in words
    assert "Kế hoạch" in words
    assert [word for word in words if word in {"0", "10", "20", "30"}] == [
        "0",
        "10",
        "20",
        "30",
        "0",
    ]


def test_roadmap_falls_on_the_page_as_its_values_fall():
    tree = parse(charts.roadmap(roadmap(*PLAN)))

    plan = next(tree.iter(f"{SVG}polyline"))
    heights = [float(point.split(",")[1]) for point in plan.get("points").split()]
    assert heights == sorted(heights)
    assert heights[-1] == charts.PLOT_BOTTOM


@pytest.mark.parametrize(
    "points",
    [
        pytest.param([(2025, None, None)], id="nothing known"),
        pytest.param([(2025, 0, 0)], id="all zero in one year"),
        pytest.param([(2024, 3, None), (2025, None, None)], id="no plan"),
        pytest.param([(2024, None, 5), (2025, None, 3)], id="no actual"),
    ],
)
def test_roadmap_of_little_data_is_still_a_chart(points):
    assert parse(charts.roadmap(roadmap(*points))).tag == f"{SVG}svg"


def test_chart_escapes_its_words():
    markup = charts.roadmap(roadmap(*PLAN, title="<b>&"))

    assert "&lt;b&gt;&amp;" in markup
    assert parse(markup).find(f"{SVG}title").text == "<b>&"


@pytest.mark.parametrize(
    ("value", "step"), [(0, 1), (1, 1), (4, 1), (5, 2), (21, 10), (40, 10), (41, 20), (113, 50)]
)
def test_nice_step_cuts_the_axis_into_at_most_four(value, step):
    assert charts.nice_step(value) == step


@pytest.mark.parametrize(
    ("done", "left", "width"),
    [
        ("50", 26.7, 53.3),
        ("100", 26.7, 106.7),
        ("0", 26.7, 0),
        ("-10", 16, 10.7),
        ("900", 26.7, 133.3),
    ],
)
def test_bullet_runs_from_the_baseline(done, left, width):
    tree = parse(charts.bullet(charts.Bullet("b", "Hộ nghèo: đạt", Decimal(done))))

    _, bar = tree.iter(f"{SVG}rect")
    assert (float(bar.get("x")), float(bar.get("width"))) == pytest.approx((left, width), abs=0.2)
    assert tree.find(f"{SVG}title").text == "Hộ nghèo: đạt"


def test_bullet_marks_where_it_should_be_today():
    without = charts.bullet(charts.Bullet("b", "x", Decimal(50)))
    with_mark = charts.bullet(charts.Bullet("b", "x", Decimal(50), Decimal(75)))

    assert without.count("<line") == 2
    assert with_mark.count("<line") == 3
    assert parse(with_mark)[-1].get("stroke-dasharray")


def dimensions(last_percent):
    bars = (charts.DimensionBar("Việc làm", 3, 6, last_percent),)
    return charts.DimensionChart(
        name="d",
        title="t",
        description="d",
        households=18,
        groups=(charts.DimensionGroup("Việc làm", bars),),
    )


def test_dimension_bar_shows_poor_then_near_poor_of_all():
    tree = parse(charts.dimensions(dimensions(Decimal(40))))

    track, poor, near_poor = (
        (float(bar.get("x")), float(bar.get("width"))) for bar in tree.iter(f"{SVG}rect")
    )
    assert track == (0, charts.DIMENSION_TRACK)
    assert poor == (0, pytest.approx(41.7))
    assert near_poor == (pytest.approx(41.7), pytest.approx(83.3))
    assert "9 hộ (50%)" in texts(tree)


def test_dimension_bar_without_a_last_year_has_no_tick():
    assert "<line" in charts.dimensions(dimensions(Decimal(40)))
    assert "<line" not in charts.dimensions(dimensions(None))
