"""From the promise to the signature, and back: delivering, acknowledging, withdrawing."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from households.choices import PovertyClass
from households.models import Household
from povertyplan.core.models import AuditEvent
from povertyplan.core.periods.services import lock_period
from povertyplan.core.platform.versions import StaleVersion
from projects.choices import Eligibility, SupportState
from projects.models import Support, SupportKind
from projects.support.services import steps
from projects.support.services.steps import (
    ChosenSupport,
    acknowledge_supports,
    deliver_supports,
    withdraw_support,
)
from tests.factories.core import VillageFactory
from tests.factories.households import HouseholdFactory, StatusFactory
from tests.factories.projects import (
    ProjectUnitFactory,
    SupportFactory,
    SupportKindFactory,
    WardProjectFactory,
)

PROMISED, DELIVERED = date(2026, 3, 1), date(2026, 3, 10)


@pytest.fixture
def household(ward):
    home = HouseholdFactory(village=VillageFactory(parent=ward), code="HN-01", head="Y Hữu Nam")
    StatusFactory(household=home)
    return home


def promise(household, **values):
    return SupportFactory(
        household=household,
        state=SupportState.PROMISED,
        promised_on=PROMISED,
        delivered_on=None,
        **values,
    )


@pytest.fixture
def promised(household):
    return promise(household)


def chosen(*supports):
    return [ChosenSupport(each, each.version) for each in supports]


def test_what_was_promised_is_delivered_and_signed_for(ward, coordinator, promised):
    (support,) = deliver_supports(
        ward=ward, chosen=chosen(promised), on=DELIVERED, document="BB 12", by=coordinator
    )
    acknowledge_supports(ward=ward, chosen=chosen(support), on=DELIVERED, by=coordinator)

    support.refresh_from_db()
    assert (support.state, support.delivered_on, support.acknowledged_on) == (
        SupportState.ACKNOWLEDGED,
        DELIVERED,
        DELIVERED,
    )
    assert (support.document, support.version) == ("BB 12", 3)
    assert AuditEvent.objects.filter(object_id=support.pk).count() == 2


@pytest.mark.parametrize(
    ("on", "sentence"),
    [(date(2026, 2, 28), "phải từ 01/03/2026"), (date(2026, 11, 21), "Ngày này chưa đến")],
)
def test_a_delivery_has_a_day_that_can_be(ward, coordinator, promised, on, sentence):
    with pytest.raises(ValidationError, match=sentence):
        deliver_supports(ward=ward, chosen=chosen(promised), on=on, by=coordinator)


def test_one_fault_keeps_all_from_being_delivered(ward, coordinator, promised):
    gone = SupportFactory(
        household=HouseholdFactory(
            village=promised.household.village, closed_on=DELIVERED, closing_reason="moved_out"
        ),
        kind=promised.kind,
        state=SupportState.PROMISED,
        promised_on=PROMISED,
        delivered_on=None,
    )

    with pytest.raises(ValidationError, match="đã ra khỏi sổ"):
        deliver_supports(ward=ward, chosen=chosen(promised, gone), on=DELIVERED, by=coordinator)

    assert not Support.objects.filter(state=SupportState.DELIVERED).exists()


def test_a_delivery_that_repeats_another_needs_a_reason(ward, coordinator, promised, household):
    SupportFactory(household=household, kind=promised.kind, delivered_on=date(2026, 3, 5))
    step = {"ward": ward, "on": DELIVERED, "by": coordinator}

    with pytest.raises(ValidationError, match="nêu lý do hỗ trợ lần nữa"):
        deliver_supports(chosen=chosen(promised), **step)
    (support,) = deliver_supports(chosen=chosen(promised), repeat_reason="Hai đợt", **step)

    assert support.repeat_reason == "Hai đợt"


def test_a_repetition_that_was_explained_is_not_asked_again(ward, coordinator, promised, household):
    SupportFactory(household=household, kind=promised.kind, repeat_reason="Hai đợt")

    deliver_supports(ward=ward, chosen=chosen(promised), on=DELIVERED, by=coordinator)

    assert Support.objects.filter(state=SupportState.DELIVERED).count() == 2


def escape(household, on):
    """The household is on no list from a day on."""
    household.statuses.update(ends_on=on - timedelta(days=1))
    StatusFactory(household=household, poverty_class=PovertyClass.NOT_POOR, starts_on=on)


def test_who_escaped_before_the_delivery_is_confirmed_first(ward, coordinator, promised):
    escape(promised.household, on=date(2026, 3, 5))
    step = {"ward": ward, "on": DELIVERED, "by": coordinator}

    with pytest.raises(ValidationError, match=r"nêu căn cứ xác nhận.*không đủ điều kiện"):
        deliver_supports(chosen=chosen(promised), **step)
    (support,) = deliver_supports(chosen=chosen(promised), confirmation="Đã mua con giống", **step)

    support.refresh_from_db()
    assert (support.verdict, support.confirmation) == (Eligibility.NO, "Đã mua con giống")
    assert "Chính sách dành cho" in support.verdict_reason


def test_what_was_confirmed_already_is_not_asked_again(ward, coordinator, promised):
    escape(promised.household, on=date(2026, 3, 5))
    Support.objects.update(verdict=Eligibility.NO, confirmation="Nghị quyết 5")

    deliver_supports(ward=ward, chosen=chosen(promised), on=DELIVERED, by=coordinator)

    assert Support.objects.get().confirmation == "Nghị quyết 5"


def test_a_kind_that_ended_before_the_delivery_is_asked_about(ward, coordinator, promised):
    SupportKind.objects.update(valid_to=date(2026, 3, 9))

    with pytest.raises(ValidationError, match="hết hiệu lực sau ngày 09/03/2026"):
        deliver_supports(ward=ward, chosen=chosen(promised), on=DELIVERED, by=coordinator)


def test_a_group_is_asked_about_where_the_kind_ended(ward, coordinator, household):
    group = {"ward": ward, "group_name": "Tổ hợp tác", "confirmation": "Biên bản 3"}
    waiting = promise(None, verdict="to_verify", kind__valid_to=date(2026, 3, 9), **group)

    with pytest.raises(ValidationError, match="hết hiệu lực"):
        deliver_supports(ward=ward, chosen=chosen(waiting), on=DELIVERED, by=coordinator)


def test_nothing_is_delivered_after_the_years_of_its_project(ward, coordinator, household):
    project = WardProjectFactory(ward=ward, year_from=2021, year_to=2025)
    waiting = promise(household, ward_project=project)

    with pytest.raises(ValidationError, match="không thực hiện trong năm này"):
        deliver_supports(ward=ward, chosen=chosen(waiting), on=DELIVERED, by=coordinator)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"memberships": {"left_on": date(2026, 3, 5)}}, "không phải thành viên"),
        (
            {"household": {"closed_on": date(2026, 3, 5), "closing_reason": "moved_out"}},
            "đã ra khỏi sổ",
        ),
    ],
)
def test_who_died_moved_or_whose_household_closed_receives_nothing(
    ward, coordinator, household, changes, words
):
    person = household.memberships.get().person
    waiting = promise(household, person=person, kind__recipient="person")
    for rows, values in changes.items():
        {"memberships": household.memberships, "household": Household.objects}[rows].update(
            **values
        )

    with pytest.raises(ValidationError, match=words):
        deliver_supports(ward=ward, chosen=chosen(waiting), on=DELIVERED, by=coordinator)
    assert Support.objects.get().state == SupportState.PROMISED


def test_of_two_editors_the_second_is_told(ward, coordinator, promised):
    seen = chosen(promised)
    Support.objects.filter(pk=promised.pk).update(version=2)

    with pytest.raises(ValidationError, match="vừa được sửa ở nơi khác"):
        deliver_supports(ward=ward, chosen=seen, on=DELIVERED, by=coordinator)


def test_what_is_delivered_already_is_said(ward, coordinator, household):
    delivered = SupportFactory(household=household)

    with pytest.raises(ValidationError, match=steps.NOT_PROMISED):
        deliver_supports(ward=ward, chosen=chosen(delivered), on=DELIVERED, by=coordinator)
    with pytest.raises(ValidationError, match="phải từ 10/03/2026"):
        acknowledge_supports(ward=ward, chosen=chosen(delivered), on=PROMISED, by=coordinator)


def test_a_withdrawn_support_stays_with_its_reason(coordinator, household):
    support = SupportFactory(household=household)

    withdraw_support(support=support, reason="Ghi nhầm hộ", version=1, by=coordinator)

    kept = Support.objects.get()
    assert (kept.withdrawal_reason, kept.withdrawn_by) == ("Ghi nhầm hộ", coordinator)
    assert not Support.objects.standing().exists()
    with pytest.raises(DatabaseError, match="đã thu hồi"), transaction.atomic():
        Support.objects.update(document="khác")


def test_withdrawing_asks_for_a_reason_and_the_version_that_was_seen(coordinator, household):
    support = SupportFactory(household=household)

    with pytest.raises(ValidationError, match=steps.REASON_MISSING):
        withdraw_support(support=support, reason=" ", version=1, by=coordinator)
    Support.objects.update(version=2)
    with pytest.raises(StaleVersion):
        withdraw_support(support=support, reason="Ghi nhầm", version=1, by=coordinator)


def test_a_locked_year_stays_as_it_is(ward, coordinator, leader, household):
    support = SupportFactory(
        household=household, kind=SupportKindFactory(), delivered_on=date(2025, 5, 1)
    )
    lock_period(ward=ward, year=2025, reason="Đã báo cáo cấp trên", by=leader)

    with pytest.raises(ValidationError, match="đã khóa"):
        withdraw_support(support=support, reason="Ghi nhầm", version=1, by=coordinator)


def test_a_locked_quarter_holds_what_was_delivered_in_it(ward, coordinator, leader, household):
    kind = SupportKindFactory()
    within, after = (
        SupportFactory(household=household, kind=kind, delivered_on=date(2026, month, 30))
        for month in (6, 7)
    )
    lock_period(ward=ward, year=2026, months=(4, 6), reason="Đã báo cáo", by=leader)

    with pytest.raises(ValidationError, match="Số liệu quý II/2026 đã khóa"):
        withdraw_support(support=within, reason="Ghi nhầm", version=1, by=coordinator)
    with pytest.raises(DatabaseError), transaction.atomic():
        Support.objects.filter(pk=within.pk).update(version=2)
    assert withdraw_support(support=after, reason="Ghi nhầm", version=1, by=coordinator)


def test_who_does_not_lead_the_project_takes_nothing_further(ward, reporter, promised, household):
    delivered = SupportFactory(household=household)
    step = {"ward": ward, "on": DELIVERED, "by": reporter}

    with pytest.raises(PermissionDenied):
        deliver_supports(chosen=chosen(promised), **step)
    with pytest.raises(PermissionDenied):
        acknowledge_supports(chosen=chosen(delivered), **step)
    with pytest.raises(PermissionDenied):
        withdraw_support(support=delivered, reason="Ghi nhầm", version=1, by=reporter)


def test_a_unit_takes_further_what_its_project_gives_but_nothing_that_tells_of_health(
    ward, reporter, household
):
    led = ProjectUnitFactory(ward_project__ward=ward, unit=reporter.units[0]).ward_project
    own = SupportFactory(household=household, ward_project=led)
    secret = SupportFactory(
        household=household, ward_project=led, kind=SupportKindFactory(tells_of_health=True)
    )

    acknowledge_supports(ward=ward, chosen=chosen(own), on=DELIVERED, by=reporter)
    with pytest.raises(PermissionDenied):
        acknowledge_supports(ward=ward, chosen=chosen(secret), on=DELIVERED, by=reporter)


def test_two_promises_that_are_delivered_in_one_act_are_one_too_many(ward, coordinator, household):
    kind = SupportKindFactory(recurrence="quarterly")
    both = [
        SupportFactory(
            household=household,
            kind=kind,
            state=SupportState.PROMISED,
            promised_on=promised_on,
            delivered_on=None,
        )
        for promised_on in (date(2025, 9, 1), date(2025, 12, 1))
    ]
    step = {"ward": ward, "chosen": chosen(*both), "on": DELIVERED, "by": coordinator}

    with pytest.raises(ValidationError, match="nêu lý do hỗ trợ lần nữa") as refused:
        deliver_supports(**step)
    assert len(refused.value.messages) == 1

    first, second = deliver_supports(repeat_reason="Giao gộp hai quý", **step)
    assert (first.repeat_reason, second.repeat_reason) == ("", "Giao gộp hai quý")


def test_many_are_delivered_with_as_many_comparisons_as_one(ward, coordinator, household):
    def reads(count):
        waiting = [
            SupportFactory(
                household=household,
                kind=SupportKindFactory(),
                state=SupportState.PROMISED,
                promised_on=PROMISED,
                delivered_on=None,
            )
            for _ in range(count)
        ]
        with CaptureQueriesContext(connection) as queries:
            deliver_supports(ward=ward, chosen=chosen(*waiting), on=DELIVERED, by=coordinator)
        return sum(query["sql"].startswith("SELECT") for query in queries)

    reads(1)  # what is read once in a process

    assert reads(1) == reads(4)
