"""Load what is asked before a livelihood project is approved."""

from pathlib import Path
from typing import Annotated

from pydantic import Field

from povertyplan.core.journal import audit
from povertyplan.core.models import User
from povertyplan.core.platform.structured_file.checking import Section, check
from povertyplan.core.platform.structured_file.reading import read_file
from povertyplan.core.platform.structured_file.values import Day, OneLine, Whole
from povertyplan.core.platform.syncing import Changes
from projects.choices import Confidence, LivelihoodKind
from projects.models import LivelihoodProcedure


class LivelihoodProcedureSection(Section):
    kind: LivelihoodKind
    valid_from: Day
    asks_meeting: bool
    assessor: Annotated[str, OneLine(100)]
    posting_days: Whole | None = None
    public_days: Whole | None = None
    least_beneficiaries: Annotated[int, Field(ge=1, le=100)] | None = None
    legal_reference: Annotated[str, OneLine(250)]
    confidence: Confidence


class LivelihoodProceduresFile(Section):
    procedures: Annotated[tuple[LivelihoodProcedureSection, ...], Field(min_length=1)]


@audit.business_act(label="Nạp thủ tục lựa chọn dự án sản xuất")
def load_livelihood_procedures(*, path: Path, by: User | None) -> Changes:
    """Bring the procedures in line with a file. None is removed: projects began under them.

    What an administrator wrote stays as it is.
    """
    changes = Changes()
    kept = set(
        LivelihoodProcedure.objects.filter(is_kept_here=True).values_list("kind", "valid_from")
    )
    for section in check(LivelihoodProceduresFile, read_file(path)).procedures:
        values = section.model_dump()
        key = {name: values.pop(name) for name in ("kind", "valid_from")}
        if tuple(key.values()) in kept:
            continue
        procedure = changes.put(LivelihoodProcedure, key=key, values=values)
    if changes:
        summary = f"Nạp thủ tục lựa chọn dự án sản xuất: {changes.totals()}."
        audit.record(procedure, summary, ward=None)
    return changes
