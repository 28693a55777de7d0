"""Needs from a file: who was asked is recorded; who is not named stays not asked (chưa hỏi)."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from django.core.exceptions import ValidationError

from households.asking.services import NeedAnswer, record_needs
from households.models import NeedInquiry, SupportNeed
from povertyplan.core import locks
from povertyplan.core.journal import audit
from povertyplan.core.models import Area, User
from povertyplan.core.registers.resources import ReadLine
from povertyplan.core.registers.writing import FaultsOfLines, LineChange, RowOutcome

NONE_BESIDE_NEEDS = "Hộ này có dòng nhu cầu khác trong tệp: không ghi là không có nhu cầu."
NAMED_TWICE = "Nhu cầu này đã có ở dòng {line}."


@dataclass(frozen=True)
class ListedNeed:
    """A line: a household with a need, with none, or not asked; the answer names one need."""

    answer: NeedAnswer | None
    text: str


@audit.business_act(label="Nhập nhu cầu hỗ trợ từ Excel", source="import")
def import_needs(
    *, ward: Area, lines: Sequence[ReadLine[ListedNeed]], by: User
) -> list[RowOutcome]:
    """Record the answers of a file that are not there yet, all or none of them.

    A need that is open, or that was named on the same day, is there already. Raises
    ValidationError with a sentence for each fault of each line.
    """
    locks.wait_turn("import", f"needs {ward.pk}")
    known, faults = _KnownAnswers(lines), FaultsOfLines({})
    outcomes = [
        outcome
        for each in lines
        if (outcome := _attempt(each, known, faults, ward, by)) is not None
    ]
    faults.refuse()
    return outcomes


class _KnownAnswers:
    """What the households of a file said before, and what its lines named so far."""

    def __init__(self, lines: Sequence[ReadLine[ListedNeed]]):
        answers = [each.subject.answer for each in lines if each.subject.answer]
        households = {each.household.pk for each in answers}
        self.with_needs = {each.household.pk for each in answers if each.named}
        self.seen: dict[tuple, int] = {}
        needs = SupportNeed.objects.filter(household__in=households)
        rows = needs.values_list("household_id", "kind_id", "person_id", "asked_on", "ended_on")
        self.named = {
            (household, kind, person, day)
            for household, kind, person, asked_on, ended_on in rows
            for day in ({asked_on} if ended_on else {asked_on, None})
        }
        none = NeedInquiry.objects.filter(household__in=households, has_needs=False)
        self.none = set(none.values_list("household_id", "asked_on"))

    def has(self, answer: NeedAnswer) -> bool:
        """Whether it was said on that day, or is open still."""
        household = answer.household.pk
        if answer.is_none:
            return (household, answer.asked_on) in self.none
        key = (household, *_need_key(answer))
        return (*key, answer.asked_on) in self.named or (*key, None) in self.named

    def fault(self, answer: NeedAnswer, line: int) -> str:
        """What is wrong with a line beside the others of its file."""
        key = (answer.household.pk, *_need_key(answer))
        if first := self.seen.get(key):
            return NAMED_TWICE.format(line=first)
        self.seen[key] = line
        if answer.is_none and answer.household.pk in self.with_needs:
            return NONE_BESIDE_NEEDS
        return ""


def _attempt(
    each: ReadLine[ListedNeed],
    known: _KnownAnswers,
    faults: FaultsOfLines,
    ward: Area,
    by: User,
) -> RowOutcome | None:
    answer, text = each.subject.answer, each.subject.text
    if answer is None:
        return RowOutcome(each.line, LineChange.SAME, text)
    if sentence := known.fault(answer, each.line):
        faults.note(each.line, ValidationError(sentence))
        return None
    if known.has(answer):
        return RowOutcome(each.line, LineChange.SAME, text)
    write = partial(record_needs, ward=ward, answers=[answer], by=by)
    if faults.attempt(each.line, write) is None:
        return None
    return RowOutcome(each.line, LineChange.ADDED, text)


def _need_key(answer: NeedAnswer) -> tuple[int | None, int | None]:
    if not answer.named:
        return None, None
    (named,) = answer.named
    return named.kind.pk, named.person.pk if named.person else None
