"""The 36-month window, on every day of 2020-2035 and at every edge of its rules."""

from collections import defaultdict
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from households.choices import PovertyClass, WindowRule
from households.rules.windows import Spell, Window, add_months, escape_window, window_of

POOR, NEAR_POOR = PovertyClass.POOR, PovertyClass.NEAR_POOR
AVERAGE, NOT_POOR = PovertyClass.AVERAGE_LIVING, PovertyClass.NOT_POOR
PROGRAMME, CREDIT = WindowRule.PROGRAMME, WindowRule.CREDIT

FIRST_DAY, LAST_DAY = date(2020, 1, 1), date(2035, 12, 31)
ANCHORS = [FIRST_DAY + timedelta(days=n) for n in range((LAST_DAY - FIRST_DAY).days + 1)]


def day(text):
    return date(*reversed([int(part) for part in text.split("/")]))


@pytest.fixture(scope="module")
def calendar_pages():
    """Every day of 2020-2039, torn off one by one and put on the page of its month."""
    pages = defaultdict(list)
    today = FIRST_DAY
    while today.year < 2040:
        pages[today.strftime("%Y-%m")].append(today)
        today += timedelta(days=1)
    return pages


@pytest.fixture(scope="module")
def last_days(calendar_pages):
    """The last eligible day of each anchor, found by turning 36 pages and looking."""
    pages = list(calendar_pages.values())
    page_of = {today: index for index, page in enumerate(pages) for today in page}
    return {
        anchor: max(today for today in pages[page_of[anchor] + 36] if today.day <= anchor.day)
        for anchor in ANCHORS
    }


def test_escape_window_agrees_with_the_calendar_on_every_day(last_days):
    assert len(last_days) == 5844

    wrong = [anchor for anchor, last in last_days.items() if escape_window(anchor).last != last]

    assert wrong == []


def test_window_is_open_from_its_first_to_its_last_day(last_days):
    for anchor, last in last_days.items():
        window = escape_window(anchor)
        edges = (anchor - timedelta(days=1), anchor, last, last + timedelta(days=1))
        assert [window.is_open(on) for on in edges] == [False, True, True, False]


def by_1095_days(anchor):
    return anchor + timedelta(days=1095)


def by_single_months(anchor):
    for _ in range(36):
        anchor = add_months(anchor, 1)
    return anchor


def by_three_years_into_march(anchor):
    try:
        return anchor.replace(year=anchor.year + 3)
    except ValueError:
        return date(anchor.year + 3, 3, 1)


def by_the_day_before(anchor):
    return add_months(anchor, 36) - timedelta(days=1)


def by_the_end_of_the_month(anchor):
    return add_months(anchor.replace(day=1), 37) - timedelta(days=1)


@pytest.mark.parametrize(
    "mutant",
    [
        by_1095_days,
        by_single_months,
        by_three_years_into_march,
        by_the_day_before,
        by_the_end_of_the_month,
    ],
)
def test_the_calendar_catches_wrong_ways_of_counting(mutant, last_days):
    caught = sum(mutant(anchor) != last for anchor, last in last_days.items())

    assert caught > 0


@pytest.mark.parametrize(
    ("anchor", "last"),
    [
        ("15/12/2023", "15/12/2026"),
        ("30/11/2022", "30/11/2025"),
        ("29/02/2024", "28/02/2027"),
        ("31/12/2021", "31/12/2024"),
        ("31/08/2023", "31/08/2026"),
    ],
)
def test_escape_window_of_known_decisions(anchor, last):
    assert escape_window(day(anchor)) == Window(day(anchor), day(last))


@pytest.mark.parametrize(
    ("start", "months", "expected"),
    [
        ("31/01/2025", 1, "28/02/2025"),
        ("31/01/2024", 1, "29/02/2024"),
        ("31/12/2025", 2, "28/02/2026"),
        ("30/11/2025", 3, "28/02/2026"),
        ("15/06/2025", 0, "15/06/2025"),
        ("15/12/2025", 1, "15/01/2026"),
        ("31/03/2025", -1, "28/02/2025"),
    ],
)
def test_add_months_clamps_to_the_month(start, months, expected):
    assert add_months(day(start), months) == day(expected)


@pytest.mark.parametrize(
    ("on", "days", "months"),
    [
        pytest.param("14/12/2023", 0, 0, id="the day before"),
        pytest.param("15/12/2023", 1096, 36, id="first day"),
        pytest.param("16/12/2023", 1095, 35, id="second day"),
        pytest.param("15/11/2026", 30, 1, id="one month left"),
        pytest.param("16/11/2026", 29, 0, id="under a month left"),
        pytest.param("15/12/2026", 0, 0, id="last day"),
        pytest.param("16/12/2026", 0, 0, id="the day after"),
    ],
)
def test_window_counts_what_is_left(on, days, months):
    window = escape_window(day("15/12/2023"))

    assert (window.days_left(day(on)), window.months_left(day(on))) == (days, months)


def spells(*turns):
    """Spells without a gap from (class, first day) turns; an anchor may follow."""
    starts = [day(turn[1]) for turn in turns]
    ends = [later - timedelta(days=1) for later in starts[1:]] + [None]
    return [
        Spell(turn[0], start, end, day(turn[2]) if len(turn) > 2 else None)
        for turn, start, end in zip(turns, starts, ends, strict=True)
    ]


A, B, C, D = "01/01/2020", "15/12/2022", "15/12/2023", "15/12/2024"
ON = day("20/11/2025")


