"""The button that rehearses: it takes nothing in, and says what the act refuses."""

from django import forms


class RehearsalForm(forms.Form):
    """Without fields: its errors are those of the recognition itself."""
