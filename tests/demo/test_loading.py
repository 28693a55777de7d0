"""The demonstration is loaded into an empty database, and left alone afterwards."""

import pytest
from django.core.management import call_command

from povertyplan.core.choices import Role
from povertyplan.core.models import Area, RowChange, User
from povertyplan.demo.loading import load_demo
from povertyplan.demo.services import mark_demonstration
from projects.models import ComponentProject
from tests.factories.core import user_with

PASSWORD = "mot-mat-khau-chung"


@pytest.fixture
def demo(settings, ward):
    """A demonstration whose people went on working: the ward has another name than its file."""
    settings.DEMO = True
    user = user_with(Role.COORDINATOR, ward)
    user.set_password(PASSWORD)
    user.save()
    mark_demonstration(ward=ward)
    return ward


def test_load_demo_leaves_a_ward_alone_and_says_so_in_one_line(demo, monkeypatch, capsys):
    monkeypatch.setenv("DEMO_PASSWORD", PASSWORD)
    before = RowChange.objects.count()

    call_command("load_demo")

    said = capsys.readouterr().out.splitlines()
    assert said[0] == "Dữ liệu mẫu đã có sẵn: để nguyên, không nạp lại."
    assert RowChange.objects.count() == before
    assert not ComponentProject.objects.exists()
    assert Area.objects.get(pk=demo.pk).name == demo.name


def test_load_demo_keeps_the_password_that_somebody_chose(demo):
    chosen = user_with(Role.LEADER, demo)
    chosen.set_password("tu-chon-mat-khau")
    chosen.save()

    assert not load_demo(password=PASSWORD)

    chosen.refresh_from_db()
    assert chosen.check_password("tu-chon-mat-khau")


def test_load_demo_gives_a_new_password_where_nobody_could_sign_in(demo):
    load_demo(password="mat-khau-moi-tinh")

    (user,) = User.objects.all()
    assert user.check_password("mat-khau-moi-tinh")
