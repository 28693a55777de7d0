"""Changing a record on screen: in the version its editor saw, each field told in the journal."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models

from povertyplan.core.journal import audit
from povertyplan.core.journal.presenters import field_change
from povertyplan.core.models import Area
from povertyplan.core.platform import versions

Record = TypeVar("Record", bound=models.Model)


def differences(record: models.Model, values: Mapping[str, Any]) -> dict[str, Any]:
    """Those of the values that the record does not have."""
    return {name: new for name, new in values.items() if getattr(record, name) != new}


def change_record(
    record: Record, values: Mapping[str, Any], *, version: int | None, ward: Area | None
) -> Record:
    """Write what differs from the row as it is now, with a line of the journal for each field.

    Raises StaleVersion, and ValidationError where nothing differs.
    """
    current = type(record)._base_manager.get(pk=record.pk)
    versions.check(current, version)
    changes = differences(current, values)
    if not changes:
        raise ValidationError(versions.NOTHING_CHANGED, code="unchanged")
    described = [field_change(current, name, new) for name, new in changes.items()]
    versions.update(record, version=version, **changes)
    words = "; ".join(f"{each.label} {each.old} → {each.new}" for each in described)
    audit.record(record, f"{record}: {words}.", ward=ward)
    return record
