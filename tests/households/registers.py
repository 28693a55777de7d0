"""What the acts on the register could write, and that a refused one wrote none of it."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from households.models import Household, HouseholdEvent, Membership, Person
from povertyplan.core.models import AuditEvent

DAY = date(2026, 5, 17)


def state():
    """Everything an act could write."""
    return (
        list(Household.objects.order_by("pk").values_list()),
        list(Person.objects.order_by("pk").values_list()),
        list(Membership.objects.order_by("pk").values_list()),
        HouseholdEvent.objects.count(),
        AuditEvent.objects.count(),
    )


def refused(act, service, sentence, **values):
    before = state()
    with pytest.raises(ValidationError, match=sentence):
        act(service, **values)
    assert state() == before


def present(household, on=DAY):
    rows = Membership.objects.present(on=on).filter(household=household)
    return sorted(rows.values_list("person__full_name", "relation"))