@pytest.mark.parametrize(
    ("history", "programme", "credit"),
    [
        pytest.param([(POOR, A)], None, None, id="still poor"),
        pytest.param([(NOT_POOR, A)], None, None, id="never poor"),
        pytest.param([(NOT_POOR, A), (AVERAGE, B)], None, None, id="average living is no escape"),
        pytest.param([(POOR, A), (NOT_POOR, B)], B, B, id="poor to above both lines"),
        pytest.param([(POOR, A), (AVERAGE, B)], B, B, id="poor to average living"),
        pytest.param([(POOR, A), (NEAR_POOR, B)], B, None, id="poor to near-poor"),
        pytest.param([(NEAR_POOR, A), (NOT_POOR, B)], None, B, id="near-poor to above"),
        pytest.param([(NEAR_POOR, A), (AVERAGE, B)], None, B, id="near-poor to average living"),
        pytest.param(
            [(POOR, A), (NEAR_POOR, B), (NOT_POOR, C)], B, C, id="out in two steps, two anchors"
        ),
        pytest.param(
            [(POOR, A), (NOT_POOR, B), (AVERAGE, C)], B, B, id="average living changes nothing"
        ),
        pytest.param(
            [(POOR, A), (NOT_POOR, B), (POOR, C), (NOT_POOR, D)], D, D, id="a second escape"
        ),
        pytest.param(
            [(POOR, A), (NEAR_POOR, B), (POOR, C), (NEAR_POOR, D)],
            D,
            None,
            id="a second escape to near-poor",
        ),
    ],
)
def test_window_of_opens_on_the_escape(history, programme, credit):
    for rule, anchor in ((PROGRAMME, programme), (CREDIT, credit)):
        expected = None if anchor is None else escape_window(day(anchor))
        assert window_of(spells(*history), ON, rule) == expected


@pytest.mark.parametrize(
    ("history", "programme_closed", "credit_closed"),
    [
        pytest.param([(POOR, A), (NOT_POOR, B), (POOR, C)], C, C, id="poor again"),
        pytest.param([(POOR, A), (NOT_POOR, B), (NEAR_POOR, C)], None, C, id="near-poor again"),
        pytest.param(
            [(POOR, A), (NOT_POOR, B), (NEAR_POOR, C), (POOR, D)], D, C, id="down in two steps"
        ),
        pytest.param(
            [(POOR, A), (NOT_POOR, B), (AVERAGE, C), (POOR, D)], D, D, id="from average living"
        ),
    ],
)
def test_window_of_closes_on_falling_back(history, programme_closed, credit_closed):
    for rule, closed in ((PROGRAMME, programme_closed), (CREDIT, credit_closed)):
        window = window_of(spells(*history), ON, rule)
        assert (window.first, window.last) == (day(B), day("15/12/2025"))
        assert window.closed_on == (None if closed is None else day(closed))
        assert window.is_open(ON) is (closed is None)


def test_closed_window_is_open_until_the_day_before_the_fall():
    history = spells((POOR, A), (NOT_POOR, B), (POOR, C))

    window = window_of(history, ON, PROGRAMME)

    assert window.is_open(day(C) - timedelta(days=1))
    assert not window.is_open(day(C))
    assert window.days_left(day(C) - timedelta(days=1)) == 0


def test_window_of_does_not_know_the_future():
    history = spells((POOR, A), (NOT_POOR, B), (POOR, C))

    assert window_of(history, day(B) - timedelta(days=1), PROGRAMME) is None
    assert window_of(history, day(C) - timedelta(days=1), PROGRAMME).closed_on is None


def test_window_of_reads_spells_in_any_order():
    history = spells((POOR, A), (NOT_POOR, B), (POOR, C), (NOT_POOR, D))

    assert window_of(reversed(history), ON, PROGRAMME) == window_of(history, ON, PROGRAMME)


def test_window_of_ends_with_the_household():
    history = [
        Spell(POOR, day(A), day("14/12/2022")),
        Spell(NOT_POOR, day(B), day("30/06/2024")),
    ]

    assert window_of(history, day("30/06/2024"), PROGRAMME).is_open(day("30/06/2024"))
    assert window_of(history, day("01/07/2024"), PROGRAMME).closed_on == day("01/07/2024")


@pytest.mark.parametrize(
    ("anchor", "first_open"),
    [
        pytest.param("10/12/2022", "10/12/2022", id="decision before the status starts"),
        pytest.param("01/01/2023", "01/01/2023", id="year of the new list, after it starts"),
    ],
)
def test_window_of_counts_from_the_stated_anchor(anchor, first_open):
    history = spells((POOR, A), (NOT_POOR, B, anchor))
    before = day(first_open) - timedelta(days=1)

    assert window_of(history, before, PROGRAMME) is None
    assert window_of(history, day(first_open), PROGRAMME) == escape_window(day(anchor))


def walked(history, on, rule):
    """Tell day by day whether a household is in the window: slow, and written separately."""
    left = {PROGRAMME: [POOR], CREDIT: [POOR, NEAR_POOR]}[rule]
    last = None
    for before, after in pairwise(history):
        if after.starts_on > on:
            break
        if after.poverty_class in left:
            last = None
        elif before.poverty_class in left:
            last = add_months(after.starts_on, 36)
    return last is not None and on <= last


@given(
    classes=st.lists(st.sampled_from(list(PovertyClass)), min_size=1, max_size=8),
    gaps=st.lists(st.integers(1, 900), min_size=8, max_size=8),
    offset=st.integers(0, 5000),
)
def test_window_of_agrees_with_a_walk_over_any_history(classes, gaps, offset):
    starts = [FIRST_DAY + timedelta(days=sum(gaps[:index])) for index in range(len(classes))]
    history = [Spell(name, start) for name, start in zip(classes, starts, strict=True)]
    on = FIRST_DAY + timedelta(days=offset)

    for rule in WindowRule:
        window = window_of(history, on, rule)
        assert (window is not None and window.is_open(on)) == walked(history, on, rule)
