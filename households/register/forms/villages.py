"""What the screens of villages take in."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms

from povertyplan.core import clock
from povertyplan.core.accounts.village_roles import roles_in
from povertyplan.core.choices import Setting
from povertyplan.core.models import Area, User
from povertyplan.core.text.fields import NameField, RecordsField, VietnameseDateField
from povertyplan.core.text.reasons import check_reason

NAME_MISSING = {"required": "Nhập tên thôn, tổ dân phố."}
CHOOSE_TWO = "Chọn ít nhất hai thôn, tổ dân phố để nhập."


def offer_holders(
    field: forms.ModelMultipleChoiceField, holders: Mapping[User, Iterable[str]]
) -> None:
    """Offer users, each once and with what they hold."""
    field.queryset = User.objects.filter(pk__in=[user.pk for user in holders])
    field.choices = [
        (user.pk, f"{user} ({', '.join(dict.fromkeys(held))})") for user, held in holders.items()
    ]


class VillageReasonField(forms.CharField):
    """On what a change of the list rests."""

    def __init__(self):
        super().__init__(
            label="Lý do, căn cứ",
            max_length=1000,
            validators=[check_reason],
            widget=forms.Textarea(attrs={"rows": 3}),
            help_text="Ví dụ: số, ngày nghị quyết hoặc quyết định.",
            error_messages={"required": "Nhập lý do, căn cứ."},
        )


class VillageDayForm(forms.Form):
    """The name of a village from a day on."""

    name = NameField(label="Tên mới", max_length=120, error_messages=NAME_MISSING)
    on = VietnameseDateField(label="Có hiệu lực từ ngày", initial=clock.today)

    def clean_on(self):
        if self.cleaned_data["on"] > clock.today():
            raise forms.ValidationError("Ngày xảy ra không được sau ngày hôm nay.")
        return self.cleaned_data["on"]


class VillageRenameForm(VillageDayForm):
    """Another name; `seen_name` is the one that was shown."""

    seen_name = forms.CharField(widget=forms.HiddenInput, strip=False)
    reason = VillageReasonField()


class VillageMergeForm(VillageDayForm):
    """Which villages become one, and what it is called."""

    fields: dict[str, Any]  # each of its own kind, which the stubs do not know

    villages = RecordsField(
        label="Các thôn, tổ dân phố nhập lại",
        queryset=Area.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": CHOOSE_TWO, "invalid_choice": "Chọn trong danh sách."},
    )
    code = NameField(label="Mã", max_length=10, required=False)
    setting = forms.ChoiceField(
        label="Khu vực",
        choices=Setting.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Chọn khu vực.", "invalid_choice": "Chọn khu vực."},
    )

    staying = RecordsField(
        label="Giao thôn mới cho",
        queryset=User.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Chỉ người được đánh dấu giữ vai trò, và thấy mọi hộ của thôn mới.",
        error_messages={"invalid_choice": "Chọn trong danh sách."},
    )

    def __init__(self, *args, ward: Area, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        villages = Area.objects.villages_of(ward)
        self.fields["villages"].queryset = villages
        self._offer_roles([grant for grant in roles_in(villages) if grant.user != user])

    def _offer_roles(self, grants):
        """Each holder of a role in a village once, with where they have one."""
        places = defaultdict(list)
        for grant in grants:
            places[grant.user].append(grant.area.name)
        offer_holders(self.fields["staying"], places)

    def clean_villages(self):
        if len(self.cleaned_data["villages"]) < 2:
            raise forms.ValidationError(CHOOSE_TWO)
        return self.cleaned_data["villages"]
