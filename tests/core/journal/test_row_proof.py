"""The check of the journal holds the rows against their history, and the history against a file."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from households.register.services.villages import rename_village
from povertyplan.core.database import upgrades
from povertyplan.core.journal import audit, chains, row_proof, triggers
from povertyplan.core.models import (
    Area,
    AuditEvent,
    ChainHead,
    ChainLink,
    HeadRecord,
    RowChange,
    User,
)
from tests.factories.core import UserFactory, WardFactory


@audit.business_act()
def call_ward(*, ward, name, by):
    Area.objects.filter(pk=ward.pk).update(name=name)
    return audit.record(ward, f"Đổi tên thành {name}.", ward=ward, act=rename_village)


@pytest.fixture
def ward(db):
    """A renamed ward, and triggers out of the way of somebody who owns the database."""
    made = WardFactory(name="Phường Một")
    call_ward(ward=made, name="Phường Hai", by=UserFactory())
    chains.seal_waiting()
    triggers.drop()
    return made


def check(capsys, *arguments):
    with pytest.raises(CommandError, match="không khớp"):
        call_command("verify_audit", *arguments)
    return capsys.readouterr().err


def write(query, *values):
    with connection.cursor() as cursor:
        cursor.execute(query, values)


def test_an_untouched_database_passes_and_says_what_it_cannot_see(ward, capsys):
    call_command("verify_audit")

    assert "không thấy được phần cuối bị cắt" in capsys.readouterr().out
    assert list(row_proof.misfits()) == []


def test_a_row_changed_without_triggers_is_found(ward, capsys):
    Area.objects.filter(pk=ward.pk).update(name="Phường Ba")

    assert f"Bảng core_area, dòng {ward.pk}: khác với nhật ký." in check(capsys)


def test_a_row_added_without_triggers_is_found(ward, capsys):
    added = UserFactory()

    assert f"Bảng core_user, dòng {added.pk}: có mà nhật ký không ghi." in check(capsys)


def test_a_row_removed_without_triggers_is_found(ward, capsys):
    triggers.install()
    removed = UserFactory()
    triggers.drop()
    write("DELETE FROM core_user WHERE id = %s", removed.pk)

    assert f"Bảng core_user, dòng {removed.pk}: đã mất mà nhật ký không ghi." in check(capsys)


def test_an_edited_sentence_of_the_journal_is_found(ward, capsys):
    event = AuditEvent.objects.latest("pk")
    AuditEvent.objects.filter(pk=event.pk).update(summary="Không có gì.")

    assert f"Bảng core_auditevent, dòng {event.pk}: khác với nhật ký." in check(capsys)


def test_an_emptied_journal_is_found(ward, capsys):
    lost = AuditEvent.objects.count()
    write("DELETE FROM core_auditevent")

    assert check(capsys).count("Bảng core_auditevent") == lost


@pytest.mark.postgresql  # SQLite has no TRUNCATE
@pytest.mark.parametrize(
    "table", ["core_auditevent", "core_area", "core_rowchange", "core_chainlink"]
)
def test_a_table_emptied_past_its_standing_triggers_is_found(ward, capsys, table):
    triggers.install()
    write("SET CONSTRAINTS ALL IMMEDIATE")

    write(f"TRUNCATE {table} CASCADE")

    check(capsys)


def test_every_table_with_history_is_held_against_it(db):
    assert len(triggers.history_tables()) >= 33
    assert set(triggers.history_models()) == set(triggers.history_tables())
    assert list(row_proof.misfits()) == []


def test_what_sql_wrote_past_the_program_is_counted(ward, capsys):
    call_command("verify_audit")
    before = capsys.readouterr().out
    triggers.install()
    Area.objects.filter(pk=ward.pk).update(name="Phường Ba")
    count = RowChange.objects.filter(actor="sql").count()

    call_command("verify_audit")

    line = "{} thay đổi được ghi thẳng bằng SQL"
    assert line.format(count) in capsys.readouterr().out
    assert line.format(count) not in before


def test_a_chain_cut_with_all_its_records_shows_against_a_kept_link(ward, capsys, tmp_path):
    call_command("verify_audit", "--print-anchor")
    kept = tmp_path / "anchor.json"
    kept.write_text(capsys.readouterr().out, "utf-8")
    call_command("verify_audit", "--anchor", str(kept))
    assert "không thấy được" not in capsys.readouterr().out
    last = HeadRecord.objects.latest("position")
    HeadRecord.objects.filter(pk=last.pk).delete()
    over = ChainHead.objects.filter(chain=chains.HEADS)
    over.update(length=last.position - 1, digest=HeadRecord.objects.latest("position").digest)

    assert "phần cuối bị cắt" in check(capsys, "--anchor", str(kept))


@pytest.mark.parametrize("content", ["", "[]", "{", '{"position": "x"}'])
def test_a_spoiled_link_file_gets_a_sentence(ward, capsys, tmp_path, content):
    kept = tmp_path / "anchor.json"
    kept.write_text(content, "utf-8")

    assert "Tệp mắt xích không đọc được." in check(capsys, "--anchor", str(kept))


def test_data_that_cannot_be_read_gets_a_sentence(ward):
    if connection.vendor == "sqlite":
        write("PRAGMA ignore_check_constraints = ON")
        write("UPDATE core_rowchange SET new = '{' WHERE id = (SELECT MAX(id) FROM core_rowchange)")
        write("PRAGMA ignore_check_constraints = OFF")
    else:
        write("ALTER TABLE core_rowchange DROP COLUMN new")

    with pytest.raises(CommandError, match=r"không khớp|không đọc được"):
        call_command("verify_audit")


def test_a_password_written_with_sql_leaves_an_entry_without_it(db):
    user = UserFactory()
    User.objects.filter(pk=user.pk).update(password="bi-mat-moi")

    change = RowChange.objects.filter(table="core_user", row_id=user.pk).latest("pk")

    assert (change.operation, change.actor, change.old) == ("update", "sql", change.new)
    assert "bi-mat-moi" not in str(change.new)


def test_an_upgrade_signs_what_it_did_and_hides_nothing_older(ward):
    tampered = UserFactory()
    upgrades.look(["a plan"])
    Area.objects.filter(pk=ward.pk).update(name="Phường Ba")
    triggers.install()

    upgrades.take_in(["a plan"])

    assert [each.row_id for each in row_proof.misfits()] == [tampered.pk]
    change = RowChange.objects.latest("pk")
    assert (change.act, change.operation, change.new["name"]) == ("migrate", "update", "Phường Ba")
    chains.seal_waiting()
    assert ChainLink.objects.get(change_id=change.pk).chain == ward.pk
