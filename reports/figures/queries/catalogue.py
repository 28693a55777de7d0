"""Every named query by its name; a target keeps the name, chosen on the form of its indicator."""

from collections.abc import Mapping

from households.choices import LISTED, PovertyClass
from reports.figures.figure import HOUSEHOLDS, PERCENT

from . import households, members, work
from .counted import NamedQuery

POOR, NEAR_POOR = (PovertyClass.POOR,), (PovertyClass.NEAR_POOR,)
PERSONS, NEEDS, SUPPORTS, MILLIONS = "người", "nhu cầu", "lượt", "triệu đồng"
LIVELIHOODS = "mô hình"

NAMED_QUERIES: Mapping[str, NamedQuery] = {
    "listed_households": NamedQuery(households.households_of(LISTED), HOUSEHOLDS),
    "listed_percent": NamedQuery(households.share_of_households(LISTED), PERCENT),
    "poor_persons": NamedQuery(households.persons_of(POOR), PERSONS),
    "near_poor_persons": NamedQuery(households.persons_of(NEAR_POOR), PERSONS),
    "listed_persons": NamedQuery(households.persons_of(LISTED), PERSONS),
    "poor_persons_percent": NamedQuery(households.share_of_persons(POOR), PERCENT),
    "minority_poor_households": NamedQuery(households.minority_households_of(POOR), HOUSEHOLDS),
    "minority_near_poor_households": NamedQuery(
        households.minority_households_of(NEAR_POOR), HOUSEHOLDS
    ),
    "minority_poor_percent": NamedQuery(households.share_of_minorities(POOR), PERCENT),
    "deprived_poor_households": NamedQuery(households.lacking(POOR), HOUSEHOLDS),
    "deprived_near_poor_households": NamedQuery(households.lacking(NEAR_POOR), HOUSEHOLDS),
    "deprived_households": NamedQuery(households.lacking(LISTED), HOUSEHOLDS),
    "deprived_poor_percent": NamedQuery(households.lacking(POOR), PERCENT),
    "deprived_near_poor_percent": NamedQuery(households.lacking(NEAR_POOR), PERCENT),
    "deprived_percent": NamedQuery(households.lacking(LISTED), PERCENT),
    "open_needs": NamedQuery(work.open_needs, NEEDS),
    "needs_served_percent": NamedQuery(work.needs_served, PERCENT),
    "supports_given": NamedQuery(work.supports_given, SUPPORTS),
    "supported_households": NamedQuery(work.supported_households, HOUSEHOLDS),
    "supported_listed_percent": NamedQuery(work.supported_listed, PERCENT),
    "livelihoods_running": NamedQuery(work.livelihoods_running, LIVELIHOODS),
    "livelihood_households": NamedQuery(work.livelihood_households, HOUSEHOLDS),
    "low_income_workers": NamedQuery(work.low_income_workers, PERSONS),
    "supported_workers_percent": NamedQuery(work.supported_workers, PERCENT),
    "insured_poor_percent": NamedQuery(members.insured(POOR), PERCENT),
    "insured_near_poor_percent": NamedQuery(members.insured(NEAR_POOR), PERCENT),
    "insured_percent": NamedQuery(members.insured(LISTED), PERCENT),
    "schooled_percent": NamedQuery(members.schooled(LISTED), PERCENT),
    "schooled_at_level_percent": NamedQuery(members.schooled_at_level(LISTED), PERCENT),
    "disbursed_millions": NamedQuery(work.disbursed, MILLIONS),
    "disbursed_percent": NamedQuery(work.disbursed_share, PERCENT),
}
"""Beside them stand the figures of `reports.figures.classes`, which documents name as well."""
