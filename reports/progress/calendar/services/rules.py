"""Rules that a ward adds to those of every ward."""

from dataclasses import asdict, dataclass
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError

from povertyplan.core.journal import audit
from povertyplan.core.models import Area, User
from povertyplan.core.platform.changing import change_record
from povertyplan.core.platform.submissions import once
from reports.models import ReportingRule
from reports.progress.calendar.dues import DueRule, rule_faults


@dataclass(frozen=True)
class RuleInput:
    """A rule as the coordinator writes it."""

    name: str
    due: DueRule
    recipient: str
    legal_reference: str
    confidence: str
    via: str = ""
    of_units: bool = True

    def values(self) -> dict[str, object]:
        values = dict(self.__dict__)
        values.pop("due")
        return values | asdict(self.due)


@audit.business_act(label="Thêm chế độ báo cáo")
def add_reporting_rule(
    *, ward: Area, details: RuleInput, key: str | None, by: User
) -> ReportingRule:
    """Add a rule of the ward's own. Raises ValidationError keyed by field."""
    _refuse_faults(details)

    def create() -> ReportingRule:
        rule = ReportingRule.objects.create(
            ward=ward, code=f"rieng-{UUID(key).hex if key else uuid4().hex}", **details.values()
        )
        audit.record(rule, f"Thêm chế độ báo cáo {rule}.", ward=ward)
        return rule

    return once(
        key=key,
        act="add_reporting_rule",
        content={"ward": ward.pk, **details.values()},
        model=ReportingRule,
        create=create,
        by=by,
    )


@audit.business_act(label="Sửa chế độ báo cáo")
def change_reporting_rule(
    *, rule: ReportingRule, details: RuleInput, version: int | None, by: User
) -> ReportingRule:
    """Change a rule of the ward's own; periods that are open already keep their days.

    Raises ValidationError keyed by field, and StaleVersion.
    """
    _refuse_faults(details)
    return change_record(rule, details.values(), version=version, ward=rule.ward)


def _refuse_faults(details: RuleInput) -> None:
    if faults := rule_faults(details.due):
        raise ValidationError(faults)
