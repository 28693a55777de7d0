"""The blocks of a draft as one form: a field for each that holds text."""

from typing import Any

from django import forms

from povertyplan.core.text.fields import LineField, VersionField
from reports.choices import TEXT_BLOCKS
from reports.models import Document
from reports.plans.writing.services import SUBJECT_MISSING

LONGEST_TEXT = 20_000
LETTERS_A_LINE = 90
MOST_LINES = 12


class DocumentTextForm(forms.Form):
    """What a draft says. `places` are the fields and, between them, what is written from data."""

    fields: dict[str, Any]  # each of its own kind, which the stubs do not know

    version = VersionField()
    subject = LineField(
        label="Trích yếu", max_length=300, error_messages={"required": SUBJECT_MISSING}
    )

    def __init__(self, data: Any = None, *, document: Document):
        initial = {"version": document.version, "subject": document.subject}
        super().__init__(data, initial=initial)
        self.places: list[tuple[str, str]] = []  # the name of a field, or "" and a label
        for block in document.blocks.order_by("order"):
            if block.kind not in TEXT_BLOCKS:
                self.places.append(("", block.get_kind_display()))
                continue
            name = f"b{block.pk}"
            self.fields[name] = self._field(block)
            self.places.append((name, ""))

    def texts(self) -> dict[int, str]:
        """The words by the key of their block; blocks that were not sent are left out."""
        return {
            int(name[1:]): self.cleaned_data[name]
            for name, _ in self.places
            if name and name in self.data
        }

    @staticmethod
    def _field(block) -> forms.CharField:
        lines = min(MOST_LINES, 1 + len(block.text) // LETTERS_A_LINE)
        return forms.CharField(
            label=block.get_kind_display(),
            initial=block.text,
            required=False,
            max_length=LONGEST_TEXT,
            widget=forms.Textarea(attrs={"rows": lines}),
        )
