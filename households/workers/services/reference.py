"""Load from when to when low-income workers are recognised."""

from pathlib import Path
from typing import Annotated

from pydantic import Field

from households.models import LowIncomeTerm
from povertyplan.core.journal import audit
from povertyplan.core.models import User
from povertyplan.core.platform.structured_file.checking import Section, check
from povertyplan.core.platform.structured_file.reading import read_file
from povertyplan.core.platform.structured_file.values import Day, OneLine, Whole
from povertyplan.core.platform.syncing import Changes


class LowIncomeTermSection(Section):
    valid_from: Day
    valid_to: Day | None = None
    rural_line: Whole
    urban_line: Whole
    legal_reference: Annotated[str, OneLine(250)]
    confidence: Annotated[str, OneLine(250)]


class LowIncomeTermsFile(Section):
    terms: Annotated[tuple[LowIncomeTermSection, ...], Field(min_length=1)]


@audit.business_act(label="Nạp quy định về lao động có thu nhập thấp")
def load_income_terms(*, path: Path, by: User | None) -> Changes:
    """Bring the terms in line with a file. None is removed: people were listed under them."""
    changes = Changes()
    for section in check(LowIncomeTermsFile, read_file(path)).terms:
        values = section.model_dump()
        key = {"valid_from": values.pop("valid_from")}
        term = changes.put(LowIncomeTerm, key=key, values=values)
    if changes:
        summary = f"Nạp quy định về lao động có thu nhập thấp: {changes.totals()}."
        audit.record(term, summary, ward=None)
    return changes
