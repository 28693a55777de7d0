"""Which rows a user may see: those inside the areas of the grants in use."""

from collections.abc import Iterable
from typing import Any

from django.db import connection, models
from django.db.models import Exists, OuterRef, Q, QuerySet

from povertyplan.core.choices import AreaKind, Role


def keeps_many_wards() -> bool:
    """Whether the database is one that may hold a province; SQLite's is that of an office."""
    return connection.vendor == "postgresql"


def same_ward(**wards: Any) -> Q:
    """The condition that a joined row lies in the ward of the row it is joined to.

    With it PostgreSQL reads one ward's rows where it would read all wards'. SQLite keeps the one
    ward of an office, and would walk that whole ward for each row: it is not told.
    """
    return Q(**wards) if keeps_many_wards() else Q()


def about_any_of(households: Iterable[int] | QuerySet) -> Q:
    """The condition that a row is about one of some households, and in its ward.

    A query for them gives households, or in its one column the households of other rows.
    """
    if not isinstance(households, QuerySet) or not keeps_many_wards() or households.query.is_sliced:
        return Q(household__in=households)
    (named,) = getattr(households, "_fields", None) or ("pk",)
    mine = {named: OuterRef("household"), "ward": OuterRef("ward")}
    return Q(Exists(households.order_by().filter(**mine)))


class ScopedQuerySet(models.QuerySet):
    """Rows that lie in a ward, or in one of its villages.

    `ward_path` and `village_path` are the lookups from the model to its area; a model without
    villages (`village_path = None`) is seen by everyone with a grant inside its ward. Roles in
    `closed_to` see no row at all, whatever their area.
    """

    ward_path: str = "ward"
    village_path: str | None = "village"
    closed_to: frozenset[Role] = frozenset()

    def visible_to(self, user):
        inside = Q(pk__in=[])
        for grant in user.grants_in_use:
            if grant.role not in self.closed_to:
                inside |= self._granted(grant)
        return self.filter(inside)

    def _granted(self, grant) -> Q:
        """The rows that one grant opens; a model whose rows need certain roles narrows it."""
        return self._inside(grant.area)

    def _inside(self, area) -> Q:
        if area.kind == AreaKind.WARD:
            return Q(**{self.ward_path: area.pk})
        if area.kind != AreaKind.VILLAGE:
            return Q(**{f"{self.ward_path}__path__startswith": area.path})
        if self.village_path is None:
            return Q(**{self.ward_path: area.parent_id})
        return Q(**{self.ward_path: area.parent_id, self.village_path: area.pk})
