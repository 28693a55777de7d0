"""Locked means locked: through the ORM, in bulk and by raw SQL; and the same write on open data."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from households.choices import CampaignStage, PovertyClass
from households.models import AreaYear, CampaignVillage, HouseholdStatus, Review, ReviewCampaign
from povertyplan.core.models import PeriodLock, RowChange
from povertyplan.core.periods.services import lock_period, release_period
from tests.factories.core import UserFactory
from tests.factories.households import (
    AreaYearFactory,
    HouseholdFactory,
    ReviewFactory,
    StatusFactory,
)


def raw(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def touch(review):
    review.class_reason = "Sửa"
    review.save()


def touch_in_bulk(review):
    review.class_reason = "Sửa"
    Review.objects.bulk_update([review], ["class_reason"])


CAMPAIGN_WRITES = {
    "save": touch,
    "queryset update": lambda review: Review.objects.update(class_reason="Sửa sai"),
    "bulk update": touch_in_bulk,
    "raw SQL": lambda review: raw("UPDATE households_review SET class_reason = 'x'"),
    "delete": lambda review: Review.objects.all()._raw_delete("default"),
    "village": lambda review: CampaignVillage.objects.update(version=9),
    "raw SQL on the campaign": lambda review: raw(
        "UPDATE households_reviewcampaign SET stage = 'open', version = version + 1"
    ),
    "new review": lambda review: Review.objects.create(
        ward=review.ward,
        campaign=review.campaign,
        village=review.village,
        household=HouseholdFactory(village=review.village),
        list_reason="requested",
    ),
}


def last_change() -> int:
    return RowChange.objects.latest("pk").pk


def recognise(campaign):
    ReviewCampaign.objects.filter(pk=campaign.pk).update(
        stage=CampaignStage.RECOGNISED,
        submitted_by=UserFactory(),
        submitted_at="2026-12-14T03:00Z",
    )


@pytest.mark.parametrize("write", CAMPAIGN_WRITES.values(), ids=CAMPAIGN_WRITES)
def test_a_recognised_campaign_refuses(db, write):
    review = ReviewFactory()
    recognise(review.campaign)

    with pytest.raises(IntegrityError), transaction.atomic():
        write(review)


@pytest.mark.parametrize("write", CAMPAIGN_WRITES.values(), ids=CAMPAIGN_WRITES)
def test_an_open_campaign_lets_the_same_write_pass(db, write):
    review = ReviewFactory()
    before = last_change()

    write(review)

    assert last_change() > before


STATUS_WRITES = {
    "class": "UPDATE households_householdstatus SET poverty_class = 'not_poor'",
    "start": "UPDATE households_householdstatus SET starts_on = '2019-01-01'",
    "reopened end": "UPDATE households_householdstatus SET ends_on = NULL",
    "moved end": "UPDATE households_householdstatus SET ends_on = '2024-01-01'",
    "delete": "DELETE FROM households_householdstatus",
}


@pytest.mark.parametrize("statement", STATUS_WRITES.values(), ids=STATUS_WRITES)
def test_a_closed_spell_is_kept(db, statement):
    StatusFactory(starts_on=date(2021, 1, 1), ends_on=date(2022, 12, 14))

    with pytest.raises(IntegrityError), transaction.atomic():
        raw(statement)


def test_an_open_spell_may_end(db):
    StatusFactory(starts_on=date(2021, 1, 1))

    assert HouseholdStatus.objects.update(ends_on=date(2022, 12, 14)) == 1


@pytest.mark.parametrize(
    ("starts_on", "ends_on"),
    [
        pytest.param(date(2022, 12, 14), None, id="on the last day of the earlier spell"),
        pytest.param(date(2020, 1, 1), date(2021, 1, 1), id="into the first day of the next"),
        pytest.param(date(2021, 5, 1), date(2021, 6, 1), id="inside"),
    ],
)
def test_spells_never_overlap(db, starts_on, ends_on):
    spell = StatusFactory(starts_on=date(2021, 1, 1), ends_on=date(2022, 12, 14))

    with pytest.raises(IntegrityError), transaction.atomic():
        StatusFactory(household=spell.household, starts_on=starts_on, ends_on=ends_on)


def test_the_next_spell_starts_the_day_after(db):
    spell = StatusFactory(starts_on=date(2021, 1, 1), ends_on=date(2022, 12, 14))

    StatusFactory(
        household=spell.household,
        starts_on=date(2022, 12, 15),
        poverty_class=PovertyClass.NEAR_POOR,
    )

    assert spell.household.statuses.count() == 2


@pytest.fixture
def locked_2025(ward, leader):
    household = HouseholdFactory(village__parent=ward)
    StatusFactory(household=household, starts_on=date(2024, 12, 16))
    AreaYearFactory(area=ward, on=date(2025, 12, 31))
    lock = lock_period(ward=ward, year=2025, reason="Đã báo cáo cấp trên", by=leader)
    return household, lock


YEAR_WRITES = {
    "total of households": lambda household: AreaYear.objects.update(households=1),
    "spell that starts in the year": lambda household: StatusFactory(
        household=HouseholdFactory(village=household.village), starts_on=date(2025, 5, 1)
    ),
    "spell that runs into the year": lambda household: StatusFactory(
        household=HouseholdFactory(village=household.village), starts_on=date(2023, 5, 1)
    ),
    "end inside the year": lambda household: household.statuses.update(ends_on=date(2025, 6, 30)),
    "raw SQL": lambda household: raw("UPDATE households_areayear SET households = 1"),
}


@pytest.mark.parametrize("write", YEAR_WRITES.values(), ids=YEAR_WRITES)
def test_a_locked_year_refuses(locked_2025, write):
    household, _lock = locked_2025

    with pytest.raises(IntegrityError), transaction.atomic():
        write(household)


@pytest.mark.parametrize("write", YEAR_WRITES.values(), ids=YEAR_WRITES)
def test_a_released_year_lets_the_same_write_pass(locked_2025, leader, write):
    household, lock = locked_2025

    release_period(lock=lock, reason="Đính chính tổng số hộ", by=leader)
    before = last_change()

    write(household)

    assert last_change() > before


@pytest.fixture
def locked_nine_months(ward, leader):
    """The same rows as of 2025, all of them in the locked part of 2026."""
    household = HouseholdFactory(village__parent=ward)
    StatusFactory(household=household, starts_on=date(2024, 12, 16))
    AreaYearFactory(area=ward, on=date(2026, 6, 30))
    return household, lock_period(
        ward=ward, year=2026, months=(1, 9), reason="Đã báo cáo 9 tháng", by=leader
    )


PART_WRITES = {
    "total of households": lambda household: AreaYear.objects.update(households=1),
    "spell that starts in the part": lambda household: StatusFactory(
        household=HouseholdFactory(village=household.village), starts_on=date(2026, 9, 30)
    ),
    "spell that runs into the part": lambda household: StatusFactory(
        household=HouseholdFactory(village=household.village), starts_on=date(2023, 5, 1)
    ),
    "end inside the part": lambda household: household.statuses.update(ends_on=date(2026, 9, 30)),
    "raw SQL": lambda household: raw("UPDATE households_areayear SET households = 1"),
}


@pytest.mark.parametrize("write", PART_WRITES.values(), ids=PART_WRITES)
def test_a_locked_part_refuses_what_lies_in_it(locked_nine_months, write):
    household, _lock = locked_nine_months

    with pytest.raises(IntegrityError), transaction.atomic():
        write(household)


@pytest.mark.parametrize("write", PART_WRITES.values(), ids=PART_WRITES)
def test_a_released_part_lets_the_same_write_pass(locked_nine_months, leader, write):
    household, lock = locked_nine_months

    release_period(lock=lock, reason="Đính chính", by=leader)
    before = last_change()

    write(household)

    assert last_change() > before


def test_what_comes_after_a_locked_part_may_be_written(locked_nine_months, ward):
    household, _lock = locked_nine_months

    assert household.statuses.update(ends_on=date(2026, 10, 31)) == 1
    later = HouseholdFactory(village=household.village)
    assert StatusFactory(household=later, starts_on=date(2026, 10, 1)).pk
    assert AreaYearFactory(area=ward, on=date(2026, 10, 31)).pk


KEPT_OF_A_LOCK = {
    "reason": {"reason": "Lý do khác"},
    "year": {"year": 2024},
    "part": {"last_month": 9},
    "moment": {"locked_at": "2020-01-01T00:00Z"},
}


@pytest.mark.parametrize("change", KEPT_OF_A_LOCK.values(), ids=KEPT_OF_A_LOCK)
def test_what_a_lock_says_is_never_written_over(locked_2025, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        PeriodLock.objects.update(**change)


def test_a_release_is_written_once_and_no_lock_is_deleted(locked_2025, leader):
    _household, lock = locked_2025
    release_period(lock=lock, reason="Đính chính", by=leader)

    with pytest.raises(IntegrityError), transaction.atomic():
        PeriodLock.objects.update(release_reason="Lý do khác")
    with pytest.raises(IntegrityError), transaction.atomic():
        PeriodLock.objects.update(released_at=None, released_by=None, release_reason="")
    with pytest.raises(IntegrityError), transaction.atomic():
        PeriodLock.objects.all()._raw_delete("default")
    with pytest.raises(ValidationError, match="đã được mở khóa"):
        release_period(lock=lock, reason="Lần nữa", by=leader)


def test_a_part_of_a_locked_year_is_not_locked_again(locked_2025, ward, leader):
    with pytest.raises(ValidationError, match="Số liệu năm 2025 đã khóa, gồm cả quý I/2025"):
        lock_period(ward=ward, year=2025, months=(1, 3), reason="Đã báo cáo", by=leader)


def test_locking_needs_a_reason(ward, leader):
    with pytest.raises(ValidationError, match="lý do khóa"):
        lock_period(ward=ward, year=2025, reason=" ", by=leader)

    assert not PeriodLock.objects.exists()


def test_a_spell_may_end_after_the_locked_year(locked_2025):
    household, _lock = locked_2025

    assert household.statuses.update(ends_on=date(2026, 12, 14)) == 1


def test_locking_twice_keeps_one_lock(locked_2025, ward, leader):
    _household, lock = locked_2025

    assert lock_period(ward=ward, year=2025, reason="Đã báo cáo cấp trên", by=leader) == lock
    assert PeriodLock.objects.count() == 1


def test_a_running_year_cannot_be_locked(ward, leader):
    with pytest.raises(ValidationError, match="đã kết thúc"):
        lock_period(ward=ward, year=2026, reason="Đã báo cáo cấp trên", by=leader)

    assert not PeriodLock.objects.exists()


def test_releasing_needs_a_reason(locked_2025, leader):
    _household, lock = locked_2025

    with pytest.raises(ValidationError, match="lý do"):
        release_period(lock=lock, reason="  ", by=leader)

    lock.refresh_from_db()
    assert lock.released_at is None


def test_rows_of_two_wards_do_not_mix(db):
    review, other = ReviewFactory(), HouseholdFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        Review.objects.filter(pk=review.pk).update(household=other)
