"""Form fields that read what a Vietnamese office types. They never guess a decimal mark."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Model, QuerySet

from povertyplan.core.text import formatting
from povertyplan.core.text.names import name_fault
from povertyplan.core.text.vietnamese import normalise_text

# Longer than anything we keep; Python refuses to read numbers of thousands of digits.
LONGEST_NUMBER = 40
LARGEST_INTEGER = 2_147_483_647
# What a key column holds; the databases fail on more instead of finding nothing.
LARGEST_KEY = 2**63 - 1
DATE_INPUT_FORMATS = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%Y-%m-%d")
EARLIEST_YEAR, LATEST_YEAR = 1900, 2100
# What a choice says that is not in its list, and one that is asked for and was not made.
NOT_LISTED = {"invalid_choice": "Chọn trong danh sách."}
CHOOSE = {"required": "Chọn trong danh sách.", **NOT_LISTED}

_SPACES = re.compile(r"[\s\u00a0\u202f]+")
_GROUPED = r"[1-9][0-9]{0,2}(?:[. ][0-9]{3})+|[0-9]+"
_WHOLE = re.compile(rf"^(?:{_GROUPED})$")
_DECIMAL = re.compile(rf"^({_GROUPED})(?:,([0-9]+))?$")
_SHORT_POINT = re.compile(r"^([0-9]+)\.([0-9]{1,2})$")
_LONG_POINT = re.compile(r"^([0-9]+)\.([0-9]{3,})$")


class WholeNumberField(forms.Field):
    """A whole number from 0: ``1234567``, ``1.234.567`` and ``1 234 567`` are the same."""

    default_error_messages = {
        "required": "Nhập số nguyên từ 0 trở lên.",
        "invalid": "Nhập số nguyên từ 0 trở lên.",
    }

    def __init__(self, *, max_value: int = LARGEST_INTEGER, **kwargs):
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric"}))
        super().__init__(**kwargs)
        message = f"Nhập số không lớn hơn {formatting.number(max_value)}."
        self.validators.append(MaxValueValidator(max_value, message))

    def to_python(self, value: object) -> int | None:
        if value in self.empty_values:
            return None
        text = _SPACES.sub(" ", str(value)).strip()
        if not _WHOLE.match(text) or len(text) > LONGEST_NUMBER:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return int(re.sub(r"[. ]", "", text))

    def prepare_value(self, value: object) -> object:
        return formatting.number(value) if isinstance(value, int) else value


class YearField(WholeNumberField):
    """A year, shown again without a mark between its thousands."""

    def __init__(self, *, first: int = EARLIEST_YEAR, last: int = LATEST_YEAR, **kwargs):
        super().__init__(max_value=last, **kwargs)
        self.validators.append(MinValueValidator(first, f"Nhập năm từ {first}."))

    def prepare_value(self, value: object) -> object:
        return value


class DecimalNumberField(forms.Field):
    """A number from 0 with a decimal comma.

    A single dot before one or two digits is read as the decimal mark and shown again as a
    comma; a dot that could mean both is refused, and the message writes the comma form.
    """

    default_error_messages = {
        "required": "Nhập một số, ví dụ 1,5.",
        "invalid": "Nhập một số từ 0 trở lên, ví dụ 1,5.",
        "point": "Dùng dấu phẩy cho phần thập phân: %(suggestion)s",
        "decimals": "Nhập tối đa %(decimals)s chữ số sau dấu phẩy.",
    }

    def __init__(
        self, *, max_value: Decimal | int = LARGEST_INTEGER, decimal_places: int = 3, **kwargs
    ):
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal"}))
        super().__init__(**kwargs)
        self.decimal_places = decimal_places
        message = f"Nhập số không lớn hơn {formatting.number(max_value)}."
        self.validators.append(MaxValueValidator(max_value, message))

    def to_python(self, value: object) -> Decimal | None:
        if value in self.empty_values:
            return None
        if isinstance(value, (int, Decimal)):
            return Decimal(value)
        return self._read(_SPACES.sub(" ", str(value)).strip())

    def prepare_value(self, value: object) -> object:
        if isinstance(value, (int, Decimal)):
            return formatting.number(value)
        point = _SHORT_POINT.match(value.strip()) if isinstance(value, str) else None
        return f"{point[1]},{point[2]}" if point else value

    def _read(self, text: str) -> Decimal:
        if point := _SHORT_POINT.match(text):
            return self._checked(point[1], point[2])
        # A dot that cannot be a thousands separator was meant as a comma.
        if (point := _LONG_POINT.match(text)) and not _WHOLE.match(text):
            raise ValidationError(
                self.error_messages["point"],
                code="point",
                params={"suggestion": f"{point[1]},{point[2]}"},
            )
        if not (found := _DECIMAL.match(text)):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return self._checked(re.sub(r"[. ]", "", found[1]), found[2] or "")

    def _checked(self, whole: str, fraction: str) -> Decimal:
        if len(fraction) > self.decimal_places:
            raise ValidationError(
                self.error_messages["decimals"],
                code="decimals",
                params={"decimals": self.decimal_places},
            )
        return Decimal(f"{whole}.{fraction or '0'}") if fraction else Decimal(whole)


class VietnameseDateField(forms.DateField):
    """A date typed day first: 09/08/2025 is 9 August."""

    default_error_messages = {
        "required": "Nhập ngày theo dạng ngày/tháng/năm, ví dụ 09/08/2025.",
        "invalid": "Nhập ngày theo dạng ngày/tháng/năm, ví dụ 09/08/2025.",
    }

    def __init__(self, **kwargs):
        attributes = {"inputmode": "numeric", "placeholder": "ngày/tháng/năm"}
        kwargs.setdefault("widget", forms.DateInput(format="%d/%m/%Y", attrs=attributes))
        super().__init__(input_formats=DATE_INPUT_FORMATS, **kwargs)

    def to_python(self, value: str | datetime | date | None) -> date | None:
        day = super().to_python(value)
        if day is not None and not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return day


def read_key(text: str) -> int | None:
    """The key of a row as a page sends it; None for what no row can have.

    >>> read_key("12"), read_key("x"), read_key("9" * 5000)
    (12, None, None)
    """
    if not text.isdecimal() or len(text) > len(str(LARGEST_KEY)):
        return None
    return key if (key := int(text)) <= LARGEST_KEY else None


class RecordsField(forms.ModelMultipleChoiceField):
    """Several records by their keys; a key too large for a column is no choice."""

    def clean(self, value: object) -> QuerySet:
        for key in value if isinstance(value, list | tuple) else ():
            if str(key).isdecimal() and read_key(str(key)) is None:
                raise ValidationError(
                    self.error_messages["invalid_choice"],
                    code="invalid_choice",
                    params={"value": key},
                )
        return super().clean(value)


def read_choices_once(field: forms.ModelChoiceField) -> None:
    """Read a field's records once, when its choices are shown.

    A required select looks at its first choice before it shows them all.
    """
    records = cast(Iterable, field.choices)
    field.choices = cache(lambda: list(records))


def offer_records(field: forms.ModelChoiceField, records: Iterable[Model]) -> None:
    """Offer records that are read already, which the field would read again."""
    empty = [] if field.empty_label is None else [("", field.empty_label)]
    field.choices = [*empty, *((each.pk, field.label_from_instance(each)) for each in records)]


class LineField(forms.CharField):
    """A line of text: stored composed (NFC), trimmed, with single spaces and nothing unseen."""

    default_error_messages = {"required": "Nhập nội dung này."}

    def __init__(self, *, max_length: int = 150, **kwargs):
        attributes = {"autocomplete": "off", "spellcheck": "false"}
        kwargs.setdefault("widget", forms.TextInput(attrs=attributes))
        super().__init__(max_length=max_length, **kwargs)

    def to_python(self, value: object) -> str:
        return normalise_text(super().to_python(value) or "")


class NameField(LineField):
    """The name of a place, an organisation, a code or a title: no look-alikes, no markup."""

    is_person = False

    def validate(self, value: str) -> None:
        super().validate(value)
        fault = name_fault(value, is_person=self.is_person) if value else ""
        if fault:
            raise ValidationError(self.refusal(value, fault), code="name")

    def refusal(self, value: str, fault: str) -> str:
        return f"“{value}” {fault}. Gõ lại."


class PersonNameField(NameField):
    """The name of a person."""

    is_person = True

    def refusal(self, value: str, fault: str) -> str:
        return f"“{value}” không phải là họ tên: {fault}."


class VersionField(forms.Field):
    """The version of the record that the page showed; None for anything that is no number.

    The service refuses a missing version with its own sentence.
    """

    widget = forms.HiddenInput

    def __init__(self, **kwargs):
        super().__init__(required=False, **kwargs)

    def to_python(self, value: object) -> int | None:
        text = str(value or "")
        return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
