"""A ward written back loads as the same ward."""

import pytest
from django.core.management import call_command

from povertyplan.core.models import Area
from povertyplan.core.platform.structured_file.reading import read
from povertyplan.ward_file.describing import dump_ward
from povertyplan.ward_file.loading import load_ward, read_ward_file
from projects.choices import UnitRole
from tests.factories.projects import (
    ComponentProjectFactory,
    ProgrammeFactory,
    ProjectUnitFactory,
    WardProjectFactory,
)

from .small import SMALL, changed


@pytest.fixture
def loaded(db):
    ComponentProjectFactory(code="2")
    load(SMALL)
    return Area.objects.get(code="23284")


def load(text):
    return load_ward(text=read(text), by=None, source="command")


def test_dump_ward_loads_as_unchanged(loaded):
    assert not load(dump_ward(loaded))


def test_dump_ward_says_what_the_file_said(loaded):
    # A file may call a unit by either name; written back it is the short one.
    said = read_ward_file(read(changed("owner: Phòng Kinh tế", "owner: KT")))

    written = read_ward_file(read(dump_ward(loaded)))

    assert written.model_dump() == said.model_dump()


def test_dump_ward_loaded_as_another_ward_writes_the_same_text(loaded):
    text = dump_ward(loaded)
    other = text.replace("23284", "23285").replace("Phường Thử", "Phường Khác")

    load(other)

    assert dump_ward(Area.objects.get(code="23285")) == other


def test_dump_ward_names_the_programme_of_all_but_the_first_that_has_the_code(loaded):
    newer = ComponentProjectFactory(code="2", programme=ProgrammeFactory(code="NEW-2026-2035"))
    WardProjectFactory(ward=loaded, project=newer)

    text = dump_ward(loaded)

    assert "code: '2'" in text
    assert "code: NEW-2026-2035/2" in text
    assert not load(text)


def test_dump_ward_keeps_words_for_units_and_those_that_guide(loaded):
    row = loaded.ward_projects.first()
    words = [(UnitRole.COORDINATING, "các đơn vị liên quan", 3), (UnitRole.GUIDING, "sở", 1)]
    for role, wording, order in words:
        ProjectUnitFactory(
            ward_project=row, unit=None, wording=wording, role=role, year_to=2026, order=order
        )

    text = dump_ward(loaded)

    assert "wording: các đơn vị liên quan" in text
    assert not load(text)


def test_dump_ward_leaves_out_roles_that_ended(loaded):
    load(changed('villages: ["01", "02"]', 'villages: ["01"]'))

    assert (
        "      - role: entry_officer\n        villages:\n          - '01'\n        valid_from"
        in (dump_ward(loaded))
    )


def test_dump_ward_command_prints_the_file(loaded, capsys):
    call_command("dump_ward", "23284")

    assert capsys.readouterr().out == dump_ward(loaded)
