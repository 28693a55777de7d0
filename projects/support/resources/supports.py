"""The ledger of supports as a sheet: households by their codes, members by their names."""

from collections import Counter
from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from import_export import fields, widgets

from households.models import Membership
from households.register.columns import (
    BORN,
    CODE,
    HouseholdWidget,
    PersonWidget,
    find_members,
)
from povertyplan.core.models import Area, User
from povertyplan.core.registers.resources import (
    ChoiceWidget,
    ReadLine,
    RegisterReading,
    RegisterResource,
    TypedWidget,
)
from povertyplan.core.registers.tables import RegisterTable
from povertyplan.core.text.fields import (
    DecimalNumberField,
    LineField,
    NameField,
    VietnameseDateField,
    WholeNumberField,
)
from povertyplan.core.text.vietnamese import search_key
from projects.choices import BudgetSource, ListedState, SupportState
from projects.models import Support, SupportKind
from projects.programme.resources.columns import (
    PROGRAMME,
    PROJECT,
    ProjectWidget,
    words_of_projects,
)
from projects.support.forms.giving import LARGEST_AMOUNT
from projects.support.selectors.ledger import LedgerLine
from projects.support.selectors.rights import kinds_to_read
from projects.support.services.gifts import SupportGift, SupportReasons, SupportReceiver
from projects.support.services.lists import ListedSupport

DAY, PERSON, GROUP, KIND = "Ngày", "Người nhận", "Nhóm hộ, tổ hợp tác", "Loại hỗ trợ"
SIGNED = "Ngày ký nhận"
UNKNOWN_KIND = "Không có loại hỗ trợ “{name}”. Ghi đúng tên ở trang Loại hỗ trợ."
SEVERAL_KINDS = "Có nhiều loại hỗ trợ tên này: ghi mã, một trong: {codes}."
ONE_RECIPIENT = "Ghi mã hộ, hoặc tên nhóm hộ, tổ hợp tác; không ghi cả hai."
SIGNED_MISSING = "Nhập ngày ký nhận."
NOT_SIGNED = "Chỉ hỗ trợ đã ký nhận mới có ngày ký nhận."


class KindWidget(widgets.Widget):
    """A kind by its name, or by its code where several have the name."""

    def __init__(self, kinds: Iterable[SupportKind] = ()):
        super().__init__()
        self.kinds = list(kinds)
        self.names = Counter(search_key(each.name) for each in self.kinds)

    def clean(self, value, row=None, **kwargs):
        asked = search_key(str(value or ""))
        found = [each for each in self.kinds if asked and asked == search_key(each.name)]
        found = found or [each for each in self.kinds if asked and asked == search_key(each.code)]
        if not found:
            raise ValueError(UNKNOWN_KIND.format(name=str(value or "")[:80]))
        if len(found) > 1:
            raise ValueError(SEVERAL_KINDS.format(codes="; ".join(each.code for each in found)))
        return found[0]

    def render(self, value, obj=None, **kwargs):
        return value.code if self.names[search_key(value.name)] > 1 else value.name


def _line(length: int, **options) -> TypedWidget:
    return TypedWidget(LineField(max_length=length, required=False, **options))


