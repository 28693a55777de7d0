"""Every row change leaves a trace, whoever wrote the row."""

import pytest
from django.db import IntegrityError, connection, transaction

from households.register.services.villages import rename_village
from povertyplan.core.journal import audit, triggers
from povertyplan.core.models import Area, AuditEvent, ChainLink, HeadRecord, RowChange
from tests.factories.core import UserFactory, WardFactory


@audit.business_act()
def rename_area(*, area, name, by):
    area.name = name
    area.save()
    return audit.record(area, f"Đổi tên thành {name}.", ward=None, act=rename_village)


def changes_of(area):
    return list(RowChange.objects.filter(table="core_area", row_id=area.pk).order_by("pk"))


def test_an_act_signs_the_changes_of_its_rows(db):
    ward, officer = WardFactory(name="Phường cũ"), UserFactory(username="canbo")

    event = rename_area(area=ward, name="Phường mới", by=officer)

    change = changes_of(ward)[-1]
    assert (change.actor, change.act, change.source) == ("canbo", "rename_area", "web")
    assert (change.old["name"], change.new["name"]) == ("Phường cũ", "Phường mới")
    assert change.token == event.token != ""


def test_a_nested_act_belongs_to_the_outer_one(db):
    ward, officer = WardFactory(), UserFactory()

    @audit.business_act()
    def rename_twice(*, by):
        rename_area(area=ward, name="Một", by=by)
        return rename_area(area=ward, name="Hai", by=by)

    event = rename_twice(by=officer)

    assert {change.token for change in changes_of(ward)[-2:]} == {event.token}
    assert changes_of(ward)[-1].act == "rename_twice"


@pytest.mark.parametrize(
    "write",
    [
        pytest.param(lambda rows: rows.update(name="X"), id="queryset update"),
        pytest.param(
            lambda rows: connection.cursor().execute("UPDATE core_area SET name = 'X'"),
            id="raw SQL",
        ),
        pytest.param(lambda rows: rows.delete(), id="delete"),
    ],
)
def test_a_write_around_the_services_is_signed_sql(db, write):
    ward = WardFactory()

    write(Area.objects.filter(pk=ward.pk))

    assert changes_of(ward)[-1].actor == "sql"


def test_bulk_create_leaves_a_change_for_each_row(db):
    ward = WardFactory()
    before = RowChange.objects.filter(table="core_area").count()

    Area.objects.bulk_create(
        Area(kind="village", parent=ward, name=f"Thôn {n}", setting="rural") for n in range(3)
    )

    assert RowChange.objects.filter(table="core_area").count() == before + 3


def test_the_password_is_not_copied_into_the_history(db):
    user = UserFactory()

    user.set_password("khác-hẳn-trước-2026")
    user.save()

    recorded = RowChange.objects.filter(table="core_user", row_id=user.pk)
    assert recorded
    assert not any("password" in (change.new or {}) for change in recorded)


def test_a_failed_act_leaves_no_trace(db):
    ward = WardFactory(name="Phường cũ")

    @audit.business_act()
    def fail(*, by):
        rename_area(area=ward, name="Phường mới", by=by)
        raise ValueError

    with pytest.raises(ValueError), transaction.atomic():  # noqa: PT011 -- the act's own refusal
        fail(by=UserFactory())

    assert not AuditEvent.objects.exists()
    assert all(change.act != "fail" for change in changes_of(ward))
    assert Area.objects.get(pk=ward.pk).name == "Phường cũ"


@pytest.mark.parametrize("model", [AuditEvent, RowChange, ChainLink, HeadRecord])
@pytest.mark.parametrize("operation", ["update", "delete"])
def test_journals_only_grow(db, model, operation):
    rename_area(area=WardFactory(), name="Phường mới", by=UserFactory())
    table, key = model._meta.db_table, model._meta.pk.column
    statement = {
        "update": f'UPDATE "{table}" SET {key} = {key}',
        "delete": f'DELETE FROM "{table}"',
    }[operation]

    with pytest.raises(IntegrityError), transaction.atomic():
        connection.cursor().execute(statement)


def test_every_expected_trigger_is_installed(db):
    assert triggers.installed() == triggers.expected()
    assert len(triggers.expected()) >= 60


def test_installing_twice_changes_nothing(db):
    before = triggers.installed()

    triggers.install()

    assert triggers.installed() == before


@pytest.mark.parametrize("run", [1, 2])
def test_a_test_with_real_transactions_starts_empty_and_guarded(transactional_db, run):
    """Twice: the second run comes after the first one's tables were emptied."""
    assert not RowChange.objects.exists()
    assert triggers.expected() == triggers.installed()

    rename_area(area=WardFactory(), name="Phường mới", by=UserFactory())

    assert RowChange.objects.exists()
