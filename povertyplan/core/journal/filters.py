"""The journal's address turned into a typed query, and back into chips."""

from typing import cast

from django import forms
from django.http import QueryDict

from povertyplan.core.journal.acts import act_labels, label_of
from povertyplan.core.journal.selectors import JournalQuery, actors_for
from povertyplan.core.models import User
from povertyplan.core.text.fields import VietnameseDateField


class JournalFilterForm(forms.Form):
    """Who, which act, from and to which day, which words; a wrong value does not filter."""

    q = forms.CharField(
        label="Tìm trong nội dung",
        max_length=100,
        required=False,
        widget=forms.TextInput(
            attrs={"type": "search", "autocomplete": "off", "spellcheck": "false"}
        ),
    )
    who = forms.ModelChoiceField(
        label="Người thực hiện", queryset=User.objects.none(), required=False, empty_label="Tất cả"
    )
    act = forms.ChoiceField(label="Thao tác", required=False)
    after = VietnameseDateField(label="Từ ngày", required=False)
    until = VietnameseDateField(label="Đến ngày", required=False)

    def __init__(self, data, *, user, with_acts=True):
        super().__init__(data, auto_id="filter_%s")
        self.fields["who"].queryset = actors_for(user)
        self.fields["act"].choices = [("", "Tất cả"), *act_labels().items()]
        if not with_acts:
            del self.fields["act"]

    def query(self) -> JournalQuery:
        """The typed query of what is valid."""
        self.is_valid()
        values = self.cleaned_data
        return JournalQuery(
            words=values.get("q", ""),
            who=values.get("who"),
            act=values.get("act", ""),
            after=values.get("after"),
            until=values.get("until"),
        )

    def chips(self) -> list[dict[str, str]]:
        """Each condition in words, with the address without it."""
        self.is_valid()
        active = [name for name in self.fields if self.cleaned_data.get(name)]
        return [{"label": self._in_words(name), "url": self._without(name)} for name in active]

    def _in_words(self, name: str) -> str:
        value = self.cleaned_data[name]
        if name == "act":
            value = label_of(value)
        if name in ("after", "until"):
            value = self.data[name]
        return f"{self.fields[name].label}: {value}"

    def _without(self, name: str) -> str:
        query = cast(QueryDict, self.data).copy()
        for gone in (name, "page"):
            query.pop(gone, None)
        return f"?{query.urlencode()}"
