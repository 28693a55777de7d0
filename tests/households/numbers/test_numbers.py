"""One personal number in two wards: saved without a word, and settled by both."""

import re
from datetime import date
from functools import partial
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from households.choices import EventKind, NumberOutcome, RelationToHead, Sex
from households.models import HouseholdEvent, Membership, Person
from households.numbers.services import settle_number
from households.register.services.members import add_member
from households.register.services.registering import MemberInput
from povertyplan.core.choices import Role
from povertyplan.core.models import AuditEvent
from tests.concurrency.crowd import together
from tests.factories.core import VillageFactory, WardFactory, user_with
from tests.factories.households import HouseholdFactory, MembershipFactory, PersonFactory
from tests.pages import text_of

NUMBER, FREE = "062185001234", "062185009999"
LIST = "/households/numbers/"
DAY = date(2020, 1, 2)


def holder(ward, name, number=NUMBER, **facts):
    """A present member with a number, in a household of a ward."""
    household = HouseholdFactory(village=VillageFactory(parent=ward), head="Lê Văn Chủ")
    person = PersonFactory(ward=ward, full_name=name, citizen_id=number)
    return MembershipFactory(household=household, person=person, **facts)


@pytest.fixture
def there(db):
    return WardFactory(name="Phường Ngọc Réo")


@pytest.fixture
def own(ward):
    return holder(ward, "Y Hữu Nam")


@pytest.fixture
def other(there):
    return holder(there, "A Thị Bí Mật")


@pytest.fixture
def neighbour(there):
    return user_with(Role.COORDINATOR, there)


def joining(number, name="Y Mới"):
    return MemberInput(
        full_name=name,
        sex=Sex.FEMALE,
        relation=RelationToHead.CHILD,
        birth_date=date(2010, 1, 1),
        citizen_id=number,
    )


def add(household, by, number=NUMBER, name="Y Mới"):
    household.refresh_from_db()
    return add_member(
        household=household,
        member=joining(number, name),
        joined_on=DAY,
        version=household.version,
        key=str(uuid4()),
        by=by,
    )


def sent(household, number):
    return {
        "version": household.version,
        "key": str(uuid4()),
        "full_name": "Y Mới",
        "relation": "sibling",
        "birth": "01/01/1985",
        "sex": "female",
        "citizen_id": number,
        "on": "02/01/2020",
    }


def test_the_answer_is_that_of_a_free_number(client_of, coordinator, village, other):
    client = client_of(coordinator)
    answers = []
    for number, name in ((NUMBER, "Y Mới"), (FREE, "Y Lan")):
        household = HouseholdFactory(village=village, head="Lê Văn Chủ")
        address = reverse("households:member_add", args=[household.pk])
        values = sent(household, number) | {"full_name": name}
        answer = client.post(address, values, follow=True)
        assert answer.redirect_chain[-1][1] == 302
        assert Person.objects.filter(ward=village.parent, citizen_id=number).count() == 1
        words = re.sub(r'value="[^"]*"|nonce="[^"]*"|\d+', "", text_of(answer))
        answers.append(words.replace(name, "").replace(household.code, ""))

    assert answers[0] == answers[1]


def test_a_number_stays_one_persons_in_a_ward(coordinator, own):
    with pytest.raises(ValidationError, match="đã thuộc về một người khác"):
        add(own.household, coordinator)


def test_each_side_sees_its_own_and_the_name_of_the_other_ward(
    client_of, coordinator, neighbour, own, other
):
    for user, mine, others in ((coordinator, own, other), (neighbour, other, own)):
        client = client_of(user)
        settle = reverse("households:number_settle", args=[mine.pk])
        for page in (text_of(client.get(LIST)), text_of(client.get(settle))):
            assert mine.person.full_name in page
            assert others.ward.name in page
            assert "Chưa đối chiếu" in page
            for secret in (others.person.full_name, others.household.code, NUMBER):
                assert secret not in page
            assert others.household.village.name not in page
        assert client.get(reverse("households:number_settle", args=[others.pk])).status_code == 404
        assert "1 số định danh cần đối chiếu" in text_of(client.get("/todo/"))


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"left_on": date(2024, 1, 1)}, id="who left"),
        pytest.param({"number": FREE}, id="another number"),
    ],
)
def test_nothing_is_in_question(client_of, coordinator, there, own, change):
    holder(there, "A Thị Bí Mật", **change)

    assert "Không có số định danh nào cần đối chiếu." in text_of(client_of(coordinator).get(LIST))


