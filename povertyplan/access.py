"""The whole rule table, collected from the apps: view name → rule; fields that are masked."""

from households.access import RULES as HOUSEHOLD_RULES
from households.field_access import SENSITIVE_FIELDS as HOUSEHOLD_FIELDS
from povertyplan.core.access.rules import RULES as CORE_RULES
from povertyplan.core.access.rules import Rule, SensitiveField
from projects.access import RULES as PROJECT_RULES
from projects.access import SENSITIVE_FIELDS as PROJECT_FIELDS
from reports.access import RULES as REPORT_RULES
from reports.access import SENSITIVE_FIELDS as REPORT_FIELDS

RULES: dict[str, Rule] = {
    rule.view: rule for rule in [*CORE_RULES, *HOUSEHOLD_RULES, *PROJECT_RULES, *REPORT_RULES]
}

SENSITIVE_FIELDS: dict[tuple[str, str], SensitiveField] = {
    (each.model, each.field): each for each in [*HOUSEHOLD_FIELDS, *PROJECT_FIELDS, *REPORT_FIELDS]
}
