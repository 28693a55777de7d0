"""Whether somebody is insured or goes to school, as far as it was asked. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from households.choices import FactAnswer, FactState, FactTopic, SchoolLevel
from povertyplan.core.text import formatting
from povertyplan.core.text.vietnamese import search_key

ANSWER_MISSING = "Chọn Có, Không hoặc Chưa rõ."
LEVEL_WITHOUT_SCHOOL = "Chỉ ghi cấp học cho người đang đi học."
DAY_OF_NO_CARD = "Chỉ ghi hạn thẻ cho người có thẻ bảo hiểm y tế."
CARD_ENDED_BEFORE = "Hạn thẻ không được trước ngày số liệu ({day})."
DAY_TO_COME = "Ngày số liệu không được sau hôm nay."
NOT_A_MEMBER = "{person} không phải thành viên của hộ vào ngày {day}."
# Years of age from which and below which a level is the right one (QĐ 24/2021, indicator 6).
RIGHT_LEVELS = (
    (3, 6, SchoolLevel.KINDERGARTEN),
    (6, 12, SchoolLevel.PRIMARY),
    (12, 16, SchoolLevel.LOWER_SECONDARY),
)
# Numbers belong to a standard; a standard that asks otherwise is compared with nothing.
INDICATOR_TOPICS = {
    search_key("Bảo hiểm y tế"): FactTopic.INSURANCE,
    search_key("Tình trạng đi học của trẻ em"): FactTopic.SCHOOLING,
}
INSURED_FROM = 6  # indicator 4
SCHOOL_AGES = (RIGHT_LEVELS[0][0], RIGHT_LEVELS[-1][1])


@dataclass(frozen=True)
class StatedFact:
    """What was said of somebody on a day."""

    answer: str
    as_of: date
    level: str = ""
    valid_to: date | None = None


@dataclass(frozen=True)
class FactDraft:
    """What somebody is about to say of a person."""

    topic: str
    answer: str
    as_of: date
    level: str = ""
    valid_to: date | None = None


def latest_fact(facts: Iterable[StatedFact], on: date) -> StatedFact | None:
    """What holds on a day: the latest said until then."""
    known = [each for each in facts if each.as_of <= on]
    return max(known, key=lambda each: each.as_of, default=None)


def fact_state(fact: StatedFact | None, on: date) -> FactState:
    """How somebody stands on a day; nobody asked is not a no, and an old card says nothing.

    >>> fact_state(None, date(2026, 12, 31))
    FactState.NOT_ASKED
    """
    if fact is None:
        return FactState.NOT_ASKED
    if fact.answer == FactAnswer.YES and fact.valid_to is not None and fact.valid_to < on:
        return FactState.EXPIRED
    return FactState(fact.answer)


def right_level(age: int) -> SchoolLevel | None:
    """What somebody of an age is to attend; None outside the ages of compulsory attendance.

    >>> [right_level(age) for age in (2, 5, 6, 16)]
    [None, SchoolLevel.KINDERGARTEN, SchoolLevel.PRIMARY, None]
    """
    found = (level for first, end, level in RIGHT_LEVELS if first <= age < end)
    return next(found, None)


def is_at_level(fact: StatedFact | None, age: int, on: date) -> bool | None:
    """Whether a child attends what it is to attend; None where that is not known."""
    state = fact_state(fact, on)
    if state == FactState.NO:
        return False
    if fact is None or state != FactState.YES or not fact.level:
        return None
    return fact.level == right_level(age)


@dataclass(frozen=True)
class MemberSaid:
    """A member on a day, with what was said of them last."""

    name: str
    age: int | None
    fact: StatedFact | None


def topic_of(indicator: str) -> FactTopic | None:
    """What persons are asked that an indicator of a form is about, by its name."""
    return INDICATOR_TOPICS.get(search_key(indicator))


def contradicts_form(
    topic: str, is_deprived: bool, members: Iterable[MemberSaid], on: date
) -> tuple[str, ...] | None:
    """Who speaks against what a form says of the whole household; None where nobody does.

    A household is deprived once one of those who count lacks it: a form without the deprivation is
    contradicted by one of them, one with it by all together, and then nobody is named.
    """
    counted = [each for each in members if each.age is None or _counts(topic, each.age)]
    has = [(each.name, _has(topic, each, on)) for each in counted]
    if is_deprived:
        return () if has and all(answer is True for _name, answer in has) else None
    return tuple(name for name, answer in has if answer is False) or None


def _counts(topic: str, age: int) -> bool:
    if topic == FactTopic.INSURANCE:
        return age >= INSURED_FROM
    return SCHOOL_AGES[0] <= age < SCHOOL_AGES[1]


def _has(topic: str, member: MemberSaid, on: date) -> bool | None:
    if member.age is None:
        return None
    if topic == FactTopic.SCHOOLING:
        return is_at_level(member.fact, member.age, on)
    state = fact_state(member.fact, on)
    return state == FactState.YES if state in (FactState.YES, FactState.NO) else None


def draft_faults(draft: FactDraft, today: date) -> dict[str, str]:
    """What cannot be said, one sentence a field."""
    faults = {}
    is_yes = draft.answer == FactAnswer.YES
    if draft.answer not in FactAnswer.values:
        faults["answer"] = ANSWER_MISSING
    if draft.level and not (draft.topic == FactTopic.SCHOOLING and is_yes):
        faults["level"] = LEVEL_WITHOUT_SCHOOL
    if draft.valid_to is not None:
        if not (draft.topic == FactTopic.INSURANCE and is_yes):
            faults["valid_to"] = DAY_OF_NO_CARD
        elif draft.valid_to < draft.as_of:
            faults["valid_to"] = CARD_ENDED_BEFORE.format(day=formatting.day(draft.as_of))
    if draft.as_of > today:
        faults["as_of"] = DAY_TO_COME
    return faults
