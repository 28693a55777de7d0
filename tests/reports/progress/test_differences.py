"""What a unit may say to a figure, what is missing, what changed; without a database."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from reports.choices import FigureAnswer, ReportPart
from reports.progress.unit_reports.differences import (
    FigureReply,
    changes_between,
    content_of,
    figure_words,
    may_estimate,
    open_parts,
    reply_faults,
    tidy_reply,
)

pytestmark = pytest.mark.alike
TEXTS = {"results": "Đã họp thôn.", "difficulties": "", "proposals": "Không có"}


@dataclass
class Figure:
    key: str = "indicator-1"
    part: str = ReportPart.INDICATORS
    label: str = "Số hộ nghèo"
    measure_unit: str = "hộ"
    computed: Decimal | None = Decimal(110)
    answer: str = ""
    own: Decimal | None = None
    reason: str = ""
    estimate: Decimal | None = None

    @property
    def value(self):
        return self.own if self.answer == FigureAnswer.OWN else self.computed


@pytest.mark.parametrize(
    ("reply", "fields"),
    [
        (FigureReply("agreed"), []),
        (FigureReply("own", Decimal(95), "Ba hộ chuyển đi"), []),
        (FigureReply("own", None, "Ba hộ chuyển đi"), ["own"]),
        (FigureReply("own"), ["own", "reason"]),
        (FigureReply("agreed", Decimal(95)), ["own"]),
        (FigureReply("agreed", estimate=Decimal(90)), ["estimate"]),
    ],
)
def test_replies_that_cannot_be(reply, fields):
    assert list(reply_faults(reply, estimate_allowed=False)) == fields


def test_a_number_without_a_choice_is_an_own_one():
    assert tidy_reply(FigureReply("", Decimal(3), "Vì thế")).answer == FigureAnswer.OWN
    assert tidy_reply(FigureReply("agreed", None, "Vì thế")).reason == ""


def test_unknown_is_said_and_is_no_nought():
    assert figure_words(Figure(computed=None)) == "chưa có số liệu"
    assert figure_words(Figure(computed=Decimal(0))) == "0 hộ"


def test_nothing_is_estimated_once_the_period_is_over():
    days = {"data_on": date(2026, 10, 31), "last_day": date(2026, 12, 31)}

    assert may_estimate(**days, today=date(2026, 12, 31))
    assert not may_estimate(**days, today=date(2027, 1, 1))
    assert not may_estimate(**days | {"data_on": date(2026, 12, 31)}, today=date(2026, 12, 1))


def test_what_is_missing_is_said_part_by_part():
    figures = [("indicators", "agreed"), ("indicators", ""), ("money", "agreed")]

    found = open_parts(TEXTS, figures)

    assert list(found) == [ReportPart.INDICATORS, ReportPart.DIFFICULTIES]
    assert "còn 1 dòng" in found[ReportPart.INDICATORS]


def test_changes_name_old_and_new():
    before = content_of(TEXTS, [Figure()])
    own = Figure(answer="own", own=Decimal(95), reason="Ba hộ chuyển đi")
    after = content_of(TEXTS | {"difficulties": "Mưa lũ"}, [own])

    changed = changes_between(before, after)

    assert [(each.label, each.old, each.new) for each in changed] == [
        ("Số hộ nghèo", "110 hộ", "95 hộ (sửa từ 110: Ba hộ chuyển đi)"),
        ("Khó khăn, vướng mắc", "", "Mưa lũ"),
    ]
    assert changes_between(after, after) == []
