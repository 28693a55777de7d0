"""What several patterns fill an address or a post with."""

from collections.abc import Callable

from households.models import EscapePledge
from tests.access.patterns.pattern import Address, Place


def campaign(name: str) -> Callable[[Place], Address]:
    return lambda place: {"pk": place.ward.campaigns[name].pk}


def village(name: str) -> Callable[[Place], Address]:
    return lambda place: {
        "pk": place.ward.campaigns[name].pk,
        "village_pk": place.village.area.pk,
    }


def document(name: str) -> Callable[[Place], Address]:
    return lambda place: {"pk": place.ward.documents[name].pk}


def programme(place: Place) -> dict:
    return {"pk": place.ward.ward_project.project.programme_id}


def waiting_list(place: Place) -> Address:
    return {"pk": place.ward.waiting_list.pk}


def pledge(place: Place) -> EscapePledge:
    return EscapePledge.objects.get(household=place.village.first)


def household(place: Place) -> Address:
    return {"pk": place.village.first.pk}


# Every answer is undone, so one key serves every form.
FORM_KEY = "6f3c1a52-3f0e-4b8f-9d59-0a1f6f2f7c11"


ENDED_TODAY = {"on": "19/11/2026", "reason": "Thử lại"}


REASON = {"reason": "Đính chính theo biên bản họp thôn"}
