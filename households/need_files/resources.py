"""Needs as a sheet, as the list of needs is exported: a line a need, or a household without."""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from import_export import fields, widgets

from households.asking.services import NeedAnswer, NeedNamed
from households.choices import NeedSource, NeedState
from households.models import NeedKind, SupportNeed
from households.need_files.services import ListedNeed
from households.register.columns import BORN, CODE, HouseholdWidget, PersonWidget, find_members
from povertyplan.core.models import Area, User
from povertyplan.core.registers.resources import (
    ChoiceWidget,
    ReadLine,
    RegisterReading,
    RegisterResource,
    TypedWidget,
)
from povertyplan.core.registers.tables import RegisterTable
from povertyplan.core.text.fields import LineField, VietnameseDateField
from povertyplan.core.text.vietnamese import search_key

KIND, PERSON, ASKED, STATE = "Loại nhu cầu", "Người có nhu cầu", "Hỏi ngày", "Tình trạng"
NO_NEED = "Không có nhu cầu"
UNKNOWN_KIND = "Không có loại nhu cầu “{name}”."
CODE_MISSING = "Nhập mã hộ."
DAY_MISSING = "Nhập ngày hỏi."


class NeedKindWidget(widgets.Widget):
    """A kind of need that a ward asks about, by its name."""

    def __init__(self, kinds: Iterable[NeedKind] = ()):
        super().__init__()
        self.known = {search_key(each.name): each for each in kinds}

    def clean(self, value, row=None, **kwargs):
        name = str(value or "").strip()
        if not name:
            return None
        if found := self.known.get(search_key(name)):
            return found
        raise ValueError(UNKNOWN_KIND.format(name=name[:80]))


class NeedResource(RegisterResource):
    """What households need (sổ nhu cầu hỗ trợ); without a kind only what the state says."""

    household = fields.Field("household", CODE)
    head = fields.Field("head_seen", "Chủ hộ")
    village = fields.Field("village_seen", "Thôn, tổ dân phố")
    group = fields.Field("group_seen", "Diện hộ")
    state = fields.Field("state_seen", STATE)
    asked_on = fields.Field("asked_on", ASKED, TypedWidget(VietnameseDateField(required=False)))
    kind = fields.Field("kind", KIND)
    person = fields.Field("person", PERSON)
    born = fields.Field("born", BORN, TypedWidget(VietnameseDateField(required=False)))
    since = fields.Field("since", "Từ ngày", TypedWidget(VietnameseDateField(required=False)))
    source = fields.Field("source", "Nguồn", ChoiceWidget(NeedSource, is_required=False))
    note = fields.Field("note", "Ghi chú", TypedWidget(LineField(max_length=250, required=False)))

    optional = (
        "Chủ hộ", "Thôn, tổ dân phố", "Diện hộ", STATE, PERSON, BORN, "Từ ngày", "Nguồn",
        "Ghi chú",
    )  # fmt: skip
    codes = (CODE,)

    class Meta(RegisterResource.Meta):
        model = SupportNeed
        fields = (
            "household", "head", "village", "group", "state", "asked_on", "kind", "person", "born",
            "since", "source", "note",
        )  # fmt: skip
        export_order = fields

    def __init__(self, *, ward: Area, by: User):
        super().__init__()
        self.ward, self.by = ward, by
        self.fields["kind"].widget = NeedKindWidget(NeedKind.objects.of_ward(ward))

    def vocabulary(self):
        kinds = [each.name for each in self.fields["kind"].widget.known.values()]
        return {**super().vocabulary(), KIND: kinds, STATE: [NO_NEED]}

    def read(self, table: RegisterTable) -> RegisterReading:
        known = find_members(table, ward=self.ward, by=self.by)
        self.fields["household"].widget = HouseholdWidget(known.households)
        self.fields["person"].widget = PersonWidget(known.members)
        return super().read(table)

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        faults = dict(import_validation_errors or {})
        if "household" not in faults and instance.household_id is None:
            faults["household"] = [CODE_MISSING]
        answers = instance.kind_id is not None or _needs_nothing(instance)
        if answers and "asked_on" not in faults and not _day(instance):
            faults["asked_on"] = [DAY_MISSING]
        if faults:
            raise ValidationError(faults)

    def lines(self, reading: RegisterReading) -> list[ReadLine]:
        return [ReadLine(line, _listed(record)) for line, record in reading.records]


def _needs_nothing(record) -> bool:
    said = search_key(str(record.state_seen or ""))
    return said in {search_key(NO_NEED), search_key(NeedState.NONE.label)}


def _day(record):
    """The day of the need where the sheet has one, else that of the last asking."""
    return getattr(record, "since", None) or record.asked_on


def _listed(record) -> ListedNeed:
    household = record.household
    asked = {"household": household, "asked_on": _day(record), "note": record.note}
    asked["source"] = record.source or NeedSource.OFFICER
    if record.kind_id is not None:
        person = record.person if record.person_id else None
        answer = NeedAnswer(**asked, named=(NeedNamed(record.kind, person),))
        whose = f", {person}" if person else ""
        return ListedNeed(answer, f"{household.code}{whose}: {record.kind}")
    if _needs_nothing(record):
        return ListedNeed(NeedAnswer(**asked, is_none=True), f"{household.code}: không có nhu cầu")
    return ListedNeed(None, f"{household.code}: chưa hỏi, giữ nguyên")
