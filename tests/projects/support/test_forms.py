"""The pages on which supports are recorded: one household, a group, many that are ticked."""

from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from projects.choices import SupportRecipient, SupportState
from projects.models import Support
from tests.factories.core import VillageFactory, WardFactory
from tests.factories.households import (
    HouseholdFactory,
    MembershipFactory,
    PersonFactory,
    StatusFactory,
)
from tests.factories.projects import (
    ProjectUnitFactory,
    SupportFactory,
    SupportKindFactory,
    WardProjectFactory,
)
from tests.pages import NOT_FOUND, heading_of, text_of
from tests.queries import questions

NEW = reverse("projects:support_new")
BATCH = reverse("projects:support_batch")
DELIVER = reverse("projects:support_deliver")
ACKNOWLEDGE = reverse("projects:support_acknowledge")


@pytest.fixture
def hens(db):
    return SupportKindFactory(name="Gà giống")


def household_of(village, code, poverty_class="poor"):
    household = HouseholdFactory(village=village, code=code, head=f"Chủ {code}")
    StatusFactory(household=household, poverty_class=poverty_class)
    return household


@pytest.fixture
def poor(village):
    return household_of(village, "HN-01")


def sent(**changes):
    gift = {"key": str(uuid4()), "state": "delivered", "quantity": "20", "amount": "2.000.000"}
    return {**gift, **changes}


def address_of(household):
    return reverse("projects:support_household", args=[household.pk])


def batch_address(kind, on="10/03/2026", **more):
    asked = {"kind": kind.pk, "on": on, **more}
    return BATCH + "?" + "&".join(f"{name}={value}" for name, value in asked.items())


def test_support_household_records_and_returns_to_the_household(poor, hens, client_of, coordinator):
    client = client_of(coordinator)
    assert "Chủ HN-01" in client.get(address_of(poor)).content.decode()

    answer = client.post(address_of(poor), sent(kind_choice=hens.pk, on="10/03/2026"))

    assert answer.url == reverse("households:household_detail", args=[poor.pk])
    saved = Support.objects.get()
    assert (saved.household, saved.amount, saved.delivered_on) == (
        poor,
        2_000_000,
        date(2026, 3, 10),
    )


def test_every_fault_of_the_form_is_said_at_once(poor, hens, client_of, coordinator):
    wrong = sent(kind_choice="", on="31/02/2026", quantity="-3", amount="1.5", source="chợ")

    answer = client_of(coordinator).post(address_of(poor), wrong)

    form = answer.context["form"]
    assert answer.status_code == 422
    assert {"kind_choice", "on", "quantity", "amount", "source"} == set(form.errors)
    assert "Nhập số đồng nguyên" in form.errors["amount"][0]


def test_a_missing_reason_is_asked_at_its_field_and_then_taken(poor, hens, client_of, coordinator):
    SupportFactory(household=poor, kind=hens)
    again = sent(kind_choice=hens.pk, on="01/09/2026")
    client = client_of(coordinator)

    refused = client.post(address_of(poor), again)
    assert refused.status_code == 422
    assert "Đã nhận hỗ trợ cùng loại" in refused.context["form"].errors["repeat_reason"][0]

    client.post(address_of(poor), again | {"repeat_reason": "Đàn gà chết do bão"})
    assert Support.objects.filter(repeat_reason="Đàn gà chết do bão").count() == 1


def test_a_form_sent_twice_records_once(poor, hens, client_of, coordinator):
    twice = sent(kind_choice=hens.pk, on="10/03/2026")
    client = client_of(coordinator)

    assert client.post(address_of(poor), twice).status_code == 302
    assert client.post(address_of(poor), twice).status_code == 302
    assert Support.objects.count() == 1


def test_a_member_of_another_household_is_no_choice(poor, village, client_of, coordinator):
    card = SupportKindFactory(recipient=SupportRecipient.PERSON)
    other = household_of(village, "HN-02").memberships.get()

    answer = client_of(coordinator).post(
        address_of(poor), sent(kind_choice=card.pk, on="10/03/2026", person=other.pk)
    )

    assert set(answer.context["form"].errors) == {"person"}


def test_another_ward_does_not_find_the_household(poor, client_of, stranger):
    assert heading_of(client_of(stranger).get(address_of(poor))) == NOT_FOUND
    answer = client_of(stranger).get(NEW, {"code": "HN-01"})
    assert "Không có hộ nào mang mã này" in answer.content.decode()


def test_support_new_finds_a_household_by_its_code(poor, client_of, coordinator):
    assert client_of(coordinator).get(NEW, {"code": " hn-01 "}).url == address_of(poor)


