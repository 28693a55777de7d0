"""One new spell of one household, for tests that need a ledger with a history."""

from households.ledger.services.spells import StatusChange, change_statuses


def change_status(*, household, poverty_class, starts_on, decision, cause):
    change = StatusChange(household, poverty_class, cause)
    return change_statuses(changes=[change], starts_on=starts_on, decision=decision)[0]
