"""Who needs what and received what: the lists, ending met needs, the batch, the household."""

from datetime import date

import pytest
from django.urls import reverse

from households.choices import NeedOutcome
from households.models import SupportNeed
from povertyplan.core.choices import Role
from projects.choices import SupportRecipient, SupportState
from tests.factories.core import UnitFactory, user_with
from tests.factories.households import (
    HouseholdFactory,
    MembershipFactory,
    NeedFactory,
    NeedKindFactory,
    PersonFactory,
    StandardFactory,
    StatusFactory,
)
from tests.factories.projects import (
    ComponentProjectFactory,
    ProjectUnitFactory,
    SupportFactory,
    SupportKindFactory,
    WardProjectFactory,
)
from tests.pages import words_of
from tests.queries import questions

GAP, MET = reverse("projects:need_gap"), reverse("projects:need_met")


@pytest.fixture
def stock(db):
    return NeedKindFactory(name="Con giống")


@pytest.fixture
def hens(stock):
    kind = SupportKindFactory(name="Gà giống")
    kind.needs.add(stock)
    return kind


def household_of(village, code, poverty_class="poor"):
    household = HouseholdFactory(village=village, code=code, head=f"Chủ {code}")
    StatusFactory(household=household, poverty_class=poverty_class)
    return household


@pytest.fixture
def homes(village):
    return [household_of(village, f"HN-0{number}") for number in range(1, 5)]


def codes(client, kind, show):
    page = client.get(GAP, {"kind": kind.pk, "show": show})
    return [line.household.code for line in page.context["lines"]]


def test_need_and_support_are_set_against_each_other(homes, stock, hens, client_of, coordinator):
    first, second, third, fourth = homes
    NeedFactory(household=first, kind=stock)
    NeedFactory(household=second, kind=stock)
    SupportFactory(household=second, kind=hens)
    SupportFactory(household=third, kind=hens, repeat_reason="")
    SupportFactory(household=third, kind=hens, repeat_reason="Gà chết")
    SupportFactory(household=fourth, kind=hens)
    fourth.closed_on, fourth.closing_reason = date(2026, 6, 1), "moved_out"
    fourth.save()
    client = client_of(coordinator)

    assert codes(client, stock, "asked") == ["HN-01"]
    assert codes(client, stock, "eligible") == ["HN-01"]
    assert codes(client, stock, "twice") == ["HN-03"]
    assert codes(client, stock, "gone") == ["HN-04"]
    assert codes(client, stock, "ineligible") == []
    overview = words_of(client.get(GAP))
    assert "1 nhu cầu đã có hỗ trợ được giao" in overview
    assert "0/2 hộ có nhu cầu" in overview
    assert "4 hộ chưa hỏi" not in overview


def test_a_support_that_was_approved_stands_beside_the_need_it_will_serve(
    homes, stock, hens, client_of, coordinator
):
    for home in homes[:2]:
        NeedFactory(household=home, kind=stock)
    promised = {"promised_on": date(2026, 2, 1), "delivered_on": None}
    SupportFactory(household=homes[0], kind=hens, state=SupportState.PROMISED, **promised)

    page = words_of(client_of(coordinator).get(GAP, {"kind": stock.pk, "show": "asked"}))

    assert page.count("đã duyệt, chưa giao từ 01/02/2026") == 1


def test_who_is_no_longer_eligible_is_listed_while_it_matters(
    village, stock, hens, client_of, coordinator
):
    rich = household_of(village, "HN-09", poverty_class="not_poor")
    SupportFactory(household=rich, kind=hens)
    client = client_of(coordinator)
    assert codes(client, stock, "ineligible") == []

    promised = {"promised_on": date(2026, 5, 1), "delivered_on": None}
    SupportFactory(household=rich, kind=hens, state=SupportState.PROMISED, **promised)

    assert codes(client, stock, "ineligible") == ["HN-09"]


def test_a_member_who_left_is_listed(village, client_of, coordinator):
    training = NeedKindFactory(name="Học nghề", for_persons=True)
    course = SupportKindFactory(name="Lớp nghề", recipient=SupportRecipient.PERSON)
    course.needs.add(training)
    home = household_of(village, "HN-05")
    person = PersonFactory(ward=home.ward, full_name="Y Nam")
    member = MembershipFactory(household=home, person=person)
    SupportFactory(household=home, person=person, kind=course)
    client = client_of(coordinator)
    assert codes(client, training, "gone") == []

    member.left_on = date(2026, 6, 1)
    member.save()

    assert codes(client, training, "gone") == ["HN-05"]
    # The head had no course yet.
    assert codes(client, training, "eligible") == ["HN-05"]


