"""A form sent several times at once makes one record; its key serves nothing else."""

from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse

from households.models import Decision, HouseholdStatus, RecognisedVersion
from povertyplan.core.models import Unit, User
from povertyplan.core.platform.submissions import OTHER_CONTENT, once
from tests.concurrency.crowd import together
from tests.concurrency.server import browser_of, serving
from tests.factories.core import UnitFactory
from tests.households.campaigns import submitted_campaign

pytestmark = pytest.mark.django_db(transaction=True)

POSTS = 4
FEW = pytest.param(10, id="10 forms")
MANY = pytest.param(50, marks=pytest.mark.long, id="50 forms")


def add_unit(ward, key, name, by):
    """A small creating act, as every creating form does it."""
    return once(
        key=key,
        act="add_unit",
        content={"name": name},
        model=Unit,
        create=lambda: UnitFactory(ward=ward, name=name),
        by=by,
    )


@pytest.mark.parametrize("forms", [FEW, MANY])
def test_a_form_sent_four_times_at_once_makes_one_record(ward, coordinator, forms):
    for number in range(forms):
        key, name = str(uuid4()), f"Phòng số {number}"

        units = together(
            [lambda key=key, name=name: add_unit(ward, key, name, coordinator)] * POSTS
        )

        assert len({unit.pk for unit in units}) == 1
    assert Unit.objects.filter(ward=ward).count() == forms
    # A retry after the answer was lost.
    assert add_unit(ward, key, name, coordinator) == units[0]


@pytest.mark.parametrize("forms", [FEW, MANY])
def test_one_key_for_two_contents_at_once_is_refused_to_one(ward, coordinator, forms):
    def send(key, name):
        try:
            return add_unit(ward, key, name, coordinator)
        except ValidationError as refused:
            return refused.message

    for number in range(forms):
        key = str(uuid4())
        outcomes = together(
            [lambda name=name, key=key: send(key, name) for name in (f"A{number}", f"B{number}")]
        )

        assert outcomes.count(OTHER_CONTENT) == 1
    assert Unit.objects.filter(ward=ward).count() == forms


def test_check_then_insert_doubles(ward):
    """The control: asking first and inserting after makes several records."""

    def naive(name):
        if not User.objects.filter(full_name=name).exists():
            User.objects.create(username=str(uuid4()), full_name=name)

    for number in range(20):
        together([lambda name=f"Cán bộ {number}": naive(name)] * POSTS)

    doubles = User.objects.filter(full_name__startswith="Cán bộ").count() - 20
    print(f"\ncheck-then-insert on {connection.vendor}: {doubles} doubles")  # noqa: T201
    if connection.vendor == "postgresql":
        assert doubles > 0


def test_results_recognised_four_times_at_once_are_one_decision(ward, village, coordinator, leader):
    campaign = submitted_campaign(ward, village, by=coordinator)
    campaign.refresh_from_db()
    path = reverse("households:campaign_recognise", args=[campaign.pk])
    values = {
        "version": campaign.version,
        "number": "283/QĐ-UBND",
        "decided_on": "20/11/2026",
        "signer_title": "Chủ tịch",
        "signer_name": "Nguyễn Văn An",
    }

    with serving() as port:
        browsers = [browser_of(port, leader) for _ in range(POSTS)]
        answers = together(
            [lambda browser=browser: browser.send("POST", path, values) for browser in browsers]
        )

    assert [status for status, _words in answers] == [302] * POSTS
    assert Decision.objects.count() == RecognisedVersion.objects.count() == 1
    assert HouseholdStatus.objects.filter(ends_on=None).count() == 1
