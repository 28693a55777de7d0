"""Programmes, and the projects they consist of, as sheets."""

from typing import Any

from django import forms
from import_export import fields

from povertyplan.core.models import Area, User
from povertyplan.core.registers.resources import (
    ChoiceWidget,
    ReadLine,
    RegisterReading,
    RegisterResource,
    TypedWidget,
)
from povertyplan.core.text.fields import LineField, NameField, VietnameseDateField
from povertyplan.core.text.vietnamese import normalise_text
from projects.choices import ProgrammeKind
from projects.models import ComponentProject, Programme
from projects.programme.forms.structure import CODE_FAULT, CODE_SHAPE, LevelsField
from projects.programme.services.structure import ProgrammeInput, ProjectPartInput
from projects.programme.services.structure_lists import ListedPartOfProgramme

LEVELS = "Tên các cấp"
BETWEEN_LEVELS = ";"
FOR_WARDS = "Phường, xã được thực hiện"
YES, NO = "Có", "Không"
YES_OR_NO = f"Nhập {YES} hoặc {NO}."


class LevelsWidget(TypedWidget):
    """Names of levels from the top, in one cell."""

    def __init__(self):
        super().__init__(LevelsField())

    def clean(self, value, row=None, **kwargs):
        return super().clean("\n".join(str(value or "").split(BETWEEN_LEVELS)), row, **kwargs)

    def render(self, value, obj=None, **kwargs):
        return f"{BETWEEN_LEVELS} ".join(value or ())


class YesNoWidget(ChoiceWidget):
    """A yes or no in words; an empty cell is a yes, or says nothing where `empty` is None."""

    def __init__(self, *, empty: bool | None = True):
        self.empty = empty
        self.labels, self.is_required = {"True": YES, "False": NO}, False

    def clean(self, value, row=None, **kwargs):
        if not normalise_text(str(value or "")):
            return self.empty
        try:
            return super().clean(value, row, **kwargs) == "True"
        except ValueError as unknown:
            raise ValueError(YES_OR_NO) from unknown

    def render(self, value, obj=None, **kwargs):
        return YES if value else NO


class PartCodeField(LineField):
    """A code as the form of a part takes it."""

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and not CODE_SHAPE.fullmatch(value):
            raise forms.ValidationError(CODE_FAULT)


def _line(length: int) -> TypedWidget:
    return TypedWidget(LineField(max_length=length, required=False))


def _day(**options) -> TypedWidget:
    return TypedWidget(VietnameseDateField(**options))


def _name(length: int, **options) -> TypedWidget:
    return TypedWidget(NameField(max_length=length, **options))


class ProgrammeResource(RegisterResource):
    """The programmes, one a line (danh mục chương trình)."""

    kind = fields.Field("kind", "Loại", ChoiceWidget(ProgrammeKind))
    code = fields.Field(
        "code",
        "Mã",
        TypedWidget(LineField(max_length=20, error_messages={"required": "Nhập mã."})),
    )
    name = fields.Field("name", "Tên chương trình", _name(200))
    levels = fields.Field("levels", LEVELS, LevelsWidget())
    legal_reference = fields.Field("legal_reference", "Căn cứ pháp lý", _line(250))
    valid_from = fields.Field("valid_from", "Từ ngày", _day())
    valid_to = fields.Field("valid_to", "Đến ngày", _day(required=False))
    funds_until = fields.Field("funds_until", "Vốn kéo dài đến ngày", _day(required=False))
    funds_reference = fields.Field("funds_reference", "Căn cứ kéo dài vốn", _line(250))

    optional = ("Căn cứ pháp lý", "Đến ngày", "Vốn kéo dài đến ngày", "Căn cứ kéo dài vốn")
    codes = ("Mã", "Căn cứ pháp lý", "Căn cứ kéo dài vốn")

    class Meta(RegisterResource.Meta):
        model = Programme
        fields = (
            "kind", "code", "name", "levels", "legal_reference", "valid_from", "valid_to",
            "funds_until", "funds_reference",
        )  # fmt: skip
        export_order = fields

    def __init__(self, *, ward: Area | None, by: User):
        super().__init__()

    def lines(self, reading: RegisterReading) -> list[ReadLine]:
        names = ProgrammeInput.__dataclass_fields__
        return [
            ReadLine(line, ProgrammeInput(**{name: getattr(record, name) for name in names}))
            for line, record in reading.records
        ]


class PartResource(RegisterResource):
    """The projects of programmes and what is below them, one a line (danh mục dự án)."""

    programme = fields.Field(
        "programme_code",
        "Chương trình",
        TypedWidget(LineField(max_length=20, error_messages={"required": "Nhập mã chương trình."})),
    )
    code = fields.Field(
        "code",
        "Mã",
        TypedWidget(PartCodeField(max_length=12, error_messages={"required": "Nhập mã."})),
    )
    official_name = fields.Field("official_name", "Tên chính thức", _name(250, required=False))
    for_wards = fields.Field("for_wards", FOR_WARDS, YesNoWidget())

    optional = (FOR_WARDS,)
    codes = ("Chương trình", "Mã")

    class Meta(RegisterResource.Meta):
        model = ComponentProject
        fields = ("programme", "code", "official_name", "for_wards")
        export_order = fields

    def __init__(self, *, ward: Area | None, by: User):
        super().__init__()

    def vocabulary(self):
        codes = list(Programme.objects.values_list("code", flat=True))
        return {"Chương trình": codes, **super().vocabulary()}

    def lines(self, reading: RegisterReading) -> list[ReadLine]:
        names = ProjectPartInput.__dataclass_fields__
        return [
            ReadLine(
                line,
                ListedPartOfProgramme(
                    getattr(record, "programme_code", ""),
                    ProjectPartInput(**{name: getattr(record, name) for name in names}),
                ),
            )
            for line, record in reading.records
        ]

    def dehydrate_programme(self, part):
        return part.programme.code
