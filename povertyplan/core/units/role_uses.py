"""Roles as a use of units."""

from povertyplan.core.accounts.unit_roles import name_role_holders, pass_roles_on
from povertyplan.core.units.uses import UnitHandover, UnitUse, register_use


def _hand_over(handover: UnitHandover) -> None:
    pass_roles_on(unit=handover.unit, successor=handover.successor, by=handover.by)


register_use("roles", UnitUse(sentences=name_role_holders, hand_over=_hand_over))
