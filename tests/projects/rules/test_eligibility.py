"""Who may receive a kind of support, at, just inside and just outside each limit."""

from dataclasses import dataclass
from datetime import date

import pytest

from projects.choices import Eligibility
from projects.rules.eligibility import (
    RecipientFacts,
    above_ceiling,
    ages_in_words,
    eligible,
    who_in_words,
)

TODAY = date(2026, 3, 10)
ESCAPED = date(2023, 3, 10)
YES, NO, TO_VERIFY = Eligibility.YES, Eligibility.NO, Eligibility.TO_VERIFY


@dataclass
class Terms:
    valid_from: date | None = None
    valid_to: date | None = None
    for_poor: bool = False
    for_near_poor: bool = False
    for_low_income: bool = False
    escaped_months: int | None = None
    others: str = ""
    conditions: str = ""
    age_from: int | None = None
    age_to: int | None = None
    ceiling: int | None = None


LISTED = {"for_poor": True, "for_near_poor": True}


@pytest.mark.parametrize(
    ("terms", "facts", "verdict"),
    [
        pytest.param(Terms(for_poor=True), RecipientFacts("poor"), YES, id="poor"),
        pytest.param(Terms(for_poor=True), RecipientFacts("near_poor"), NO, id="near-poor is not"),
        pytest.param(Terms(**LISTED), RecipientFacts("near_poor"), YES, id="near-poor"),
        pytest.param(Terms(**LISTED), RecipientFacts("not_poor"), NO, id="not poor"),
        pytest.param(Terms(**LISTED), RecipientFacts(""), TO_VERIFY, id="class not known"),
        pytest.param(Terms(), RecipientFacts("not_poor"), YES, id="no class asked"),
        pytest.param(
            Terms(**LISTED, others="hộ chính sách"),
            RecipientFacts("not_poor"),
            TO_VERIFY,
            id="one of the others, perhaps",
        ),
        pytest.param(Terms(others="hộ chính sách"), RecipientFacts("poor"), TO_VERIFY, id="others"),
        pytest.param(
            Terms(**LISTED, escaped_months=36),
            RecipientFacts("not_poor", escaped_on=ESCAPED),
            YES,
            id="last day of 36 months",
        ),
        pytest.param(
            Terms(**LISTED, escaped_months=36),
            RecipientFacts("not_poor", escaped_on=date(2023, 3, 9)),
            NO,
            id="a day after 36 months",
        ),
        pytest.param(
            Terms(escaped_months=60),
            RecipientFacts("near_poor", escaped_on=date(2023, 3, 9)),
            YES,
            id="a kind with 60 months of its own",
        ),
        pytest.param(
            Terms(**LISTED), RecipientFacts("not_poor", ESCAPED), NO, id="not for the newly escaped"
        ),
        pytest.param(Terms(age_from=60), RecipientFacts(ages=(60,)), YES, id="just of age"),
        pytest.param(Terms(age_from=60), RecipientFacts(ages=(59,)), NO, id="a year too young"),
        pytest.param(Terms(age_to=15), RecipientFacts(ages=(15,)), YES, id="just young enough"),
        pytest.param(Terms(age_to=15), RecipientFacts(ages=(16,)), NO, id="a year too old"),
        pytest.param(Terms(age_to=15), RecipientFacts(ages=(0, 40)), YES, id="one of the members"),
        pytest.param(
            Terms(age_to=15), RecipientFacts(ages=(40, None)), TO_VERIFY, id="no date of birth"
        ),
        pytest.param(
            Terms(age_to=15, others="phụ nữ mang thai"),
            RecipientFacts(ages=(8,)),
            YES,
            id="of age, others or not",
        ),
        pytest.param(
            Terms(age_to=15, others="phụ nữ mang thai"),
            RecipientFacts(ages=(30,)),
            TO_VERIFY,
            id="too old, or one of the others",
        ),
        pytest.param(
            Terms(**LISTED, conditions="nhà hư hỏng"),
            RecipientFacts("poor"),
            TO_VERIFY,
            id="a condition that the register does not know",
        ),
        pytest.param(
            Terms(**LISTED, conditions="nhà hư hỏng"),
            RecipientFacts("not_poor"),
            NO,
            id="a condition does not mend a class",
        ),
        pytest.param(
            Terms(**LISTED, valid_to=date(2026, 3, 9)), RecipientFacts("poor"), NO, id="over"
        ),
        pytest.param(Terms(**LISTED, valid_to=TODAY), RecipientFacts("poor"), YES, id="last day"),
        pytest.param(
            Terms(**LISTED, valid_from=date(2026, 3, 11)), RecipientFacts("poor"), NO, id="not yet"
        ),
    ],
)
def test_who_may_receive(terms, facts, verdict):
    judgement = eligible(terms, facts, TODAY)

    assert judgement.verdict == verdict
    assert judgement.is_yes or judgement.reason


def test_the_reason_names_what_is_missing():
    terms = Terms(**LISTED, escaped_months=36)
    facts = RecipientFacts("not_poor", escaped_on=date(2023, 3, 9))

    assert eligible(terms, facts, TODAY).reason == (
        "Hộ không nghèo; hết hạn mới thoát nghèo ngày 09/03/2026. Chính sách dành cho hộ nghèo, "
        "hộ cận nghèo, hộ mới thoát nghèo trong 36 tháng."
    )


def test_the_others_are_named_once():
    terms = Terms(age_to=15, others="phụ nữ mang thai")

    assert eligible(terms, RecipientFacts(ages=(40,)), TODAY).reason == (
        "Ngoài độ tuổi từ 0 đến 15 tuổi; cần thuộc diện: phụ nữ mang thai."
    )


def test_a_kind_that_is_over_was_in_force_on_its_last_day():
    terms = Terms(valid_to=date(2026, 3, 9))

    assert eligible(terms, RecipientFacts(), TODAY).reason == (
        "Chính sách hết hiệu lực sau ngày 09/03/2026."
    )


def test_a_kind_in_words():
    assert who_in_words(Terms(for_poor=True, others="hộ chính sách")) == "hộ nghèo; hộ chính sách"
    assert who_in_words(Terms(age_to=15, others="phụ nữ mang thai")) == (
        "từ 0 đến 15 tuổi; phụ nữ mang thai"
    )
    assert ages_in_words(Terms(age_from=60)) == "từ 60 tuổi"
    assert ages_in_words(Terms(age_to=2)) == "từ 0 đến 2 tuổi"


@pytest.mark.parametrize(("amount", "is_above"), [(None, False), (400_000, False), (400_001, True)])
def test_an_amount_above_the_ceiling_is_said(amount, is_above):
    assert bool(above_ceiling(Terms(ceiling=400_000), amount)) is is_above
    assert not above_ceiling(Terms(), 10**9)
