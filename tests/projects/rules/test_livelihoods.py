"""Steps of a livelihood project, the days in public, the years in which it counts."""

from dataclasses import dataclass
from datetime import date

import pytest

from households.rules.working_days import WorkingCalendar
from projects.choices import LivelihoodStage as Stage
from projects.choices import LivelihoodState
from projects.rules.livelihoods import (
    StepDraft,
    counts_in_year,
    livelihood_state,
    next_stage,
    step_faults,
    warnings_of,
)

TODAY = date(2026, 11, 19)
# Thursday 05/11/2026; five working days later is Thursday 12/11/2026.
POSTED = date(2026, 11, 5)
UNTIL_POSTED = {
    Stage.ANNOUNCED: date(2026, 10, 1),
    Stage.MEETING: date(2026, 10, 8),
    Stage.ASSESSED: date(2026, 10, 29),
    Stage.POSTED: POSTED,
}


@dataclass(frozen=True)
class Terms:
    asks_meeting: bool = True
    posting_days: int | None = 5
    public_days: int | None = 5
    least_beneficiaries: int | None = 50


def faults(stage, on, done, **more):
    values = {"document": "12/BB", "note": ""} | {
        name: more.pop(name) for name in ("document", "note") if name in more
    }
    draft = StepDraft(stage, on, **values)
    around = {"procedure": Terms(), "members": 3, "calendar": WorkingCalendar(), "today": TODAY}
    around["first_year"] = 2026
    return step_faults(draft, done=done, **around | more)


@pytest.mark.parametrize(
    ("done", "terms", "expected"),
    [
        ({}, Terms(), Stage.ANNOUNCED),
        ({Stage.ANNOUNCED: TODAY}, Terms(), Stage.MEETING),
        ({Stage.ANNOUNCED: TODAY}, Terms(asks_meeting=False), Stage.ASSESSED),
        ({Stage.ANNOUNCED: TODAY}, None, Stage.MEETING),
        (UNTIL_POSTED, Terms(), Stage.APPROVED),
        (dict.fromkeys(Stage, TODAY), Terms(), None),
    ],
    ids=["nothing", "meeting", "no meeting asked", "procedure unknown", "posted", "all"],
)
def test_steps_come_in_their_order(done, terms, expected):
    assert next_stage(done, terms) == expected


@pytest.mark.parametrize(
    ("on", "note", "refused"),
    [
        (date(2026, 11, 12), "", True),
        (date(2026, 11, 13), "", False),
        (date(2026, 11, 12), "Chủ tịch đồng ý do vụ đông", False),
    ],
    ids=["on the last day in public", "the day after", "early with a reason"],
)
def test_an_approval_in_the_days_in_public_takes_a_reason(on, note, refused):
    found = faults(Stage.APPROVED, on, UNTIL_POSTED, note=note)

    assert ("note" in found) is refused
    assert set(found) <= {"note"}


def test_days_in_public_that_nobody_knows_hold_nothing_up():
    terms = Terms(public_days=None)

    assert faults(Stage.APPROVED, POSTED, UNTIL_POSTED, procedure=terms) == {}


def test_every_fault_of_a_step_is_told_at_once():
    done = {Stage.ANNOUNCED: date(2026, 10, 1)}

    found = faults(Stage.ASSESSED, date(2026, 9, 30), done, document="", members=0)

    assert set(found) == {"stage", "on", "document"}
    assert found["stage"] == "Bước tiếp theo là “Họp dân”."
    assert "01/10/2026" in found["on"]


def test_a_step_of_a_day_to_come_is_refused():
    assert faults(Stage.ANNOUNCED, date(2026, 11, 20), {}) == {"on": "Ngày này chưa đến."}


def test_nobody_is_assessed_without_members():
    done = {Stage.ANNOUNCED: date(2026, 10, 1), Stage.MEETING: date(2026, 10, 8)}

    assert set(faults(Stage.ASSESSED, TODAY, done, members=0)) == {"stage"}


@pytest.mark.parametrize(
    ("done", "today", "expected"),
    [
        ({}, TODAY, LivelihoodState.PREPARED),
        (UNTIL_POSTED, date(2026, 11, 12), LivelihoodState.IN_PUBLIC),
        (UNTIL_POSTED, date(2026, 11, 13), LivelihoodState.AWAITED),
        (UNTIL_POSTED | {Stage.APPROVED: TODAY}, TODAY, LivelihoodState.RUNNING),
        (dict.fromkeys(Stage, TODAY), TODAY, LivelihoodState.FINISHED),
    ],
)
def test_the_state_follows_from_the_steps(done, today, expected):
    around = {"stopped_on": None, "procedure": Terms(), "calendar": WorkingCalendar()}

    assert livelihood_state(done, today=today, **around) == expected


@pytest.mark.parametrize(
    ("days", "stopped_on", "year", "counts"),
    [
        ({}, None, 2026, False),
        ({Stage.APPROVED: date(2026, 2, 1)}, None, 2025, False),
        ({Stage.APPROVED: date(2026, 2, 1)}, None, 2026, True),
        ({Stage.APPROVED: date(2025, 2, 1)}, None, 2026, True),
        (
            {Stage.APPROVED: date(2025, 2, 1), Stage.FINISHED: date(2025, 12, 31)},
            None,
            2026,
            False,
        ),
        ({Stage.APPROVED: date(2025, 2, 1), Stage.FINISHED: date(2026, 1, 1)}, None, 2026, True),
        ({Stage.APPROVED: date(2025, 2, 1)}, date(2025, 12, 31), 2026, False),
        ({Stage.APPROVED: date(2026, 11, 20)}, None, 2026, False),
    ],
)
def test_a_year_counts_what_was_carried_out_in_it(days, stopped_on, year, counts):
    around = {"years": (2025, 2027), "stopped_on": stopped_on, "until": TODAY}

    assert counts_in_year(days, year=year, **around) is counts


@pytest.mark.parametrize(
    ("years", "counts"), [((2025, 2025), False), ((2026, 2026), True), ((2027, 2028), False)]
)
def test_only_years_of_its_term_count(years, counts):
    days = {Stage.APPROVED: date(2025, 12, 1)}

    found = counts_in_year(days, years=years, stopped_on=None, year=2026, until=TODAY)

    assert found is counts


@pytest.mark.parametrize(
    ("beneficiaries", "members", "told"), [(1, 2, False), (1, 3, True), (0, 0, False)]
)
def test_too_few_beneficiaries_are_told(beneficiaries, members, told):
    counted = {"beneficiaries": beneficiaries, "members": members}

    found = warnings_of({}, procedure=Terms(), calendar=WorkingCalendar(), **counted)

    assert bool(found) is told


def test_a_late_posting_and_an_early_approval_stay_visible():
    done = UNTIL_POSTED | {Stage.POSTED: date(2026, 11, 6), Stage.APPROVED: date(2026, 11, 9)}

    found = warnings_of(
        done, procedure=Terms(), calendar=WorkingCalendar(), beneficiaries=1, members=1
    )

    assert found == [
        "Kết quả công khai sau ngày 05/11/2026 là hạn 5 ngày làm việc.",
        "Phê duyệt khi chưa công khai đủ ngày (đến hết ngày 13/11/2026).",
    ]
