"""Insurance and schooling as a sheet, one member a line."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError
from import_export import fields

from households.choices import FactAnswer, FactSource, FactTopic, SchoolLevel
from households.models import PersonFact
from households.person_facts.selectors import PersonLine
from households.person_facts.services import COLUMNS, NamedFact
from households.register.columns import BORN, CODE, HouseholdWidget, PersonWidget, find_members
from households.rules.people.facts import FactDraft
from povertyplan.core.models import Area, User
from povertyplan.core.registers.resources import (
    ChoiceWidget,
    ReadLine,
    RegisterReading,
    RegisterResource,
    TypedWidget,
    seen_only,
)
from povertyplan.core.registers.tables import RegisterTable
from povertyplan.core.text.fields import LineField, VietnameseDateField

VILLAGE, CLASS = "Thôn, tổ dân phố", "Diện hộ"
CODE_MISSING, NAME_MISSING = "Nhập mã hộ.", "Nhập họ và tên."
DAY_MISSING = "Nhập ngày của số liệu."
ANSWER_MISSING = "Ghi trả lời trước: Có, Không hoặc Chưa rõ."


def _day() -> TypedWidget:
    return TypedWidget(VietnameseDateField(required=False))


class PersonFactResource(RegisterResource):
    """Who is insured and who goes to school (bảo hiểm y tế, đi học)."""

    household = fields.Field("household", CODE)
    village = fields.Field("village_seen", VILLAGE, seen_only())
    group = fields.Field("class_seen", CLASS, seen_only())
    person = fields.Field("person", COLUMNS["person"])
    born = fields.Field("born", BORN, _day())
    insurance = fields.Field(
        "insurance", COLUMNS["insurance"], ChoiceWidget(FactAnswer, is_required=False)
    )
    valid_to = fields.Field("card_to", COLUMNS["insurance valid_to"], _day())
    schooling = fields.Field(
        "schooling", COLUMNS["schooling"], ChoiceWidget(FactAnswer, is_required=False)
    )
    level = fields.Field(
        "school_level", COLUMNS["schooling level"], ChoiceWidget(SchoolLevel, is_required=False)
    )
    as_of = fields.Field("as_of", COLUMNS["as_of"], _day())
    source = fields.Field("source", COLUMNS["source"], ChoiceWidget(FactSource, is_required=False))
    document = fields.Field(
        "document", COLUMNS["document"], TypedWidget(LineField(max_length=250, required=False))
    )

    optional = (
        VILLAGE, CLASS, BORN, COLUMNS["insurance"], COLUMNS["insurance valid_to"],
        COLUMNS["schooling"], COLUMNS["schooling level"], COLUMNS["source"], COLUMNS["document"],
    )  # fmt: skip
    codes = (CODE,)

    class Meta(RegisterResource.Meta):
        model = PersonFact
        fields = (
            "household", "village", "group", "person", "born", "insurance", "valid_to",
            "schooling", "level", "as_of", "source", "document",
        )  # fmt: skip
        export_order = fields

    def __init__(self, *, ward: Area, by: User):
        super().__init__()
        self.ward, self.by = ward, by

    def dehydrate_household(self, row):
        return row.household.code

    def dehydrate_person(self, row):
        return row.person.full_name

    def read(self, table: RegisterTable) -> RegisterReading:
        known = find_members(table, ward=self.ward, by=self.by)
        self.fields["household"].widget = HouseholdWidget(known.households)
        self.fields["person"].widget = PersonWidget(known.members)
        return super().read(table)

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        faults = dict(import_validation_errors or {})
        if "household" not in faults and instance.household_id is None:
            faults["household"] = [CODE_MISSING]
        if not {"household", "person"} & set(faults) and instance.person_id is None:
            faults["person"] = [NAME_MISSING]
        for answer, more in (("insurance", "card_to"), ("schooling", "school_level")):
            if _said(instance, more) and not _said(instance, answer) and answer not in faults:
                faults[answer] = [ANSWER_MISSING]
        says = _said(instance, "insurance") or _said(instance, "schooling")
        if says and "as_of" not in faults and not instance.as_of:
            faults["as_of"] = [DAY_MISSING]
        if faults:
            raise ValidationError(faults)

    def lines(self, reading: RegisterReading) -> list[ReadLine]:
        return [ReadLine(line, _listed(record)) for line, record in reading.records]


def _said(record: Any, name: str) -> Any:
    return getattr(record, name, None)


def _listed(record) -> tuple[NamedFact, ...]:
    """What a line says of its member: of insurance, of schooling, of both or of neither."""
    listed = {
        FactTopic.INSURANCE: {"valid_to": _said(record, "card_to")},
        FactTopic.SCHOOLING: {"level": _said(record, "school_level") or ""},
    }
    return tuple(
        NamedFact(
            household=record.household,
            person=record.person,
            draft=FactDraft(
                topic=topic.value, answer=_said(record, topic.value), as_of=record.as_of, **more
            ),
            source=record.source or FactSource.HOUSEHOLD,
            document=record.document or "",
        )
        for topic, more in listed.items()
        if _said(record, topic.value)
    )


class ExportedFacts:
    """A member as a line of the sheet, with what one source said on one day."""

    def __init__(self, line: PersonLine, facts: Iterable[PersonFact]):
        of_topic = {each.topic: each for each in facts}
        insurance, schooling = (of_topic.get(topic.value) for topic in FactTopic)
        written = insurance or schooling
        self.household, self.person = line.household, line.person
        self.village_seen = line.household.village.name
        self.class_seen = line.class_label
        self.born = line.person.birth_date
        self.insurance = insurance.answer if insurance else ""
        self.card_to = insurance.valid_to if insurance else None
        self.schooling = schooling.answer if schooling else ""
        self.school_level = schooling.level if schooling else ""
        self.as_of = written.as_of if written else None
        self.source = written.source if written else ""
        self.document = written.document if written else ""


def exported(lines: Iterable[PersonLine]) -> Iterator[ExportedFacts]:
    """A line a member, two where insurance and schooling were told by two sources."""
    for line in lines:
        facts = [fact for fact in (line.insurance, line.schooling) if fact]
        parts: dict[tuple, list[PersonFact]] = {}
        for fact in facts:
            parts.setdefault((fact.as_of, fact.source, fact.document), []).append(fact)
        for own in parts.values() or [[]]:
            yield ExportedFacts(line, own)
