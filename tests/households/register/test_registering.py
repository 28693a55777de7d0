"""Putting a household in the register: everything or nothing."""

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import ValidationError

from households.choices import BirthPrecision, RelationToHead, Sex
from households.models import Household, HouseholdStatus, Membership, Person
from households.register.services.registering import MemberInput, register_household
from povertyplan.core.models import AuditEvent
from tests.factories.core import VillageFactory, WardFactory
from tests.factories.households import HouseholdFactory

pytestmark = pytest.mark.django_db

HEAD = MemberInput(
    full_name="Đặng  Thị Ủy",
    sex=Sex.FEMALE,
    relation=RelationToHead.HEAD,
    birth_date=date(1958, 1, 1),
    birth_precision=BirthPrecision.YEAR,
    citizen_id="051012341234",
)
SON = MemberInput(
    full_name="Y Hữu Nam",
    sex=Sex.MALE,
    relation=RelationToHead.CHILD,
    birth_date=date(2012, 3, 9),
    sort_name="Hữu",
)


@pytest.fixture
def register(ward, village, coordinator):
    def put(**changes):
        values = {
            "ward": ward,
            "village": village,
            "code": " HN-01 ",
            "opened_on": date(2024, 3, 1),
            "members": [HEAD, SON],
            "by": coordinator,
        }
        return register_household(**values | changes)

    return put


def nothing_is_saved():
    tables = (Household, Person, Membership, HouseholdStatus, AuditEvent)
    return not any(table.objects.exists() for table in tables)


def test_register_household_saves_members_first_spell_and_journal(register, coordinator, ward):
    household = register()

    assert household.code == "HN-01"
    assert list(
        household.memberships.order_by("pk").values_list(
            "person__full_name", "person__search_key", "relation", "is_head", "joined_on"
        )
    ) == [
        ("Đặng Thị Ủy", "dang thi uy", "head", True, date(2024, 3, 1)),
        ("Y Hữu Nam", "y huu nam", "child", False, date(2024, 3, 1)),
    ]
    assert list(
        household.statuses.values_list("poverty_class", "starts_on", "ends_on", "cause")
    ) == [("not_poor", date(2024, 3, 1), None, "registered")]
    event = AuditEvent.objects.get()
    assert (event.act, event.actor, event.ward, event.object_id) == (
        "register_household",
        coordinator,
        ward,
        household.pk,
    )
    assert event.summary == (
        "Đưa hộ Đặng Thị Ủy (mã HN-01, Tổ dân phố 1) vào sổ quản lý từ ngày 01/03/2024."
    )


def test_register_household_sorts_by_the_given_sort_name(register):
    register()

    nam, uy = Person.objects.order_by("sort_key")
    assert (nam.full_name, uy.full_name) == ("Y Hữu Nam", "Đặng Thị Ủy")
    assert nam.sort_key.startswith("h0u1")


@pytest.mark.parametrize(
    ("members", "sentence"),
    [
        pytest.param([], "Hộ phải có một chủ hộ.", id="nobody"),
        pytest.param([SON], "Hộ phải có một chủ hộ.", id="no head"),
        pytest.param([HEAD, replace(HEAD, citizen_id="")], "Hộ chỉ có một chủ hộ.", id="two heads"),
        pytest.param(
            [replace(HEAD, full_name=" ")], "Nhập họ và tên của từng thành viên.", id="no name"
        ),
        pytest.param(
            [replace(HEAD, full_name="<b>Ủy</b>")],
            "“<b>Ủy</b>” không phải là họ tên: có ký hiệu “<”.",
            id="markup",
        ),
        pytest.param(
            [HEAD, replace(SON, sort_name="H\u0456")],
            "Tên dùng để sắp xếp “H\u0456” có “\u0456” là chữ Kirin, nhìn giống chữ Việt.",
            id="a letter that only looks like ours",
        ),
        pytest.param(
            [replace(HEAD, citizen_id="05101234123")],
            "Đặng Thị Ủy: số định danh cá nhân gồm đúng 12 chữ số.",
            id="eleven digits",
        ),
        pytest.param(
            [HEAD, replace(SON, birth_date=date(2026, 11, 21))],
            "Y Hữu Nam: ngày sinh 21/11/2026 sau ngày hôm nay.",
            id="born tomorrow",
        ),
        pytest.param(
            [HEAD, replace(SON, citizen_id=HEAD.citizen_id)],
            "Số định danh 051012341234 ghi cho hai thành viên.",
            id="one number twice",
        ),
    ],
)
def test_register_household_refuses_wrong_members(register, members, sentence):
    with pytest.raises(ValidationError) as refusal:
        register(members=members)

    assert refusal.value.message_dict == {"members": [sentence]}
    assert nothing_is_saved()


def test_register_household_stores_the_name_that_is_seen(register):
    register(code="HN\u200b-01", members=[replace(HEAD, full_name="Đặng\u202e Thị\u00ad Ủy")])

    assert Person.objects.get().full_name == "Đặng Thị Ủy"
    assert Household.objects.get().code == "HN-01"


def test_register_household_names_all_faults_at_once(register):
    foreign = VillageFactory(parent=WardFactory(), name="Thôn lạ")

    with pytest.raises(ValidationError) as refusal:
        register(code=" ", village=foreign, opened_on=date(2026, 11, 21), members=[])

    assert refusal.value.message_dict == {
        "code": ["Nhập mã hộ."],
        "village": ["Thôn lạ không phải là thôn, tổ dân phố của Phường Đăk Cấm."],
        "opened_on": ["Ngày vào sổ không được sau ngày hôm nay."],
        "members": ["Hộ phải có một chủ hộ."],
    }
    assert nothing_is_saved()


def test_register_household_refuses_a_village_that_was_merged_away(register, ward):
    old = VillageFactory(parent=ward, name="Thôn cũ", valid_to=date(2024, 2, 29))

    with pytest.raises(ValidationError, match="Thôn cũ không còn từ sau ngày 29/02/2024"):
        register(village=old)


def test_register_household_refuses_a_code_of_another_household(register, village):
    HouseholdFactory(village=village, code="HN-01")

    with pytest.raises(ValidationError, match="Mã hộ HN-01 đã dùng cho một hộ khác"):
        register()
    assert Household.objects.count() == 1


def test_register_household_refuses_the_number_of_another_person(register, ward):
    register()

    with pytest.raises(ValidationError, match="051012341234 đã thuộc về một người khác"):
        register(code="HN-02")
    assert Household.objects.count() == 1
