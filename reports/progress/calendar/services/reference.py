"""Load when progress reports are due (chế độ báo cáo)."""

from pathlib import Path
from typing import Annotated

from pydantic import Field, model_validator

from povertyplan.core.journal import audit
from povertyplan.core.models import User
from povertyplan.core.platform.structured_file.checking import Section, check
from povertyplan.core.platform.structured_file.reading import read_file
from povertyplan.core.platform.structured_file.values import OneLine, Year, matching
from povertyplan.core.platform.syncing import Changes
from projects.choices import Confidence
from reports.choices import ReportPeriod
from reports.models import ReportingRule
from reports.progress.calendar.dues import DueRule, rule_faults

RuleCode = Annotated[
    str, matching(r"[a-z0-9]+(-[a-z0-9]+)*", "mã viết thường, không dấu, nối bằng “-”.")
]
PeriodNumber = Annotated[int, Field(ge=1, le=12)]


class ReportingRuleSection(Section):
    code: RuleCode
    name: Annotated[str, OneLine(200)]
    period: ReportPeriod
    due_day: Annotated[int, Field(ge=1, le=31)] | None = None
    due_month: Annotated[int, Field(ge=1, le=12)] | None = None
    months_after: Annotated[int, Field(ge=0, le=1)] = 0
    is_before: bool = False
    first_number: PeriodNumber = 1
    last_number: PeriodNumber = 12
    year_from: Year | None = None
    year_to: Year | None = None
    of_units: bool = True
    via: Annotated[str, OneLine(200)] | None = None
    recipient: Annotated[str, OneLine(200)]
    legal_reference: Annotated[str, OneLine(250)]
    confidence: Confidence

    @model_validator(mode="after")
    def _due_can_be(self) -> "ReportingRuleSection":
        names = DueRule.__dataclass_fields__
        faults = rule_faults(DueRule(**{name: getattr(self, name) for name in names}))
        if faults:
            raise ValueError(" ".join(faults.values()))
        return self


class ReportingRulesFile(Section):
    rules: Annotated[tuple[ReportingRuleSection, ...], Field(min_length=1)]


@audit.business_act(label="Nạp chế độ báo cáo")
def load_reporting_rules(*, path: Path, by: User | None) -> Changes:
    """Bring the rules of every ward in line with a file. None is removed: periods point to it."""
    changes = Changes()
    for section in check(ReportingRulesFile, read_file(path)).rules:
        values = section.model_dump(exclude={"code"}) | {"via": section.via or ""}
        rule = changes.put(ReportingRule, key={"ward": None, "code": section.code}, values=values)
    if changes:
        audit.record(rule, f"Nạp chế độ báo cáo: {changes.totals()}.", ward=None)
    return changes
