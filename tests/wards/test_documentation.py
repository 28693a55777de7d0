"""docs/ward-file.md tells what a file may hold, and the file it begins with loads."""

from django.conf import settings
from django.core.management import call_command

from households.models import AreaYear
from povertyplan.core.models import Area, User
from povertyplan.core.platform.structured_file.reading import read_file
from povertyplan.ward_file import document_schema, schema
from povertyplan.ward_file.describing import dump_ward
from povertyplan.ward_file.loading import load_ward
from projects.choices import TargetOperator
from reports.choices import BlockKind
from reports.figures.data_fields import FIELDS, QUERIES

NEW_WARD = settings.BASE_DIR / "fixtures" / "wards" / "new-ward.yaml"
TEXT = (settings.BASE_DIR / "docs" / "ward-file.md").read_text(encoding="utf-8")


def keys_of(module):
    return {
        key
        for section in vars(module).values()
        if isinstance(section, type) and issubclass(section, schema.Section)
        for key in section.model_fields
    }


def test_every_key_is_told():
    keys = keys_of(schema) | keys_of(document_schema)

    assert len(keys) > 60
    assert [key for key in sorted(keys) if key not in TEXT] == []


def test_every_block_kind_operator_field_and_query_is_told():
    names = [*BlockKind.values, *TargetOperator.values, *FIELDS, *QUERIES]

    assert [name for name in names if name not in TEXT] == []


def test_the_file_of_a_new_ward_is_named_short_and_explained():
    lines = NEW_WARD.read_text(encoding="utf-8").splitlines()

    assert "fixtures/wards/new-ward.yaml" in TEXT
    assert len(lines) <= 42
    assert sum("#" in line for line in lines) >= 12


def test_the_file_of_a_new_ward_loads_into_an_empty_database(db):
    call_command("load_reference", verbosity=0)

    load_ward(text=read_file(NEW_WARD), by=None, source="command")

    ward = Area.objects.get(code="00000")
    assert Area.objects.villages_of(ward).count() == 2
    assert AreaYear.objects.get(area=ward).households == 500
    assert {user.grants.get().role for user in User.objects.all()} == {
        "administrator",
        "coordinator",
    }
    assert "Xã Mẫu" in dump_ward(ward)
    assert not load_ward(text=read_file(NEW_WARD), by=None, source="command")
