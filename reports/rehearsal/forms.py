"""The button that rehearses, and why its lists leave the program."""

from django import forms

from households.directory.forms import PurposeForm
from povertyplan.core.text.fields import WholeNumberField


class RehearsalForm(forms.Form):
    """Which group of households is turned to which page; its errors are the recognition's too."""

    group = WholeNumberField(required=False, widget=forms.HiddenInput)
    page = WholeNumberField(required=False, widget=forms.HiddenInput)


class RehearsalFileForm(PurposeForm):
    """Why the lists leave the program; its errors are those of the recognition too."""
