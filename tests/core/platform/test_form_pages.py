"""What a service refuses, said in the form that was sent."""

import pytest
from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from povertyplan.core.models import User
from povertyplan.core.platform.form_pages import WRITE_AGAIN, newer_row, perform
from povertyplan.core.platform.versions import StaleVersion
from povertyplan.core.text.fields import VersionField


class NameForm(forms.Form):
    version = VersionField()
    name = forms.CharField()


@pytest.fixture
def form():
    sent = NameForm({"name": "Y Nam", "version": "1"})
    assert sent.is_valid()
    return sent


def refusing(refusal):
    def service(**values):
        raise refusal

    return service


def test_perform_returns_what_the_service_returns(form):
    assert perform(form, lambda *, name: name.upper(), name="y nam") == "Y NAM"
    assert not form.errors


@pytest.mark.parametrize(
    ("refusal", "names", "errors"),
    [
        pytest.param("Khóa.", {}, {NON_FIELD_ERRORS: ["Khóa."]}, id="about no value"),
        pytest.param({"name": "Sai."}, {}, {"name": ["Sai."]}, id="about a field"),
        pytest.param(
            {"area": "Sai."}, {}, {NON_FIELD_ERRORS: ["Sai."]}, id="about what is no field"
        ),
        pytest.param(
            {"title": "Sai."}, {"title": "name"}, {"name": ["Sai."]}, id="named otherwise"
        ),
        pytest.param(
            "Sai.", {NON_FIELD_ERRORS: "name"}, {"name": ["Sai."]}, id="of the form's one field"
        ),
        pytest.param(
            {"name": ["Một.", "Hai."], "area": "Ba."},
            {},
            {"name": ["Một.", "Hai."], NON_FIELD_ERRORS: ["Ba."]},
            id="several",
        ),
    ],
)
def test_perform_puts_each_sentence_where_it_belongs(form, refusal, names, errors):
    assert perform(form, refusing(ValidationError(refusal)), names=names) is None
    assert form.errors == errors
    assert newer_row(form) is None


def test_a_form_that_was_overtaken_carries_the_version_of_now(form):
    current = User(version=4)

    assert perform(form, refusing(StaleVersion(current))) is None

    assert form.errors == {NON_FIELD_ERRORS: [WRITE_AGAIN]}
    assert (form["version"].value(), form["name"].value()) == ("4", "Y Nam")
    assert newer_row(form) is current
