"""Splitting a village: each household goes to one part, the totals of every day stay."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from households.choices import EventKind
from households.ledger.selectors.classes import class_counts, former_villages, populations
from households.ledger.selectors.transition_tables import movement_tables
from households.models import Household, HouseholdEvent, ReviewRequest
from households.register.services.village_splitting import VillagePart, split_village
from households.rules.transitions import movement_problems
from povertyplan.core.choices import Role
from povertyplan.core.models import Area, AuditEvent
from tests.factories.core import UserFactory, VillageFactory, user_with
from tests.factories.households import (
    AreaYearFactory,
    CampaignFactory,
    CampaignVillageFactory,
    HouseholdFactory,
    ReviewRequestFactory,
    StatusFactory,
)
from tests.pages import NO_RIGHT, NOT_FOUND, heading_of, nothing_written, text_of

DAY = date(2026, 7, 1)


@pytest.fixture
def village(ward):
    return VillageFactory(parent=ward, name="Thôn 1", code="01", order=5)


@pytest.fixture
def households(village):
    """A poor household that stays and a near-poor one that goes."""
    made = []
    for code, head, poverty_class in (("A", "A Blong", "poor"), ("B", "Y Thoa", "near_poor")):
        household = HouseholdFactory(village=village, code=code, head=head)
        StatusFactory(household=household, poverty_class=poverty_class)
        made.append(household)
    return made


@pytest.fixture
def split(village, households, coordinator):
    def split(**changes):
        values = {
            "first": VillagePart("Thôn 1", "urban"),
            "second": VillagePart("Thôn 2", "rural"),
            "moving": [households[1]],
            "on": DAY,
            "reason": "Nghị quyết số 7",
            "version": village.version,
        }
        return split_village(village=village, by=coordinator, **(values | changes))

    return split


def test_each_household_goes_to_one_part_by_an_event(split, village, households, ward):
    second = split()

    first = Area.objects.get(name="Thôn 1", valid_to=None)
    assert [(area.valid_from, area.order, area.setting) for area in (first, second)] == [
        (DAY, 5, "urban"),
        (DAY, 5, "rural"),
    ]
    assert (first.code, second.code) == ("01", "02")
    assert second.path == f"{ward.path}{second.pk}/"
    assert set(first.predecessors.all()) == set(second.predecessors.all()) == {village}
    assert Area.objects.get(pk=village.pk).valid_to == date(2026, 6, 30)
    places = Household.objects.order_by("code").values_list("village", flat=True)
    assert list(places) == [first.pk, second.pk]
    events = HouseholdEvent.objects.all()
    assert {(event.kind, event.from_village, event.happened_on) for event in events} == {
        (EventKind.VILLAGE_SPLIT, village, DAY)
    }
    line = AuditEvent.objects.get()
    assert (line.summary, line.reason) == (
        "Tách Thôn 1 thành Thôn 1 (1 hộ) và Thôn 2 (1 hộ) từ ngày 01/07/2026.",
        "Nghị quyết số 7",
    )


def test_the_code_of_a_village_that_ended_is_not_given_again(split, ward):
    VillageFactory(parent=ward, code="07", valid_to=date(2025, 6, 30))

    assert split().code == "08"


@pytest.mark.parametrize("day", [date(2025, 12, 31), date(2026, 6, 30), DAY, date(2026, 11, 20)])
def test_the_totals_of_every_day_stay(split, ward, day):
    before = class_counts(area=ward, on=day)

    split()

    assert class_counts(area=ward, on=day) == before


def test_figures_of_earlier_days_are_those_of_the_old_village(split, village):
    second = split()

    old, new = (class_counts(area=area, on=date(2026, 6, 30)) for area in (village, second))
    assert (old.poor, old.near_poor) == (1, 1)
    assert (new.poor, new.near_poor) == (0, 0)
    assert class_counts(area=second, on=DAY).near_poor == 1


def test_the_movement_tables_balance(split, ward):
    period = {"after": date(2025, 12, 31), "until": date(2026, 11, 20)}
    before = movement_tables(area=ward, **period)

    second = split()

    assert movement_tables(area=ward, **period) == before
    assert movement_problems(movement_tables(area=second, **period)) == []


def test_nothing_is_made_up_of_the_population_and_the_past(split, village, ward):
    AreaYearFactory(ward=ward, area=village, households=100, persons=400)

    second = split()

    assert populations(area=second, days=[DAY]) == {DAY: None}
    assert former_villages(ward) == {}


def test_requests_that_wait_go_along(split, village, households):
    own = ReviewRequestFactory(village=village, household=households[1], applicant="Y Thoa")
    unknown = ReviewRequestFactory(village=village)

    second = split()

    assert ReviewRequest.objects.get(pk=own.pk).village == second
    assert ReviewRequest.objects.get(pk=unknown.pk).village.name == "Thôn 1"


def test_roles_end_and_go_on_where_they_are_marked(split, village):
    both, one, none = (user_with(Role.ENTRY_OFFICER, village, user=UserFactory()) for _ in range(3))

    split(
        first=VillagePart("Thôn 1", "urban", staying=[both, one]),
        second=VillagePart("Thôn 2", "rural", staying=[both]),
    )

    def going_on(user):
        return [grant.area.name for grant in user.grants.filter(valid_to=None).order_by("pk")]

    assert [going_on(user) for user in (both, one, none)] == [["Thôn 1", "Thôn 2"], ["Thôn 1"], []]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"second": VillagePart("thôn 1", "rural")}, "Hai thôn mới phải khác tên nhau."),
        ({"second": VillagePart("Thôn 9", "rural")}, "Thôn 9 đã có"),
        ({"second": VillagePart(" ", "rural")}, "Nhập tên thôn"),
        ({"on": date(2026, 11, 21)}, "không được sau ngày hôm nay"),
        ({"reason": " "}, "Nhập lý do"),
    ],
)
def test_a_split_that_cannot_be_is_refused(split, ward, changes, sentence):
    VillageFactory(parent=ward, name="Thôn 9")

    with pytest.raises(ValidationError, match=sentence):
        split(**changes)

    assert not HouseholdEvent.objects.exists()


def test_a_household_of_another_village_is_refused(split, ward):
    other = HouseholdFactory(village=VillageFactory(parent=ward), code="C")

    with pytest.raises(ValidationError, match="Hộ C không ở Thôn 1"):
        split(moving=[other])


@pytest.mark.parametrize("elsewhere", [False, True])
def test_a_household_that_left_in_the_meantime_is_refused(split, households, ward, elsewhere):
    gone = {"closed_on": date(2026, 6, 1), "closing_reason": "moved_out"}
    moved = {"village": VillageFactory(parent=ward)}
    Household.objects.filter(code="B").update(**(moved if elsewhere else gone))

    with pytest.raises(ValidationError, match="Hộ B không ở Thôn 1"):
        split(moving=[households[1]])

    assert not HouseholdEvent.objects.exists()


def test_a_village_under_review_is_not_split(split, village, ward):
    CampaignVillageFactory(campaign=CampaignFactory(ward=ward), village=village)

    with pytest.raises(ValidationError, match="Tách thôn sau khi công nhận"):
        split()


def test_the_page_asks_which_household_goes_where(client_of, coordinator, village, households):
    client = client_of(coordinator)
    address = f"/settings/villages/{village.pk}/split/"
    assert "Y Thoa (B)" in text_of(client.get(address))
    typed = {
        "version": village.version,
        "first_name": "Thôn 1",
        "first_setting": "urban",
        "second_name": "Thôn 2",
        "second_setting": "urban",
        "moving": [households[1].pk],
        "on": "01/07/2026",
        "reason": "Nghị quyết số 7",
    }

    with nothing_written():
        wrong = client.post(address, typed | {"second_name": ""})
    page = client.post(address, typed, follow=True)

    assert "Nhập tên thôn, tổ dân phố." in text_of(wrong)
    assert "Đã tách Thôn 1. Ghi tổng số hộ của hai thôn mới." in text_of(page)
    assert Household.objects.get(code="B").village.name == "Thôn 2"


def test_an_administrator_sees_no_heads(client_of, administrator, stranger, village):
    address = f"/settings/villages/{village.pk}/split/"

    page = client_of(administrator).get(f"/settings/villages/{village.pk}/")
    assert "/split/" not in page.content.decode()
    assert heading_of(client_of(administrator).get(address)) == NO_RIGHT
    assert heading_of(client_of(stranger).get(address)) == NOT_FOUND
