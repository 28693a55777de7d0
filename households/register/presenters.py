"""What is said after an act on a household or a village, and the value of a field in words."""

from collections.abc import Sequence
from typing import Any

from django import forms

from households.choices import YES_NO
from households.models import Household, Person
from households.register.services.village_list import NewVillage
from povertyplan.core.models import Area
from povertyplan.core.text import formatting

NO_NEW_HOUSEHOLD = "Bạn không được đưa hộ vào sổ ở phường, xã của mình."
NO_ACT = "Bạn không được ghi biến động của hộ này."
NO_VILLAGES = "Bạn không được sửa danh sách thôn của phường, xã này."
NO_PERSON = "Không có người này."
HEAD_CHANGED = "Đã đổi chủ hộ."
EVENT_PUT_RIGHT = "Đã ghi đính chính, hủy biến động."
NOBODY = "Hệ thống"  # acted where no person did


def household_entered(head_name: str) -> str:
    return f"Đã đưa hộ {head_name} vào sổ. Thêm các thành viên khác."


def household_saved(household: Household) -> str:
    return f"Đã lưu thông tin hộ {household.code}."


def household_split(new: Household, household: Household) -> str:
    return f"Đã tách hộ {new.code} từ hộ {household.code}."


def household_merged(other: Household, household: Household) -> str:
    return f"Đã nhập hộ {other.code} vào hộ {household.code}."


def household_closed(household: Household) -> str:
    return f"Đã đưa hộ {household.code} ra khỏi sổ."


def household_reopened(household: Household) -> str:
    return f"Đã đưa hộ {household.code} trở lại sổ."


def household_moved(village: Area) -> str:
    return f"Hộ đã chuyển sang {village}."


def member_added(person: Person) -> str:
    return f"Đã thêm {person}."


def birth_recorded(person: Person) -> str:
    return f"Đã ghi sinh {person}."


def member_saved(person: Person) -> str:
    return f"Đã lưu thông tin của {person}."


def member_moved(person: Person, target: Household) -> str:
    return f"{person} đã sang hộ {target.code}."


def member_left(person: Person) -> str:
    return f"Đã ghi biến động của {person}."


def member_returned(person: Person) -> str:
    return f"Đã đưa {person} trở lại hộ."


def villages_added(villages: Sequence[NewVillage]) -> str:
    if len(villages) == 1:
        return f"Đã thêm {villages[0].name}."
    return f"Đã thêm {len(villages)} thôn, tổ dân phố."


def village_saved(village: Area) -> str:
    return f"Đã sửa {village}."


def village_ended(village: Area) -> str:
    return f"Đã kết thúc {village}."


def village_renamed(village: Area) -> str:
    return f"Đã đổi tên thành {village}."


def villages_merged(village: Area) -> str:
    return f"Đã nhập thành {village}."


def village_split(village: Area) -> str:
    return f"Đã tách {village}. Ghi tổng số hộ của hai thôn mới."


def field_value(form: forms.Form, name: str) -> str:
    """A field's value as it reads on the page."""
    value, field = form[name].value(), form.fields[name]
    if isinstance(field, forms.BooleanField):
        return YES_NO[bool(value)]
    if isinstance(field, forms.ChoiceField):
        choices: Any = field.choices
        labels = {str(key): str(label) for key, label in choices}
        return labels.get(str(value if value is not None else ""), formatting.MISSING)
    return str(value or formatting.MISSING)