def test_support_new_records_for_a_group(hens, ward, client_of, coordinator):
    group = sent(
        kind_choice=hens.pk,
        on="10/03/2026",
        group_name="Tổ hợp tác nuôi gà",
        confirmation="Đã họp xét thành viên",
    )

    answer = client_of(coordinator).post(NEW, group)

    assert answer.url == f"{reverse('projects:support_list')}?year=2026"
    assert Support.objects.get().group_name == "Tổ hợp tác nuôi gà"


def test_a_unit_records_for_the_projects_that_it_leads(poor, hens, ward, client_of, reporter):
    own, other = WardProjectFactory.create_batch(2, ward=ward)
    ProjectUnitFactory(ward_project=own, unit=reporter.units[0], year_from=2026, year_to=2026)
    client = client_of(reporter)

    def post(**changes):
        return client.post(address_of(poor), sent(kind_choice=hens.pk, **changes))

    without = post(on="10/03/2026")
    foreign = post(on="10/03/2026", ward_project=other.pk)
    too_early = post(on="10/03/2025", ward_project=own.pk)
    assert {each.status_code for each in (without, foreign, too_early)} == {422}
    assert "không chủ trì" in too_early.context["form"].errors["ward_project"][0]

    assert post(on="10/03/2026", ward_project=own.pk).status_code == 302
    assert Support.objects.get().ward_project == own


def test_support_batch_lists_whom_the_rules_do_not_exclude(
    poor, village, hens, client_of, coordinator
):
    household_of(village, "HK-01", "not_poor")
    served = household_of(village, "HC-01", "near_poor")
    SupportFactory(household=served, kind=hens)

    page = text_of(client_of(coordinator).get(batch_address(hens)))

    assert "2 đối tượng nhận có thể được hỗ trợ vào ngày 10/03/2026" in page
    assert "Chủ HN-01" in page
    assert "Chủ HK-01" not in page
    assert "Gà giống, ngày 10/03/2026" in page
    assert "gồm cả đối tượng cần xác minh" in page


def test_support_batch_saves_all_that_are_ticked_or_none(
    poor, village, hens, client_of, coordinator
):
    second = household_of(village, "HN-02")
    served = household_of(village, "HN-03")
    SupportFactory(household=served, kind=hens)
    client = client_of(coordinator)

    refused = client.post(batch_address(hens), sent(chosen=[poor.pk, served.pk]))
    assert refused.status_code == 422
    assert "Chủ HN-03 (HN-03)" in str(refused.context["form"].errors["repeat_reason"])
    assert f'value="{served.pk}" checked' in refused.content.decode()
    assert Support.objects.count() == 1

    answer = client.post(batch_address(hens), sent(chosen=[poor.pk, second.pk]), follow=True)
    assert "Đã ghi 2 hỗ trợ: Gà giống." in text_of(answer)
    assert Support.objects.count() == 3


def test_support_batch_lists_persons_for_a_kind_for_persons(poor, ward, client_of, coordinator):
    card = SupportKindFactory(recipient=SupportRecipient.PERSON, age_to=15)
    child = MembershipFactory(
        household=poor, person=PersonFactory(ward=ward, birth_date=date(2016, 1, 1))
    ).person

    client = client_of(coordinator)
    page = client.get(batch_address(card)).content.decode()
    assert child.full_name in page
    assert "1 đối tượng nhận" in page

    client.post(batch_address(card), sent(chosen=[f"{poor.pk}-{child.pk}"]))
    assert Support.objects.get().person == child


@pytest.mark.parametrize("ticked", [[], ["999"], ["999-1"]])
def test_support_batch_takes_nobody_who_is_not_on_the_list(
    poor, hens, client_of, coordinator, ticked
):
    answer = client_of(coordinator).post(batch_address(hens), sent(chosen=ticked))

    assert set(answer.context["form"].errors) == {"chosen"}
    assert not Support.objects.exists()


def test_support_batch_takes_no_household_of_another_ward(poor, hens, client_of, coordinator):
    foreign = household_of(VillageFactory(parent=WardFactory()), "XA-01")

    answer = client_of(coordinator).post(batch_address(hens), sent(chosen=[foreign.pk]))

    assert set(answer.context["form"].errors) == {"chosen"}


def test_support_batch_says_a_wrong_question(hens, client_of, coordinator):
    client, asked = client_of(coordinator), f"{BATCH}?kind=999&on=x"

    looked_at = client.get(asked)
    sent_under_it = client.post(asked, sent(chosen=[]))

    assert set(looked_at.context["question"].errors) == {"kind", "on"}
    assert (looked_at.status_code, sent_under_it.status_code) == (200, 422)


def test_support_batch_of_a_ward_named_in_the_address_asks_before_it_complains(
    hens, ward, client_of, coordinator
):
    page = client_of(coordinator).get(BATCH, {"ward": ward.pk})

    assert not page.context["question"].errors
    assert "Lỗi" not in text_of(page)


