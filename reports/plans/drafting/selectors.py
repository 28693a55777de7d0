"""The plans that a new one would stand beside."""

from collections.abc import Iterable

from povertyplan.core.models import Area
from povertyplan.core.text import formatting
from reports.choices import AmendKind
from reports.models import Document


def plans_of_years(ward: Area, first: int, last: int) -> list[Document]:
    """The plans of a ward for the very same years that still hold or are being written.

    The newest comes first.
    """
    plans = Document.objects.plans().filter(ward=ward, year_from=first, year_to=last, ended_as="")
    return list(plans.order_by("-issued_on", "-pk"))


def may_be_replaced(plan: Document) -> bool:
    """Whether a plan holds, and no draft that replaces it is being written."""
    drafts = plan.amendments.filter(amend_kind=AmendKind.REPLACES)
    return plan.is_in_force and not drafts.exists()


def name_plan(plan: Document) -> str:
    """A plan among others: what it is called, its years, and where it stands."""
    years = formatting.years(plan.year_from, plan.year_to)
    return f"{plan.subject} ({years}, {plan.get_state_display().lower()})"


def name_plans(plans: Iterable[Document]) -> str:
    return "; ".join(map(name_plan, plans))
