"""docs/ward-file.md tells every key, kind and field that a file may hold."""

from django.conf import settings

from povertyplan.ward_file import document_schema, schema
from projects.choices import TargetOperator
from reports.choices import BlockKind
from reports.figures.data_fields import FIELDS, QUERIES

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
