"""The kinds of support with their rules, as a sheet."""

from collections.abc import Mapping
from typing import Any

from import_export import fields, widgets

from households.choices import WindowRule
from households.models import NeedKind
from povertyplan.core.models import Area, User
from povertyplan.core.registers.resources import (
    ChoiceWidget,
    ReadLine,
    RegisterReading,
    RegisterResource,
    TypedWidget,
)
from povertyplan.core.text.fields import (
    LineField,
    NameField,
    VietnameseDateField,
    WholeNumberField,
)
from povertyplan.core.text.vietnamese import search_key
from projects.choices import Confidence, Recurrence, SupportRecipient
from projects.models import ComponentProject, SupportKind
from projects.programme.resources.structure import YesNoWidget
from projects.support.forms.giving import LARGEST_AMOUNT
from projects.support.forms.kind_code import LONGEST_CODE, KindCodeField
from projects.support.services.kinds import ListedKind

BETWEEN = ";"
PROGRAMME, PROJECTS, NEEDS = "Chương trình", "Mã dự án", "Nhu cầu đáp ứng"
UNKNOWN_PROJECT = "Chương trình “{programme}” không có dự án mã “{code}”."
PROGRAMME_MISSING = "Ghi mã chương trình của dự án vào cột “Chương trình”."
UNKNOWN_NEED = "Không có loại nhu cầu “{name}”."
OLDEST, LONGEST_WINDOW = 150, 600


class ProjectsWidget(widgets.Widget):
    """Projects of one programme by their codes, in one cell."""

    def __init__(self):
        super().__init__()
        rows = ComponentProject.objects.select_related("programme")
        self.known = {(each.programme.code, each.code): each for each in rows}

    def clean(self, value, row=None, **kwargs):
        programme = str((row or {}).get(PROGRAMME, "")).strip()
        codes = [code.strip() for code in str(value or "").split(BETWEEN) if code.strip()]
        if codes and not programme:
            raise ValueError(PROGRAMME_MISSING)
        for code in codes:
            if (programme, code) not in self.known:
                raise ValueError(UNKNOWN_PROJECT.format(programme=programme, code=code[:20]))
        return frozenset(self.known[programme, code] for code in codes) or None


class NeedsWidget(widgets.Widget):
    """Kinds of needs that all wards share, by their names, in one cell."""

    def __init__(self):
        super().__init__()
        self.known = {search_key(each.name): each for each in NeedKind.objects.filter(ward=None)}

    def clean(self, value, row=None, **kwargs):
        names = [name.strip() for name in str(value or "").split(BETWEEN) if name.strip()]
        for name in names:
            if search_key(name) not in self.known:
                raise ValueError(UNKNOWN_NEED.format(name=name[:80]))
        return frozenset(self.known[search_key(name)] for name in names) or None


def _line(length: int) -> TypedWidget:
    return TypedWidget(LineField(max_length=length, required=False))


def _day() -> TypedWidget:
    return TypedWidget(VietnameseDateField(required=False))


def _number(most: int) -> TypedWidget:
    return TypedWidget(WholeNumberField(max_value=most, required=False))


