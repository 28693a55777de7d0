"""One entry of the menu, and behind it what its reader may set."""

import re

import pytest

from povertyplan.core.choices import Role
from tests.factories.core import GrantFactory

PAGE = "/settings/"
WARD, USERS, VILLAGES = "/settings/ward/", "/settings/users/", "/settings/villages/"
UNITS, POPULATIONS = "/settings/units/", "/settings/populations/"
HOLIDAYS, PERIODS = "/settings/holidays/", "/settings/periods/"
PROGRAMMES = "/settings/programmes/"
NEEDS = "/settings/need-kinds/"
SUPPORT_KINDS = "/supports/kinds/"
DUTIES, PROCEDURES = "/settings/unit-duties/", "/settings/livelihood-procedures/"


def text(response):
    return response.content.decode()


def links(client):
    """The pages of the list, in their order."""
    return re.findall(r'<h2><a href="([^"]+)">', text(client.get(PAGE)))


@pytest.mark.parametrize(
    ("role", "pages"),
    [
        (
            "administrator",
            [
                *(WARD, VILLAGES, UNITS, POPULATIONS, USERS, HOLIDAYS, NEEDS),
                *(PROGRAMMES, SUPPORT_KINDS, PROCEDURES),
            ],
        ),
        ("coordinator", [WARD, VILLAGES, UNITS, DUTIES, POPULATIONS, HOLIDAYS, NEEDS, PERIODS]),
        ("leader", [DUTIES, PERIODS]),
    ],
)
def test_each_reader_is_led_to_what_they_may_open(client_of, role, pages, request):
    client = client_of(request.getfixturevalue(role))

    assert links(client) == pages
    assert [client.get(page).status_code for page in pages] == [200] * len(pages)


@pytest.mark.parametrize("role", ["village_head", "observer", "reporter"])
def test_others_have_neither_page_nor_entry(client_of, role, request):
    client = client_of(request.getfixturevalue(role))

    assert client.get(PAGE).status_code == 403
    assert "Thiết lập" not in text(client.get("/todo/"))


def test_the_entry_is_marked_on_every_page_of_settings(client_of, coordinator):
    client = client_of(coordinator)

    for page in (PAGE, WARD, VILLAGES, UNITS, POPULATIONS, HOLIDAYS, NEEDS, PERIODS):
        assert '<a href="/settings/" aria-current="page">Thiết lập</a>' in text(client.get(page))


def test_a_role_elsewhere_leads_to_the_settings_there(client_of, observer, stranger):
    GrantFactory(user=observer, role=Role.LEADER, area=stranger.ward)
    client = client_of(observer)

    assert links(client) == [DUTIES, PERIODS]
    assert stranger.ward.name in text(client.get(PERIODS))


def test_a_role_in_a_village_opens_no_settings_of_the_ward(client_of, observer, village):
    GrantFactory(user=observer, role=Role.LEADER, area=village)
    client = client_of(observer)

    assert links(client) == []
    assert "Bạn không có mục thiết lập nào" in text(client.get(PAGE))
    assert 'href="/settings/"' not in text(client.get(PAGE))
