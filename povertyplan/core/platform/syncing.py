"""Bring rows in line with a file: find by natural key, create, update or leave alone, and count."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from django.db import models

from povertyplan.core.platform import versions
from povertyplan.core.platform.structured_file.places import YamlPath

Row = TypeVar("Row", bound=models.Model)


@dataclass
class Changes:
    """What a load did, by kind of row. Kinds carry the model's Vietnamese name."""

    created: Counter = field(default_factory=Counter)
    updated: Counter = field(default_factory=Counter)
    removed: Counter = field(default_factory=Counter)
    unchanged: Counter = field(default_factory=Counter)

    def __bool__(self) -> bool:
        """Whether anything changed at all."""
        return bool(self.created or self.updated or self.removed)

    def __str__(self) -> str:
        """One line a kind: "đơn vị: 0 tạo mới, 1 cập nhật, 0 bỏ, 5 giữ nguyên"."""
        kinds = dict.fromkeys([*self.created, *self.updated, *self.removed, *self.unchanged])
        return "\n".join(
            f"{kind}: {self.created[kind]} tạo mới, {self.updated[kind]} cập nhật, "
            f"{self.removed[kind]} bỏ, {self.unchanged[kind]} giữ nguyên"
            for kind in kinds
        )

    def totals(self) -> str:
        """The whole load in one phrase, for the journal."""
        return (
            f"{self.created.total()} tạo mới, {self.updated.total()} cập nhật, "
            f"{self.removed.total()} bỏ, {self.unchanged.total()} giữ nguyên"
        )

    def put(
        self,
        model: type[Row],
        *,
        key: Mapping,
        values: Mapping,
        initial: Mapping | None = None,
        among: models.QuerySet | None = None,
        place: YamlPath = (),
    ) -> Row:
        """The row with this natural key, holding these values.

        `initial` is only for a new row; `among` narrows where the old one is looked for; `place`
        is where the file says it. A row with a version counts up when it changes, so that
        somebody who has it open is told.
        """
        found = model._default_manager.all() if among is None else among
        row = found.filter(**key).first()
        if row is None:
            row = model(**{**key, **values, **(initial or {})})
            self._create(row, key, place)
            return row
        differing = {name: value for name, value in values.items() if getattr(row, name) != value}
        if differing:
            self._change(row, differing, place)
        else:
            self.count(self.unchanged, model)
        return row

    def drop(self, rows: models.QuerySet, place: YamlPath = ()) -> None:
        """Delete rows that the file no longer names."""
        for row in rows:
            self._remove(row, place)

    def count(self, outcome: Counter, model: type[models.Model]) -> None:
        outcome[str(model._meta.verbose_name)] += 1

    def _create(self, row: models.Model, key: Mapping, place: YamlPath) -> None:
        row.save()
        self.count(self.created, type(row))

    def _remove(self, row: models.Model, place: YamlPath) -> None:
        row.delete()
        self.count(self.removed, type(row))

    def _change(self, row: models.Model, values: Mapping, place: YamlPath) -> None:
        self.count(self.updated, type(row))
        if hasattr(row, "version"):
            values = {**values, "version": versions.version_of(row) + 1}
        for name, value in values.items():
            setattr(row, name, value)
        row.save(update_fields=[*values])