class SupportKindResource(RegisterResource):
    """What may be given, to whom, by which text, one kind a line (danh mục loại hỗ trợ)."""

    code = fields.Field("code", "Mã", TypedWidget(KindCodeField(max_length=LONGEST_CODE)))
    name = fields.Field("name", "Tên", TypedWidget(NameField(max_length=200)))
    legal_reference = fields.Field(
        "legal_reference", "Căn cứ pháp lý", TypedWidget(LineField(max_length=250))
    )
    confidence = fields.Field("confidence", "Độ tin cậy", ChoiceWidget(Confidence))
    valid_from = fields.Field("valid_from", "Từ ngày", _day())
    valid_to = fields.Field("valid_to", "Đến ngày", _day())
    recipient = fields.Field("recipient", "Đối tượng nhận", ChoiceWidget(SupportRecipient))
    for_poor = fields.Field("for_poor", "Hộ nghèo", YesNoWidget(empty=None))
    for_near_poor = fields.Field("for_near_poor", "Hộ cận nghèo", YesNoWidget(empty=None))
    for_low_income = fields.Field(
        "for_low_income", "Lao động có thu nhập thấp", YesNoWidget(empty=None)
    )
    escaped_months = fields.Field(
        "escaped_months", "Mới thoát nghèo (tháng)", _number(LONGEST_WINDOW)
    )
    window = fields.Field(
        "window", "Cách xác định mới thoát nghèo", ChoiceWidget(WindowRule, is_required=False)
    )
    others = fields.Field("others", "Đối tượng khác", _line(300))
    conditions = fields.Field("conditions", "Điều kiện khác", _line(300))
    age_from = fields.Field("age_from", "Từ tuổi", _number(OLDEST))
    age_to = fields.Field("age_to", "Đến tuổi", _number(OLDEST))
    content_group = fields.Field("content_group", "Nhóm nội dung", _line(60))
    recurrence = fields.Field("recurrence", "Chu kỳ", ChoiceWidget(Recurrence))
    ceiling = fields.Field("ceiling", "Mức tối đa (đồng)", _number(LARGEST_AMOUNT))
    rate_in_words = fields.Field("rate_in_words", "Mức hỗ trợ", _line(300))
    quantity_unit = fields.Field("quantity_unit", "Đơn vị tính", _line(40))
    tells_of_health = fields.Field(
        "tells_of_health", "Cho biết tình trạng sức khỏe", YesNoWidget(empty=None)
    )
    programme = fields.Field(column_name=PROGRAMME)
    projects = fields.Field("listed_projects", PROJECTS)
    needs = fields.Field("listed_needs", NEEDS)

    optional = (
        "Từ ngày", "Đến ngày", "Hộ nghèo", "Hộ cận nghèo", "Lao động có thu nhập thấp",
        "Mới thoát nghèo (tháng)",
        "Cách xác định mới thoát nghèo", "Đối tượng khác", "Điều kiện khác", "Từ tuổi", "Đến tuổi",
        "Nhóm nội dung", "Mức tối đa (đồng)", "Mức hỗ trợ", "Đơn vị tính",
        "Cho biết tình trạng sức khỏe", PROGRAMME, PROJECTS, NEEDS,
    )  # fmt: skip
    codes = ("Mã", "Căn cứ pháp lý", PROGRAMME, PROJECTS)

    class Meta(RegisterResource.Meta):
        model = SupportKind
        fields = (
            "code", "name", "legal_reference", "confidence", "valid_from", "valid_to", "recipient",
            "for_poor", "for_near_poor", "for_low_income", "escaped_months", "window", "others",
            "conditions", "age_from", "age_to", "content_group", "recurrence", "ceiling",
            "rate_in_words", "quantity_unit", "tells_of_health", "programme", "projects", "needs",
        )  # fmt: skip
        export_order = fields

    def __init__(self, *, ward: Area | None, by: User):
        super().__init__()
        self.fields["projects"].widget = ProjectsWidget()
        self.fields["needs"].widget = NeedsWidget()

    def vocabulary(self):
        needs = [each.name for each in self.fields["needs"].widget.known.values()]
        programmes = sorted({programme for programme, _ in self.fields["projects"].widget.known})
        return {**super().vocabulary(), PROGRAMME: programmes, NEEDS: needs}

    def lines(self, reading: RegisterReading) -> list[ReadLine]:
        return [ReadLine(line, self._listed(record)) for line, record in reading.records]

    def _listed(self, record) -> ListedKind:
        apart = {"code", "programme", "projects", "needs"}
        said = {name: getattr(record, name) for name in self._meta.fields if name not in apart}
        values: Mapping[str, Any] = {
            name: value for name, value in said.items() if value not in (None, "")
        }
        return ListedKind(record.code, values, record.listed_projects, record.listed_needs)

    def dehydrate_programme(self, kind):
        return next((each.programme.code for each in kind.projects.all()), "")

    def dehydrate_projects(self, kind):
        return f"{BETWEEN} ".join(each.code for each in kind.projects.all())

    def dehydrate_needs(self, kind):
        return f"{BETWEEN} ".join(each.name for each in kind.needs.all())
