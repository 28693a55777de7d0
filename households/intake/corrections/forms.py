"""What correcting the rows of an import asks for."""

from django import forms

from households.choices import ImportDecision
from households.intake.sheets.headings import LABELS, SheetField
from households.intake.staging.forms import ImportVersionForm

TOO_LONG = {"max_length": "Nội dung dài %(show_value)s ký tự, tối đa %(limit_value)s."}


class CellForm(ImportVersionForm):
    """What the officer typed in place of one cell."""

    row = forms.IntegerField(min_value=0)
    column = forms.ChoiceField(choices=[(column.value, LABELS[column]) for column in SheetField])
    text = forms.CharField(max_length=200, required=False, error_messages=TOO_LONG)


class GroupForm(ImportVersionForm):
    """One answer to equal problems; without a text each row takes its own suggestion."""

    column = forms.ChoiceField(choices=[(column.value, LABELS[column]) for column in SheetField])
    code = forms.SlugField(max_length=40)
    raw = forms.CharField(max_length=5000, required=False, strip=False)
    text = forms.CharField(max_length=200, required=False, error_messages=TOO_LONG)


class UndoForm(ImportVersionForm):
    """Which change is taken back."""

    number = forms.IntegerField(min_value=1)


class DecisionForm(ImportVersionForm):
    """What happens to one row, or to all rows of its state."""

    row = forms.IntegerField(min_value=0)
    decision = forms.ChoiceField(
        choices=[("", "Bỏ lựa chọn"), *ImportDecision.choices], required=False
    )
    everywhere = forms.BooleanField(required=False)
