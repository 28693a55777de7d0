"""Recording what one or many receive: all of it or nothing, and never twice without a reason."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from households.models import Household
from povertyplan.core.models import AuditEvent
from povertyplan.core.periods.services import lock_period
from projects.choices import Eligibility, Recurrence, SupportRecipient, SupportState
from projects.models import Support, SupportKind
from projects.rules import overlaps as rule
from projects.support.selectors.recipients import candidates, households_asked
from projects.support.services import checks
from projects.support.services.gifts import SupportGift, SupportReasons, SupportReceiver
from projects.support.services.giving import give_support
from tests.factories.core import VillageFactory, WardFactory
from tests.factories.households import (
    HouseholdFactory,
    MembershipFactory,
    PersonFactory,
    StatusFactory,
)
from tests.factories.projects import (
    ComponentProjectFactory,
    ProjectUnitFactory,
    SupportFactory,
    SupportKindFactory,
    WardProjectFactory,
)

DAY = date(2026, 3, 10)


@pytest.fixture
def poor(ward):
    village = VillageFactory(parent=ward)
    household = HouseholdFactory(village=village, code="HN-01", head="Y Hữu Nam")
    StatusFactory(household=household)
    return household


@pytest.fixture
def hens(db):
    return SupportKindFactory(name="Gà giống")


@pytest.fixture
def gift(hens):
    return SupportGift(hens, DAY, is_delivered=True, quantity=Decimal(20), amount=2_000_000)


@pytest.fixture
def give(ward, coordinator):
    def act(gift, *receivers, confirmation="", repeat="", **more):
        return give_support(
            ward=ward,
            gift=gift,
            receivers=[
                each if isinstance(each, SupportReceiver) else SupportReceiver(household=each)
                for each in receivers
            ],
            reasons=SupportReasons(confirmation, repeat),
            by=coordinator,
            **more,
        )

    return act


def faults_of(refused):
    return refused.value.message_dict if hasattr(refused.value, "error_dict") else refused.value


def test_a_support_is_kept_with_what_the_rules_said(give, gift, poor):
    support = give(gift, poor)

    assert (support.state, support.delivered_on, support.year) == ("delivered", DAY, 2026)
    assert (support.quantity, support.amount) == (20, 2_000_000)
    assert (support.verdict, support.verdict_reason) == (Eligibility.YES, "Hộ nghèo.")
    line = AuditEvent.objects.get(act="give_support")
    assert line.summary == "Đã giao: Gà giống, HN-01, ngày 10/03/2026."


def test_a_promise_has_its_day_and_no_delivery(give, gift, poor):
    support = give(replace(gift, is_delivered=False), poor)

    assert (support.state, support.promised_on, support.delivered_on) == ("promised", DAY, None)


def test_sent_twice_it_is_recorded_once(give, gift, poor):
    key = str(uuid4())

    assert give(gift, poor, key=key) == give(gift, poor, key=key)
    assert Support.objects.count() == 1


def test_somebody_ticked_twice_receives_once(give, gift, poor):
    give(gift, poor, poor)

    assert Support.objects.count() == 1


def test_the_same_form_with_another_reason_is_another_content(give, gift, poor):
    key = str(uuid4())
    give(gift, poor, key=key)

    with pytest.raises(ValidationError, match="nội dung khác"):
        give(gift, poor, key=key, repeat="Hộ mất trắng đàn gà")


def test_a_second_one_needs_a_reason_and_keeps_it(give, gift, poor, hens):
    give(gift, poor)

    with pytest.raises(ValidationError) as refused:
        give(replace(gift, day=date(2026, 9, 1)), poor)
    assert faults_of(refused) == {
        "repeat_reason": [checks.REPEATED, "Y Hữu Nam (HN-01): Gà giống, ngày 10/03/2026."]
    }
    assert Support.objects.count() == 1

    second = give(replace(gift, day=date(2026, 9, 1)), poor, repeat="Đàn gà chết do bão")
    assert second.repeat_reason == "Đàn gà chết do bão"


def test_a_policy_of_the_same_group_from_another_project_is_a_second_one(give, ward, poor):
    first, other = SupportKindFactory.create_batch(2, content_group="Nhà ở")
    project = WardProjectFactory(ward=ward)
    give(SupportGift(first, DAY, is_delivered=False, quantity=Decimal(1)), poor)

    with pytest.raises(ValidationError) as refused:
        give(SupportGift(other, DAY, True, quantity=Decimal(1), ward_project=project), poor)

    assert "chưa giao" in faults_of(refused)["repeat_reason"][1]


@pytest.mark.parametrize(
    ("left", "now", "of_programme", "of_credit"),
    [
        ("near_poor", "not_poor", Eligibility.NO, Eligibility.YES),
        ("poor", "not_poor", Eligibility.YES, Eligibility.YES),
        ("poor", "near_poor", Eligibility.YES, Eligibility.NO),
        ("near_poor", "poor", Eligibility.NO, Eligibility.NO),
    ],
)
def test_credit_counts_from_leaving_both_lists(ward, left, now, of_programme, of_credit):
    household = HouseholdFactory(village__parent=ward)
    StatusFactory(household=household, poverty_class=left, ends_on=date(2025, 12, 31))
    StatusFactory(household=household, poverty_class=now, starts_on=date(2026, 1, 1))
    only_escaped = {"for_poor": False, "for_near_poor": False, "escaped_months": 36}

    for window, verdict in (("programme", of_programme), ("credit", of_credit)):
        kind = SupportKindFactory(**only_escaped, window=window)
        wanted = list(households_asked(kind, Household.objects.filter(ward=ward), DAY))
        found = candidates(kind, wanted, DAY)
        assert [each.judgement.verdict for each in found] == [verdict] * (verdict == "yes")


def test_what_was_withdrawn_does_not_count(give, gift, poor, coordinator):
    SupportFactory(
        household=poor,
        kind=gift.kind,
        withdrawn_at="2026-03-11T00:00:00Z",
        withdrawn_by=coordinator,
        withdrawal_reason="Ghi nhầm",
    )

    assert give(gift, poor).repeat_reason == ""


def test_in_the_next_period_it_is_no_second_one(give, gift, poor):
    gift.kind.recurrence = Recurrence.QUARTERLY
    gift.kind.save()

    give(gift, poor)
    assert give(replace(gift, day=date(2026, 4, 1)), poor).repeat_reason == ""


def test_who_is_not_eligible_needs_a_confirmation(give, gift, ward):
    household = HouseholdFactory(village__parent=ward, code="HK-09", head="A Bình")
    StatusFactory(household=household, poverty_class="not_poor")

    with pytest.raises(ValidationError) as refused:
        give(gift, household)
    assert faults_of(refused)["confirmation"] == [
        checks.CONFIRM,
        "A Bình (HK-09): không đủ điều kiện. Hộ không nghèo. Chính sách dành cho hộ nghèo, hộ cận "
        "nghèo.",
    ]

    support = give(gift, household, confirmation="Theo kết luận của đoàn kiểm tra")
    assert (support.verdict, support.confirmation) == ("no", "Theo kết luận của đoàn kiểm tra")


def test_above_the_ceiling_and_another_project_are_confirmed(give, gift, poor, ward):
    gift.kind.ceiling = 1_000_000
    gift.kind.save()
    gift.kind.projects.add(ComponentProjectFactory())
    other = replace(gift, ward_project=WardProjectFactory(ward=ward))

    with pytest.raises(ValidationError) as refused:
        give(other, poor)

    sentence = faults_of(refused)["confirmation"][1]
    assert "vượt mức tối đa 1.000.000" in sentence
    assert sentence.endswith(checks.OTHER_PROJECT)


def test_a_member_receives_what_is_for_persons(give, ward, poor):
    card = SupportKindFactory(recipient=SupportRecipient.PERSON, age_to=15)
    child = MembershipFactory(
        household=poor, person=PersonFactory(ward=ward, birth_date=date(2015, 1, 1))
    ).person
    gift = SupportGift(card, DAY, True, quantity=Decimal(1))

    support = give(gift, SupportReceiver(poor, child))

    assert (support.person, support.verdict) == (child, Eligibility.YES)


def test_a_group_is_confirmed_and_known_again_by_its_name(give, gift):
    group = SupportReceiver(group_name="Tổ hợp tác A")
    give(gift, group, confirmation="Đã họp xét")

    with pytest.raises(ValidationError) as refused:
        give(gift, SupportReceiver(group_name="tổ hợp tác  a"), confirmation="Đã họp xét")

    assert list(faults_of(refused)) == ["repeat_reason"]


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"amount": -1}, "amount", rule.NEGATIVE_AMOUNT),
        ({"amount": Decimal("1.5")}, "amount", rule.NOT_WHOLE),
        ({"quantity": Decimal(-2)}, "quantity", rule.QUANTITY_NOT_POSITIVE),
        ({"quantity": None, "amount": None}, "quantity", rule.NOTHING_GIVEN),
        ({"day": date(2026, 11, 21)}, "on", rule.DAY_TO_COME),
        ({"day": date(2021, 12, 31)}, "on", "Loại hỗ trợ này có hiệu lực từ ngày 01/01/2022."),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_saved(give, gift, poor, changes, field, sentence):
    with pytest.raises(ValidationError) as refused:
        give(replace(gift, **changes), poor)

    assert faults_of(refused) == {field: [sentence]}
    assert not Support.objects.exists()


def test_who_cannot_receive_is_named_and_nobody_receives(give, gift, ward, poor):
    foreign = HouseholdFactory(code="XA-01", head="Người Xa")
    left = HouseholdFactory(
        village=poor.village, code="HR-01", head="Hộ Rời", closed_on=DAY, closing_reason="moved_out"
    )

    with pytest.raises(ValidationError) as refused:
        give(gift, poor, foreign, left, SupportReceiver(poor, poor.memberships.get().person))

    assert refused.value.messages == [
        f"Người Xa (XA-01): {checks.OTHER_WARD}.",
        f"Hộ Rời (HR-01): {checks.NOT_REGISTERED}.",
        f"Y Hữu Nam (HN-01): {checks.FOR_HOUSEHOLDS}.",
    ]
    assert not Support.objects.exists()


def test_who_died_or_moved_before_receives_nothing(give, ward, poor):
    card = SupportKindFactory(recipient=SupportRecipient.PERSON)
    gone = MembershipFactory(household=poor, left_on=DAY).person
    gift = SupportGift(card, DAY, True, quantity=Decimal(1))

    with pytest.raises(ValidationError, match="không phải thành viên của hộ"):
        give(gift, SupportReceiver(poor, gone))
    assert give(replace(gift, day=date(2026, 3, 9)), SupportReceiver(poor, gone))


def test_a_household_alone_does_not_receive_what_is_for_persons(give, poor):
    card = SupportKindFactory(recipient=SupportRecipient.PERSON)

    with pytest.raises(ValidationError, match="cấp cho từng người"):
        give(SupportGift(card, DAY, True, quantity=Decimal(1)), poor)


@pytest.mark.parametrize(
    ("years", "is_own", "sentence"),
    [
        ((2025, 2030), False, checks.PROJECT_OF_ANOTHER_WARD),
        ((2027, 2030), True, checks.PROJECT_NOT_CARRIED_OUT),
    ],
)
def test_a_project_is_of_the_ward_and_of_the_year(give, gift, ward, poor, years, is_own, sentence):
    first, last = years
    project = WardProjectFactory(
        ward=ward if is_own else WardFactory(), year_from=first, year_to=last
    )

    with pytest.raises(ValidationError) as refused:
        give(replace(gift, ward_project=project), poor)

    assert faults_of(refused) == {"ward_project": [sentence]}


def test_nobody_chosen_is_said(give, gift):
    with pytest.raises(ValidationError, match=checks.NOBODY_CHOSEN):
        give(gift)


def test_a_locked_year_takes_no_delivery(give, gift, ward, poor, leader):
    lock_period(ward=ward, year=2025, reason="Đã báo cáo cấp trên", by=leader)
    late = replace(gift, day=date(2025, 12, 31))

    with pytest.raises(ValidationError, match="đã khóa"):
        give(late, poor)
    with pytest.raises(DatabaseError, match="đã khóa"), transaction.atomic():
        SupportFactory(household=poor, kind=gift.kind, delivered_on=date(2025, 12, 31))
    # What was promised then can still be delivered in a year that is open.
    assert give(replace(late, is_delivered=False), poor).year == 2025


def test_many_are_recorded_with_as_many_reads_as_one(give, gift, poor):
    def reads(count):
        households = HouseholdFactory.create_batch(count, village=poor.village, head="Hộ Mới")
        for household in households:
            StatusFactory(household=household)
        with CaptureQueriesContext(connection) as queries:
            give(gift, *households)
        return sum(query["sql"].startswith("SELECT") for query in queries)

    give(gift, poor)  # what is read once in a process

    assert reads(1) == reads(4)


@pytest.mark.parametrize(
    "values",
    [
        pytest.param({"quantity": 0}, id="no quantity at all"),
        pytest.param({"quantity": None, "amount": None}, id="nothing"),
        pytest.param({"quantity": None, "amount": 0}, id="no money and nothing else"),
        pytest.param({"state": SupportState.ACKNOWLEDGED}, id="acknowledged without a day"),
        pytest.param({"promised_on": date(2026, 3, 11)}, id="delivered before the promise"),
        pytest.param({"year": 2025}, id="another year"),
        pytest.param({"group_name": "Tổ hợp tác"}, id="a group and a household"),
        pytest.param({"verdict": Eligibility.NO}, id="not eligible, without a reason"),
        pytest.param({"withdrawal_reason": "Ghi nhầm"}, id="withdrawn by nobody"),
        pytest.param({"source": "chợ"}, id="an unknown source"),
    ],
)
def test_the_database_refuses(poor, values):
    with pytest.raises(IntegrityError), transaction.atomic():
        SupportFactory(household=poor, **values)


def test_the_database_refuses_another_ward_and_another_content(poor):
    with pytest.raises(DatabaseError, match="không cùng phường"), transaction.atomic():
        SupportFactory(household=poor, ward=WardFactory())
    support = SupportFactory(household=poor)
    with pytest.raises(DatabaseError, match="không sửa đè"), transaction.atomic():
        Support.objects.filter(pk=support.pk).update(amount=1)


def test_the_kinds_that_ship_are_loaded_once(db):
    call_command("load_reference", verbosity=0)
    kinds = SupportKind.objects.in_bulk(field_name="code")

    call_command("load_reference", verbosity=0)

    assert len(kinds) == SupportKind.objects.count() == 21
    assert [str(each) for each in kinds["mo-hinh-giam-ngheo"].projects.all()] == ["Dự án 2"]
    assert kinds["bhyt-moi-thoat-ngheo"].escaped_months == 60
    assert kinds["tin-dung"].window == "credit"
    # Only money of the programme has groups, and only a text says how often something is given.
    assert {each.content_group for each in kinds.values()} == {"", "Hỗ trợ sản xuất"}
    assert {code for code, each in kinds.items() if each.recurrence == "unknown"} == {
        "tin-dung",
        "dao-tao-nghe",
        "mo-hinh-giam-ngheo",
        "hoc-phi",
    }
    assert "70%" in kinds["lam-viec-nuoc-ngoai"].rate_in_words
    assert kinds["hoc-bong-chinh-sach"].valid_from is None


def test_who_does_not_lead_the_project_gives_nothing(gift, ward, poor, reporter):
    led, other = WardProjectFactory.create_batch(2, ward=ward)
    ProjectUnitFactory(ward_project=led, unit=reporter.units[0], year_from=2026, year_to=2026)
    act = {"ward": ward, "receivers": [SupportReceiver(household=poor)], "by": reporter}

    for project in (None, other):
        with pytest.raises(PermissionDenied):
            give_support(gift=replace(gift, ward_project=project), **act)

    assert give_support(gift=replace(gift, ward_project=led), **act).ward_project == led


def test_who_does_not_read_health_gives_nothing_that_tells_of_it(gift, ward, poor, reporter):
    led = WardProjectFactory(ward=ward)
    ProjectUnitFactory(ward_project=led, unit=reporter.units[0])
    secret = replace(gift, kind=SupportKindFactory(tells_of_health=True), ward_project=led)

    with pytest.raises(PermissionDenied):
        give_support(
            ward=ward, gift=secret, receivers=[SupportReceiver(household=poor)], by=reporter
        )
