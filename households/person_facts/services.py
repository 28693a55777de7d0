"""Recording who is insured and who goes to school: all of it or nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from households.choices import FactAnswer, FactTopic, SchoolLevel
from households.ledger.selectors.members import memberships_on
from households.models import Household, Person, PersonFact
from households.rules.people.facts import NOT_A_MEMBER, FactDraft, draft_faults
from povertyplan.core import clock, locks
from povertyplan.core.journal import audit
from povertyplan.core.models import Area, User
from povertyplan.core.periods.locked import explain_lock, lock_of_day, refuse_locked_day
from povertyplan.core.platform import versions
from povertyplan.core.registers.resources import ReadLine
from povertyplan.core.registers.writing import FaultsOfLines, LineChange, RowOutcome
from povertyplan.core.text import formatting

NOT_ASKED = "chưa hỏi, giữ nguyên"
NOTHING_SAID = "Chưa ghi trả lời của người nào."
OTHER_WARD = "Hộ không thuộc phường, xã này."
NAMED_TWICE = "Người này đã có ở dòng {line}."
COLUMNS = {
    "household": "Mã hộ",
    "person": "Họ và tên",
    "insurance": "Bảo hiểm y tế",
    "insurance valid_to": "Thẻ dùng đến ngày",
    "schooling": "Đi học",
    "schooling level": "Cấp học",
    "as_of": "Số liệu ngày",
    "source": "Nguồn",
    "document": "Văn bản, danh sách",
}
FactKey = tuple[int, str, date]
Members = Mapping[date, set[tuple[int, int]]]


@dataclass(frozen=True)
class NamedFact:
    """What is said of a member of a household, and who said it."""

    household: Household
    person: Person
    draft: FactDraft
    source: str
    document: str = ""

    @property
    def key(self) -> FactKey:
        return (self.person.pk, self.draft.topic, self.draft.as_of)

    def values(self) -> dict[str, Any]:
        """The fields of the row that the draft makes."""
        draft = self.draft
        fields = {"answer": draft.answer, "level": draft.level, "valid_to": draft.valid_to}
        return {**fields, "source": self.source, "document": self.document}


@audit.business_act(label="Ghi bảo hiểm y tế, đi học của từng người")
def record_facts(*, ward: Area, facts: Sequence[NamedFact], by: User | None) -> list[PersonFact]:
    """Record what was said, and return what is new or changed; what stands already stays.

    The same person, topic and day again is a correction: the history keeps what stood there.
    Raises ValidationError with a sentence for each answer that cannot be.
    """
    locks.wait_turn("person fact", ward.pk)
    if not facts:
        raise ValidationError(NOTHING_SAID)
    if faults := list(_faults(ward, facts)):
        raise ValidationError(faults)
    for day in sorted({each.draft.as_of for each in facts}):
        refuse_locked_day(ward, day)
    standing = _standing(facts)
    written = [_write(ward, each, standing.get(each.key)) for each in facts]
    changed = [fact for fact in written if fact is not None]
    for household, own in _by_household(changed).items():
        audit.record(household, f"Hộ {household}: {_summary(own)}.", ward=ward)
    return changed


@audit.business_act(label="Nhập bảo hiểm y tế, đi học từ Excel", source="import")
def import_facts(
    *, ward: Area, lines: Sequence[ReadLine[tuple[NamedFact, ...]]], by: User
) -> list[RowOutcome]:
    """Record what the lines say of their members, all or none; who is not named is not asked.

    Raises ValidationError with a sentence for each fault of each line.
    """
    locks.wait_turn("import", f"person facts {ward.pk}")
    every = [fact for each in lines for fact in each.subject]
    standing, members = _standing(every), _members(every)
    closed = _closed_days(ward, every)
    faults, outcomes = FaultsOfLines(COLUMNS), list[RowOutcome]()
    seen: dict[FactKey, int] = {}
    for each in lines:
        found = _line_faults(each.subject, members, closed)
        for fact in each.subject:
            if (first := seen.setdefault(fact.key, each.line)) != each.line:
                found["person"] = NAMED_TWICE.format(line=first)
        if found:
            faults.note(each.line, ValidationError(found))
        else:
            outcomes.append(_outcome(each, standing))
    faults.refuse()
    changed = [fact for fact in every if not _is_said(fact, standing.get(fact.key))]
    if changed:
        record_facts(ward=ward, facts=changed, by=by)
    return outcomes


def _outcome(
    each: ReadLine[tuple[NamedFact, ...]], standing: Mapping[FactKey, PersonFact]
) -> RowOutcome:
    """What a line comes to, beside what was said of that day before."""
    changed = [fact for fact in each.subject if not _is_said(fact, standing.get(fact.key))]
    if not each.subject:
        return RowOutcome(each.line, LineChange.SAME, NOT_ASKED)
    text = f"{each.subject[0].person} ({each.subject[0].household.code})"
    if not changed:
        return RowOutcome(each.line, LineChange.SAME, text)
    words = "; ".join(_describe_fact(fact.draft) for fact in changed)
    before = [_describe_fact(standing[fact.key]) for fact in changed if fact.key in standing]
    if before:
        detail = f"{'; '.join(before)} → {words}"
        return RowOutcome(each.line, LineChange.CHANGED, text, detail=detail)
    return RowOutcome(each.line, LineChange.ADDED, f"{text}: {words}")


def _line_faults(
    facts: Sequence[NamedFact], members: Members, closed: Mapping[date, str]
) -> dict[str, str]:
    """What cannot be, by the columns of the sheet."""
    found = {}
    for fact in facts:
        topic, day = fact.draft.topic, fact.draft.as_of
        names = {"answer": topic, "level": f"{topic} level", "valid_to": f"{topic} valid_to"}
        for name, sentence in draft_faults(fact.draft, clock.today()).items():
            found[names.get(name, name)] = sentence
        if sentence := closed.get(day, ""):
            found["as_of"] = sentence
        elif "as_of" not in found and not _is_member(fact, members):
            found["person"] = NOT_A_MEMBER.format(person=fact.person, day=formatting.day(day))
    return found


def _faults(ward: Area, facts: Sequence[NamedFact]) -> Iterator[str]:
    today, members = clock.today(), _members(facts)
    seen = set()
    for each in facts:
        if each.household.ward_id != ward.pk:
            yield OTHER_WARD
            continue
        for sentence in draft_faults(each.draft, today).values():
            yield f"{each.person}: {sentence}"
        day = each.draft.as_of
        if day <= today and not _is_member(each, members) and each.person.pk not in seen:
            seen.add(each.person.pk)
            yield NOT_A_MEMBER.format(person=each.person, day=formatting.day(day))


def _members(facts: Sequence[NamedFact]) -> Members:
    """By day who belonged to the households that are named; a query a day."""
    households = {each.household.pk for each in facts}
    return {
        day: set(memberships_on(households, day).values_list("household_id", "person_id"))
        for day in {each.draft.as_of for each in facts}
    }


def _is_member(fact: NamedFact, members: Members) -> bool:
    return (fact.household.pk, fact.person.pk) in members[fact.draft.as_of]


def _closed_days(ward: Area, facts: Sequence[NamedFact]) -> dict[date, str]:
    """The days whose figures are locked, with the sentence that says so."""
    days = {each.draft.as_of for each in facts}
    found = {day: lock for day in days if (lock := lock_of_day(ward, day))}
    return {day: explain_lock(lock) for day, lock in found.items()}


def _standing(facts: Sequence[NamedFact]) -> dict[FactKey, PersonFact]:
    rows = PersonFact.objects.filter(
        person__in={each.person.pk for each in facts},
        as_of__in={each.draft.as_of for each in facts},
    )
    return {(row.person_id, row.topic, row.as_of): row for row in rows}


def _write(ward: Area, fact: NamedFact, current: PersonFact | None) -> PersonFact | None:
    """The row that is new or changed; None where it says the same."""
    values = fact.values()
    place = {"ward": ward, "household": fact.household, "person": fact.person}
    if current is None:
        draft = fact.draft
        return PersonFact.objects.create(**place, topic=draft.topic, as_of=draft.as_of, **values)
    if _is_said(fact, current):
        return None
    return versions.update(current, version=current.version, **values)


def _is_said(fact: NamedFact, current: PersonFact | None) -> bool:
    """Whether it stands already, of the same day and by the same source."""
    if current is None:
        return False
    return all(getattr(current, name) == value for name, value in fact.values().items())


def _by_household(facts: Sequence[PersonFact]) -> dict[Household, list[PersonFact]]:
    found: dict[Household, list[PersonFact]] = {}
    for fact in facts:
        found.setdefault(fact.household, []).append(fact)
    return found


def _summary(facts: Sequence[PersonFact]) -> str:
    """How many members were recorded, without what was said of each."""
    topics = [
        f"{FactTopic(topic).label.lower()} của {len(own)} người"
        for topic in FactTopic.values
        if (own := [each for each in facts if each.topic == topic])
    ]
    days = sorted({each.as_of for each in facts})
    return f"ghi {', '.join(topics)}; số liệu ngày {', '.join(map(formatting.day, days))}"


def _describe_fact(fact: PersonFact | FactDraft) -> str:
    """What is said of somebody, in words."""
    topic, answer = FactTopic(fact.topic).label, FactAnswer(fact.answer).label
    parts = [f"{topic.lower()}: {answer.lower()}"]
    if fact.level:
        parts.append(SchoolLevel(fact.level).label.lower())
    if fact.valid_to:
        parts.append(f"thẻ dùng đến {formatting.day(fact.valid_to)}")
    parts.append(f"ngày {formatting.day(fact.as_of)}")
    return ", ".join(parts)
