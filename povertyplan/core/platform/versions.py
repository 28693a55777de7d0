"""Optimistic locking: a record is written only in the version its editor has seen."""

from typing import NoReturn, TypeVar, cast

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F

Versioned = TypeVar("Versioned", bound=models.Model)

MISSING_VERSION = "Biểu mẫu thiếu số phiên bản. Tải lại trang rồi nhập lại."
FORGED_VERSION = "Số phiên bản của biểu mẫu không đúng. Tải lại trang rồi nhập lại."
NOTHING_CHANGED = "Chưa có gì thay đổi."
STALE_VERSION = "Hồ sơ này vừa được sửa ở nơi khác. Xem giá trị mới rồi lưu lại."


class StaleVersion(ValidationError):
    """Somebody saved the record after the editor opened it; `current` is the row as it is now."""

    def __init__(self, current: models.Model):
        super().__init__(STALE_VERSION, code="stale")
        self.current = current


def version_of(record: models.Model) -> int:
    """The version of a record of any model that counts them."""
    return cast(models.Field, record._meta.get_field("version")).value_from_object(record)


def check(current: models.Model, version: int | None) -> None:
    """Refuse an editor's version that is not the one of the row just read.

    A version that is missing, not a number or from the future was not handed out by us.
    """
    if not isinstance(version, int) or isinstance(version, bool):
        raise ValidationError(MISSING_VERSION, code="version")
    newest = version_of(current)
    if not 1 <= version <= newest:
        raise ValidationError(FORGED_VERSION, code="version")
    if version < newest:
        raise StaleVersion(current)


def refuse_stale(current: models.Model | None) -> NoReturn:
    """Refuse what was typed over another row than stands now, or over one that never was."""
    if current is None:
        raise ValidationError(FORGED_VERSION, code="version")
    raise StaleVersion(current)


def update(record: Versioned, *, version: int | None, **values: object) -> Versioned:
    """Write `values` to the record's row if it still is `version`, and count the version up.

    The comparison is part of the UPDATE, so two writers cannot both win. `record` is changed
    in memory to match its row. A model whose columns follow from others says so in `with_derived`.
    """
    if with_derived := getattr(record, "with_derived", None):
        values = with_derived(values)
    rows = type(record)._base_manager.filter(pk=record.pk)
    if not isinstance(version, int) or isinstance(version, bool):
        raise ValidationError(MISSING_VERSION, code="version")
    if not rows.filter(version=version).update(version=F("version") + 1, **values):
        check(rows.get(), version)
        # Unreachable unless the row went back to `version` between the two statements.
        raise StaleVersion(rows.get())
    for name, value in {**values, "version": version + 1}.items():
        setattr(record, name, value)
    return record
