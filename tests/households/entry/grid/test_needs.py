"""Needs that come with a form of the bulk entry: both are saved, or neither."""

import pytest

from households.models import NeedInquiry, Review, SupportNeed
from tests.factories.core import WardFactory
from tests.factories.households import CampaignFactory, NeedFactory, NeedKindFactory
from tests.households.campaigns import pending_review
from tests.households.grids import message, send


@pytest.fixture
def review(ward, village):
    return pending_review(CampaignFactory(ward=ward), village)


def send_needs(client, review, needs):
    content = message(Review.objects.get(pk=review.pk))
    content["values"]["needs"] = needs
    return send(client, review, content)


def test_needs_are_recorded_once_and_answered(review, coordinator, client_of):
    client, first, second = client_of(coordinator), NeedKindFactory(), NeedKindFactory()

    send_needs(client, review, [first.pk])
    answer = send_needs(client, review, [first.pk, second.pk])

    assert answer.json()["values"]["needs"] == [first.pk, second.pk]
    assert {need.kind for need in SupportNeed.objects.all()} == {first, second}
    assert set(NeedInquiry.objects.values_list("source", flat=True)) == {"review"}


def test_no_need_is_an_answer_and_silence_is_none(review, coordinator, client_of):
    client = client_of(coordinator)
    NeedKindFactory()

    silent = send(client, review)
    assert "needs" not in silent.json()["values"]
    assert not NeedInquiry.objects.exists()
    for _ in range(2):
        assert send_needs(client, review, []).json()["values"]["needs"] == []

    assert NeedInquiry.objects.get().has_needs is False


@pytest.mark.parametrize("wrong", ["foreign", "persons", "gone", "text", "none beside a need"])
def test_what_cannot_be_a_need_is_refused_with_the_form(review, coordinator, client_of, wrong):
    kind = NeedKindFactory()
    if wrong == "none beside a need":
        NeedFactory(household=review.household, kind=kind)
    given = {
        "foreign": lambda: [NeedKindFactory(ward=WardFactory(), code="").pk],
        "persons": lambda: [NeedKindFactory(for_persons=True).pk],
        "gone": lambda: [NeedKindFactory(is_offered=False).pk],
        "text": lambda: "vay vốn",
        "none beside a need": list,
    }
    before = SupportNeed.objects.count()

    answer = send_needs(client_of(coordinator), review, given[wrong]())

    assert answer.status_code == 422
    assert "nhu cầu" in answer.json()["errors"]["row"]
    assert not Review.objects.done().exists()
    assert (SupportNeed.objects.count(), NeedInquiry.objects.count()) == (before, 0)
