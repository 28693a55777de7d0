"""What a service refused, shown at the fields it is about."""

from collections.abc import Mapping

from django import forms
from django.core.exceptions import ValidationError


def show_refusal(
    form: forms.Form, refused: ValidationError, names: Mapping[str, str] | None = None
) -> None:
    """Put each refusal at its field, or above the form where it has none there.

    `names` are the form's own names of the service's values.
    """
    if not hasattr(refused, "error_dict"):
        form.add_error(None, refused)
        return
    for name, errors in refused.error_dict.items():
        field = (names or {}).get(name, name)
        form.add_error(field if field in form.fields else None, errors)
