"""Recording what households answer about their needs (ghi nhu cầu): all of it or nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError

from households.asking.selectors import (
    FormFindings,
    by_household,
    findings_of,
    open_needs_of,
    origin_of,
)
from households.choices import NeedSource
from households.ledger.selectors.members import memberships_on
from households.models import Household, NeedInquiry, NeedKind, Person, SupportNeed
from households.rules.people.needs import (
    HouseholdSpan,
    NamedNeed,
    answer_faults,
    household_faults,
)
from povertyplan.core import clock, locks
from povertyplan.core.journal import audit
from povertyplan.core.models import Area, User
from povertyplan.core.platform.submissions import once
from povertyplan.core.text import formatting
from povertyplan.core.text.vietnamese import normalise_text

OTHER_WARD = "Hộ không thuộc phường, xã này."
KIND_OF_ANOTHER_WARD = "{kind}: không thuộc danh mục của phường, xã này."
NOBODY_ANSWERED = "Chưa đánh dấu nhu cầu của hộ nào."
NO_NEEDS = "không có nhu cầu"


@dataclass(frozen=True)
class NeedNamed:
    """One need that a household names, of one of its members where the kind asks for persons."""

    kind: NeedKind
    person: Person | None = None


@dataclass(frozen=True)
class NeedAnswer:
    """What a household says it needs; `is_none` where it was asked and needs nothing."""

    household: Household
    asked_on: date
    source: str = NeedSource.OFFICER
    named: tuple[NeedNamed, ...] = ()
    is_none: bool = False
    note: str = ""

    def content(self) -> dict[str, object]:
        """What a form sent, to know it again."""
        named = [(each.kind.pk, each.person and each.person.pk) for each in self.named]
        rest = {"asked_on": self.asked_on, "source": self.source, "is_none": self.is_none}
        return {"household": self.household.pk, "named": named, "note": self.note, **rest}


@dataclass
class NeedFacts:
    """What the checks read beside the answers; the same queries for one household and many."""

    households: dict[int, Household]
    open_needs: dict[int, list[SupportNeed]]
    members: dict[date, set[tuple[int, int]]]
    findings: dict[int, FormFindings] = field(default_factory=dict)


@audit.business_act(label="Ghi nhu cầu hỗ trợ")
def record_needs(
    *,
    ward: Area,
    answers: Sequence[NeedAnswer],
    key: str | None = None,
    names_households: bool = False,
    by: User | None,
) -> NeedInquiry:
    """Record that households were asked and what each needs, and return the first answer.

    Raises ValidationError with a sentence for each answer that cannot be; nothing is saved then.
    It names the household where there are several, or where a sheet lists more than answered.
    """

    def create() -> NeedInquiry:
        locks.wait_turn("need", ward.pk)
        if not answers:
            raise ValidationError(NOBODY_ANSWERED)
        facts = _facts(answers)
        if faults := list(_faults(ward, answers, facts, names=names_households)):
            raise ValidationError(faults)
        written = [_write(ward, answer, facts) for answer in answers]
        return written[0]

    content = {"answers": [answer.content() for answer in answers]}
    return once(
        key=key, act="record_needs", content=content, model=NeedInquiry, create=create, by=by
    )


def _facts(answers: Sequence[NeedAnswer]) -> NeedFacts:
    keys = [answer.household.pk for answer in answers]
    members = {
        day: set(memberships_on(keys, day).values_list("household_id", "person_id"))
        for day in {answer.asked_on for answer in answers}
        if any(named.person for answer in answers for named in answer.named)
    }
    return NeedFacts(
        households=Household.objects.in_bulk(keys),
        open_needs=by_household(open_needs_of(keys)),
        members=members,
        findings=findings_of(keys),
    )


def _faults(
    ward: Area, answers: Sequence[NeedAnswer], facts: NeedFacts, *, names: bool
) -> Iterator[str]:
    for answer in answers:
        household = facts.households[answer.household.pk]
        for sentence in _faults_of(ward, answer, household, facts):
            yield f"Hộ {household.code}: {sentence}" if names or len(answers) > 1 else sentence


def _faults_of(
    ward: Area, answer: NeedAnswer, household: Household, facts: NeedFacts
) -> Iterator[str]:
    if household.ward_id != ward.pk:
        yield OTHER_WARD
        return
    span = HouseholdSpan(household.opened_on, household.closed_on)
    yield from household_faults(span, answer.asked_on, clock.today())
    for named in answer.named:
        if named.kind.ward_id not in (None, ward.pk):
            yield KIND_OF_ANOTHER_WARD.format(kind=named.kind)
    still_open = facts.open_needs.get(household.pk, [])
    stated = [_as_named(each, answer, household, facts) for each in answer.named]
    yield from answer_faults(stated, is_none=answer.is_none, still_open=len(still_open))


def _as_named(
    named: NeedNamed, answer: NeedAnswer, household: Household, facts: NeedFacts
) -> NamedNeed:
    person = named.person
    same = [
        need.asked_on
        for need in facts.open_needs.get(household.pk, [])
        if need.kind_id == named.kind.pk and need.person_id == (person.pk if person else None)
    ]
    members = facts.members.get(answer.asked_on, set())
    return NamedNeed(
        name=named.kind.name,
        for_persons=named.kind.for_persons,
        is_offered=named.kind.is_offered,
        person_name=person.full_name if person else "",
        is_member=person is None or (household.pk, person.pk) in members,
        open_since=min(same, default=None),
    )


def _write(ward: Area, answer: NeedAnswer, facts: NeedFacts) -> NeedInquiry:
    household = facts.households[answer.household.pk]
    inquiry = NeedInquiry.objects.create(
        ward=ward,
        household=household,
        asked_on=answer.asked_on,
        source=answer.source,
        has_needs=bool(answer.named),
    )
    # What is ticked twice is one need.
    SupportNeed.objects.bulk_create(
        _need(ward, answer, household, named, facts) for named in dict.fromkeys(answer.named)
    )
    kinds = ", ".join(dict.fromkeys(named.kind.name for named in answer.named)) or NO_NEEDS
    summary = f"Hộ {household}: {kinds}; hỏi ngày {formatting.day(answer.asked_on)}."
    audit.record(household, summary, ward=ward)
    return inquiry


def _need(
    ward: Area, answer: NeedAnswer, household: Household, named: NeedNamed, facts: NeedFacts
) -> SupportNeed:
    origin = origin_of(named.kind, facts.findings.get(household.pk))
    return SupportNeed(
        ward=ward,
        household=household,
        person=named.person,
        kind=named.kind,
        indicator_id=origin.indicator,
        cause_id=origin.cause,
        asked_on=answer.asked_on,
        source=answer.source,
        note=normalise_text(answer.note),
    )
