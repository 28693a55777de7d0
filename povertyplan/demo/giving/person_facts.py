"""Invented answers of members of the demonstration: most are insured, some were not asked yet."""

from collections.abc import Iterator
from datetime import date

from households.choices import FactAnswer, FactSource, FactTopic
from households.models import Household
from households.person_facts.selectors import PersonLine, person_lines
from households.person_facts.services import NamedFact, record_facts
from households.rules.people.facts import FactDraft, right_level
from povertyplan.core import clock
from povertyplan.core.models import Area, User

ASKED_ON = date(2026, 10, 5)
CARDS_UNTIL = date(2026, 12, 31)
PAPER = "Danh sách ngày 05/10/2026 (giả định)"
NOT_ASKED, WITHOUT_CARD, NOT_AT_SCHOOL = 9, 11, 13  # one in so many


def invent_person_facts(*, ward: Area, by: User) -> None:
    """Who of the poor and near-poor households has a card and who goes to school."""
    lines = person_lines(Household.objects.filter(ward=ward), ASKED_ON)
    facts = [fact for place, line in enumerate(lines, 1) for fact in _facts(place, line)]
    if facts:
        with clock.set_to(ASKED_ON):
            record_facts(ward=ward, facts=facts, by=by, source="command")


def _facts(place: int, line: PersonLine) -> Iterator[NamedFact]:
    if place % NOT_ASKED == 0:
        return
    insured = FactAnswer.NO if place % WITHOUT_CARD == 0 else FactAnswer.YES
    card = {"valid_to": CARDS_UNTIL} if insured == FactAnswer.YES else {}
    yield _fact(line, FactTopic.INSURANCE, insured, FactSource.AGENCY, **card)
    if line.is_of_school_age and line.age is not None:
        schooled = FactAnswer.NO if place % NOT_AT_SCHOOL == 0 else FactAnswer.YES
        level = right_level(line.age) if schooled == FactAnswer.YES else None
        yield _fact(line, FactTopic.SCHOOLING, schooled, FactSource.SCHOOL, level=level or "")


def _fact(line: PersonLine, topic: FactTopic, answer: FactAnswer, source: FactSource, **more):
    draft = FactDraft(topic=topic, answer=answer, as_of=ASKED_ON, **more)
    return NamedFact(line.household, line.person, draft, source, PAPER)
