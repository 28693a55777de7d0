"""Load the rules of publication that every ward shares."""

from pathlib import Path
from typing import Annotated

from pydantic import Field

from povertyplan.core.journal import audit
from povertyplan.core.models import User
from povertyplan.core.platform.structured_file.checking import Section, check
from povertyplan.core.platform.structured_file.reading import read_file
from povertyplan.core.platform.structured_file.referring import refuse_file, unknown_values
from povertyplan.core.platform.structured_file.values import Day, OneLine, Whole
from povertyplan.core.platform.syncing import Changes
from projects.choices import Confidence, PublicationPlace, PublicationTrigger
from projects.models import PublicationRule, SupportKind
from projects.support.services.reference import KindCode


class PublicationRuleSection(Section):
    code: KindCode
    name: Annotated[str, OneLine(200)]
    trigger: PublicationTrigger
    place: PublicationPlace
    due_days: Whole
    min_days: Whole = 0
    support_kinds: tuple[KindCode, ...] = ()
    legal_reference: Annotated[str, OneLine(250)]
    confidence: Confidence
    valid_from: Day | None = None
    valid_to: Day | None = None
    note: Annotated[str, OneLine(300)] | None = None


class PublicationRulesFile(Section):
    rules: Annotated[tuple[PublicationRuleSection, ...], Field(min_length=1)]


UNKNOWN_KIND = "không có loại hỗ trợ “{}”."


@audit.business_act(label="Nạp quy định công khai")
def load_publication_rules(*, path: Path, by: User | None) -> Changes:
    """Bring the rules in line with a file. A rule is never removed: publications point to it.

    Raises FileError, also for a kind of support that nobody knows.
    """
    changes, text = Changes(), read_file(path)
    file = check(PublicationRulesFile, text)
    kinds = set(SupportKind.objects.values_list("code", flat=True))
    refuse_file(
        problem
        for at, section in enumerate(file.rules)
        for problem in unknown_values(
            text, ("rules", at, "support_kinds"), section.support_kinds, kinds, UNKNOWN_KIND
        )
    )
    for order, section in enumerate(file.rules, start=1):
        values = section.model_dump(exclude={"code"})
        values |= {
            "support_kinds": list(section.support_kinds),
            "note": section.note or "",
            "order": order,
        }
        rule = changes.put(PublicationRule, key={"code": section.code}, values=values)
    if changes:
        audit.record(rule, f"Nạp quy định công khai: {changes.totals()}.", ward=None)
    return changes
