"""A write that says whose it is, without being signed by the program, is refused or found."""

import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction

from households.register.services.villages import rename_village
from povertyplan.core import clock
from povertyplan.core.journal import audit, signatures, triggers
from povertyplan.core.models import Area, RowChange, WriteContext
from povertyplan.core.platform import checks
from tests.factories.core import UserFactory, WardFactory

FACTS = {"actor": "lanhdao", "act": "rename_village", "source": "web"}


@audit.business_act()
def sign_name(*, area, name, by):
    Area.objects.filter(pk=area.pk).update(name=name)
    return audit.record(area, f"Đổi tên thành {name}.", ward=None, act=rename_village)


@pytest.fixture
def ward(db):
    made = WardFactory(name="Phường cũ")
    sign_name(area=made, name="Phường Hai", by=UserFactory(username="lanhdao"))
    return made


def last_change():
    return RowChange.objects.latest("pk")


def forge(ward, **facts):
    """What somebody writes who may write rows, and knows how the triggers are told."""
    if connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            for name, value in facts.items():
                cursor.execute("SELECT set_config(%s, %s, true)", [f"povertyplan.{name}", value])
            Area.objects.filter(pk=ward.pk).update(name="Phường giả")
            cursor.execute("SELECT set_config('povertyplan.act', '', true)")
    else:
        WriteContext.objects.update(**facts)
        Area.objects.filter(pk=ward.pk).update(name="Phường giả")
        WriteContext.objects.update(actor="", act="", source="", token="")


@pytest.mark.parametrize("changed", [{"actor": "khac"}, {"act": "x"}, {"source": "command"}])
def test_a_token_proves_the_facts_it_was_made_for_and_no_others(changed):
    token = signatures.make_token(**FACTS)

    assert len(token) == 32
    assert signatures.is_signed(token, **FACTS)
    assert not signatures.is_signed(token, **(FACTS | changed))


@pytest.mark.parametrize("token", ["", "x", "0" * 32, "ê" * 32, "!" * 32])
def test_what_is_no_token_proves_nothing(token):
    assert not signatures.is_signed(token, **FACTS)


def test_a_key_of_before_still_proves_what_it_signed(settings):
    token, old = signatures.make_token(**FACTS), settings.SECRET_KEY
    settings.SECRET_KEY = "another"
    assert not signatures.is_signed(token, **FACTS)

    settings.SECRET_KEY_FALLBACKS = [old]

    assert signatures.is_signed(token, **FACTS)


def test_what_the_program_wrote_is_signed(ward):
    assert signatures.signed_from()
    assert list(signatures.forged()) == []
    call_command("verify_audit", verbosity=0)


@pytest.mark.postgresql
@pytest.mark.parametrize("copied", [False, True], ids=["invented", "copied from the history"])
def test_a_forged_writer_is_refused(ward, copied):
    change = last_change()
    token = change.token if copied else "0" * 32

    with pytest.raises(ProgrammingError, match="không do chương trình ký"):
        forge(ward, token=token, actor=change.actor, act=change.act, source=change.source)

    assert Area.objects.get(pk=ward.pk).name == "Phường Hai"


@pytest.mark.sqlite
@pytest.mark.parametrize("copied", [False, True], ids=["invented", "copied from the history"])
def test_a_forged_writer_is_found(ward, copied, capsys):
    change = last_change()
    sign_name(area=WardFactory(), name="Phường Ba", by=UserFactory())
    token = change.token if copied else "0" * 32
    forge(ward, token=token, actor=change.actor, act=change.act, source=change.source)

    with pytest.raises(CommandError, match="không khớp"):
        call_command("verify_audit")

    assert "ghi tên lanhdao, thao tác sign_name: không phải" in capsys.readouterr().err


def test_an_owner_who_forges_past_the_triggers_is_found(ward):
    """The key that the database holds makes seals, and no tokens."""
    change = last_change()
    RowChange.objects.create(
        at=clock.real_now(), token="0" * 32, actor="lanhdao", act="x", source="web",
        table="core_area", row_id=ward.pk, operation="update", old=change.old, new=change.new,
    )  # fmt: skip

    assert [(each.actor, each.act) for each in signatures.forged()] == [("lanhdao", "x")]


def test_a_token_of_another_time_is_found(ward):
    sign_name(area=ward, name="Phường Ba", by=UserFactory())
    change = last_change()
    RowChange.objects.create(
        at=clock.real_now() + timedelta(hours=3), token=change.token, actor=change.actor,
        act=change.act, source=change.source, table="core_area", row_id=ward.pk,
        operation="update", old={}, new={},
    )  # fmt: skip

    assert [each.actor for each in signatures.forged()] == [change.actor]


@pytest.mark.postgresql
def test_a_table_of_the_session_takes_nothing_from_the_history(ward):
    """Names are looked up in the temporary schema first, unless a function says otherwise."""
    before = RowChange.objects.count()
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE core_rowchange (LIKE core_rowchange INCLUDING ALL)")
        cursor.execute("UPDATE core_area SET name = 'X' WHERE id = %s", [ward.pk])
        cursor.execute("DROP TABLE pg_temp.core_rowchange")

    assert RowChange.objects.count() == before + 1


@pytest.mark.postgresql
def test_a_key_that_was_changed_and_not_migrated_is_reported(ward, settings):
    settings.SECRET_KEY = "another"

    assert any(triggers.CONTEXT in fault for fault in checks.faults())

    triggers.install()
    assert not any("triggers" in fault for fault in checks.faults())


@pytest.mark.sqlite
def test_the_file_needs_no_function_of_ours(ward, tmp_path):
    with closing(sqlite3.connect(":memory:")) as other:
        other.executescript("\n".join(connection.connection.iterdump()))
        assert other.execute("SELECT COUNT(*) FROM core_rowchange").fetchone()[0]