def test_met_needs_end_on_the_day_of_the_delivery(homes, stock, hens, client_of, coordinator):
    needs = [NeedFactory(household=home, kind=stock) for home in homes[:3]]
    for home in homes[:2]:
        SupportFactory(household=home, kind=hens, delivered_on=date(2026, 5, 4))
    client = client_of(coordinator)
    page = words_of(client.get(MET))
    assert "HN-01" in page
    assert "HN-03" not in page

    nothing = client.post(MET, {})
    assert "Chọn ít nhất một nhu cầu." in words_of(nothing)
    unserved = client.post(MET, {"chosen": [f"{needs[2].pk}-1"]})
    assert "Danh sách vừa thay đổi" in words_of(unserved)
    client.post(MET, {"chosen": [f"{needs[0].pk}-1"]})

    needs[0].refresh_from_db()
    assert (needs[0].outcome, needs[0].ended_on) == (NeedOutcome.SERVED, date(2026, 5, 4))
    assert "Gà giống" in needs[0].end_reason
    assert SupportNeed.objects.open().count() == 2


def test_a_batch_is_for_those_in_need(homes, stock, hens, client_of, coordinator):
    """Of two who asked, one had it meanwhile."""
    for home in homes[1:3]:
        NeedFactory(household=home, kind=stock)
    SupportFactory(household=homes[2], kind=hens, delivered_on=date(2026, 5, 4))
    client = client_of(coordinator)
    asked = {"kind": hens.pk, "on": "10/03/2026"}

    everybody = client.get(reverse("projects:support_batch"), asked).context["lines"]
    in_need = client.get(reverse("projects:support_batch"), asked | {"in_need": "on"})

    assert len(everybody) == 4
    assert [line.candidate.household for line in in_need.context["lines"]] == [homes[1]]


def test_a_household_shows_what_it_may_still_receive_and_who_decides(
    homes, ward, stock, hens, client_of, coordinator
):
    project = ComponentProjectFactory()
    hens.projects.add(project)
    carried_out = WardProjectFactory(ward=ward, project=project)
    unit = UnitFactory(ward=ward, name="Phòng Kinh tế")
    ProjectUnitFactory(ward_project=carried_out, unit=unit)
    NeedFactory(household=homes[0], kind=stock)
    address = reverse("households:household_detail", args=[homes[0].pk])
    client = client_of(coordinator)

    page = words_of(client.get(address))
    assert "1 loại hỗ trợ chưa nhận trong kỳ, 1 loại đủ điều kiện hôm nay" in page
    assert "Gà giống Đang có nhu cầu" in page
    assert "Phòng Kinh tế" in page

    SupportFactory(household=homes[0], kind=hens)
    page = words_of(client.get(address))
    assert "Đã giao hỗ trợ đáp ứng nhu cầu con giống" in page
    assert "cho hộ này nhận thêm" in page


def test_a_household_is_offered_only_what_its_members_are_of_age_for(
    village, client_of, coordinator
):
    born = {"head__birth_date": date(1951, 3, 1)}
    home = HouseholdFactory(village=village, code="HN-07", head="Chủ HN-07", **born)
    StatusFactory(household=home)
    person = {"recipient": SupportRecipient.PERSON}
    food = {"age_to": 15, "others": "phụ nữ mang thai", "for_poor": False}
    SupportKindFactory(name="Sữa học đường", age_to=15, **person)
    SupportKindFactory(name="Dinh dưỡng", **food, for_near_poor=False, **person)
    SupportKindFactory(name="Trợ cấp tuổi già", age_from=60, **person)
    SupportKindFactory(name="Học nghề", conditions="là người lao động", **person)

    page = words_of(
        client_of(coordinator).get(reverse("households:household_detail", args=[home.pk]))
    )

    assert "Sữa học đường" not in page
    offered, to_verify = page.index("1 loại hỗ trợ chưa nhận"), page.index("2 loại cần xác minh")
    assert offered < page.index("Trợ cấp tuổi già Chủ HN-07") < to_verify
    assert to_verify < page.index("Dinh dưỡng Cần xác minh") < page.index("Học nghề Chủ HN-07")


def test_each_deprivation_names_what_removes_it(homes, stock, hens, client_of, coordinator):
    water = StandardFactory().indicators.get(number=9)
    stock.indicators.add(water)

    page = words_of(client_of(coordinator).get(GAP))

    assert f"{water} Con giống: Gà giống" in page
    assert "Không có hỗ trợ trực tiếp" in page


def test_an_observer_opens_no_gap_and_a_wrong_filter_is_said(stock, client_of, coordinator, ward):
    assert client_of(user_with(Role.OBSERVER, ward)).get(GAP).status_code == 403
    page = client_of(coordinator).get(GAP, {"kind": "x", "village": "y"})
    assert words_of(page).count("Chọn trong danh sách") >= 2


def test_the_gap_asks_the_same_whatever_its_length(village, stock, hens, client_of, coordinator):
    client = client_of(coordinator)
    pages = [(GAP, {}), (GAP, {"kind": stock.pk}), (MET, {})]

    def asked_with(*codes):
        for code in codes:
            home = household_of(village, code)
            NeedFactory(household=home, kind=stock)
            SupportFactory(household=home, kind=hens)
        return [questions(lambda page=page: client.get(*page))[1].total() for page in pages]

    asked_with("HN-0")  # the first visit of a session asks more
    assert asked_with("HN-1") == asked_with("HN-2", "HN-3")
