"""What splitting a village takes in."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django import forms

from households.models import Household
from households.register.forms.village_list import SettingField
from households.register.forms.villages import NAME_MISSING, VillageReasonField, offer_holders
from households.register.services.village_splitting import VillagePart
from povertyplan.core import clock
from povertyplan.core.accounts.village_roles import roles_in
from povertyplan.core.models import Area, RoleGrant, User
from povertyplan.core.text.fields import (
    NOT_LISTED,
    NameField,
    RecordsField,
    VersionField,
    VietnameseDateField,
)


class MovingHouseholdsField(RecordsField):
    """Households by their heads."""

    def label_from_instance(self, obj):
        head = obj.head_membership
        return f"{head.person.full_name if head else 'Chưa có chủ hộ'} ({obj.code})"


class VillageSplitForm(forms.Form):
    """The two villages, and which households and roles go where."""

    fields: dict[str, Any]  # each of its own kind, which the stubs do not know

    version = VersionField()
    first_name = NameField(label="Thôn thứ nhất", max_length=120, error_messages=NAME_MISSING)
    first_setting = SettingField(label="Khu vực của thôn thứ nhất")
    first_staying = RecordsField(
        label="Giao thôn thứ nhất cho",
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=NOT_LISTED,
    )
    second_name = NameField(label="Thôn thứ hai", max_length=120, error_messages=NAME_MISSING)
    second_setting = SettingField(label="Khu vực của thôn thứ hai")
    second_staying = RecordsField(
        label="Giao thôn thứ hai cho",
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages=NOT_LISTED,
    )
    moving = MovingHouseholdsField(
        label="Hộ thuộc thôn thứ hai",
        queryset=Household.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Hộ không đánh dấu thuộc thôn thứ nhất.",
        error_messages=NOT_LISTED,
    )
    on = VietnameseDateField(label="Có hiệu lực từ ngày", initial=clock.today)
    reason = VillageReasonField()

    def __init__(self, *args, village: Area, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        households = Household.objects.visible_to(user).filter(village=village, closed_on=None)
        self.fields["moving"].queryset = households.with_head().order_by("code")
        grants = [grant for grant in roles_in([village]) if grant.user != user]
        for name in ("first_staying", "second_staying"):
            self._offer_holders(name, grants)

    def _offer_holders(self, name: str, grants: Iterable[RoleGrant]) -> None:
        roles = defaultdict(list)
        for grant in grants:
            roles[grant.user].append(grant.get_role_display())
        offer_holders(self.fields[name], roles)

    def parts(self) -> dict[str, VillagePart]:
        return {
            place: VillagePart(
                name=self.cleaned_data[f"{place}_name"],
                setting=self.cleaned_data[f"{place}_setting"],
                staying=self.cleaned_data[f"{place}_staying"],
            )
            for place in ("first", "second")
        }


def split_values(village: Area) -> dict[str, object]:
    """What the form shows first: the first part goes on under the village's name."""
    settings = dict.fromkeys(("first_setting", "second_setting"), village.setting)
    return {"version": village.version, "first_name": village.name, **settings}