def test_a_right_number_waits_for_the_other_ward(client_of, coordinator, neighbour, own, other):
    client = client_of(coordinator)
    address = reverse("households:number_settle", args=[own.pk])
    values = {"version": 1, "outcome": "right", "document": "Thẻ căn cước"}
    assert client.post(address, values).status_code == 302

    assert "số định danh cần đối chiếu" not in text_of(client.get("/todo/"))
    event = HouseholdEvent.objects.get(kind=EventKind.NUMBER_CHECKED)
    assert (event.person, event.document, event.recorded_by) == (
        own.person,
        "Thẻ căn cước",
        coordinator,
    )
    page = text_of(client_of(neighbour).get(LIST))
    assert "Đã xem giấy tờ" in page
    assert own.ward.name in page
    assert "Thẻ căn cước" not in page

    settle(other, neighbour, NumberOutcome.RIGHT)

    assert "đề nghị công an phường, xã kiểm tra" in text_of(client_of(neighbour).get(LIST))


def settle(membership, by, outcome, version=1):
    return settle_number(
        membership=membership, outcome=outcome, document="Thẻ căn cước", version=version, by=by
    )


def test_a_wrong_number_is_taken_away_and_nothing_is_left_to_settle(
    client_of, coordinator, neighbour, own, other
):
    client = client_of(coordinator)
    address = reverse("households:number_settle", args=[own.pk])
    client.post(address, {"version": 1, "outcome": "wrong", "document": "Giấy của công an"})

    own.person.refresh_from_db()
    assert own.person.citizen_id == ""
    page = text_of(client.get(LIST))
    assert "Không có số định danh nào cần đối chiếu." in page
    assert "Giấy của công an" in page  # the history
    assert "Không có số định danh nào" in text_of(client_of(neighbour).get(LIST))
    line = AuditEvent.objects.get(act="settle_number")
    assert "xóa số định danh ghi nhầm của Y Hữu Nam" in line.summary
    assert NUMBER not in line.summary


def test_a_number_written_after_the_check_is_in_question_again(
    client_of, coordinator, neighbour, own, other
):
    settle(own, coordinator, NumberOutcome.RIGHT)
    Person.objects.filter(pk=own.person_id).update(citizen_id="")
    Person.objects.filter(pk=own.person_id).update(citizen_id=NUMBER)

    assert "1 số định danh cần đối chiếu" in text_of(client_of(coordinator).get("/todo/"))


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"outcome": ""}, "Chọn kết quả đối chiếu."),
        ({"document": " "}, "Ghi giấy tờ đã xem."),
        ({"version": "2"}, "Tải lại"),
    ],
)
def test_what_is_missing_is_named(client_of, coordinator, own, other, values, sentence):
    address = reverse("households:number_settle", args=[own.pk])
    right = {"version": 1, "outcome": "wrong", "document": "Thẻ căn cước"}

    answer = client_of(coordinator).post(address, right | values)

    assert answer.status_code == 422
    assert sentence in text_of(answer)
    assert not HouseholdEvent.objects.exists()


def test_the_second_of_two_editors_is_told(client_of, coordinator, own, other):
    settle(own, coordinator, NumberOutcome.RIGHT)
    address = reverse("households:number_settle", args=[own.pk])

    answer = client_of(coordinator).post(
        address, {"version": 1, "outcome": "wrong", "document": "Thẻ căn cước"}
    )

    assert answer.status_code == 422
    assert "vừa được sửa ở nơi khác" in text_of(answer)
    own.person.refresh_from_db()
    assert own.person.citizen_id == NUMBER


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_often_for_three(
    client_of, coordinator, ward, there, django_assert_num_queries, count
):
    for place in range(count):
        number = f"06218500000{place}"
        settle(holder(ward, f"Y Số {place}", number), coordinator, NumberOutcome.RIGHT)
        holder(there, f"A Số {place}", number)
    client = client_of(coordinator)

    with django_assert_num_queries(12):
        assert client.get(LIST).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_two_wards_write_the_same_number_at_one_moment():
    wards = [WardFactory(), WardFactory()]
    homes = [holder(ward, "Chủ", "").household for ward in wards]
    users = [user_with(Role.COORDINATOR, ward) for ward in wards]

    made = together([partial(add, *pair) for pair in zip(homes, users, strict=True)])

    assert all(isinstance(each, Membership) for each in made)
    assert Person.objects.filter(citizen_id=NUMBER).count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_editors_of_a_ward_write_the_same_number_at_one_moment():
    ward = WardFactory()
    homes = [holder(ward, f"Chủ {place}", "").household for place in range(2)]
    user = user_with(Role.COORDINATOR, ward)

    def attempt(household):
        try:
            return add(household, user)
        except ValidationError as refused:
            return " ".join(refused.messages)

    outcomes = together([partial(attempt, home) for home in homes])

    refusals = [each for each in outcomes if isinstance(each, str)]
    assert len(refusals) == 1
    assert "một người khác" in refusals[0]
    assert Person.objects.filter(citizen_id=NUMBER).count() == 1
