"""What the third door to a new plan asks for: a Word file, what its paragraphs become, years."""

import hashlib
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from povertyplan.core.models import Area
from povertyplan.core.platform.submissions import SubmissionKeyField
from povertyplan.core.text.fields import VersionField
from reports.choices import WordPart
from reports.models import WordPassage
from reports.models.word_upload import DEEPEST_PASSAGE, LONGEST_FILE_NAME
from reports.plans.drafting.forms import PlanStartForm
from reports.plans.word.opening import open_word
from reports.plans.word.reading import refusals
from reports.plans.word.reading.package import LARGEST_FILE_MB
from reports.plans.word.reading.refusals import WordRefused
from reports.plans.word.services import PassageChoice, SentWord

FORGED = "Lựa chọn của một đoạn không có trong danh sách. Tải lại trang rồi chọn lại."


class WordFileForm(forms.Form):
    """A Word file that a plan is written from."""

    key = SubmissionKeyField()
    file = forms.FileField(
        label="Tệp Word",
        help_text=(
            f"Kế hoạch cũ của phường, xã hoặc kế hoạch của cấp trên; tệp .docx, tối đa "
            f"{LARGEST_FILE_MB} MB."
        ),
        max_length=LONGEST_FILE_NAME,
        widget=forms.FileInput(attrs={"accept": ".docx"}),
        error_messages={
            "required": "Chọn tệp .docx của văn bản.",
            "invalid": "Chọn tệp .docx của văn bản.",
            "missing": "Chọn tệp .docx của văn bản.",
            "empty": refusals.EMPTY,
            "max_length": f"Tên tệp dài quá {LONGEST_FILE_NAME} ký tự.",
        },
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE_MB * 1024 * 1024:
            raise ValidationError(refusals.TOO_LARGE.format(limit=LARGEST_FILE_MB))
        return file

    def clean(self):
        """Read the file: what cannot be read is said at its field, before anything is written."""
        cleaned = super().clean()
        if not self.errors:
            content = cleaned["file"].read()
            try:
                reading = open_word(content, cleaned["file"].name)
            except WordRefused as refused:
                self.add_error("file", str(refused))
            else:
                cleaned["file"] = SentWord(
                    cleaned["file"].name, hashlib.sha256(content).hexdigest(), reading
                )
        return cleaned


class WordStartForm(PlanStartForm):
    """The years of the plan that is written from a file, and how it stands to others."""

    version = VersionField()

    def __init__(self, *args, ward: Area, **kwargs):
        super().__init__(*args, ward=ward, **kwargs)
        for name in ("start", "key"):
            del self.fields[name]
        self.fields["subject"].help_text = "Để trống để lấy theo tệp Word."


class WordDiscardForm(forms.Form):
    """The file as it was when somebody was asked whether it is to go."""

    version = VersionField()


class PassageForm(forms.Form):
    """What one passage becomes; `was` is what it was when the page was shown."""

    fields: dict[str, Any]

    part = forms.ChoiceField(
        label="Thành", choices=WordPart.choices, error_messages={"invalid_choice": FORGED}
    )
    level = forms.TypedChoiceField(
        label="Cấp",
        coerce=int,
        choices=[(level, f"Cấp {level}") for level in range(1, DEEPEST_PASSAGE + 1)],
        error_messages={"invalid_choice": FORGED},
    )
    was = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, data=None, *, passage: WordPassage):
        self.passage = passage
        was = f"{passage.part}:{passage.level}:{passage.version}"
        initial = {"part": passage.part, "level": passage.level, "was": was}
        super().__init__(data, prefix=f"p{passage.order}", initial=initial)
        # What a block of a project says has to be entered first.
        offered = [each for each in WordPart if each != WordPart.PROJECT or passage.ward_project_id]
        self.fields["part"].choices = [(each.value, each.label) for each in offered]

    def show_newer(self) -> None:
        """Show what the passage is now. What was chosen stays, and counts when it is sent again."""
        names = ("was",) if self.choice() else ("was", "part", "level")
        data = cast(QueryDict, self.data).copy()
        for name in names:
            data[self.add_prefix(name)] = str(self.initial[name])
        self.data = data

    def choice(self) -> PassageChoice | None:
        """What was chosen, None where nothing was touched."""
        values = self.cleaned_data
        part, _, rest = values["was"].partition(":")
        level, _, version = rest.partition(":")
        if (values["part"], str(values["level"])) == (part, level):
            return None
        seen = int(version) if version.isdecimal() and len(version) < 9 else 0
        return PassageChoice(self.passage.order, values["part"], values["level"], seen)
