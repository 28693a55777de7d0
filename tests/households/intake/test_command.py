"""`manage.py import_households`: check, write, and hand the workbook back."""

import io

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from households.models import Household, ImportBatch
from tests.factories.core import VillageFactory
from tests.factories.households import HouseholdFactory
from tests.households.samples import VILLAGES, official_sample


@pytest.fixture
def place(ward):
    for order, name in enumerate(VILLAGES):
        VillageFactory(parent=ward, name=name, order=order)
    return ward


def run(ward, tmp_path, content: bytes, *options):
    file, report = tmp_path / "danh sách.xlsx", tmp_path / "ket-qua.xlsx"
    file.write_bytes(content)
    out, err = io.StringIO(), io.StringIO()
    call_command(
        "import_households", file, "--ward", ward.code, "--report", report, *options,
        stdout=out, stderr=err,
    )  # fmt: skip
    return out.getvalue(), err.getvalue(), report


def without_groups(sample):
    sample.cells = {cell: value for cell, value in sample.cells.items() if cell[0] != "O"}
    return sample.content()


def test_check_writes_nothing_and_reports(place, tmp_path):
    out, err, report = run(place, tmp_path, without_groups(official_sample(3)))

    assert out.startswith("Chưa ghi; nếu ghi: thêm mới ")
    assert "Đối chiếu với sổ…" in err
    assert not Household.objects.exists()
    assert len(openpyxl.load_workbook(report).sheetnames) == 2


def test_commit_writes(place, tmp_path):
    out, _err, _report = run(place, tmp_path, without_groups(official_sample(3)), "--commit")

    assert out.startswith("Đã ghi: thêm mới ")
    assert Household.objects.filter(ward=place).count() == 3


def test_commit_again_changes_nothing(place, tmp_path):
    content = without_groups(official_sample(3))
    run(place, tmp_path, content, "--commit")

    out, _err, _report = run(place, tmp_path, content, "--commit")

    assert "thêm mới 0, cập nhật 0, không đổi" in out


def test_refused_file_is_a_command_error(place, tmp_path):
    with pytest.raises(CommandError, match="không phải là tệp Excel"):
        run(place, tmp_path, b"<html>")

    assert not ImportBatch.objects.exists()


def test_unknown_ward_is_a_command_error(place, tmp_path):
    HouseholdFactory()
    place.code = "99999"

    with pytest.raises(CommandError, match="Không có phường, xã mã 99999"):
        run(place, tmp_path, b"")
