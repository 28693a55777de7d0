"""What the forms of a draft's parts have in common: the version and the words that were shown."""

from typing import Any

from django import forms

from povertyplan.core.text.fields import VersionField
from reports.models import Document
from reports.plans.seen_words import mark_of_lines, version_seen


class DraftPartForm(forms.Form):
    """A part of a draft. Another part that somebody saved meanwhile is no conflict with it."""

    fields: dict[str, Any]  # each of its own kind, which the stubs do not know

    version = VersionField()
    was = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, document: Document, initial: dict | None = None):
        self.document = document
        self.mark = mark_of_lines(self.lines_now())
        shown = {"version": document.version, "was": self.mark}
        super().__init__(data, initial=shown | (initial or {}))

    def lines_now(self) -> list[str]:
        """The part as it stands, in words."""
        return []

    def values(self) -> dict[str, object]:
        """The checked values, as the service takes them."""
        return {}

    def line_forms(self) -> list[forms.Form]:
        return []

    @property
    def seen_version(self) -> int | None:
        """The version the editor saw; where the part is the same still, that of now."""
        is_same = self.cleaned_data["was"] == self.mark
        version = self.cleaned_data["version"]
        return version_seen(version, now=self.document.version, is_same=is_same)
