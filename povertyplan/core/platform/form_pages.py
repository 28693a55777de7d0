"""A page with a form: its service is called, and what the service refuses is said in the form."""

from collections.abc import Callable, Mapping
from typing import TypeVar, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from povertyplan.core.platform.versions import StaleVersion, version_of

Result = TypeVar("Result")

WRITE_AGAIN = "Hồ sơ vừa được sửa ở nơi khác. Xem lại biểu mẫu này rồi gửi lần nữa."


def perform(
    form: forms.Form,
    service: Callable[..., Result],
    /,
    *,
    names: Mapping[str, str] | None = None,
    **values: object,
) -> Result | None:
    """Call the service of a valid form; None where it refused, and the form then says why.

    Each sentence is put at its field, or above the form where the form has no such field. `names`
    are the form's own names of the service's values; NON_FIELD_ERRORS names the field of a refusal
    that belongs to no value.
    """
    try:
        return service(**values)
    except StaleVersion as stale:
        _carry_version(form, stale.current)
        form.add_error(None, WRITE_AGAIN)
    except ValidationError as refused:
        for name, errors in _by_value(refused).items():
            field = (names or {}).get(name, name)
            form.add_error(field if field in form.fields else None, errors)
    return None


def perform_button(
    request: HttpRequest, service: Callable[..., Result], /, **values: object
) -> Result | None:
    """Call the service of a button without a form of its own; a refusal becomes a message."""
    try:
        return service(**values)
    except ValidationError as refused:
        for sentence in refused.messages:
            messages.error(request, sentence)
    return None


def newer_row(form: forms.Form) -> models.Model | None:
    """The record as somebody else saved it meanwhile, for which the service refused the form."""
    return getattr(form, "newer_row", None)


def form_response(
    request: HttpRequest, template: str, context: Mapping[str, object], *more: forms.Form
) -> HttpResponse:
    """The page of the context's form and of `more` forms or formsets; 422 where one is wrong."""
    own = cast(forms.Form | None, context.get("form"))
    shown = [form for form in (own, *more) if form is not None]
    status = 422 if any(any(form.errors) for form in shown) else 200
    return render(request, template, context, status=status)


def _carry_version(form: forms.Form, current: models.Model) -> None:
    """Send the version of now with the form, so that it can be sent once more when looked at."""
    form.newer_row = current  # type: ignore[attr-defined]  # for the page, which shows both
    if "version" in form.fields:
        data = cast(QueryDict, form.data).copy()
        data[form.add_prefix("version")] = str(version_of(current))
        form.data = data


def _by_value(refused: ValidationError) -> dict[str, list[ValidationError]]:
    if hasattr(refused, "error_dict"):
        return refused.error_dict
    return {NON_FIELD_ERRORS: refused.error_list}
