"""JSON columns whose values are dataclasses in Python."""

from django.db import models
from django.db.models.fields.json import KeyTransform


class JSONDataField(models.JSONField):
    """A JSON column that holds one value of a dataclass, or with `many` a list or dict of them.

    The dataclass says itself how it is stored, by `to_json` and `from_json`. To the database and
    to migrations the column is plain JSON, so `default` is that of the stored form.
    """

    def __init__(self, *args, of: type, many: type[list] | type[dict] | None = None, **kwargs):
        self.of, self.many = of, many
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs

    def clone(self):
        _name, _path, args, kwargs = self.deconstruct()
        return type(self)(*args, of=self.of, many=self.many, **kwargs)

    def get_default(self):
        return self._from_json(super().get_default())

    def from_db_value(self, value, expression, connection):
        stored = super().from_db_value(value, expression, connection)
        return stored if isinstance(expression, KeyTransform) else self._from_json(stored)

    def get_prep_value(self, value):
        return super().get_prep_value(self._to_json(value))

    def _from_json(self, stored):
        if stored is None:  # the row of a join that found nothing
            return None
        if self.many is dict:
            return {key: self.of.from_json(each) for key, each in stored.items()}
        if self.many is list:
            return [self.of.from_json(each) for each in stored]
        return self.of.from_json(stored)

    def _to_json(self, value):
        if self.many is dict:
            return {key: each.to_json() for key, each in value.items()}
        if self.many is list:
            return [each.to_json() for each in value]
        return value.to_json()
