"""Which rows a user may see: those inside the areas of the grants in use."""

from django.db import models
from django.db.models import Q

from povertyplan.core.choices import AreaKind, Role


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
