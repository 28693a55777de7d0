"""Two persons edited one record: what differs, and the values that the second one settles on."""

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

from households.models import Household
from households.register import presenters as words
from households.rules.conflicts import THEIRS, Difference, choices_in
from povertyplan.core.models import AuditEvent
from povertyplan.core.text import formatting

# Neither are facts of the record, nor may a personal number be shown.
NOT_COMPARED = frozenset(
    {"version", "document", "note", "confirmed", "citizen_id", "forgets_number"}
)


def conflict_page(
    request: HttpRequest, household: Household, form: forms.Form, theirs: forms.Form
) -> HttpResponse:
    """Both sides of every field that differs; nothing has been overwritten."""
    last = AuditEvent.objects.filter(
        object_type=Household._meta.label_lower, object_id=household.pk
    ).select_related("actor")
    event = last.first()
    left_out = {"csrfmiddlewaretoken", "version"}
    typed = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in left_out and not name.startswith("keep_")
        for value in values
    ]
    context = {
        "household": household,
        "typed": [*typed, ("version", household.version)],
        "conflict": {
            "who": (event.actor if event else None) or words.NOBODY,
            "time": formatting.moment(event.at if event else None),
            "rows": differences(form, theirs),
        },
    }
    return render(request, "households/register/edit_conflict.html", context, status=409)


def differences(mine: forms.Form, theirs: forms.Form) -> list[Difference]:
    """The fields in which a sent form differs from the record, in the order of the form."""
    rows = [
        Difference(
            name, str(field.label), words.field_value(theirs, name), words.field_value(mine, name)
        )
        for name, field in mine.fields.items()
        if name not in NOT_COMPARED
    ]
    return [row for row in rows if row.theirs != row.mine]


def settle_values(data: QueryDict, theirs: forms.Form) -> QueryDict:
    """What was sent, with the record's value in the fields where it was chosen."""
    taken = [name for name, side in choices_in(data).items() if side == THEIRS]
    result = data.copy()
    for name in taken:
        if name in theirs.fields and name not in NOT_COMPARED:
            _put_value(result, name, theirs[name].value())
    return result


def _put_value(data: QueryDict, name: str, value: object) -> None:
    if isinstance(value, bool) and not value:
        data.pop(name, None)
    else:
        data[name] = "on" if value is True else str(value if value is not None else "")