class SupportResource(RegisterResource):
    """What was given, one recipient a line (sổ hỗ trợ)."""

    on = fields.Field("given_on", DAY, TypedWidget(VietnameseDateField()))
    household = fields.Field("household", CODE)
    head = fields.Field(column_name="Chủ hộ")
    person = fields.Field("person", PERSON)
    born = fields.Field("born", BORN, TypedWidget(VietnameseDateField(required=False)))
    village = fields.Field(column_name="Thôn, tổ dân phố")
    group_name = fields.Field(
        "group_name", GROUP, TypedWidget(NameField(max_length=150, required=False))
    )
    programme = fields.Field(column_name=PROGRAMME)
    ward_project = fields.Field("ward_project", PROJECT)
    kind = fields.Field("kind", KIND)
    quantity = fields.Field(
        "quantity", "Số lượng", TypedWidget(DecimalNumberField(decimal_places=2, required=False))
    )
    quantity_unit = fields.Field(column_name="Đơn vị tính")
    amount = fields.Field(
        "amount",
        "Số tiền (đồng)",
        TypedWidget(
            WholeNumberField(
                max_value=LARGEST_AMOUNT,
                required=False,
                error_messages={"invalid": "Nhập số đồng nguyên, từ 0 trở lên."},
            )
        ),
    )
    source = fields.Field("source", "Nguồn kinh phí", ChoiceWidget(BudgetSource, is_required=False))
    document = fields.Field("document", "Văn bản, chứng từ", _line(250))
    state = fields.Field("state", "Tình trạng", ChoiceWidget(ListedState))
    acknowledged_on = fields.Field(
        "acknowledged_on", SIGNED, TypedWidget(VietnameseDateField(required=False))
    )
    confirmation = fields.Field("confirmation", "Căn cứ xác nhận", _line(1000))
    repeat_reason = fields.Field("repeat_reason", "Lý do hỗ trợ lần nữa", _line(1000))
    withdrawal = fields.Field(column_name="Lý do thu hồi")

    optional = (
        "Chủ hộ", PERSON, BORN, "Thôn, tổ dân phố", GROUP, PROGRAMME, PROJECT, "Số lượng",
        "Đơn vị tính", "Số tiền (đồng)", "Nguồn kinh phí", "Văn bản, chứng từ", SIGNED,
        "Căn cứ xác nhận", "Lý do hỗ trợ lần nữa", "Lý do thu hồi",
    )  # fmt: skip
    codes = (CODE, PROGRAMME, PROJECT, "Văn bản, chứng từ")

    class Meta(RegisterResource.Meta):
        model = Support
        fields = (
            "on", "household", "head", "person", "born", "village", "group_name", "programme",
            "ward_project", "kind", "quantity", "quantity_unit", "amount", "source", "document",
            "state", "acknowledged_on", "confirmation", "repeat_reason", "withdrawal",
        )  # fmt: skip
        export_order = fields

    def __init__(self, *, ward: Area, by: User):
        super().__init__()
        self.ward, self.by = ward, by
        self.fields["ward_project"].widget = ProjectWidget(ward, year=DAY, is_required=False)
        self.fields["kind"].widget = KindWidget(kinds_to_read(by, ward))
        self._namesakes: set[tuple[int, str]] = set()

    def vocabulary(self):
        kinds = self.fields["kind"].widget
        named = {KIND: [kinds.render(each) for each in kinds.kinds]}
        projects = words_of_projects(self.fields["ward_project"].widget)
        return {**named, **projects, **super().vocabulary()}

    def read(self, table: RegisterTable) -> RegisterReading:
        self._know_households(table)
        return super().read(table)

    def _know_households(self, table: RegisterTable) -> None:
        """The households that the table names, with all who are or were members; two queries."""
        known = find_members(table, ward=self.ward, by=self.by)
        self.fields["household"].widget = HouseholdWidget(known.households)
        self.fields["person"].widget = PersonWidget(known.members)

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        faults = dict(import_validation_errors or {})
        if not {"household", "group_name"} & set(faults) and (
            bool(instance.household) == bool(instance.group_name)
        ):
            faults["household"] = [ONE_RECIPIENT]
        if not {"state", "acknowledged_on"} & set(faults):
            is_signed = instance.state == SupportState.ACKNOWLEDGED
            if is_signed and instance.acknowledged_on is None:
                faults["acknowledged_on"] = [SIGNED_MISSING]
            if not is_signed and instance.acknowledged_on and instance.state in SupportState.values:
                faults["acknowledged_on"] = [NOT_SIGNED]
        if faults:
            raise ValidationError(faults)

    def lines(self, reading: RegisterReading) -> list[ReadLine]:
        return [ReadLine(line, _listed(record)) for line, record in reading.records]

    def ledger(self, lines: Sequence[LedgerLine]) -> list[Support]:
        """The supports of a ledger, to be written; names as their reader may see them."""
        households = {each.support.household_id for each in lines if each.support.person_id}
        links = Membership.objects.filter(household__in=households).values_list(
            "household", "person", "person__search_key"
        )
        counted = Counter((household, key) for household, _, key in set(links))
        self._namesakes = {namesake for namesake, count in counted.items() if count > 1}
        return [_shown(each) for each in lines]

    def dehydrate_household(self, support):
        return support.ledger_line.code

    def dehydrate_head(self, support):
        return support.ledger_line.head_name

    def dehydrate_person(self, support):
        line = support.ledger_line
        if support.person is None or line.is_hidden_member:
            return ""
        return line.person_name or line.head_name

    def dehydrate_born(self, support):
        person = support.person
        if person is None or (support.household_id, person.search_key) not in self._namesakes:
            return ""
        return "" if support.ledger_line.is_hidden_member else person.birth_date or ""

    def dehydrate_village(self, support):
        return support.household.village.name if support.household else ""

    def dehydrate_programme(self, support):
        return support.ward_project.project.programme.code if support.ward_project else ""

    def dehydrate_quantity_unit(self, support):
        return support.kind.quantity_unit if support.quantity is not None else ""

    def dehydrate_withdrawal(self, support):
        return support.withdrawal_reason


def _shown(line: LedgerLine) -> Support:
    support = line.support
    support.ledger_line = line  # type: ignore[attr-defined]  # for the columns of the sheet
    support.given_on = support.day  # type: ignore[attr-defined]
    if support.is_withdrawn:
        support.state = ListedState.WITHDRAWN
    return support


def _listed(record) -> ListedSupport:
    return ListedSupport(
        gift=SupportGift(
            kind=record.kind,
            day=record.given_on,
            is_delivered=record.state != SupportState.PROMISED,
            quantity=record.quantity,
            amount=record.amount,
            source=record.source,
            document=record.document,
            ward_project=record.ward_project,
        ),
        receiver=SupportReceiver(record.household, record.person, record.group_name),
        reasons=SupportReasons(record.confirmation, record.repeat_reason),
        state=ListedState(record.state),
        acknowledged_on=record.acknowledged_on,
    )
