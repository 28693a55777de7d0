"""The reference data ships whole, loads once and can be loaded again."""

import shutil
from collections import Counter

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from households.models import (
    DeprivationIndicator,
    EthnicGroup,
    IncomeLine,
    PovertyCause,
    PovertyStandard,
)
from povertyplan.core.models import AuditEvent
from projects.models import ComponentProject, Programme

SHIPPED = settings.BASE_DIR / "fixtures" / "reference"


@pytest.fixture
def loaded(db):
    call_command("load_reference", verbosity=0)


@pytest.fixture
def copy(tmp_path):
    return shutil.copytree(SHIPPED, tmp_path / "reference")


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_load_reference_ships_everything(loaded):
    counts = {
        model.__name__: model.objects.count()
        for model in (PovertyStandard, DeprivationIndicator, EthnicGroup, PovertyCause, Programme)
    }

    assert counts == {
        "PovertyStandard": 2,
        "DeprivationIndicator": 24,
        "EthnicGroup": 54,
        "PovertyCause": 8,
        "Programme": 4,
    }
    parts = Counter(ComponentProject.objects.values_list("programme__code", "label"))
    assert parts == {
        ("GNBV-2021-2025", "Dự án"): 7,
        ("GNBV-2021-2025", "Tiểu dự án"): 11,
        ("NTM-GN-DTTS-2026", "Hợp phần"): 2,
        ("NTM-GN-DTTS-2026", "Nội dung thành phần"): 15,
        ("NTM-GN-DTTS-2026", "Nội dung"): 52,
        ("CHINH-SACH-CHUNG", "Chính sách"): 6,
        ("HOAT-DONG-KHAC", "Hoạt động"): 2,
    }


def test_load_reference_says_which_contents_have_no_wording_yet(loaded):
    unnamed = ComponentProject.objects.filter(official_name="")

    assert {project.label for project in unnamed} == {"Nội dung"}
    assert ComponentProject.objects.get(code="1.2.14").name == "chưa có tên"


def test_load_reference_gives_the_lines_of_each_standard(loaded):
    lines = IncomeLine.objects.order_by("standard__valid_from", "income").values_list(
        "standard__code", "setting", "income", "score_line", "average_living_income"
    )

    assert list(lines) == [
        ("2022-2026", "rural", 1_500_000, 140, 2_250_000),
        ("2022-2026", "urban", 2_000_000, 175, 3_000_000),
        ("2027-2030", "rural", 2_200_000, None, None),
        ("2027-2030", "urban", 2_800_000, None, None),
    ]


def test_load_reference_numbers_projects_in_official_order(loaded):
    old = ComponentProject.objects.filter(programme__code="GNBV-2021-2025")
    codes = list(old.values_list("code", flat=True))

    assert " ".join(codes) == "1 1.1 1.2 2 3 3.1 3.2 4 4.1 4.2 4.3 5 6 6.1 6.2 7 7.1 7.2"
    assert not old.get(code="5").for_wards


def test_load_reference_twice_changes_nothing(loaded, capsys):
    events = AuditEvent.objects.count()

    call_command("load_reference")

    assert capsys.readouterr().out.endswith("không có thay đổi\n")
    assert AuditEvent.objects.count() == events == 13


def test_load_reference_updates_an_edited_name(loaded, copy, capsys):
    edit(copy / "poverty-causes.yaml", "Nguyên nhân khác", "Nguyên nhân khác nữa")

    call_command("load_reference", directory=copy)

    assert PovertyCause.objects.get(number=8).name == "Nguyên nhân khác nữa"
    assert "nguyên nhân nghèo: 0 tạo mới, 1 cập nhật" in capsys.readouterr().out
    assert AuditEvent.objects.latest("pk").source == "command"


def test_load_reference_with_an_error_saves_nothing(db, copy):
    edit(copy / "programmes.yaml", 'code: "3.1"', 'code: "3,1"')

    with pytest.raises(CommandError, match=r"programmes\.yaml\ndòng \d+, programmes\[0\]"):
        call_command("load_reference", directory=copy)

    assert not PovertyStandard.objects.exists()
