"""What the forms of a draft's parts have in common: the version and the words that were shown."""

from hashlib import sha256
from typing import Any

from django import forms

from povertyplan.core.text.fields import VersionField
from reports.models import Document

MARK_LENGTH = 12


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
        version, was = self.cleaned_data["version"], self.cleaned_data["was"]
        is_older = version is not None and 1 <= version < self.document.version
        return self.document.version if is_older and was == self.mark else version


def mark_of_lines(lines: list[str]) -> str:
    return sha256("\n".join(lines).encode()).hexdigest()[:MARK_LENGTH]
