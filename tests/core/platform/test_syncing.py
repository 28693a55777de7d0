"""Rows brought in line with a file are counted, and touched only when they differ."""

import pytest

from povertyplan.core.choices import UnitKind
from povertyplan.core.models import Unit
from povertyplan.core.platform.syncing import Changes
from projects.models import Actual
from tests.factories.core import UnitFactory
from tests.factories.projects import ActualFactory


def put_unit(ward, **values):
    changes = Changes()
    unit = changes.put(
        Unit,
        key={"ward": ward, "name": "Phòng Kinh tế"},
        values={"kind": UnitKind.DEPARTMENT, "short_name": "KT", **values},
    )
    return unit, changes


def test_put_creates_a_row_that_is_missing(ward):
    unit, changes = put_unit(ward)

    assert Unit.objects.get() == unit
    assert str(changes) == "đơn vị: 1 tạo mới, 0 cập nhật, 0 bỏ, 0 giữ nguyên"
    assert changes


def test_put_leaves_an_equal_row_alone(ward):
    put_unit(ward)

    _unit, changes = put_unit(ward)

    assert changes.totals() == "0 tạo mới, 0 cập nhật, 0 bỏ, 1 giữ nguyên"
    assert not changes


def test_put_updates_what_differs(ward):
    put_unit(ward)

    unit, changes = put_unit(ward, short_name="KTHT")

    unit.refresh_from_db()
    assert (unit.short_name, changes.updated["đơn vị"]) == ("KTHT", 1)


def test_put_gives_initial_values_only_to_a_new_row(ward):
    unit = UnitFactory(ward=ward, short_name="KT")

    Changes().put(
        Unit, key={"ward": ward, "name": unit.name}, values={}, initial={"short_name": "X"}
    )

    unit.refresh_from_db()
    assert unit.short_name == "KT"


@pytest.mark.parametrize(("numerator", "version"), [(12, 1), (9, 2)])
def test_put_counts_up_the_version_of_a_changed_row(db, numerator, version):
    actual = ActualFactory(numerator=12)

    Changes().put(Actual, key={"pk": actual.pk}, values={"numerator": numerator})

    actual.refresh_from_db()
    assert (actual.numerator, actual.version) == (numerator, version)


def test_drop_deletes_and_counts(ward):
    UnitFactory.create_batch(2, ward=ward)
    changes = Changes()

    changes.drop(Unit.objects.all())

    assert (Unit.objects.count(), changes.removed["đơn vị"]) == (0, 2)
