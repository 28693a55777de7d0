"""A target is never overwritten: another one takes its place, with a reason."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from povertyplan.core.models import AuditEvent
from povertyplan.core.periods.services import lock_period
from povertyplan.core.platform.versions import StaleVersion
from projects.choices import TargetOperator
from projects.models import Target
from projects.targets.services.targets import revise_target
from tests.factories.projects import IndicatorFactory, TargetFactory

REASON = "Quyết định giao lại chỉ tiêu của tỉnh"


@pytest.fixture
def target(ward):
    indicator = IndicatorFactory(ward=ward, name="Số hộ nghèo")
    return TargetFactory(indicator=indicator, low=12, operator=TargetOperator.LEVEL, note="Giao")


def revise(target, by, **promise):
    return revise_target(target=target, promise=promise, reason=REASON, by=by)


def test_revised_target_replaces_the_old_one_which_stays(target, coordinator):
    revised = revise(target, coordinator, low=9)

    assert list(Target.objects.in_force()) == [revised]
    assert (revised.low, revised.note, revised.year) == (9, "Giao", 2025)
    assert (revised.supersedes.low, revised.reason) == (12, REASON)


def test_revision_is_one_line_with_old_and_new_value_and_reason(target, coordinator):
    revise(target, coordinator, low=9, operator=TargetOperator.AT_MOST)

    line = AuditEvent.objects.get(act="revise_target")
    old, new = TargetOperator.LEVEL.label, TargetOperator.AT_MOST.label
    assert line.summary == f"Số hộ nghèo, 2025: Giá trị 12 → 9; Ràng buộc {old} → {new}."
    assert (line.actor, line.reason, line.ward) == (coordinator, REASON, target.ward)


@pytest.mark.parametrize("reason", ["", "  ", "\u200b"])
def test_revision_without_a_reason_is_refused(target, coordinator, reason):
    with pytest.raises(ValidationError) as refused:
        revise_target(target=target, promise={"low": 9}, reason=reason, by=coordinator)

    assert refused.value.message_dict == {"reason": ["Nêu lý do điều chỉnh chỉ tiêu."]}
    assert Target.objects.count() == 1


def test_second_revision_of_the_same_target_is_told_of_the_first(target, coordinator, leader):
    first = revise(target, leader, low=9)

    with pytest.raises(StaleVersion) as stale:
        revise(target, coordinator, low=8)

    assert stale.value.current == first
    assert Target.objects.count() == 2


def test_target_of_a_locked_year_is_not_revised(target, coordinator):
    lock_period(ward=target.ward, year=2025, reason="Đã báo cáo cấp trên", by=coordinator)

    with pytest.raises(ValidationError, match="đã khóa"):
        revise(target, coordinator, low=9)


@pytest.mark.parametrize(
    "changed",
    [{"low": 9}, {"low": None}, {"operator": "below"}, {"note": "Khác"}, {"year": 2026}],
)
def test_database_refuses_to_change_a_target_in_place(target, changed):
    with pytest.raises(IntegrityError, match="không sửa đè"), transaction.atomic():
        Target.objects.filter(pk=target.pk).update(**changed)

    target.refresh_from_db()
    assert (target.low, target.operator, target.note, target.year) == (12, "level", "Giao", 2025)