def test_support_batch_asks_as_much_for_three_as_for_one(
    poor, village, hens, client_of, coordinator
):
    client = client_of(coordinator)
    client.get(batch_address(hens))
    _page, one = questions(lambda: client.get(batch_address(hens)))
    for code in ("HN-02", "HN-03"):
        SupportFactory(household=household_of(village, code), kind=hens)

    _page, three = questions(lambda: client.get(batch_address(hens)))

    assert three.total() == one.total()


@pytest.fixture
def promised(poor, hens):
    return SupportFactory(
        household=poor,
        kind=hens,
        state=SupportState.PROMISED,
        promised_on=date(2026, 3, 1),
        delivered_on=None,
    )


def tick(support, **more):
    return {f"s{support.pk}-chosen": "on", f"s{support.pk}-version": support.version, **more}


def test_what_was_promised_is_delivered_and_signed_for(promised, client_of, coordinator):
    client = client_of(coordinator)
    assert "Chủ HN-01" in client.get(DELIVER).content.decode()

    client.post(DELIVER, tick(promised, on="10/03/2026"))
    promised.refresh_from_db()
    assert promised.state == SupportState.DELIVERED

    client.post(ACKNOWLEDGE, tick(promised, on="11/03/2026", document="DS ký nhận 1"))
    promised.refresh_from_db()
    assert (promised.state, promised.document) == (SupportState.ACKNOWLEDGED, "DS ký nhận 1")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"on": "10/03/2026"}, "Chọn ít nhất một đối tượng nhận."),
        ({"on": ""}, "Nhập ngày theo dạng"),
    ],
)
def test_a_delivery_says_what_is_missing(promised, client_of, coordinator, values, said):
    answer = client_of(coordinator).post(DELIVER, values)

    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_unit_delivers_only_what_its_projects_promised(promised, client_of, reporter, ward):
    own = WardProjectFactory(ward=ward)
    ProjectUnitFactory(ward_project=own, unit=reporter.units[0])
    client = client_of(reporter)

    assert "Chủ HN-01" not in client.get(DELIVER).content.decode()
    assert client.post(DELIVER, tick(promised, on="10/03/2026")).status_code == 422
    assert Support.objects.get().state == SupportState.PROMISED


@pytest.fixture
def unit(ward, reporter):
    """Who reports for a unit that leads a project, which is no reader of health."""
    project = WardProjectFactory(ward=ward)
    ProjectUnitFactory(ward_project=project, unit=reporter.units[0])
    reporter.leads = project
    return reporter


@pytest.fixture
def single_parent(poor):
    """A kind of the group in which somebody received a kind that tells of health."""
    secret = SupportKindFactory(
        name="Trợ cấp người bệnh", content_group="Trợ cấp", tells_of_health=True
    )
    SupportFactory(household=poor, kind=secret)
    return SupportKindFactory(name="Trợ cấp đơn thân", content_group="Trợ cấp")


def test_who_does_not_read_health_learns_of_another_support_and_not_of_which(
    poor, single_parent, unit, client_of, coordinator
):
    other = "một hỗ trợ khác cùng nhóm"
    client = client_of(unit)
    again = sent(
        kind_choice=single_parent.pk, on="10/03/2026", ward_project=unit.leads.pk, chosen=[poor.pk]
    )
    SupportFactory(
        household=poor,
        kind=single_parent,
        ward_project=unit.leads,
        state=SupportState.PROMISED,
        promised_on=date(2026, 3, 1),
        delivered_on=None,
    )
    waiting = Support.objects.latest("pk")

    for answer in (
        client.get(batch_address(single_parent)),
        client.post(batch_address(single_parent), again),
        client.post(address_of(poor), again),
        client.post(DELIVER, tick(waiting, on="10/03/2026")),
    ):
        page = text_of(answer)
        assert other in page
        assert "người bệnh" not in page
    assert "Trợ cấp người bệnh, ngày" in text_of(
        client_of(coordinator).get(batch_address(single_parent))
    )


def test_a_kind_that_tells_of_health_is_a_choice_of_those_who_read_it(
    poor, single_parent, unit, client_of, coordinator
):
    secret = Support.objects.get().kind
    pages = (address_of(poor), NEW, BATCH, reverse("projects:support_list"))

    def offers(user):
        client = client_of(user)
        return {f">{secret.name}</option>" in client.get(page).content.decode() for page in pages}

    assert offers(coordinator) == {True}
    assert offers(unit) == {False}
    asked = client_of(unit).get(batch_address(secret)).context["question"]
    assert set(asked.errors) == {"kind"}
