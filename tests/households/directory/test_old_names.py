"""Names from before they were cleaned: their keys are renewed once, and search finds them."""

import importlib
import unicodedata

import pytest
from django.apps import apps

from households.models import Person
from povertyplan.core.text.vietnamese import normalise_text
from tests.factories.households import HouseholdFactory
from tests.pages import text_of


@pytest.mark.parametrize(
    "old", ["Ngu\u200byễn\u00ad Hoa", "\u00d0ặng Hoa", "Y H\u2019Bơ\u0306", "Ta Na\u0301m"]
)
def test_search_finds_what_people_see_in_names_of_old_rows(client_of, coordinator, village, old):
    household = HouseholdFactory(village=village, code="HN-31")
    people = Person.objects.filter(memberships__household=household)
    people.update(full_name=old, search_key=old.casefold(), sort_key=old)

    importlib.import_module("households.migrations.0026_search_keys_again").renew_keys(apps, None)

    words = unicodedata.normalize("NFD", normalise_text(old))
    page = text_of(client_of(coordinator).get("/households/", {"q": words}))
    assert "HN-31" in page
